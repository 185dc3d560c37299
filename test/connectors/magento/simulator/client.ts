import { createHmac, randomUUID } from "node:crypto";
import { type Answer, answerOf } from "../../simulator/answer.js";

export interface Credentials {
  url: string;
  consumerKey: string;
  consumerSecret: string;
  accessToken: string;
  accessTokenSecret: string;
}
export interface Signing {
  method?: string;
  nonce?: string;
  /** Seconds of Unix time. */
  timestamp?: number;
  version?: string;
  /** Parameters of the header that are left out. */
  without?: readonly string[];
}

/** A client written from RFC 5849, signing every request in its header. */
export function signedClient(credentials: Credentials, signing: Signing = {}) {
  async function send(method: string, path: string, body?: unknown): Promise<Answer> {
    const address = `${credentials.url}${path.startsWith("/rest") ? path : `/rest/default/V1${path}`}`;
    const headers = { authorization: sign(credentials, method, address, signing) };
    return answerOf(
      await fetch(address, {
        method,
        headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
  }
  return {
    get: (path: string) => send("GET", path),
    post: (path: string, body?: unknown) => send("POST", path, body),
    put: (path: string, body: unknown) => send("PUT", path, body),
    delete: (path: string) => send("DELETE", path),
  };
}

/** The Authorization header of a request; the query is signed as it will be sent. */
export function sign(
  { consumerKey, consumerSecret, accessToken, accessTokenSecret }: Credentials,
  method: string,
  address: string,
  {
    method: hash = "HMAC-SHA256",
    nonce = randomUUID(),
    timestamp = Date.now() / 1000,
    version = "1.0",
    without = [],
  }: Signing = {},
): string {
  const [url = "", query = ""] = address.split("?");
  const oauth = (
    [
      ["oauth_consumer_key", consumerKey],
      ["oauth_token", accessToken],
      ["oauth_signature_method", hash],
      ["oauth_timestamp", String(Math.floor(timestamp))],
      ["oauth_nonce", nonce],
      ["oauth_version", version],
    ] as [string, string][]
  ).filter(([name]) => !without.includes(name));
  const own = query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair): [string, string] => {
      const [name = "", value = ""] = pair.split("=");
      return [decodeURIComponent(name), decodeURIComponent(value)];
    });
  const sorted = [...own, ...oauth]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map((pair) => pair.join("="));
  const base = [method, encode(url), encode(sorted.join("&"))].join("&");
  const algorithm = hash === "HMAC-SHA1" ? "sha1" : "sha256";
  const key = `${encode(consumerSecret)}&${encode(accessTokenSecret)}`;
  const signature = createHmac(algorithm, key).update(base).digest("base64");
  const all = [...oauth, ["oauth_signature", signature] as const].filter(
    ([name]) => !without.includes(name),
  );
  return `OAuth ${all.map(([name, value]) => `${name}="${encode(value)}"`).join(", ")}`;
}

/** A searchCriteria query: filters of one group each, unless given as a list of alternatives. */
export function search(
  filters: readonly (Filter | readonly Filter[])[],
  rest: Readonly<Record<string, string | number>> = {},
): string {
  const pairs = filters.flatMap((group, index) =>
    (isFilter(group) ? [group] : group).flatMap(([field, condition, value], place) => {
      const prefix = `searchCriteria[filterGroups][${index}][filters][${place}]`;
      return [
        [`${prefix}[field]`, field],
        [`${prefix}[conditionType]`, condition],
        [`${prefix}[value]`, String(value)],
      ];
    }),
  );
  const others = Object.entries(rest).map(([name, value]) => [
    name === "fields" ? name : `searchCriteria${name}`,
    String(value),
  ]);
  const all = [["searchCriteria", ""], ...pairs, ...others];
  const useful = pairs.length + others.length > 0 ? all.slice(1) : all;
  const needsMarker = useful.every(([name]) => name === "fields");
  return (needsMarker ? all : useful)
    .map((pair) => pair.map((part) => encode(part ?? "")).join("="))
    .join("&");
}
export type Filter = readonly [field: string, condition: string, value: string | number];

function isFilter(group: Filter | readonly Filter[]): group is Filter {
  return typeof group[0] === "string";
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
