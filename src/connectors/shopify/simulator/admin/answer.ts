import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import type { ShopAnswer, ShopRequest } from "../../../simulator/server.js";
import type { Asking } from "./asking.js";
import { type Weighing, weigh } from "./cost.js";
import { type Bucket, mostPerQuery } from "./throttle.js";

/** The only version that this shop serves; older ones fall forward to it. */
export const apiVersion = "2026-10";

const documentation = "https://shopify.dev/api/usage/rate-limits";

/** What was asked, read once for the name in the log and for the answer. */
interface Asked {
  document: DocumentNode | null;
  operation: OperationDefinitionNode | null;
  variables: Record<string, unknown>;
  problem: GraphQLError | null;
}

export interface AdminOptions {
  schema: GraphQLSchema;
  /** Queries and mutations by their names. */
  root: Record<string, unknown>;
  bucket: Bucket;
  scopes: readonly string[];
}

/** Answers Admin GraphQL: everything but malformed JSON is HTTP 200, errors and throttling included. */
export function createAdmin({ schema, root, bucket, scopes }: AdminOptions) {
  return async function answer(request: ShopRequest): Promise<ShopAnswer> {
    const asked = readAsked(request);
    if (!asked) return json(400, { errors: "Bad Request" });
    const { document, operation, variables } = asked;
    const problems = asked.problem
      ? [asked.problem]
      : document
        ? validate(schema, document).map(withCode)
        : [];
    if (problems.length > 0 || !document || !operation)
      return json(200, { errors: problems.length > 0 ? problems : [noOperation] });

    const plan = planOf(schema, document, operation, variables);
    if ("errors" in plan) return json(200, plan);
    const { weighing, type } = plan;
    const requested = Math.ceil(weigh(weighing, operation.selectionSet, type));
    if (requested > mostPerQuery) return json(200, tooDear(requested));
    if (!bucket.take(requested)) return json(200, throttled(requested, bucket));

    const asking: Asking = { scopes: new Set(scopes), apiVersion, searches: [] };
    const result = await execute({
      schema,
      document,
      rootValue: root,
      contextValue: asking,
      variableValues: variables,
      operationName: operation.name?.value ?? null,
    });
    const actual = result.data
      ? Math.ceil(weigh(weighing, operation.selectionSet, type, result.data))
      : 0;
    bucket.giveBack(requested - actual);
    const cost = {
      requestedQueryCost: requested,
      actualQueryCost: actual,
      throttleStatus: bucket.status(),
    };
    const search = asking.searches.map(({ path, query, warnings }) => ({
      path,
      query,
      parsed: {},
      warnings,
    }));
    return json(200, {
      ...(result.data !== undefined && { data: result.data }),
      ...(result.errors && { errors: result.errors }),
      extensions: { cost, ...(search.length > 0 && { search }) },
    });
  };
}

/** "mutation FulfillmentCreate", or the first field where the operation bears no name. */
export function operationName(request: ShopRequest): string {
  const operation = readAsked(request)?.operation;
  const [first] = operation?.selectionSet.selections ?? [];
  const field = first?.kind === "Field" ? first.name.value : "?";
  return operation
    ? `${operation.operation} ${operation.name?.value ?? field}`
    : "GraphQL that cannot be read";
}

export function json(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): ShopAnswer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}

const noOperation = new GraphQLError("An operation name is required");
const read = new WeakMap<ShopRequest, Asked | null>();

function readAsked(request: ShopRequest): Asked | null {
  const known = read.get(request);
  if (known !== undefined) return known;
  const asked = parseAsked(request.body.toString("utf8"));
  read.set(request, asked);
  return asked;
}

function parseAsked(body: string): Asked | null {
  let given: { query?: unknown; variables?: unknown; operationName?: unknown };
  try {
    given = JSON.parse(body) as typeof given;
  } catch {
    return null;
  }
  if (typeof given?.query !== "string") return null;
  const variables = (given.variables ?? {}) as Record<string, unknown>;
  const name = typeof given.operationName === "string" ? given.operationName : null;
  try {
    const document = parse(given.query);
    return {
      document,
      operation: getOperationAST(document, name) ?? null,
      variables,
      problem: null,
    };
  } catch (cause) {
    if (cause instanceof GraphQLError)
      return { document: null, operation: null, variables, problem: cause };
    throw cause;
  }
}

/** An error of validation with the code that the platform gives the commonest one. */
function withCode(error: GraphQLError): GraphQLError {
  const [, fieldName, typeName] =
    /^Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message) ?? [];
  return fieldName ? recoded(error, { code: "undefinedField", typeName, fieldName }) : error;
}

const recoded = (
  { message, nodes, path }: GraphQLError,
  extensions: Record<string, unknown>,
): GraphQLError => new GraphQLError(message, { nodes, path, extensions });

/** How to weigh the operation, or what is wrong with its variables. */
function planOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Record<string, unknown>,
): { weighing: Weighing; type: GraphQLObjectType } | { errors: readonly GraphQLError[] } {
  const type = schema.getRootType(operation.operation);
  if (!type) throw new Error(`the Admin schema has no ${operation.operation}`);
  const read = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (read.errors)
    return { errors: read.errors.map((error) => recoded(error, { code: "INVALID_VARIABLE" })) };
  const fragments = document.definitions.flatMap((each) =>
    each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
  );
  return {
    weighing: { schema, fragments: Object.fromEntries(fragments), variables: read.coerced },
    type,
  };
}

const tooDear = (cost: number) => ({
  errors: [
    {
      message: `Query cost is ${cost}, which exceeds the single query max cost limit (${mostPerQuery}).`,
      extensions: { code: "MAX_COST_EXCEEDED", cost, maxCost: mostPerQuery, documentation },
    },
  ],
});

const throttled = (requestedQueryCost: number, bucket: Bucket) => ({
  errors: [{ message: "Throttled", extensions: { code: "THROTTLED", documentation } }],
  extensions: {
    cost: { requestedQueryCost, actualQueryCost: null, throttleStatus: bucket.status() },
  },
});
