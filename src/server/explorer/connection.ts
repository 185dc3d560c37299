import {
  createGraphiQLFetcher,
  type Fetcher,
  type FetcherParams,
  type FetcherReturnType,
} from "@graphiql/toolkit";
import { getOperationAST, parse } from "graphql";
import { createClient } from "graphql-ws";
import type { Filled } from "./fill.js";

/** Variables that are being looked for, by the operation they are for. */
export type Coming = Map<string, Promise<Filled>>;

/**
 * A fetcher that gives the key to HTTP and WebSocket alike, and sends subscriptions over the latter. Who is quicker than
 * the search for an operation's variables waits for it.
 */
export function connect(key: string, coming: Coming): Fetcher {
  const authorization = `Bearer ${key}`;
  const url = new URL("/graphql", location.href);
  const overHttp = createGraphiQLFetcher({ url: url.href, headers: { authorization } });
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = createClient({ url: url.href, connectionParams: { authorization } });
  return async (params, options) => {
    const found = params.variables ? undefined : await coming.get(params.query);
    const { operation, known } = read(found ? { ...params, variables: found.variables } : params);
    return operation === "subscription"
      ? (socket.iterate(known) as Awaited<FetcherReturnType>)
      : overHttp(known, options);
  };
}

/**
 * What kind of operation is sent, judged by its text alone: the name that the editor gives beside it may be of a moment
 * ago, when another operation stood there, and is left out then.
 */
function read(params: FetcherParams) {
  try {
    const document = parse(params.query);
    const named = getOperationAST(document, params.operationName);
    if (named) return { operation: named.operation, known: params };
    const { operationName: _, ...known } = params;
    return { operation: getOperationAST(document)?.operation, known };
  } catch {
    return { operation: undefined, known: params };
  }
}
