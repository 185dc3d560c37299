import type { TrackingWish } from "./command.js";
import { InvalidInput } from "./errors.js";
import type { LocalFact, RefundPlanned, ReturnPlanned } from "./local.js";
import type { Order } from "./order.js";
import type { Identity, MadeBy } from "./part.js";
import type { Refund } from "./refund.js";
import { moveReturn, type Return } from "./return.js";
import type { Instant } from "./time.js";

type MadeFact = Extract<LocalFact, { kind: `return-${string}` | `refund-${string}` }>;

/** Takes in what only we know of returns and refunds. Changes the order in place; throws InvalidInput for what it does not have. */
export function applyMade(order: Order, fact: MadeFact, now: Instant): void {
  switch (fact.kind) {
    case "return-planned":
      plan(order.returns, fact.returnId, () => plannedReturn(order, fact));
      break;
    case "return-kept": {
      const row = find(order, "return", order.returns, fact.returnId);
      Object.assign(row, { owner: "GATEWAY", made: true });
      break;
    }
    case "return-confirmed": {
      const row = find(order, "return", order.returns, fact.returnId);
      const twin = twinOf(order.returns, row, fact.nativeId);
      if (confirm(order.returns, row, fact, now)) row.made = true;
      for (const refund of order.refunds)
        if (twin && refund.returnId === twin.id) refund.returnId = row.id;
      break;
    }
    case "return-dropped":
      drop(find(order, "return", order.returns, fact.returnId), now);
      break;
    case "return-moved": {
      const row = find(order, "return", order.returns, fact.returnId);
      Object.assign(row, moveReturn(row, fact.move));
      break;
    }
    case "refund-planned":
      plan(order.refunds, fact.refundId, () => plannedRefund(fact));
      break;
    case "refund-confirmed": {
      const row = find(order, "refund", order.refunds, fact.refundId);
      if (confirm(order.refunds, row, fact, now)) row.status = "SUCCEEDED";
      break;
    }
    case "refund-unclear": {
      const row = find(order, "refund", order.refunds, fact.refundId);
      if (row.nativeId === null) row.status = "OUTCOME_UNKNOWN";
      break;
    }
    case "refund-dropped": {
      const row = find(order, "refund", order.refunds, fact.refundId);
      if (drop(row, now)) row.status = "FAILED";
      break;
    }
  }
}

type Made = Identity & MadeBy;

function find<Row extends Made>(order: Order, noun: string, rows: readonly Row[], id: string): Row {
  const row = rows.find((each) => each.id === id);
  if (!row) throw new InvalidInput(`${noun} ${id} is not part of order ${order.id}`);
  return row;
}

/** Adds the row, or brings it back as it was planned where its step is to be tried once more. */
function plan<Row extends Made>(rows: Row[], id: string, make: () => Row): void {
  const at = rows.findIndex((row) => row.id === id);
  if (at < 0) rows.push(make());
  else if (rows[at]?.nativeId === null) rows[at] = make();
}

/** Whether that was news: what the channel reported in full stays as it reported it. */
function confirm<Row extends Made>(
  rows: Row[],
  row: Row,
  { nativeId }: { nativeId: string | null },
  now: Instant,
): boolean {
  if (row.nativeId !== null) return false;
  const twin = twinOf(rows, row, nativeId);
  if (twin) {
    // The report came first and was not recognised as ours: the id that was promised stays, the other gives way.
    twin.nativeId = null;
    twin.owner = "GATEWAY";
    twin.removedAt ??= now;
  }
  row.nativeId = nativeId;
  row.removedAt = null;
  return true;
}

/** The row under which the channel reported what was ours, where it was not recognised. */
function twinOf<Row extends Made>(
  rows: readonly Row[],
  row: Row,
  nativeId: string | null,
): Row | undefined {
  return rows.find((each) => each !== row && nativeId !== null && each.nativeId === nativeId);
}

/** Whether it went: what the channel reported meanwhile did come. */
function drop(row: Made, now: Instant): boolean {
  if (row.nativeId !== null) return false;
  row.removedAt ??= now;
  return true;
}

const PLANNED = { nativeId: null, owner: "CHANNEL", removedAt: null, sentAt: null } as const;

function plannedReturn(order: Order, fact: ReturnPlanned): Return {
  return {
    ...PLANNED,
    id: fact.returnId,
    commandId: fact.commandId,
    stepIndex: fact.stepIndex,
    marker: fact.marker,
    name: nextReturnName(order, fact.returnId),
    stage: fact.requested ? "REQUESTED" : "OPEN",
    lines: fact.lines.map(({ lineId, quantity, reason, note, resolution }) => ({
      lineId,
      nativeId: null,
      requested: quantity,
      approved: fact.requested ? 0 : quantity,
      received: 0,
      rejected: 0,
      restocked: 0,
      reason,
      rawReason: null,
      note,
      disposition: null,
      resolution,
    })),
    shipments: fact.tracking ? [shipmentOf(fact.tracking)] : [],
    requestedAt: fact.plannedAt,
    note: fact.note,
    projection: fact.projection,
    made: false,
  };
}

/**
 * What the next return of an order is called: by the first number that no other return bears; one that was given up lends
 * its own to the next. `returnId` is that of the return itself, where it is planned once more.
 */
export function nextReturnName({ head, returns }: Order, returnId: string | null = null): string {
  const others = returns.filter(
    (row) => row.id !== returnId && (row.made || row.removedAt === null),
  );
  const taken = new Set(others.map((row) => row.name));
  let number = 1;
  while (taken.has(`${head.number}-R${number}`)) number++;
  return `${head.number}-R${number}`;
}

/** A parcel on its way back under this number. */
export function shipmentOf(tracking: TrackingWish): Return["shipments"][number] {
  return { tracking: { ...tracking, estimatedDeliveryAt: null }, labelUrl: null };
}

function plannedRefund(fact: RefundPlanned): Refund {
  return {
    ...PLANNED,
    id: fact.refundId,
    commandId: fact.commandId,
    stepIndex: fact.stepIndex,
    marker: fact.marker,
    status: "PENDING",
    amount: fact.amount,
    lines: fact.lines.map(({ lineId, quantity, amount, restock }) => ({
      lineId,
      quantity,
      amount,
      restocked: restock,
      cancels: false,
    })),
    shipping: fact.shipping,
    reason: fact.reason,
    createdAt: fact.plannedAt,
    returnId: fact.returnId,
  };
}
