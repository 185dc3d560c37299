import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { GatewayError } from "../domain/errors.js";
import type { Context } from "./context.js";

/** What a request that cannot be answered says in `extensions.code`, besides the codes of ErrorCode. */
export type FaultCode = "UNAUTHENTICATED" | "FORBIDDEN" | "BAD_USER_INPUT" | "INTERNAL";

/** No key, or one that does not stand. */
export function unauthenticated(message: string): GraphQLError {
  return fault("UNAUTHENTICATED", message);
}
/** The key stands but may not do this. */
export function forbidden(message: string): GraphQLError {
  return fault("FORBIDDEN", message);
}
/** The request cannot be meant. */
export function badInput(message: string): GraphQLError {
  return fault("BAD_USER_INPUT", message);
}

function fault(code: FaultCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** Codes that Apollo gives to a request it cannot read; everything else that bears no code of ours is masked. */
const READABLE = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "LIMIT_EXCEEDED",
  "CURSOR_EXPIRED",
]);

/**
 * The one mapping from whatever was thrown to what a caller sees. Our own errors keep code and message; a fault of
 * ours is masked as INTERNAL with the request's id, under which the log holds the truth.
 */
export function presentError(error: unknown, requestId?: string, log?: Logger) {
  const outer = error instanceof GraphQLError ? error : null;
  const { message, extensions } = meaningOf(error, outer);
  if (extensions.code === "INTERNAL") {
    const cause = originOf(error);
    log?.error({ requestId, path: outer?.path, err: cause }, "a request failed");
    if (requestId) extensions.requestId = requestId;
  }
  return {
    message,
    ...(outer?.locations ? { locations: outer.locations } : {}),
    ...(outer?.path ? { path: outer.path } : {}),
    extensions,
  } satisfies GraphQLFormattedError;
}

/** Apollo's `formatError`: the net under the plugin below, for errors that come before a request has a context. */
export function formatError(_formatted: GraphQLFormattedError, error: unknown) {
  return presentError(error);
}

/** Presents the errors of every HTTP answer with its request's id, and logs those that are our fault. */
export function errorPlugin(log: Logger): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ errors, response, contextValue }) {
          if (!errors || response.body.kind !== "single") return;
          response.body.singleResult.errors = errors.map((error) =>
            presentError(error, contextValue.requestId, log),
          );
        },
      };
    },
  };
}

/**
 * Has a resolver's errors placed by graphql-js: it takes any error that bears a `path` for one that it has placed
 * already, and our InvalidInput bears one of its own.
 */
export function unplaced(error: unknown): unknown {
  if (error instanceof GraphQLError || !(error instanceof Error) || !("path" in error))
    return error;
  return new GraphQLError(error.message, { originalError: error });
}

/**
 * The code that an error says itself, on its inside or (put there by Apollo) its outside. graphql-js' own errors bear
 * none: they are about what was asked where they belong to no place in the answer (a variable's value), and about what
 * we answered where they do (a value that its type does not allow).
 */
function codeOf(thrown: unknown, outer: GraphQLError): string | null {
  if (!(thrown instanceof GraphQLError)) return null;
  const said = [thrown, outer].find(({ extensions }) => typeof extensions.code === "string");
  if (said) return String(said.extensions.code);
  return outer.path === undefined ? "BAD_USER_INPUT" : null;
}

/** What was thrown at first, under however many layers of placing. */
function originOf(error: unknown): unknown {
  let origin = error;
  while (origin instanceof GraphQLError && origin.originalError) origin = origin.originalError;
  return origin;
}

interface Meaning {
  message: string;
  extensions: { code: string; [key: string]: unknown };
}

function meaningOf(error: unknown, outer: GraphQLError | null): Meaning {
  const thrown = originOf(error);
  if (thrown instanceof GatewayError && thrown.code !== "INTERNAL") {
    const path = "path" in thrown && Array.isArray(thrown.path) ? { at: thrown.path } : {};
    return { message: thrown.message, extensions: { code: thrown.code, ...path } };
  }
  const code = outer && codeOf(thrown, outer);
  if (outer && code !== null && READABLE.has(code)) {
    // The inner error has the code and what belongs to it, the outer one also says which variable it stood in.
    const inner = thrown instanceof GraphQLError ? thrown : outer;
    const { stacktrace: _, http: __, ...extensions } = inner.extensions;
    return { message: outer.message, extensions: { ...extensions, code } };
  }
  return {
    message: "Something went wrong on our side; quote the request id when you report it",
    extensions: { code: "INTERNAL" },
  };
}
