import { isDeepStrictEqual } from "node:util";
import type {
  DocumentFulfillment,
  DocumentPackage,
  DocumentScan,
  DocumentTracking,
  OrderDocument,
} from "./document.js";
import type { Change, EventType, TrackingChange } from "./event.js";
import type { DeliveryStatus } from "./status.js";
import type { Instant } from "./time.js";
import { deliveryStatusOf } from "./tracking.js";

/** A fact about an order that follows from comparing it before and after. */
export interface OrderNews {
  type: EventType;
  subjectId: string;
  /** When it happened as far as the platform says; null: when it was recorded. */
  occurredAt: Instant | null;
  changes: Change[];
  tracking: TrackingChange | null;
}

/**
 * What happened between two shapes of one order. A change that has a word of its own (a shipment, a refund, a status) is
 * told by that word; what is left is ORDER_UPDATED. A shipment that a command merely plans is no news here: the command
 * tells of it.
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
  const news = [
    ...fulfillmentNews(before, after),
    ...refundNews(before, after),
    ...workNews(before, after),
    ...headNews(before, after),
  ];
  const told = new Set(news.flatMap((item) => item.changes.map((change) => change.path)));
  const plans = [...before.fulfillments, ...after.fulfillments].filter(isPlanned);
  const untold = diff(before, after).filter(
    ({ path }) =>
      !told.has(path) &&
      !isExplained(path, news) &&
      !plans.some((plan) => path.startsWith(`fulfillments.${plan.id}`)),
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

/** Parts of the document that follow from others: their changes are told with the news that caused them. */
const FOLLOWING: readonly [path: RegExp, by: readonly EventType[]][] = [
  [
    /^lines\.[^.]+\.quantities\./,
    [
      "FULFILLMENT_CREATED",
      "FULFILLMENT_UPDATED",
      "FULFILLMENT_CANCELED",
      "FULFILLMENT_REMOVED",
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
  [/^refunds\./, ["REFUND_CREATED", "REFUND_UPDATED"]],
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
  const logged = !isDeepStrictEqual(before.transactions, after.transactions);
  if (before.paymentStatus !== after.paymentStatus || moneyMoved || logged)
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
    if (!now.has(gone.id) && !isPlanned(gone))
      news.push(about("FULFILLMENT_REMOVED", gone.id, null, []));
  return news;
}

/** Asked for by a command and not yet reported: a plan, not a fact, so no news of its own. */
function isPlanned(shipment: DocumentFulfillment): boolean {
  return shipment.status === "PENDING" && shipment.nativeId === null;
}

/** Where a parcel moved, the platform's own word for the shipment follows from that and is no news of its own. */
function shipmentNews(
  before: DocumentFulfillment | undefined,
  after: DocumentFulfillment,
  moved: boolean,
): OrderNews[] {
  if (isPlanned(after)) return [];
  if (!before || isPlanned(before))
    return [about("FULFILLMENT_CREATED", after.id, after.createdAt, [])];
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

function parcelNews(
  before: DocumentFulfillment | undefined,
  after: DocumentFulfillment,
): OrderNews[] {
  if (isPlanned(after)) return [];
  const known = before && !isPlanned(before) ? before : null;
  return after.packages.flatMap((parcel) => movedParcel(known, parcel, after));
}

/** A parcel's way from where it was to where it is: its number, then each new scan in the order things happened. */
function movedParcel(
  before: DocumentFulfillment | null,
  { id, tracking: is }: DocumentPackage,
  shipment: DocumentFulfillment,
): OrderNews[] {
  const was = before?.packages.find((parcel) => parcel.id === id)?.tracking ?? null;
  if (!is || isDeepStrictEqual(was, is)) return [];
  const news: OrderNews[] = [];
  let status = was?.status ?? "NOT_SHIPPED";
  const tell = (next: DeliveryStatus, scan: DocumentScan | null, own?: Partial<OrderNews>) => {
    news.push({
      ...about(movement(status, next), id, scan?.occurredAt ?? null, []),
      ...own,
      tracking: {
        fulfillmentId: shipment.id,
        packageId: id,
        scanId: scan?.id ?? null,
        previousStatus: status,
        status: next,
      },
    });
    status = next;
  };
  const scans = newScans(before, is);
  // Said by the shop alone, without a scan; news unless the shipment was there already.
  const arrived =
    scans.length === 0 &&
    is.status !== before?.deliveryStatus &&
    movement(status, is.status) !== "TRACKING_UPDATED";
  if (was === null)
    tell(scans.length > 0 || arrived ? status : is.status, null, { type: "TRACKING_ADDED" });
  const settled = shipment.status !== "SUCCESS" || was?.status === is.status;
  for (const [index, scan] of scans.entries()) {
    const later = new Set(scans.slice(index + 1));
    const until = is.events.filter((each) => !later.has(each));
    tell(settled || later.size === 0 ? is.status : deliveryStatusOf(until, status), scan);
  }
  const path = `fulfillments.${shipment.id}.packages.${id}.tracking`;
  if (was !== null && scans.length === 0)
    tell(is.status, null, { changes: diffValue(path, was, is) });
  else if (arrived) tell(is.status, null);
  return news;
}

/** Scans that the shipment did not have, also not in another of its parcels, in the order they happened. */
function newScans(before: DocumentFulfillment | null, is: DocumentTracking): DocumentScan[] {
  const known = new Set(
    before?.packages.flatMap(({ tracking }) => tracking?.events.map((scan) => scan.id) ?? []),
  );
  // Newest first in the document.
  return is.events.filter((scan) => !known.has(scan.id)).reverse();
}

const TROUBLE = new Set(["EXCEPTION", "ATTEMPT_FAILED", "LOST", "RETURNED_TO_SENDER", "DELAYED"]);

function movement(previous: string, status: string): EventType {
  if (status === previous) return "TRACKING_UPDATED";
  if (status === "DELIVERED") return "DELIVERED";
  return TROUBLE.has(status) ? "DELIVERY_EXCEPTION" : "TRACKING_UPDATED";
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
  if (after.holds.some((hold) => !heldBefore.has(hold.id)))
    news.push(about("ORDER_HELD", after.id, null, []));
  if (before.holds.some((hold) => !heldAfter.has(hold.id)))
    news.push(about("ORDER_RELEASED", after.id, null, []));
  const old = new Map(before.fulfillmentOrders.map((work) => [work.id, work]));
  for (const work of after.fulfillmentOrders) {
    const changes = diffValue(`fulfillmentOrders.${work.id}`, old.get(work.id) ?? null, work);
    if (changes.length > 0) news.push(about("FULFILLMENT_ORDER_CHANGED", work.id, null, changes));
  }
  return news;
}

function about(
  type: EventType,
  subjectId: string,
  occurredAt: Instant | null,
  changes: Change[],
): OrderNews {
  return { type, subjectId, occurredAt, changes, tracking: null };
}

/** Values under these never enter the log; carriers' messages name who signed, holds who placed them. */
const PERSONAL =
  /^(customer|email|phone|shippingAddress|billingAddress|notes|attributes)(\.|$)|\.(destination|properties|note|reason|by|message)(\.|$)/;

/** Every changed value between two documents, by path; list members go by their id, lists without ids as a whole. */
export function diff(before: OrderDocument, after: OrderDocument): Change[] {
  return diffValue("", before, after);
}

function diffValue(path: string, before: unknown, after: unknown): Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (PERSONAL.test(path)) return [{ path, before: null, after: null }];
  if (isRecord(before) && isRecord(after))
    return keysOf(before, after).flatMap((key) =>
      diffValue(join(path, key), before[key], after[key]),
    );
  if (isIdList(before) && isIdList(after)) {
    const was = byId(before);
    const is = byId(after);
    const changes = keysOf(was, is).flatMap((key) => diffValue(join(path, key), was[key], is[key]));
    const moved = !isDeepStrictEqual(shared(was, is), shared(is, was));
    return moved || changes.length === 0
      ? [...changes, { path, before: Object.keys(was), after: Object.keys(is) }]
      : changes;
  }
  return [{ path, before: cleaned(before), after: cleaned(after) }];
}

/** A whole part that came or went is told by its id, so that nothing personal in it enters the log. */
function cleaned(value: unknown): unknown {
  if (isRecord(value)) return "id" in value ? value.id : null;
  if (Array.isArray(value) && value.some(isRecord)) return null;
  return value ?? null;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/** Keys of `a` that `b` has too, in the order of `a`. */
function shared(a: object, b: object): string[] {
  return Object.keys(a).filter((key) => Object.hasOwn(b, key));
}

function keysOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isIdList(value: unknown): value is { id: string }[] {
  return (
    Array.isArray(value) && value.every((item) => isRecord(item) && typeof item.id === "string")
  );
}

function byId(items: { id: string }[]): Record<string, unknown> {
  return Object.fromEntries(items.map((item) => [item.id, item]));
}
