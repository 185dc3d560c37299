import { expect, it } from "vitest";
import type { Client } from "../../../src/connectors/shopify/client.js";
import { FIRST } from "../../../src/connectors/shopify/fragments.js";
import { completeFullLists } from "../../../src/connectors/shopify/read-full.js";
import { completeReturn } from "../../../src/connectors/shopify/read-return.js";
import { gid, orderPayload, page, refundPayload, usd } from "./payload.js";

/** A shop that answers operations by their names, and what it was asked. */
function shopOf(answers: Record<string, unknown>) {
  const asked: [name: string, id: unknown][] = [];
  const client: Client = {
    call: async (operation, variables) => {
      asked.push([operation.name, (variables as { id: string }).id]);
      return answers[operation.name] as never;
    },
    servedVersion: () => null,
    deprecation: () => null,
    get urgent() {
      return client;
    },
  };
  return { client, asked };
}
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const shippingLine = orderPayload().shippingLines.nodes[0];
const sums = { subtotalAmountSet: usd("1.0"), taxAmountSet: usd("0.0") };

it("a list of an order that came full is read whole, one that did not is left as it is", async () => {
  const shipping = { nodes: times(FIRST.shippingLines + 1, () => shippingLine) };
  const discounts = { nodes: times(FIRST.discounts + 2, (index) => ({ index, code: "WELCOME" })) };
  const whole = {
    refundShippingLines: { nodes: times(9, () => sums) },
    transactions: { nodes: [] },
  };
  const { client, asked } = shopOf({
    ManyShippingLines: { order: { shippingLines: shipping } },
    ManyDiscounts: { order: { discountApplications: discounts } },
    ManyOfRefund: { refund: whole },
  });
  const plain = orderPayload({ refunds: [refundPayload()] });
  await completeFullLists(plain, client);
  expect(asked).toEqual([]);

  const order = orderPayload({
    shippingLines: { nodes: shipping.nodes.slice(1) as never },
    discountApplications: { nodes: discounts.nodes.slice(2) },
    refunds: [
      refundPayload(),
      refundPayload({
        id: gid("Refund", 2),
        refundShippingLines: { nodes: times(FIRST.refundShippingLines, () => sums) },
      }),
    ],
  });
  await completeFullLists(order, client);
  expect(asked).toEqual([
    ["ManyShippingLines", order.id],
    ["ManyDiscounts", order.id],
    ["ManyOfRefund", gid("Refund", 2)],
  ]);
  expect(order.shippingLines).toEqual(shipping);
  expect(order.discountApplications).toEqual(discounts);
  expect(order.refunds[1]).toMatchObject(whole);
});

it("a return with more to be taken in, or more parcels, than came with it is read whole", async () => {
  const parcel = { id: gid("ReverseDelivery", 1), deliverable: null };
  const reverse = (at: number) => ({
    id: gid("ReverseFulfillmentOrder", at),
    status: "OPEN",
    lineItems: page([]),
    reverseDeliveries: { nodes: at === 3 ? times(FIRST.reverseDeliveries, () => parcel) : [] },
  });
  const all = { nodes: times(4, reverse) };
  const parcels = { nodes: times(7, () => parcel) };
  const { client } = shopOf({
    ManyReverses: { return: { reverseFulfillmentOrders: all } },
    ManyReverseDeliveries: { reverseFulfillmentOrder: { reverseDeliveries: parcels } },
  });
  const row = {
    id: gid("Return", 1),
    name: "#1001-R1",
    status: "OPEN",
    createdAt: "2026-11-01T10:00:00Z",
    decline: null,
    returnLineItems: page([]),
    exchangeLineItems: page([]),
    reverseFulfillmentOrders: { nodes: all.nodes.slice(0, FIRST.reverses) },
  };
  await completeReturn(row, client);
  expect(row.reverseFulfillmentOrders.nodes).toHaveLength(4);
  expect(row.reverseFulfillmentOrders.nodes[3]?.reverseDeliveries).toEqual(parcels);
});
