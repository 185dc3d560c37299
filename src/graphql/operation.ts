import type { ApolloServerPlugin } from "@apollo/server";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import type { Viewer } from "../domain/scope.js";
import { may } from "./auth.js";
import type { Context } from "./context.js";
import { badInput } from "./errors.js";
import { LIMITS, refusals, tooManyTokens } from "./limits.js";

/** What a caller sends, over HTTP or WebSocket. */
export interface OperationText {
  query: string;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
}
/** A document that may be executed, or why not: at most five errors. */
export type Prepared =
  | { document: DocumentNode; errors?: undefined }
  | { document?: undefined; errors: readonly GraphQLError[] };

export type PrepareOperation = (operation: OperationText, viewer: Viewer) => Prepared;

/** Documents kept parsed and validated, the most recently used last. */
const KEPT = 500;

/**
 * The one gate before execution, for HTTP and WebSocket alike: parse with a bound, measure, validate. Measuring comes
 * before validation, which is itself dear on a hostile document.
 */
export function operationGate(schema: GraphQLSchema): PrepareOperation {
  const valid = new Map<string, DocumentNode>();
  return ({ query, variables }, viewer) => {
    if (hasNul(variables) || query.includes("\0") || query.includes("\\u0000"))
      return { errors: [badInput("The character U+0000 cannot be stored or searched for")] };
    const known = valid.get(query);
    const parsed: Prepared = known ? { document: known } : parseBounded(query);
    if (parsed.errors) return parsed;
    const refused = refusals(schema, parsed.document, variables ?? {}, viewer);
    if (refused.length > 0) return { errors: refused };
    if (!known) {
      const errors = validateBounded(schema, parsed.document, viewer);
      if (errors.length > 0) return { errors };
    }
    keep(valid, query, parsed.document);
    return parsed;
  };
}

/**
 * Has Apollo go through the gate instead of its own parsing and validation. An operation that is refused is replaced
 * by an empty one, and its errors are the answer, with status 400.
 */
export function gatePlugin(prepare: PrepareOperation): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      let refused: readonly GraphQLError[] | null = null;
      return {
        async didResolveSource(requestContext) {
          const { source, request, contextValue } = requestContext;
          const operation = { query: source, variables: request.variables };
          const prepared = prepare(operation, contextValue.viewer);
          refused = prepared.errors ?? null;
          // Apollo goes on with a document that is already there, without parsing and validating it again.
          Object.assign(requestContext, { document: prepared.document ?? EMPTY });
        },
        async responseForOperation({ response }) {
          if (refused === null) return null;
          response.http.status = 400;
          const errors = refused.map((error) => error.toJSON());
          return { http: response.http, body: { kind: "single", singleResult: { errors } } };
        },
      };
    },
  };
}

/** PostgreSQL holds every character in text but this one, and would fail on it in the middle of an operation. */
function hasNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasNul);
}

const EMPTY = parse("{ __typename }");

function parseBounded(query: string): Prepared {
  try {
    return { document: parse(query, { maxTokens: LIMITS.tokens }) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (error.message.includes("tokens. Parsing aborted")) return { errors: [tooManyTokens()] };
    return { errors: [withCode(error, "GRAPHQL_PARSE_FAILED")] };
  }
}

function validateBounded(schema: GraphQLSchema, document: DocumentNode, viewer: Viewer) {
  const found = validate(schema, document, specifiedRules, { maxErrors: LIMITS.errors });
  return found.slice(0, LIMITS.errors).map((error) => {
    const told = withCode(error, "GRAPHQL_VALIDATION_FAILED");
    return may(viewer, "INTROSPECT") ? told : withoutHints(told);
  });
}

/** Suggestions name parts of the schema, which is what introspection is a scope for. */
function withoutHints(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message.replace(/ Did you mean [^?]*\?/g, ""), error);
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  const { nodes, source, positions, path } = error;
  return new GraphQLError(error.message, { nodes, source, positions, path, extensions: { code } });
}

function keep(documents: Map<string, DocumentNode>, query: string, document: DocumentNode) {
  documents.delete(query);
  documents.set(query, document);
  const [oldest] = documents.keys();
  if (documents.size > KEPT && oldest !== undefined) documents.delete(oldest);
}
