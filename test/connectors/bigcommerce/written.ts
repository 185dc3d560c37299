import { requestErrors } from "./spec.js";

export interface Write {
  method: string;
  path: string;
  body: unknown;
}

/** A fetch that goes through and remembers every body that was sent. */
export function watcher(): { fetch: typeof fetch; writes: Write[] } {
  const writes: Write[] = [];
  return {
    writes,
    fetch: async (input, init) => {
      if (init?.body) {
        const path = new URL(String(input)).pathname.replace(/^\/stores\/\w+/, "");
        writes.push({ method: init.method ?? "", path, body: JSON.parse(String(init.body)) });
      }
      return fetch(input, init);
    },
  };
}

/** Where BigCommerce describes each resource that is written to. */
const DESCRIBED: [pattern: RegExp, file: string, path: string][] = [
  [/^\/v2\/orders\/\d+$/, "orders.v2.oas2.yml", "/orders/{order_id}"],
  [/^\/v2\/orders\/\d+\/shipments$/, "orders.v2.oas2.yml", "/orders/{order_id}/shipments"],
  [
    /^\/v2\/orders\/\d+\/shipments\/\d+$/,
    "orders.v2.oas2.yml",
    "/orders/{order_id}/shipments/{shipment_id}",
  ],
  [
    /^\/v2\/orders\/\d+\/shipping_addresses\/\d+$/,
    "orders.v2.oas2.yml",
    "/orders/{order_id}/shipping_addresses/{id}",
  ],
  [
    /^\/v3\/orders\/\d+\/payment_actions\/refund_quotes$/,
    "orders.v3.yml",
    "/orders/{order_id}/payment_actions/refund_quotes",
  ],
  [
    /^\/v3\/orders\/\d+\/payment_actions\/refunds$/,
    "orders.v3.yml",
    "/orders/{order_id}/payment_actions/refunds",
  ],
  [/^\/v3\/hooks$/, "webhooks.v3.yml", "/hooks"],
  [/^\/v3\/hooks\/\d+$/, "webhooks.v3.yml", "/hooks/{webhook_id}"],
];

/** The kinds of all writes, in alphabetical order, and what BigCommerce's own description finds wrong with them. */
export function checkWrites(writes: readonly Write[]): { kinds: string[]; wrong: string[] } {
  const kinds = new Set<string>();
  const wrong = writes.flatMap(({ method, path, body }) => {
    const [, file, route] = DESCRIBED.find(([pattern]) => pattern.test(path)) ?? [];
    if (!file || !route) return [`nobody describes ${method} ${path}`];
    kinds.add(`${method} ${route}`);
    const errors = requestErrors(file, { method, path: route, body });
    return errors.map((error) => `${method} ${path}: ${error}`);
  });
  return { kinds: [...kinds].sort(), wrong };
}
