import type { z } from "zod";
import type { StepCall } from "../../domain/command.js";
import { minus } from "../amount.js";
import { withMarker } from "../marker.js";
import { compare, isNothing, jsonNumber } from "./amount.js";
import { found, type Prepared, present, refuse } from "./prepare.js";
import type { Reader } from "./read.js";
import { isDeclined, type OrderRecords } from "./record.js";
import { refundMarker } from "./refund.js";
import {
  extraItem,
  lineItems,
  type RefundItem,
  shippingItems,
  type UnitItem,
} from "./refund-item.js";
import { askQuote, chooseMethod, paymentsOf, type StoreQuote } from "./refund-quote.js";
import { requests } from "./request.js";

type Wish = z.output<typeof requests.REFUND_CREATE>;

/**
 * A refund: found by the token in its reason, priced by the store once more, and sent only where that is to the cent what
 * was planned, in payments that the quote itself names. There is no key against sending twice, so it is never sent again.
 */
export async function prepareRefund(reader: Reader, call: StepCall): Promise<Prepared> {
  const wish = requests.REFUND_CREATE.parse(call.step.request);
  const records = await present(reader, call);
  const before = found(reader, records, refundsBy(records, call.marker));
  if (before) return before;
  const reason = withMarker(call.marker, wish.reason);
  const named = await itemsOf(reader, call, wish, records);
  const items = named.map((item) => ({ ...item, reason }));
  const quote = await askQuote(reader.api, call.order.nativeId, items, call.signal);
  refuseDifference(quote, wish);
  return {
    kind: "send",
    request: {
      method: "POST",
      path: `/v3/orders/${call.order.nativeId}/payment_actions/refunds`,
      body: { items, payments: choosePayments(quote, wish, records) },
    },
    makes: "refund",
  };
}

/** The ids of the refunds that bear a step's token. Throws of one that was declined: it gave nothing, and is not made again. */
export function refundsBy({ refunds }: OrderRecords, marker: string): string[] {
  const own = refunds.filter((refund) => refundMarker(refund) === marker);
  const declined = own.find(isDeclined);
  if (!declined) return own.map(({ id }) => id);
  const why = declined.payments.find((it) => it.declined_message)?.declined_message;
  throw refuse(
    "CHANNEL_REJECTED",
    `refund ${declined.id} of this step was declined by the payment provider (${why ?? "no reason given"}); make a new refund, or send the money another way`,
  );
}

async function itemsOf(
  reader: Reader,
  call: StepCall,
  wish: Wish,
  records: OrderRecords,
): Promise<RefundItem[]> {
  const items: RefundItem[] = [];
  for (const line of wish.lines) {
    const own = lineItems(line, records);
    const [first] = own;
    const units = first && "quantity" in first && first.item_type === "PRODUCT" ? first : null;
    if (line.fixed && units) items.push(await lowered(reader, call, units, line, wish));
    else items.push(...own);
  }
  if (wish.shipping !== null) items.push(...shippingItems(wish.shipping, records));
  if (wish.extra !== null) items.push(extraItem(wish.extra, records));
  return items;
}

/** Units for another amount than the store would give back for them: less is an adjustment, more is not possible. */
async function lowered(
  reader: Reader,
  { order, signal }: StepCall,
  units: UnitItem,
  { id, quantity, amount }: Wish["lines"][number],
  { currency }: Wish,
): Promise<UnitItem> {
  const { total } = await askQuote(reader.api, order.nativeId, [units], signal);
  const off = minus(amount, total);
  if (isNothing(off)) return units;
  if (compare(off, "0") < 0)
    return { ...units, adjustments: [{ amount: jsonNumber(off), description: "Agreed amount" }] };
  throw refuse(
    "CAPABILITY_NOT_SUPPORTED",
    `${quantity} of line ${id} come to ${total} ${currency} in the store and ${amount} ${currency} were asked for (lines.amount); a line gives back no more than it cost, so ask for the rest as extraAmount`,
  );
}

/** Payments must equal the store's quote; where that is not what people agreed to, nothing is sent. */
function refuseDifference({ total }: StoreQuote, { amount, currency }: Wish): void {
  const difference = compare(total, amount);
  if (difference === 0) return;
  throw refuse(
    difference < 0 ? "AMOUNT_EXCEEDS_REFUNDABLE" : "CHANNEL_REJECTED",
    `the store prices this refund at ${total} ${currency} and ${amount} ${currency} were planned, so nothing was sent; ask for a new quote and refund what it says, or name an amount as extraAmount, which the store takes as it is`,
  );
}

function choosePayments(quote: StoreQuote, wish: Wish, { order }: OrderRecords) {
  const paidByCredit =
    !isNothing(order.store_credit_amount) &&
    compare(order.store_credit_amount, order.total_inc_tax) >= 0;
  const { toStoreCredit } = wish;
  const method = chooseMethod(quote, { toStoreCredit, paidByCredit });
  if (method) return paymentsOf(method);
  throw refuse(
    "CHANNEL_REJECTED",
    toStoreCredit
      ? `the store gives no store credit for order ${order.id}, as it has none for guests; refund it without toStoreCredit`
      : `the store offers no way to send ${quote.total} ${wish.currency} of order ${order.id} back but store credit, if any; ask for that with toStoreCredit, or refund it in the control panel`,
  );
}
