import { AsyncLocalStorage } from "node:async_hooks";
import { PgDialect } from "drizzle-orm/pg-core";
import { drizzle, PostgresJsSession, PostgresJsTransaction } from "drizzle-orm/postgres-js";
import type { Logger } from "pino";
import postgres from "postgres";
import { databaseError } from "./errors.js";

/** A drizzle transaction; nested `tx.transaction` is a savepoint. Never held over a call to a shop. */
export type Tx = PostgresJsTransaction<NoSchema, NoSchema>;
/** Queries are built from the tables they name; drizzle's relational queries are not used. */
type NoSchema = Record<string, never>;

/** PostgreSQL as the program uses it: never as the owner. Failures are DatabaseErrors, errors of `work` pass as they are. */
export interface Database {
  /** One transaction as the role tributary_app, which sees this tenant's rows and no others. */
  forTenant<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction as the role tributary_system, for the program's own work over tenants. */
  asSystem<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Hears a channel until the returned function is called. A lost connection is made anew, and then `hear` is called
   * with "" since something may have been missed: a notification only ever says "look", it never carries the truth.
   */
  listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>>;
  /** Tells all listeners, at once and outside of any transaction. At most 8000 bytes. */
  notify(channel: string, payload: string): Promise<void>;
  /** The statements that `work` sends, without begin, commit and the tenant's; for tests and measurements. */
  countStatements<T>(work: () => Promise<T>): Promise<{ value: T; statements: string[] }>;
  /** Lets running transactions end, five seconds at most, and closes every connection. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  log?: Logger;
  /** Connections for tenants' work; half as many serve the system. Default 10. */
  poolSize?: number;
}

/** Held short, since the log is read only up to the oldest transaction that runs. Milliseconds. */
const BOUNDS = {
  transaction_timeout: 30_000,
  idle_in_transaction_session_timeout: 10_000,
  lock_timeout: 10_000,
};
const CLOSE_S = 5;

/** Opens pools on a migrated database; connects with the first statement. `url` is the owner's, the roles are set at connection. */
export function openDatabase(url: string, { log, poolSize = 10 }: DatabaseOptions = {}): Database {
  const app = openPool(url, "tributary_app", poolSize, log);
  const system = openPool(url, "tributary_system", Math.ceil(poolSize / 2), log);
  return {
    forTenant: (tenantId, work) => transact(app, work, tenantId),
    asSystem: (work) => transact(system, work),
    listen: (channel, hear) => listen(system, channel, hear),
    async notify(channel, payload) {
      await system.notify(channel, payload).catch(rethrow);
    },
    async countStatements(work) {
      const statements: string[] = [];
      const value = await counting.run(statements, work);
      return { value, statements };
    },
    async close() {
      await Promise.all([app.end({ timeout: CLOSE_S }), system.end({ timeout: CLOSE_S })]);
    },
  };
}

const dialect = new PgDialect();
const counting = new AsyncLocalStorage<string[]>();

function openPool(url: string, role: string, max: number, log: Logger | undefined): postgres.Sql {
  const pool = postgres(url, {
    max,
    idle_timeout: 60,
    connection: { role, application_name: role, ...BOUNDS },
    onnotice: (notice) => log?.debug({ notice: notice.message }, "PostgreSQL notice"),
  });
  // Sets how drizzle wants dates and JSON read and written on this pool.
  drizzle(pool);
  return pool;
}

async function transact<T>(
  pool: postgres.Sql,
  work: (tx: Tx) => Promise<T>,
  tenantId?: string,
): Promise<T> {
  const run = async (sql: postgres.TransactionSql) => {
    // Sent at once but awaited last: it travels in one packet with the first statement of `work`.
    const tenantSet = tenantId === undefined ? null : setTenant(sql, tenantId);
    const prepared = prepareAll(sql);
    try {
      const value = await work(openTx(prepared.sql));
      await tenantSet;
      return value;
    } finally {
      prepared.end();
    }
  };
  // postgres.js types the result of `begin` as if arrays of promises were unwrapped; ours is T.
  return pool.begin(run).catch(rethrow) as Promise<T>;
}

function setTenant(sql: postgres.TransactionSql, tenantId: string) {
  const query = sql.unsafe("select set_config('app.tenant', $1, true)", [tenantId], {
    prepare: true,
  });
  const sent = query.execute();
  sent.catch(() => undefined);
  return sent;
}

function openTx(sql: postgres.TransactionSql): Tx {
  // drizzle's types ask for a whole client where its code, as here, gives the session a transaction.
  const session = new PostgresJsSession<never, NoSchema, NoSchema>(
    sql as never,
    dialect,
    undefined,
  );
  return new PostgresJsTransaction<NoSchema, NoSchema>(dialect, session, undefined);
}

/**
 * Has drizzle's statements prepared once on each connection; unprepared, each costs a second round trip to learn its
 * types and a plan of its own. Refuses statements after the end, which would run outside of the transaction.
 */
function prepareAll(sql: postgres.TransactionSql): {
  sql: postgres.TransactionSql;
  end: () => void;
} {
  let over = false;
  const wrap = <S extends postgres.TransactionSql>(inner: S): S => {
    const unsafe = inner.unsafe.bind(inner);
    const savepoint = inner.savepoint.bind(inner) as (
      work: (s: postgres.TransactionSql) => unknown,
    ) => unknown;
    return Object.assign(inner, {
      unsafe(text: string, params: never[] = [], options: postgres.UnsafeQueryOptions = {}) {
        if (over)
          throw new Error(
            `A statement came after its transaction had ended; await it inside: ${text}`,
          );
        counting.getStore()?.push(text);
        return unsafe(text, params, { ...options, prepare: params.length > 0 });
      },
      savepoint: (work: (s: postgres.TransactionSql) => unknown) => savepoint((s) => work(wrap(s))),
    });
  };
  return {
    sql: wrap(sql),
    end() {
      over = true;
    },
  };
}

async function listen(pool: postgres.Sql, channel: string, hear: (payload: string) => void) {
  let listening = false;
  let stopped = false;
  const heard = (payload: string) => {
    if (!stopped) hear(payload);
  };
  const { unlisten } = await pool
    .listen(channel, heard, () => {
      if (listening) heard("");
      listening = true;
    })
    .catch(rethrow);
  return async () => {
    stopped = true;
    await unlisten();
  };
}

function rethrow(error: unknown): never {
  throw databaseError(error);
}
