import { FieldResolver, Resolver, Root } from "type-graphql";
import type { TrackingUpdateNode } from "../tracking-stream.js";
import { Fulfillment, Package } from "../types/fulfillment.js";
import { Order } from "../types/order.js";
import { TrackingUpdate } from "../types/stream.js";
import { TrackingEvent } from "../types/tracking.js";

@Resolver(() => TrackingUpdate)
export class TrackingUpdateFields {
  @FieldResolver(() => Order, { description: "The order as it is now." })
  order(@Root() update: TrackingUpdateNode) {
    return update.order;
  }

  @FieldResolver(() => Fulfillment, { nullable: true, description: "The shipment." })
  fulfillment(@Root() update: TrackingUpdateNode) {
    return update.fulfillment;
  }

  @FieldResolver(() => Package, { nullable: true, description: "The parcel." })
  package(@Root() update: TrackingUpdateNode) {
    return update.package;
  }

  @FieldResolver(() => TrackingEvent, {
    nullable: true,
    description: "The scan; absent where a number was added, changed or removed without one.",
  })
  event(@Root() update: TrackingUpdateNode) {
    return update.event;
  }
}
