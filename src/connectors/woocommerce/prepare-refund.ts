import Big from "big.js";
import type { z } from "zod";
import type { StepCall } from "../../domain/command.js";
import { byLine, type LineQuantity, lessQuantity } from "../../domain/quantity.js";
import { minus, sum } from "../amount.js";
import { withMarker } from "../marker.js";
import type { Found } from "../step.js";
import { givenBack, refundItem } from "./give-back.js";
import { type Prepared, present, refundedQuantity, refuse } from "./prepare.js";
import { type OrderRecords, type Reader, snapshotOf } from "./read.js";
import { translateRefund } from "./refund.js";
import { requests } from "./request.js";

type Request = z.output<typeof requests.REFUND_CREATE>;

/**
 * A refund, whose marker is looked for first. WooCommerce checks only the sum, so pieces and sum are held here against
 * fresh records; and a refund that somebody made meanwhile and that looks the same is not made a second time.
 */
export async function prepareRefund(reader: Reader, call: StepCall): Promise<Prepared> {
  const request = requests.REFUND_CREATE.parse(call.step.request);
  const records = await present(reader, call);
  const { order } = records;
  const before = foundRefund(records, reader, call.marker);
  if (before) return before;
  refuseTwin(request, records);
  refuseExcess(request, records);
  refuseOtherGateway(request, records);
  return {
    kind: "send",
    request: {
      method: "POST",
      path: `/wc/v3/orders/${order.id}/refunds`,
      body: {
        amount: request.amount,
        // Meta would be the tidier place, but WooCommerce writes it only after the payment gateway was asked (its refund
        // controller): a request that breaks off in between would leave money sent and no marker.
        reason: withMarker(call.marker, request.reason?.trim()),
        line_items: itemsOf(request, records, reader),
        api_refund: request.gateway !== null,
        api_restock: request.restock,
      },
    },
  };
}

/** The refund whose reason bears this token, if any. */
export function foundRefund(records: OrderRecords, { shop }: Reader, marker: string): Found | null {
  const { order, refunds } = records;
  const marked = refunds.filter((it) => translateRefund(it, order).marker === marker);
  const [first] = marked;
  if (!first) return null;
  const snapshot = snapshotOf(records, shop);
  return { kind: "found", snapshot, nativeId: first.id, times: marked.length };
}

/** Lines, fees and shipping, each split into its net amount and its taxes. */
function itemsOf(request: Request, records: OrderRecords, { shop }: Reader) {
  const { order } = records;
  const wanted = request.lines.map(({ itemId, quantity, amount }) => {
    const item = [...order.line_items, ...order.fee_lines].find(({ id }) => id === itemId);
    if (!item) throw gone(order.id, itemId);
    return { item, quantity, amount };
  });
  return [...wanted, ...shippingOf(request, records)].map((wish) =>
    refundItem(wish, records, shop.decimals),
  );
}

/** What is given back of the shipping costs, one shipping line after the other. */
function shippingOf({ shipping }: Request, { order, refunds }: OrderRecords) {
  if (shipping === null || Big(shipping).eq(0)) return [];
  let rest = Big(shipping);
  const wishes = order.shipping_lines.flatMap((item) => {
    const left = Big(sum([item.total, item.total_tax])).minus(givenBack(item.id, refunds).gross);
    const part = left.lt(rest) ? left : rest;
    if (part.lte(0)) return [];
    rest = rest.minus(part);
    return [{ item, quantity: 0, amount: part.toFixed() }];
  });
  if (rest.lte(0)) return wishes;
  throw refuse(
    "AMOUNT_EXCEEDS_REFUNDABLE",
    `${shipping} ${order.currency} of shipping costs were to be given back, ${rest.toFixed()} more than is left of them`,
  );
}

function refuseExcess({ amount, lines }: Request, records: OrderRecords): void {
  const { order, refunds } = records;
  const left = minus(order.total, sum(refunds.map((refund) => refund.amount)));
  if (Big(amount).gt(left))
    throw refuse(
      "AMOUNT_EXCEEDS_REFUNDABLE",
      `${amount} ${order.currency} were to be given back and ${left} are left of order ${order.id}`,
    );
  for (const [itemId, wanted] of byLine(piecesOf(lines))) {
    const item = order.line_items.find(({ id }) => id === itemId);
    // A fee has no quantity.
    if (!item) continue;
    const refunded = refundedQuantity(records, itemId);
    const open = lessQuantity(item.quantity, refunded);
    if (wanted > open)
      throw refuse(
        "AMOUNT_EXCEEDS_REFUNDABLE",
        `${wanted} of line ${itemId} were to be refunded and ${open} are left (ordered ${item.quantity}, refunded ${refunded})`,
      );
  }
}

/** Throws where there is one that nobody can tell from ours, had its marker got lost. */
export function refuseTwin(
  { known, amount, lines }: Request,
  { order, refunds }: OrderRecords,
): void {
  const looks = looksOf(piecesOf(lines));
  const twin = refunds
    .filter(({ id }) => !known.includes(id))
    .map((refund) => translateRefund(refund, order))
    .find(
      (it) => !it.marker && Big(it.amount.shop.amount).eq(amount) && looksOf(it.lines) === looks,
    );
  if (!twin) return;
  throw refuse(
    "ALREADY_IN_STATE",
    `refund ${twin.nativeId} of the same amount and pieces was made in the shop meanwhile; ask again if there is to be another`,
  );
}

function piecesOf(lines: Request["lines"]): LineQuantity[] {
  return lines.map(({ itemId, quantity }) => ({ lineId: itemId, quantity }));
}

function looksOf(lines: readonly LineQuantity[]): string {
  const pieces = [...byLine(lines)].filter(([, quantity]) => quantity > 0);
  return pieces
    .map(([lineId, quantity]) => `${lineId} ${quantity}`)
    .sort()
    .join();
}

function refuseOtherGateway({ gateway }: Request, { order }: OrderRecords): void {
  if (gateway === null || order.payment_method === gateway) return;
  throw refuse(
    "CHANNEL_REJECTED",
    `order ${order.id} is no longer paid by ${gateway}; ask again once it was read anew`,
  );
}

function gone(orderId: string, itemId: string) {
  return refuse("CHANNEL_REJECTED", `order ${orderId} has no line ${itemId} any more`);
}
