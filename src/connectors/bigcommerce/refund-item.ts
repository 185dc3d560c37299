import { minus } from "../amount.js";
import { compare, isNothing, jsonNumber, lesser } from "./amount.js";
import { type Charge, enteredOf, feeChargesOf, leftOf, shippingChargesOf } from "./charge.js";
import { feeLineId, WRAPPING } from "./line.js";
import { productsOf } from "./payload.js";
import { refuse } from "./prepare.js";
import { isDeclined, type OrderRecords } from "./record.js";

/**
 * What a refund and its quote name, by the description of v3: units of a line, or an amount of something else. They may
 * be mixed in one refund; amounts of ORDER have no tax counted on them.
 */
export type RefundItem = UnitItem | AmountItem;
export interface UnitItem {
  item_type: "PRODUCT" | "GIFT_WRAPPING";
  item_id: number;
  quantity: number;
  /** Taken off what the units come to, each below zero; for PRODUCT alone. */
  adjustments?: { amount: number; description: string }[];
  reason?: string;
}
interface AmountItem {
  item_type: Charge["type"] | "ORDER";
  item_id: number;
  amount: number;
  reason?: string;
}

/** Pieces of one line, in the store's ids; amounts are in the order's transactional currency, tax included. */
export interface LineWish {
  id: string;
  quantity: number;
  /** Of use for fees alone: units are priced by the store. */
  amount: string;
}

/** What names pieces of a line. Throws ChannelError where the order has no such line, or not as many of it left. */
export function lineItems(line: LineWish, records: OrderRecords): RefundItem[] {
  const { order } = records;
  if (line.id === WRAPPING) return wrappingItems(records);
  const fee = feeChargesOf(order).find(({ id }) => feeLineId(id) === line.id);
  if (fee) return isNothing(line.amount) ? [] : [amountItem(fee, line.amount, records)];
  const product = productsOf(order).find(({ id }) => id === line.id);
  if (!product)
    throw refuse("NOT_FOUND", `order ${order.id} has no line ${line.id} that could be refunded`);
  const left = product.quantity - refundedOf(line.id, records, product.quantity_refunded);
  if (line.quantity > left)
    throw refuse(
      "AMOUNT_EXCEEDS_REFUNDABLE",
      `${line.quantity} of line ${line.id} were to be refunded and ${left} of ${product.quantity} are not refunded yet`,
    );
  return [{ item_type: "PRODUCT", item_id: Number(line.id), quantity: line.quantity }];
}

/** What names an amount of the shipping costs: taken off one address after the other. Throws ChannelError where less is left. */
export function shippingItems(gross: string, records: OrderRecords): RefundItem[] {
  let rest = gross;
  const items: RefundItem[] = [];
  for (const charge of shippingChargesOf(records.order)) {
    const part = lesser(rest, leftOf(charge, records.order, records.refunds));
    if (compare(part, "0") <= 0) continue;
    items.push(amountItem(charge, part, records));
    rest = minus(rest, part);
  }
  if (isNothing(rest)) return items;
  throw refuse(
    "AMOUNT_EXCEEDS_REFUNDABLE",
    `${gross} of the shipping costs were to be refunded, which is ${rest} more than is left of them`,
  );
}

/** What names an amount beyond lines and shipping. */
export function extraItem(amount: string, { order }: OrderRecords): RefundItem {
  return { item_type: "ORDER", item_id: Number(order.id), amount: jsonNumber(amount) };
}

function amountItem(charge: Charge, gross: string, { order }: OrderRecords): RefundItem {
  const amount = jsonNumber(enteredOf(charge, gross, order));
  return { item_type: charge.type, item_id: Number(charge.id), amount };
}

/** The order's gift wrapping is one line with us; the store knows it by the lines that are wrapped. */
function wrappingItems(records: OrderRecords): RefundItem[] {
  return productsOf(records.order)
    .filter(({ id, wrapping_name }) => wrapping_name !== null && !isUnwrapped(id, records))
    .map(({ id, quantity }) => ({ item_type: "GIFT_WRAPPING", item_id: Number(id), quantity }));
}

function isUnwrapped(id: string, records: OrderRecords): boolean {
  return refundedItems("GIFT_WRAPPING", id, records).length > 0;
}

function refundedOf(id: string, records: OrderRecords, told: number): number {
  const inRefunds = refundedItems("PRODUCT", id, records).reduce(
    (total, item) => total + (item.quantity ?? 0),
    0,
  );
  return Math.max(inRefunds, told);
}

function refundedItems(type: UnitItem["item_type"], id: string, { refunds }: OrderRecords) {
  return refunds
    .filter((refund) => !isDeclined(refund))
    .flatMap(({ items }) => items)
    .filter((item) => item.item_type === type && item.item_id === id);
}
