import { expect, it } from "vitest";
import { openReceiver, openShop, subscribe } from "./ask.js";

const refundCreate = /* GraphQL */ `
  mutation Refund($input: RefundInput!, $key: String!) {
    refundCreate(input: $input) @idempotent(key: $key) {
      refund {
        id note totalRefundedSet { presentmentMoney { amount } }
        transactions(first: 5) { nodes { status gateway parentTransaction { id } } }
      }
      userErrors { field message }
    }
  }
`;

const orderOf = /* GraphQL */ `
  query Order($id: ID!) {
    order(id: $id) {
      displayFinancialStatus totalRefundedSet { shopMoney { amount } }
      transactions(first: 9) { id kind status gateway amountSet { shopMoney { amount } } }
      lineItems(first: 5) { nodes { id sku refundableQuantity } }
      fulfillments { location { id } }
    }
  }
`;

/** A shop with one order of three mugs, and a hand that refunds. */
async function withOrder(
  given: Parameters<Awaited<ReturnType<typeof openShop>>["shop"]["acts"]["placeOrder"]>[0] = {},
) {
  const opened = await openShop();
  const lines = [{ sku: "MUG-01", quantity: 3 }];
  const { orderId } = await opened.shop.acts.placeOrder({ lines, ...given });
  const read = async () => (await opened.ask(orderOf, { id: orderId })).order;
  let keys = 0;
  const refund = async (input: object) => {
    keys += 1;
    const key = `key-${keys}`;
    const data = await opened.ask(refundCreate, { input: { orderId, ...input }, key });
    return data.refundCreate;
  };
  const over = (parentId: string, amount: string) => ({
    orderId,
    parentId,
    gateway: "shopify_payments",
    kind: "REFUND",
    amount,
  });
  return { ...opened, orderId, read, refund, over };
}

const messages = ({ userErrors }: { userErrors: { message: string }[] }) =>
  userErrors.map(({ message }) => message);

it("cancels only what waits to be shipped, and takes back only what was shipped, to a named place", async () => {
  const { shop, orderId, read, refund } = await withOrder();
  await shop.acts.ship(orderId, { lines: [{ sku: "MUG-01", quantity: 2 }] });
  const { lineItems, fulfillments } = await read();
  const lineItemId = lineItems.nodes[0].id;
  const locationId = fulfillments[0].location.id;
  const line = (quantity: number, restockType: string, place?: string) => ({
    refundLineItems: [{ lineItemId, quantity, restockType, ...(place && { locationId: place }) }],
  });
  expect(messages(await refund(line(2, "CANCEL")))).toEqual([
    expect.stringContaining("quantity that is unfulfilled"),
  ]);
  expect(messages(await refund(line(3, "RETURN", locationId)))).toEqual([
    expect.stringContaining("quantity that was fulfilled"),
  ]);
  expect(messages(await refund(line(1, "RETURN")))).toEqual([
    expect.stringContaining("location must be given"),
  ]);
  expect(shop.view(orderId)?.refunds).toEqual([]);
  const stock = shop.view(orderId)?.stock?.["MUG-01"] ?? 0;
  expect(messages(await refund(line(1, "RETURN", locationId)))).toEqual([]);
  expect(messages(await refund(line(1, "CANCEL")))).toEqual([]);
  expect(shop.view(orderId)?.stock?.["MUG-01"]).toBe(stock + 2);
  expect((await read()).lineItems.nodes[0].refundableQuantity).toBe(1);
});

it("counts the pieces of all lines of one refund together", async () => {
  const { read, refund, shop, orderId } = await withOrder();
  const lineItemId = (await read()).lineItems.nodes[0].id;
  const two = { lineItemId, quantity: 2, restockType: "NO_RESTOCK" };
  expect(messages(await refund({ refundLineItems: [two, two] }))).toHaveLength(1);
  expect(shop.view(orderId)?.refunds).toEqual([]);
});

it("gives no more back than was paid, over no payment more than it holds, unless it is told to", async () => {
  const { read, refund, over, shop, orderId } = await withOrder({ giftCard: true });
  const [gift, card] = (await read()).transactions;
  const most = Number(gift.amountSet.shopMoney.amount);
  const tooMuch = (most + 1).toFixed(2);
  expect(messages(await refund({ transactions: [over(gift.id, tooMuch)] }))).toHaveLength(1);
  const split = { transactions: [over(gift.id, most.toFixed(2)), over(card.id, "1.00")] };
  expect(messages(await refund(split))).toEqual([]);
  expect(messages(await refund({ transactions: [over(gift.id, "0.01")] }))).toHaveLength(1);
  expect(shop.view(orderId)?.refunds).toMatchObject([{ moved: true }]);
  const forced = { transactions: [over(card.id, "500.00")], allowOverRefunding: true };
  expect(messages(await refund(forced))).toEqual([]);
});

it("counts store credit as money given back, and gives it to customers with an account only", async () => {
  const { read, refund, over } = await withOrder();
  const credit = (amount: string, currencyCode = "USD") => ({
    refundMethods: [{ storeCreditRefund: { amount: { amount, currencyCode } } }],
  });
  expect(messages(await refund(credit("5.00", "EUR")))).toHaveLength(1);
  expect(await refund(credit("5.00"))).toMatchObject({
    refund: { transactions: { nodes: [{ status: "SUCCESS", gateway: "shopify_store_credit" }] } },
  });
  const { transactions } = await read();
  const whole = transactions[0].amountSet.shopMoney.amount;
  expect(messages(await refund({ transactions: [over(transactions[0].id, whole)] }))).toHaveLength(
    1,
  );
  const guest = await withOrder({ email: "guest@example.com" });
  expect(messages(await guest.refund(credit("5.00")))).toEqual([
    expect.stringContaining("require an order with a customer"),
  ]);
});

it("keeps money pending until a slow provider has settled it, and tells when it has", async () => {
  const { shop, ask, orderId, read, refund, over } = await withOrder();
  const receiver = await openReceiver();
  await ask(subscribe, { topic: "ORDER_TRANSACTIONS_CREATE", sub: { uri: receiver.url } });
  await shop.acts.setProvider("slow");
  const [sale] = (await read()).transactions;
  expect(await refund({ transactions: [over(sale.id, "4.00")] })).toMatchObject({
    refund: {
      totalRefundedSet: { presentmentMoney: { amount: "0.0" } },
      transactions: { nodes: [{ status: "PENDING" }] },
    },
    userErrors: [],
  });
  expect(await read()).toMatchObject({
    displayFinancialStatus: "PAID",
    totalRefundedSet: { shopMoney: { amount: "0.0" } },
  });
  const rest = (Number(sale.amountSet.shopMoney.amount) - 3).toFixed(2);
  expect(messages(await refund({ transactions: [over(sale.id, rest)] }))).toHaveLength(1);
  await shop.acts.settleRefunds(orderId);
  expect(await read()).toMatchObject({
    displayFinancialStatus: "PARTIALLY_REFUNDED",
    totalRefundedSet: { shopMoney: { amount: "4.0" } },
  });
  await shop.settled();
  const told = receiver.of("order_transactions/create").map(({ body }) => body.status);
  expect(told).toEqual(["pending", "success"]);
});

it("records a refund without money where the provider refuses, and writes manual ones down", async () => {
  const { shop, orderId, read, refund, over } = await withOrder();
  await shop.acts.setProvider("refusing");
  const [sale] = (await read()).transactions;
  expect(await refund({ transactions: [over(sale.id, "4.00")] })).toMatchObject({
    refund: { transactions: { nodes: [{ status: "FAILURE" }] } },
    userErrors: [],
  });
  expect(shop.view(orderId)?.refunds).toMatchObject([{ amount: "0.00", moved: false }]);
  const manual = await withOrder({ payment: "offline" });
  const [deposit] = (await manual.read()).transactions;
  const given = { ...manual.over(deposit.id, "4.00"), gateway: "Bank Deposit" };
  expect(messages(await manual.refund({ transactions: [given] }))).toEqual([]);
  expect(manual.shop.view(manual.orderId)?.refunds).toMatchObject([
    { amount: "4.00", moved: false },
  ]);
});
