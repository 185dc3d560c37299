import { createHmac, randomBytes } from "node:crypto";

/** What OAuth 1.0a signs with: a consumer alone (one-legged), or for the owner of a token. */
export interface OAuthKeys {
  consumerKey: string;
  consumerSecret: string;
  token?: { key: string; secret: string };
}

/**
 * The Authorization header of OAuth 1.0a (RFC 5849) with HMAC-SHA256. The query is signed, the body is not. A nonce holds
 * once and the time for minutes, so every try is signed anew.
 */
export function oauthHeader(
  { consumerKey, consumerSecret, token }: OAuthKeys,
  request: { method: string; url: string },
  now: Date,
): string {
  const oauth: Record<string, string> = {
    oauth_consumer_key: consumerKey,
    oauth_nonce: randomBytes(16).toString("hex"),
    oauth_signature_method: "HMAC-SHA256",
    oauth_timestamp: String(Math.floor(now.getTime() / 1000)),
    ...(token && { oauth_token: token.key }),
    oauth_version: "1.0",
  };
  const key = `${percent(consumerSecret)}&${percent(token?.secret ?? "")}`;
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
