import { isDeepStrictEqual } from "node:util";
import { diff, diffValue } from "./diff.js";
import type {
  DocumentFulfillment,
  DocumentFulfillmentOrder,
  DocumentReturn,
  OrderDocument,
} from "./document.js";
import type { EventType } from "./event.js";
import { subtractBags } from "./money.js";
import { about, isPlanned, type OrderNews } from "./news.js";
import { parcelNews } from "./parcel-news.js";
import { sumQuantities } from "./quantity.js";
import { isPlannedRefund } from "./refund.js";
import type { ReturnStatus } from "./return.js";
import type { Instant } from "./time.js";

/**
 * What happened between two shapes of one order. A change that has a word of its own (a shipment, a refund, a status) is
 * told by that word; what is left is ORDER_UPDATED. A shipment, return or refund that a command merely plans is no news
 * here, nor is the money it would move: the command tells of it.
 */
export function newsBetween(
  before: OrderDocument | null,
  after: OrderDocument,
  imported: boolean,
): OrderNews[] {
  if (before === null)
    return [
      {
        type: imported ? "ORDER_IMPORTED" : "ORDER_CREATED",
        subjectId: after.id,
        occurredAt: after.placedAt,
        changes: [],
        tracking: null,
      },
    ];
  if (isDeepStrictEqual(before, after)) return [];
  const plans = [before, after].some(hasPlans);
  const was = asTold(before);
  const is = asTold(after);
  const news = [
    ...fulfillmentNews(was, is),
    ...returnNews(was, is),
    ...refundNews(was, is),
    ...workNews(was, is),
    ...headNews(was, is),
  ];
  const told = new Set(news.flatMap((item) => item.changes.map((change) => change.path)));
  const untold = diff(was, is).filter(
    ({ path }) => !told.has(path) && !isExplained(path, news) && !(plans && TAKEN.test(path)),
  );
  if (untold.length > 0)
    news.push({
      type: "ORDER_UPDATED",
      subjectId: after.id,
      occurredAt: null,
      changes: untold,
      tracking: null,
    });
  return news;
}

/** What plans take of an order's lines. */
const TAKEN = /^lines\.[^.]+\.quantities\.(fulfillable|returnable)$/;

function hasPlans({ fulfillments, returns, refunds }: OrderDocument): boolean {
  return (
    fulfillments.some(isPlanned) ||
    returns.some((row) => row.planned) ||
    refunds.some(isPlannedRefund)
  );
}

/**
 * The document as if nothing had been asked for that is not there yet. What the gateway's own work has left to do follows from
 * the order's quantities, and is told with them.
 */
function asTold(document: OrderDocument): OrderDocument {
  const { fulfillments, fulfillmentOrders, returns, refunds, totals } = document;
  const refundPending = refunds
    .filter(isPlannedRefund)
    .reduce((sum, { amount }) => subtractBags(sum, amount), totals.refundPending);
  return {
    ...document,
    fulfillments: fulfillments.filter((row) => !isPlanned(row)),
    fulfillmentOrders: fulfillmentOrders.map((work) => (work.synthetic ? ownOf(work) : work)),
    returns: returns.filter((row) => !row.planned),
    refunds: refunds.filter((row) => !isPlannedRefund(row)),
    totals: { ...totals, refundPending },
  };
}

/** What nothing but a write of ours changes of work that the gateway keeps. */
function ownOf(work: DocumentFulfillmentOrder): DocumentFulfillmentOrder {
  return { ...work, status: "OPEN", method: "UNKNOWN", destination: null, lines: [] };
}

/** Parts of the document that follow from others: their changes are told with the news that caused them. */
const FOLLOWING: readonly [path: RegExp, by: readonly EventType[]][] = [
  [
    /^lines\.[^.]+\.quantities\./,
    [
      "FULFILLMENT_CREATED",
      "FULFILLMENT_UPDATED",
      "FULFILLMENT_CANCELED",
      "FULFILLMENT_REMOVED",
      "RETURN_REQUESTED",
      "RETURN_UPDATED",
      "RETURN_RECEIVED",
      "RETURN_CLOSED",
      "REFUND_CREATED",
      "REFUND_UPDATED",
      "ORDER_CANCELED",
      "FULFILLMENT_ORDER_CHANGED",
      "ORDER_HELD",
      "ORDER_RELEASED",
      "TRACKING_UPDATED",
      "DELIVERED",
      "DELIVERY_EXCEPTION",
    ],
  ],
  [
    /^fulfillments\./,
    [
      "FULFILLMENT_CREATED",
      "FULFILLMENT_UPDATED",
      "FULFILLMENT_CANCELED",
      "FULFILLMENT_REMOVED",
      "TRACKING_ADDED",
      "TRACKING_UPDATED",
      "DELIVERED",
      "DELIVERY_EXCEPTION",
    ],
  ],
  [/^returns\b/, ["RETURN_REQUESTED", "RETURN_UPDATED", "RETURN_RECEIVED", "RETURN_CLOSED"]],
  [/^refunds\b/, ["REFUND_CREATED", "REFUND_UPDATED"]],
  [/^(fulfillmentOrders|holds)\b/, ["FULFILLMENT_ORDER_CHANGED", "ORDER_HELD", "ORDER_RELEASED"]],
  [
    /^(platformStatuses|statusProvenance)\b/,
    [
      "ORDER_STATUS_CHANGED",
      "PAYMENT_CHANGED",
      "ORDER_CANCELED",
      "ORDER_COMPLETED",
      "ORDER_HELD",
      "ORDER_RELEASED",
      "FULFILLMENT_CREATED",
      "RETURN_REQUESTED",
      "RETURN_RECEIVED",
      "RETURN_CLOSED",
      "REFUND_CREATED",
    ],
  ],
  [/^(transactions|paymentMethods)\b/, ["PAYMENT_CHANGED"]],
  [/^notes\b/, ["ORDER_NOTE_ADDED"]],
];

function isExplained(path: string, news: OrderNews[]): boolean {
  const types = new Set(news.map((item) => item.type));
  return FOLLOWING.some(
    ([pattern, by]) => pattern.test(path) && by.some((type) => types.has(type)),
  );
}

function headNews(before: OrderDocument, after: OrderDocument): OrderNews[] {
  const news: OrderNews[] = [];
  const tell = (
    type: EventType,
    paths: (keyof OrderDocument)[],
    occurredAt: Instant | null = null,
  ) => {
    const changes = paths.flatMap((path) => diffValue(String(path), before[path], after[path]));
    news.push({ type, subjectId: after.id, occurredAt, changes, tracking: null });
  };
  if (!before.deletedAt && after.deletedAt) tell("ORDER_DELETED", ["deletedAt"], after.deletedAt);
  if (!before.archivedAt && after.archivedAt)
    tell("ORDER_ARCHIVED", ["archivedAt"], after.archivedAt);
  const canceled = before.state !== "CANCELED" && after.state === "CANCELED";
  const completed = before.state !== "COMPLETED" && after.state === "COMPLETED";
  if (canceled) tell("ORDER_CANCELED", ["state", "canceledAt", "cancelReason"], after.canceledAt);
  if (completed) tell("ORDER_COMPLETED", ["state", "completedAt"], after.completedAt);
  const money = [
    "authorized",
    "captured",
    "refunded",
    "refundPending",
    "outstanding",
    "total",
  ] as const;
  const moneyMoved = money.some((key) => !isDeepStrictEqual(before.totals[key], after.totals[key]));
  if (before.paymentStatus !== after.paymentStatus || moneyMoved)
    tell("PAYMENT_CHANGED", ["paymentStatus", "totals", "transactions"]);
  const statuses = (
    ["state", "fulfillmentStatus", "deliveryStatus", "returnStatus"] as const
  ).filter((key) => before[key] !== after[key] && !(key === "state" && (canceled || completed)));
  if (statuses.length > 0) tell("ORDER_STATUS_CHANGED", [...statuses]);
  if (after.notes.length > before.notes.length) tell("ORDER_NOTE_ADDED", ["notes"]);
  return news;
}

function fulfillmentNews(before: OrderDocument, after: OrderDocument): OrderNews[] {
  const old = new Map(before.fulfillments.map((f) => [f.id, f]));
  const now = new Set(after.fulfillments.map((f) => f.id));
  const news: OrderNews[] = [];
  for (const shipment of after.fulfillments) {
    const previous = old.get(shipment.id);
    const moved = parcelNews(previous, shipment);
    news.push(...shipmentNews(previous, shipment, moved.length > 0), ...moved);
  }
  for (const gone of before.fulfillments)
    if (!now.has(gone.id)) news.push(about("FULFILLMENT_REMOVED", gone.id, null, []));
  return news;
}

/** Where a parcel moved, the platform's own word for the shipment follows from that and is no news of its own. */
function shipmentNews(
  before: DocumentFulfillment | undefined,
  after: DocumentFulfillment,
  moved: boolean,
): OrderNews[] {
  if (!before) {
    const type = after.status === "CANCELED" ? "FULFILLMENT_CANCELED" : "FULFILLMENT_CREATED";
    return [about(type, after.id, after.createdAt, [])];
  }
  const { packages: _a, deliveryStatus: _b, deliveredAt: _c, ...was } = before;
  const { packages: _d, deliveryStatus: _e, deliveredAt: _f, ...is } = after;
  const stays = moved ? { ...was, platformStatuses: is.platformStatuses } : was;
  if (isDeepStrictEqual(stays, is)) return [];
  const changes = diffValue(`fulfillments.${after.id}`, was, is);
  const canceled = before.status !== "CANCELED" && after.status === "CANCELED";
  return [
    about(canceled ? "FULFILLMENT_CANCELED" : "FULFILLMENT_UPDATED", after.id, null, changes),
  ];
}

function returnNews(before: OrderDocument, after: OrderDocument): OrderNews[] {
  const old = new Map(before.returns.map((row) => [row.id, row]));
  return after.returns.flatMap((row) => {
    const previous = old.get(row.id);
    if (!previous) return [about("RETURN_REQUESTED", row.id, row.requestedAt, [])];
    const changes = diffValue(`returns.${row.id}`, previous, row);
    if (changes.length === 0) return [];
    const types: EventType[] = [];
    if (receivedOf(row) > receivedOf(previous)) types.push("RETURN_RECEIVED");
    if (row.status !== previous.status && OVER.has(row.status)) types.push("RETURN_CLOSED");
    if (types.length === 0) types.push("RETURN_UPDATED");
    return types.map((type, index) => about(type, row.id, null, index === 0 ? changes : []));
  });
}

/** Nothing more happens to such a return. */
const OVER: ReadonlySet<ReturnStatus> = new Set(["CLOSED", "CANCELED", "DECLINED"]);

function receivedOf({ lines }: DocumentReturn): number {
  return sumQuantities(lines.map((line) => line.received));
}

function refundNews(before: OrderDocument, after: OrderDocument): OrderNews[] {
  const old = new Map(before.refunds.map((refund) => [refund.id, refund]));
  return after.refunds.flatMap((refund) => {
    const previous = old.get(refund.id);
    if (!previous) return [about("REFUND_CREATED", refund.id, refund.createdAt, [])];
    const changes = diffValue(`refunds.${refund.id}`, previous, refund);
    return changes.length > 0 ? [about("REFUND_UPDATED", refund.id, null, changes)] : [];
  });
}

function workNews(before: OrderDocument, after: OrderDocument): OrderNews[] {
  const news: OrderNews[] = [];
  const heldBefore = new Set(before.holds.map((hold) => hold.id));
  const heldAfter = new Set(after.holds.map((hold) => hold.id));
  const placed = after.holds.filter((hold) => !heldBefore.has(hold.id));
  const gone = before.holds.filter((hold) => !heldAfter.has(hold.id));
  if (placed.length > 0)
    news.push(
      about(
        "ORDER_HELD",
        after.id,
        placed[0]?.since ?? null,
        placed.map(({ id, reason }) => ({
          path: `holds.${id}.reason`,
          before: null,
          after: reason,
        })),
      ),
    );
  if (gone.length > 0)
    news.push(
      about(
        "ORDER_RELEASED",
        after.id,
        null,
        gone.map(({ id, reason }) => ({ path: `holds.${id}.reason`, before: reason, after: null })),
      ),
    );
  const old = new Map(before.fulfillmentOrders.map((work) => [work.id, work]));
  for (const work of after.fulfillmentOrders) {
    const changes = diffValue(`fulfillmentOrders.${work.id}`, old.get(work.id) ?? null, work);
    if (changes.length > 0) news.push(about("FULFILLMENT_ORDER_CHANGED", work.id, null, changes));
  }
  return news;
}
