import { expect, it } from "vitest";
import { createFulfillment, fulfillmentOrdersOf, openShop } from "./ask.js";

const mugAndLamp = {
  lines: [
    { sku: "MUG-01", quantity: 3 },
    { sku: "LAMP-1", quantity: 1 },
  ],
};

/** A shop with one order, and hands for its fulfillment orders. */
async function withOrder(
  order: Parameters<Awaited<ReturnType<typeof openShop>>["shop"]["acts"]["placeOrder"]>[0],
  now?: () => Date,
) {
  const opened = await openShop(now ? { now } : {});
  const { orderId } = await opened.shop.acts.placeOrder(order);
  const read = async () => (await opened.ask(fulfillmentOrdersOf, { id: orderId })).order;
  const ship = async (lineItemsByFulfillmentOrder: object[], trackingInfo?: object) =>
    (
      await opened.ask(createFulfillment, {
        fulfillment: { lineItemsByFulfillmentOrder, trackingInfo },
      })
    ).fulfillmentCreate;
  return { ...opened, orderId, read, ship };
}

it("ships by fulfillment order lines, one location a call, and no more than is left", async () => {
  const { read, ship } = await withOrder(mugAndLamp);
  const [mugs, lamp] = (await read()).fulfillmentOrders.nodes;
  const line = mugs.lineItems.nodes[0];
  const refused = async (wish: object[], message: string) =>
    expect(await ship(wish)).toEqual({
      fulfillment: null,
      userErrors: [{ field: ["fulfillment"], message }],
    });

  await refused(
    [{ fulfillmentOrderId: mugs.id }, { fulfillmentOrderId: lamp.id }],
    "All fulfillment orders must be assigned to the same location.",
  );
  const tooMany = [
    { fulfillmentOrderId: mugs.id, fulfillmentOrderLineItems: [{ id: line.id, quantity: 4 }] },
  ];
  await refused(tooMany, "Invalid fulfillment order line item quantity requested.");
  const notAFulfillmentOrderLine = line.id.replace("FulfillmentOrderLineItem", "LineItem");
  await refused(
    [
      {
        fulfillmentOrderId: mugs.id,
        fulfillmentOrderLineItems: [{ id: notAFulfillmentOrderLine, quantity: 1 }],
      },
    ],
    "Invalid fulfillment order line item quantity requested.",
  );

  const some = await ship([
    { fulfillmentOrderId: mugs.id, fulfillmentOrderLineItems: [{ id: line.id, quantity: 2 }] },
  ]);
  expect(some).toMatchObject({
    fulfillment: { status: "SUCCESS", totalQuantity: 2 },
    userErrors: [],
  });
  const partly = await read();
  expect(partly.displayFulfillmentStatus).toBe("PARTIALLY_FULFILLED");
  expect(partly.fulfillmentOrders.nodes[0]).toMatchObject({
    status: "IN_PROGRESS",
    lineItems: { nodes: [{ totalQuantity: 3, remainingQuantity: 1 }] },
  });
  await ship([{ fulfillmentOrderId: mugs.id }]);
  await ship([{ fulfillmentOrderId: lamp.id }]);
  const whole = await read();
  expect(whole.displayFulfillmentStatus).toBe("FULFILLED");
  expect(whole.fulfillmentOrders.nodes.map(({ status }: { status: string }) => status)).toEqual([
    "CLOSED",
    "CLOSED",
  ]);
  expect(whole.fulfillmentOrders.nodes[0].supportedActions).toEqual([]);
  await refused(
    [{ fulfillmentOrderId: mugs.id }],
    `Fulfillment order ${mugs.id.split("/").at(-1)} has an unfulfillable status= closed.`,
  );
});

it("does not ship what is on hold, and a hold leaves the order's updatedAt alone", async () => {
  let time = Date.parse("2026-11-01T00:00:00Z");
  const { read, ship, ask, shop, orderId } = await withOrder(
    { lines: [{ sku: "MUG-01", quantity: 3 }] },
    () => new Date(time),
  );
  const before = await read();
  const [target] = before.fulfillmentOrders.nodes;
  expect(target.supportedActions.map(({ action }: { action: string }) => action)).toContain(
    "CREATE_FULFILLMENT",
  );
  time += 60_000;
  await shop.acts.hold(orderId);
  const held = await read();
  expect(held.updatedAt).toBe(before.updatedAt);
  expect(held.displayFulfillmentStatus).toBe("ON_HOLD");
  expect(held.fulfillmentOrders.nodes[0]).toMatchObject({
    status: "ON_HOLD",
    updatedAt: "2026-11-01T00:01:00Z",
    fulfillmentHolds: [{ reason: "OTHER" }],
    supportedActions: [{ action: "RELEASE_HOLD" }, { action: "HOLD" }, { action: "MOVE" }],
  });
  expect((await ship([{ fulfillmentOrderId: target.id }])).userErrors[0].message).toContain(
    "unfulfillable status= on_hold",
  );
  const release =
    "mutation ($id: ID!, $holdIds: [ID!]) { fulfillmentOrderReleaseHold(id: $id, holdIds: $holdIds) { fulfillmentOrder { status } userErrors { code } } }";
  const { fulfillmentOrderReleaseHold } = await ask(release, {
    id: target.id,
    holdIds: [held.fulfillmentOrders.nodes[0].fulfillmentHolds[0].id],
  });
  expect(fulfillmentOrderReleaseHold).toEqual({
    fulfillmentOrder: { status: "OPEN" },
    userErrors: [],
  });
  expect((await read()).updatedAt).toBe(before.updatedAt);
  expect((await ship([{ fulfillmentOrderId: target.id }])).userErrors).toEqual([]);
});

it("splits a fulfillment order when only some units are held, and wants another handle for a second hold", async () => {
  const { read, ask } = await withOrder({ lines: [{ sku: "MUG-01", quantity: 3 }] });
  const [target] = (await read()).fulfillmentOrders.nodes;
  const hold = async (input: object) =>
    (
      await ask(
        "mutation ($id: ID!, $hold: FulfillmentOrderHoldInput!) { fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) { fulfillmentHold { handle } remainingFulfillmentOrder { status lineItems(first: 1) { nodes { remainingQuantity } } } userErrors { field code } } }",
        { id: target.id, hold: { reason: "INCORRECT_ADDRESS", ...input } },
      )
    ).fulfillmentOrderHold;
  const units = [{ id: target.lineItems.nodes[0].id, quantity: 1 }];
  expect(await hold({ fulfillmentOrderLineItems: units, handle: "a" })).toEqual({
    fulfillmentHold: { handle: "a" },
    remainingFulfillmentOrder: { status: "OPEN", lineItems: { nodes: [{ remainingQuantity: 2 }] } },
    userErrors: [],
  });
  expect((await hold({ handle: "a" })).userErrors).toEqual([
    { field: ["fulfillmentHold", "handle"], code: "DUPLICATE_FULFILLMENT_HOLD_HANDLE" },
  ]);
  expect((await hold({ handle: "b" })).userErrors).toEqual([]);
  expect((await read()).fulfillmentOrders.nodes).toHaveLength(2);
});

it("moves a fulfillment order to another location, and of one that has shipped the rest in a new one", async () => {
  const { read, ask, ship } = await withOrder({ lines: [{ sku: "MUG-01", quantity: 3 }] });
  const [target] = (await read()).fulfillmentOrders.nodes;
  const { locations } = await ask("{ locations(first: 5) { nodes { id name } } }");
  const move = async (name: string) =>
    (
      await ask(
        "mutation ($id: ID!, $to: ID!) { fulfillmentOrderMove(id: $id, newLocationId: $to) { movedFulfillmentOrder { id assignedLocation { name } } originalFulfillmentOrder { id status } userErrors { field } } }",
        {
          id: target.id,
          to: locations.nodes.find((each: { name: string }) => each.name === name).id,
        },
      )
    ).fulfillmentOrderMove;
  expect(await move("Harbor Warehouse")).toEqual({
    movedFulfillmentOrder: { id: target.id, assignedLocation: { name: "Harbor Warehouse" } },
    originalFulfillmentOrder: { id: target.id, status: "OPEN" },
    userErrors: [],
  });
  expect((await move("Harbor Warehouse")).userErrors).toEqual([{ field: ["newLocationId"] }]);
  const [line] = target.lineItems.nodes;
  await ship([
    { fulfillmentOrderId: target.id, fulfillmentOrderLineItems: [{ id: line.id, quantity: 1 }] },
  ]);
  const { movedFulfillmentOrder, originalFulfillmentOrder } = await move("Main Street Store");
  expect(movedFulfillmentOrder.id).not.toBe(target.id);
  expect(originalFulfillmentOrder).toEqual({ id: target.id, status: "CLOSED" });
  expect((await read()).fulfillmentOrders.nodes).toMatchObject([
    { lineItems: { nodes: [{ totalQuantity: 1, remainingQuantity: 0 }] } },
    { lineItems: { nodes: [{ totalQuantity: 2, remainingQuantity: 2 }] } },
  ]);
});

it("wants a refund of an order in another currency to name that currency", async () => {
  const { orderId, ask } = await withOrder({ currency: "JPY" });
  const transactions = [{ orderId, kind: "REFUND", gateway: "shopify_payments", amount: "100" }];
  const refused = await ask(keyed, { key: "a", input: { orderId, transactions } });
  expect(refused.refundCreate.userErrors[0].field).toEqual(["currency"]);
  const given = await ask(keyed, { key: "b", input: { orderId, transactions, currency: "JPY" } });
  expect(given.refundCreate.refund.totalRefundedSet).toEqual({
    presentmentMoney: { amount: "100.0" },
  });
});

it("replaces tracking, and builds the page address for carriers it knows", async () => {
  const { read, ship, ask } = await withOrder({ lines: [{ sku: "MUG-01", quantity: 1 }] });
  const [target] = (await read()).fulfillmentOrders.nodes;
  const { fulfillment } = await ship([{ fulfillmentOrderId: target.id }], {
    company: "UPS",
    numbers: ["1Z1", "1Z2"],
  });
  expect(fulfillment.trackingInfo).toEqual([
    { company: "UPS", number: "1Z1", url: "https://www.ups.com/track?tracknum=1Z1" },
    { company: "UPS", number: "1Z2", url: "https://www.ups.com/track?tracknum=1Z2" },
  ]);
  const update =
    "mutation ($id: ID!, $tracking: FulfillmentTrackingInput!) { fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking) { fulfillment { trackingInfo { company number url } } userErrors { message } } }";
  const { fulfillmentTrackingInfoUpdate } = await ask(update, {
    id: fulfillment.id,
    tracking: { company: "Pigeon", number: "7" },
  });
  expect(fulfillmentTrackingInfoUpdate).toEqual({
    fulfillment: { trackingInfo: [{ company: "Pigeon", number: "7", url: null }] },
    userErrors: [],
  });
});

it("takes a fulfillment back by opening new fulfillment orders for its units", async () => {
  const { read, ship, ask, shop, orderId } = await withOrder({
    lines: [{ sku: "MUG-01", quantity: 2 }],
  });
  const [target] = (await read()).fulfillmentOrders.nodes;
  const { fulfillment } = await ship([{ fulfillmentOrderId: target.id }]);
  const cancel =
    "mutation ($id: ID!) { fulfillmentCancel(id: $id) { fulfillment { status displayStatus } userErrors { field message } } }";
  expect((await ask(cancel, { id: fulfillment.id })).fulfillmentCancel).toEqual({
    fulfillment: { status: "CANCELLED", displayStatus: "CANCELED" },
    userErrors: [],
  });
  const after = await read();
  expect(after.displayFulfillmentStatus).toBe("UNFULFILLED");
  expect(after.fulfillmentOrders.nodes).toMatchObject([
    { id: target.id, status: "CLOSED" },
    { status: "OPEN", lineItems: { nodes: [{ totalQuantity: 2, remainingQuantity: 2 }] } },
  ]);
  expect((await ask(cancel, { id: fulfillment.id })).fulfillmentCancel.userErrors).toHaveLength(1);
  expect(shop.view(orderId)?.shipments).toMatchObject([{ canceled: true }]);
});

it("shows a parcel where its last event was, by when it happened and not by when it was told", async () => {
  const { orderId, shop, ask } = await withOrder({ lines: [{ sku: "MUG-01", quantity: 1 }] });
  const { shipmentId } = await shop.acts.ship(orderId, {
    tracking: { number: "1Z", carrier: "ups" },
  });
  const event =
    "mutation ($event: FulfillmentEventInput!) { fulfillmentEventCreate(fulfillmentEvent: $event) { fulfillmentEvent { status } userErrors { field } } }";
  const tell = (status: string, happenedAt: string) =>
    ask(event, { event: { fulfillmentId: shipmentId, status, happenedAt } });
  await tell("DELIVERED", "2026-11-03T10:00:00+01:00");
  await tell("IN_TRANSIT", "2026-11-02T10:00:00Z");
  const { fulfillment } = await ask(
    "query ($id: ID!) { fulfillment(id: $id) { displayStatus inTransitAt deliveredAt events(first: 5, sortKey: HAPPENED_AT, reverse: true) { nodes { status happenedAt } } } }",
    { id: shipmentId },
  );
  expect(fulfillment).toEqual({
    displayStatus: "DELIVERED",
    inTransitAt: "2026-11-02T10:00:00Z",
    deliveredAt: "2026-11-03T09:00:00Z",
    events: {
      nodes: [
        { status: "DELIVERED", happenedAt: "2026-11-03T09:00:00Z" },
        { status: "IN_TRANSIT", happenedAt: "2026-11-02T10:00:00Z" },
      ],
    },
  });
});

const cancelOrder =
  "mutation ($id: ID!, $money: Boolean!) { orderCancel(orderId: $id, reason: CUSTOMER, restock: true, refundMethod: { originalPaymentMethodsRefund: $money }) { job { id done } orderCancelUserErrors { field message code } } }";

it("cancels by a job, after the answer, with the money going back", async () => {
  const { orderId, shop, ask } = await withOrder({ lines: [{ sku: "MUG-01", quantity: 2 }] });
  const { orderCancel } = await ask(cancelOrder, { id: orderId, money: true });
  expect(orderCancel).toEqual({
    job: { id: expect.stringContaining("gid://shopify/Job/"), done: false },
    orderCancelUserErrors: [],
  });
  const state =
    "query ($id: ID!) { order(id: $id) { cancelledAt cancelReason displayFinancialStatus currentTotalPriceSet { shopMoney { amount } } lineItems(first: 1) { nodes { quantity currentQuantity refundableQuantity } } fulfillmentOrders(first: 1) { nodes { status } } } }";
  expect((await ask(state, { id: orderId })).order.cancelledAt).toBeNull();
  expect(
    (await ask(cancelOrder, { id: orderId, money: true })).orderCancel.orderCancelUserErrors,
  ).toHaveLength(1);
  await shop.settled();
  expect((await ask(state, { id: orderId })).order).toEqual({
    cancelledAt: expect.any(String),
    cancelReason: "CUSTOMER",
    displayFinancialStatus: "REFUNDED",
    currentTotalPriceSet: { shopMoney: { amount: "0.0" } },
    lineItems: { nodes: [{ quantity: 2, currentQuantity: 0, refundableQuantity: 0 }] },
    fulfillmentOrders: { nodes: [{ status: "CLOSED" }] },
  });
  expect(
    await ask("query ($id: ID!) { job(id: $id) { done } }", { id: orderCancel.job.id }),
  ).toEqual({ job: { done: true } });
});

it("does not cancel what is shipped, canceled or unknown", async () => {
  const { orderId, shop, ask } = await withOrder({ lines: [{ sku: "MUG-01", quantity: 1 }] });
  await shop.acts.ship(orderId);
  const refusal = async (id: string) =>
    (await ask(cancelOrder, { id, money: false })).orderCancel.orderCancelUserErrors;
  expect(await refusal(orderId)).toEqual([
    {
      field: ["orderId"],
      message: "Order has fulfillments that cannot be cancelled",
      code: "INVALID",
    },
  ]);
  expect(await refusal("gid://shopify/Order/1")).toEqual([
    { field: ["orderId"], message: "Order does not exist", code: "NOT_FOUND" },
  ]);
});

const refund = (directive: string) =>
  `mutation ($input: RefundInput!, $key: String) { refundCreate(input: $input) ${directive} { refund { id totalRefundedSet { presentmentMoney { amount } } } order { displayFinancialStatus } userErrors { field message } } }`;
const keyed = refund("@idempotent(key: $key)").replace("$key: String)", "$key: String!)");

it("wants a key for a refund, and refunds once for it", async () => {
  const { orderId, shop, ask, answer } = await withOrder({
    lines: [{ sku: "MUG-01", quantity: 2 }],
  });
  const bare = await answer(refund("").replace(", $key: String", ""), { input: { orderId } });
  expect(bare.errors[0]).toMatchObject({
    message: "The @idempotent directive is required for this mutation but was not provided.",
    extensions: { code: "BAD_REQUEST" },
  });
  const input = {
    orderId,
    transactions: [{ orderId, kind: "REFUND", gateway: "shopify_payments", amount: "5.00" }],
  };
  const first = await ask(keyed, { input, key: "one" });
  expect(first.refundCreate).toMatchObject({
    refund: { totalRefundedSet: { presentmentMoney: { amount: "5.0" } } },
    order: { displayFinancialStatus: "PARTIALLY_REFUNDED" },
    userErrors: [],
  });
  expect(await ask(keyed, { input, key: "one" })).toEqual(first);
  expect(shop.view(orderId)?.refunds).toHaveLength(1);
  const other = await answer(keyed, { input: { orderId, note: "other" }, key: "one" });
  expect(other.errors[0].extensions.code).toBe("IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
  await ask(keyed, { input, key: "two" });
  expect(shop.view(orderId)?.refunds).toHaveLength(2);
  const tooMuch = {
    orderId,
    transactions: [{ orderId, kind: "REFUND", gateway: "shopify_payments", amount: "500.00" }],
  };
  expect(
    (await ask(keyed, { input: tooMuch, key: "three" })).refundCreate.userErrors[0].field,
  ).toEqual(["transactions"]);
});

it("suggests what a refund should be, and follows the restock type in what stays to be shipped", async () => {
  const { orderId, read, ask } = await withOrder({ lines: [{ sku: "MUG-01", quantity: 3 }] });
  const { order } = await ask(
    "query ($id: ID!) { order(id: $id) { lineItems(first: 1) { nodes { id } } } }",
    { id: orderId },
  );
  const lineItemId = order.lineItems.nodes[0].id;
  const suggest =
    "query ($id: ID!, $lines: [RefundLineItemInput!]) { order(id: $id) { suggestedRefund(refundLineItems: $lines) { subtotalSet { shopMoney { amount } } amountSet { shopMoney { amount } } suggestedTransactions { kind gateway amountSet { presentmentMoney { amount } } parentTransaction { id } } } } }";
  const suggested = await ask(suggest, { id: orderId, lines: [{ lineItemId, quantity: 2 }] });
  const { subtotalSet, amountSet, suggestedTransactions } = suggested.order.suggestedRefund;
  expect(subtotalSet.shopMoney.amount).toBe("28.0");
  expect(Number(amountSet.shopMoney.amount)).toBeGreaterThanOrEqual(28);
  expect(suggestedTransactions).toHaveLength(1);
  const give = (quantity: number, restockType: string, key: string) =>
    ask(keyed, {
      key,
      input: { orderId, refundLineItems: [{ lineItemId, quantity, restockType }] },
    });
  await give(1, "NO_RESTOCK", "a");
  expect((await read()).fulfillmentOrders.nodes[0].lineItems.nodes[0]).toMatchObject({
    totalQuantity: 3,
    remainingQuantity: 3,
  });
  await give(1, "CANCEL", "b");
  expect((await read()).fulfillmentOrders.nodes[0].lineItems.nodes[0]).toMatchObject({
    totalQuantity: 2,
    remainingQuantity: 2,
  });
  expect((await give(2, "CANCEL", "c")).refundCreate.userErrors[0].field).toEqual([
    "refundLineItems",
    "quantity",
  ]);
  expect((await give(1, "LEGACY_RESTOCK", "d")).refundCreate.userErrors).toHaveLength(1);
});

it("replaces tags by orderUpdate, and adds and removes single ones by their own mutations", async () => {
  const { orderId, ask } = await withOrder({});
  const tags = async () =>
    (await ask("query ($id: ID!) { order(id: $id) { tags } }", { id: orderId })).order.tags;
  await ask(
    'mutation ($id: ID!) { tagsAdd(id: $id, tags: ["zoo", "ant", "ANT"]) { userErrors { message } } }',
    { id: orderId },
  );
  expect(await tags()).toEqual(["ant", "zoo"]);
  await ask(
    'mutation ($id: ID!) { tagsRemove(id: $id, tags: ["ZOO"]) { userErrors { message } } }',
    { id: orderId },
  );
  expect(await tags()).toEqual(["ant"]);
  await ask(
    'mutation ($id: ID!) { orderUpdate(input: { id: $id, tags: ["only"] }) { userErrors { message } } }',
    { id: orderId },
  );
  expect(await tags()).toEqual(["only"]);
});

it("refuses aloud what it does not keep", async () => {
  const { orderId, answer } = await withOrder({});
  const filtered = await answer(
    'query ($id: ID!) { order(id: $id) { fulfillments(query: "a") { id } } }',
    { id: orderId },
  );
  expect(filtered.errors[0].message).toBe("this simulator does not keep fulfillments by query");
  const { errors } = await answer(
    "mutation ($input: OrderInput!) { orderUpdate(input: $input) { order { id } } }",
    {
      input: {
        id: orderId,
        metafields: [{ key: "a", namespace: "b", value: "c", type: "single_line_text_field" }],
      },
    },
  );
  expect(errors[0].message).toBe("this simulator does not keep metafields");
});

it("marks an order as paid once", async () => {
  const { orderId, ask } = await withOrder({ paid: false });
  const pay =
    "mutation ($id: ID!) { orderMarkAsPaid(input: { id: $id }) { order { displayFinancialStatus } userErrors { message } } }";
  expect((await ask(pay, { id: orderId })).orderMarkAsPaid).toEqual({
    order: { displayFinancialStatus: "PAID" },
    userErrors: [],
  });
  expect((await ask(pay, { id: orderId })).orderMarkAsPaid.userErrors).toHaveLength(1);
});
