import { Field, ObjectType } from "type-graphql";
import type * as fulfillment from "../../domain/fulfillment.js";
import { DateTime, Quantity } from "../scalars.js";
import { words } from "../words.js";
import { Node } from "./node.js";

export const FulfillmentOrderStatus = words<fulfillment.FulfillmentOrderStatus>(
  "FulfillmentOrderStatus",
  "How work on an order stands.",
  {
    OPEN: "To be done.",
    SCHEDULED: "To be done later.",
    IN_PROGRESS: "Being done.",
    ON_HOLD: "Held back.",
    INCOMPLETE: "Given up with work left.",
    CLOSED: "Done.",
    CANCELED: "Called off.",
  },
);

export const DeliveryMethod = words<fulfillment.DeliveryMethod>(
  "DeliveryMethod",
  "How goods reach the customer.",
  {
    SHIPPING: "A carrier brings them.",
    PICKUP: "The customer fetches them.",
    LOCAL: "The shop brings them.",
    DIGITAL: "Nothing has to travel.",
    UNKNOWN: "The platform does not say.",
  },
);

export const HoldReason = words<fulfillment.HoldReason>("HoldReason", "Why something is held.", {
  AWAITING_PAYMENT: "Money is awaited.",
  FRAUD_REVIEW: "It looks like fraud.",
  ADDRESS: "The address is wrong or incomplete.",
  OUT_OF_STOCK: "There is no stock.",
  CUSTOMER_REQUEST: "The customer asked for it.",
  OTHER: "Another reason; see the note.",
});

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "What holds an order or a part of it back.",
})
export class Hold extends Node {
  @Field(() => HoldReason, { description: "Why." })
  reason!: fulfillment.HoldReason;
}

@ObjectType({ simpleResolvers: true, description: "How much of a line is to be done here." })
export class FulfillmentOrderLine {
  @Field(() => Quantity, { description: "All of it." })
  total!: number;

  @Field(() => Quantity, { description: "What is left of it." })
  remaining!: number;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    "Work to be done, at one place: as the shop plans it, or, where its platform plans none, all that is left of the order.",
})
export class FulfillmentOrder extends Node {
  @Field(() => FulfillmentOrderStatus, { description: "How it stands." })
  status!: fulfillment.FulfillmentOrderStatus;

  @Field(() => DeliveryMethod, { description: "How its goods reach the customer." })
  method!: fulfillment.DeliveryMethod;

  @Field(() => Boolean, {
    description:
      "True where the gateway keeps it because the platform has none: it covers the whole order.",
  })
  synthetic!: boolean;

  @Field(() => DateTime, { nullable: true, description: "By when it should leave." })
  shipBy!: string | null;
}
