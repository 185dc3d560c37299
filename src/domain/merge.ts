import { gateOf, type Told } from "./age.js";
import { idsOf, resolveLines } from "./line-refs.js";
import { mergeRefunds, mergeReturns, resolveReturns } from "./merge-made.js";
import { mergeFulfillments, mergeScans } from "./merge-shipments.js";
import { hasLines } from "./note.js";
import type { LineFacts, Order, OrderHead, OrderNote } from "./order.js";
import type { Identity, MadeBy } from "./part.js";
import { type MergeContext, mergeRows } from "./rows.js";
import type { Native, Snapshot } from "./snapshot.js";
import { completeWork, mergeWork } from "./work.js";

export interface Merged {
  order: Order;
  /** Planned shipments, returns and refunds that the channel has now reported. */
  adopted: (Identity & MadeBy)[];
}

/** An order of which nothing is known yet but its head. */
export function newOrder(
  channelId: string,
  nativeId: string,
  head: OrderHead,
  context: MergeContext,
): Order {
  return {
    id: context.mint("Order"),
    channelId,
    nativeId,
    version: 0,
    updatedAt: context.now,
    deletedAt: null,
    sections: {},
    head,
    lines: [],
    fulfillments: [],
    fulfillmentOrders: [],
    returns: [],
    refunds: [],
    transactions: [],
  };
}

/**
 * Takes into an order what a channel says of it. Pure and idempotent: the same snapshot twice changes nothing the second
 * time. Each section is guarded by its own age, and so is each row that came in a partial one; an older word changes
 * nothing, only a complete section removes, and only what the channel owns. Rows keep the id they were given first.
 */
export function merge(before: Order, snapshot: Snapshot, context: MergeContext): Merged {
  const order = structuredClone(before);
  const letIn = gateOf(order.sections, context.now);
  const head = letIn("head", snapshot.head);
  if (head) order.head = carryOver(order.head, head.value);
  mergeDeletion(order, snapshot, head !== null);
  const lines = letIn("lines", snapshot.lines);
  if (lines) order.lines = mergeLines(order, lines, context);
  const lineIds = idsOf(order.lines);
  const shipments = letIn("fulfillments", snapshot.fulfillments);
  const adopted: Merged["adopted"] = shipments
    ? mergeFulfillments(order, shipments, lineIds, context)
    : [];
  const scans = letIn("scans", snapshot.scans);
  if (scans) mergeScans(order, scans, context);
  const work = letIn("fulfillmentOrders", snapshot.fulfillmentOrders);
  if (work) order.fulfillmentOrders = mergeWork(order.fulfillmentOrders, work, lineIds, context);
  order.fulfillmentOrders = completeWork(order, context);
  const returns = letIn("returns", snapshot.returns);
  if (returns) adopted.push(...mergeReturns(order, returns, lineIds, context));
  const refunds = letIn("refunds", snapshot.refunds);
  if (refunds) adopted.push(...mergeRefunds(order, refunds, lineIds, context));
  const moves = letIn("transactions", snapshot.transactions);
  if (moves) order.transactions = mergeRows(order.transactions, moves, "Transaction", context);
  resolveLines(order);
  resolveReturns(order);
  return { order, adopted };
}

/**
 * What a newer head leaves unsaid stays as it was known: where one status field serves for everything, a later value of it
 * (WooCommerce's `refunded`) hides what an earlier one (`completed`) said of another dimension. And a platform that keeps
 * no time of canceling names a new one with every change; the first is kept. What only we keep stays: tags, and notes
 * that the shop does not tell of itself.
 */
function carryOver(before: OrderHead, now: OrderHead): OrderHead {
  return {
    ...now,
    claims: { ...before.claims, ...now.claims },
    canceledAt: now.canceledAt && (before.canceledAt ?? now.canceledAt),
    notes: mergeNotes(before.notes, now.notes),
    ...(before.keptTags && { keptTags: before.keptTags }),
    ...(before.rulings && { rulings: before.rulings }),
  };
}

/**
 * What the shop shows, one for one known as ours where it says the same, and then those of ours that it does not show.
 * A shop with one field for notes shows ours as lines of it.
 */
function mergeNotes(before: OrderNote[], shown: OrderNote[]): OrderNote[] {
  const mine = before.filter((note) => note.kept);
  const notes = shown.map((note): OrderNote => {
    const at = mine.findIndex(({ text }) => text.trim() === note.text.trim());
    const [own] = at < 0 ? [] : mine.splice(at, 1);
    return own?.kept ? { ...note, kept: own.kept, author: note.author ?? own.author } : note;
  });
  const others = notes.filter((note) => !note.kept);
  const untold = mine.filter(({ text }) => !others.some((note) => hasLines(note.text, text)));
  return [...notes, ...untold];
}

/** An order is gone when the channel says so, unless in a word older than the head we know; a head seen later brings it back. */
function mergeDeletion(order: Order, { head, deletedAt }: Snapshot, headTaken: boolean): void {
  if (deletedAt) {
    if (headTaken || !head) order.deletedAt ??= deletedAt;
  } else if (order.deletedAt && headTaken && head && head.asOf > order.deletedAt)
    order.deletedAt = null;
}

function mergeLines(
  order: Order,
  section: Told<Native<LineFacts>[]>,
  context: MergeContext,
): Order["lines"] {
  const rows = mergeRows(order.lines, section, "OrderLine", context);
  const ids = idsOf(rows);
  return rows.map((row) => ({
    ...row,
    parentLineId:
      row.parentLineId === null ? null : (ids.get(row.parentLineId) ?? row.parentLineId),
  }));
}
