import { Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import type { ChannelOperation as Operation } from "../../domain/channel.js";
import type { ErrorCode as Code } from "../../domain/errors.js";
import { Duration, Quantity } from "../scalars.js";
import { ChannelOperation } from "./capability.js";
import { Change } from "./change.js";
import { ErrorCode } from "./error-code.js";

@InterfaceType({
  description: "A refusal that a caller can act on; the concrete types add what a program needs.",
})
export abstract class UserError {
  @Field(() => ErrorCode, { description: "What kind of refusal." })
  code!: Code;

  @Field({ description: "What was refused and what to do about it." })
  message!: string;

  @Field(() => [String], {
    nullable: true,
    description: "Way to the part of the input that was refused.",
  })
  path!: string[] | null;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: "A refusal that its code and message say in full.",
})
export class BasicUserError extends UserError {}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: "More was asked for than there is.",
})
export class QuantityError extends UserError {
  @Field(() => ID, { description: "The line." })
  lineId!: string;

  @Field(() => Quantity, { description: "How much was asked for." })
  requested!: number;

  @Field(() => Quantity, { description: "How much there is, net of what unfinished writes hold." })
  available!: number;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: "The shop cannot do it, or not natively where that was demanded.",
})
export class CapabilityError extends UserError {
  @Field(() => ChannelOperation, { description: "What it would have to be able to do." })
  operation!: Operation;

  @Field(() => ID, { description: "The shop." })
  channelId!: string;

  @Field(() => [ChannelOperation], { description: "What it can do instead." })
  alternatives!: Operation[];
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: "The order changed since the version that the write expects.",
})
export class StaleVersionError extends UserError {
  @Field(() => Int, { description: "The version it has now." })
  currentVersion!: number;

  @Field(() => [Change], { description: "What changed since, as far as the write depends on it." })
  changes!: Change[];
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: "The idempotency key belongs to a write with another input.",
})
export class IdempotencyError extends UserError {
  @Field(() => ID, { description: "The command that the key belongs to." })
  originalCommandId!: string;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: "What the shop answered, or that it did not.",
})
export class ChannelError extends UserError {
  @Field(() => ID, { description: "The shop." })
  channelId!: string;

  @Field(() => Int, { nullable: true, description: "HTTP status it answered with." })
  httpStatus!: number | null;

  @Field(() => String, { nullable: true, description: "The shop's own code." })
  upstreamCode!: string | null;

  @Field(() => String, { nullable: true, description: "The shop's own words." })
  upstreamMessage!: string | null;

  @Field(() => Duration, { nullable: true, description: "How long the shop asks to wait." })
  retryAfter!: number | null;
}
