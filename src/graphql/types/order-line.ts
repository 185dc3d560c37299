import { Field, ObjectType } from "type-graphql";
import { Quantity, Url } from "../scalars.js";
import { MoneyBag } from "./money.js";
import { Node } from "./node.js";

@ObjectType({
  simpleResolvers: true,
  description:
    "How much of a line: ordered = canceled + unfulfilled + fulfilled, delivered ≤ shipped ≤ fulfilled; returns and refunds are counted apart.",
})
export class LineQuantities {
  @Field(() => Quantity, { description: "As placed, or as last edited upward." })
  ordered!: number;

  @Field(() => Quantity, { description: "Taken off before it was shipped." })
  canceled!: number;

  @Field(() => Quantity, { description: "Still wanted and not shipped." })
  unfulfilled!: number;

  @Field(() => Quantity, {
    description: "What can be shipped now, net of what unfinished writes hold.",
  })
  fulfillable!: number;

  @Field(() => Quantity, { description: "Held back." })
  onHold!: number;

  @Field(() => Quantity, { description: "In shipments." })
  fulfilled!: number;

  @Field(() => Quantity, { description: "Handed to a carrier." })
  shipped!: number;

  @Field(() => Quantity, { description: "Arrived." })
  delivered!: number;

  @Field(() => Quantity, {
    description: "Asked back in all returns that were neither declined nor canceled.",
  })
  returnRequested!: number;

  @Field(() => Quantity, { description: "Agreed to be taken back." })
  returnApproved!: number;

  @Field(() => Quantity, { description: "Came back and was taken." })
  returnReceived!: number;

  @Field(() => Quantity, { description: "Came back and was not taken." })
  returnRejected!: number;

  @Field(() => Quantity, {
    description: "What left and is in no return yet, also none that an unfinished write makes.",
  })
  returnable!: number;

  @Field(() => Quantity, { description: "Refunded, whether or not it came back." })
  refunded!: number;

  @Field(() => Quantity, { description: "Put back into stock by a return or a refund." })
  restocked!: number;

  @Field(() => Quantity, {
    description: "Came back and can be sold no more, or never came although it was said to.",
  })
  writtenOff!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: "What a line sells, in the platform's own ids.",
})
export class ProductRef {
  @Field(() => String, { nullable: true, description: "The platform's id of the product." })
  externalProductId!: string | null;

  @Field(() => String, { nullable: true, description: "The platform's id of the variant." })
  externalVariantId!: string | null;
}

@ObjectType({ implements: Node, simpleResolvers: true, description: "One line of an order." })
export class OrderLine extends Node {
  @Field({ description: "What it sells, as the shop names it." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Stock keeping unit." })
  sku!: string | null;

  @Field(() => String, { nullable: true, description: "Barcode (GTIN, EAN, UPC)." })
  barcode!: string | null;

  @Field(() => String, { nullable: true, description: "Which variant, as the shop names it." })
  variantTitle!: string | null;

  @Field(() => Url, { nullable: true, description: "Picture." })
  imageUrl!: string | null;

  @Field({ description: "Whether it has to be shipped." })
  requiresShipping!: boolean;

  @Field(() => Quantity, { nullable: true, description: "Weight of one, in grams." })
  weightGrams!: number | null;

  @Field(() => MoneyBag, {
    description: "Price of one before discounts, as the shop shows it (see Order.taxesIncluded).",
  })
  unitPrice!: MoneyBag;

  @Field(() => MoneyBag, { description: "Discounts on the line." })
  discounts!: MoneyBag;

  @Field(() => MoneyBag, { description: "Tax on the line." })
  tax!: MoneyBag;

  @Field(() => MoneyBag, { description: "After discounts, with tax." })
  total!: MoneyBag;
}
