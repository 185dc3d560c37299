import { fileURLToPath } from "node:url";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { GatewayError } from "../domain/errors.js";
import type { Database } from "./db.js";
import { databaseError } from "./errors.js";

/** Same place from src/store and dist/store. */
const migrationsFolder = fileURLToPath(new URL("../../drizzle", import.meta.url));

/** `transaction_timeout` came with 17. */
const OLDEST_SERVER = 170_000;
/** One migration at a time in a database; any number that nobody else uses. */
const LOCK = 7_241_001;
const ROLES = ["tributary_app", "tributary_system"] as const;

/**
 * Brings a database to the shape this program expects and makes its roles, grants and partitions; does nothing where
 * all is done. Safe to run from many processes at once. `ownerUrl` needs no superuser, only CREATEROLE the first time.
 * Throws GatewayError where the server is too old or lacks pg_trgm, or the database is newer than the program.
 */
export async function migrate(ownerUrl: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await requireServer(sql);
    await sql`select pg_advisory_lock(${LOCK})`;
    await refuseNewer(sql, readMigrationFiles({ migrationsFolder }));
    for (const role of ROLES) await ensureRole(sql, role);
    await runMigrations(drizzle(sql), { migrationsFolder });
    await sql.unsafe(ENSURE_PARTITIONS);
    await sql.unsafe(GUARD_TABLES);
  } catch (error) {
    throw databaseError(error);
  } finally {
    // Closing the session gives the lock back.
    await sql.end();
  }
}

/** Makes the log's partitions for this month and the next two where they are missing, and gives their names. To be run daily. */
export async function ensureEventPartitions(database: Database): Promise<string[]> {
  const made = await database.asSystem((tx) => tx.execute<{ name: string }>(ENSURE_PARTITIONS));
  return made.map(({ name }) => name);
}

const ENSURE_PARTITIONS = "select ensure_event_partitions() as name";

async function requireServer(sql: postgres.Sql) {
  const [row] = await sql`
    select current_setting('server_version_num')::int as number, version(),
      exists (select from pg_available_extensions where name = 'pg_trgm') as trigrams`;
  if (row && row.number < OLDEST_SERVER) {
    throw new GatewayError(
      "INTERNAL",
      `Tributary needs PostgreSQL 17 or later; DATABASE_URL leads to ${row.version}`,
    );
  }
  if (row && !row.trigrams) {
    throw new GatewayError(
      "INTERNAL",
      "Tributary searches words with pg_trgm, which this PostgreSQL does not have: install its contrib package (postgresql-contrib)",
    );
  }
}

async function refuseNewer(sql: postgres.Sql, known: MigrationMeta[]) {
  const [table] =
    await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  if (!table?.exists) return;
  const newest = known.at(-1)?.folderMillis ?? 0;
  const [row] = await sql`
    select count(*)::int as unknown from drizzle.__drizzle_migrations where created_at > ${newest}`;
  if (row?.unknown > 0) {
    throw new GatewayError(
      "INTERNAL",
      `The database has ${row?.unknown} migration(s) that this program does not know: it was migrated by a newer version. ` +
        "Run that version, or restore a backup made before it",
    );
  }
}

/**
 * Roles belong to the whole cluster while an advisory lock belongs to one database, so two databases may get here at
 * once: losing that race is as good as winning it.
 */
async function ensureRole(sql: postgres.Sql, role: (typeof ROLES)[number]) {
  await sql.unsafe(`
    do $$ begin
      if to_regrole('${role}') is null then
        create role ${role} nologin nosuperuser nobypassrls;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`);
  const [can] = await sql`
    select pg_has_role(current_user, ${role}, 'SET') as set,
           rolsuper or rolbypassrls as unbound from pg_roles where rolname = ${role}`;
  if (can?.unbound) {
    throw new GatewayError(
      "INTERNAL",
      `The role ${role} is a superuser or BYPASSRLS, so that tenants would see each other: alter role ${role} nosuperuser nobypassrls`,
    );
  }
  if (can?.set) return;
  try {
    await sql.unsafe(`grant ${role} to current_user with inherit false, set true`);
  } catch (cause) {
    const [now] =
      await sql`select pg_has_role(current_user, ${role}, 'SET') as set, current_user as owner`;
    if (now?.set) return;
    throw new GatewayError(
      "INTERNAL",
      `The role ${role} exists and is not ${now?.owner}'s to use; have a superuser run: ` +
        `grant ${role} to ${now?.owner} with inherit false, set true`,
      { cause },
    );
  }
}

/**
 * What holds for every table of ours, applied after every migration so that no new one can be forgotten: policies bind
 * the owner too, and the roles reach tables only through them. A partition has no policies of its own, so nobody may
 * address it but through its parent.
 */
const GUARD_TABLES = `
do $$
declare t record;
begin
  grant usage on schema public to tributary_app, tributary_system;
  for t in select c.oid::regclass as name, c.relispartition, c.relrowsecurity, c.relforcerowsecurity
             from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
              and c.relowner = current_user::regrole
  loop
    if t.relispartition then
      execute format('revoke all on %s from public, tributary_app, tributary_system', t.name);
    elsif not t.relrowsecurity then
      raise exception 'table % has no row-level security: give it policies in src/store/tables.ts', t.name;
    else
      if not t.relforcerowsecurity then
        execute format('alter table %s force row level security', t.name);
      end if;
      execute format('grant select, insert, update, delete on %s to tributary_app, tributary_system', t.name);
    end if;
  end loop;
end $$`;
