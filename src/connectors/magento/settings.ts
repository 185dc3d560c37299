import { z } from "zod";
import { checkSettings, describeSettings, siteUrl } from "../settings.js";

const INTEGRATION = "System > Extensions > Integrations";
const secret = z.string().trim().min(1, "must not be empty");

const schema = z
  .strictObject({
    url: z
      .url({
        protocol: /^https?$/,
        error: "must be the shop's address, such as https://shop.example",
      })
      .refine((url) => !URL.canParse(url) || !new URL(url).username, "must not hold a user name")
      .meta({
        title: "Base URL",
        description:
          "Address of the shop, as under Stores > Configuration > General > Web > Base URL; with its folder where Magento is not at the root.",
      }),
    consumerKey: secret.optional().meta({
      title: "Consumer Key",
      description: `Of an integration made and activated under ${INTEGRATION}. Leave the key and both secrets out where the shop takes access tokens as standalone Bearer tokens.`,
    }),
    consumerSecret: secret.optional().meta({
      title: "Consumer Secret",
      description: "Of the same integration.",
      writeOnly: true,
    }),
    accessToken: secret.meta({
      title: "Access Token",
      description: `Of the same integration, shown when it was activated and under ${INTEGRATION} > Edit.`,
      writeOnly: true,
    }),
    accessTokenSecret: secret.optional().meta({
      title: "Access Token Secret",
      description: "Of the same integration.",
      writeOnly: true,
    }),
  })
  .superRefine((given, context) => {
    const missing = SIGNING.filter((name) => given[name] === undefined);
    if (missing.length === 0 || missing.length === SIGNING.length) return;
    for (const name of missing)
      context.addIssue({
        code: "custom",
        path: [name],
        message: "is missing: requests are signed with the key and both secrets, or with none",
      });
  });

/** What signs a request beside the access token, which alone is sent as Bearer. */
const SIGNING = ["consumerKey", "consumerSecret", "accessTokenSecret"] as const;

export interface Settings {
  url: string;
  accessToken: string;
  /** Null where the access token is sent as Bearer. */
  signing: { consumerKey: string; consumerSecret: string; accessTokenSecret: string } | null;
}

/** JSON Schema of the settings, for forms. */
export const settingsSchema = describeSettings(schema);

/** Checked settings, the URL without a slash at its end. Throws InvalidInput naming every property that is wrong. */
export function parseSettings(settings: unknown): Settings {
  const checked = checkSettings("Magento", schema, settings);
  const { accessToken, consumerKey, consumerSecret, accessTokenSecret } = checked;
  return {
    url: siteUrl(checked.url),
    accessToken,
    signing:
      consumerKey && consumerSecret && accessTokenSecret
        ? { consumerKey, consumerSecret, accessTokenSecret }
        : null,
  };
}
