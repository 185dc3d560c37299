import { createUnionType, Field, ObjectType } from "type-graphql";
import type { DeliveryStatus as Delivery } from "../../domain/status.js";
import { Cursor, DateTime } from "../scalars.js";
import { Event, StreamResetReason, type StreamResetReasonWord } from "./event.js";
import { DeliveryStatus } from "./status.js";

@ObjectType({ simpleResolvers: true, description: "An event in a stream." })
export class EventMessage {
  @Field(() => Event, { description: "The event." })
  event!: Event;

  @Field(() => Cursor, { description: "Resume after this to go on behind it." })
  cursor!: string;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "Sent when the filter skipped much or nothing came for a while, so that a quiet subscriber's cursor does not age out.",
})
export class Checkpoint {
  @Field(() => Cursor, { description: "Resume after this." })
  cursor!: string;

  @Field(() => DateTime, { description: "When it was made." })
  at!: string;

  @Field({ description: "Whether everything up to now was looked at." })
  caughtUp!: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "The stream cannot go on from the cursor it was given: fetch a snapshot, then go on from resumeAt. Never a silent gap.",
})
export class StreamReset {
  @Field(() => StreamResetReason, { description: "Why." })
  reason!: StreamResetReasonWord;

  @Field(() => Cursor, { description: "The oldest place that the log still has." })
  oldestCursor!: string;

  @Field(() => Cursor, { description: "Where to go on after a snapshot was fetched." })
  resumeAt!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "A parcel moved, or its number came, changed or went.",
})
export class TrackingUpdate {
  @Field(() => Cursor, { description: "Resume after this to go on behind it." })
  cursor!: string;

  @Field(() => DeliveryStatus, { description: "Where the parcel was before." })
  previousStatus!: Delivery;
}

export const EventStreamItem = createUnionType({
  name: "EventStreamItem",
  description: "What Subscription.events sends.",
  types: () => [EventMessage, Checkpoint, StreamReset] as const,
});

export const TrackingStreamItem = createUnionType({
  name: "TrackingStreamItem",
  description: "What Subscription.trackingUpdates sends.",
  types: () => [TrackingUpdate, Checkpoint, StreamReset] as const,
});
