import { oauthHeader } from "../oauth1.js";
import type { Settings } from "./settings.js";

/**
 * How a request proves who sends it: signed with OAuth 1.0a, or, where only an access token was given, with the token as
 * Bearer, which shops refuse by default since 2.4.4. Magento takes no other method than HMAC-SHA256: HMAC-SHA1 answers 400
 * (measured on 2.4.6).
 */
export function authorization(
  { accessToken, signing }: Settings,
  request: { method: string; url: string },
  now: Date,
): string {
  if (!signing) return `Bearer ${accessToken}`;
  const { consumerKey, consumerSecret, accessTokenSecret } = signing;
  const token = { key: accessToken, secret: accessTokenSecret };
  return oauthHeader({ consumerKey, consumerSecret, token }, request, now);
}
