import { z } from "zod";
import { checkSettings, describeSettings, siteUrl } from "../settings.js";

const schema = z.strictObject({
  url: z
    .url({
      protocol: /^https?$/,
      error: "must be the shop's address, such as https://shop.example",
    })
    .refine((url) => !URL.canParse(url) || !new URL(url).username, "must not hold a user name")
    .meta({
      title: "Store URL",
      description:
        "Site Address of the shop, as under Settings > General; with its folder where WordPress is not at the root.",
    }),
  consumerKey: z
    .string()
    .trim()
    .regex(/^ck_\w+$/, "must be a consumer key, which begins with ck_")
    .meta({
      title: "Consumer key",
      description:
        "Made under WooCommerce > Settings > Advanced > REST API with the permission Read/Write, for a user who is Shop manager or Administrator.",
    }),
  consumerSecret: z
    .string()
    .trim()
    .regex(/^cs_\w+$/, "must be a consumer secret, which begins with cs_")
    .meta({
      title: "Consumer secret",
      description: "Shown once, together with the consumer key.",
      writeOnly: true,
    }),
});
export type Settings = z.output<typeof schema>;

/** JSON Schema of the settings, for forms. */
export const settingsSchema = describeSettings(schema);

/** Checked settings, the URL without a slash at its end. Throws InvalidInput naming every property that is wrong. */
export function parseSettings(settings: unknown): Settings {
  const checked = checkSettings("WooCommerce", schema, settings);
  return { ...checked, url: siteUrl(checked.url) };
}
