import { createHmac, randomBytes } from "node:crypto";
import type { Settings } from "./settings.js";

/**
 * How a request proves who sends it: signed with OAuth 1.0a, or, where only an access token was given, with the token as
 * Bearer, which shops refuse by default since 2.4.4. Call it anew for each try: a nonce holds once.
 */
export function authorization(
  { accessToken, signing }: Settings,
  request: { method: string; url: string },
  now: Date,
): string {
  if (!signing) return `Bearer ${accessToken}`;
  const oauth: Record<string, string> = {
    oauth_consumer_key: signing.consumerKey,
    oauth_nonce: randomBytes(16).toString("hex"),
    // Magento takes no other method: HMAC-SHA1 answers 400 (measured on 2.4.6).
    oauth_signature_method: "HMAC-SHA256",
    oauth_timestamp: String(Math.floor(now.getTime() / 1000)),
    oauth_token: accessToken,
    oauth_version: "1.0",
  };
  const key = `${percent(signing.consumerSecret)}&${percent(signing.accessTokenSecret)}`;
  oauth.oauth_signature = createHmac("sha256", key)
    .update(baseString(request, oauth))
    .digest("base64");
  const fields = Object.entries(oauth).map(([name, value]) => `${name}="${percent(value)}"`);
  return `OAuth ${fields.join(", ")}`;
}

/** What is signed: method, address, and the parameters of query and header in order. The body is not. */
export function baseString(
  request: { method: string; url: string },
  oauth: Readonly<Record<string, string>>,
): string {
  const url = new URL(request.url);
  const pairs = [...url.searchParams, ...Object.entries(oauth)]
    .map(([name, value]) => [percent(name), percent(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`);
  return [
    request.method.toUpperCase(),
    percent(`${url.origin}${url.pathname}`),
    percent(pairs.join("&")),
  ].join("&");
}

/** RFC 3986, as PHP's rawurlencode. */
function percent(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
