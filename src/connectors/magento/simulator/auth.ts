import { createHmac, timingSafeEqual } from "node:crypto";
import type { ShopRequest } from "../../simulator/server.js";
import { ApiError, refuseMissing } from "./errors.js";
import type { Site } from "./site.js";
import type { Integration } from "./state.js";

const requiredNames = [
  "oauth_consumer_key",
  "oauth_signature",
  "oauth_signature_method",
  "oauth_nonce",
  "oauth_timestamp",
  "oauth_token",
] as const;
/** How far a clock may be ahead; a timestamp of the past is taken, however old (Nonce/Generator). */
const aheadSeconds = 600;
const keyLength = 32;

/**
 * Magento's own authentication: one-legged OAuth 1.0a in the header, or the access token as a bearer token
 * where the shop allows it. null: a guest, who is refused later by what is asked for. Throws where OAuth
 * itself says no; the messages are those of Framework/Oauth and Integration/Model/Oauth.
 */
export function createAuthentication(site: Site): (request: ShopRequest) => Integration | null {
  const usedNonces = new Set<string>();

  function bearer(header: string): Integration | null {
    const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
    if (!token || !site.bearer) return null;
    return site.data.integrations.find(({ accessToken }) => accessToken === token) ?? null;
  }

  function oauth(request: ShopRequest, params: Map<string, string>): Integration {
    const read = (name: string): string => params.get(name) ?? "";
    const version = params.get("oauth_version");
    if (version !== undefined && version !== "1.0")
      throw new ApiError(400, 'The "%1" Oauth version isn\'t supported.', [version]);
    refuseMissing(requiredNames.filter((name) => !params.has(name)));
    if (read("oauth_token").length !== keyLength) {
      const message = "The token length is invalid. Check the length and try again.";
      throw new ApiError(400, message);
    }
    const method = read("oauth_signature_method");
    if (method !== "HMAC-SHA256")
      throw new ApiError(400, "Signature method %1 is not supported", [method]);
    const integration = consumer(read("oauth_consumer_key"));
    checkNonce(integration, read("oauth_nonce"), Number.parseInt(read("oauth_timestamp"), 10));
    checkToken(site, integration, read("oauth_token"));
    if (!isEqual(signatureOf(request, params, integration), read("oauth_signature")))
      throw new ApiError(401, "The signature is invalid. Verify and try again.");
    return integration;
  }

  function consumer(key: string): Integration {
    if (key.length !== keyLength) throw new ApiError(401, "Consumer key is not the correct length");
    const found = site.data.integrations.find(({ consumerKey }) => consumerKey === key);
    if (found) return found;
    throw new ApiError(401, "A consumer having the specified key does not exist");
  }

  /** A nonce is used up before the signature is looked at, so a wrong one spoils it too. */
  function checkNonce({ consumerKey }: Integration, nonce: string, timestamp: number): void {
    if (!(timestamp > 0 && timestamp <= site.now() + aheadSeconds))
      throw new ApiError(401, "Incorrect timestamp value in the oauth_timestamp parameter");
    const used = `${consumerKey} ${nonce}`;
    if (usedNonces.has(used))
      throw new ApiError(401, "The nonce is already being used by the consumer with ID %1", ["1"]);
    usedNonces.add(used);
  }

  return (request) => {
    const header = request.headers.authorization ?? "";
    const start = header.toLowerCase().indexOf("oauth ");
    return start < 0 ? bearer(header) : oauth(request, paramsOf(request, header.slice(start + 6)));
  };
}

function checkToken({ data }: Site, integration: Integration, token: string): void {
  const owner = data.integrations.find(({ accessToken }) => accessToken === token);
  if (!owner) throw new ApiError(401, "Specified token does not exist");
  if (owner !== integration)
    throw new ApiError(401, "Token is not associated with the specified consumer");
}

/**
 * What is signed: the parameters of the header, and those of the query that have exactly one "=". A bare
 * `searchCriteria`, or a value with an unencoded "=", is not part of it, whatever RFC 5849 says.
 */
function paramsOf({ url }: ShopRequest, header: string): Map<string, string> {
  const params = new Map<string, string>();
  for (const pair of header.split(",")) {
    const [, name, value] = /^\s*([^=]+)=(.*)$/.exec(pair.trim()) ?? [];
    if (name?.includes("oauth_"))
      params.set(decode(name), decode((value ?? "").replace(/^"+|"+$/g, "")));
  }
  for (const pair of url.search.replace(/^\?/, "").split("&")) {
    const [name = "", value, ...more] = pair.split("=");
    if (value === undefined || more.length > 0 || name.includes("oauth_")) continue;
    params.set(decode(name.replaceAll("+", " ")), decode(value.replaceAll("+", " ")));
  }
  return params;
}

function signatureOf(
  { method, url }: ShopRequest,
  params: ReadonlyMap<string, string>,
  { consumerSecret, accessTokenSecret }: Integration,
): string {
  const pairs = Array.from(params)
    .filter(([name]) => name !== "oauth_signature")
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map((pair) => pair.join("="));
  const base = [
    method.toUpperCase(),
    encode(`${url.origin}${url.pathname}`),
    encode(pairs.join("&")),
  ];
  const key = `${encode(consumerSecret)}&${encode(accessTokenSecret)}`;
  return createHmac("sha256", key).update(base.join("&")).digest("base64");
}

/** PHP's rawurlencode (RFC 3986). */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isEqual(known: string, given: string): boolean {
  const [one, other] = [Buffer.from(known), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
