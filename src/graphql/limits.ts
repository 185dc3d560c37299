import { type DocumentNode, GraphQLError, type GraphQLSchema } from "graphql";
import type { Viewer } from "../domain/scope.js";
import { may } from "./auth.js";
import { MAX_PAGE } from "./connection.js";
import { forbidden } from "./errors.js";
import { type Measures, measure } from "./measure.js";

/** What one operation may be, the same over HTTP and WebSocket. */
export const LIMITS = {
  /** Lexical tokens; the parser stops there. */
  tokens: 2_000,
  depth: 12,
  introspectionDepth: 20,
  aliases: 30,
  directives: 10,
  fields: 500,
  page: MAX_PAGE,
  /** Nodes in a full answer, page sizes multiplied. */
  cost: 10_000,
  /** Errors told at once; there may be more. */
  errors: 5,
} as const;

interface Rule {
  value: (measures: Measures) => number;
  limit: number;
  what: string;
  remedy: string;
}

const RULES: readonly Rule[] = [
  {
    value: ({ depth }) => depth,
    limit: LIMITS.depth,
    what: "levels of fields",
    remedy: "ask for the inner parts in a second operation, by id",
  },
  {
    value: ({ introspectionDepth }) => introspectionDepth,
    limit: LIMITS.introspectionDepth,
    what: "levels of introspection",
    remedy: "nest `ofType` less deeply",
  },
  {
    value: ({ fields }) => fields,
    limit: LIMITS.fields,
    what: "fields",
    remedy: "ask for fewer, or in several operations",
  },
  {
    value: ({ aliases }) => aliases,
    limit: LIMITS.aliases,
    what: "aliases",
    remedy: "use a list field such as `nodes(ids:)`, or several operations",
  },
  {
    value: ({ directives }) => directives,
    limit: LIMITS.directives,
    what: "directives",
    remedy: "put the parts that come and go together into one fragment",
  },
  {
    value: ({ cost }) => cost,
    limit: LIMITS.cost,
    what: "nodes in a full answer",
    remedy: "lower `first` of the outer or inner lists",
  },
];

/**
 * Why an operation may not run, judged before it is validated and executed; empty where it may. Every message names
 * the limit and how to stay under it.
 */
export function refusals(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  viewer: Viewer,
): GraphQLError[] {
  const measures = measure(schema, document, variables);
  const found = excesses(measures);
  if (measures.introspectionDepth > 0 && !may(viewer, "INTROSPECT"))
    found.push(forbidden("Introspection needs the scope INTROSPECT, which this key lacks"));
  return found.slice(0, LIMITS.errors);
}

/** The error of a document that was too long to be parsed. */
export function tooManyTokens(): GraphQLError {
  return exceeded(
    `More than ${LIMITS.tokens} tokens, which is the limit: send values as variables, and ask for less at once`,
  );
}

function excesses(measures: Measures): GraphQLError[] {
  const cycles = measures.cycles.map((name) =>
    exceeded(`Fragment "${name}" includes itself; a fragment can only include others`),
  );
  const counts = RULES.filter(({ value, limit }) => value(measures) > limit).map(
    ({ value, limit, what, remedy }) =>
      exceeded(`${value(measures)} ${what}; the limit is ${limit}: ${remedy}`),
  );
  const pages = measures.pages
    .filter(({ size }) => size > LIMITS.page)
    .map(({ argument, size }) =>
      exceeded(
        `${argument} is ${size}; the limit is ${LIMITS.page}: take pages, going on from endCursor`,
      ),
    );
  return [...cycles, ...counts, ...pages];
}

function exceeded(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "LIMIT_EXCEEDED" } });
}
