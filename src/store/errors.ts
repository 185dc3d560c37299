import { DrizzleQueryError } from "drizzle-orm/errors";
import postgres from "postgres";
import { GatewayError } from "../domain/errors.js";

/** Why the embedded PostgreSQL could not be had; the message names the remedy. */
export type EmbeddedFailure =
  | "ALREADY_RUNNING"
  | "FOREIGN_DATA"
  | "UNREACHABLE"
  | "BINARIES"
  | "START";

/** The embedded PostgreSQL did not start. `pid` and `port` are those of the one that runs already. */
export class EmbeddedPostgresError extends GatewayError {
  readonly reason: EmbeddedFailure;
  readonly pid: number | null;
  readonly port: number | null;

  constructor(reason: EmbeddedFailure, message: string, detail: EmbeddedErrorDetail = {}) {
    super("INTERNAL", message, { cause: detail.cause });
    this.reason = reason;
    this.pid = detail.pid ?? null;
    this.port = detail.port ?? null;
  }
}

export interface EmbeddedErrorDetail {
  pid?: number | null;
  port?: number | null;
  cause?: unknown;
}

/** The error for a PostgreSQL program that ended: its last words, and the remedy where they are known. */
export function startFailure(
  packageName: string,
  what: string,
  said: string,
): EmbeddedPostgresError {
  const tail = said.trim().split("\n").slice(-12).join("\n");
  if (/error while loading shared libraries|Library not loaded/.test(said)) {
    return new EmbeddedPostgresError(
      "BINARIES",
      "PostgreSQL lacks links to its libraries, as after an install with --ignore-scripts; " +
        `run: npm rebuild ${packageName}\n${tail}`,
    );
  }
  return new EmbeddedPostgresError("START", `${what}${tail ? `; its last words:\n${tail}` : ""}`);
}

/**
 * A statement that PostgreSQL refused or that never reached it. Holds what a program can act on and
 * nothing of the row: no parameters, no key values, also not in the cause.
 */
export class DatabaseError extends GatewayError {
  /** SQLSTATE such as "23505", or the driver's word such as "CONNECTION_CLOSED". */
  readonly sqlState: string;
  readonly constraint: string | null;
  readonly table: string | null;
  /** Whether the same transaction, run again from its start, may succeed. */
  readonly retryable: boolean;

  constructor(message: string, detail: DatabaseErrorDetail) {
    super("INTERNAL", message, { cause: detail.cause });
    this.sqlState = detail.sqlState;
    this.constraint = detail.constraint ?? null;
    this.table = detail.table ?? null;
    this.retryable = RETRYABLE.test(detail.sqlState);
  }
}

export interface DatabaseErrorDetail {
  sqlState: string;
  constraint?: string | null | undefined;
  table?: string | null | undefined;
  cause?: unknown;
}

/** Serialization failure, deadlock, lock timeout, a server that goes or comes, a lost or refused connection. */
const RETRYABLE =
  /^(40001|40P01|55P03|57P0[123]|53300|08...|CONNECT(ION)?_|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/;

/**
 * Our errors pass as they are; an error of drizzle or the driver becomes a DatabaseError free of row values.
 * For those who catch inside of a transaction; what leaves one has passed here.
 */
export function databaseError(thrown: unknown): unknown {
  const error = thrown instanceof DrizzleQueryError ? thrown.cause : thrown;
  if (error instanceof postgres.PostgresError) {
    const message = withoutValues(error);
    return new DatabaseError(`PostgreSQL: ${message} (${error.code})`, {
      sqlState: error.code,
      constraint: error.constraint_name,
      table: error.table_name,
      cause: new Error(message),
    });
  }
  if (!isConnectionError(error)) return error;
  // The driver hangs the statement's parameters on its error, so it is no cause to pass on.
  const cause = new Error(error.message || error.code);
  return new DatabaseError(`The database cannot be reached: ${cause.message}`, {
    sqlState: error.code,
    cause,
  });
}

/**
 * PostgreSQL quotes a value it could not read after a colon (class 22: `invalid input syntax for type uuid: "…"`);
 * its other messages name tables, columns and constraints only, the values stand in `detail`.
 */
function withoutValues(error: postgres.PostgresError): string {
  return error.code.startsWith("22") ? error.message.replace(/[:"].*$/s, "").trim() : error.message;
}

/** The system's errors and the driver's words for a connection that could not be made, was lost or was given up. */
function isConnectionError(error: unknown): error is Error & { code: string } {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" && /^(E[A-Z]+|CONNECT(ION)?_[A-Z]+)$/.test(code);
}
