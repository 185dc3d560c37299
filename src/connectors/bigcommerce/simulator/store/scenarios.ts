import { carriers, goods, manyLines, type Person, people } from "../../../simulator/catalog.js";
import { personFrom, refundByHand, shipByHand, tenth } from "./acts.js";
import { plain } from "./amounts.js";
import { addMessage, archive, setStatus } from "./ordering.js";
import { completeCheckout, declinePayment, settle } from "./paying.js";
import type { Cart } from "./placing.js";
import type { Order } from "./state.js";
import { awaitingFulfillment, cancelled, declined, partiallyShipped } from "./statuses.js";
import type { Store } from "./store.js";

/** What happened to one order of the store's past. */
export interface Scenario {
  cart?: Partial<Cart>;
  after?: (past: Past, order: Order) => void;
}

/** A store whose clock stands where the story is; nobody is told of the past. */
export interface Past extends Store {
  /** Lets so many hours go by, but not into the future. */
  pass(hours: number): void;
}

type Step = (past: Past, order: Order) => void;

const abroad = (country: string, currency: string): Partial<Cart> => ({
  currency,
  people: [people.find(({ address }) => address.country === country) as Person],
});
const mugsAndTee: Cart["lines"] = [
  { sku: "MUG-01", quantity: 3 },
  { sku: "TEE-M", quantity: 1 },
];
const toTwo: Partial<Cart> = {
  people: [people[0] as Person, people[1] as Person],
  lines: [
    { sku: "MUG-01", quantity: 2 },
    { sku: "POSTER-A2", quantity: 1, to: 1 },
    { sku: "TEE-S", quantity: 2, to: 1 },
  ],
};

const paid: Step = (past, order) => completeCheckout(past, order, { paid: true });
const unpaid: Step = (past, order) => completeCheckout(past, order, { paid: false });
const status =
  (statusId: number): Step =>
  (past, order) =>
    setStatus(past, order, statusId);
const refundedUnit: Step = (past, order) => {
  past.pass(48);
  refundByHand(past, order, { lines: [{ sku: order.lines[0]?.sku ?? "", quantity: 1 }] });
};
const refundedWhole: Step = (past, order) => {
  past.pass(24);
  refundByHand(past, order);
};
const refundedTenth: Step = (past, order) => {
  past.pass(30);
  refundByHand(past, order, { amount: plain(tenth(order), order.currency) });
};
const delivered =
  (lines?: Parameters<typeof shipByHand>[2]): Step =>
  (past, order) => {
    past.pass(20);
    const { code, number } = past.random.pick(carriers);
    shipByHand(past, order, { tracking: { carrier: code, number: number(past.random) }, ...lines });
  };
const shippedWhole = delivered();
const shippedPart = delivered({ lines: [{ sku: "MUG-01", quantity: 2 }] });
const shippedFirstAddress = delivered({ lines: [{ sku: "MUG-01", quantity: 2 }] });
const then =
  (...steps: Step[]): Step =>
  (past, order) => {
    for (const step of steps) step(past, order);
  };

/** One of each kind of order that a gateway must understand, every status but 0 among them; the past goes round them. */
export const scenarios: readonly Scenario[] = [
  { after: paid },
  { after: then(paid, shippedWhole) },
  { cart: { gateway: "bankdeposit" }, after: unpaid },
  { cart: { ...abroad("DE", "EUR"), taxInclusive: true }, after: paid },
  { cart: { lines: [{ sku: "EBOOK-1", quantity: 1 }] }, after: paid },
  { after: then(paid, status(cancelled)) },
  { cart: { coupon: true, lines: mugsAndTee }, after: paid },
  { cart: { lines: mugsAndTee }, after: then(paid, shippedPart) },
  { cart: toTwo, after: then(paid, shippedFirstAddress) },
  { cart: toTwo, after: then(paid, shippedWhole) },
  { after: then(paid, refundedWhole) },
  { after: then(paid, shippedWhole, refundedUnit) },
  { cart: { lines: mugsAndTee, customerId: 12 }, after: then(paid, refundedUnit, refundedTenth) },
  { cart: abroad("JP", "JPY"), after: then(paid, refundedUnit) },
  { cart: abroad("KW", "KWD"), after: then(paid, refundedTenth) },
  { after: then((_past, order) => declinePayment(order), status(declined)) },
  { after: then(paid, status(1)) },
  { cart: { gateway: "custom", source: "manual" }, after: then(paid, status(12)) },
  { cart: { pickup: true }, after: then(paid, status(8)) },
  { after: then(paid, status(9)) },
  { after: then(paid, shippedWhole, status(13)) },
  { after: then(paid, shippedWhole, status(10)) },
  { cart: { gateway: "stripe" }, after: paid },
  {
    cart: { gateway: "stripe" },
    after: then(paid, (past, order) => settle(past, order), shippedWhole),
  },
  {
    cart: { discount: "5.00", fee: "2.50", handling: "1.25", lines: mugsAndTee },
    after: paid,
  },
  {
    cart: {
      lines: [
        { sku: "MUG-01", quantity: 2, wrapped: true },
        { sku: "ALBUM-1", quantity: 1 },
      ],
    },
    after: then(paid, shippedWhole),
  },
  // Shown in pounds, paid in dollars.
  { cart: { displayCurrency: "GBP" }, after: paid },
  {
    cart: { ...abroad("GB", "GBP"), taxInclusive: true, coupon: true },
    after: then(paid, refundedUnit),
  },
  { cart: { message: "Leave it in the shed, please." }, after: then(paid, asked) },
  {
    cart: { ...abroad("CA", "CAD"), customerId: 14 },
    after: then(paid, shippedWhole, refundedWhole),
  },
  { after: then(paid, shippedWhole, takenBack) },
  { cart: { gateway: "bankdeposit" }, after: then(unpaid, (past, order) => settle(past, order)) },
];

/** What stands between the others and is no order to work on, by the place in the round it comes after. */
export const asides: Readonly<Record<number, Scenario>> = {
  // Left at the payment page: Incomplete (0).
  2: {},
  12: { after: then(paid, status(cancelled), (past, order) => archive(past, order)) },
};

/** As long as an order gets: more lines than any page of them holds. */
export const longScenario: Scenario = {
  cart: {
    lines: manyLines(300),
  },
  after: paid,
};
export const plainScenario: Scenario = { after: paid };

/** Two goods for somebody in the United States, where the scenario says nothing else. */
export function usualCart({ random }: Store): Cart {
  const others = goods.filter(({ digital, sku }) => !digital && sku !== "MUG-01");
  const customerId = random.chance(0.4) ? random.integer(11, 60) : 0;
  return {
    people: [personFrom(random, "US")],
    customerId,
    lines: ["MUG-01", random.pick(others).sku].map((sku) => ({
      sku,
      quantity: random.integer(1, 3),
    })),
  };
}

function asked(past: Past, order: Order): void {
  past.pass(3);
  addMessage(past, order, { from: "customer", text: "Can you gift wrap it?" });
  addMessage(past, order, { from: "admin", text: "Of course!" });
}

/** Shipped by mistake: the shipment is gone, the status says Shipped still. */
function takenBack(past: Past, order: Order): void {
  past.pass(1);
  order.shipments = [];
  order.shippedAt = null;
  if (order.statusId === partiallyShipped) order.statusId = awaitingFulfillment;
}
