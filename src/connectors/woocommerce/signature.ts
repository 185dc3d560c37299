import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export interface Credentials {
  consumerKey: string;
  consumerSecret: string;
}

/** Basic, which WooCommerce reads over TLS only; over plain HTTP it is ignored without a word (measured). */
export function basicHeader({ consumerKey, consumerSecret }: Credentials): string {
  return `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString("base64")}`;
}

/**
 * One-legged OAuth 1.0a with HMAC-SHA256, for plain HTTP. The query is signed, the body is not. A nonce holds
 * once and the time for 15 minutes, so every try is signed anew.
 */
export function oauthHeader(
  credentials: Credentials,
  request: { method: string; url: string },
  now: Date,
): string {
  const url = new URL(request.url);
  const oauth: Record<string, string> = {
    oauth_consumer_key: credentials.consumerKey,
    oauth_nonce: randomBytes(16).toString("hex"),
    oauth_signature_method: "HMAC-SHA256",
    oauth_timestamp: String(Math.floor(now.getTime() / 1000)),
    oauth_version: "1.0",
  };
  const pairs = [...url.searchParams, ...Object.entries(oauth)]
    .map(([name, value]) => [percent(name), percent(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`);
  const base = [
    request.method.toUpperCase(),
    percent(`${url.origin}${url.pathname}`),
    percent(pairs.join("&")),
  ].join("&");
  // The key of the signature is the consumer secret and an empty token secret.
  oauth.oauth_signature = createHmac("sha256", `${credentials.consumerSecret}&`)
    .update(base)
    .digest("base64");
  const fields = Object.entries(oauth).map(([name, value]) => `${name}="${percent(value)}"`);
  return `OAuth ${fields.join(", ")}`;
}

/** Whether a delivery was signed with our secret: base64 of HMAC-SHA256 over the body's own bytes. */
export function isSigned(body: Buffer, signature: string, secret: string): boolean {
  if (secret === "") return false;
  const expected = createHmac("sha256", secret).update(body).digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** RFC 3986, as PHP's rawurlencode. */
function percent(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
