import { type Good, goodOf, type Person, priceIn } from "../../../simulator/catalog.js";
import { share, toMinor } from "../../../simulator/money.js";
import { fulfillmentOrderNews, orderNews, transactionNews } from "../webhooks/news.js";
import { addressOf } from "./address.js";
import { route } from "./routing.js";
import type { Shop } from "./shop.js";
import type {
  Allocation,
  Attribute,
  Bag,
  Discount,
  Line,
  Order,
  Tax,
  Transaction,
  Variant,
} from "./state.js";
import {
  decimals,
  lineNet,
  minus,
  nothing,
  outstanding,
  placedTotals,
  portion,
  sum,
} from "./totals.js";

/** What a customer orders, and how. */
export interface Placing {
  lines: { sku: string; quantity: number; attributes?: Attribute[] }[];
  person: Person;
  currency: string;
  /** How it is paid; "authorized" is captured later, "pending" is a bank transfer, "split" a gift card and a card. */
  payment: "paid" | "captured" | "authorized" | "partial" | "pending" | "deposited" | "split";
  customerId?: string | null;
  email?: string;
  taxesIncluded?: boolean;
  discounts?: Discount[];
  note?: string;
  poNumber?: string;
  tags?: string[];
  attributes?: Attribute[];
  test?: boolean;
  /** Ships not before this time. */
  fulfillAt?: string;
}

/** Sales tax or VAT by country, as parts of 10,000. */
const taxes: Record<string, { title: string; per10k: number }> = {
  US: { title: "State Tax", per10k: 825 },
  CA: { title: "GST", per10k: 500 },
  GB: { title: "VAT", per10k: 2000 },
  DE: { title: "MwSt", per10k: 1900 },
  FR: { title: "TVA", per10k: 2000 },
  JP: { title: "CT", per10k: 1000 },
  AU: { title: "GST", per10k: 1000 },
};

const parcelGood = { sku: "", name: "Standard", weightGrams: 0, priceCents: 690 };
/** How long a card's authorisation holds. */
const authorizationDays = 7;

/** A customer places an order; it is routed to the locations that have the goods. */
export function placeOrder(shop: Shop, placing: Placing): Order {
  const at = shop.now();
  const order = emptyOrder(shop, placing, at);
  order.lines = placing.lines.map((wish) => lineOf(shop, order, wish));
  if (order.lines.some(({ requiresShipping }) => requiresShipping))
    order.shippingLines = [parcelLine(shop, order)];
  spreadDiscounts(order);
  const { country } = placing.person.address;
  for (const taxed of order.lines) taxed.taxes = taxesOn(order, country, lineNet(taxed));
  for (const taxed of order.shippingLines) {
    const discount = sum(taxed.allocations.map(({ amount }) => amount));
    taxed.taxes = taxesOn(order, country, minus(taxed.price, discount));
  }
  takePayment(shop, order, placing.payment);
  route(shop, order, order.lines, placing.fulfillAt ?? null);
  shop.add(order);
  const paid = outstanding(order).shop <= 0;
  shop.say([
    orderNews(shop, "ORDERS_CREATE", order),
    orderNews(shop, "ORDERS_UPDATED", order),
    ...(paid ? [orderNews(shop, "ORDERS_PAID", order)] : []),
    ...order.transactions
      .filter(({ status }) => status !== "PENDING")
      .map((each) => transactionNews(order, each)),
    ...order.fulfillmentOrders.map((each) =>
      fulfillmentOrderNews("FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE", each),
    ),
  ]);
  return order;
}

/** Records one transaction on the order, successful unless told. */
export function addTransaction(
  shop: Shop,
  order: Order,
  given: Pick<Transaction, "kind" | "amount" | "gateway"> & Partial<Transaction>,
): Transaction {
  const transaction: Transaction = {
    id: shop.mint("OrderTransaction", order),
    status: "SUCCESS",
    createdAt: shop.now(),
    parentId: null,
    paymentId: `${order.name}.${order.transactions.length + 1}`,
    authorizationExpiresAt: null,
    errorCode: null,
    ...given,
  };
  order.transactions.push(transaction);
  return transaction;
}

function emptyOrder(shop: Shop, placing: Placing, at: string): Order {
  const { person } = placing;
  shop.data.lastOrderNumber += 1;
  const number = shop.data.lastOrderNumber;
  const digital = placing.lines.every(({ sku }) => goodOf(sku).digital);
  return {
    id: shop.mint("Order"),
    number,
    name: `#${number}`,
    confirmationNumber: shop.random.text(9, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"),
    createdAt: at,
    updatedAt: at,
    processedAt: at,
    cancelledAt: null,
    cancelReason: null,
    closedAt: null,
    test: placing.test ?? false,
    edited: false,
    currency: placing.currency,
    taxesIncluded: placing.taxesIncluded ?? false,
    customerId: placing.customerId ?? null,
    email: placing.email ?? person.email,
    phone: null,
    locale: "en",
    note: placing.note ?? null,
    poNumber: placing.poNumber ?? null,
    tags: [...(placing.tags ?? [])].sort(),
    attributes: placing.attributes ?? [],
    billingAddress: addressOf(person),
    shippingAddress: digital ? null : addressOf(person),
    lines: [],
    shippingLines: [],
    discounts: placing.discounts ?? [],
    transactions: [],
    refunds: [],
    fulfillmentOrders: [],
    fulfillments: [],
    returns: [],
  };
}

/** A price in both currencies. */
function priceOf(currency: string, good: Good): Bag {
  return {
    shop: good.priceCents,
    presentment: toMinor(priceIn(currency, good), decimals(currency)),
  };
}

function variantOf(shop: Shop, sku: string): Variant {
  const variant = shop.data.products
    .flatMap(({ variants }) => variants)
    .find((each) => each.sku === sku);
  if (variant) return variant;
  throw new RangeError(`this shop sells nothing with the SKU "${sku}"`);
}

/** A new line of an order, whose pieces are in stock no more; without its taxes. */
export function lineOf(
  shop: Shop,
  order: Order,
  { sku, quantity, attributes = [] }: Placing["lines"][number],
): Line {
  const good = goodOf(sku);
  const variant = variantOf(shop, sku);
  variant.available -= quantity;
  return {
    id: shop.mint("LineItem", order),
    variantId: variant.id,
    productId: variant.productId,
    sku,
    title: good.name,
    variantTitle: variant.title === "Default Title" ? null : variant.title,
    vendor: "Tributary Goods",
    quantity,
    removed: 0,
    grams: variant.grams,
    requiresShipping: variant.requiresShipping,
    unitPrice: priceOf(order.currency, good),
    allocations: [],
    taxes: [],
    attributes,
  };
}

function parcelLine(shop: Shop, order: Order) {
  return {
    id: shop.mint("ShippingLine", order),
    title: "Standard",
    code: "Standard",
    price: priceOf(order.currency, parcelGood),
    allocations: [],
    taxes: [],
  };
}

/** Lays each discount on the lines it is for: a percentage on each, a sum in proportion, the rest on the last. */
function spreadDiscounts(order: Order): void {
  order.discounts.forEach(({ value, target }, index) => {
    const targets: { allocations: Allocation[]; whole: Bag }[] =
      target === "LINE_ITEM"
        ? order.lines.map((line) => ({ allocations: line.allocations, whole: lineNet(line) }))
        : order.shippingLines.map(({ allocations, price }) => ({ allocations, whole: price }));
    const whole = sum(targets.map((each) => each.whole));
    let left = "amount" in value ? value.amount : nothing;
    targets.forEach((each, place) => {
      const last = place === targets.length - 1;
      const amount =
        "percentage" in value
          ? portion(each.whole, toMinor(value.percentage), 100_00)
          : last
            ? left
            : proportion(value.amount, each.whole, whole);
      left = minus(left, amount);
      each.allocations.push({ index, amount });
    });
  });
}

const proportion = (amount: Bag, part: Bag, whole: Bag): Bag => ({
  shop: share(amount.shop, part.shop, whole.shop || 1),
  presentment: share(amount.presentment, part.presentment, whole.presentment || 1),
});

/** What the customer's country takes on such an amount. */
export function taxesOn(order: Order, country: string, net: Bag): Tax[] {
  const tax = taxes[country];
  if (!tax) return [];
  const whole = order.taxesIncluded ? 10_000 + tax.per10k : 10_000;
  const rate = `0.${String(tax.per10k).padStart(4, "0")}`.replace(/0+$/, "");
  return [{ title: tax.title, rate, amount: portion(net, tax.per10k, whole) }];
}

function takePayment(shop: Shop, order: Order, payment: Placing["payment"]): void {
  const { total: amount } = placedTotals(order);
  const card = { gateway: "shopify_payments", amount };
  const expires = new Date(Date.parse(shop.now()) + authorizationDays * 86_400_000);
  const authorize = () =>
    addTransaction(shop, order, {
      ...card,
      kind: "AUTHORIZATION",
      authorizationExpiresAt: `${expires.toISOString().slice(0, 19)}Z`,
    });
  const take: Record<Placing["payment"], () => unknown> = {
    paid: () => addTransaction(shop, order, { ...card, kind: "SALE" }),
    authorized: authorize,
    captured: () =>
      addTransaction(shop, order, { ...card, kind: "CAPTURE", parentId: authorize().id }),
    partial: () =>
      addTransaction(shop, order, { ...card, kind: "SALE", amount: portion(amount, 1, 2) }),
    split() {
      const gift = portion(amount, 1, 3);
      addTransaction(shop, order, { kind: "SALE", gateway: "gift_card", amount: gift });
      addTransaction(shop, order, { ...card, kind: "SALE", amount: minus(amount, gift) });
    },
    deposited: () => addTransaction(shop, order, { kind: "SALE", gateway: "Bank Deposit", amount }),
    pending: () =>
      addTransaction(shop, order, {
        kind: "SALE",
        status: "PENDING",
        gateway: "Bank Deposit",
        amount,
      }),
  };
  take[payment]();
}
