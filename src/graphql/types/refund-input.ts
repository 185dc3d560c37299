import { Field, ID, InputType } from "type-graphql";
import { Quantity } from "../scalars.js";
import { MoneyInput } from "./money.js";

@InputType({ description: "Pieces of a line to give money back for." })
export class RefundLineInput {
  @Field(() => ID, { description: "The line." })
  lineId!: string;

  @Field(() => Quantity, { description: "How much of it, more than 0." })
  quantity!: number;

  @Field(() => MoneyInput, {
    nullable: true,
    description:
      "How much money for these pieces, tax included; where absent what they come to (see refundQuote).",
  })
  amount?: MoneyInput | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Whether the pieces go back into stock; a return that received them has done that.",
  })
  restock?: boolean | null;

  @Field(() => ID, { nullable: true, description: "The location they go back to." })
  locationId?: string | null;
}

@InputType({ description: "Money to give back: for pieces, for shipping, or beyond both." })
export class RefundCreateInput {
  @Field(() => ID, { description: "The order." })
  orderId!: string;

  @Field(() => ID, { nullable: true, description: "The return it pays for." })
  returnId?: string | null;

  @Field(() => [RefundLineInput], {
    nullable: true,
    description:
      "For which pieces; where absent, with a return, for what it received and nobody refunded yet.",
  })
  lines?: RefundLineInput[] | null;

  @Field(() => MoneyInput, { nullable: true, description: "How much for shipping, tax included." })
  shipping?: MoneyInput | null;

  @Field(() => MoneyInput, {
    nullable: true,
    description: "How much beyond lines and shipping, where the shop can: goodwill.",
  })
  extraAmount?: MoneyInput | null;

  @Field(() => String, { nullable: true, description: "Why; the customer may read it." })
  reason?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Whether the customer gets credit at the shop instead of money the way they paid, where the shop can.",
  })
  toStoreCredit?: boolean | null;
}
