import { isDeepStrictEqual } from "node:util";
import { deliveryOf } from "./delivery.js";
import type { DocumentTotals, LineQuantities } from "./document.js";
import type { Fulfillment } from "./fulfillment.js";
import {
  addBags,
  atLeastZero,
  compareMoney,
  isZero,
  type MoneyBag,
  subtractBags,
  zeroBag,
} from "./money.js";
import type { Order } from "./order.js";
import { present } from "./part.js";
import { type CountedOrder, countQuantities } from "./quantities.js";
import { sumQuantities } from "./quantity.js";
import type { Transaction } from "./refund.js";
import { isOutstanding } from "./return.js";
import type {
  FulfillmentStatus,
  StatusBasis,
  StatusDimension,
  StatusOf,
  StatusProvenance,
} from "./status.js";
import { rollUpDelivery } from "./tracking.js";
import { doneTwice, twiceAnomaly } from "./twice.js";
import { isSynthetic, keptHolds, statusOfWork } from "./work.js";

/** Everything of an order that follows from its facts. */
export interface Derived extends CountedOrder {
  totals: DocumentTotals;
  statuses: StatusOf;
  provenance: StatusProvenance[];
}

/**
 * Derives quantities, totals and the five statuses. Facts come first: where the platform gives amounts, quantities or
 * shipments, a status is a pure function of these. The platform's own field counts where facts are silent, and never
 * lowers what they say.
 */
export function derive(order: Order): Derived {
  const counted = countQuantities(order);
  const totals = totalsOf(order);
  const fulfillment = fulfillmentStatus(order, counted.byLine);
  const verdicts: { [D in StatusDimension]: Verdict<StatusOf[D]> } = {
    ORDER: orderState(order),
    PAYMENT: paymentStatus(order, totals),
    FULFILLMENT: fulfillment,
    DELIVERY: deliveryStatus(order, fulfillment),
    RETURN: returnStatus(order, counted.byLine),
  };
  return {
    ...counted,
    anomalies: [...counted.anomalies, ...doneTwice(order).map(twiceAnomaly)],
    totals,
    statuses: {
      ORDER: verdicts.ORDER.value,
      PAYMENT: verdicts.PAYMENT.value,
      FULFILLMENT: verdicts.FULFILLMENT.value,
      DELIVERY: verdicts.DELIVERY.value,
      RETURN: verdicts.RETURN.value,
    },
    provenance: (Object.keys(verdicts) as StatusDimension[]).map((dimension) => ({
      dimension,
      basis: verdicts[dimension].basis,
      ...sourceOf(order, dimension, verdicts[dimension].basis),
    })),
  };
}

interface Verdict<S> {
  value: S;
  basis: StatusBasis;
}

function byClaim<D extends StatusDimension>(
  order: Order,
  dimension: D,
): Verdict<StatusOf[D]> | null {
  const ruling = order.head.rulings?.[dimension];
  if (ruling) return { value: ruling.value as StatusOf[D], basis: "MERCHANT_RULE" };
  const claim = order.head.claims[dimension];
  return claim ? { value: claim.value as StatusOf[D], basis: claim.basis } : null;
}

/** The platform's words that a status was read from, and the rule where one made it so. */
function sourceOf({ head }: Order, dimension: StatusDimension, basis: StatusBasis) {
  const ruling = basis === "MERCHANT_RULE" ? head.rulings?.[dimension] : undefined;
  if (ruling) return { from: ruling.from, ruleId: ruling.ruleId };
  return { from: head.claims[dimension]?.from ?? [] };
}

function orderState(order: Order): Verdict<StatusOf["ORDER"]> {
  if (order.head.canceledAt) return { value: "CANCELED", basis: "FACTS" };
  const claim = byClaim(order, "ORDER");
  if (claim) return claim;
  if (order.head.completedAt) return { value: "COMPLETED", basis: "FACTS" };
  return { value: "OPEN", basis: "ASSUMED" };
}

function paymentStatus(order: Order, totals: DocumentTotals): Verdict<StatusOf["PAYMENT"]> {
  const claim = byClaim(order, "PAYMENT");
  if (claim?.value === "DISPUTED") return claim;
  const moves = present(order.transactions);
  const known = order.head.totals.captured !== null || moves.length > 0;
  const { captured, refunded, total, authorized } = totals;
  if (known && !isZero(captured.shop)) {
    const value =
      compareMoney(refunded.shop, captured.shop) >= 0
        ? "REFUNDED"
        : !isZero(refunded.shop)
          ? "PARTIALLY_REFUNDED"
          : (["PARTIALLY_PAID", "PAID", "OVERPAID"] as const)[
              compareMoney(captured.shop, total.shop) + 1
            ];
    return { value: value ?? "UNKNOWN", basis: "FACTS" };
  }
  const silent = !claim || claim.value === "PENDING" || claim.value === "UNKNOWN";
  if (silent && !isZero(authorized.shop)) return { value: "AUTHORIZED", basis: "FACTS" };
  if (claim) return claim;
  if (known && isZero(total.shop)) return { value: "PAID", basis: "FACTS" };
  if (moves.some((move) => move.kind === "VOID" && move.status === "SUCCEEDED"))
    return { value: "VOIDED", basis: "FACTS" };
  return { value: "PENDING", basis: known ? "FACTS" : "ASSUMED" };
}

/** Ranks by how far the goods are, so that a platform's word may raise what facts leave open and never lower it. */
const PROGRESS: Record<FulfillmentStatus, number> = {
  UNKNOWN: 0,
  UNFULFILLED: 1,
  NOT_REQUIRED: 1,
  SCHEDULED: 2,
  ON_HOLD: 2,
  IN_PROGRESS: 3,
  PARTIALLY_FULFILLED: 4,
  FULFILLED: 5,
};

function fulfillmentStatus(
  order: Order,
  byLine: Map<string, LineQuantities>,
): Verdict<FulfillmentStatus> {
  const lines = present(order.lines);
  const claim = byClaim(order, "FULFILLMENT");
  if (lines.length === 0) return claim ?? { value: "UNKNOWN", basis: "ASSUMED" };
  const shippable = lines.filter((line) => line.requiresShipping);
  if (shippable.length === 0) return { value: "NOT_REQUIRED", basis: "FACTS" };
  const sum = (pick: (q: LineQuantities) => number) =>
    sumQuantities(shippable.map((line) => pick(byLine.get(line.id) as LineQuantities)));
  const fulfilled = sum((q) => q.fulfilled);
  const unfulfilled = sum((q) => q.unfulfilled);
  if (fulfilled > 0)
    return { value: unfulfilled > 0 ? "PARTIALLY_FULFILLED" : "FULFILLED", basis: "FACTS" };
  const value = unfulfilledKind(
    order,
    unfulfilled,
    sum((q) => q.onHold),
  );
  const known =
    order.sections.fulfillments !== undefined || order.sections.fulfillmentOrders !== undefined;
  // A hold is over with the word that spoke of it; what was shipped stays so whatever is said later.
  const wasShipped = order.fulfillments.some(isTold);
  const outlived = (wasShipped || claim?.value === "ON_HOLD") && isPast(order);
  const raises = claim !== null && PROGRESS[claim.value] > PROGRESS[value];
  // Being worked on is no news of goods that are held back here.
  const isHeld = value === "ON_HOLD" && claim?.value === "IN_PROGRESS" && holdsHere(order);
  if (claim && raises && !outlived && !isHeld) return claim;
  return { value, basis: known ? "FACTS" : (claim?.basis ?? "ASSUMED") };
}

/** Whether the shop ever told of a shipment; what a command merely asks for is none yet. */
function isTold({ status, nativeId }: Fulfillment): boolean {
  return nativeId !== null || (status !== "PENDING" && status !== "ERROR");
}

/** Whether the platform's field has come to say something else since it spoke of shipping. */
function isPast({ head }: Order): boolean {
  const said = head.claims.FULFILLMENT?.from ?? [];
  return !said.some((was) => head.platformStatuses.some((is) => isDeepStrictEqual(was, is)));
}

function unfulfilledKind(order: Order, unfulfilled: number, onHold: number): FulfillmentStatus {
  if (unfulfilled > 0 && onHold >= unfulfilled) return "ON_HOLD";
  const open = present(order.fulfillmentOrders)
    .filter((work) => !isSynthetic(work))
    .map(statusOfWork)
    .filter((status) => status !== "CLOSED" && status !== "CANCELED");
  if (open.includes("IN_PROGRESS")) return "IN_PROGRESS";
  if (open.length > 0 && open.every((status) => status === "SCHEDULED")) return "SCHEDULED";
  return "UNFULFILLED";
}

function holdsHere({ fulfillmentOrders }: Order): boolean {
  return present(fulfillmentOrders).some((work) => keptHolds(work).length > 0);
}

function deliveryStatus(
  order: Order,
  fulfillment: Verdict<FulfillmentStatus>,
): Verdict<StatusOf["DELIVERY"]> {
  const claim = byClaim(order, "DELIVERY");
  const shipped = shippedGoods(order);
  if (shipped.length > 0) {
    const value = rollUpDelivery(shipped.map(deliveryOf));
    if (value === "UNKNOWN" && claim) return claim;
    const partly = fulfillment.value === "PARTIALLY_FULFILLED" && value === "DELIVERED";
    return partly
      ? { value: "PARTIALLY_DELIVERED", basis: fulfillment.basis }
      : { value, basis: "FACTS" };
  }
  if (claim) return claim;
  // Said to be fulfilled, but no shipment is known.
  if (fulfillment.value === "FULFILLED") return { value: "UNKNOWN", basis: "ASSUMED" };
  return { value: "NOT_SHIPPED", basis: "FACTS" };
}

/** Shipments that left and hold more than what needs no shipping (a gift card), which nobody delivers. */
function shippedGoods(order: Order): Fulfillment[] {
  const digital = new Set(
    present(order.lines).flatMap((line) => (line.requiresShipping ? [] : [line.id])),
  );
  return present(order.fulfillments).filter(
    ({ status, lines }) =>
      status === "SUCCESS" &&
      (lines.length === 0 || lines.some(({ lineId }) => !digital.has(lineId))),
  );
}

/** What is still on its way back or undecided comes first; what the shop's field says counts where it lists no returns. */
function returnStatus(
  order: Order,
  byLine: Map<string, LineQuantities>,
): Verdict<StatusOf["RETURN"]> {
  const returns = present(order.returns).filter(({ made, stage }) => made && stage !== "CANCELED");
  const facts = (value: StatusOf["RETURN"]) => ({ value, basis: "FACTS" as const });
  if (returns.length === 0 && order.sections.returns === undefined)
    return byClaim(order, "RETURN") ?? { value: "NONE", basis: "ASSUMED" };
  if (returns.some(isOutstanding)) return facts("IN_PROGRESS");
  if (returns.some(({ stage }) => stage === "REQUESTED")) return facts("REQUESTED");
  const counts = [...byLine.values()];
  const received = sumQuantities(counts.map((line) => line.returnReceived));
  const fulfilled = sumQuantities(counts.map((line) => line.fulfilled));
  if (received > 0) return facts(received >= fulfilled ? "RETURNED" : "PARTIALLY_RETURNED");
  const refused = returns.some(
    ({ stage, lines }) => stage === "DECLINED" || lines.some((line) => line.rejected > 0),
  );
  return facts(refused ? "DECLINED" : "NONE");
}

function totalsOf(order: Order): DocumentTotals {
  const { totals } = order.head;
  const zero = zeroBag(totals.total);
  const sum = (bags: MoneyBag[]) => bags.reduce(addBags, zero);
  const refunds = present(order.refunds);
  const moved = present(order.transactions).filter((t) => t.status === "SUCCEEDED");
  const amounts = (...kinds: string[]) =>
    sum(moved.filter((t) => kinds.includes(t.kind)).map((t) => t.amount));
  const captured = totals.captured ?? amounts("SALE", "CAPTURE");
  // What we know to have been given back counts at once, though the shop's own sum was read before it.
  const given = sum(refunds.filter((r) => r.status === "SUCCEEDED").map((r) => r.amount));
  const refunded = totals.refunded ? larger(totals.refunded, given) : given;
  return {
    original: totals.original,
    subtotal: totals.subtotal,
    shipping: totals.shipping,
    discounts: totals.discounts,
    tax: totals.tax,
    duties: totals.duties,
    total: totals.total,
    authorized: totals.authorized ?? sum(openAuthorizations(moved)),
    captured,
    refunded,
    refundPending: sum(
      refunds
        .filter(({ status }) => status === "PENDING" || status === "OUTCOME_UNKNOWN")
        .map(({ amount }) => amount),
    ),
    outstanding: order.head.canceledAt ? zero : atLeastZero(subtractBags(totals.total, captured)),
  };
}

function larger(a: MoneyBag, b: MoneyBag): MoneyBag {
  const side = (of: keyof MoneyBag) => (compareMoney(a[of], b[of]) >= 0 ? a[of] : b[of]);
  return { shop: side("shop"), presentment: side("presentment") };
}

/** What of each authorization was neither captured nor voided; one that was voided holds nothing more. */
function openAuthorizations(moved: Transaction[]): MoneyBag[] {
  return moved
    .filter((move) => move.kind === "AUTHORIZATION")
    .map(({ nativeId, amount }) => {
      const after = moved.filter((move) => nativeId !== null && move.parentNativeId === nativeId);
      if (after.some((move) => move.kind === "VOID")) return zeroBag(amount);
      const captures = after.filter((move) => move.kind === "CAPTURE").map((move) => move.amount);
      return atLeastZero(captures.reduce(subtractBags, amount));
    });
}
