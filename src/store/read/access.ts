import { and, eq, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

/** Whose rows a read may show: a tenant's, and of these perhaps only some channels'. A Viewer is one. */
export interface Access {
  tenantId: string;
  /** null: every channel of the tenant. */
  channelIds: readonly string[] | null;
}

/** The condition that every read carries; row-level security says the tenant again, the channels only this says. */
export function visible(
  table: { tenantId: AnyPgColumn; channelId: AnyPgColumn },
  { tenantId, channelIds }: Access,
): SQL {
  const tenants = eq(table.tenantId, tenantId);
  if (channelIds === null) return tenants;
  return and(tenants, isAnyOf(table.channelId, channelIds)) as SQL;
}

/** `column = any($1)`: one text of SQL and so one prepared statement for however many values. */
export function isAnyOf(column: AnyPgColumn | SQL, values: readonly string[]): SQL {
  return sql`${column} = any(${sql.param([...values])}::text[])`;
}
