import { type Person, priceIn } from "../../../simulator/catalog.js";
import { share, toMinor } from "../../../simulator/money.js";
import { addressOf, taxRateIn } from "./address.js";
import { nothing, portion, rounded, taxed } from "./amounts.js";
import { currencyOf } from "./currencies.js";
import { optionIds, type Product, productOf } from "./products.js";
import type { Destination, Line, Order } from "./state.js";
import { incomplete } from "./statuses.js";
import type { Store } from "./store.js";
import { lineTotal } from "./totals.js";

/** What somebody puts into the cart and how they check out. */
export interface Cart {
  /** `to` is the place among `people` of who receives it, the buyer (0) unless told. */
  lines: readonly { sku: string; quantity: number; to?: number; wrapped?: boolean }[];
  /** The buyer, then others whom parcels go to. */
  people: readonly [Person, ...Person[]];
  /** 0: a guest. */
  customerId?: number;
  email?: string | undefined;
  currency?: string | undefined;
  /** What prices were shown in, where that is another currency than the one paid in. */
  displayCurrency?: string;
  /** Prices have their tax within. */
  taxInclusive?: boolean;
  gateway?: string;
  /** Ten percent off the goods. */
  coupon?: boolean;
  /** A discount on the whole order by the merchant's hand, a decimal text. */
  discount?: string;
  /** A fee on the whole order, a decimal text. */
  fee?: string;
  /** Handling of each parcel, a decimal text. */
  handling?: string;
  /** Nothing is shipped: the customer comes for it. */
  pickup?: boolean;
  source?: string;
  message?: string;
}

export const coupon = { id: 17, code: "RIVER10", percent: 10 } as const;

/** Flat rate and gift wrap in US dollars. */
const flatRate = "7.50";
const wrapPrice = "3.00";

/**
 * The shopper reaches the payment page: the order exists as Incomplete, and webhooks already tell of it.
 * Throws on an unknown SKU or currency.
 */
export function placeOrder(store: Store, cart: Cart): Order {
  const { people, currency = "USD", taxInclusive = false, email } = cart;
  currencyOf(currency);
  const [buyer] = people;
  const now = store.now();
  const order: Order = {
    id: store.nextId("order"),
    statusId: incomplete,
    archived: false,
    customerId: cart.customerId ?? 0,
    createdAt: now,
    modifiedAt: now,
    shippedAt: null,
    currency,
    displayCurrency: cart.displayCurrency ?? currency,
    taxInclusive,
    taxRate: taxRateIn(buyer.address.country),
    gateway: cart.gateway ?? "testgateway",
    paymentStatus: "",
    paymentId: "",
    cartId: uuid(store),
    source: cart.source ?? "www",
    externalOrderId: null,
    staffNotes: "",
    customerMessage: cart.message ?? "",
    billing: addressOf(buyer, email),
    destinations: [],
    lines: [],
    coupons: [],
    fees: [],
    pickup: cart.pickup ? { id: store.nextId("address"), instructions: "Bring your ID." } : null,
    shipments: [],
    transactions: [],
    refunds: [],
    messages: [],
    metafields: [],
    pending: [],
  };
  fill(store, order, cart);
  store.data.orders[order.id] = order;
  store.tell("store/order/created", { type: "order", id: order.id });
  return order;
}

function fill(store: Store, order: Order, cart: Cart): void {
  const bought = cart.lines.map((each) => ({ ...each, product: productOf(each.sku) }));
  const receivers = new Set(
    bought.filter(({ product }) => !product.good.digital && !order.pickup).map(({ to = 0 }) => to),
  );
  const destinations = new Map(
    Array.from(receivers, (to) => [to, destinationOf(store, order, cart, to)] as const),
  );
  order.destinations.push(...destinations.values());
  for (const { product, quantity, to = 0, wrapped } of bought) {
    const destinationId = product.good.digital ? 0 : (destinations.get(to)?.id ?? 0);
    const line = lineFor(store, order, product, quantity);
    const cost = wrapped ? taxed(quantity * costIn(order.currency, wrapPrice), order) : null;
    const wrapping = cost && { name: "Gift Wrap", message: "Happy birthday!", cost };
    const pickupId = product.good.digital ? 0 : (order.pickup?.id ?? 0);
    order.lines.push({ ...line, destinationId, pickupId, wrapping });
  }
  if (cart.coupon) takeCoupon(store, order);
  if (cart.discount !== undefined) takeDiscount(order, toMinor(cart.discount, 4));
  if (cart.fee !== undefined) {
    const cost = taxed(toMinor(cart.fee, 4), order);
    order.fees.push({ id: store.nextId("fee"), name: "Package Protection", cost });
  }
}

function destinationOf(store: Store, order: Order, cart: Cart, to: number): Destination {
  const person = cart.people[to];
  if (!person) throw new RangeError(`there is no person ${to} among ${cart.people.length}`);
  return {
    id: store.nextId("address"),
    address: addressOf(person, to === 0 ? cart.email : undefined),
    method: "Flat Rate",
    shipping: taxed(costIn(order.currency, flatRate), order),
    handling: cart.handling === undefined ? nothing : taxed(toMinor(cart.handling, 4), order),
  };
}

/** A line of the catalog's product at the catalog's price, going nowhere yet. */
export function lineFor(store: Store, order: Order, product: Product, quantity: number): Line {
  const { good, productId, variantId } = product;
  return {
    id: store.nextId("product"),
    destinationId: 0,
    pickupId: 0,
    productId,
    variantId,
    sku: good.sku,
    name: good.name,
    type: good.digital ? "digital" : "physical",
    quantity,
    price: taxed(toMinor(priceIn(order.currency, good), 4), order),
    weightGrams: good.weightGrams,
    wrapping: null,
    discounts: [],
    options: Object.entries(good.variant?.options ?? {}).map(([name, value]) => ({
      id: store.nextId("option"),
      name,
      value,
      ...optionIds(name, value),
    })),
  };
}

function takeCoupon(store: Store, order: Order): void {
  let discount = 0;
  for (const line of order.lines) {
    const amount = portion(lineTotal(line).inc, coupon.percent, 100, order.currency);
    line.discounts.push({
      id: `coupon-${coupon.id}`,
      amount,
      name: "Ten percent off",
      code: coupon.code,
      target: "order",
    });
    discount += amount;
  }
  const { code, percent } = coupon;
  order.coupons.push({ id: store.nextId("coupon"), code, percent, discount });
}

/** Spreads a discount over the lines by what they cost; the last one bears what rounding leaves. */
function takeDiscount(order: Order, discount: number): void {
  const all = order.lines.reduce((total, line) => total + lineTotal(line).inc, 0);
  let left = Math.min(discount, all);
  for (const [index, line] of order.lines.entries()) {
    const isLast = index === order.lines.length - 1;
    const own = portion(discount, lineTotal(line).inc, all, order.currency);
    const amount = isLast ? left : Math.min(own, left);
    left -= amount;
    const name = "Manual Discount";
    line.discounts.push({ id: "manual-discount", amount, name, code: null, target: "order" });
  }
}

/** A price in US dollars as this currency has it. */
function costIn(currency: string, dollars: string): number {
  const [whole = "", decimals = ""] = currencyOf(currency).rate.split(".");
  return rounded(share(toMinor(dollars, 4), Number(whole + decimals), 10 ** 10), currency);
}

function uuid({ random }: Store): string {
  return [8, 4, 4, 4, 12].map((length) => random.text(length)).join("-");
}
