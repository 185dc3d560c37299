import { Field, Int, ObjectType } from "type-graphql";
import type { ChannelHealth as Health } from "../../domain/channel.js";
import { CurrencyCode, DateTime, Url } from "../scalars.js";
import { words } from "../words.js";
import { Address } from "./address.js";
import { ErrorCode } from "./error-code.js";
import { Node } from "./node.js";
import { Platform } from "./platform.js";

export const ChannelHealth = words<Health>("ChannelHealth", "How a connected shop is doing.", {
  HEALTHY: "It answers.",
  DEGRADED: "It answers late or not always.",
  DOWN: "It does not answer.",
  AUTH_REQUIRED: "It refuses our credentials; a person must renew them.",
  PAUSED: "Somebody paused it: nothing is read from it or sent to it; see problem.",
});

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "One connected shop.",
})
export class Channel extends Node {
  @Field({ description: "How people call it." })
  name!: string;

  @Field(() => Platform, { description: "What the shop runs on." })
  platform!: string;

  @Field(() => String, { nullable: true, description: "Version of the platform, where it tells." })
  platformVersion!: string | null;

  @Field(() => Url, { nullable: true, description: "Where the shop is." })
  externalUrl!: string | null;

  @Field({ description: "The shop's time zone by its IANA name." })
  timezone!: string;

  @Field(() => CurrencyCode, { description: "The shop's own currency." })
  currency!: string;
}

@ObjectType({ simpleResolvers: true, description: "How far the gateway is in step with a shop." })
export class ChannelSync {
  @Field(() => ChannelHealth, { description: "How the shop is doing." })
  health!: Health;

  @Field(() => DateTime, { nullable: true, description: "When the last webhook came." })
  lastWebhookAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it was last polled." })
  lastPollAt!: Date | null;

  @Field(() => Int, { nullable: true, description: "Calls left, as the shop last said." })
  rateLimitRemaining!: number | null;

  @Field(() => DateTime, { nullable: true, description: "When the shop allows more calls." })
  rateLimitResetsAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "What is wrong with a shop's connection now." })
export class ChannelProblem {
  @Field(() => ErrorCode, { description: "What kind of trouble." })
  code!: string;

  @Field({ description: "What is wrong, in a sentence." })
  message!: string;

  @Field({ description: "What to do about it." })
  remedy!: string;

  @Field(() => DateTime, { description: "Since when." })
  since!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "One webhook subscription as the shop holds it.",
})
export class WebhookRegistration {
  @Field({ description: "The platform's name of the topic." })
  topic!: string;

  @Field({ description: "False where the shop has switched it off." })
  active!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "How far the first import of a shop has come." })
export class BackfillProgress {
  @Field({ description: "PENDING, RUNNING or COMPLETED." })
  status!: string;

  @Field(() => Int, { description: "Orders imported so far." })
  imported!: number;

  @Field(() => Int, { nullable: true, description: "Orders there are, where the shop tells." })
  estimatedTotal!: number | null;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "A place that a shop ships from.",
})
export class Location extends Node {
  @Field({ description: "The shop's name of the place." })
  name!: string;

  @Field(() => Address, { nullable: true, description: "Where the place is." })
  address!: Address | null;
}
