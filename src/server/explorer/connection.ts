import { createGraphiQLFetcher, type Fetcher } from "@graphiql/toolkit";
import { createClient } from "graphql-ws";

/** A fetcher that gives the key to HTTP and WebSocket alike. */
export function connect(key: string): Fetcher {
  const authorization = `Bearer ${key}`;
  const url = new URL("/graphql", location.href);
  const socketUrl = new URL(url);
  socketUrl.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return createGraphiQLFetcher({
    url: url.href,
    headers: { authorization },
    wsClient: createClient({ url: socketUrl.href, connectionParams: { authorization } }),
  });
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
