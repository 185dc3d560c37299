import type { Change, EventType } from "../domain/event.js";
import { TRACKING_EVENT_TYPES } from "../domain/event.js";
import { eventsAfterVersion } from "../store/commands.js";
import type { Tx } from "../store/db.js";
import type { UserErrorData, Wish } from "./face.js";

/** What happens to an order without touching anything that a write depends on. */
const HARMLESS: ReadonlySet<EventType> = new Set<EventType>([
  ...TRACKING_EVENT_TYPES,
  "COMMAND_UPDATED",
  // The order's own events say what was repaired.
  "SYNC_REPAIRED",
  "ORDER_NOTE_ADDED",
  "ORDER_ARCHIVED",
]);
/** What happens to goods on their way back matters to returns and refunds, not to what is still to be shipped. */
const HARMLESS_TO_SHIPPING: ReadonlySet<EventType> = new Set<EventType>([
  "RETURN_REQUESTED",
  "RETURN_UPDATED",
  "RETURN_RECEIVED",
  "RETURN_CLOSED",
]);
const SHIPPING: ReadonlySet<Wish["type"]> = new Set<Wish["type"]>([
  "FULFILLMENT_CREATE",
  "FULFILLMENT_TRACKING_UPDATE",
  "FULFILLMENT_CANCEL",
  "TRACKING_EVENT_ADD",
  "FULFILLMENT_ORDER_HOLD",
  "FULFILLMENT_ORDER_RELEASE",
  "FULFILLMENT_ORDER_MOVE",
]);
/** Values of the order that no write depends on. */
const HARMLESS_PATH =
  /^(deliveryStatus|returnStatus|platformStatuses|statusProvenance|tags|notes|attributes|adminUrl|archivedAt)(\.|$)|\.(tracking|deliveryStatus|deliveredAt)(\.|$)/;

/**
 * Refuses a write whose caller looked at an order that has changed since in a part the write depends on. Scans, notes and
 * tags never count; `path` is where the options stand.
 */
export async function checkVersion(
  tx: Tx,
  tenantId: string,
  order: { id: string; version: number },
  { type }: Pick<Wish, "type">,
  expected: number,
): Promise<UserErrorData[]> {
  const path = ["options", "expectedVersion"];
  if (expected > order.version)
    return [
      {
        kind: "BasicUserError",
        code: "INVALID_INPUT",
        message: `expectedVersion ${expected} is ahead of order ${order.id}, which is at version ${order.version}`,
        path,
      },
    ];
  if (expected === order.version) return [];
  const since = await eventsAfterVersion(tx, tenantId, order.id, expected);
  const shipping = SHIPPING.has(type);
  const isHarmless = (event: EventType) =>
    HARMLESS.has(event) || (shipping && HARMLESS_TO_SHIPPING.has(event));
  const changes: Change[] = [];
  let stale = false;
  for (const event of since) {
    if (isHarmless(event.type as EventType)) continue;
    const weighty = event.changes.filter((change) => !HARMLESS_PATH.test(change.path));
    if (event.changes.length > 0 && weighty.length === 0) continue;
    stale = true;
    changes.push(...weighty);
  }
  if (!stale) return [];
  return [
    {
      kind: "StaleVersionError",
      code: "STALE_VERSION",
      message: `order ${order.id} changed since version ${expected} and is at ${order.version}; look at it again and repeat`,
      path,
      currentVersion: order.version,
      changes,
    },
  ];
}
