import { createGraphiQLFetcher, type Fetcher, type FetcherReturnType } from "@graphiql/toolkit";
import { getOperationAST, parse } from "graphql";
import { createClient } from "graphql-ws";

/** A fetcher that gives the key to HTTP and WebSocket alike, and sends subscriptions over the latter. */
export function connect(key: string): Fetcher {
  const authorization = `Bearer ${key}`;
  const url = new URL("/graphql", location.href);
  const overHttp = createGraphiQLFetcher({ url: url.href, headers: { authorization } });
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = createClient({ url: url.href, connectionParams: { authorization } });
  return (params, options) =>
    isSubscription(params.query, params.operationName)
      ? (socket.iterate(params) as FetcherReturnType)
      : overHttp(params, options);
}

/** Judged by the text that is sent: what the editor knows of it may be of a moment ago. */
function isSubscription(query: string, operationName: string | null | undefined): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === "subscription";
  } catch {
    return false;
  }
}

/** Why a key does not open the gateway, in the gateway's own words, or null where it does. */
export async function refusalOf(key: string): Promise<string | null> {
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    if (response.ok) return null;
    const answer = (await response.json()) as { errors?: { message: string }[] };
    return answer.errors?.[0]?.message ?? `The gateway answered ${response.status}`;
  } catch {
    return "The gateway does not answer";
  }
}
