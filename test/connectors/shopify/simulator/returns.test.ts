import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { specsDir } from "../../../support/specs.js";
import { openReceiver, openShop, subscribe } from "./ask.js";

const returned = "return { id status } userErrors { code message }";
const writes = {
  create: `mutation ($input: ReturnInput!) { returnCreate(returnInput: $input) { ${returned} } }`,
  request: `mutation ($input: ReturnRequestInput!) { returnRequest(input: $input) { ${returned} } }`,
  approve: `mutation ($id: ID!) { returnApproveRequest(input: { id: $id }) { ${returned} } }`,
  decline: `mutation ($id: ID!, $note: String) { returnDeclineRequest(input: { id: $id, declineReason: FINAL_SALE, declineNote: $note }) { ${returned} } }`,
  cancel: `mutation ($id: ID!) { returnCancel(id: $id) { ${returned} } }`,
  close: `mutation ($id: ID!) { returnClose(id: $id) { ${returned} } }`,
  reopen: `mutation ($id: ID!) { returnReopen(id: $id) { ${returned} } }`,
  remove: `mutation ($id: ID!, $lines: [ReturnLineItemRemoveFromReturnInput!]) { removeFromReturn(returnId: $id, returnLineItems: $lines) { ${returned} } }`,
  process: `mutation ($input: ReturnProcessInput!) { returnProcess(input: $input) { ${returned} } }`,
  deliver: `mutation ($id: ID!, $lines: [ReverseDeliveryLineItemInput!]!) { reverseDeliveryCreateWithShipping(reverseFulfillmentOrderId: $id, reverseDeliveryLineItems: $lines, trackingInput: { number: "1Z9" }) { reverseDelivery { id } userErrors { code message } } }`,
};

const look = /* GraphQL */ `
  query Look($id: ID!) {
    return(id: $id) {
      status decline { reason note }
      returnLineItems(first: 5) { nodes { id quantity processedQuantity refundedQuantity } }
      reverseFulfillmentOrders(first: 2) {
        nodes { id status lineItems(first: 5) { nodes { id totalQuantity dispositions { type quantity } } } }
      }
      refunds(first: 5) { nodes { totalRefundedSet { shopMoney { amount } } return { id } } }
      order { returnStatus }
    }
  }
`;

const shippedLines = /* GraphQL */ `
  query Shipped($id: ID!) {
    order(id: $id) {
      returnStatus transactions(first: 5) { id }
      fulfillments { location { id } fulfillmentLineItems(first: 5) { nodes { id } } }
    }
    returnableFulfillments(orderId: $id, first: 5) {
      nodes { returnableFulfillmentLineItems(first: 5) { nodes { quantity } } }
    }
  }
`;

/** A shop with one shipped order of three mugs, and hands for its returns. */
async function withShipped() {
  const opened = await openShop();
  const { orderId } = await opened.shop.acts.placeOrder({
    lines: [{ sku: "MUG-01", quantity: 3 }],
  });
  await opened.shop.acts.ship(orderId);
  const shipped = async () => opened.ask(shippedLines, { id: orderId });
  const { order } = await shipped();
  const lineId = order.fulfillments[0].fulfillmentLineItems.nodes[0].id;
  const run = async (name: keyof typeof writes, variables: object) => {
    const data = await opened.ask(writes[name], variables);
    return Object.values(data)[0] as {
      return: { id: string; status: string } | null;
      userErrors: { code: string; message: string }[];
    };
  };
  const line = (quantity: number, more: object = {}) => ({
    input: { orderId, returnLineItems: [{ fulfillmentLineItemId: lineId, quantity, ...more }] },
  });
  const read = async (id: string) => (await opened.ask(look, { id })).return;
  /** The codes of what was refused. */
  const codes = async (name: keyof typeof writes, variables: object) =>
    (await run(name, variables)).userErrors.map(({ code }) => code);
  const open = async (quantity = 2) => (await run("create", line(quantity))).return?.id ?? "";
  return { ...opened, orderId, order, shipped, run, line, read, codes, open };
}

it("takes back only shipped pieces that no other return claims", async () => {
  const { run, line, codes, shipped } = await withShipped();
  const left = async () =>
    (await shipped()).returnableFulfillments.nodes.flatMap(
      ({
        returnableFulfillmentLineItems: { nodes },
      }: {
        returnableFulfillmentLineItems: { nodes: { quantity: number }[] };
      }) => nodes.map(({ quantity }) => quantity),
    );
  expect(await left()).toEqual([3]);
  expect(await codes("create", line(4))).toEqual(["INVALID"]);
  expect(await codes("create", line(0))).toEqual(["INVALID"]);
  const foreign = { fulfillmentLineItemId: "gid://shopify/FulfillmentLineItem/1" };
  expect(await codes("create", line(1, foreign))).toEqual(["NOT_FOUND"]);
  const unreasonable = { returnReasonDefinitionId: "gid://shopify/ReturnReasonDefinition/1" };
  expect(await codes("create", line(1, unreasonable))).toEqual(["NOT_FOUND"]);
  expect(await codes("create", line(1, { returnReasonNote: "x".repeat(256) }))).toEqual([
    "TOO_LONG",
  ]);
  const { return: asked } = await run("request", line(2));
  expect(asked?.status).toBe("REQUESTED");
  expect(await left()).toEqual([1]);
  expect(await codes("request", line(2))).toEqual(["INVALID"]);
  await run("decline", { id: asked?.id });
  expect(await left()).toEqual([3]);
});

it("goes from state to state as the platform allows, and no other way", async () => {
  const { run, line, codes, read, open, shipped } = await withShipped();
  const status = async () => (await shipped()).order.returnStatus;
  expect(await status()).toBe("NO_RETURN");
  const { return: asked } = await run("request", line(1));
  const id = asked?.id ?? "";
  expect(await status()).toBe("RETURN_REQUESTED");
  for (const name of ["cancel", "close", "reopen"] as const)
    expect(await codes(name, { id }), name).toEqual(["INVALID_STATE"]);
  expect(await codes("process", { input: { returnId: id } })).toEqual(["INVALID_STATE"]);
  expect((await run("approve", { id })).return?.status).toBe("OPEN");
  expect(await status()).toBe("IN_PROGRESS");
  for (const name of ["approve", "decline", "reopen"] as const)
    expect(await codes(name, { id }), name).toEqual(["INVALID_STATE"]);
  expect((await run("close", { id })).return?.status).toBe("CLOSED");
  expect(await status()).toBe("RETURNED");
  expect((await read(id)).reverseFulfillmentOrders.nodes[0].status).toBe("CLOSED");
  expect((await run("reopen", { id })).return?.status).toBe("OPEN");
  expect((await run("cancel", { id })).return?.status).toBe("CANCELED");
  expect(await status()).toBe("RETURN_FAILED");
  const other = (await run("request", line(1))).return?.id;
  expect(await codes("decline", { id: other, note: "x".repeat(501) })).toEqual(["TOO_LONG"]);
  await run("decline", { id: other, note: "Worn" });
  expect((await read(other ?? "")).decline).toEqual({ reason: "FINAL_SALE", note: "Worn" });
  expect(await codes("cancel", { id: "gid://shopify/Return/1" })).toEqual(["NOT_FOUND"]);
  expect(await open()).not.toBe("");
});

it("processes pieces once, with what becomes of them, and cancels nothing that was worked on", async () => {
  const { codes, read, open, order, shop, orderId } = await withShipped();
  const id = await open();
  const { returnLineItems, reverseFulfillmentOrders } = await read(id);
  const row = returnLineItems.nodes[0].id;
  const piece = {
    reverseFulfillmentOrderLineItemId: reverseFulfillmentOrders.nodes[0].lineItems.nodes[0].id,
    quantity: 1,
    dispositionType: "RESTOCKED",
  };
  const locationId = order.fulfillments[0].location.id;
  const process = (quantity: number, dispositions: object[]) =>
    codes("process", {
      input: { returnId: id, returnLineItems: [{ id: row, quantity, dispositions }] },
    });
  const stock = shop.view(orderId)?.stock?.["MUG-01"] ?? 0;
  expect(await process(1, [piece])).toEqual(["BLANK"]);
  expect(await process(3, [])).toEqual(["INVALID"]);
  expect(await process(1, [{ ...piece, locationId, quantity: 2 }])).toEqual(["INVALID"]);
  expect(await codes("process", { input: { returnId: id } })).toEqual(["INVALID"]);
  expect(await process(1, [{ ...piece, locationId }])).toEqual([]);
  expect(shop.view(orderId)?.stock?.["MUG-01"]).toBe(stock + 1);
  expect(await codes("cancel", { id })).toEqual(["INVALID_STATE"]);
  const all = [{ returnLineItemId: row, quantity: 2 }];
  expect(await codes("remove", { id, lines: all })).toEqual(["INVALID"]);
  expect(await codes("remove", { id, lines: [{ returnLineItemId: row, quantity: 1 }] })).toEqual(
    [],
  );
  expect((await read(id)).returnLineItems.nodes).toMatchObject([
    { quantity: 1, processedQuantity: 1 },
  ]);
  expect((await read(id)).order.returnStatus).toBe("INSPECTION_COMPLETE");
});

it("takes nothing off a return that would leave it empty", async () => {
  const { codes, read, open } = await withShipped();
  const id = await open();
  const row = (await read(id)).returnLineItems.nodes[0].id;
  expect(await codes("remove", { id, lines: [{ returnLineItemId: row, quantity: 2 }] })).toEqual([
    "INVALID",
  ]);
});

it("pays for what was processed, and no more than was paid", async () => {
  const { run, codes, read, open, order, shop, orderId } = await withShipped();
  const id = await open();
  const row = (await read(id)).returnLineItems.nodes[0].id;
  const pay = (amount: string, lines: object[] = [], currencyCode = "USD") => ({
    input: {
      returnId: id,
      returnLineItems: lines,
      financialTransfer: {
        issueRefund: {
          orderTransactions: [
            { parentId: order.transactions[0].id, transactionAmount: { amount, currencyCode } },
          ],
        },
      },
    },
  });
  expect(await codes("process", pay("900.00"))).toEqual(["INVALID"]);
  expect(await codes("process", pay("5.00", [], "EUR"))).toEqual(["INVALID"]);
  expect(shop.view(orderId)?.refunds).toEqual([]);
  await run("process", pay("28.00", [{ id: row, quantity: 2 }]));
  expect(await read(id)).toMatchObject({
    returnLineItems: { nodes: [{ processedQuantity: 2, refundedQuantity: 2 }] },
    refunds: {
      nodes: [{ totalRefundedSet: { shopMoney: { amount: "28.0" } }, return: { id } }],
    },
  });
  expect(shop.view(orderId)?.refunds).toMatchObject([{ moved: true, lines: [{ quantity: 2 }] }]);
});

it("puts in a parcel what the return has, and no more", async () => {
  const { codes, read, open } = await withShipped();
  const id = await open();
  const [reverse] = (await read(id)).reverseFulfillmentOrders.nodes;
  const line = { reverseFulfillmentOrderLineItemId: reverse.lineItems.nodes[0].id };
  expect(await codes("deliver", { id: reverse.id, lines: [{ ...line, quantity: 3 }] })).toEqual([
    "INVALID",
  ]);
  expect(await codes("deliver", { id: reverse.id, lines: [] })).toEqual([]);
  expect(
    await codes("deliver", { id: "gid://shopify/ReverseFulfillmentOrder/1", lines: [] }),
  ).toEqual(["NOT_FOUND"]);
});

it.skipIf(!specsDir)("tells of each step in bodies shaped like the published samples", async () => {
  const { shop, ask, orderId, open, codes, read } = await withShipped();
  const receiver = await openReceiver();
  const topics = [
    "RETURNS_REQUEST",
    "RETURNS_APPROVE",
    "RETURNS_UPDATE",
    "RETURNS_PROCESS",
    "REVERSE_DELIVERIES_ATTACH_DELIVERABLE",
    "REFUNDS_CREATE",
  ];
  for (const topic of topics) await ask(subscribe, { topic, sub: { uri: receiver.url } });
  const { returnId } = await shop.acts.askReturn(orderId);
  await shop.acts.receiveReturn(orderId, returnId);
  await shop.acts.payReturn(orderId, returnId);
  const id = await open();
  const { returnLineItems, reverseFulfillmentOrders } = await read(id);
  const lines = [{ returnLineItemId: returnLineItems.nodes[0].id, quantity: 1 }];
  expect(await codes("remove", { id, lines })).toEqual([]);
  await codes("deliver", { id: reverseFulfillmentOrders.nodes[0].id, lines: [] });
  await shop.settled();
  const shape = (body: object) => Object.keys(body).sort();
  for (const [topic, file] of [
    ["returns/request", "returns_request"],
    ["returns/approve", "returns_approve"],
    ["returns/update", "returns_update"],
    ["returns/process", "returns_process"],
    ["reverse_deliveries/attach_deliverable", "reverse_deliveries_attach_deliverable"],
  ] as const) {
    const [told] = receiver.of(topic);
    const path = join(specsDir ?? "", "shopify", "webhook-samples", `${file}.json`);
    const { response } = JSON.parse(readFileSync(path, "utf8")) as { response: object };
    expect(shape(told?.body ?? { nothing: topic }), topic).toEqual(shape(response));
  }
  expect(receiver.of("refunds/create")[0]?.body.return).toMatchObject({
    admin_graphql_api_id: returnId,
  });
});

const exchanged = /* GraphQL */ `
  query Exchanged($id: ID!) {
    return(id: $id) {
      exchangeLineItems(first: 5) {
        nodes { id quantity processableQuantity processedQuantity lineItems { id sku quantity } }
        pageInfo { hasNextPage }
      }
      order {
        displayFulfillmentStatus
        originalTotalPriceSet { shopMoney { amount } } currentTotalPriceSet { shopMoney { amount } }
        lineItems(first: 5) { nodes { id sku } }
        fulfillmentOrders(first: 5) {
          nodes { status lineItems(first: 5) { nodes { remainingQuantity lineItem { id sku } } } }
        }
      }
    }
    productVariants(first: 5, query: "sku:TOTE-1") { nodes { id inventoryQuantity } }
  }
`;

it("sends other goods instead, in the same order, once they are processed", async () => {
  const { ask, run, codes, line, open } = await withShipped();
  const look = async (id: string) => ask(exchanged, { id });
  const [variant] = (await look(await open(1))).productVariants.nodes;
  const swap = (given: object) => {
    const { input } = line(1);
    return {
      input: {
        ...input,
        exchangeLineItems: [{ variantId: variant.id, quantity: 2, ...given }],
      },
    };
  };
  expect(await codes("create", swap({ variantId: "gid://shopify/ProductVariant/1" }))).toEqual([
    "NOT_FOUND",
  ]);
  expect(await codes("create", swap({ quantity: 0 }))).toEqual(["INVALID"]);
  const id = (await run("create", swap({}))).return?.id ?? "";
  const before = await look(id);
  const [row] = before.return.exchangeLineItems.nodes;
  expect(row).toMatchObject({ quantity: 2, processableQuantity: 2, lineItems: [] });
  expect(before.return.order.lineItems.nodes).toHaveLength(1);
  const process = (quantity: number, of = row.id) =>
    codes("process", { input: { returnId: id, exchangeLineItems: [{ id: of, quantity }] } });
  expect(await process(3)).toEqual(["INVALID"]);
  expect(await process(1, "gid://shopify/ExchangeLineItem/1")).toEqual(["NOT_FOUND"]);

  expect(await process(1)).toEqual([]);
  expect(await process(1)).toEqual([]);
  expect(await process(1)).toEqual(["INVALID"]);
  expect(await codes("cancel", { id })).toEqual(["INVALID_STATE"]);
  const { return: after, productVariants } = await look(id);
  const { order } = after;
  const added = order.lineItems.nodes.slice(1);
  expect(added).toMatchObject([{ sku: "TOTE-1" }, { sku: "TOTE-1" }]);
  expect(after.exchangeLineItems.nodes).toMatchObject([
    {
      processableQuantity: 0,
      processedQuantity: 2,
      lineItems: added.map((each: { id: string }) => ({ ...each, quantity: 1 })),
    },
  ]);
  expect(order.displayFulfillmentStatus).toBe("PARTIALLY_FULFILLED");
  const waiting = order.fulfillmentOrders.nodes.filter(
    ({ status }: { status: string }) => status === "OPEN",
  );
  expect(waiting).toHaveLength(2);
  expect(waiting[0].lineItems.nodes).toMatchObject([
    { remainingQuantity: 1, lineItem: { sku: "TOTE-1" } },
  ]);
  expect(productVariants.nodes[0].inventoryQuantity).toBe(variant.inventoryQuantity - 2);
  const amount = (bag: { shopMoney: { amount: string } }) => bag.shopMoney.amount;
  expect(amount(order.originalTotalPriceSet)).toBe(
    amount(before.return.order.originalTotalPriceSet),
  );
  const grown =
    Number(amount(order.currentTotalPriceSet)) -
    Number(amount(before.return.order.currentTotalPriceSet));
  expect(grown).toBeGreaterThanOrEqual(30);
});
