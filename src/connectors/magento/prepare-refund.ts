import Big from "big.js";
import type { z } from "zod";
import type { StepCall } from "../../domain/command.js";
import { ChannelError } from "../../domain/errors.js";
import { byLine, lessQuantity } from "../../domain/quantity.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { isThroughGateway } from "./capture.js";
import type { MagentoRequest } from "./client.js";
import { decimal } from "./json.js";
import { isRefunded } from "./line.js";
import { markedBy } from "./marked.js";
import { markerComment } from "./marker.js";
import type { CreditmemoPayload, InvoicePayload, ItemPayload, OrderPayload } from "./payload.js";
import {
  type Closed,
  foundIn,
  idIn,
  type Prepared,
  presentRecords,
  refuse,
  refuseClosed,
  refuseVariant,
} from "./prepare.js";
import type { OrderRecords, Reader } from "./read.js";
import { refundOfRow, refundOfShipping } from "./refund-amount.js";
import { isSurelyRefused } from "./refusal.js";
import { requests } from "./request.js";

type Request = z.output<typeof requests.REFUND_CREATE>;

/**
 * A credit memo: found by its marker, and reckoned on the order as it is now. Items and shipping are always named, since
 * Magento refunds everything where both are left out (measured); what its own reckoning differs by is an adjustment.
 */
export async function prepareRefund(reader: Reader, call: StepCall): Promise<Prepared> {
  const request = requests.REFUND_CREATE.parse(call.step.request);
  const records = await presentRecords(reader, call);
  const before = markedBy(records, call);
  if (before) return foundIn(records, reader, before);
  refuseClosed(records, CANNOT_REFUND);
  const invoice = invoiceOf(records, request);
  if (!invoice) refuseBooksOnly(records);
  if (request.cancels) refuseShipped(records);
  for (const row of request.rows) {
    refuseVariant(records, row.rowId);
    refusePieces(records, row, invoice);
  }
  refuseAmount(records, request, invoice);
  const { invoiceId } = request;
  return {
    kind: "send",
    requests: [
      {
        method: "POST",
        path: invoiceId
          ? `/invoice/${invoiceId}/refund`
          : `/order/${records.order.entity_id}/refund`,
        body: bodyOf(records, request, call.marker),
      },
    ],
    idOf: idIn,
    // Between the gateway's yes and the shop's own books much can fail, and the answer is a 400 all the same.
    ...(invoiceId ? { isCertain: isSurelyRefused } : {}),
    differs: (nativeId, after) => refundedOtherwise(request, nativeId, after),
    ...(request.notify ? { after: mailOf } : {}),
  };
}

const CANNOT_REFUND: Closed = {
  canceled: ["ALREADY_IN_STATE", "is canceled in the shop, which makes no credit memos of it"],
  closed: ["ALREADY_IN_STATE", "is closed in the shop: all of it was refunded"],
  holded: ["ON_HOLD", "is on hold in the shop; release it there first"],
  payment_review: ["ON_HOLD", "has its payment under review in the shop"],
};

function bodyOf({ order }: OrderRecords, request: Request, marker: string) {
  const { rows, invoiceId, reason } = request;
  const rowsTotal = rows.reduce(
    (sum, { rowId, quantity }) => sum.plus(refundOfRow(itemOf(order.items, rowId), quantity)),
    Big(0),
  );
  const shipping = refundOfShipping(order, Big(request.shipping));
  if (!shipping)
    throw refuse(
      "AMOUNT_EXCEEDS_REFUNDABLE",
      `${request.shipping} ${order.base_currency_code} of shipping were to be refunded, which is more than is left of it on order ${order.entity_id}`,
    );
  const adjustment = Big(request.amount).minus(rowsTotal).minus(shipping.total);
  return {
    items: itemsOf(order, rows),
    ...(invoiceId ? { isOnline: true } : {}),
    // The mail is sent by itself, without our reference.
    notify: false,
    appendComment: true,
    comment: { comment: markerComment(marker, reason), is_visible_on_front: 0 },
    arguments: {
      shipping_amount: decimal(shipping.argument),
      adjustment_positive: decimal(adjustment.gt(0) ? adjustment : Big(0)),
      adjustment_negative: decimal(adjustment.lt(0) ? adjustment.times(-1) : Big(0)),
      extension_attributes: {
        return_to_stock_items: rows.filter((it) => it.restock).map(({ rowId }) => Number(rowId)),
      },
    },
  };
}

/** A list that is empty means everything, so a row with none of it stands for nothing (measured). */
function itemsOf(order: OrderPayload, rows: Request["rows"]) {
  const some = order.items.map(({ item_id }) => item_id).find(isRefunded(order)) ?? "";
  const named = rows.length > 0 ? rows : [{ rowId: some, quantity: 0 }];
  return named.map(({ rowId, quantity }) => ({
    order_item_id: Number(rowId),
    qty: decimal(Big(quantity)),
  }));
}

function itemOf(items: readonly ItemPayload[], rowId: string): ItemPayload {
  const row = items.find(({ item_id }) => item_id === rowId);
  if (row) return row;
  throw refuse("INVALID_INPUT", `the order has no line ${rowId} any more`);
}

/** The invoice to refund, which must have its money through a gateway still. */
function invoiceOf({ invoices }: OrderRecords, { invoiceId }: Request): InvoicePayload | null {
  if (invoiceId === null) return null;
  const invoice = invoices.find(({ entity_id }) => entity_id === invoiceId);
  if (!invoice) throw refuse("NOT_FOUND", `the order has no invoice ${invoiceId} any more`);
  if (invoice.transaction_id === null)
    throw refuse(
      "CHANNEL_REJECTED",
      `invoice ${invoiceId} names no payment of a gateway, so its money cannot be sent back from here`,
    );
  return invoice;
}

/** Where every invoice has a gateway's payment, books alone would keep the money: the plan was made on older knowledge. */
function refuseBooksOnly({ order, invoices }: OrderRecords): void {
  const method = order.payment?.method ?? null;
  const isOnline = invoices.every((it) => isThroughGateway(it.transaction_id, method));
  if (invoices.length === 0 || !isOnline) return;
  throw refuse(
    "STALE_VERSION",
    `order ${order.entity_id} was paid through ${method}, which was not known when the refund was planned; refresh the order and ask again`,
  );
}

/** Canceling gives back the money of what stayed; what left in the meantime must come back first. */
function refuseShipped({ order }: OrderRecords): void {
  const gone = order.items.find((row) => row.qty_shipped > 0);
  if (gone)
    throw refuse(
      "CHANNEL_REJECTED",
      `line ${gone.item_id} of order ${order.entity_id} was shipped meanwhile, so the order cannot be canceled; take the goods back and refund them`,
    );
}

/**
 * An invoice's refund is lowered to what the invoice billed without a word, and fractions are dropped unless the product
 * is sold in decimals (both read in the source), so both are checked at the last moment.
 */
function refusePieces(
  { order, creditmemos }: OrderRecords,
  { rowId, quantity }: Request["rows"][number],
  invoice: InvoicePayload | null,
): void {
  const row = itemOf(order.items, rowId);
  if (!row.is_qty_decimal && !Number.isInteger(quantity))
    throw refuse(
      "INVALID_INPUT",
      `${quantity} of line ${rowId} were to be refunded, and the shop sells it in whole pieces`,
    );
  const open = lessQuantity(row.qty_invoiced, row.qty_refunded);
  const billed = invoice
    ? lessQuantity(
        byLine(lineQuantities(invoice)).get(rowId) ?? 0,
        byLine(refundsOf(invoice, creditmemos).flatMap(lineQuantities)).get(rowId) ?? 0,
      )
    : open;
  const left = Math.min(open, billed);
  if (quantity > left)
    throw refuse(
      "QUANTITY_EXCEEDS_RETURNABLE",
      `${quantity} of line ${rowId} were to be refunded and ${left} were billed${invoice ? ` by invoice ${invoice.entity_id}` : ""} and not refunded yet`,
    );
}

function refuseAmount(
  { order, creditmemos }: OrderRecords,
  { amount }: Request,
  invoice: InvoicePayload | null,
): void {
  const paid = Big(order.base_total_paid).minus(order.base_total_refunded);
  const billed = invoice
    ? refundsOf(invoice, creditmemos).reduce(
        (rest, memo) => rest.minus(memo.base_grand_total),
        Big(invoice.base_grand_total),
      )
    : paid;
  const left = billed.lt(paid) ? billed : paid;
  if (Big(amount).lte(left)) return;
  throw refuse(
    "AMOUNT_EXCEEDS_REFUNDABLE",
    `${amount} ${order.base_currency_code} were to be refunded and ${left.toFixed()} are left${invoice ? ` of invoice ${invoice.entity_id}` : ` of order ${order.entity_id}`}`,
  );
}

/** State 3: canceled. */
function refundsOf(invoice: InvoicePayload, creditmemos: readonly CreditmemoPayload[]) {
  return creditmemos.filter((it) => it.invoice_id === invoice.entity_id && it.state !== 3);
}

function lineQuantities({ items }: Pick<InvoicePayload, "items">) {
  return items.map(({ order_item_id, qty }) => ({ lineId: order_item_id, quantity: qty }));
}

/** The shop's reckoning was not ours: shipping with tax, somebody else in the same moment, an extension. */
function refundedOtherwise(
  { amount }: Request,
  nativeId: string,
  after: Snapshot,
): ChannelError | null {
  const refund = after.refunds?.value.find((it) => it.nativeId === nativeId);
  if (!refund || Big(refund.amount.shop.amount).eq(amount)) return null;
  const { shop } = refund.amount;
  return new ChannelError(
    "CHANNEL_REJECTED",
    `Magento: credit memo ${nativeId} came to ${shop.amount} ${shop.currency} instead of ${amount}; where shipping was refunded, see whether the shop displays it with tax (Stores > Configuration > Sales > Tax > Orders, Invoices, Credit Memos Display Settings)`,
    { httpStatus: 200, mayHaveHappened: true },
  );
}

function mailOf(creditmemoId: string | null): MagentoRequest[] {
  return [{ method: "POST", path: `/creditmemo/${creditmemoId}/emails` }];
}
