import { Field, ID, Int, ObjectType } from "type-graphql";
import type * as status from "../../domain/status.js";
import { DateTime, Decimal } from "../scalars.js";
import { words } from "../words.js";
import { MoneyBag } from "./money.js";
import { Node } from "./node.js";
import {
  DeliveryStatus,
  FulfillmentStatus,
  OrderReturnStatus,
  OrderState,
  PaymentStatus,
} from "./status.js";

export type SyncStateWord =
  | "SYNCED"
  | "PENDING_PUSH"
  | "PUSHING"
  | "PUSH_FAILED"
  | "OUTCOME_UNKNOWN"
  | "DIVERGED"
  | "LOCAL_ONLY";
export const SyncState = words<SyncStateWord>(
  "SyncState",
  "Whether the shop and the gateway agree.",
  {
    SYNCED: "They agree, as far as we know.",
    PENDING_PUSH: "A write waits to be sent to the shop.",
    PUSHING: "A write is on its way to the shop.",
    PUSH_FAILED: "The newest write failed.",
    OUTCOME_UNKNOWN: "A write may or may not have happened at the shop.",
    DIVERGED: "The shop's own facts contradict each other; see Order.anomalies.",
    LOCAL_ONLY: "The gateway keeps it, since the platform has no place for it.",
  },
);

@ObjectType({
  simpleResolvers: true,
  description: "An order's amounts as it stands now; original is the total when it was placed.",
})
export class OrderTotals {
  @Field(() => MoneyBag, { description: "The total when it was placed." })
  original!: MoneyBag;

  @Field(() => MoneyBag, { description: "Lines after discounts, without shipping." })
  subtotal!: MoneyBag;

  @Field(() => MoneyBag, { description: "Shipping." })
  shipping!: MoneyBag;

  @Field(() => MoneyBag, { description: "All discounts." })
  discounts!: MoneyBag;

  @Field(() => MoneyBag, { description: "All taxes." })
  tax!: MoneyBag;

  @Field(() => MoneyBag, { nullable: true, description: "Duties, where the platform knows any." })
  duties!: MoneyBag | null;

  @Field(() => MoneyBag, { description: "What the order costs; refunds do not lower it." })
  total!: MoneyBag;

  @Field(() => MoneyBag, { description: "Reserved and not yet received." })
  authorized!: MoneyBag;

  @Field(() => MoneyBag, { description: "Received, refunds not taken off." })
  captured!: MoneyBag;

  @Field(() => MoneyBag, { description: "Given back." })
  refunded!: MoneyBag;

  @Field(() => MoneyBag, { description: "On its way back." })
  refundPending!: MoneyBag;

  @Field(() => MoneyBag, { description: "Still to be paid." })
  outstanding!: MoneyBag;
}

@ObjectType({ simpleResolvers: true, description: "What an order charges for its way." })
export class ShippingLine {
  @Field(() => ID, { description: "The platform's id." })
  id!: string;

  @Field({ description: "What the customer chose." })
  title!: string;

  @Field(() => String, { nullable: true, description: "The platform's code of it." })
  code!: string | null;

  @Field(() => String, { nullable: true, description: "Carrier, where it is named." })
  carrier!: string | null;

  @Field(() => MoneyBag, { description: "Before discounts." })
  price!: MoneyBag;

  @Field(() => MoneyBag, { description: "Discounts on it." })
  discounts!: MoneyBag;

  @Field(() => MoneyBag, { description: "Tax on it." })
  tax!: MoneyBag;
}

@ObjectType({ simpleResolvers: true, description: "One tax on an order." })
export class TaxLine {
  @Field({ description: "Its name." })
  title!: string;

  @Field(() => Decimal, { nullable: true, description: "Its rate as a fraction." })
  rate!: string | null;

  @Field(() => MoneyBag, { description: "How much." })
  amount!: MoneyBag;
}

@ObjectType({ simpleResolvers: true, description: "One discount on an order." })
export class DiscountLine {
  @Field(() => String, { nullable: true, description: "The code that was entered." })
  code!: string | null;

  @Field(() => String, { nullable: true, description: "Its name." })
  title!: string | null;

  @Field(() => MoneyBag, { description: "How much." })
  amount!: MoneyBag;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "What a platform says that cannot be right (50 shipped of 3): kept raw, clamped here, told.",
})
export class Anomaly {
  @Field({ description: "What kind of contradiction." })
  code!: string;

  @Field({ description: "What contradicts what." })
  message!: string;

  @Field(() => ID, { nullable: true, description: "The line it is about." })
  lineId!: string | null;

  @Field(() => DateTime, { description: "When the shop last said so." })
  observedAt!: Date;
}

@ObjectType({ simpleResolvers: true, description: "A note on an order." })
export class OrderNote {
  @Field({ description: "What it says." })
  text!: string;

  @Field(() => String, { nullable: true, description: "Who wrote it." })
  author!: string | null;

  @Field(() => DateTime, { description: "When." })
  at!: string;

  @Field({ description: "Whether the customer sees it." })
  customerVisible!: boolean;

  @Field(() => SyncState, { description: "Whether the shop has it." })
  syncState!: SyncStateWord;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "One order, whatever shop it came from.",
})
export class Order extends Node {
  @Field(() => Int, { description: "Rises by one with each visible change, without gaps." })
  version!: number;

  @Field({ description: "The number people use." })
  number!: string;

  @Field(() => String, {
    nullable: true,
    description: "Where it was placed, in the platform's words.",
  })
  source!: string | null;

  @Field({ description: "Whether it was placed to try things out." })
  isTest!: boolean;

  @Field(() => DateTime, { nullable: true, description: "When it was deleted in the shop." })
  deletedAt!: string | null;

  @Field(() => DateTime, { description: "When it was placed." })
  placedAt!: string;

  @Field(() => DateTime, { description: "When it last changed visibly here." })
  updatedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it was called off." })
  canceledAt!: string | null;

  @Field(() => String, { nullable: true, description: "Why, in the platform's words." })
  cancelReason!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was done." })
  completedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was put away in the shop." })
  archivedAt!: string | null;

  @Field(() => OrderState, { description: "Where it is in its life." })
  state!: status.OrderState;

  @Field(() => PaymentStatus, { description: "How it stands with its money." })
  paymentStatus!: status.PaymentStatus;

  @Field(() => FulfillmentStatus, { description: "How far its goods have left." })
  fulfillmentStatus!: status.FulfillmentStatus;

  @Field(() => DeliveryStatus, { description: "Where its parcels are." })
  deliveryStatus!: status.DeliveryStatus;

  @Field(() => OrderReturnStatus, { description: "How far its goods have come back." })
  returnStatus!: status.OrderReturnStatus;

  @Field(() => [String], { description: "Tags." })
  tags!: string[];

  @Field(() => OrderTotals, { description: "Its amounts." })
  totals!: OrderTotals;

  @Field({ description: "Whether prices include tax." })
  taxesIncluded!: boolean;

  @Field(() => [ShippingLine], { description: "What it charges for its way." })
  shippingLines!: ShippingLine[];

  @Field(() => [TaxLine], { description: "Its taxes." })
  taxLines!: TaxLine[];

  @Field(() => [DiscountLine], { description: "Its discounts." })
  discounts!: DiscountLine[];

  @Field(() => [String], { description: "How it was or is to be paid." })
  paymentMethods!: string[];
}
