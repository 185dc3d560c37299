import { Field, Int, InterfaceType, ObjectType } from "type-graphql";
import { ApiKey } from "./api-key.js";
import { Channel } from "./channel.js";
import { Command } from "./command.js";
import { Fulfillment } from "./fulfillment.js";
import { Order } from "./order.js";
import { Refund, RefundQuote } from "./refund.js";
import { Return } from "./return.js";
import { UserError } from "./user-error.js";

@ObjectType({ simpleResolvers: true, description: "What a dry run would do." })
export class Preview {
  @Field(() => [String], { description: "The calls, in order." })
  steps!: string[];

  @Field(() => [String], { description: "What is worth knowing before." })
  warnings!: string[];
}

@InterfaceType({ description: "What every write answers." })
export abstract class WritePayload {
  @Field(() => Command, {
    nullable: true,
    description: "The write; null after a refusal or a dry run.",
  })
  command!: Command | null;

  @Field(() => Order, {
    nullable: true,
    description: "The order as it is now; null where the key may not read orders.",
  })
  order!: Order | null;

  @Field(() => Preview, { nullable: true, description: "What would be done, after a dry run." })
  preview!: Preview | null;

  @Field(() => [UserError], { description: "Why it was refused; empty where it was not." })
  userErrors!: UserError[];
}

@ObjectType({
  implements: WritePayload,
  simpleResolvers: true,
  description:
    "What a write on shipments answers; several shipments where the shop needs several (one per location or address).",
})
export class FulfillmentPayload extends WritePayload {
  @Field(() => [Fulfillment], {
    description: "The shipments it makes or changes, under the ids they keep.",
  })
  fulfillments!: Fulfillment[];
}

@ObjectType({ simpleResolvers: true, description: "What became of one item of a batch." })
export class BatchItem {
  @Field(() => Int, { description: "Its place among the items, from 0." })
  index!: number;

  @Field(() => Command, {
    nullable: true,
    description: "The write; null after a refusal or a dry run.",
  })
  command!: Command | null;

  @Field(() => [UserError], { description: "Why it was refused; empty where it was not." })
  userErrors!: UserError[];
}

@ObjectType({ simpleResolvers: true, description: "What a batch of writes answers." })
export class BatchPayload {
  @Field(() => [BatchItem], { description: "One for each item, in the order given." })
  items!: BatchItem[];

  @Field(() => Int, {
    description: "How many of them were taken; a dry run that finds nothing wrong counts.",
  })
  accepted!: number;

  @Field(() => Int, { description: "How many of them were not." })
  rejected!: number;

  @Field(() => [UserError], { description: "Why nothing of the batch was looked at." })
  userErrors!: UserError[];
}

@ObjectType({
  implements: WritePayload,
  simpleResolvers: true,
  description: "What a write on a return answers.",
})
export class ReturnPayload extends WritePayload {
  @Field(() => Return, {
    nullable: true,
    description: "The return it makes or changes, under the id it keeps.",
  })
  return!: Return | null;
}

@ObjectType({
  implements: WritePayload,
  simpleResolvers: true,
  description: "What giving money back answers.",
})
export class RefundPayload extends WritePayload {
  @Field(() => Refund, {
    nullable: true,
    description: "The refund it makes, under the id it keeps.",
  })
  refund!: Refund | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "What asking for the price of a refund answers.",
})
export class RefundQuotePayload {
  @Field(() => RefundQuote, { nullable: true, description: "The price; null after a refusal." })
  quote!: RefundQuote | null;

  @Field(() => [UserError], { description: "Why it was refused; empty where it was not." })
  userErrors!: UserError[];
}

@ObjectType({
  implements: WritePayload,
  simpleResolvers: true,
  description: "What a write on an order answers.",
})
export class OrderPayload extends WritePayload {}

@ObjectType({ simpleResolvers: true, description: "What a change to a write answers." })
export class CommandPayload {
  @Field(() => Command, {
    nullable: true,
    description: "The write as it stands now; null where there is none.",
  })
  command!: Command | null;

  @Field(() => [UserError], { description: "Why it was refused; empty where it was not." })
  userErrors!: UserError[];
}

@ObjectType({ simpleResolvers: true, description: "What a change to a shop's connection answers." })
export class ChannelPayload {
  @Field(() => Channel, { nullable: true, description: "The shop; null after a refusal." })
  channel!: Channel | null;

  @Field(() => [UserError], { description: "Why it was refused; empty where it was not." })
  userErrors!: UserError[];
}

@ObjectType({ simpleResolvers: true, description: "What making or revoking a key answers." })
export class ApiKeyPayload {
  @Field(() => ApiKey, {
    nullable: true,
    description: "The key as it stands now, without its secret; null where none was made or found.",
  })
  apiKey!: ApiKey | null;

  @Field(() => String, {
    nullable: true,
    description: "The key itself, shown this once; null but where it was just made.",
  })
  key!: string | null;

  @Field(() => [UserError], { description: "Why it was refused; empty where it was not." })
  userErrors!: UserError[];
}
