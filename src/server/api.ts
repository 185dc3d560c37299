import type { GraphQLSchema } from "graphql";
import type { Viewer } from "../domain/scope.js";
import type { Context, OperationRequest } from "../graphql/context.js";
import type { PrepareOperation } from "../graphql/operation.js";
import type { Authentication } from "../store/keys.js";

/** The GraphQL API as the edge serves it, the same over HTTP and WebSocket. */
export interface Api {
  schema: GraphQLSchema;
  /** What resolvers get; made once an operation. */
  contextOf(request: OperationRequest): Context;
  /** The one gate before execution, `operationGate(schema)`. */
  prepare: PrepareOperation;
}

/** How the edge finds out whose key it was given. */
export interface Authenticator {
  authenticate(key: string): Promise<Authentication>;
  /** Whether a key that was good still is. */
  check(viewer: Viewer): Promise<Authentication>;
}
