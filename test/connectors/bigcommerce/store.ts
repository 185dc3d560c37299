import { type BigCommerce, createBigCommerce } from "../../../src/connectors/bigcommerce/client.js";

export interface Sent {
  method: string;
  url: URL;
  headers: Headers;
  body: unknown;
}
export type Reply = (sent: Sent) => Response | Promise<Response>;

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}
export const noContent = (): Response => new Response(null, { status: 204 });

/** A client before a store that answers as the test says, and what it was sent. */
export function before(reply: Reply): { api: BigCommerce; sent: Sent[] } {
  const sent: Sent[] = [];
  const send: typeof fetch = async (input, init) => {
    const request = {
      method: init?.method ?? "GET",
      url: new URL(String(input)),
      headers: new Headers(init?.headers),
      body: init?.body ? JSON.parse(String(init.body)) : undefined,
    };
    sent.push(request);
    return reply(request);
  };
  const settings = { url: "https://api.example", storeHash: "abc123", accessToken: "token-1234" };
  return { api: createBigCommerce(settings, { fetch: send, now: () => new Date() }), sent };
}
