import { Field, ID, ObjectType } from "type-graphql";
import type * as fulfillment from "../../domain/fulfillment.js";
import { DateTime, Quantity } from "../scalars.js";
import { words } from "../words.js";
import { Node } from "./node.js";
import { SyncState, type SyncStateWord } from "./order.js";

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

@ObjectType({ simpleResolvers: true, description: "What holds an order or a part of it back." })
export class Hold {
  @Field(() => ID, { description: "The platform's id." })
  id!: string;

  @Field(() => HoldReason, { description: "Why." })
  reason!: fulfillment.HoldReason;

  @Field(() => DateTime, {
    description: "Since when; where the platform does not say, since the order was placed.",
  })
  since!: string;

  @Field({ description: "Who placed it, or the platform where it does not say." })
  by!: string;

  @Field(() => SyncState, { description: "Whether the shop has it." })
  syncState!: SyncStateWord;
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
  description: "Work to be done, at one place, as the shop plans it.",
})
export class FulfillmentOrder extends Node {
  @Field(() => FulfillmentOrderStatus, { description: "How it stands." })
  status!: fulfillment.FulfillmentOrderStatus;

  @Field(() => DeliveryMethod, { description: "How its goods reach the customer." })
  method!: fulfillment.DeliveryMethod;

  @Field(() => DateTime, { nullable: true, description: "By when it should leave." })
  shipBy!: string | null;
}
