import { carriers, goods, manyLines, people } from "../../simulator/catalog.js";
import { transactionId, wishOf } from "./acts.js";
import { type Cart, checkOut } from "./checkout.js";
import { customerIds } from "./order-routes.js";
import { changeStatus, completePayment } from "./order-status.js";
import { productOf, products, stockId } from "./products.js";
import { createRefund, type RefundWish } from "./refunds.js";
import { draftShipment, openLines, shipOrder } from "./shipping.js";
import type { Site } from "./site.js";
import type { Order } from "./state.js";

/** A site whose clock stands where the story is; nobody is told of the past. */
interface Past extends Site {
  /** Lets so many hours go by, but not into the future. */
  pass(hours: number): void;
}
interface Story {
  cart?: Partial<Cart>;
  /** What happened to the order once it was placed. */
  after?: (past: Past, order: Order) => void;
}

const days = 90;
const us = people.slice(0, 3);
const from = (country: string) => people.filter(({ address }) => address.country === country);

/** One of each kind of order that a gateway must understand; the site's past goes round them. */
const stories: readonly Story[] = [
  { after: paid },
  { after: both(paid, shipped) },
  {},
  { cart: { gateway: "bacs" }, after: (past, order) => changeStatus(past, order, "on-hold") },
  { cart: { ...inCountry("DE", "EUR"), pricesIncludeTax: true }, after: paid },
  { cart: { lines: [{ sku: "EBOOK-1", quantity: 1 }] }, after: paid },
  { after: (past, order) => changeStatus(past, order, "cancelled") },
  { cart: { coupon: true, giftWrap: true }, after: paid },
  {
    cart: {
      lines: [
        { sku: "MUG-01", quantity: 3 },
        { sku: "TEE-M", quantity: 1 },
      ],
    },
    after: both(paid, partlyShipped),
  },
  {
    cart: {
      lines: [
        { sku: "HOODIE-L", quantity: 2 },
        { sku: "LAMP-1", quantity: 1 },
      ],
    },
    after: both(paid, shippedInTwo),
  },
  {
    after: both(paid, (past, order) => refund(past, order, wishOf(past, order, { restock: true }))),
  },
  {
    cart: { lines: [{ sku: "MUG-01", quantity: 3 }], gateway: "stripe" },
    after: both(paid, oneRefunded),
  },
  // Goods whose yen and whose tax in yen are whole; the site itself would not mind ¥179.90.
  {
    cart: {
      ...inCountry("JP", "JPY"),
      lines: [
        { sku: "MUG-01", quantity: 1 },
        { sku: "TEE-M", quantity: 2 },
      ],
    },
    after: paid,
  },
  { cart: inCountry("KW", "KWD"), after: paid },
  { after: (past, order) => changeStatus(past, order, "failed") },
  { after: both(paid, (past, order) => changeStatus(past, order, "partial-shipped")) },
  { after: both(paid, (past, order) => changeStatus(past, order, "awaiting-pickup")) },
  {
    cart: {
      lines: [
        { sku: "ALBUM-1", quantity: 1 },
        { sku: "POSTER-A2", quantity: 2 },
      ],
    },
    after: paid,
  },
  { after: both(paid, drafted) },
  {
    cart: {
      ...inCountry("GB", "GBP"),
      pricesIncludeTax: true,
      lines: [
        { sku: "TEE-S", quantity: 1 },
        { sku: "TEE-L", quantity: 2 },
      ],
    },
    after: both(paid, shipped),
  },
  {
    after: both(paid, (past, order) =>
      refund(past, order, wishOf(past, order, { amount: "5.00" })),
    ),
  },
  { after: both(paid, shipped, oneRefunded) },
  { cart: inCountry("CA", "CAD"), after: paid },
];
const plain: Story = { after: paid };
/** As long as an order gets: every line beyond what one page of anything holds. */
const long: Story = {
  cart: {
    lines: manyLines(300),
  },
  after: paid,
};
const longAt = 7;
const knownNumber = 1042;

/** Fills an empty site with `count` orders of the last ninety days, number 1042 always among them. */
export function seed(site: Site, count: number): void {
  for (const product of products) if (!product.digital) site.data.stock[stockId(product)] = 10_000;
  const first = count >= knownNumber - 1000 ? 1001 : knownNumber;
  site.data.last.number = first - 1;
  const end = site.now() - 60;
  for (let index = 0; index < count; index += 1) {
    const start = end - Math.floor(((count - index) * days * 86_400) / count);
    const story = storyAt(index, first, count);
    tell(pastOf(site, start, end), story);
  }
}

function storyAt(index: number, first: number, count: number): Story {
  if (first + index === knownNumber) return plain;
  if (index === longAt && count > stories.length) return long;
  return stories[index % stories.length] ?? plain;
}

function tell(past: Past, { cart, after }: Story): void {
  const { random } = past;
  const isCustomer = random.chance(0.4);
  const order = checkOut(past, {
    person: random.pick(us),
    lines: twoGoods(past),
    customerId: isCustomer ? random.integer(customerIds.first, customerIds.last) : 0,
    createdVia: random.chance(0.9) ? "checkout" : "admin",
    ...cart,
  });
  after?.(past, order);
}

function pastOf(site: Site, start: number, end: number): Past {
  let at = start;
  return {
    ...site,
    now: () => at,
    emit: () => {},
    pass: (hours) => {
      at = Math.min(at + hours * 3600, end);
    },
  };
}

function twoGoods({ random }: Site): Cart["lines"] {
  const skus = new Set(["MUG-01", random.pick(goods.filter(({ digital }) => !digital)).sku]);
  return Array.from(skus, (sku) => ({ sku, quantity: random.integer(1, 3) }));
}

function inCountry(country: string, currency: string): Partial<Cart> {
  const person = from(country)[0];
  return { currency, ...(person && { person }) };
}

function both(
  ...steps: ((past: Past, order: Order) => void)[]
): (past: Past, order: Order) => void {
  return (past, order) => {
    for (const step of steps) step(past, order);
  };
}

function paid(past: Past, order: Order): void {
  completePayment(past, order, transactionId(past));
}

function trackingOf({ random }: Site): { number: string; carrier: string } {
  const carrier = random.pick(carriers);
  return { number: carrier.number(random), carrier: carrier.code };
}

function shipped(past: Past, order: Order): void {
  past.pass(20);
  shipOrder(past, order, { tracking: trackingOf(past) });
}

function partlyShipped(past: Past, order: Order): void {
  past.pass(20);
  shipOrder(past, order, { lines: [{ sku: "MUG-01", quantity: 2 }], tracking: trackingOf(past) });
}

function shippedInTwo(past: Past, order: Order): void {
  past.pass(20);
  shipOrder(past, order, { lines: [{ sku: "HOODIE-L", quantity: 2 }], tracking: trackingOf(past) });
  if (past.fulfillments) shipped(past, order);
}

function drafted(past: Past, order: Order): void {
  past.pass(2);
  if (past.fulfillments) draftShipment(past, order, openLines(past, order).slice(0, 1));
}

function oneRefunded(past: Past, order: Order): void {
  past.pass(48);
  const sku = order.lines.map((line) => productOf(line)?.sku)[0] ?? "MUG-01";
  refund(past, order, {
    ...wishOf(past, order, { lines: [{ sku, quantity: 1 }], restock: true }),
    reason: "Broken",
  });
}

function refund(past: Past, order: Order, wish: RefundWish): void {
  past.pass(24);
  createRefund(past, order, wish);
}
