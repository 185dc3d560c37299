import { getTableColumns, getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "./db.js";

/**
 * Inserts rows or, where the key is taken, updates them: one statement however many rows, since all travel as one JSON
 * parameter. Rows bear the table's own property names; columns that no row names are left to their defaults. A row that
 * is equal already is not written again.
 */
export async function upsert<T extends PgTable>(
  tx: Tx,
  table: T,
  key: readonly (keyof T["$inferInsert"] & string)[],
  rows: readonly T["$inferInsert"][],
): Promise<void> {
  if (rows.length === 0) return;
  const named = columnsOf(table, rows);
  const columns = sql.join(
    named.map((name) => sql.identifier(name)),
    sql`, `,
  );
  const keyColumns = columnNames(table, key);
  const updated = named.filter((name) => !keyColumns.includes(name));
  const assignments = updated.map(
    (name) => sql`${sql.identifier(name)} = excluded.${sql.identifier(name)}`,
  );
  const action =
    updated.length > 0 ? sql`update set ${sql.join(assignments, sql`, `)}` : sql`nothing`;
  await tx.execute(sql`
    insert into ${table} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${table}, ${asJson(table, rows)}::jsonb)
    on conflict (${sql.join(
      keyColumns.map((name) => sql.identifier(name)),
      sql`, `,
    )}) do ${action}`);
}

/** Inserts rows in one statement; a taken key throws. */
export async function insertAll<T extends PgTable>(
  tx: Tx,
  table: T,
  rows: readonly T["$inferInsert"][],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = sql.join(
    columnsOf(table, rows).map((name) => sql.identifier(name)),
    sql`, `,
  );
  await tx.execute(sql`
    insert into ${table} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${table}, ${asJson(table, rows)}::jsonb)`);
}

function columnsOf<T extends PgTable>(table: T, rows: readonly T["$inferInsert"][]): string[] {
  const properties = new Set(rows.flatMap((row) => Object.keys(row)));
  return columnNames(table, [...properties]);
}

function columnNames(table: PgTable, properties: readonly string[]): string[] {
  const columns = getTableColumns(table);
  return properties.map((property) => {
    const column = columns[property];
    if (!column) throw new Error(`table ${getTableName(table)} has no column for "${property}"`);
    return column.name;
  });
}

function asJson<T extends PgTable>(table: T, rows: readonly T["$inferInsert"][]): string {
  const columns = getTableColumns(table);
  const records = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([property, value]) => [columns[property]?.name, value]),
    ),
  );
  return JSON.stringify(records, (_key, value) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}
