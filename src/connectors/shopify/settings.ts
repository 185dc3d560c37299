import { z } from "zod";
import { InvalidInput } from "../../domain/errors.js";
import { checkSettings, describeSettings } from "../settings.js";

/** Settings of one Shopify shop, in the words of Shopify's admin. */
const schema = z
  .object({
    shop: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, "must be like your-shop.myshopify.com")
      .meta({
        title: "Shop domain",
        description: "The permanent address under Settings → Domains: your-shop.myshopify.com",
      }),
    accessToken: z.string().min(1).optional().meta({
      title: "Admin API access token",
      description:
        "Of a custom app (shpat_…). Leave empty where client ID and secret are to be used.",
      writeOnly: true,
    }),
    clientId: z.string().min(1).optional().meta({
      title: "Client ID",
      description: "Of the app in the Dev Dashboard, for an app of your own organisation.",
    }),
    clientSecret: z.string().min(1).meta({
      title: "Client secret",
      description: "Of the same app. Shopify signs its webhooks with it.",
      writeOnly: true,
    }),
    previousClientSecret: z.string().min(1).optional().meta({
      title: "Previous client secret",
      description: "After a rotation: webhooks bear signatures of the old secret for an hour more.",
      writeOnly: true,
    }),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({
        title: "Address",
        description: "Only for a local shop: where it answers instead of its shop domain.",
      }),
  })
  .strict();

export type Settings = z.output<typeof schema>;

/** JSON Schema of the settings, for forms. */
export const settingsSchema = describeSettings(schema);

/** The settings as given from outside; throws InvalidInput that names every property that is wrong. */
export function parseSettings(given: unknown): Settings {
  const checked = checkSettings("Shopify", schema, given);
  const { accessToken, clientId } = checked;
  if (!accessToken && !clientId)
    throw new InvalidInput("Shopify settings: accessToken: give it, or clientId instead", [
      "accessToken",
    ]);
  return checked;
}
