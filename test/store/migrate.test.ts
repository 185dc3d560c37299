import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/db.js";
import { ensureEventPartitions, migrate } from "../../src/store/migrate.js";
import { askForServer } from "../support/database.js";
import { dropDatabase } from "../support/drop-database.js";
import { databaseUrl } from "../support/postgres.js";

let admin: postgres.Sql;
let adminUrl: string;
const made: string[] = [];
beforeAll(async () => {
  adminUrl = (await askForServer()).adminUrl;
  admin = postgres(adminUrl, { max: 1 });
});
afterAll(async () => {
  for (const name of made) await dropDatabase(admin, name);
  await admin.end();
});

/** An empty database and a connection to it as its owner. */
async function emptyDatabase() {
  const name = `tributary_test_${randomBytes(6).toString("hex")}`;
  await admin.unsafe(`create database ${name}`);
  made.push(name);
  const url = databaseUrl(adminUrl, name);
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  return { url, sql };
}

/** Everything that a migration can make, as PostgreSQL describes it. */
async function shapeOf(sql: postgres.Sql) {
  return sql`
    select format('%s %s %s', c.relkind, c.oid::regclass, c.relacl) as fact from pg_class c
     where c.relnamespace = 'public'::regnamespace
    union all select format('%s %s %s', polrelid::regclass, polname, polcmd) from pg_policy
    union all select format('%s %s', proname, proacl) from pg_proc where pronamespace = 'public'::regnamespace
    order by 1`;
}

describe("migrate", () => {
  it("does nothing the second time", async () => {
    const { url, sql } = await emptyDatabase();
    await migrate(url);
    const first = await shapeOf(sql);
    await migrate(url);
    expect(await shapeOf(sql)).toEqual(first);
    expect(first.length).toBeGreaterThan(50);
    await sql.end();
  });

  it("can be started by many processes at once, on one database and on several", async () => {
    const databases = await Promise.all([emptyDatabase(), emptyDatabase()]);
    await Promise.all([...databases, ...databases, ...databases].map(({ url }) => migrate(url)));
    const [one, other] = await Promise.all(databases.map(({ sql }) => shapeOf(sql)));
    expect(one).toEqual(other);
    for (const { sql } of databases) await sql.end();
  });

  it("forces row-level security with policies for app and owner on every table", async () => {
    const { url, sql } = await emptyDatabase();
    await migrate(url);
    const loose = await sql`
      select c.relname from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and (not c.relrowsecurity or not c.relforcerowsecurity
              or not exists (select from pg_policy where polrelid = c.oid and current_user::regrole = any (polroles))
              or not exists (select from pg_policy where polrelid = c.oid and 'tributary_app'::regrole = any (polroles)))`;
    expect([...loose]).toEqual([]);
    await sql.end();
  });

  it("lets the owner change every row, so that a data migration does what it says", async () => {
    const { url, sql } = await emptyDatabase();
    await migrate(url);
    await sql`insert into tenants values ('north', 'North'), ('south', 'South')`;
    const changed = await sql`update tenants set name = upper(name)`;
    expect(changed.count).toBe(2);
    await sql.end();
  });

  it("begins every primary and foreign key of a tenant's table with the tenant", async () => {
    const { url, sql } = await emptyDatabase();
    await migrate(url);
    const other = await sql`
      select conname from pg_constraint k
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
       where k.contype in ('p', 'f') and k.connamespace = 'public'::regnamespace
         and exists (select from pg_attribute t where t.attrelid = k.conrelid and t.attname = 'tenant_id')
         and a.attname <> 'tenant_id'`;
    expect([...other]).toEqual([]);
    await sql.end();
  });

  it("refuses a database that a newer version migrated, and says what to do", async () => {
    const { url, sql } = await emptyDatabase();
    await migrate(url);
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999)`;
    await expect(migrate(url)).rejects.toThrow(
      /1 migration\(s\) that this program does not know.*Run that version/s,
    );
    await sql.end();
  });

  it("needs an owner who may use the roles, and says which grant is missing", async () => {
    const { url } = await emptyDatabase();
    await migrate(url);
    const stranger = `stranger_${randomBytes(4).toString("hex")}`;
    await admin.unsafe(`create role ${stranger} login password 'x'`);
    const [row] = await admin`select current_database() as name`;
    await admin.unsafe(`grant create on database ${row?.name} to ${stranger}`);
    const strange = new URL(databaseUrl(adminUrl, row?.name));
    strange.username = stranger;
    strange.password = "x";
    await expect(migrate(strange.href)).rejects.toThrow(
      `grant tributary_app to ${stranger} with inherit false, set true`,
    );
    await admin.unsafe(`revoke create on database ${row?.name} from ${stranger}`);
    await admin.unsafe(`drop role ${stranger}`);
  });
});

describe("the log's partitions", () => {
  it("cover this month and the next two", async () => {
    const { url, sql } = await emptyDatabase();
    await migrate(url);
    const names = await partitions(sql);
    const now = new Date();
    const months = [0, 1, 2].map((ahead) => {
      const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
      return `events_${month.toISOString().slice(0, 7).replace("-", "_")}`;
    });
    expect(names).toEqual([...months, "events_default"]);
    await sql.end();
  });

  it("are made by the system role, and take over what waited in the default partition", async () => {
    const { url, sql } = await emptyDatabase();
    await migrate(url);
    const next = (await partitions(sql))[1] as string;
    await sql.unsafe(`drop table ${next}`);
    await sql`
      insert into events (tenant_id, epoch, id, type, occurred_at, recorded_at, source, actor, changes)
      values ('north', 1, 'evt_1', 'X', now(), date_trunc('month', now(), 'UTC') + interval '1 month 3 days', 'X', '{}', '[]')`;
    const where = () => sql`select tableoid::regclass::text as partition, seq from events`;
    expect(await where()).toEqual([{ partition: "events_default", seq: "1" }]);
    const database = openDatabase(url);
    expect(await ensureEventPartitions(database)).toEqual([next]);
    expect(await ensureEventPartitions(database)).toEqual([]);
    expect(await where()).toEqual([{ partition: next, seq: "1" }]);
    await database.close();
    await sql.end();
  });
});

async function partitions(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'events'::regclass order by 1`;
  return rows.map(({ name }) => name as string);
}
