import type { Authentication } from "../store/keys.js";
import type { Authenticator } from "./api.js";

/** Why somebody is not let in, with the words that tell how to get in. */
export const REFUSALS = {
  missing: "This needs an API key: send the header authorization: Bearer trib_…",
  unknown: "The API key is not known here: check that it is whole and belongs to this gateway",
  expired: "The API key has expired: have a new one made",
  revoked: "The API key was revoked: have a new one made",
} as const;

/** Whose the credentials are: "Bearer <key>", or the key alone. */
export async function authenticate(
  keys: Authenticator,
  credentials: unknown,
): Promise<Authentication | { kind: "missing" }> {
  if (typeof credentials !== "string" || !credentials.trim()) return { kind: "missing" };
  return keys.authenticate(credentials.replace(/^\s*bearer\s+/i, "").trim());
}

/** The authorization among WebSocket connection parameters, whose names may be in any case. */
export function credentialsIn(params: Readonly<Record<string, unknown>> | undefined): unknown {
  const entry = Object.entries(params ?? {}).find(([name]) => /^authorization$/i.test(name));
  if (entry) return entry[1];
  const { headers } = (params ?? {}) as { headers?: unknown };
  if (typeof headers !== "object" || headers === null) return undefined;
  return Object.entries(headers).find(([name]) => /^authorization$/i.test(name))?.[1];
}
