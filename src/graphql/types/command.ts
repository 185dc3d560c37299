import { Field, Int, ObjectType } from "type-graphql";
import type * as command from "../../domain/command.js";
import { DateTime, Duration, IdempotencyKey } from "../scalars.js";
import { words } from "../words.js";
import { Actor } from "./actor.js";
import { Node, PageInfo } from "./node.js";
import { CommandResolution, type CommandResolutionWord } from "./write.js";

export const CommandStatus = words<command.CommandStatus>("CommandStatus", "How a write stands.", {
  ACCEPTED: "Checked and written down.",
  QUEUED: "Waits for its turn.",
  IN_FLIGHT: "On its way to the shop.",
  RETRYING: "Failed in a way that can be tried again, and will be.",
  OUTCOME_UNKNOWN:
    "The shop may have done it. It is looked for there as soon as the shop can no longer carry it out: nextAttemptAt says when. Found, it succeeds; not there, goods are sent again, and money is left to a person.",
  PARTIALLY_SUCCEEDED: "Some of its steps were done, others not.",
  SUCCEEDED: "Done.",
  FAILED: "Not done.",
  CANCELED: "Withdrawn before it was sent.",
  NEEDS_ATTENTION:
    "A person must find out what became of it: errors say what was seen; see commandResolve.",
});

type CommandTypeWord = command.CommandType | command.ChannelCommandType;

export const CommandType = words<CommandTypeWord>("CommandType", "What a write does.", {
  FULFILLMENT_CREATE: "Records a shipment: fulfillmentCreate.",
  FULFILLMENT_TRACKING_UPDATE: "Changes tracking: fulfillmentTrackingUpdate.",
  FULFILLMENT_CANCEL: "Takes a shipment back: fulfillmentCancel.",
  TRACKING_EVENT_ADD: "Adds a scan: trackingEventAdd.",
  FULFILLMENT_ORDER_HOLD: "Holds work back: fulfillmentOrderHold.",
  FULFILLMENT_ORDER_RELEASE: "Ends holds: fulfillmentOrderRelease.",
  FULFILLMENT_ORDER_MOVE: "Lets work leave from another place: fulfillmentOrderMove.",
  ORDER_CANCEL: "Calls an order off: orderCancel.",
  ORDER_NOTE_ADD: "Adds a note: orderNoteAdd.",
  ORDER_TAGS_UPDATE: "Adds and takes tags: orderTagsUpdate.",
  ORDER_ADDRESS_UPDATE: "Changes where an order goes: orderAddressUpdate.",
  RETURN_CREATE: "Begins a return: returnCreate.",
  RETURN_APPROVE: "Agrees to a return: returnApprove.",
  RETURN_DECLINE: "Turns a return down: returnDecline.",
  RETURN_RECEIVE: "Takes goods back in: returnReceive.",
  RETURN_TRACKING_UPDATE: "Says how goods come back: returnTrackingUpdate.",
  RETURN_CLOSE: "Ends a return: returnClose.",
  RETURN_CANCEL: "Calls a return off: returnCancel.",
  REFUND_CREATE: "Gives money back: refundCreate.",
  ORDER_REFRESH: "Reads an order again from its shop: orderRefresh.",
  CHANNEL_RECONCILE: "Looks for what was missed of a shop's orders: channelReconcile.",
});

@ObjectType({ simpleResolvers: true, description: "One try at one step." })
export class CommandAttempt {
  @Field(() => Int, { description: "Which try, from 1." })
  number!: number;

  @Field(() => DateTime, { description: "When it began." })
  startedAt!: Date;

  @Field(() => Duration, { nullable: true, description: "How long it took." })
  duration!: number | null;

  @Field(() => Int, { nullable: true, description: "HTTP status the shop answered with." })
  httpStatus!: number | null;

  @Field({ description: "DONE, REFUSED, UNKNOWN, or IN_FLIGHT while it is on its way." })
  outcome!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "How an unknown outcome was settled: REPORTED_BY_CHANNEL, FOUND_AT_CHANNEL, NOT_FOUND_AT_CHANNEL (looked for twice and not there), or who said so; null while it is open.",
  })
  verifiedBy!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "One effect at the shop; a write may need several, each with its own tries.",
})
export class CommandStep {
  @Field(() => Int, { description: "Its place among the steps, from 0." })
  index!: number;

  @Field({ description: "What it does, in a few words." })
  summary!: string;

  @Field(() => CommandStatus, { description: "How it stands." })
  status!: command.CommandStatus;
}

@ObjectType({
  simpleResolvers: true,
  description: "What a person found out about a write whose outcome was unknown: commandResolve.",
})
export class CommandSettlement {
  @Field(() => CommandResolution, { description: "Whether the shop has done it." })
  outcome!: CommandResolutionWord;

  @Field(() => String, {
    nullable: true,
    description:
      "How they know, in their words; null without the scope PII_READ, since people write about people.",
  })
  note!: string | null;

  @Field(() => Actor, { description: "Who said so." })
  by!: Actor;

  @Field(() => DateTime, { description: "When they said so." })
  at!: Date;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "A write through this API, and what became of it.",
})
export class Command extends Node {
  @Field(() => CommandType, { description: "What it does." })
  type!: CommandTypeWord;

  @Field(() => CommandStatus, { description: "How it stands." })
  status!: command.CommandStatus;

  @Field(() => IdempotencyKey, { nullable: true, description: "Key it was sent with." })
  idempotencyKey!: string | null;

  @Field(() => DateTime, { description: "When it was accepted." })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it ended." })
  finishedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it is tried next." })
  nextAttemptAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "After this it is not sent any more." })
  deadline!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "A write in its list." })
export class CommandEdge {
  @Field(() => Command, { description: "The write." })
  node!: Command;

  @Field({ description: "Its place in the list." })
  cursor!: string;
}

@ObjectType({ simpleResolvers: true, description: "A page of writes, the newest first." })
export class CommandConnection {
  @Field(() => [CommandEdge], { description: "Writes with their places." })
  edges!: CommandEdge[];

  @Field(() => [Command], { description: "The writes alone." })
  nodes!: Command[];

  @Field(() => PageInfo, { description: "Where the page lies." })
  pageInfo!: PageInfo;
}
