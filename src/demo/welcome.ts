import type { Gateway } from "../app.js";

/** What the demo says when it is up: where it is, how to get in, and three operations to paste. */
export async function welcome({
  gateway: { url },
  key,
  logFile,
}: {
  gateway: Gateway;
  key: string;
  logFile: string;
}): Promise<string> {
  const order = await orderToShip(url, key);
  return `
  Tributary is up.

    Explorer   ${url}/
    GraphQL    ${url}/graphql   (subscriptions: ${url.replace("http", "ws")}/graphql)
    API key    ${key}
    Log        ${logFile}

  Paste these into the explorer, or the first into a terminal:

    curl ${url}/graphql -H 'authorization: Bearer ${key}' -H 'content-type: application/json' \\
      -d '{"query":"{ orders(first: 3) { nodes { number paymentStatus fulfillmentStatus channel { name } } } }"}'

    subscription { events { ... on EventMessage { event { type channel { name } order { number } } } } }

    mutation { fulfillmentCreate(input: { orderId: "${order}" }, options: { waitUntil: SUCCEEDED }) {
      fulfillments { id status } command { status } userErrors { message } } }

  Ctrl-C stops everything; the next start goes on from here.
`;
}

const SHIPPABLE = `{
  orders(first: 1, filter: { state: [OPEN], paymentStatus: [PAID], fulfillmentStatus: [UNFULFILLED] }) {
    nodes { id }
  }
}`;

/** The id of an order that can be shipped now, asked of the API itself. */
async function orderToShip(url: string, key: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: SHIPPABLE }),
  });
  const { data } = (await response.json()) as { data?: { orders: { nodes: { id: string }[] } } };
  return data?.orders.nodes[0]?.id ?? "order_…";
}
