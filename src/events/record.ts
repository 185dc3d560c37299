import { isDeepStrictEqual } from "node:util";
import { applyLocal } from "../domain/apply-local.js";
import { newsBetween } from "../domain/changes.js";
import { derive } from "../domain/derive.js";
import { NotFound } from "../domain/errors.js";
import type { EventType, NewEvent } from "../domain/event.js";
import { mintId } from "../domain/id.js";
import { type Merged, merge, newOrder } from "../domain/merge.js";
import type { OrderNews } from "../domain/news.js";
import type { Order } from "../domain/order.js";
import type { MergeContext } from "../domain/rows.js";
import { shapeOrder } from "../domain/shape.js";
import type { Snapshot } from "../domain/snapshot.js";
import { rulingsOf, type StatusRule } from "../domain/status-rule.js";
import { instant } from "../domain/time.js";
import type { Database, Tx } from "../store/db.js";
import { appendEvents } from "../store/events.js";
import { findOrder, loadOrders, lockOrders, type StoredOrder } from "../store/orders.js";
import { type OrderWrite, saveOrders } from "../store/save-orders.js";
import { loadRules } from "../store/status-rules.js";
import type { Bus } from "./bus.js";
import type { Origin, Recorded, Recorder } from "./recorder.js";

export interface RecorderParts {
  db: Database;
  bus: Bus;
  /** Told, in the same transaction, of the orders that changed; answers with the events that follow (a command ended). */
  onRecorded?: (
    tx: Tx,
    tenantId: string,
    changed: RecordedOrder[],
    origin: Origin,
  ) => Promise<NewEvent[]>;
}

/** An order that changed, how it was before, and the planned parts of it that the channel has now reported. */
export interface RecordedOrder {
  order: Order;
  before: Order | null;
  adopted: Merged["adopted"];
}

/**
 * The one way in. Everything that changes an order (webhook, poll, backfill, command result, local fact) passes here:
 * hold the order, guard each section by its age, merge, derive, compare before and after, and write tables, document and
 * events in one transaction. What brings nothing new leaves no version and no event, so duplicates and replays vanish here
 * and nowhere else.
 */
export function createRecorder({ db, bus, onRecorded }: RecorderParts): Recorder {
  return {
    async transact(tenantId, work) {
      let told = false;
      const value = await db.forTenant(tenantId, (tx) => {
        const append = async (events: NewEvent[]) => {
          told ||= events.length > 0;
          await appendEvents(tx, tenantId, events);
        };
        const write = async (edits: Edit[], origin: Origin) => {
          const { events, changed, results } = await writeOrders(tx, tenantId, edits, origin);
          const follow =
            changed.length > 0 && onRecorded ? await onRecorded(tx, tenantId, changed, origin) : [];
          await append([...events, ...follow]);
          return results;
        };
        return work({
          tenantId,
          tx,
          append,
          record: async (origin, snapshots) =>
            write(await mergeAll(tx, tenantId, origin, snapshots), origin),
          rederive: async (origin, nativeIds) =>
            write(await rederiveAll(tx, tenantId, origin, nativeIds), origin),
          async recordLocal(origin, orderId, facts) {
            const edit = await applyAll(tx, tenantId, orderId, facts, origin);
            const [result] = await write([edit], origin);
            return result as Recorded;
          },
        });
      });
      if (told) bus.notify("log");
      return value;
    },
  };
}

/** One order before and after, not yet written; `after` is null where its head is not known. */
interface Edit {
  nativeId: string;
  before: StoredOrder | null;
  after: Order | null;
  adopted: Merged["adopted"];
  /** A snapshot was as old as what was known. */
  tied?: boolean;
  /** Only derived anew: it was not seen at its shop now. */
  unseen?: true;
}

async function mergeAll(
  tx: Tx,
  tenantId: string,
  origin: Origin & { channelId: string },
  snapshots: Snapshot[],
): Promise<Edit[]> {
  const nativeIds = [...new Set(snapshots.map((snapshot) => snapshot.ref.nativeId))];
  if (nativeIds.length === 0) return [];
  await lockOrders(tx, tenantId, origin.channelId, nativeIds);
  const stored = await loadOrders(tx, tenantId, origin.channelId, nativeIds);
  const rules = await loadRules(tx, tenantId, origin.channelId);
  const context = contextOf(origin);
  return nativeIds.map((nativeId) => {
    const edit: Edit = {
      nativeId,
      before: stored.get(nativeId) ?? null,
      after: stored.get(nativeId)?.order ?? null,
      adopted: [],
    };
    for (const snapshot of snapshots) {
      if (snapshot.ref.nativeId !== nativeId) continue;
      const news = asStored(snapshot);
      edit.after ??= news.head
        ? newOrder(origin.channelId, nativeId, news.head.value, context)
        : null;
      if (!edit.after) continue;
      edit.tied ||= news.head !== undefined && news.head.asOf === edit.before?.order.sections.head;
      const merged = merge(edit.after, news, context);
      edit.after = merged.order;
      edit.adopted.push(...merged.adopted);
    }
    if (edit.after) edit.after = ruled(edit.after, rules);
    return edit;
  });
}

/** Orders as they stand, under the merchant's rules of now. */
async function rederiveAll(
  tx: Tx,
  tenantId: string,
  { channelId }: Origin & { channelId: string },
  nativeIds: readonly string[],
): Promise<Edit[]> {
  await lockOrders(tx, tenantId, channelId, nativeIds);
  const stored = await loadOrders(tx, tenantId, channelId, nativeIds);
  const rules = await loadRules(tx, tenantId, channelId);
  return [...stored].flatMap(([nativeId, before]): Edit[] => {
    const after = ruled(before.order, rules);
    // It was not seen at its shop: where nothing changes, nothing is written.
    return after === before.order ? [] : [{ nativeId, before, after, adopted: [], unseen: true }];
  });
}

/** The same order where the rules make of its words what they made before. */
function ruled(order: Order, rules: readonly StatusRule[]): Order {
  const { rulings: before, ...head } = order.head;
  const rulings = rulingsOf(head.platformStatuses, rules);
  if (isDeepStrictEqual(rulings, before ?? {})) return order;
  return { ...order, head: Object.keys(rulings).length > 0 ? { ...head, rulings } : head };
}

async function applyAll(
  tx: Tx,
  tenantId: string,
  orderId: string,
  facts: Parameters<typeof applyLocal>[1][],
  origin: Origin,
): Promise<Edit> {
  const place = await findOrder(tx, tenantId, orderId);
  if (!place) throw new NotFound("order", orderId);
  await lockOrders(tx, tenantId, place.channelId, [place.nativeId]);
  const before = (await loadOrders(tx, tenantId, place.channelId, [place.nativeId])).get(
    place.nativeId,
  );
  if (!before) throw new NotFound("order", orderId);
  const context = contextOf(origin);
  const after = facts.reduce((order, fact) => applyLocal(order, fact, context), before.order);
  return { nativeId: place.nativeId, before, after, adopted: [] };
}

async function writeOrders(tx: Tx, tenantId: string, edits: Edit[], origin: Origin) {
  const writes: OrderWrite[] = [];
  const events: NewEvent[] = [];
  const changed: RecordedOrder[] = [];
  const results = edits.map((edit): Recorded => {
    if (!edit.after)
      return { nativeId: edit.nativeId, orderId: null, version: 0, changed: false, tied: false };
    const comparison = compare(edit.before, edit.after, origin);
    const { order } = comparison.write;
    const seen = edit.unseen && edit.before ? edit.before.seen : null;
    writes.push({ ...comparison.write, seen });
    events.push(...comparison.news.map((item) => toEvent(item, order, edit.adopted, origin)));
    if (comparison.changed)
      changed.push({ order, before: edit.before?.order ?? null, adopted: edit.adopted });
    return {
      nativeId: edit.nativeId,
      orderId: order.id,
      version: order.version,
      changed: comparison.changed,
      tied: comparison.changed && edit.tied === true,
    };
  });
  await saveOrders(tx, tenantId, writes, { at: origin.now, source: origin.source });
  return { events, changed, results };
}

/** What a change amounts to: the version goes up by one where anybody could see it, and not otherwise. */
function compare(before: StoredOrder | null, after: Order, origin: Origin) {
  const derived = derive(after);
  // As it will be read back, so that only what JSON can tell apart counts as a change.
  const document = asStored(shapeOrder(after, derived));
  const changed = !before || !isDeepStrictEqual(before.document, document);
  const order: Order = changed
    ? { ...after, version: (before?.order.version ?? 0) + 1, updatedAt: instant(origin.now) }
    : after;
  const news = changed
    ? newsBetween(before?.document ?? null, document, origin.source === "BACKFILL")
    : [];
  const write: Omit<OrderWrite, "seen"> = {
    before: before?.order ?? null,
    beforeDocument: before?.document ?? null,
    order,
    derived,
    document,
  };
  return { write, news, changed };
}

/** News that the coming of what was planned brings with it, so that it is told as caused by the command that asked for it. */
const BROUGHT: ReadonlySet<EventType> = new Set([
  "FULFILLMENT_CREATED",
  "TRACKING_ADDED",
  "ORDER_STATUS_CHANGED",
  "FULFILLMENT_ORDER_CHANGED",
  "PAYMENT_CHANGED",
  "RETURN_REQUESTED",
  "REFUND_CREATED",
]);

function toEvent(
  news: OrderNews,
  order: Order,
  adopted: Merged["adopted"],
  origin: Origin,
): NewEvent {
  const bringer = BROUGHT.has(news.type) ? adopted[0]?.commandId : null;
  return {
    id: mintId("Event"),
    type: news.type,
    occurredAt: news.occurredAt ?? instant(origin.now),
    channelId: order.channelId,
    orderId: order.id,
    subjectId: news.subjectId,
    orderVersion: order.version,
    source: origin.source,
    actor: origin.actor,
    causedBy: origin.causedBy ?? bringer ?? null,
    deliveryId: origin.deliveryId ?? null,
    changes: news.changes,
    tracking: news.tracking,
  };
}

function contextOf(origin: Origin): MergeContext {
  return { mint: mintId, now: instant(origin.now) };
}

/**
 * The value as it is kept and read back: plain JSON, nothing undefined. PostgreSQL has no room for U+0000 in text; it
 * becomes the replacement character, so that one such letter in a note does not keep a whole order out.
 */
function asStored<T>(value: T): T {
  const text = JSON.stringify(value);
  return JSON.parse(text.includes("\\u0000") ? text.replace(NUL, "$1\\ufffd") : text) as T;
}

/** An escaped U+0000 in JSON text, behind an even number of backslashes. */
const NUL = /(?<!\\)((?:\\\\)*)\\u0000/g;
