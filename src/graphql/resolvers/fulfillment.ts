import { Authorized, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { type FulfillmentNode, type PackageNode, packagesOf, withLines } from "../nodes.js";
import { withSightings } from "../sightings.js";
import { madeSyncState } from "../sync-state.js";
import { Location } from "../types/channel.js";
import { Command } from "../types/command.js";
import { Fulfillment, FulfillmentLine, Package } from "../types/fulfillment.js";
import { Order, SyncState, type SyncStateWord } from "../types/order.js";
import { OrderLine } from "../types/order-line.js";
import { ExternalRef } from "../types/platform.js";
import { PlatformStatus } from "../types/status.js";
import { Tracking } from "../types/tracking.js";
import { partRef } from "./external-ref.js";
import { findLocation } from "./location.js";

@Resolver(() => Fulfillment)
export class FulfillmentFields {
  @Authorized("ORDERS_READ")
  @FieldResolver(() => Order, { description: "The order it is part of." })
  order(@Root() fulfillment: FulfillmentNode) {
    return fulfillment.order;
  }

  @FieldResolver(() => Location, { nullable: true, description: "Where it left from." })
  location(@Root() fulfillment: FulfillmentNode, @Ctx() context: Context) {
    return findLocation(context, fulfillment.order.channelId, fulfillment.locationId);
  }

  @FieldResolver(() => [FulfillmentLine], { description: "What is in it." })
  lines(@Root() { order, lines }: FulfillmentNode) {
    return withLines(order, lines);
  }

  @FieldResolver(() => [Package], { description: "Its parcels." })
  packages(@Root() fulfillment: FulfillmentNode) {
    return packagesOf(fulfillment);
  }

  @FieldResolver(() => ExternalRef, {
    nullable: true,
    description: "What the shop calls it; null while the shop has not reported it.",
  })
  externalRef(@Root() fulfillment: FulfillmentNode) {
    return partRef(fulfillment);
  }

  @FieldResolver(() => SyncState, { description: "Whether the shop has it." })
  syncState(@Root() fulfillment: FulfillmentNode, @Ctx() context: Context): Promise<SyncStateWord> {
    return madeSyncState(context, fulfillment);
  }

  @FieldResolver(() => Command, {
    nullable: true,
    description: "The write that asked for it; null where the shop made it.",
  })
  command(@Root() { commandId }: FulfillmentNode, @Ctx() { loaders }: Context) {
    return commandId === null ? null : loaders.command.load(commandId);
  }

  @FieldResolver(() => [PlatformStatus], { description: "What the platform says of it." })
  platformStatuses(@Root() fulfillment: FulfillmentNode, @Ctx() context: Context) {
    return withSightings(context, fulfillment.order, fulfillment.platformStatuses);
  }
}

@Resolver(() => FulfillmentLine)
export class FulfillmentLineFields {
  @FieldResolver(() => OrderLine, { description: "The line." })
  line(@Root() row: { line: OrderLine }) {
    return row.line;
  }
}

@Resolver(() => Package)
export class PackageFields {
  @Authorized("ORDERS_READ")
  @FieldResolver(() => Order, { description: "The order it is part of." })
  order(@Root() parcel: PackageNode) {
    return parcel.order;
  }

  @FieldResolver(() => Fulfillment, { description: "The shipment it is part of." })
  fulfillment(@Root() parcel: PackageNode) {
    return parcel.fulfillment;
  }

  @FieldResolver(() => Tracking, {
    nullable: true,
    description: "Its number, and where it is; null where it has none.",
  })
  tracking(@Root() parcel: PackageNode) {
    return parcel.tracking;
  }

  @FieldResolver(() => [FulfillmentLine], {
    description: "What is in it; empty where the platform does not say.",
  })
  lines(@Root() { order, lines }: PackageNode) {
    return withLines(order, lines);
  }
}
