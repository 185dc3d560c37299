import { createHmac, timingSafeEqual } from "node:crypto";
import type { ShopRequest } from "../../simulator/server.js";
import { RestError } from "./errors.js";
import { emptyParams, type PhpParams, type PhpValue } from "./php.js";
import type { ApiKey } from "./state.js";

/** What a request is, once PHP has read it. */
export interface Credentials {
  request: ShopRequest;
  /** Home URL without a slash at its end, with its port. */
  home: string;
  query: PhpParams;
  form: PhpParams;
  now: number;
}

const windowSeconds = 15 * 60;
const oauthNames = [
  "oauth_consumer_key",
  "oauth_timestamp",
  "oauth_nonce",
  "oauth_signature",
  "oauth_signature_method",
] as const;

/**
 * WooCommerce's own authentication (class-wc-rest-authentication.php): Basic or key and secret in the
 * query, over TLS only; else one-legged OAuth 1.0a. Gives the key, or null for a request without usable
 * credentials, which is refused later by whatever it asks for. Throws where WooCommerce itself says no.
 */
export function createAuthentication(
  keys: readonly ApiKey[],
): (given: Credentials) => ApiKey | null {
  const usedNonces = new Map<string, number>();

  function basic({ request, query }: Credentials): ApiKey | null {
    const inQuery = textOf(query.consumer_key) && textOf(query.consumer_secret);
    const [user, password] = inQuery
      ? [textOf(query.consumer_key), textOf(query.consumer_secret)]
      : basicHeader(request.headers.authorization);
    const key = keys.find(({ consumerKey }) => consumerKey === user);
    if (!key || !password) return null;
    if (!isEqual(key.consumerSecret, password)) throw refused("Consumer secret is invalid.");
    return key;
  }

  function oauth(given: Credentials): ApiKey | null {
    const params = oauthParams(given);
    if (!params) return null;
    const key = keys.find(({ consumerKey }) => consumerKey === params.oauth_consumer_key);
    if (!key) throw refused("Consumer key is invalid.");
    checkSignature(given, params, key);
    checkTime(params, given.now);
    return key;
  }

  function checkTime(params: PhpParams, now: number): void {
    const timestamp = Number(params.oauth_timestamp);
    if (!(Math.abs(now - timestamp) <= windowSeconds)) throw refused("Invalid timestamp.");
    for (const [nonce, at] of usedNonces) if (at < now - windowSeconds) usedNonces.delete(nonce);
    const nonce = `${textOf(params.oauth_consumer_key)} ${textOf(params.oauth_nonce)}`;
    if (usedNonces.has(nonce)) throw refused("Invalid nonce - nonce has already been used.");
    usedNonces.set(nonce, timestamp);
  }

  return (given) => (given.request.url.protocol === "https:" ? basic(given) : null) ?? oauth(given);
}

/** Throws where a key may not use a method; 401 and not 403, as measured. */
export function checkPermission({ permissions }: ApiKey, method: string): void {
  const wanted = method === "GET" || method === "HEAD" ? "read" : "write";
  if (method === "OPTIONS" || permissions === "read_write" || permissions === wanted) return;
  throw refused(`The API key provided does not have ${wanted} permissions.`);
}

function refused(message: string): RestError {
  return new RestError("woocommerce_rest_authentication_error", message, 401);
}

function basicHeader(header: string | undefined): [string, string] {
  const encoded = /^Basic\s+(\S+)/i.exec(header ?? "")?.[1];
  if (!encoded) return ["", ""];
  const pair = Buffer.from(encoded, "base64").toString();
  const cut = pair.indexOf(":");
  return cut < 0 ? [pair, ""] : [pair.slice(0, cut), pair.slice(cut + 1)];
}

/** Query, form and header together; undefined where nothing of OAuth was given, a 401 where only a part. */
function oauthParams({ request, query, form }: Credentials): PhpParams | undefined {
  const params: PhpParams = Object.assign(
    emptyParams(),
    query,
    form,
    headerParams(request.headers.authorization),
  );
  const missing = oauthNames.filter((name) => !textOf(params[name]));
  if (missing.length === oauthNames.length) return undefined;
  if (missing.length === 0) return params;
  const message = `Missing OAuth parameter${missing.length > 1 ? "s" : ""} ${missing.join(", ")}`;
  throw new RestError("woocommerce_rest_authentication_missing_parameter", message, 401);
}

function headerParams(header = ""): Record<string, string> {
  if (!header.trim().startsWith("OAuth ")) return {};
  const pairs = header.matchAll(/(oauth_[a-z_-]*)=(?:"([^"]*)"|([^,]*))/g);
  return Object.fromEntries(
    Array.from(pairs, ([, name, quoted, bare]) => [
      name,
      decodeURIComponent((quoted ?? bare ?? "").replaceAll("+", " ")),
    ]),
  );
}

/**
 * Signs as PHP sees the request: `status[]=x` has become `status[0]=x` by then, which is why a client
 * that signed what it sent is refused.
 */
function checkSignature({ request, home }: Credentials, params: PhpParams, key: ApiKey): void {
  const { oauth_signature: given, ...signed } = params;
  const base = [
    request.method.toUpperCase(),
    rawurlencode(`${home}${request.path}`),
    pairsOf(signed).join("%26"),
  ].join("&");
  const method = textOf(params.oauth_signature_method);
  if (method !== "HMAC-SHA1" && method !== "HMAC-SHA256") {
    throw refused("Invalid signature - signature method is invalid.");
  }
  const hash = method === "HMAC-SHA1" ? "sha1" : "sha256";
  const signature = createHmac(hash, `${key.consumerSecret}&`).update(base).digest("base64");
  const offered = textOf(given).replaceAll(" ", "+");
  if (
    !isEqual(signature, offered) &&
    !isEqual(signature, decodeURIComponent(offered.replace(/%(?![\dA-Fa-f]{2})/g, "%25")))
  ) {
    throw refused("Invalid signature - provided signature does not match.");
  }
}

/** Every pair percent-encoded twice, sorted by name at the top only. */
function pairsOf(params: PhpParams, prefix?: string): string[] {
  const names = Object.keys(params);
  if (prefix === undefined)
    names.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return names.flatMap((name) => {
    const key = prefix === undefined ? rawurlencode(name) : `${prefix}%5B${name}%5D`;
    const value = params[name] ?? "";
    return typeof value === "string"
      ? [rawurlencode(`${key}=${rawurlencode(value)}`)]
      : pairsOf(value, key);
  });
}

/** PHP's rawurlencode (RFC 3986). */
function rawurlencode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function isEqual(known: string, given: string): boolean {
  const [one, other] = [Buffer.from(known), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function textOf(value: PhpValue | undefined): string {
  return typeof value === "string" ? value : "";
}
