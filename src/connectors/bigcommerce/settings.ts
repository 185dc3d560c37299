import { z } from "zod";
import { checkSettings, describeSettings } from "../settings.js";

const PLATFORM_URL = "https://api.bigcommerce.com";

const schema = z.strictObject({
  storeHash: z
    .string()
    .trim()
    .regex(
      /^[a-z0-9]+$/i,
      "must be the store hash alone, such as abc123, without stores/ or store-",
    )
    .meta({
      title: "Store hash",
      description:
        "The part of the API path after stores/, and of the control panel's address after store-.",
    }),
  accessToken: z
    .string()
    .trim()
    .regex(/^\S{8,}$/, "must be an access token")
    .meta({
      title: "Access token",
      description:
        "Shown once when an API account is made under Settings > API > Store-level API accounts, with the OAuth scopes Orders: modify, Order Transactions: read-only, Store Locations: read-only and Information & Settings: read-only.",
      writeOnly: true,
    }),
  clientId: z.string().trim().min(1, "must not be empty").optional().meta({
    title: "Client ID",
    description: "Shown with the access token; not needed, and kept to tell accounts apart.",
  }),
  clientSecret: z.string().trim().min(1, "must not be empty").optional().meta({
    title: "Client secret",
    description:
      "Shown with the access token. With it the signature of every webhook is checked as well.",
    writeOnly: true,
  }),
  url: z
    .url({ protocol: /^https?$/, error: "must be an http(s) address" })
    .optional()
    .meta({
      title: "API address",
      description: `Only for proxies and simulated stores, in place of ${PLATFORM_URL}.`,
    }),
});
export type Settings = Omit<z.output<typeof schema>, "url"> & { url: string };

/** JSON Schema of the settings, for forms. */
export const settingsSchema = describeSettings(schema);

/** Checked settings with the API's address, without a slash at its end. Throws InvalidInput naming every property that is wrong. */
export function parseSettings(settings: unknown): Settings {
  const checked = checkSettings("BigCommerce", schema, settings);
  const url = (checked.url ?? PLATFORM_URL).replace(/\/+$/, "");
  return { ...checked, url };
}
