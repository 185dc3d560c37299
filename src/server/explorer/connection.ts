import {
  createGraphiQLFetcher,
  type Fetcher,
  type FetcherParams,
  type FetcherReturnType,
} from "@graphiql/toolkit";
import { getOperationAST, parse } from "graphql";
import { createClient } from "graphql-ws";

/** A fetcher that gives the key to HTTP and WebSocket alike, and sends subscriptions over the latter. */
export function connect(key: string): Fetcher {
  const authorization = `Bearer ${key}`;
  const url = new URL("/graphql", location.href);
  const overHttp = createGraphiQLFetcher({ url: url.href, headers: { authorization } });
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = createClient({ url: url.href, connectionParams: { authorization } });
  return (params, options) => {
    const { operation, known } = read(params);
    return operation === "subscription"
      ? (socket.iterate(known) as FetcherReturnType)
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
