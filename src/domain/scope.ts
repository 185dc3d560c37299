/** What a key may do. Money is apart from goods, and seeing personal data apart from seeing orders. */
export const SCOPES = [
  "ORDERS_READ",
  "PII_READ",
  "EVENTS_READ",
  "FULFILLMENTS_WRITE",
  "ORDERS_WRITE",
  "RETURNS_WRITE",
  "REFUNDS_WRITE",
  "COMMANDS_RESOLVE",
  "CHANNELS_ADMIN",
  "KEYS_ADMIN",
  "INTROSPECT",
] as const;
export type Scope = (typeof SCOPES)[number];

/** The scopes among some words; what a newer version wrote and this one does not know gives nothing. */
export function knownScopes(words: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => words.includes(scope));
}

/** On whose behalf a request runs: a tenant, a client (an integration, stable over its keys), and what its key allows. */
export interface Viewer {
  tenantId: string;
  keyId: string;
  client: string;
  name: string;
  scopes: readonly Scope[];
  /** null: every channel of the tenant. */
  channelIds: readonly string[] | null;
  expiresAt: Date | null;
}
