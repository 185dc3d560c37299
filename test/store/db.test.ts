import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type Tx } from "../../src/store/db.js";
import { DatabaseError } from "../../src/store/errors.js";
import { apiKeys, events, orders, tenants } from "../../src/store/tables.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  for (const tenantId of ["north", "south"]) {
    await test.database.forTenant(tenantId, async (tx) => {
      await tx.insert(tenants).values({ tenantId, name: tenantId });
      await tx.insert(apiKeys).values(key(tenantId));
    });
  }
});
afterAll(() => test.drop());

const key = (tenantId: string) => ({
  tenantId,
  id: `key_${tenantId}`,
  client: "till",
  name: "Till",
  prefix: "trb_",
  hash: tenantId,
  scopes: ["ORDERS_READ"],
});
const keyIds = async (tx: Tx) =>
  (await tx.select({ id: apiKeys.id }).from(apiKeys)).map(({ id }) => id);
/** What a promise was rejected with. */
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error("it succeeded");
    },
    (error: unknown) => error,
  );

describe("tenant isolation", () => {
  it("shows each tenant its own rows only", async () => {
    expect(await test.database.forTenant("north", keyIds)).toEqual(["key_north"]);
    expect(await test.database.forTenant("south", keyIds)).toEqual(["key_south"]);
  });

  it("gives nothing for another tenant's id", async () => {
    const found = await test.database.forTenant("north", (tx) =>
      tx.select().from(apiKeys).where(eq(apiKeys.id, "key_south")),
    );
    expect(found).toEqual([]);
  });

  it("shows no rows where the tenant is empty, also on a connection that served one before", async () => {
    await test.database.forTenant("north", keyIds);
    expect(await test.database.forTenant("", keyIds)).toEqual([]);
  });

  it("refuses a row of another tenant", async () => {
    const error = await failure(
      test.database.forTenant("north", (tx) =>
        tx.insert(tenants).values({ tenantId: "west", name: "West" }),
      ),
    );
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error).toMatchObject({ sqlState: "42501", table: null });
  });

  it("updates and deletes nothing of another tenant's", async () => {
    const touched = await test.database.forTenant("north", async (tx) => [
      ...(await tx
        .update(apiKeys)
        .set({ name: "x" })
        .where(eq(apiKeys.id, "key_south"))
        .returning()),
      ...(await tx.delete(apiKeys).where(eq(apiKeys.id, "key_south")).returning()),
    ]);
    expect(touched).toEqual([]);
    expect(await test.database.forTenant("south", keyIds)).toEqual(["key_south"]);
  });

  it("refuses to reach around the policies through a partition", async () => {
    for (const run of [test.database.asSystem, inNorth]) {
      const error = await failure(run((tx) => tx.execute(sql`select * from events_default`)));
      expect(error).toMatchObject({ sqlState: "42501" });
    }
  });

  it("keeps concurrent tenants apart on few connections", async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const tenantId = index % 2 ? "north" : "south";
        return { tenantId, ids: await test.database.forTenant(tenantId, keyIds) };
      }),
    );
    for (const { tenantId, ids } of answers) expect(ids).toEqual([`key_${tenantId}`]);
  });
});

describe("roles", () => {
  it("lets the system see the keys of every tenant", async () => {
    expect((await test.database.asSystem(keyIds)).sort()).toEqual(["key_north", "key_south"]);
  });

  it("shows the system no orders, which are none of its business", async () => {
    expect(await test.database.asSystem((tx) => tx.select().from(orders))).toEqual([]);
  });

  it("works as roles that neither own the tables nor pass row-level security", async () => {
    const who = sql`select current_user as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user`;
    const bound = { rolsuper: false, rolbypassrls: false };
    expect([...(await inNorth((tx) => tx.execute(who)))]).toEqual([
      { name: "tributary_app", ...bound },
    ]);
    expect([...(await test.database.asSystem((tx) => tx.execute(who)))]).toEqual([
      { name: "tributary_system", ...bound },
    ]);
  });

  it("bounds how long a transaction may hold the log back", async () => {
    const [row] = await inNorth((tx) =>
      tx.execute(sql`select current_setting('transaction_timeout') as whole,
                            current_setting('idle_in_transaction_session_timeout') as idle`),
    );
    expect(row).toEqual({ whole: "30s", idle: "10s" });
  });
});

describe("transactions", () => {
  it("rolls everything back when the work fails, and passes its error on", async () => {
    const reason = new Error("second thoughts");
    const error = await failure(
      inNorth(async (tx) => {
        await tx.update(apiKeys).set({ name: "changed" });
        throw reason;
      }),
    );
    expect(error).toBe(reason);
    const [row] = await inNorth((tx) => tx.select().from(apiKeys));
    expect(row?.name).toBe("Till");
  });

  it("goes on after a savepoint was rolled back", async () => {
    const ids = await inNorth(async (tx) => {
      await failure(tx.transaction((inner) => inner.insert(apiKeys).values(key("north"))));
      return keyIds(tx);
    });
    expect(ids).toEqual(["key_north"]);
  });

  it("refuses a statement that comes after the end", async () => {
    let escaped: Tx | undefined;
    await inNorth(async (tx) => {
      escaped = tx;
    });
    expect(await failure(keyIds(escaped as Tx))).toMatchObject({
      cause: { message: expect.stringContaining("after its transaction had ended") },
    });
  });

  it("writes an event with the transaction's own id", async () => {
    const [row] = await inNorth((tx) =>
      tx
        .insert(events)
        .values({
          tenantId: "north",
          epoch: 1,
          id: "evt_1",
          type: "ORDER_IMPORTED",
          occurredAt: new Date(),
          source: "BACKFILL",
          actor: { type: "SYSTEM", id: "test", name: "Test" } as never,
          changes: [],
        })
        .returning({ xid: events.xid, seq: events.seq, own: sql`pg_current_xact_id()` }),
    );
    expect(row?.xid).toBe(row?.own);
    expect(row?.seq).toBeTypeOf("bigint");
  });
});

describe("errors", () => {
  it("names the constraint but nothing of the row", async () => {
    const error = await failure(
      inNorth((tx) => tx.insert(apiKeys).values({ ...key("north"), name: "ada@example.org" })),
    );
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error).toMatchObject({
      sqlState: "23505",
      table: "api_keys",
      constraint: "api_keys_tenant_id_id_pk",
    });
    expect(everythingOf(error)).not.toMatch(/ada@example|Key \(/);
  });

  it("leaves out a value that PostgreSQL could not read", async () => {
    const error = await failure(
      inNorth((tx) => tx.execute(sql`select ${"ada@example.org"}::uuid`)),
    );
    expect(error).toMatchObject({ sqlState: "22P02" });
    expect(everythingOf(error)).not.toContain("ada@example");
  });

  it("says whether the same transaction may succeed when run again", async () => {
    const state = (code: string) =>
      failure(
        inNorth((tx) =>
          tx.execute(sql.raw(`do $$ begin raise exception using errcode = '${code}'; end $$`)),
        ),
      );
    expect(await state("40001")).toMatchObject({ retryable: true });
    expect(await state("40P01")).toMatchObject({ retryable: true });
    expect(await state("23505")).toMatchObject({ retryable: false });
  });
});

describe("a lost connection", () => {
  it("fails the transaction as one that may be run again, and the pool recovers", async () => {
    const error = await failure(
      inNorth(async (tx) => {
        await disconnect("tributary_app");
        await keyIds(tx);
      }),
    );
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error).toMatchObject({ retryable: true });
    expect(await retried(() => inNorth(keyIds))).toEqual(["key_north"]);
  });

  it("under a running statement fails that statement", async () => {
    const sleeping = failure(inNorth((tx) => tx.execute(sql`select pg_sleep(20)`)));
    await retried(() => disconnect("tributary_app", "%pg_sleep%"));
    expect(await sleeping).toMatchObject({ retryable: true });
    expect(await retried(() => inNorth(keyIds))).toEqual(["key_north"]);
  });

  it("lets nothing of the lost transaction into the next, which is another tenant's", async () => {
    const small = openDatabase(test.url, { poolSize: 1 });
    const lost = small.forTenant("north", async (tx) => {
      await keyIds(tx);
      await disconnect("tributary_app");
      await tx.insert(apiKeys).values({ ...key("south"), id: "key_smuggled", hash: "smuggled" });
    });
    const next = small.forTenant("south", keyIds);
    expect(await failure(lost)).toMatchObject({ retryable: true });
    expect(await next).toEqual(["key_south"]);
    expect(await small.forTenant("south", keyIds)).toEqual(["key_south"]);
    await small.close();
  });

  it("is found out at once where a proxy answers for a server that is not there", async () => {
    let calls = 0;
    const proxy = createServer((socket) => {
      calls++;
      socket
        .on("error", () => undefined)
        .resume()
        .end();
    });
    await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
    const { port } = proxy.address() as AddressInfo;
    const behind = openDatabase(`postgres://u:p@127.0.0.1:${port}/d`);
    expect(await failure(behind.asSystem(keyIds))).toMatchObject({ retryable: true });
    expect(calls).toBe(1);
    await behind.close();
    await new Promise((done) => proxy.close(done));
  });

  it("makes listeners look again, also after an outage in which connecting failed", async () => {
    const door = await openDoor(test.url);
    const behind = openDatabase(door.url);
    const heard = listener();
    const stop = await behind.listen("news", heard.hear);
    door.shut();
    const refused = await failure(behind.asSystem(keyIds));
    expect(refused).toMatchObject({ retryable: true });
    door.open();
    expect(await heard.next()).toBe("");
    await behind.notify("news", "after");
    expect(await heard.next()).toBe("after");
    await stop();
    await behind.close();
    await door.close();
  });
});

describe("countStatements", () => {
  it("counts what the work sends, not what surrounds it", async () => {
    const { value, statements } = await test.database.countStatements(() =>
      inNorth(async (tx) => {
        await keyIds(tx);
        return keyIds(tx);
      }),
    );
    expect(value).toEqual(["key_north"]);
    expect(statements).toHaveLength(2);
    expect(statements[0]).toMatch(/^select .* from "api_keys"/);
  });

  it("keeps concurrent counts apart", async () => {
    const counts = await Promise.all(
      [1, 2, 3].map((times) =>
        test.database.countStatements(() =>
          inNorth(async (tx) => {
            for (let i = 0; i < times; i++) await keyIds(tx);
          }),
        ),
      ),
    );
    expect(counts.map(({ statements }) => statements.length)).toEqual([1, 2, 3]);
  });
});

describe("listen", () => {
  it("hears what is told, until it stops", async () => {
    const heard = listener();
    const stop = await test.database.listen("news", heard.hear);
    await test.database.notify("news", "first");
    expect(await heard.next()).toBe("first");
    await stop();
    await test.database.notify("news", "second");
    const other = listener();
    const stopOther = await test.database.listen("other", other.hear);
    await test.database.notify("other", "third");
    expect(await other.next()).toBe("third");
    expect(heard.waiting()).toBe(0);
    await stopOther();
  });
});

function inNorth<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return test.database.forTenant("north", work);
}

/** Ends connections of a kind, as a restart of the server would; throws where there is none that runs such a statement. */
async function disconnect(connection: string, statement = "%") {
  const owner = postgres(test.url, { max: 1 });
  const ended = await owner`
    select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = ${connection} and datname = current_database() and query like ${statement}`;
  await owner.end();
  if (ended.length === 0) throw new DatabaseError("nobody is connected", { sqlState: "40001" });
}

/** Runs work again for as long as it fails as retryable: a pool learns of each lost connection a moment after it. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DatabaseError && error.retryable) || attempt === 50) throw error;
    }
  }
}

/** A way to the server that can be shut, as a failing network or a restarting server does. */
async function openDoor(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isOpen = true;
  const server = createServer((near) => {
    sockets.add(near);
    near.on("error", () => undefined).on("close", () => sockets.delete(near));
    if (!isOpen) return near.destroy();
    const far = connect(Number(target.port), target.hostname).on("error", () => near.destroy());
    near.on("close", () => far.destroy()).pipe(far);
    far.on("close", () => near.destroy()).pipe(near);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    shut() {
      isOpen = false;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    open() {
      isOpen = true;
    },
    close: () => new Promise((done) => server.close(done)),
  };
}

/** Message, stack, cause and every property, as a careless log would show them. */
function everythingOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = Object.getOwnPropertyNames(error).map((name) => String(Reflect.get(error, name)));
  return [error.message, ...own, everythingOf(error.cause)].join("\n");
}

function listener() {
  const heard: string[] = [];
  let wake: () => void = () => undefined;
  return {
    hear(payload: string) {
      heard.push(payload);
      wake();
    },
    async next(): Promise<string> {
      while (heard.length === 0) {
        await new Promise<void>((done) => {
          wake = done;
        });
      }
      return heard.shift() ?? "";
    },
    waiting: () => heard.length,
  };
}
