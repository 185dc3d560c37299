import { carriers, goods, manyLines, type Person, people } from "../../simulator/catalog.js";
import { invoiceAll, refundByHand, shipByHand, trackOf } from "./acts.js";
import { one } from "./amount.js";
import { type Cart, checkOut } from "./checkout.js";
import { stockUp } from "./inventory.js";
import { invoice } from "./invoices.js";
import { setState, touch } from "./order.js";
import { cancel, comment, hold } from "./order-status.js";
import { requestReturn, saveReturn } from "./returns.js";
import { ship } from "./shipments.js";
import type { Site } from "./site.js";
import type { Order, OrderState } from "./state.js";

/** A site whose clock stands where the story is. */
interface Past extends Site {
  /** Lets so many hours go by, but not into the future. */
  pass(hours: number): void;
}
type Step = (past: Past, order: Order) => void;
interface Story {
  cart?: Partial<Cart>;
  /** What happened to the order once it was placed. */
  after?: Step;
}

const days = 90;
const us = people.slice(0, 3);
const europe: Partial<Cart> = { storeId: 2 };
const mugs = (quantity: number): Partial<Cart> => ({ lines: [{ sku: "MUG-01", quantity }] });

/** One of each kind of order that a gateway must understand; the site's past goes round them. */
const stories: readonly Story[] = [
  { cart: { method: "braintree" }, after: paid },
  { cart: { method: "braintree" }, after: steps(paid, shipped) },
  {},
  { cart: { method: "banktransfer" }, after: inState("pending_payment") },
  { cart: { ...europe, ...inCountry("DE") }, after: paid },
  { cart: { lines: [{ sku: "EBOOK-1", quantity: 1 }], method: "braintree" }, after: paid },
  { after: (past, order) => cancel(past, order) },
  { cart: { coupon: true }, after: paid },
  { cart: mugs(3), after: steps(paid, shippedOf("MUG-01", 2)) },
  {
    cart: {
      lines: [
        { sku: "HOODIE-L", quantity: 2 },
        { sku: "LAMP-1", quantity: 1 },
      ],
    },
    after: steps(paid, shippedFromTwo),
  },
  { cart: { method: "braintree" }, after: steps(paid, shipped, refundedWhole) },
  { cart: { ...mugs(3), method: "braintree" }, after: steps(paid, refundedOf("MUG-01", 1)) },
  // Goods whose yen are whole; the site itself would not mind 1,012.5 of them.
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
  { cart: { ...inCountry("KW", "KWD"), method: "braintree" }, after: paid },
  { after: steps(paid, (past, order) => hold(past, order)) },
  { cart: { method: "braintree" }, after: underReview },
  { after: steps(paid, withStatus("awaiting_pickup")) },
  { after: steps(paid, withStatus("fraud")) },
  {
    cart: {
      lines: [
        { sku: "ALBUM-1", quantity: 1 },
        { sku: "POSTER-A2", quantity: 2 },
      ],
    },
    after: paid,
  },
  { cart: { lines: [{ sku: "DESK-SET", quantity: 2 }] }, after: steps(paid, shipped) },
  {
    cart: { lines: [{ sku: "TEA-SET", quantity: 1 }] },
    after: steps(paid, shippedOf("MUG-01", 1)),
  },
  { cart: { lines: [{ sku: "TEA-LOOSE", quantity: 1.25 }] }, after: steps(paid, weighed) },
  { cart: mugs(4), after: steps(invoicedOf(1), shippedOf("MUG-01", 2)) },
  { cart: mugs(6), after: canceledInPart },
  { after: steps(shipped) },
  { after: steps(paid, shippedWithTwoTracks) },
  { cart: { ...europe, ...inCountry("GB", "GBP") }, after: steps(paid, shipped) },
  { after: steps(paid, shipped, goodwill, returned) },
  { cart: { ...inCountry("CA", "CAD"), coupon: true }, after: paid },
  { cart: { ...europe, ...inCountry("FR") }, after: steps(paid, shipped, refundedOf("MUG-01", 1)) },
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
/** An order from the shop before this one, which kept its number. */
const importedAt = 3;
const imported: Story = { cart: { incrementId: String(knownNumber) }, after: steps(paid, shipped) };

/** Fills an empty site with `count` orders of the last ninety days; "000001042" and "1042" are among them. */
export function seed(site: Site, count: number): void {
  stockUp(site);
  // Orders of the second store, and the imported one, take no number of the first.
  site.data.last["order 1"] = knownNumber - 1;
  const end = site.now() - 60;
  for (let index = 0; index < count; index += 1) {
    const start = end - Math.floor(((count - index) * days * 86_400) / count);
    tell(pastOf(site, start, end), storyAt(index, count));
  }
}

/** The first order is number 1042 of its store, and the fourth the old shop's. */
function storyAt(index: number, count: number): Story {
  if (index === 0) return plain;
  if (index === importedAt) return imported;
  if (index === longAt && count > stories.length) return long;
  return stories[(index - 1) % stories.length] ?? plain;
}

function tell(past: Past, { cart, after }: Story): void {
  const { random } = past;
  const isCustomer = random.chance(0.4);
  const order = checkOut(past, {
    person: random.pick(us),
    lines: twoGoods(past),
    customerId: isCustomer ? random.integer(1, 40) : null,
    ...cart,
  });
  after?.(past, order);
}

function pastOf(site: Site, start: number, end: number): Past {
  let at = start;
  return Object.assign(Object.create(site) as Site, {
    now: () => at,
    pass: (hours: number) => {
      at = Math.min(at + hours * 3600, end);
    },
  });
}

function twoGoods({ random }: Site): Cart["lines"] {
  const skus = new Set(["MUG-01", random.pick(goods.filter(({ digital }) => !digital)).sku]);
  return Array.from(skus, (sku) => ({ sku, quantity: random.integer(1, 3) }));
}

function inCountry(country: string, currency?: string): Partial<Cart> {
  const person: Person | undefined = people.find(({ address }) => address.country === country);
  return { ...(currency && { currency }), ...(person && { person }) };
}

function steps(...all: Step[]): Step {
  return (past, order) => {
    for (const step of all) {
      past.pass(6);
      step(past, order);
    }
  };
}

function paid(past: Past, order: Order): void {
  invoiceAll(past, order);
}

function invoicedOf(units: number): Step {
  return (past, order) => {
    const quantities = new Map(order.items.slice(0, 1).map(({ id }) => [id, units * one]));
    invoice(past, order, { quantities, capture: true });
  };
}

function shipped(past: Past, order: Order): void {
  shipByHand(past, order, { tracking: trackingOf(past) });
}

function shippedOf(sku: string, quantity: number): Step {
  return (past, order) => {
    // Of a bundle that ships apart, the child is the line; its SKU is on no other row.
    shipByHand(past, order, { lines: [{ sku, quantity }], tracking: trackingOf(past) }, "wh2");
  };
}

function shippedFromTwo(past: Past, order: Order): void {
  shipByHand(
    past,
    order,
    { lines: [{ sku: "HOODIE-L", quantity: 2 }], tracking: trackingOf(past) },
    "wh2",
  );
  past.pass(20);
  shipByHand(past, order, { tracking: trackingOf(past) }, "wh3");
}

function shippedWithTwoTracks(past: Past, order: Order): void {
  const tracks = [trackOf(trackingOf(past)), trackOf(trackingOf(past))];
  ship(past, order, { quantities: new Map(), tracks, sourceCode: "wh2" });
}

/** Sold by the kilogram: a part of a unit ships, and a part comes back. */
function weighed(past: Past, order: Order): void {
  shipByHand(past, order, {
    lines: [{ sku: "TEA-LOOSE", quantity: 0.75 }],
    tracking: trackingOf(past),
  });
  past.pass(30);
  refundByHand(past, order, { lines: [{ sku: "TEA-LOOSE", quantity: 0.25 }] });
}

function canceledInPart(past: Past, order: Order): void {
  invoicedOf(1)(past, order);
  shippedOf("MUG-01", 3)(past, order);
  past.pass(30);
  refundByHand(past, order, { lines: [{ sku: "MUG-01", quantity: 1 }] });
  cancel(past, order);
}

function refundedWhole(past: Past, order: Order): void {
  past.pass(48);
  refundByHand(past, order, { restock: true });
}

function refundedOf(sku: string, quantity: number): Step {
  return (past, order) => {
    past.pass(48);
    refundByHand(past, order, { lines: [{ sku, quantity }], restock: true });
  };
}

function goodwill(past: Past, order: Order): void {
  past.pass(48);
  refundByHand(past, order, { amount: "5.00" });
}

/** Adobe Commerce keeps returns; Open Source has no table for them. */
function returned(past: Past, order: Order): void {
  if (past.edition !== "commerce") return;
  const [item] = order.items;
  const rma = item && requestReturn(past, order, [{ item, quantity: 1 }]);
  const items = rma?.items.map(({ id }) => ({
    entity_id: id,
    qty_authorized: 1,
    status: "authorized",
  }));
  if (rma) saveReturn(past, { status: "authorized", items }, rma);
}

function underReview(past: Past, order: Order): void {
  invoice(past, order, { quantities: new Map(), capture: true, pending: true });
  inState("payment_review")(past, order);
}

function inState(state: OrderState): Step {
  return (past, order) => {
    setState(order, state);
    touch(past, order);
  };
}

function withStatus(status: string): Step {
  return (past, order) => {
    const silent = { entityName: "order", isCustomerNotified: 0, isVisibleOnFront: 0 };
    comment(past, order, { comment: "Set aside.", ...silent, status });
  };
}

function trackingOf({ random }: Site): { number: string; carrier: string } {
  const carrier = random.pick(carriers);
  return { number: carrier.number(random), carrier: carrier.code };
}
