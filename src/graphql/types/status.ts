import { Field, ID, ObjectType } from "type-graphql";
import type * as status from "../../domain/status.js";
import { DateTime } from "../scalars.js";
import { words } from "../words.js";
import { Node } from "./node.js";

export const OrderState = words<status.OrderState>("OrderState", "Where an order is in its life.", {
  PENDING: "Placed, and not yet to be worked on.",
  OPEN: "To be worked on.",
  COMPLETED: "Done.",
  CANCELED: "Called off.",
  UNKNOWN: "The platform says something we do not know; see platformStatuses.",
});

export const PaymentStatus = words<status.PaymentStatus>(
  "PaymentStatus",
  "How an order stands with its money.",
  {
    PENDING: "Nothing was received.",
    AUTHORIZED: "Money is reserved, not received.",
    PARTIALLY_PAID: "Part of it was received.",
    PAID: "All of it was received.",
    OVERPAID: "More than the total was received.",
    PARTIALLY_REFUNDED: "Part of what was received went back.",
    REFUNDED: "All that was received went back.",
    VOIDED: "The authorization was given up.",
    EXPIRED: "The authorization or the time to pay ran out.",
    FAILED: "Paying failed.",
    DISPUTED: "The customer disputes the payment.",
    UNKNOWN: "The platform does not say.",
  },
);

export const FulfillmentStatus = words<status.FulfillmentStatus>(
  "FulfillmentStatus",
  "How far an order's goods have left.",
  {
    NOT_REQUIRED: "Nothing in it has to be shipped.",
    UNFULFILLED: "Nothing has left.",
    SCHEDULED: "It is to leave later.",
    ON_HOLD: "What is left is held back.",
    IN_PROGRESS: "It is being prepared.",
    PARTIALLY_FULFILLED: "Some of it has left.",
    FULFILLED: "All that is still wanted has left.",
    UNKNOWN: "The platform does not say.",
  },
);

export const DeliveryStatus = words<status.DeliveryStatus>("DeliveryStatus", "Where parcels are.", {
  NOT_SHIPPED: "Nothing is on its way.",
  LABEL_CREATED: "A label exists; the carrier has not seen the parcel.",
  IN_TRANSIT: "With the carrier.",
  OUT_FOR_DELIVERY: "On the last stretch.",
  READY_FOR_PICKUP: "Waiting to be fetched.",
  PARTIALLY_DELIVERED: "Some parcels have arrived.",
  DELIVERED: "Arrived.",
  DELAYED: "Later than promised.",
  ATTEMPT_FAILED: "The carrier came and could not deliver.",
  EXCEPTION: "Something went wrong on the way.",
  RETURNED_TO_SENDER: "On its way back or back.",
  LOST: "The carrier has lost it.",
  UNKNOWN: "Nobody says.",
});

export const OrderReturnStatus = words<status.OrderReturnStatus>(
  "OrderReturnStatus",
  "How far an order's goods have come back.",
  {
    NONE: "Nothing is to come back.",
    REQUESTED: "A return was asked for.",
    IN_PROGRESS: "Goods are to come back or on their way.",
    PARTIALLY_RETURNED: "Some of what had left is back.",
    RETURNED: "All that had left is back.",
    DECLINED: "A return was asked for and declined.",
    UNKNOWN: "The platform does not say.",
  },
);

export const StatusDimension = words<status.StatusDimension>(
  "StatusDimension",
  "One of the five ways in which an order has a status.",
  {
    ORDER: "Order.state.",
    PAYMENT: "Order.paymentStatus.",
    FULFILLMENT: "Order.fulfillmentStatus.",
    DELIVERY: "Order.deliveryStatus.",
    RETURN: "Order.returnStatus.",
  },
);

export const StatusBasis = words<status.StatusBasis>("StatusBasis", "On what a status rests.", {
  FACTS: "On amounts, quantities and shipments.",
  PLATFORM_FIELD: "On the platform's own status field.",
  MERCHANT_RULE: "On a rule of the merchant's.",
  ASSUMED: "On what the platform's field usually means.",
});

@ObjectType({
  simpleResolvers: true,
  description: "What one of the platform's own status fields says, kept whatever we make of it.",
})
export class PlatformStatus {
  @Field({ description: "The platform's name of the field." })
  field!: string;

  @Field({ description: "Its value, raw." })
  value!: string;

  @Field(() => String, { nullable: true, description: "The value as the shop shows it." })
  label!: string | null;

  @Field({ description: "Whether the merchant made this value up." })
  isCustom!: boolean;

  @Field(() => DateTime, {
    description:
      "When it was seen: an order's own values for the first time, those of its parts at the latest read.",
  })
  observedAt!: Date;
}

@ObjectType({ simpleResolvers: true, description: "How one dimension's status came about." })
export class StatusProvenance {
  @Field(() => StatusDimension, { description: "Which dimension." })
  dimension!: status.StatusDimension;

  @Field(() => StatusBasis, { description: "On what it rests." })
  basis!: status.StatusBasis;

  @Field(() => [PlatformStatus], { description: "The platform's words that it was read from." })
  from!: PlatformStatus[];

  @Field(() => ID, {
    nullable: true,
    description: "The StatusMapping that somebody set, where it rests on one.",
  })
  ruleId?: string | null;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    "What one value of a shop's own status field means in one dimension. It counts where amounts, quantities and shipments do not say more.",
})
export class StatusMapping extends Node {
  @Field({ description: "The platform's name of the field, as in PlatformStatus." })
  platformField!: string;

  @Field({ description: "The raw value." })
  platformValue!: string;

  @Field(() => StatusDimension, { description: "Of which status it speaks." })
  dimension!: status.StatusDimension;

  @Field({ description: "What it means there: a word of that dimension's enum." })
  unified!: string;

  @Field({ description: "Whether it comes with the gateway; false: somebody set it." })
  builtIn!: boolean;
}
