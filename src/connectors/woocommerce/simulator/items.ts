import { fromMinor, share, toMinor } from "../../simulator/money.js";
import { RestError } from "./errors.js";
import type { Arguments } from "./parameters.js";
import { priceCents, productOf, products } from "./products.js";
import type { Site } from "./site.js";
import type { CouponLine, FeeLine, Line, Order, ShippingLine } from "./state.js";
import { netOf, rateFor, taxOn } from "./taxes.js";

/** The site's only coupon: ten percent off every line. */
export const coupon = { id: 17, code: "ten", percent: 10 } as const;

type ItemKind = "lines" | "shippingLines" | "feeLines" | "couponLines";
type Item = Line | ShippingLine | FeeLine | CouponLine;

interface Writer {
  /** The new item of what the API was given. */
  create(site: Site, order: Order, given: Arguments): Item;
  /** Changes an item in place; absent where WooCommerce changes nothing of use. */
  update?(order: Order, item: Item, given: Arguments): void;
  /** Whether the given item asks for its removal. */
  removes(given: Arguments): boolean;
}

const fields: Readonly<Record<string, ItemKind>> = {
  line_items: "lines",
  shipping_lines: "shippingLines",
  fee_lines: "feeLines",
  coupon_lines: "couponLines",
};

const writers: Readonly<Record<ItemKind, Writer>> = {
  lines: {
    create: createLine,
    update: (_order, item, given) => updateLine(item as Line, given),
    removes: ({ quantity, product_id }) => Number(quantity ?? 1) === 0 || product_id === null,
  },
  shippingLines: { create: createShipping, removes: ({ method_id }) => method_id === null },
  feeLines: { create: createFee, removes: ({ name }) => name === null },
  couponLines: { create: createCoupon, removes: ({ code }) => code === null },
};

/**
 * Writes line_items, shipping_lines, fee_lines and coupon_lines of a request into the order: an item with
 * an id changes or removes that item, one without is added. Ends with taxes and discounts made right.
 */
export function writeItems(site: Site, order: Order, given: Arguments): void {
  let written = false;
  for (const [field, kind] of Object.entries(fields)) {
    const list = given[field];
    if (!Array.isArray(list)) continue;
    for (const each of list as Arguments[]) writeItem(site, order, kind, each);
    written = true;
  }
  if (written) calculate(site, order);
}

function writeItem(site: Site, order: Order, kind: ItemKind, given: Arguments): void {
  const { create, update, removes } = writers[kind];
  const items: Item[] = order[kind];
  if (!given.id) {
    items.push(create(site, order, given));
    return;
  }
  const index = items.findIndex(({ id }) => id === Number(given.id));
  const item = items[index];
  if (!item) {
    throw new RestError(
      "woocommerce_rest_invalid_item_id",
      "Order item ID provided is not associated with order.",
      400,
    );
  }
  if (removes(given)) items.splice(index, 1);
  else update?.(order, item, given);
}

function createLine(site: Site, order: Order, given: Arguments): Line {
  const { sku, product_id, variation_id } = given;
  if (!sku && !product_id && !variation_id) {
    throw new RestError(
      "woocommerce_rest_required_product_reference",
      "Product ID or SKU is required.",
      400,
    );
  }
  const product = sku
    ? products.find((each) => each.sku === sku)
    : products.find(({ productId, variationId }) =>
        variation_id
          ? variationId === Number(variation_id)
          : productId === Number(product_id) && variationId === 0,
      );
  const quantity = Number(given.quantity ?? 1);
  // An unknown product is no error: the line stands there bare (measured).
  const price = product ? priceCents(product, "USD") : 0;
  const subtotal = amountOf(given.subtotal) ?? price * quantity;
  const line: Line = {
    id: site.nextId("item"),
    name: typeof given.name === "string" ? given.name : (product?.name ?? ""),
    productId: product?.productId ?? 0,
    variationId: product?.variationId ?? 0,
    quantity,
    subtotal,
    subtotalTax: 0,
    total: amountOf(given.total) ?? subtotal,
    totalTax: 0,
    meta: [],
  };
  for (const [label, value] of Object.entries(product?.options ?? {})) {
    line.meta.push({ id: site.nextId("itemMeta"), key: label.toLowerCase(), value });
  }
  for (const { key, value } of metaOf(given))
    line.meta.push({ id: site.nextId("itemMeta"), key, value });
  order.tax ??= taxLine(site, order);
  return line;
}

/** A new quantity scales the totals unless they are given too. */
function updateLine(line: Line, given: Arguments): void {
  const before = line.quantity;
  if (given.quantity !== undefined) line.quantity = Number(given.quantity);
  const scaled = (amount: number): number =>
    before ? share(amount, line.quantity, before) : amount;
  line.subtotal = amountOf(given.subtotal) ?? scaled(line.subtotal);
  line.total = amountOf(given.total) ?? scaled(line.total);
  if (typeof given.name === "string") line.name = given.name;
}

function createShipping(site: Site, order: Order, given: Arguments): ShippingLine {
  if (!given.method_id) {
    throw new RestError(
      "woocommerce_rest_invalid_shipping_item",
      "Shipping method ID is required.",
      400,
    );
  }
  order.tax ??= taxLine(site, order);
  return {
    id: site.nextId("item"),
    title: String(given.method_title ?? ""),
    methodId: String(given.method_id),
    total: amountOf(given.total) ?? 0,
    tax: 0,
    meta: [],
  };
}

function createFee(site: Site, order: Order, given: Arguments): FeeLine {
  if (!given.name)
    throw new RestError("woocommerce_rest_invalid_fee_item", "Fee name is required.", 400);
  order.tax ??= taxLine(site, order);
  return {
    id: site.nextId("item"),
    name: String(given.name),
    taxable: given.tax_status !== "none",
    total: amountOf(given.total) ?? 0,
    tax: 0,
    meta: [],
  };
}

function createCoupon(site: Site, _order: Order, { code }: Arguments): CouponLine {
  if (String(code).toLowerCase() !== coupon.code) {
    const message = `Coupon "${String(code)}" does not exist!`;
    throw new RestError("woocommerce_rest_invalid_coupon", message, 400);
  }
  return {
    id: site.nextId("item"),
    code: coupon.code,
    percent: coupon.percent,
    discount: 0,
    discountTax: 0,
    metaId: site.nextId("itemMeta"),
  };
}

function taxLine(site: Site, { shipping, billing }: Order): Order["tax"] {
  const rate = rateFor(shipping.country || billing.country);
  return rate ? { itemId: site.nextId("item"), rateId: rate.id } : null;
}

/** Makes discounts and taxes follow from quantities and amounts; the order's tax rate is chosen anew. */
export function calculate(site: Site, order: Order): void {
  const rate = rateFor(order.shipping.country || order.billing.country);
  order.tax = rate ? { itemId: order.tax?.itemId ?? site.nextId("item"), rateId: rate.id } : null;
  for (const line of order.lines) {
    if (order.couponLines.length > 0) line.total = line.subtotal - discountOf(line);
    line.subtotalTax = taxOn(line.subtotal, rate);
    line.totalTax = taxOn(line.total, rate);
  }
  for (const each of order.shippingLines) each.tax = taxOn(each.total, rate);
  for (const each of order.feeLines) each.tax = each.taxable ? taxOn(each.total, rate) : 0;
  for (const each of order.couponLines) {
    each.discount = sum(order.lines, discountOf);
    each.discountTax = sum(order.lines, (line) => taxOn(discountOf(line), rate));
  }
}

/** What the coupon takes off a line. */
function discountOf({ subtotal }: Line): number {
  return share(subtotal, coupon.percent, 100);
}

/** A net price of a good for an order, in cents; `inclusive` prices have their tax within. */
export function netPrice(cents: number, country: string, inclusive: boolean): number {
  return inclusive ? netOf(cents, rateFor(country)) : cents;
}

export interface Totals {
  discount: number;
  discountTax: number;
  shipping: number;
  shippingTax: number;
  cartTax: number;
  totalTax: number;
  total: number;
}

/** An order's totals in cents. */
export function totalsOf({ lines, shippingLines, feeLines }: Order): Totals {
  const shipping = sum(shippingLines, ({ total }) => total);
  const shippingTax = sum(shippingLines, ({ tax }) => tax);
  const cartTax = sum(lines, ({ totalTax }) => totalTax) + sum(feeLines, ({ tax }) => tax);
  const goods = sum(lines, ({ total }) => total) + sum(feeLines, ({ total }) => total);
  return {
    discount: sum(lines, ({ subtotal, total }) => subtotal - total),
    discountTax: sum(lines, ({ subtotalTax, totalTax }) => subtotalTax - totalTax),
    shipping,
    shippingTax,
    cartTax,
    totalTax: cartTax + shippingTax,
    total: goods + shipping + cartTax + shippingTax,
  };
}

/** Whether anything in the order is more than a download; lines of unknown products do not count. */
export function needsProcessing({ lines }: Order): boolean {
  return lines.some((line) => productOf(line)?.digital === false);
}

export function sum<T>(list: readonly T[], amount: (each: T) => number): number {
  return list.reduce((total, each) => total + amount(each), 0);
}

/** An amount of a request in cents: text or JSON number, rounded to two decimals; undefined where absent. */
export function amountOf(given: unknown): number | undefined {
  if (given === undefined || given === null || given === "") return undefined;
  const [, sign = "", whole = "0", fraction = ""] =
    /^(-?)(\d*)(?:\.(\d*))?$/.exec(String(given)) ?? [];
  const milli = toMinor(`${sign}${whole || "0"}.${fraction.slice(0, 6)}`, 6);
  return share(milli, 1, 10_000);
}

/** Cents as the API writes them, with two decimals unless `dp` asks for others. */
export function money(cents: number, decimals = 2): string {
  return decimals >= 2
    ? `${fromMinor(cents)}${"0".repeat(decimals - 2)}`
    : fromMinor(share(cents, 1, 10 ** (2 - decimals)), decimals);
}

export function metaOf(given: Arguments): { key: string; value: unknown }[] {
  return Array.isArray(given.meta_data)
    ? (given.meta_data as { key: string; value: unknown }[])
    : [];
}
