import type { Quote, QuoteAsked } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import { addBags, atLeastZero, type MoneyBag, subtractBags } from "../../domain/money.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { isPlannedRefund } from "../../domain/refund.js";
import { minus, sum } from "../amount.js";
import { type Amounts, amountsOf, compare, isNothing, portion } from "./amount.js";
import { feeChargesOf, leftOf, shippingChargesOf } from "./charge.js";
import { feeLineId } from "./line.js";
import { checkWhole } from "./plan-refund.js";
import { type Reader, readRecords } from "./read.js";
import type { OrderRecords } from "./record.js";
import { lineItems, type RefundItem, shippingItems } from "./refund-item.js";
import { askQuote, chooseMethod, isByHand, type StoreQuote } from "./refund-quote.js";
import { totalsOf } from "./total.js";

/** More lines than these are priced together and share the sum, since each would take a request of the store's quota. */
const PRICED_ALONE = 8;

/**
 * What the store says that these pieces come to. It prices a refund as a whole, so each line is priced alone and the last
 * takes what is left of the whole: the lines and the shipping add up to what a refund of them will move. Reads and asks,
 * changes nothing. Throws ChannelError in the store's words where it refunds nothing, InvalidInput for parts of a piece.
 */
export async function quoteRefund(
  reader: Reader,
  order: Order,
  asked: QuoteAsked,
  signal?: AbortSignal,
): Promise<Quote> {
  // Which of the caller's lines these are is not known here: those with an amount of their own are not asked about.
  for (const line of asked.lines) checkWhole(line, ["lines"]);
  const records = await readRecords(reader, order.nativeId, signal);
  if (!records)
    throw new ChannelError("NOT_FOUND", `BigCommerce: order ${order.nativeId} is not there`, {
      mayHaveHappened: false,
    });
  const amounts = amountsOf(records.order);
  const price = async (items: readonly RefundItem[]) =>
    items.length > 0 ? askQuote(reader.api, order.nativeId, items, signal) : NOTHING;
  const lines = asked.lines.map((line) => lineItems(nativeLine(line, order, records), records));
  const left = asked.shipping ? shippingLeft(records) : "0";
  const shipping = isNothing(left) ? [] : shippingItems(left, records);
  const all = [...lines.flat(), ...shipping];
  const whole = await price(all);
  const goods = shipping.length > 0 ? (await price(lines.flat())).total : whole.total;
  const costs = asked.lines.map(({ lineId, quantity }) => costOf(lineId, quantity, order));
  const shares = await sharesOf(lines, goods, costs, price, records.order.default_currency_code);
  return {
    maximum: maximumOf(records, order, amounts),
    lines: asked.lines.map(({ lineId, quantity }, index) => ({
      lineId,
      quantity,
      amount: amounts.bag(shares[index] ?? "0"),
    })),
    shippingMaximum: amounts.bag(minus(whole.total, goods)),
    exact: true,
    warnings: all.length > 0 ? warningsOf(whole, records) : [],
  };
}

const NOTHING: StoreQuote = { total: "0", methods: [] };
type Price = (items: readonly RefundItem[]) => Promise<StoreQuote>;

/** Each line's part of what all come to. One after the other: the store is not to be asked for refunds side by side. */
async function sharesOf(
  lines: readonly RefundItem[][],
  total: string,
  costs: readonly string[],
  price: Price,
  currency: string,
): Promise<string[]> {
  if (lines.length > PRICED_ALONE) return inProportion(total, costs, currency);
  const alone: string[] = [];
  for (const items of lines.slice(0, -1)) alone.push((await price(items)).total);
  const rest = minus(total, sum(alone));
  // Together they may be cut down to what is left of the order's money.
  if (compare(rest, "0") < 0) return inProportion(total, costs, currency);
  return lines.length > 0 ? [...alone, rest] : [];
}

/** Shares an amount by what things cost, to the last unit of the currency. */
function inProportion(total: string, costs: readonly string[], currency: string): string[] {
  const all = sum(costs);
  let before = "0";
  return costs.map((_, index) => {
    const upTo = portion(total, sum(costs.slice(0, index + 1)), all, currency);
    const own = minus(upTo, before);
    before = upTo;
    return own;
  });
}

function costOf(lineId: string, quantity: number, order: Order): string {
  const line = present(order.lines).find((it) => it.id === lineId);
  if (!line || line.ordered <= 0) return "0";
  const { amount, currency } = line.total.presentment;
  return portion(amount, String(quantity), String(line.ordered), currency);
}

/** Of a fee all that is left is asked for, as it has no pieces. */
function nativeLine(
  { lineId, quantity }: QuoteAsked["lines"][number],
  order: Order,
  { order: from, refunds }: OrderRecords,
): { id: string; quantity: number; amount: string } {
  const id = present(order.lines).find((it) => it.id === lineId)?.nativeId ?? lineId;
  const fee = feeChargesOf(from).find((it) => feeLineId(it.id) === id);
  return { id, quantity, amount: fee ? leftOf(fee, from, refunds) : "0" };
}

function shippingLeft({ order, refunds }: OrderRecords): string {
  return sum(shippingChargesOf(order).map((charge) => leftOf(charge, order, refunds)));
}

/** What came in, less what went back and what is on its way out. */
function maximumOf(records: OrderRecords, order: Order, amounts: Amounts): MoneyBag {
  const totals = totalsOf(records, amounts);
  const zero = amounts.bag("0");
  const planned = present(order.refunds)
    .filter(isPlannedRefund)
    .map(({ amount }) => amount)
    .reduce(addBags, zero);
  const given = addBags(totals.refunded ?? zero, planned);
  return atLeastZero(subtractBags(totals.captured ?? zero, given));
}

function warningsOf(quote: StoreQuote, { order }: OrderRecords): string[] {
  const credit = order.store_credit_amount;
  const paidByCredit = !isNothing(credit) && compare(credit, order.total_inc_tax) >= 0;
  const method = chooseMethod(quote, { toStoreCredit: false, paidByCredit });
  if (!method)
    return ["the store offers no way to send this back but store credit; ask for toStoreCredit"];
  if (!isByHand(method)) return [];
  const names = method.filter(({ offline }) => offline).map(({ name }) => name);
  return [
    `the store only records this refund: ${names.join(" and ")} sends nothing back, so a person must send the money`,
  ];
}
