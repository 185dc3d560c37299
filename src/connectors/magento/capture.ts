import { addBags, type MoneyBag, subtractBags, zeroBag } from "../../domain/money.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { byLine, lessQuantity, type Quantity } from "../../domain/quantity.js";
import type { Transaction } from "../../domain/refund.js";
import { invoiceIdOf, refundId } from "./transaction.js";

/** A source of money to give back: one invoice through its gateway, or the order's books, for which a person sends it. */
export interface Source {
  /** null: the books. */
  invoiceId: string | null;
  gateway: string | null;
  /** How much of it is left; null where only the shop's own limit counts. */
  room: MoneyBag | null;
  /** Pieces by the shop's line ids that it billed and did not give back yet; null: any. */
  pieces: Map<string, Quantity> | null;
}

/** Methods that Magento ships with and that move no money: their invoices can never be refunded (canRefund is false). */
const OFFLINE_METHODS: ReadonlySet<string> = new Set([
  "banktransfer",
  "cashondelivery",
  "checkmo",
  "free",
  "purchaseorder",
]);

/** Where an order's money can come back from, oldest first; the books come last, and only where they must be used. */
export function sourcesOf(order: Order): Source[] {
  const captures = present(order.transactions).filter(
    ({ kind, status }) => kind === "CAPTURE" && status === "SUCCEEDED",
  );
  const online = captures.filter(isOnline);
  const offline = captures.find((capture) => !isOnline(capture));
  const sources = online.map((capture) => sourceOf(capture, order));
  if (!offline && sources.length > 0) return sources;
  const books = { invoiceId: null, room: null, pieces: null };
  return [...sources, { ...books, gateway: (offline ?? captures[0])?.gateway ?? null }];
}

/** Whether every piece of the order was billed, so that nothing of it can be canceled any more. */
export function isBilledWhole(order: Order): boolean {
  const captures = present(order.transactions).filter(({ kind }) => kind === "CAPTURE");
  const billed = byLine(captures.flatMap(linesOf));
  return present(order.lines)
    .filter((line) => line.parentLineId === null)
    .every((line) => lessQuantity(line.ordered, billed.get(line.nativeId ?? "") ?? 0) === 0);
}

/** Whether a gateway's payment stands behind a capture: the invoice names one, and the method is none without a gateway. */
export function isThroughGateway(transactionId: string | null, method: string | null): boolean {
  return transactionId !== null && !OFFLINE_METHODS.has(method ?? "");
}

function isOnline({ parentNativeId, gateway }: Transaction): boolean {
  return isThroughGateway(parentNativeId, gateway);
}

function sourceOf(capture: Transaction, order: Order): Source {
  const given = present(order.transactions).filter(
    (it) =>
      it.kind === "REFUND" && it.status !== "FAILED" && it.parentNativeId === capture.nativeId,
  );
  const memos = new Set(given.map(({ nativeId }) => nativeId));
  const back = present(order.refunds)
    .filter(({ nativeId }) => nativeId !== null && memos.has(refundId(nativeId)))
    .flatMap(({ lines }) => lines);
  const ids = new Map(order.lines.map((line) => [line.id, line.nativeId ?? ""]));
  const gone = byLine(
    back.map(({ lineId, quantity }) => ({ lineId: ids.get(lineId) ?? "", quantity })),
  );
  const billed = capture.billed && byLine(linesOf(capture));
  return {
    invoiceId: invoiceIdOf(capture.nativeId ?? ""),
    gateway: capture.gateway,
    room: subtractBags(
      capture.amount,
      given.map(({ amount }) => amount).reduce(addBags, zeroBag(capture.amount)),
    ),
    pieces: billed
      ? new Map(Array.from(billed, ([id, all]) => [id, lessQuantity(all, gone.get(id) ?? 0)]))
      : null,
  };
}

function linesOf({ billed = [] }: Transaction) {
  return billed.map(({ nativeLineId, quantity }) => ({ lineId: nativeLineId, quantity }));
}
