import { Field, Int, ObjectType } from "type-graphql";
import type * as event from "../../domain/event.js";
import { Cursor, DateTime } from "../scalars.js";
import { words } from "../words.js";
import { Actor, EventSource } from "./actor.js";
import { Change } from "./change.js";
import { Node, PageInfo } from "./node.js";

export const EventType = words<event.EventType>("EventType", "What happened.", {
  ORDER_IMPORTED:
    "An order came in with the first import; left out unless the filter asks for source BACKFILL.",
  ORDER_CREATED: "An order was placed.",
  ORDER_UPDATED: "Something of an order changed that no other type names.",
  ORDER_CANCELED: "An order was called off.",
  ORDER_COMPLETED: "An order was done.",
  ORDER_STATUS_CHANGED: "One of an order's statuses changed.",
  ORDER_HELD: "An order was held back.",
  ORDER_RELEASED: "An order is no longer held back.",
  ORDER_NOTE_ADDED: "A note was added.",
  ORDER_DELETED: "An order was deleted in its shop.",
  ORDER_ARCHIVED: "An order was put away in its shop.",
  PAYMENT_CHANGED: "An order's payment status or amounts changed.",
  FULFILLMENT_ORDER_CHANGED: "Work on an order came, changed or went.",
  FULFILLMENT_CREATED: "A shipment was made.",
  FULFILLMENT_UPDATED: "A shipment changed.",
  FULFILLMENT_CANCELED: "A shipment was taken back.",
  FULFILLMENT_REMOVED: "The shop ceased to report a shipment.",
  TRACKING_ADDED: "A parcel got its number.",
  TRACKING_UPDATED: "A parcel moved, or its number changed or went.",
  DELIVERED: "A parcel arrived.",
  DELIVERY_EXCEPTION: "Something went wrong with a parcel.",
  RETURN_REQUESTED: "A return came to be.",
  RETURN_UPDATED: "A return changed: it was approved, or a parcel is on its way back.",
  RETURN_RECEIVED: "Goods came back.",
  RETURN_CLOSED: "A return ended, was declined or called off.",
  REFUND_CREATED: "Money was given back.",
  REFUND_UPDATED: "A refund changed.",
  COMMAND_UPDATED: "A write through this API changed its status.",
  CHANNEL_HEALTH_CHANGED: "A shop's health changed.",
  SYNC_REPAIRED:
    "A sweep found an order to differ from its shop, which no webhook and no poll had told, and put it right; changes are those that its own events tell.",
});

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "A fact in the log, in the order in which it was recorded.",
})
export class Event extends Node {
  @Field(() => Cursor, { description: "Its place in the log." })
  cursor!: string;

  @Field(() => EventType, { description: "What happened." })
  type!: event.EventType;

  @Field(() => DateTime, { description: "When it happened, as the shop tells." })
  occurredAt!: string;

  @Field(() => DateTime, { description: "When we learned of it." })
  recordedAt!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      "Version of the order after this event (several events may share one), by which a client drops a repeat or a late one.",
  })
  orderVersion!: number | null;

  @Field(() => EventSource, { description: "How it came to us." })
  source!: event.EventSource;

  @Field(() => Actor, { description: "Who did it." })
  actor!: Actor;

  @Field(() => String, { nullable: true, description: "The shop's delivery that brought it." })
  deliveryId!: string | null;

  @Field(() => [Change], { description: "What changed." })
  changes!: Change[];
}

@ObjectType({ simpleResolvers: true, description: "An event in its list." })
export class EventEdge {
  @Field(() => Event, { description: "The event." })
  node!: Event;

  @Field(() => Cursor, { description: "Its place in the log." })
  cursor!: string;
}

@ObjectType({ simpleResolvers: true, description: "A stretch of the log, the oldest first." })
export class EventConnection {
  @Field(() => [EventEdge], { description: "Events with their places." })
  edges!: EventEdge[];

  @Field(() => [Event], { description: "The events alone." })
  nodes!: Event[];

  @Field(() => PageInfo, { description: "Where the stretch lies." })
  pageInfo!: PageInfo;

  @Field(() => Cursor, {
    description: "As far as the log was read, also where the filter let nothing through.",
  })
  cursor!: string;
}

@ObjectType({ simpleResolvers: true, description: "When and how the shop was last heard of it." })
export class Freshness {
  @Field(() => DateTime, { description: "When the shop was last read or reported it." })
  observedAt!: Date;

  @Field(() => EventSource, { description: "How." })
  source!: event.EventSource;

  @Field({ description: "Whether the shop should have been heard since and was not." })
  stale!: boolean;
}

export type StreamResetReasonWord = "EXPIRED" | "EPOCH_CHANGED" | "ACCESS_CHANGED";
export const StreamResetReason = words<StreamResetReasonWord>(
  "StreamResetReason",
  "Why a stream cannot go on from its cursor.",
  {
    EXPIRED: "The cursor is older than the log keeps.",
    EPOCH_CHANGED: "The database was restored from a backup since.",
    ACCESS_CHANGED: "The key sees something else since.",
  },
);
