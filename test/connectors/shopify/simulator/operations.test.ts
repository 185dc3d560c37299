import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  separateOperations,
} from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { specsDir } from "../../../support/specs.js";
import { openShop } from "./ask.js";
import { leftOut } from "./slice-admin-schema.js";

const files = [
  "orders",
  "fulfillment",
  "order-actions",
  "returns",
  "webhooks",
  "catalog-inventory",
];
const documents: Record<string, string> = {};

describe.skipIf(!specsDir)("the recorded operations", () => {
  beforeAll(() => {
    for (const file of files) {
      const source = readFileSync(join(specsDir ?? "", "shopify", `${file}.graphql`), "utf8");
      for (const [name, document] of Object.entries(separateOperations(parse(source))))
        documents[name] = print(document);
    }
  });

  it("are all answered, or left out with a reason", () => {
    const known = [...Object.keys(reads), ...Object.keys(writes)];
    expect(
      Object.keys(documents).filter((name) => !known.includes(name) && !(name in leftOut)),
    ).toEqual([]);
  });

  const ids = { order: "", fulfillment: "", refund: "", open: "", return: "" };
  const reads: Record<string, () => object> = {
    OrdersChanged: () => ({ query: "updated_at:>='2020-01-01T00:00:00Z'" }),
    OrdersPage: () => ({ query: "updated_at:>='2020-01-01T00:00:00Z'", first: 2 }),
    OrderById: () => ({ id: ids.order }),
    OrderByName: () => ({ query: "name:'#1042'" }),
    OrderFulfillment: () => ({ id: ids.order }),
    OrderRefunds: () => ({ id: ids.order }),
    OrderLineItemsPage: () => ({ id: ids.order, after: null }),
    RefundById: () => ({ id: ids.refund }),
    FulfillmentById: () => ({ id: ids.fulfillment }),
    FulfillmentOrdersOpen: () => ({}),
    OrdersByIds: () => ({ ids: [ids.order] }),
    FulfillmentOrderForMove: () => ({ id: ids.open }),
    Job: () => ({ id: "gid://shopify/Job/00000000-0000-0000-0000-000000000000" }),
    ReturnById: () => ({ id: ids.return }),
    OrderReturns: () => ({ orderId: ids.order, after: null }),
    ReturnableFulfillments: () => ({ orderId: ids.order }),
    ReturnReasons: () => ({ after: null }),
    ReturnSuggestedOutcome: () => ({ id: ids.return, lines: [], exchanges: [], shipping: null }),
    SuggestedRefund: () => ({ orderId: ids.order, lines: [], refundShipping: true }),
    Webhooks: () => ({}),
    Shop: () => ({}),
    Locations: () => ({}),
    VariantsBySku: () => ({ query: "sku:'MUG-01' OR sku:'TEE-M'" }),
  };
  const writes: Record<string, true> = Object.fromEntries(
    [
      "FulfillmentCreate FulfillmentTrackingUpdate FulfillmentEventCreate FulfillmentCancel FulfillmentOrderHold",
      "FulfillmentOrderReleaseHold FulfillmentOrderMove OrderCancel OrderMarkAsPaid OrderUpdate TagsAdd TagsRemove",
      "RefundCreate WebhookCreate WebhookUpdate WebhookDelete ReturnCreate ReturnRequest ReturnApprove ReturnDecline",
      "ReturnCancel ReturnClose ReturnReopen RemoveFromReturn ReverseDeliveryCreate ReverseDeliveryUpdate",
      "ReverseDispose ReturnProcess",
    ].flatMap((names) => names.split(" ").map((name) => [name, true as const])),
  );

  it("read every kind of seeded order without an error", async () => {
    const { ask } = await openShop({ orders: 60 });
    const { orders } = await ask("{ orders(first: 250) { nodes { id } } }");
    for (const { id } of orders.nodes) {
      for (const name of ["OrderById", "OrderFulfillment", "OrderRefunds"]) {
        const data = await ask(documents[name] ?? "", { id });
        expect(data.order.id).toBe(id);
      }
      const { order } = await ask(
        "query ($id: ID!) { order(id: $id) { fulfillments { id } refunds { id } returns(first: 1) { nodes { id } } fulfillmentOrders(first: 9) { nodes { id status } } } }",
        { id },
      );
      ids.order = id;
      ids.fulfillment = order.fulfillments[0]?.id ?? ids.fulfillment;
      ids.refund = order.refunds[0]?.id ?? ids.refund;
      ids.return = order.returns.nodes[0]?.id ?? ids.return;
      const open = order.fulfillmentOrders.nodes.find(
        ({ status }: { status: string }) => status === "OPEN",
      );
      ids.open = open?.id ?? ids.open;
    }
    for (const [name, variables] of Object.entries(reads)) {
      const text =
        name === "OrderLineItemsPage"
          ? (documents[name] ?? "").replace("$after: String!", "$after: String")
          : documents[name];
      await expect(ask(text ?? "", variables()).then(Object.keys), name).resolves.toHaveLength(
        operationsOf(parse(text ?? ""))[0]?.selectionSet.selections.length ?? 0,
      );
    }
  }, 60_000);

  it("write without an error", async () => {
    const { ask, shop } = await openShop();
    const { orderId } = await shop.acts.placeOrder({
      lines: [{ sku: "MUG-01", quantity: 3 }],
      paid: false,
    });
    const run = async (name: string, variables: object) => {
      const data = await ask(documents[name] ?? "", variables);
      const [payload] = Object.values<Record<string, unknown>>(data);
      expect(payload?.userErrors ?? payload?.orderCancelUserErrors, name).toEqual([]);
      return payload as Record<string, { id: string }>;
    };
    const open = async () => {
      const { order } = await ask(documents.OrderFulfillment ?? "", { id: orderId });
      return order.fulfillmentOrders.nodes.find(
        ({ status }: { status: string }) => !["CLOSED", "CANCELLED"].includes(status),
      );
    };
    const { locations } = await ask(documents.Locations ?? "");
    const elsewhere = locations.nodes.find(
      ({ name }: { name: string }) => name === "Harbor Warehouse",
    );

    await run("OrderUpdate", { input: { id: orderId, note: "n", tags: ["b"], poNumber: "PO-1" } });
    await run("TagsAdd", { id: orderId, tags: ["a"] });
    await run("TagsRemove", { id: orderId, tags: ["b"] });
    await run("OrderMarkAsPaid", { id: orderId });
    const { id } = await open();
    await run("FulfillmentOrderMove", { id, newLocationId: elsewhere.id });
    const { fulfillmentHold } = await run("FulfillmentOrderHold", {
      id,
      hold: { reason: "OTHER" },
    });
    await run("FulfillmentOrderReleaseHold", { id, holdIds: [fulfillmentHold?.id] });
    const fulfillment = {
      lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: id }],
      trackingInfo: { number: "1" },
    };
    const { fulfillment: created } = await run("FulfillmentCreate", { fulfillment });
    const fulfillmentId = created?.id;
    await run("FulfillmentTrackingUpdate", {
      fulfillmentId,
      tracking: { number: "2", company: "UPS" },
    });
    await run("FulfillmentEventCreate", { event: { fulfillmentId, status: "IN_TRANSIT" } });
    const { returnableFulfillments } = await ask(documents.ReturnableFulfillments ?? "", {
      orderId,
    });
    const [{ quantity, fulfillmentLineItem }] =
      returnableFulfillments.nodes[0].returnableFulfillmentLineItems.nodes;
    expect(quantity).toBe(3);
    const line = (units: number) => ({
      orderId,
      returnLineItems: [{ fulfillmentLineItemId: fulfillmentLineItem.id, quantity: units }],
    });
    const asked = await run("ReturnRequest", { input: line(1) });
    await run("ReturnApprove", { input: { id: asked.return?.id } });
    await run("ReturnCancel", { id: asked.return?.id });
    const wished = await run("ReturnRequest", { input: line(1) });
    await run("ReturnDecline", { input: { id: wished.return?.id, declineReason: "FINAL_SALE" } });
    const made = await run("ReturnCreate", { input: line(3) });
    const returnId = made.return?.id;
    const back = (await ask(documents.ReturnById ?? "", { id: returnId })).return;
    const [row] = back.returnLineItems.nodes;
    const [reverse] = back.reverseFulfillmentOrders.nodes;
    await run("RemoveFromReturn", {
      returnId,
      lines: [{ returnLineItemId: row.id, quantity: 1 }],
      exchanges: [],
    });
    const delivery = await run("ReverseDeliveryCreate", {
      rfoId: reverse.id,
      lines: [],
      tracking: { number: "1Z9" },
    });
    await run("ReverseDeliveryUpdate", {
      id: delivery.reverseDelivery?.id,
      tracking: { number: "1Z8" },
    });
    const piece = {
      reverseFulfillmentOrderLineItemId: reverse.lineItems.nodes[0].id,
      quantity: 1,
      dispositionType: "NOT_RESTOCKED",
    };
    await run("ReverseDispose", { inputs: [piece] });
    await run("ReturnProcess", {
      input: { returnId, returnLineItems: [{ id: row.id, quantity: 1, dispositions: [piece] }] },
    });
    await run("ReturnClose", { id: returnId });
    await run("ReturnReopen", { id: returnId });
    await run("ReturnClose", { id: returnId });
    await run("FulfillmentCancel", { id: fulfillmentId });
    await run("RefundCreate", { input: { orderId, note: "no money" }, key: "k-1" });
    const { webhookSubscription } = await run("WebhookCreate", {
      topic: "ORDERS_CREATE",
      sub: { uri: "https://a.example.com/" },
    });
    await run("WebhookUpdate", {
      id: webhookSubscription?.id,
      sub: { uri: "https://b.example.com/" },
    });
    await run("WebhookDelete", { id: webhookSubscription?.id });
    const { job } = await run("OrderCancel", { orderId, reason: "OTHER", restock: true });
    await shop.settled();
    expect(await ask(documents.Job ?? "", { id: job?.id })).toEqual({
      job: { id: job?.id, done: true },
    });
  });
});

const operationsOf = ({ definitions }: DocumentNode): OperationDefinitionNode[] =>
  definitions.filter(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  );
