import type { NewEvent } from "../domain/event.js";
import { mintId } from "../domain/id.js";
import { instant } from "../domain/time.js";
import type { Origin } from "./recorder.js";

/** The event that says a command moved on; one about a whole channel has no order. */
export function commandUpdated(
  row: { id: string; channelId: string; orderId: string | null },
  status: { before: string | null; after: string },
  orderVersion: number | null,
  origin: Pick<Origin, "source" | "actor" | "now">,
): NewEvent {
  return {
    id: mintId("Event"),
    type: "COMMAND_UPDATED",
    occurredAt: instant(origin.now),
    channelId: row.channelId,
    orderId: row.orderId,
    subjectId: row.id,
    orderVersion,
    source: origin.source,
    actor: origin.actor,
    causedBy: row.id,
    deliveryId: null,
    changes: [{ path: "status", before: status.before, after: status.after }],
    tracking: null,
  };
}
