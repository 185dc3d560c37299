import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { ShopAnswer, ShopRequest } from "../../../simulator/server.js";
import type { Shop } from "../shop/shop.js";
import { apiVersion, json, operationName } from "./answer.js";

/** What the app was given when it was installed. */
export interface Credentials {
  accessToken: string;
  clientId: string;
  clientSecret: string;
}

export interface DoorOptions {
  shop: Shop;
  credentials: Credentials;
  scopes: readonly string[];
  /** Answers requests for exported files, which need no token; null for other paths. */
  files: (request: ShopRequest) => ShopAnswer | null;
  /** Answers Admin GraphQL for whoever was let in. */
  admin: (request: ShopRequest) => Promise<ShopAnswer>;
}

/** Seconds that a token from client credentials lives. */
const tokenSeconds = 86_399;
const graphqlPath = /^\/admin\/api\/([^/]+)\/graphql\.json$/;
const tokenPath = "/admin/oauth/access_token";

/** Lets requests in by their path and token. */
export function openDoor({ shop, credentials, scopes, files, admin }: DoorOptions) {
  return async function handle(request: ShopRequest): Promise<ShopAnswer> {
    const file = files(request);
    if (file) return file;
    if (request.path === tokenPath && request.method === "POST") return grantToken(request);
    const version = graphqlPath.exec(request.path)?.[1];
    if (!version || request.method !== "POST" || !isServed(version))
      return json(404, { errors: "Not Found" });
    if (!isKnown(String(request.headers["x-shopify-access-token"] ?? ""))) {
      return json(401, {
        errors: "[API] Invalid API key or access token (unrecognized login or wrong password)",
      });
    }
    const answer = await admin(request);
    const headers = {
      ...answer.headers,
      "x-shopify-api-version": apiVersion,
      "x-request-id": randomUUID(),
    };
    return { ...answer, headers };
  };

  function isKnown(token: string): boolean {
    if (!shop.data.installed) return false;
    const now = shop.now();
    const live = shop.data.tokens
      .filter(({ expiresAt }) => expiresAt > now)
      .map((each) => each.token);
    return [credentials.accessToken, ...live].some((known) => isSame(known, token));
  }

  function grantToken({ headers, body }: ShopRequest): ShopAnswer {
    const given = readForm(String(headers["content-type"] ?? ""), body.toString("utf8"));
    if (given?.grant_type !== "client_credentials")
      return json(400, {
        error: "unsupported_grant_type",
        error_description: "use client_credentials",
      });
    const right =
      isSame(credentials.clientId, given.client_id ?? "") &&
      isSame(credentials.clientSecret, given.client_secret ?? "");
    if (!right || !shop.data.installed)
      return json(400, {
        error: "invalid_client",
        error_description: "the client id or secret is wrong, or the app is not installed",
      });
    const token = `shpat_${randomBytes(16).toString("hex")}`;
    const expires = new Date(Date.parse(shop.now()) + tokenSeconds * 1_000);
    const now = shop.now();
    shop.data.tokens = shop.data.tokens.filter(({ expiresAt }) => expiresAt > now);
    shop.data.tokens.push({ token, expiresAt: `${expires.toISOString().slice(0, 19)}Z` });
    shop.say([]);
    return json(200, { access_token: token, scope: scopes.join(","), expires_in: tokenSeconds });
  }
}

/** What a request is called among the calls. */
export function nameRequest(request: ShopRequest): string {
  return graphqlPath.test(request.path)
    ? operationName(request)
    : `${request.method} ${request.path}`;
}

/** Supported versions and older ones, which fall forward; what never was or is still to come is not found. */
const isServed = (version: string): boolean =>
  /^\d{4}-(01|04|07|10)$/.test(version) && version <= apiVersion;

function readForm(type: string, body: string): Record<string, string | undefined> | null {
  if (!type.includes("json")) return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body) as Record<string, string>;
  } catch {
    return null;
  }
}

function isSame(known: string, given: string): boolean {
  const [a, b] = [Buffer.from(known), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
