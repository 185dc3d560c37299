import { and, arrayContained, asc, eq, getTableColumns } from "drizzle-orm";
import { knownScopes, type Scope } from "../../domain/scope.js";
import type { Tx } from "../db.js";
import { apiKeys } from "../tables.js";
import { type Access, isAnyOf } from "./access.js";

/** A key as people see it; the key itself is shown once, when it is made. */
export interface ApiKey {
  id: string;
  client: string;
  name: string;
  prefix: string;
  scopes: readonly Scope[];
  /** null: every channel. */
  channelIds: readonly string[] | null;
  createdAt: Date;
  expiresAt: Date | null;
  /** Coarse: written at most every few minutes. */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** Every key that this access covers, newest last, revoked ones included. */
export async function listApiKeys(tx: Tx, access: Access): Promise<ApiKey[]> {
  const rows = await tx.select(SHOWN).from(apiKeys).where(within(access)).orderBy(asc(apiKeys.id));
  return rows.map(shownKey);
}

export async function apiKeysById(
  tx: Tx,
  access: Access,
  ids: readonly string[],
): Promise<ApiKey[]> {
  const rows = await tx
    .select(SHOWN)
    .from(apiKeys)
    .where(and(within(access), isAnyOf(apiKeys.id, ids)));
  return rows.map(shownKey);
}

/** A row as it may be shown. */
export function shownKey(row: Omit<typeof apiKeys.$inferSelect, "tenantId" | "hash">): ApiKey {
  return { ...row, scopes: knownScopes(row.scopes) };
}

const { tenantId: _, hash: __, ...SHOWN } = getTableColumns(apiKeys);

/** Who sees only some channels sees only the keys that see no others. */
function within({ tenantId, channelIds }: Access) {
  const ofTenant = eq(apiKeys.tenantId, tenantId);
  return channelIds === null
    ? ofTenant
    : and(ofTenant, arrayContained(apiKeys.channelIds, [...channelIds]));
}
