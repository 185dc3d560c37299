import { Field, ObjectType } from "type-graphql";
import type * as fulfillment from "../../domain/fulfillment.js";
import type { DeliveryStatus as Delivery } from "../../domain/status.js";
import { DateTime, Quantity } from "../scalars.js";
import { words } from "../words.js";
import { Node } from "./node.js";
import { DeliveryStatus } from "./status.js";

export const FulfillmentEntityStatus = words<fulfillment.FulfillmentEntityStatus>(
  "FulfillmentEntityStatus",
  "How a shipment stands.",
  {
    PENDING: "Asked for, and not yet reported by the shop.",
    OPEN: "Being prepared in the shop.",
    SUCCESS: "It left.",
    CANCELED: "Taken back.",
    ERROR: "The shop could not make it.",
  },
);

@ObjectType({
  simpleResolvers: true,
  description: "How much of a line is in a shipment or package.",
})
export class FulfillmentLine {
  @Field(() => Quantity, { description: "How much of it." })
  quantity!: number;
}

@ObjectType({ implements: Node, simpleResolvers: true, description: "One parcel of a shipment." })
export class Package extends Node {}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "What was done: lines that left together, in one or more packages.",
})
export class Fulfillment extends Node {
  @Field(() => FulfillmentEntityStatus, { description: "How it stands." })
  status!: fulfillment.FulfillmentEntityStatus;

  @Field(() => DeliveryStatus, { description: "Where its parcels are." })
  deliveryStatus!: Delivery;

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: string;

  @Field(() => DateTime, { nullable: true, description: "When it was handed over." })
  shippedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When all of it had arrived." })
  deliveredAt!: string | null;
}
