import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { specsDir } from "../../../support/specs.js";
import { openReceiver, openShop, subscribe } from "./ask.js";
import { differences } from "./shape.js";

const folder = join(specsDir ?? "", "shopify", "webhook-samples");

/** Places of the samples where this shop's bodies differ, each with the reason. */
const excused: Record<string, string> = {
  "order_transactions/create.payment_details is missing": "no cards are kept here",
};

describe.skipIf(!specsDir)("a body beside the documented sample of its topic", () => {
  const samples = specsDir
    ? readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")))
    : [];

  it("has all its fields in its forms, and no others", async () => {
    const told = await tellEverything();
    const found = samples.flatMap(({ name, response }) =>
      (told[name] ?? []).flatMap((body) => differences(response, body, name)),
    );
    expect([...new Set(found)]).toEqual(Object.keys(excused));
    expect(samples.map(({ name }) => name).filter((topic) => !told[topic])).toEqual([
      // Bulk operations and stock tell nothing of orders.
      "bulk_operations/finish",
      "inventory_levels/update",
    ]);
  });
});

describe("the comparison of a body with its sample", () => {
  it("tells what is missing, what is of its own making, and what is of another kind or form", () => {
    const sample = {
      id: 1,
      at: "2026-10-01T04:00:00-04:00",
      lines: [{ price: "9.99" }],
      note: null,
    };
    const body = { id: "1", at: "yesterday", lines: [{ price: "9" }], note: "x", more: 1 };
    expect(differences(sample, body, "orders/create")).toEqual([
      "orders/create.more is not known",
      "orders/create.id is text, not number",
      "orders/create.at is text, not a time with its offset",
      "orders/create.lines[].price is text, not an amount",
    ]);
    expect(differences(sample, { lines: [] }, "body")).toContain("body.id is missing");
  });
});

/** All bodies of every topic, out of a life with everything in it. */
async function tellEverything(): Promise<Record<string, object[]>> {
  const { shop, ask } = await openShop();
  const receiver = await openReceiver();
  const topics =
    "APP_UNINSTALLED FULFILLMENT_EVENTS_CREATE FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE FULFILLMENTS_CREATE FULFILLMENTS_UPDATE ORDER_TRANSACTIONS_CREATE ORDERS_CANCELLED ORDERS_CREATE ORDERS_EDITED ORDERS_UPDATED REFUNDS_CREATE RETURNS_APPROVE RETURNS_PROCESS RETURNS_REQUEST RETURNS_UPDATE REVERSE_DELIVERIES_ATTACH_DELIVERABLE";
  for (const topic of topics.split(" "))
    await ask(subscribe, { topic, sub: { uri: receiver.url } });
  const { acts } = shop;
  const partsOf = async (id: string) => {
    const { returnLineItems: lines, reverseFulfillmentOrders: reverse } = (
      await ask(returnParts, { id })
    ).return;
    return { id, line: lines.nodes[0].id, reverse: reverse.nodes[0].id };
  };
  const { orderId } = await acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 3 }] });
  await acts.removeUnits(orderId, "MUG-01", 1);
  const { shipmentId } = await acts.ship(orderId);
  await acts.moveParcel(orderId, shipmentId, "IN_TRANSIT");
  const { returnId } = await acts.askReturn(orderId, {
    lines: [{ sku: "MUG-01", quantity: 2 }],
  });
  await acts.decideReturn(orderId, returnId, "approve");
  const moved = await ask(moveReturn, await partsOf(returnId));
  expect(Object.values(moved)).toEqual([{ userErrors: [] }, { userErrors: [] }]);
  await acts.receiveReturn(orderId, returnId);
  await acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
  const other = await acts.placeOrder({});
  await acts.cancel(other.orderId);
  await acts.uninstall();
  await shop.settled();
  const told: Record<string, object[]> = {};
  for (const { headers, body } of receiver.arrived) {
    const topic = String(headers["x-shopify-topic"]);
    told[topic] = [...(told[topic] ?? []), body];
  }
  return told;
}

const returnParts = /* GraphQL */ `
  query Parts($id: ID!) {
    return(id: $id) {
      returnLineItems(first: 1) { nodes { id } }
      reverseFulfillmentOrders(first: 1) { nodes { id } }
    }
  }
`;

/** Leaves one piece out of a return, and sends the parcel. */
const moveReturn = /* GraphQL */ `
  mutation Move($id: ID!, $line: ID!, $reverse: ID!) {
    removeFromReturn(returnId: $id, returnLineItems: [{ returnLineItemId: $line, quantity: 1 }]) {
      userErrors { field message }
    }
    reverseDeliveryCreateWithShipping(
      reverseFulfillmentOrderId: $reverse
      reverseDeliveryLineItems: []
      trackingInput: { number: "1Z0001", url: "https://parcels.example/1Z0001" }
    ) { userErrors { field message } }
  }
`;
