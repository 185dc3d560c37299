import { expect } from "vitest";
import type { SimulatedBigCommerce } from "../../../../src/connectors/bigcommerce/simulator/index.js";
import { type Answer, answerOf } from "../../simulator/answer.js";
import { specification } from "./specification.js";

export interface Asking {
  /** Headers beside or instead of the usual ones; "" leaves one out. */
  headers?: Record<string, string>;
  /** false: the answer is of something that the specification does not describe. Default true. */
  specified?: boolean;
}

/** A client of a store that holds every answer in JSON against the official schemas. */
export function askerOf({ settings }: Pick<SimulatedBigCommerce, "settings">) {
  async function send(
    method: string,
    path: string,
    body?: unknown,
    { headers, specified = true }: Asking = {},
  ): Promise<Answer> {
    const usual = {
      accept: "application/json",
      "content-type": "application/json",
      "x-auth-token": settings.accessToken,
    };
    const all = Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== "");
    const response = await fetch(`${settings.url}/stores/${settings.storeHash}${path}`, {
      method,
      headers: Object.fromEntries(all),
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const answer = await answerOf(response);
    const [plain = ""] = path.split("?");
    if (specified)
      expect(specification?.problems(method, plain, answer.status, answer.body) ?? []).toEqual([]);
    return answer;
  }
  return {
    get: (path: string, asking?: Asking) => send("GET", path, undefined, asking),
    post: (path: string, body: unknown, asking?: Asking) => send("POST", path, body, asking),
    put: (path: string, body: unknown, asking?: Asking) => send("PUT", path, body, asking),
    delete: (path: string, asking?: Asking) => send("DELETE", path, undefined, asking),
  };
}
export type Asker = ReturnType<typeof askerOf>;

/** Every order of the lists, archived ones aside, page by page. */
export async function allOrders(ask: Asker, query = ""): Promise<Answer["body"][]> {
  const orders: Answer["body"][] = [];
  for (let page = 1; ; page += 1) {
    const { status, body } = await ask.get(`/v2/orders?limit=250&page=${page}${query}`);
    if (status === 204) return orders;
    orders.push(...body);
  }
}

/** A paid order of three mugs and a tee, with its lines by SKU. */
export async function placed(shop: SimulatedBigCommerce, ask: Asker) {
  const lines = [
    { sku: "MUG-01", quantity: 3 },
    { sku: "TEE-M", quantity: 1 },
  ];
  const { orderId } = await shop.acts.placeOrder({ lines });
  return { orderId, ...(await linesOf(ask, orderId)) };
}

export async function linesOf(ask: Asker, orderId: string) {
  const { body } = await ask.get(`/v2/orders/${orderId}/products`);
  const lines = body as {
    id: number;
    sku: string;
    order_address_id: number;
    quantity: number;
    price_inc_tax: string;
  }[];
  const bySku = (sku: string) => lines.find((line) => line.sku === sku) ?? expect.fail(`no ${sku}`);
  return { lines, bySku };
}
