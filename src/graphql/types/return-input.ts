import { Field, ID, InputType } from "type-graphql";
import type * as back from "../../domain/return.js";
import { Quantity } from "../scalars.js";
import { Disposition, Resolution, ReturnReason } from "./return.js";
import { TrackingInput } from "./write.js";

@InputType({ description: "How much of a line comes back, and why." })
export class ReturnLineInput {
  @Field(() => ID, { description: "The line." })
  lineId!: string;

  @Field(() => Quantity, { description: "How much of it, more than 0." })
  quantity!: number;

  @Field(() => ReturnReason, { description: "Why." })
  reason!: back.ReturnReason;

  @Field(() => String, { nullable: true, description: "What else is to be said of it." })
  note?: string | null;

  @Field(() => Resolution, {
    nullable: true,
    defaultValue: "REFUND",
    description: "What the customer is to get for it; a refund is made apart, by refundCreate.",
  })
  resolution?: back.Resolution | null;
}

@InputType({ description: "Goods that are sent for those that come back." })
export class ExchangeLineInput {
  @Field(() => String, {
    description: "Their SKU in the shop's catalog, written just as it is there.",
  })
  sku!: string;

  @Field(() => Quantity, { description: "How much of them, more than 0." })
  quantity!: number;
}

@InputType({ description: "A return to be begun." })
export class ReturnCreateInput {
  @Field(() => ID, { description: "The order." })
  orderId!: string;

  @Field(() => [ReturnLineInput], { description: "What comes back; at least one line." })
  lines!: ReturnLineInput[];

  @Field(() => [ExchangeLineInput], {
    nullable: true,
    description:
      "What the customer is to get instead, at most 250 lines; where the shop can do EXCHANGE_CREATE.",
  })
  exchangeLines?: ExchangeLineInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "True: only asked for, to be approved or declined. False: agreed to at once, in full.",
  })
  requested?: boolean | null;

  @Field(() => TrackingInput, {
    nullable: true,
    description: "The number of the parcel on its way back, where it is known.",
  })
  tracking?: TrackingInput | null;

  @Field(() => String, { nullable: true, description: "What is to be said with it." })
  note?: string | null;
}

@InputType({ description: "How much of a line came back, and what becomes of it." })
export class ReceiveLineInput {
  @Field(() => ID, { description: "The line." })
  lineId!: string;

  @Field(() => Quantity, { description: "How much of it came back and is taken." })
  received!: number;

  @Field(() => Quantity, {
    nullable: true,
    defaultValue: 0,
    description: "How much of it came back and is not taken.",
  })
  rejected?: number | null;

  @Field(() => Disposition, {
    nullable: true,
    defaultValue: "RESTOCK",
    description: "What becomes of what is taken.",
  })
  disposition?: back.Disposition | null;
}
