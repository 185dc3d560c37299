import type { PulledPage } from "../domain/channel.js";
import type { EventSource } from "../domain/event.js";
import type { RecordScope } from "../events/recorder.js";
import { keepDeadLetter } from "../store/deliveries.js";
import { askRefresh, REFRESH_PRIORITY } from "../store/refreshes.js";

/** Snapshots that one statement writes: enough to be quick, few enough for short locks. */
const BATCH = 100;

/**
 * Records a page of a backfill or poll: orders in batches, what could not be translated as dead letters, and parts of
 * unknown orders as wishes to read the whole. Belongs into the transaction that also moves the cursor.
 */
export async function recordPage(
  scope: RecordScope,
  origin: { channelId: string; source: EventSource; now: Date },
  page: PulledPage,
): Promise<void> {
  const { channelId, source, now } = origin;
  const actor = { kind: "CHANNEL", id: channelId, name: null } as const;
  const headless: string[] = [];
  for (let start = 0; start < page.snapshots.length; start += BATCH) {
    const batch = page.snapshots.slice(start, start + BATCH);
    const recorded = await scope.record({ source, actor, channelId, now }, batch);
    for (const { orderId, nativeId } of recorded) if (orderId === null) headless.push(nativeId);
  }
  for (const { ref, reason, body } of page.unreadable) {
    await keepDeadLetter(scope.tx, {
      tenantId: scope.tenantId,
      channelId,
      source,
      topic: null,
      reason: ref ? `order ${ref.nativeId}: ${reason}` : reason,
      receivedAt: now,
      body: typeof body === "string" ? body : (JSON.stringify(body) ?? String(body)),
    });
  }
  await askRefresh(scope.tx, {
    tenantId: scope.tenantId,
    channelId,
    nativeIds: headless,
    priority: REFRESH_PRIORITY.sweep,
    source,
    dueAt: now,
  });
}
