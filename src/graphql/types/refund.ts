import { Field, ObjectType } from "type-graphql";
import type * as refund from "../../domain/refund.js";
import { DateTime, Quantity } from "../scalars.js";
import { words } from "../words.js";
import { MoneyBag } from "./money.js";
import { Node } from "./node.js";

export const RefundStatus = words<refund.RefundStatus>("RefundStatus", "How a refund stands.", {
  PENDING: "Asked for, and not paid out yet.",
  SUCCEEDED: "Paid out.",
  FAILED: "Not paid out.",
  OUTCOME_UNKNOWN: "It may or may not have been paid out.",
});

export const TransactionKind = words<refund.TransactionKind>(
  "TransactionKind",
  "What a movement of money does.",
  {
    AUTHORIZATION: "Reserves money.",
    CAPTURE: "Takes money that was reserved.",
    SALE: "Takes money at once.",
    REFUND: "Gives money back.",
    VOID: "Gives a reservation up.",
    OTHER: "Something else.",
  },
);

export const TransactionStatus = words<refund.TransactionStatus>(
  "TransactionStatus",
  "How a movement of money stands.",
  {
    PENDING: "Not done yet.",
    SUCCEEDED: "Done.",
    FAILED: "Failed.",
    UNKNOWN: "The platform does not say.",
  },
);

@ObjectType({ simpleResolvers: true, description: "How much of a line a refund is for." })
export class RefundLine {
  @Field(() => Quantity, { description: "How much of it." })
  quantity!: number;

  @Field(() => MoneyBag, { description: "Money for it." })
  amount!: MoneyBag;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it went back into stock, where the platform says.",
  })
  restocked!: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: "What a refund comes to." })
export class RefundQuote {
  @Field(() => MoneyBag, {
    description: "The most that the order's money allows, net of what is about to be given back.",
  })
  maximum!: MoneyBag;

  @Field(() => [RefundLine], {
    description: "What each line's pieces come to, tax included, in the order asked.",
  })
  lines!: RefundLine[];

  @Field(() => MoneyBag, {
    description: "What is left of the shipping costs; zero where it was not asked for.",
  })
  shippingMaximum!: MoneyBag;

  @Field({ description: "Whether the shop itself said so." })
  exact!: boolean;

  @Field(() => [String], { description: "What is worth knowing before." })
  warnings!: string[];
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "Money given back, with or without goods.",
})
export class Refund extends Node {
  @Field(() => RefundStatus, { description: "How it stands." })
  status!: refund.RefundStatus;

  @Field(() => MoneyBag, { description: "How much in all." })
  amount!: MoneyBag;

  @Field(() => MoneyBag, { nullable: true, description: "How much of it for shipping." })
  shipping!: MoneyBag | null;

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: string;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "One movement of money as the platform's payment log tells it.",
})
export class Transaction extends Node {
  @Field(() => TransactionKind, { description: "What it does." })
  kind!: refund.TransactionKind;

  @Field(() => TransactionStatus, { description: "How it stands." })
  status!: refund.TransactionStatus;

  @Field(() => String, { nullable: true, description: "Payment service." })
  gateway!: string | null;

  @Field(() => MoneyBag, { description: "How much." })
  amount!: MoneyBag;

  @Field(() => DateTime, { nullable: true, description: "When it was done." })
  processedAt!: string | null;
}
