/** Asks the gateway over HTTP, as anybody does; answers the data, or null where it was refused. */
export type Ask = <Data>(query: string) => Promise<Data | null>;

export function askAt(url: string, key: string): Ask {
  return async <Data>(query: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ query }),
    });
    const { data = null } = (await response.json()) as { data?: Data | null };
    return data;
  };
}

/** A mutation that ships what is left of an order that there is; null where none can be shipped. */
export function shipmentThatWorks(ask: Ask): Promise<string | null> {
  const paid = "state: [OPEN], paymentStatus: [PAID], fulfillmentStatus: [UNFULFILLED]";
  return firstThatWorks(ask, paid, ({ id }, options) => [
    `mutation { fulfillmentCreate(input: { orderId: "${id}" }, ${options}) {`,
    "  fulfillments { id status } command { status } userErrors { message } } }",
  ]);
}

/** A mutation that begins a return of one piece of an order that there is; null where nothing can come back. */
export function returnThatWorks(ask: Ask): Promise<string | null> {
  return firstThatWorks(ask, "fulfillmentStatus: [FULFILLED]", ({ id, lines }, options) => {
    const line = lines.nodes.find(({ quantities }) => quantities.returnable >= 1);
    if (!line) return null;
    const lineInput = `{ lineId: "${line.id}", quantity: 1, reason: UNWANTED }`;
    return [
      "mutation { returnCreate(",
      `  input: { orderId: "${id}", lines: [${lineInput}] }, ${options}) {`,
      "  return { name status projection } command { status } userErrors { message } } }",
    ];
  });
}

interface Order {
  id: string;
  lines: { nodes: { id: string; quantities: { returnable: number } }[] };
}

/** Looks for an order with which the mutation passes a dry run, which checks everything and changes nothing. */
async function firstThatWorks(
  ask: Ask,
  filter: string,
  mutation: (order: Order, options: string) => string[] | null,
): Promise<string | null> {
  const found = await ask<{ orders: { nodes: Order[] } }>(`{
    orders(first: 10, filter: { ${filter} }) {
      nodes { id lines(first: 10) { nodes { id quantities { returnable } } } }
    }
  }`);
  for (const order of found?.orders.nodes ?? []) {
    const trial = mutation(order, "options: { dryRun: true }");
    const data = trial && (await ask<Record<string, Payload>>(trial.join("\n")));
    const payload = data && Object.values(data)[0];
    if (payload?.userErrors.length !== 0) continue;
    return mutation(order, "options: { waitUntil: SUCCEEDED }")?.join("\n") ?? null;
  }
  return null;
}

interface Payload {
  userErrors: { message: string }[];
}
