import { createHmac, randomUUID } from "node:crypto";
import { type Answer, answerOf } from "../../simulator/answer.js";

export interface Credentials {
  url: string;
  consumerKey: string;
  consumerSecret: string;
}
export interface Signing {
  method?: "HMAC-SHA256" | "HMAC-SHA1";
  /** Where the oauth_ parameters go. */
  place?: "query" | "header";
  nonce?: string;
  timestamp?: number;
}

/** A client written from RFC 5849, signing every request. */
export function signedClient(credentials: Credentials, signing: Signing = {}) {
  async function send(method: string, path: string, body?: unknown): Promise<Answer> {
    const { url, headers } = sign(credentials, method, path, signing);
    return answerOf(
      await fetch(url, {
        method,
        headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
  }
  return {
    get: (path: string) => send("GET", path),
    post: (path: string, body: unknown) => send("POST", path, body),
    put: (path: string, body: unknown) => send("PUT", path, body),
    delete: (path: string) => send("DELETE", path),
  };
}

/** Signs a path below /wp-json/wc/v3, its query as it will be sent. */
export function sign(
  { url: home, consumerKey, consumerSecret }: Credentials,
  method: string,
  path: string,
  {
    method: hash = "HMAC-SHA256",
    place = "query",
    nonce = randomUUID(),
    timestamp = Date.now() / 1000,
  }: Signing = {},
): { url: string; headers: Record<string, string> } {
  const [route = "", query = ""] = path.split("?");
  const address = `${home}/wp-json/wc/v3${route}`;
  const oauth: [string, string][] = [
    ["oauth_consumer_key", consumerKey],
    ["oauth_nonce", nonce],
    ["oauth_signature_method", hash],
    ["oauth_timestamp", String(Math.floor(timestamp))],
    ["oauth_version", "1.0"],
  ];
  const own =
    query === ""
      ? []
      : query.split("&").map((pair): [string, string] => {
          const cut = pair.indexOf("=");
          return [decodeURIComponent(pair.slice(0, cut)), decodeURIComponent(pair.slice(cut + 1))];
        });
  const pairs = [...own, ...oauth].map(([name, value]) => [encode(name), encode(value)] as const);
  const sorted = [...pairs].sort(([one], [other]) => (one < other ? -1 : 1));
  const base = [
    method,
    encode(address),
    encode(sorted.map((pair) => pair.join("=")).join("&")),
  ].join("&");
  const algorithm = hash === "HMAC-SHA1" ? "sha1" : "sha256";
  const signature = createHmac(algorithm, `${consumerSecret}&`).update(base).digest("base64");
  const signed: [string, string][] = [...oauth, ["oauth_signature", signature]];
  if (place === "header") {
    const list = signed.map(([name, value]) => `${name}="${encode(value)}"`).join(", ");
    return {
      url: `${address}${query && `?${query}`}`,
      headers: { authorization: `OAuth ${list}` },
    };
  }
  const added = signed.map(([name, value]) => `${name}=${encode(value)}`).join("&");
  return { url: `${address}?${query && `${query}&`}${added}`, headers: {} };
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
