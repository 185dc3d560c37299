import { Field, ID, InputType, Int } from "type-graphql";
import { DateTime, IdempotencyKey, Json, Quantity, Url } from "../scalars.js";
import { words } from "../words.js";
import { Platform } from "./platform.js";

export type WaitUntilWord = "ACCEPTED" | "SUCCEEDED";
export const WaitUntil = words<WaitUntilWord>("WaitUntil", "How long a mutation waits.", {
  ACCEPTED: "Until the write is checked and written down.",
  SUCCEEDED: "Until the shop has done it, or the time runs out.",
});

export type CommandResolutionWord = "DONE" | "NOT_DONE";
export const CommandResolution = words<CommandResolutionWord>(
  "CommandResolution",
  "What a person found out about a write whose outcome was unknown.",
  {
    DONE: "The shop has done it.",
    NOT_DONE: "The shop has not done it.",
  },
);

@InputType({ description: "How a write is to be done; every write takes one." })
export class WriteOptions {
  @Field(() => IdempotencyKey, {
    nullable: true,
    description:
      "Unique within your integration: the same key with the same input is the same write. A dry run or a refused input claims no key. refundCreate, and orderCancel with refund, demand one.",
  })
  idempotencyKey?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Refused only if a part of the order that this write depends on changed since; scans never count.",
  })
  expectedVersion?: number | null;

  @Field(() => WaitUntil, {
    nullable: true,
    defaultValue: "ACCEPTED",
    description: "Where the time runs out the write goes on and is returned as it stands.",
  })
  waitUntil?: WaitUntilWord | null;

  @Field(() => Int, {
    nullable: true,
    description: "With waitUntil SUCCEEDED: 5000 where absent, at most 30000.",
  })
  waitTimeoutMs?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Checks everything and changes nothing: command is null, preview tells the calls, userErrors what would refuse.",
  })
  dryRun?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the shop tells its customer; absent leaves the shop's default.",
  })
  notifyCustomer?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "False refuses what the shop cannot do natively; absent means false for money, true elsewhere.",
  })
  allowEmulated?: boolean | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "A write still queued after this is not sent.",
  })
  deadline?: Date | null;
}

@InputType({ description: "How much of a line." })
export class LineQuantityInput {
  @Field(() => ID, { description: "The line." })
  lineId!: string;

  @Field(() => Quantity, { description: "How much of it, more than 0." })
  quantity!: number;
}

@InputType({ description: "A carrier's number for a parcel." })
export class TrackingInput {
  @Field({ description: "The number." })
  number!: string;

  @Field(() => String, { nullable: true, description: "Carrier's name." })
  carrier?: string | null;

  @Field(() => String, { nullable: true, description: "Carrier's code." })
  carrierCode?: string | null;

  @Field(() => Url, { nullable: true, description: "Where the parcel can be followed." })
  url?: string | null;
}

@InputType({ description: "One parcel of a shipment." })
export class PackageInput {
  @Field(() => TrackingInput, { nullable: true, description: "Its number, where it has one." })
  tracking?: TrackingInput | null;

  @Field(() => [LineQuantityInput], {
    nullable: true,
    description: "What is in it, where it is known.",
  })
  lines?: LineQuantityInput[] | null;
}

@InputType({ description: "A shipment to be recorded." })
export class FulfillmentCreateInput {
  @Field(() => ID, { description: "The order." })
  orderId!: string;

  @Field(() => [LineQuantityInput], {
    nullable: true,
    description: "What left; omit for everything still open.",
  })
  lines?: LineQuantityInput[] | null;

  @Field(() => ID, {
    nullable: true,
    description: "The work it completes; its lines and its place are what is not said here.",
  })
  fulfillmentOrderId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Where it left from; where absent, from where its work was moved to, if it was.",
  })
  locationId?: string | null;

  @Field(() => [PackageInput], { nullable: true, description: "Its parcels." })
  packages?: PackageInput[] | null;

  @Field(() => DateTime, { nullable: true, description: "When it left; now where absent." })
  shippedAt?: Date | null;
}

@InputType({ description: "One shipment of many, with options of its own." })
export class FulfillmentBatchItemInput {
  @Field(() => FulfillmentCreateInput, { description: "What left." })
  input!: FulfillmentCreateInput;

  @Field(() => WriteOptions, { nullable: true, description: "How it is to be done." })
  options?: WriteOptions | null;
}

@InputType({ description: "An order to be called off." })
export class OrderCancelInput {
  @Field(() => ID, { description: "The order." })
  orderId!: string;

  @Field(() => [LineQuantityInput], {
    nullable: true,
    description:
      "Only these; the whole order where absent. No platform here cancels by line yet: CAPABILITY_NOT_SUPPORTED.",
  })
  lines?: LineQuantityInput[] | null;

  @Field({ description: "Why, in your words." })
  reason!: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: "Whether its goods go back into stock.",
  })
  restock?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Whether all that is left of the money goes back too; demands options.idempotencyKey.",
  })
  refund?: boolean | null;
}

@InputType({ description: "A shop to be connected." })
export class ChannelConnectInput {
  @Field(() => Platform, { description: "What it runs on." })
  platform!: string;

  @Field({ description: "How you call it." })
  name!: string;

  @Field(() => Json, {
    description: "As PlatformInfo.settings describes; secrets are sealed and never shown again.",
  })
  settings!: unknown;
}
