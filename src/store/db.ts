import { AsyncLocalStorage } from "node:async_hooks";
import type { Logger } from "pino";
import { databaseError } from "./errors.js";
import { openListener } from "./listener.js";
import { openPool } from "./pool.js";
import { runTransaction, SET_TENANT, type Tx } from "./transaction.js";

export type { Tx } from "./transaction.js";

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
  /** The statements that `work` sends, without those that begin and end transactions; for tests and measurements. */
  countStatements<T>(work: () => Promise<T>): Promise<{ value: T; statements: string[] }>;
  /** Waits for running transactions and closes every connection. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  log?: Logger;
  /** Connections for tenants' work; half as many serve the system, one more listens. Default 10. */
  poolSize?: number;
}

/** Held short, since the log is read only up to the oldest transaction that runs. Milliseconds. */
const BOUNDS = {
  transaction_timeout: 30_000,
  idle_in_transaction_session_timeout: 10_000,
  lock_timeout: 10_000,
};

/** Opens nothing yet; connects with the first statement. `url` is the owner's, the roles are set at connection. */
export function openDatabase(url: string, { log, poolSize = 10 }: DatabaseOptions = {}): Database {
  const pool = (role: string, max: number) =>
    openPool(url, {
      max,
      settings: { role, application_name: role, ...BOUNDS },
      greet: (sql) => sql.unsafe(SET_TENANT, [""], { prepare: true }),
      log,
    });
  const app = pool("tributary_app", poolSize);
  const system = pool("tributary_system", Math.ceil(poolSize / 2));
  const listener = openListener(url);
  const sent = (text: string) => counting.getStore()?.push(text);
  return {
    forTenant: (tenantId, work) =>
      app.use((connection) => runTransaction(connection, { tenantId, sent }, work)).catch(rethrow),
    asSystem: (work) =>
      system.use((connection) => runTransaction(connection, { sent }, work)).catch(rethrow),
    listen: (channel, hear) => listener.listen(channel, hear).catch(rethrow),
    async notify(channel, payload) {
      await system
        .use(async ({ sql }) =>
          sql.unsafe("select pg_notify($1, $2)", [channel, payload], { prepare: true }),
        )
        .catch(rethrow);
    },
    async countStatements(work) {
      const statements: string[] = [];
      const value = await counting.run(statements, work);
      return { value, statements };
    },
    async close() {
      await Promise.all([app.close(), system.close(), listener.close()]);
    },
  };
}

const counting = new AsyncLocalStorage<string[]>();

function rethrow(error: unknown): never {
  throw databaseError(error);
}
