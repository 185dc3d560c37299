import { Field, ID, InputType } from "type-graphql";
import type * as status from "../../domain/status.js";
import { CountryCode, CurrencyCode, DateTime, Decimal } from "../scalars.js";
import { words } from "../words.js";
import { Platform } from "./platform.js";
import {
  DeliveryStatus,
  FulfillmentStatus,
  OrderReturnStatus,
  OrderState,
  PaymentStatus,
} from "./status.js";

@InputType({ description: "What a text must be; several conditions must all hold." })
export class StringFilter {
  @Field(() => String, { nullable: true, description: "Exactly this." })
  eq?: string | null;

  @Field(() => [String], { nullable: true, description: "One of these." })
  in?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Contains this; case and accents do not count.",
  })
  contains?: string | null;

  @Field(() => String, { nullable: true, description: "Begins with this." })
  startsWith?: string | null;
}

@InputType({ description: "When something must have happened." })
export class DateTimeFilter {
  @Field(() => DateTime, { nullable: true, description: "At this moment or later." })
  gte?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Before this moment." })
  lt?: Date | null;
}

@InputType({ description: "How much an amount must be, in whatever currency it has." })
export class DecimalFilter {
  @Field(() => Decimal, { nullable: true, description: "Exactly this." })
  eq?: string | null;

  @Field(() => Decimal, { nullable: true, description: "This or more." })
  gte?: string | null;

  @Field(() => Decimal, { nullable: true, description: "This or less." })
  lte?: string | null;
}

@InputType({ description: "Which orders; everything that is given must hold." })
export class OrderFilter {
  @Field(() => [OrderFilter], { nullable: true, description: "All of these must hold." })
  and?: OrderFilter[] | null;

  @Field(() => [OrderFilter], { nullable: true, description: "One of these must hold." })
  or?: OrderFilter[] | null;

  @Field(() => OrderFilter, { nullable: true, description: "This must not hold." })
  not?: OrderFilter | null;

  @Field(() => [ID], { nullable: true, description: "From one of these shops." })
  channelId?: string[] | null;

  @Field(() => [Platform], { nullable: true, description: "From shops on one of these platforms." })
  platform?: string[] | null;

  @Field(() => [OrderState], { nullable: true, description: "Order.state is one of these." })
  state?: status.OrderState[] | null;

  @Field(() => [PaymentStatus], { nullable: true, description: "paymentStatus is one of these." })
  paymentStatus?: status.PaymentStatus[] | null;

  @Field(() => [FulfillmentStatus], {
    nullable: true,
    description: "fulfillmentStatus is one of these.",
  })
  fulfillmentStatus?: status.FulfillmentStatus[] | null;

  @Field(() => [DeliveryStatus], { nullable: true, description: "deliveryStatus is one of these." })
  deliveryStatus?: status.DeliveryStatus[] | null;

  @Field(() => [OrderReturnStatus], {
    nullable: true,
    description: "returnStatus is one of these.",
  })
  returnStatus?: status.OrderReturnStatus[] | null;

  @Field(() => StringFilter, {
    nullable: true,
    description: "One of the platform's own status values.",
  })
  platformStatus?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "The number people use." })
  number?: StringFilter | null;

  @Field(() => StringFilter, {
    nullable: true,
    description: "E-mail address in any case; needs the scope PII_READ.",
  })
  email?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "SKU of one of its lines." })
  sku?: StringFilter | null;

  @Field(() => StringFilter, {
    nullable: true,
    description: "Number of one of its parcels; spaces, dashes and case do not count.",
  })
  trackingNumber?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "One of its tags." })
  tag?: StringFilter | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Shipped from, or to be shipped from, one of these locations.",
  })
  locationId?: string[] | null;

  @Field(() => [CountryCode], { nullable: true, description: "Country it is shipped to." })
  country?: string[] | null;

  @Field(() => DateTimeFilter, { nullable: true, description: "When it was placed." })
  placedAt?: DateTimeFilter | null;

  @Field(() => DateTimeFilter, { nullable: true, description: "When it last changed visibly." })
  updatedAt?: DateTimeFilter | null;

  @Field(() => DecimalFilter, { nullable: true, description: "Total in the shop's currency." })
  total?: DecimalFilter | null;

  @Field(() => [CurrencyCode], { nullable: true, description: "The shop's currency." })
  currency?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether a return of it is neither declined, closed nor canceled.",
  })
  hasOpenReturn?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether a write through this API has not ended.",
  })
  hasPendingCommand?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether its syncState is one of PUSH_FAILED, OUTCOME_UNKNOWN and DIVERGED, so that somebody should look.",
  })
  hasSyncProblem?: boolean | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "Some of it is still to be shipped, and that before this moment; where the platform says by when.",
  })
  shipByBefore?: Date | null;
}

export type OrderSortFieldWord = "PLACED_AT" | "UPDATED_AT" | "TOTAL" | "NUMBER" | "RELEVANCE";
export const OrderSortField = words<OrderSortFieldWord>(
  "OrderSortField",
  "What orders can be sorted by.",
  {
    PLACED_AT: "When they were placed.",
    UPDATED_AT: "When they last changed visibly.",
    TOTAL: "Total in the currency's smallest unit; filter by currency to compare.",
    NUMBER: "The number people use, as text.",
    RELEVANCE: "How well they fit what is searched for; only with search.",
  },
);

export type SortDirectionWord = "ASC" | "DESC";
export const SortDirection = words<SortDirectionWord>("SortDirection", "Which end comes first.", {
  ASC: "The smallest or oldest first.",
  DESC: "The largest or newest first.",
});

@InputType({ description: "How orders are sorted; equal ones by the order of their ids." })
export class OrderSort {
  @Field(() => OrderSortField, { description: "By what.", defaultValue: "PLACED_AT" })
  field!: OrderSortFieldWord;

  @Field(() => SortDirection, { description: "Which end first.", defaultValue: "DESC" })
  direction!: SortDirectionWord;
}
