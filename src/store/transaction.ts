import { PgDialect } from "drizzle-orm/pg-core";
import { PostgresJsSession, PostgresJsTransaction } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { DatabaseError, databaseError } from "./errors.js";
import type { Connection } from "./pool.js";

/**
 * A drizzle transaction; a nested `tx.transaction` is a savepoint. Statements go one after another, also under
 * Promise.all; what they throw is drizzle's, `databaseError` reads it. Never held over a call to a shop.
 */
export type Tx = PostgresJsTransaction<NoSchema, NoSchema>;
/** Queries are built from the tables they name; drizzle's relational queries are not used. */
type NoSchema = Record<string, never>;

export interface TransactionOptions {
  tenantId?: string;
  /** Told of every statement of the work. */
  sent: (text: string) => void;
}

/** Sets the tenant for the transaction that runs, and for nothing outside of one. */
export const SET_TENANT = "select set_config('app.tenant', $1, true)";

/**
 * Runs `work` between begin and commit. Begin and tenant are not awaited: they travel in one packet with the first
 * statement of `work`, which spares two round trips. Every later statement waits for the one before it, so that
 * nothing stands in the driver's queue when the connection is lost.
 */
export async function runTransaction<T>(
  connection: Connection,
  options: TransactionOptions,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const opening = open(connection.sql, options.tenantId);
  const session = openSession(connection, options.sent);
  try {
    const value = await work(session.tx);
    await opening;
    await session.commit();
    return value;
  } catch (error) {
    await session.rollback();
    // Where the beginning failed, everything after it failed for no reason of its own.
    await opening;
    throw error;
  } finally {
    session.end();
  }
}

function open(sql: postgres.Sql, tenantId: string | undefined): Promise<unknown> {
  const queries = [sql.unsafe("begin").execute()];
  if (tenantId !== undefined)
    queries.push(sql.unsafe(SET_TENANT, [tenantId], { prepare: true }).execute());
  const opening = Promise.all(queries);
  opening.catch(() => undefined);
  return opening;
}

const dialect = new PgDialect();

/** What drizzle sends its statements through. */
function openSession(connection: Connection, sent: (text: string) => void) {
  const { sql } = connection;
  let over = false;
  let failure: unknown = null;
  let last: Promise<unknown> = Promise.resolve();
  let savepoints = 0;

  /** Prepared once on each connection: unprepared, a statement costs a second round trip to learn its types, and a plan. */
  function send(text: string, params: never[], values: () => boolean): Promise<never> {
    const result = last.then(async () => {
      refuseLate(text);
      const query = sql.unsafe(text, params, { prepare: params.length > 0 });
      return (await (values() ? query.values() : query)) as never;
    });
    last = result.catch((error: unknown) => {
      failure = error;
      if (leavesDoubt(error)) connection.discard();
    });
    return result;
  }

  function refuseLate(text: string) {
    if (over)
      throw new Error(`A statement came after its transaction had ended; await it inside: ${text}`);
    if (!connection.alive) throw connectionLost();
  }

  /** The two faces of the driver's client that drizzle uses. */
  const client = {
    unsafe(text: string, params: never[] = []) {
      let asValues = false;
      sent(text);
      const result = send(text, params, () => asValues);
      const values = () => {
        asValues = true;
        return result;
      };
      return Object.assign(result, { values });
    },
    async savepoint<S>(work: (inner: unknown) => Promise<S>): Promise<S> {
      const name = `s${savepoints++}`;
      await command(`savepoint ${name}`);
      try {
        const value = await work(client);
        await command(`release savepoint ${name}`);
        return value;
      } catch (error) {
        await command(`rollback to savepoint ${name}`);
        throw error;
      }
    },
  };
  const command = (text: string) => send(text, [], () => false) as Promise<{ command: string }>;
  // drizzle's types ask for a whole client where its code is content with these two.
  const session = new PostgresJsSession<never, NoSchema, NoSchema>(
    client as never,
    dialect,
    undefined,
  );

  return {
    tx: new PostgresJsTransaction<NoSchema, NoSchema>(dialect, session, undefined),
    /** PostgreSQL answers the commit of a transaction in which a statement failed with ROLLBACK, and calls that a success. */
    async commit() {
      const { command: done } = await command("commit");
      if (done === "COMMIT") return;
      throw new DatabaseError(
        "Nothing was committed: a statement failed inside of the transaction and its error was caught there; " +
          "put what may fail into tx.transaction, which is a savepoint",
        { sqlState: "25P02", cause: databaseError(failure) },
      );
    },
    /** Leaves the connection fit for the next, or given up. */
    async rollback() {
      await command("rollback").catch(() => connection.discard());
    },
    end() {
      over = true;
    },
  };
}

/** Anything but PostgreSQL's own refusal of one statement. */
function leavesDoubt(error: unknown): boolean {
  return !(error instanceof postgres.PostgresError) || /FATAL|PANIC/.test(error.severity);
}

function connectionLost(): DatabaseError {
  return new DatabaseError(
    "The connection to the database was lost during a transaction; run it again from its start",
    {
      sqlState: "CONNECTION_CLOSED",
    },
  );
}
