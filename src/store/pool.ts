import { setTimeout as delay } from "node:timers/promises";
import { drizzle } from "drizzle-orm/postgres-js";
import type { Logger } from "pino";
import postgres from "postgres";
import { dial, type SocketOption } from "./dial.js";

/**
 * Connections that are used by one transaction at a time and thrown away when they are lost.
 *
 * postgres.js 3.4 keeps its own pool, and reuses in it a connection object whose socket was lost under a transaction:
 * what that transaction still sends, its rollback included, ends the process (its issues 1154 and 1208) or runs inside
 * of the next transaction, which may be another tenant's (1216). So every client here holds one connection, connects
 * once, and learns of its loss at once; after that nothing is written to it any more.
 */
export interface Pool {
  /** Lends a live connection for as long as `work` runs; waits for one where all are lent. */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Waits for what is lent and closes everything. */
  close(): Promise<void>;
}

export interface Connection {
  readonly sql: postgres.Sql;
  /** False from the moment the connection is lost. */
  readonly alive: boolean;
  /** Gives it up, as after an error that leaves it in doubt. */
  discard(): void;
}

export interface PoolOptions {
  max: number;
  /** Role and settings, in force from the start of each connection. */
  settings: Record<string, string | number>;
  /** Sent once on every new connection: proves that it works, and leaves the statement prepared. */
  greet: (sql: postgres.Sql) => PromiseLike<unknown>;
  log: Logger | undefined;
}

const CONNECT_MS = 10_000;

/** Opens nothing yet. */
export function openPool(url: string, options: PoolOptions): Pool {
  const idle: Connection[] = [];
  const waiting: (() => void)[] = [];
  let lent = 0;
  let closing = false;

  async function use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    if (closing) throw new Error("The database was closed");
    while (lent >= options.max) await new Promise<void>((free) => waiting.push(free));
    lent++;
    let connection: Connection | undefined;
    try {
      connection = takeIdle() ?? (await connect(url, options));
      return await work(connection);
    } finally {
      lent--;
      if (connection?.alive) idle.push(connection);
      waiting.shift()?.();
    }
  }

  /** The most recently used, so that in quiet times few are kept warm. */
  function takeIdle(): Connection | undefined {
    let connection = idle.pop();
    while (connection && !connection.alive) connection = idle.pop();
    return connection;
  }

  return {
    use,
    async close() {
      closing = true;
      while (lent > 0) await new Promise<void>((free) => waiting.push(free));
      await Promise.all(idle.map(({ sql }) => sql.end()));
    },
  };
}

async function connect(url: string, { settings, greet, log }: PoolOptions): Promise<Connection> {
  let alive = true;
  const options: postgres.Options<Record<string, never>> & SocketOption = {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connection: settings,
    onclose: () => {
      alive = false;
    },
    onnotice: ({ message }) => log?.debug({ notice: message }, "PostgreSQL notice"),
    socket: () => socket(),
  };
  const sql = postgres(url, options);
  const socket = dialOnce(sql.options);
  // Sets how drizzle wants dates and JSON read and written.
  drizzle(sql);
  const discard = () => {
    alive = false;
    void sql.end({ timeout: 0 });
  };
  const tooLate = new AbortController();
  try {
    await Promise.race([greet(sql), lapse(CONNECT_MS, tooLate.signal)]);
  } catch (error) {
    discard();
    throw error;
  } finally {
    tooLate.abort();
  }
  return {
    sql,
    get alive() {
      return alive;
    },
    discard,
  };
}

/**
 * Gives the driver its socket, the first time only: to a server that accepts and hangs up, as a proxy before a database
 * that is not there yet, it would connect again and again, some hundred times a second and without end.
 */
function dialOnce(options: postgres.ParsedOptions): SocketOption["socket"] {
  let used = false;
  return async () => {
    if (used) {
      throw connectionError(
        "CONNECTION_CLOSED",
        "the server hung up while the connection was made",
      );
    }
    used = true;
    return dial(options);
  };
}

async function lapse(milliseconds: number, signal: AbortSignal): Promise<never> {
  await delay(milliseconds, undefined, { signal });
  throw connectionError("CONNECT_TIMEOUT", `no connection within ${milliseconds} ms`);
}

function connectionError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
