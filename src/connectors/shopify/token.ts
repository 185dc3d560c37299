import { ChannelError } from "../../domain/errors.js";
import type { Http } from "../http.js";
import { isPage } from "./failure.js";
import type { Settings } from "./settings.js";

/** Where the access token of a shop comes from. */
export interface TokenSource {
  /** A token that should be good. Callers at the same time share one request, which none of them can end. */
  get(): Promise<string>;
  /** Says that the shop refused this one; false where there is no other to be had. */
  refuse(token: string): boolean;
}

interface Source {
  settings: Settings;
  baseUrl: string;
  http: Http;
  now: () => number;
}

/** The fixed token where one is given, else a token by client credentials, which lives 24 hours and is kept. */
export function createTokenSource(source: Source): TokenSource {
  const { accessToken } = source.settings;
  if (accessToken) return { get: async () => accessToken, refuse: () => false };
  let granted: { token: string; renewAt: number } | null = null;
  let asking: Promise<string> | null = null;

  async function renew(): Promise<string> {
    const grant = await askForToken(source);
    granted = { token: grant.token, renewAt: source.now() + grant.lifetimeMs - EARLY_MS };
    return grant.token;
  }
  return {
    async get() {
      if (granted && granted.renewAt > source.now()) return granted.token;
      asking ??= renew().finally(() => {
        asking = null;
      });
      return asking;
    },
    refuse(token) {
      if (granted?.token === token) granted = null;
      return true;
    },
  };
}

/** A token is renewed this much before its end, so that none ends on its way. */
const EARLY_MS = 10 * 60_000;

/**
 * `POST /admin/oauth/access_token` with grant type client_credentials, for apps and shops of one organisation. Where it
 * fails, what the token was for was certainly not asked.
 */
async function askForToken({
  settings,
  baseUrl,
  http,
}: Source): Promise<{ token: string; lifetimeMs: number }> {
  const request = {
    method: "POST",
    url: `${baseUrl}/admin/oauth/access_token`,
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: settings.clientId ?? "",
      client_secret: settings.clientSecret,
    }).toString(),
    read: true,
  };
  const { status, text } = await http.send(request).catch((error: unknown) => {
    throw notAsked(error);
  });
  const granted = status === 200 ? readGrant(text) : null;
  if (granted) return granted;
  // Success without a token, a web page and a broken server say nothing of the credentials.
  const passing = status === 200 || status >= 500 || isPage(text);
  throw new ChannelError(
    passing ? "CHANNEL_UNAVAILABLE" : "CHANNEL_REJECTED",
    `Shopify: ${settings.shop} gave no access token (HTTP ${status}); ${
      passing
        ? "if it stays so, see Shopify's status page and what stands between it and the gateway"
        : "check client ID and client secret, and that the app is installed in this shop"
    }`,
    {
      httpStatus: status,
      retryable: passing,
      upstreamCode: passing ? null : "AUTH",
      mayHaveHappened: false,
    },
  );
}

function notAsked(error: unknown): unknown {
  if (!(error instanceof ChannelError) || !error.mayHaveHappened) return error;
  const { message, retryable, retryAfterMs, httpStatus } = error;
  const detail = { retryable, retryAfterMs, httpStatus, mayHaveHappened: false, cause: error };
  return new ChannelError("CHANNEL_UNAVAILABLE", message, detail);
}

function readGrant(text: string): { token: string; lifetimeMs: number } | null {
  try {
    const { access_token: token, expires_in: seconds } = JSON.parse(text) as Record<
      string,
      unknown
    >;
    if (typeof token !== "string") return null;
    return { token, lifetimeMs: (typeof seconds === "number" ? seconds : 86_399) * 1000 };
  } catch {
    return null;
  }
}
