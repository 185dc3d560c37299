import fc from "fast-check";
import type { FulfillmentOrderFacts, Hold } from "../../src/domain/fulfillment.js";
import {
  FULFILLMENT_ENTITY_STATUSES,
  FULFILLMENT_ORDER_STATUSES,
} from "../../src/domain/fulfillment.js";
import { ID_PREFIX, type NodeType } from "../../src/domain/id.js";
import type { RefundPlanned, ReturnPlanned } from "../../src/domain/local.js";
import { merge, newOrder } from "../../src/domain/merge.js";
import { sameMoney } from "../../src/domain/money.js";
import type { LineFacts, Order, OrderHead } from "../../src/domain/order.js";
import type { LineQuantity } from "../../src/domain/quantity.js";
import {
  REFUND_STATUSES,
  type RefundFacts,
  type TransactionFacts,
} from "../../src/domain/refund.js";
import {
  DISPOSITIONS,
  RETURN_STAGES,
  type ReturnFacts,
  type ReturnLine,
} from "../../src/domain/return.js";
import type { MergeContext } from "../../src/domain/rows.js";
import type { Native, NativeFulfillment, NativeScan, Snapshot } from "../../src/domain/snapshot.js";
import {
  DELIVERY_STATUSES,
  FULFILLMENT_STATUSES,
  ORDER_STATES,
  PAYMENT_STATUSES,
  type PlatformStatus,
  type StatusClaims,
} from "../../src/domain/status.js";
import { at, head, line, shipment, snapshot } from "../support/snapshots.js";

/** What shops may say: few native ids, so that rows meet again; quantities that fit and such as cannot be right. */
export const LINES = ["1", "2", "3"] as const;
export const SHIPMENTS = ["f1", "f2", "f3"] as const;
export const RETURNS = ["ret1", "ret2"] as const;
export const PACKAGES = ["p1", "p2"] as const;

/** A context whose ids are counted, so that equal histories give equal orders. */
export function counting(now = at(100)): MergeContext {
  let minted = 0;
  return {
    mint: (type: NodeType) => `${ID_PREFIX[type]}_${String(++minted).padStart(6, "0")}`,
    now,
  };
}

/** The order that a first snapshot (with a head) and any later ones make. */
export function orderOf(first: Snapshot, ...later: Snapshot[]): Order {
  const context = counting();
  if (!first.head) throw new Error("an order begins with its head");
  const begun = newOrder("channel_1", first.ref.nativeId, first.head.value, context);
  return [first, ...later].reduce((order, next) => merge(order, next, context).order, begun);
}

/** An order of one whole snapshot with these sections. */
export function orderWith(changes: {
  head?: Partial<OrderHead>;
  lines?: Native<LineFacts>[];
  fulfillments?: NativeFulfillment[];
  scans?: NativeScan[];
  returns?: Native<ReturnFacts>[];
  refunds?: Native<RefundFacts>[];
  transactions?: Native<TransactionFacts>[];
  work?: Native<FulfillmentOrderFacts>[];
}): Order {
  const section = <T>(value: T | undefined) => value && { asOf: at(0), complete: true, value };
  return orderOf({
    ...snapshot("o"),
    head: { asOf: at(0), complete: true, value: head(changes.head) },
    ...(changes.lines && { lines: section(changes.lines) }),
    ...(changes.fulfillments && { fulfillments: section(changes.fulfillments) }),
    ...(changes.scans && { scans: section(changes.scans) }),
    ...(changes.returns && { returns: section(changes.returns) }),
    ...(changes.refunds && { refunds: section(changes.refunds) }),
    ...(changes.transactions && { transactions: section(changes.transactions) }),
    ...(changes.work && { fulfillmentOrders: section(changes.work) }),
  } as Snapshot);
}

export function refund(
  nativeId: string,
  lines: Record<string, number>,
  changes: Partial<RefundFacts> & { cancels?: boolean; restocked?: boolean | null } = {},
): Native<RefundFacts> {
  const { cancels = false, restocked = null, ...rest } = changes;
  return {
    nativeId,
    status: "SUCCEEDED",
    amount: sameMoney("10.00", "EUR"),
    lines: Object.entries(lines).map(([lineId, quantity]) => ({
      lineId,
      quantity,
      amount: sameMoney("10.00", "EUR"),
      restocked,
      cancels,
    })),
    shipping: null,
    reason: null,
    createdAt: at(6),
    returnId: null,
    marker: null,
    ...rest,
  };
}

/** A row of a return: of so many asked for, all agreed to. */
export function returnLine(
  lineId: string,
  requested: number,
  changes: Partial<ReturnLine> = {},
): ReturnLine {
  return {
    lineId,
    nativeId: `row of ${lineId}`,
    requested,
    approved: requested,
    received: 0,
    rejected: 0,
    restocked: 0,
    reason: "UNWANTED",
    rawReason: null,
    note: null,
    disposition: null,
    resolution: "REFUND",
    ...changes,
  };
}

export function returned(
  nativeId: string,
  lines: ReturnLine[],
  changes: Partial<ReturnFacts> = {},
): Native<ReturnFacts> {
  return {
    nativeId,
    name: `#1001-R-${nativeId}`,
    stage: "OPEN",
    lines,
    shipments: [],
    requestedAt: at(6),
    note: null,
    marker: null,
    ...changes,
  };
}

/** A return that a command asks for, agreed to at once where nothing else is said. */
export function returnPlanned(
  lineId: string,
  { quantity = 1, ...changes }: Partial<ReturnPlanned> & { quantity?: number } = {},
): ReturnPlanned {
  return {
    kind: "return-planned",
    returnId: "ret_mine",
    commandId: "cmd_1",
    stepIndex: 0,
    marker: "r".repeat(22),
    plannedAt: at(7),
    lines: [{ lineId, quantity, reason: "UNWANTED", note: null, resolution: "REFUND" }],
    requested: false,
    tracking: null,
    note: null,
    projection: "NATIVE",
    ...changes,
  };
}

/** A refund that a command asks for: so much money for so many pieces. */
export function refundPlanned(
  lineId: string,
  {
    quantity = 1,
    money = "5.00",
    ...changes
  }: Partial<RefundPlanned> & { quantity?: number; money?: string } = {},
): RefundPlanned {
  const amount = sameMoney(money, "EUR");
  return {
    kind: "refund-planned",
    refundId: "ref_mine",
    commandId: "cmd_1",
    stepIndex: 0,
    marker: "f".repeat(22),
    plannedAt: at(7),
    returnId: null,
    lines: [{ lineId, quantity, amount, fixed: false, restock: true, locationId: null }],
    shipping: null,
    extra: null,
    amount,
    reason: null,
    ...changes,
  };
}

export function transaction(
  nativeId: string,
  kind: TransactionFacts["kind"],
  amount: string,
  changes: Partial<TransactionFacts> = {},
): Native<TransactionFacts> {
  return {
    nativeId,
    kind,
    status: "SUCCEEDED",
    gateway: "card",
    amount: sameMoney(amount, "EUR"),
    processedAt: at(1),
    parentNativeId: null,
    ...changes,
  };
}

export function work(
  nativeId: string,
  lines: Record<string, number>,
  changes: Partial<FulfillmentOrderFacts> = {},
): Native<FulfillmentOrderFacts> {
  return {
    nativeId,
    status: "OPEN",
    method: "SHIPPING",
    locationId: null,
    locationName: null,
    destination: null,
    shipBy: null,
    lines: Object.entries(lines).map(([lineId, remaining]) => ({
      nativeId: `${nativeId}/${lineId}`,
      lineId,
      total: remaining,
      remaining,
    })),
    holds: [],
    supportedActions: [],
    ...changes,
  };
}

export function scan(
  nativeId: string,
  fulfillmentNativeId: string,
  status: NativeScan["status"],
  minute: number,
  changes: Partial<NativeScan> = {},
): NativeScan {
  return {
    nativeId,
    fulfillmentNativeId,
    packageNativeId: null,
    status,
    rawStatus: null,
    message: null,
    city: null,
    region: null,
    country: null,
    occurredAt: at(minute),
    source: "UPS",
    ...changes,
  };
}

export const minutes = fc.integer({ min: 1, max: 60 });
export const moments = minutes.map(at);
/** Whole numbers mostly, and up to four decimals. */
export const quantities = fc.oneof(
  fc.integer({ min: 0, max: 6 }),
  fc.integer({ min: 0, max: 60_000 }).map((n) => n / 10_000),
);
const lineIds = fc.constantFrom(...LINES, "999");
export const lineQuantities = fc.array(fc.record({ lineId: lineIds, quantity: quantities }), {
  maxLength: 4,
});
const amounts = fc
  .integer({ min: 0, max: 5_000 })
  .map((cents) => sameMoney((cents / 100).toFixed(2), "EUR"));
const word = fc.constantFrom("a", "b", "c");

export const claims: fc.Arbitrary<StatusClaims> = fc.record(
  {
    ORDER: claimOf(ORDER_STATES),
    PAYMENT: claimOf(PAYMENT_STATUSES),
    FULFILLMENT: claimOf(FULFILLMENT_STATUSES),
    DELIVERY: claimOf(DELIVERY_STATUSES),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<StatusClaims>;

function claimOf<S extends string>(words: readonly S[]) {
  return fc.record({
    value: fc.constantFrom(...words),
    basis: fc.constantFrom("PLATFORM_FIELD" as const, "ASSUMED" as const),
    from: fc.constant<PlatformStatus[]>([
      { field: "status", value: "w", label: null, isCustom: false },
    ]),
  });
}

const total = sameMoney("30.00", "EUR");
export const heads: fc.Arbitrary<OrderHead> = fc
  .record({
    number: word,
    canceledAt: fc.option(moments, { freq: 6 }),
    completedAt: fc.option(moments, { freq: 6 }),
    archivedAt: fc.option(moments, { freq: 6 }),
    email: fc.option(word),
    tags: fc.uniqueArray(word),
    notes: fc.array(
      fc.record({
        text: word,
        author: fc.constant(null),
        at: moments,
        customerVisible: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
    captured: fc.option(amounts),
    refunded: fc.option(amounts),
    authorized: fc.option(amounts),
    claims,
  })
  .map(({ captured, refunded, authorized, ...rest }) => {
    const { totals } = head();
    return head({ ...rest, totals: { ...totals, total, captured, refunded, authorized } });
  });

export const lines = named(LINES, (nativeId) =>
  fc
    .record({
      name: word,
      ordered: quantities,
      canceled: fc.oneof(fc.constant(0), quantities),
      fulfilled: fc.option(quantities, { freq: 3 }),
      requiresShipping: fc.oneof(
        { weight: 4, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
    })
    .map(({ ordered, ...rest }) => line(nativeId, ordered, rest)),
);

const deliveryStatuses = fc.constantFrom(...DELIVERY_STATUSES);
export const fulfillments = named(SHIPMENTS, (nativeId) =>
  fc
    .record({
      status: fc.oneof(
        { weight: 2, arbitrary: fc.constant("SUCCESS" as const) },
        { weight: 1, arbitrary: fc.constantFrom(...FULFILLMENT_ENTITY_STATUSES) },
      ),
      deliveryStatus: deliveryStatuses,
      lines: lineQuantities,
      packages: named(PACKAGES, (number) =>
        fc.record({
          nativeId: fc.constant(number),
          tracking: fc.record({
            number: fc.constant(number),
            carrier: fc.option(word),
            carrierCode: fc.constant(null),
            url: fc.option(word),
            estimatedDeliveryAt: fc.option(moments),
          }),
          lines: fc.constant<LineQuantity[]>([]),
        }),
      ),
    })
    .map((rest) => shipment(nativeId, {}, rest)),
);

/** Scans that name their package; a scan's id is its own within the shipment. */
export const scans: fc.Arbitrary<NativeScan[]> = fc.uniqueArray(
  fc
    .record({
      shipmentId: fc.constantFrom(...SHIPMENTS),
      number: fc.integer({ min: 1, max: 4 }),
      packageNativeId: fc.constantFrom(...PACKAGES),
      status: deliveryStatuses,
      minute: minutes,
      message: fc.option(word),
    })
    .map(({ shipmentId, number, status, minute, ...rest }) =>
      scan(`${shipmentId}/${number}`, shipmentId, status, minute, rest),
    ),
  { maxLength: 6, selector: (each) => each.nativeId },
);

/** What a refund pays for is told with every word of it. */
const PAYS_FOR: Record<string, string> = { r1: "ret1" };
export const refunds = named(["r1", "r2"], (nativeId) =>
  fc
    .record({
      status: fc.constantFrom(...REFUND_STATUSES),
      lines: lineQuantities,
      cancels: fc.boolean(),
      restocked: fc.option(fc.boolean()),
      amount: amounts,
    })
    .map(({ lines: back, cancels, restocked, ...rest }) => ({
      ...refund(nativeId, {}, { ...rest, returnId: PAYS_FOR[nativeId] ?? null }),
      lines: back.map((each) => ({ ...each, amount: total, restocked, cancels })),
    })),
);

/** Returns whose counts need not fit: what was asked for, agreed to and came are told apart by the shop. */
export const returns = named(RETURNS, (nativeId) =>
  fc
    .record({
      stage: fc.constantFrom(...RETURN_STAGES),
      lines: fc.array(
        fc
          .record({
            lineId: lineIds,
            requested: quantities,
            approved: quantities,
            received: quantities,
            rejected: fc.oneof(fc.constant(0), quantities),
            restocked: fc.oneof(fc.constant(0), quantities),
            disposition: fc.option(fc.constantFrom(...DISPOSITIONS)),
          })
          .map(({ lineId, requested, ...rest }) => returnLine(lineId, requested, rest)),
        { maxLength: 3 },
      ),
    })
    .map(({ lines, ...rest }) => returned(nativeId, lines, rest)),
);

export const transactions = named(["t1", "t2", "t3"], (nativeId) =>
  fc
    .record({
      kind: fc.constantFrom("AUTHORIZATION", "CAPTURE", "SALE", "REFUND", "VOID"),
      status: fc.constantFrom("SUCCEEDED", "PENDING", "FAILED"),
      amount: amounts,
      parentNativeId: fc.option(fc.constantFrom("t1", "t2")),
    })
    .map((rest) => transaction(nativeId, "SALE", "0.00", rest as Partial<TransactionFacts>)),
);

const hold: fc.Arbitrary<Hold> = fc.record({
  id: fc.constantFrom("h1", "h2"),
  reason: fc.constantFrom("FRAUD_REVIEW", "OTHER"),
  note: fc.option(word),
  since: fc.constant(null),
  by: fc.option(word),
});
export const works = named(["w1", "w2"], (nativeId) =>
  fc
    .record({
      status: fc.constantFrom(...FULFILLMENT_ORDER_STATUSES),
      lines: lineQuantities,
      holds: fc.uniqueArray(hold, { maxLength: 2, selector: (each) => each.id }),
    })
    .map(({ lines: open, ...rest }) => ({
      ...work(nativeId, {}, rest),
      lines: open.map(({ lineId, quantity }, index) => ({
        nativeId: `${nativeId}/${index}`,
        lineId,
        total: quantity,
        remaining: quantity,
      })),
    })),
);

/** Some of these rows, each at most once, in any order. */
function named<T>(ids: readonly string[], row: (id: string) => fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...ids]).chain((some) => fc.tuple(...some.map(row)));
}

/** A snapshot with all its sections complete, as a read gives it. */
export const wholeSnapshots = (minute: number): fc.Arbitrary<Snapshot> =>
  fc
    .record({ head: heads, lines, fulfillments, scans, returns, refunds, transactions, works })
    .map(({ works: fulfillmentOrders, ...rest }) =>
      sectionsOf({ ...rest, fulfillmentOrders }, minute, () => true),
    );

/** A snapshot of some sections, complete or partial, as a webhook or a read gives it. */
export const anySnapshots = (minute: number): fc.Arbitrary<Snapshot> =>
  fc
    .tuple(
      fc.record(
        {
          head: heads,
          lines,
          fulfillments,
          scans,
          returns,
          refunds,
          transactions,
          fulfillmentOrders: works,
        },
        { requiredKeys: [] },
      ),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    )
    .map(([values, complete]) =>
      sectionsOf(values, minute, (name, index) => name === "head" || complete[index] === true),
    );

function sectionsOf(
  values: Record<string, unknown>,
  minute: number,
  complete: (name: string, index: number) => boolean,
): Snapshot {
  const sections = Object.entries(values).map(([name, value], index) => [
    name,
    { asOf: at(minute), complete: complete(name, index), value },
  ]);
  return { ref: { nativeId: "o" }, ...Object.fromEntries(sections) } as Snapshot;
}

/** Any order that facts can make: a whole snapshot and up to three later words of any kind. */
export const orders: fc.Arbitrary<Order> = fc
  .tuple(wholeSnapshots(0), fc.array(minutes.chain(anySnapshots), { maxLength: 3 }))
  .map(([first, later]) => orderOf(first, ...later));
