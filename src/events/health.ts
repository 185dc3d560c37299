import type { ChannelHealth } from "../domain/channel.js";
import type { Actor, EventSource, NewEvent } from "../domain/event.js";
import { mintId } from "../domain/id.js";
import { instant } from "../domain/time.js";

export interface HealthChange {
  channelId: string;
  before: ChannelHealth;
  after: ChannelHealth;
  source: EventSource;
  actor: Actor;
  now: Date;
}

/** The event that a channel is doing otherwise than before. Why stands in the channel's problem, never in the log. */
export function healthChanged({ channelId, before, after, now, ...how }: HealthChange): NewEvent {
  return {
    ...how,
    id: mintId("Event"),
    type: "CHANNEL_HEALTH_CHANGED",
    occurredAt: instant(now),
    channelId,
    orderId: null,
    subjectId: channelId,
    orderVersion: null,
    causedBy: null,
    deliveryId: null,
    changes: [{ path: "sync.health", before, after }],
    tracking: null,
  };
}
