import type { GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { presentError } from "../graphql/errors.js";

/** An error as the caller sees it, with the request's id; what was masked stands in the log under the same id. */
export function tellError(error: unknown, requestId: string, log: Logger): GraphQLFormattedError {
  const { extensions, ...told } = presentError(error, requestId, log);
  return { ...told, extensions: { ...extensions, requestId } };
}

/** What goes wrong before GraphQL, told as GraphQL tells errors. */
export function refusal(message: string, code: string, requestId: string) {
  return { errors: [{ message, extensions: { code, requestId } }] };
}
