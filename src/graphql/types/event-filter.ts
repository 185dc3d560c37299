import { Field, ID, InputType } from "type-graphql";
import type { CommandStatus as Status, CommandType as Type } from "../../domain/command.js";
import type { EventType as Kind, EventSource as Source } from "../../domain/event.js";
import type { ReturnStatus as Returned } from "../../domain/return.js";
import type { DeliveryStatus as Delivery } from "../../domain/status.js";
import { Cursor, DateTime } from "../scalars.js";
import { EventSource } from "./actor.js";
import { CommandStatus, CommandType } from "./command.js";
import { EventType } from "./event.js";
import { DateTimeFilter } from "./order-filter.js";
import { Platform } from "./platform.js";
import { ReturnStatus } from "./return.js";
import { DeliveryStatus } from "./status.js";

@InputType({ description: "Which events; everything that is given must hold." })
export class EventFilter {
  @Field(() => [EventType], { nullable: true, description: "Of one of these types." })
  types?: Kind[] | null;

  @Field(() => [ID], { nullable: true, description: "From one of these shops." })
  channelIds?: string[] | null;

  @Field(() => [Platform], { nullable: true, description: "From shops on one of these platforms." })
  platforms?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "About one of these orders." })
  orderIds?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "About an order with one of these numbers.",
  })
  orderNumbers?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "About an order that has one of these tags now.",
  })
  tags?: string[] | null;

  @Field(() => [EventSource], {
    nullable: true,
    description:
      "That came in one of these ways; only with BACKFILL does a stream show ORDER_IMPORTED.",
  })
  sources?: Source[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Leaves out what this integration's own writes caused.",
  })
  notCausedByMe?: boolean | null;
}

@InputType({ description: "Which parcels; everything that is given must hold." })
export class TrackingFilter {
  @Field(() => [ID], { nullable: true, description: "Of orders from one of these shops." })
  channelIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "Of one of these orders." })
  orderIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "Of one of these shipments." })
  fulfillmentIds?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "With one of these numbers; spaces, dashes and case do not count.",
  })
  trackingNumbers?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Of one of these carriers, by code." })
  carrierCodes?: string[] | null;

  @Field(() => [DeliveryStatus], { nullable: true, description: "That are now in one of these." })
  statuses?: Delivery[] | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: "True: only where the status changed or a number came, changed or went.",
  })
  onlyChanges?: boolean | null;
}

@InputType({ description: "Where a stream begins; exactly one of the two. Without it: now." })
export class Resume {
  @Field(() => Cursor, { nullable: true, description: "Right after this." })
  after?: string | null;

  @Field(() => DateTime, { nullable: true, description: "At a point in time." })
  since?: Date | null;
}

@InputType({ description: "Which returns; everything that is given must hold." })
export class ReturnFilter {
  @Field(() => [ReturnStatus], { nullable: true, description: "That stand like one of these." })
  status?: Returned[] | null;

  @Field(() => [ID], { nullable: true, description: "To one of these shops." })
  channelId?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "Of one of these orders." })
  orderId?: string[] | null;

  @Field(() => DateTimeFilter, { nullable: true, description: "When they were asked for." })
  requestedAt?: DateTimeFilter | null;
}

@InputType({ description: "Which writes; everything that is given must hold." })
export class CommandFilter {
  @Field(() => [CommandStatus], { nullable: true, description: "That stand like one of these." })
  status?: Status[] | null;

  @Field(() => [CommandType], { nullable: true, description: "Of one of these types." })
  type?: Type[] | null;

  @Field(() => [ID], { nullable: true, description: "To one of these shops." })
  channelId?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "On one of these orders." })
  orderId?: string[] | null;

  @Field(() => [ID], { nullable: true, description: "Asked for by one of these actors." })
  actorId?: string[] | null;

  @Field(() => DateTimeFilter, { nullable: true, description: "When they were accepted." })
  createdAt?: DateTimeFilter | null;
}
