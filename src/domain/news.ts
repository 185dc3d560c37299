import type { DocumentFulfillment } from "./document.js";
import type { Change, EventType, TrackingChange } from "./event.js";
import type { Instant } from "./time.js";

/** A fact about an order that follows from comparing it before and after. */
export interface OrderNews {
  type: EventType;
  subjectId: string;
  /** When it happened as far as the platform says; null: when it was recorded. */
  occurredAt: Instant | null;
  changes: Change[];
  tracking: TrackingChange | null;
}

/** A piece of news that is told by its type, with what changed. */
export function about(
  type: EventType,
  subjectId: string,
  occurredAt: Instant | null,
  changes: Change[],
): OrderNews {
  return { type, subjectId, occurredAt, changes, tracking: null };
}

/** Asked for by a command and not yet reported: a plan, not a fact, so no news of its own. */
export function isPlanned(shipment: DocumentFulfillment): boolean {
  return shipment.status === "PENDING" && shipment.nativeId === null;
}
