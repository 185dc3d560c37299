import { Authorized, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { availableActions } from "../actions.js";
import { seesPeople } from "../auth.js";
import type { Context } from "../context.js";
import { type FulfillmentOrderNode, type HoldNode, holdsOf, withLines } from "../nodes.js";
import { fulfillableOf } from "../quantities.js";
import { DateTime } from "../scalars.js";
import { Address } from "../types/address.js";
import { Location } from "../types/channel.js";
import { FulfillmentOrder, FulfillmentOrderLine, Hold } from "../types/fulfillment-order.js";
import { Order, SyncState, type SyncStateWord } from "../types/order.js";
import { OrderAction } from "../types/order-action.js";
import { OrderLine } from "../types/order-line.js";
import { ExternalRef } from "../types/platform.js";
import { partRef } from "./external-ref.js";
import { findLocation } from "./location.js";

@Resolver(() => FulfillmentOrder)
export class FulfillmentOrderFields {
  @Authorized("ORDERS_READ")
  @FieldResolver(() => Order, { description: "The order it is part of." })
  order(@Root() work: FulfillmentOrderNode) {
    return work.order;
  }

  @FieldResolver(() => Location, { nullable: true, description: "Where it is to be done." })
  location(@Root() work: FulfillmentOrderNode, @Ctx() context: Context) {
    return findLocation(context, work.order.channelId, work.locationId);
  }

  @FieldResolver(() => Address, {
    nullable: true,
    description: "Where its goods go; null without the scope PII_READ.",
  })
  destination(@Root() work: FulfillmentOrderNode, @Ctx() { viewer }: Context) {
    return seesPeople(viewer) ? work.destination : null;
  }

  @FieldResolver(() => [FulfillmentOrderLine], { description: "How much of which lines." })
  lines(@Root() { order, lines }: FulfillmentOrderNode) {
    return withLines(order, lines);
  }

  @FieldResolver(() => [Hold], { description: "What holds it back." })
  holds(@Root() { order, holds }: FulfillmentOrderNode) {
    return holdsOf(order, holds);
  }

  @FieldResolver(() => [OrderAction], { description: "What can be done with it now." })
  async availableActions(
    @Root() work: FulfillmentOrderNode,
    @Ctx() context: Context,
  ): Promise<OrderAction[]> {
    const { order } = work;
    const { loaders, viewer } = context;
    const [channel, fulfillable, places] = await Promise.all([
      loaders.channel.load(order.channelId),
      fulfillableOf(context, order),
      loaders.locations.load(order.channelId),
    ]);
    if (channel === null) return [];
    const open = withLines(order, OPEN_TO_SHIP.has(work.status) ? work.lines : [])
      .filter((row) => row.remaining > 0 && fulfillable(row.line) > 0)
      .map((row) => row.line);
    return availableActions({ order, work, open, channel, viewer, places }, OF_WORK);
  }

  @FieldResolver(() => ExternalRef, { nullable: true, description: "What the shop calls it." })
  externalRef(@Root() work: FulfillmentOrderNode) {
    return partRef(work);
  }
}

@Resolver(() => FulfillmentOrderLine)
export class FulfillmentOrderLineFields {
  @FieldResolver(() => OrderLine, { description: "The line." })
  line(@Root() row: { line: OrderLine }) {
    return row.line;
  }
}

const OF_WORK = [
  "FULFILLMENT_CREATE",
  "FULFILLMENT_ORDER_HOLD",
  "FULFILLMENT_ORDER_RELEASE",
  "FULFILLMENT_ORDER_MOVE",
] as const;

@Resolver(() => Hold)
export class HoldFields {
  @FieldResolver(() => DateTime, {
    description: "Since when; where the platform does not say, since the order was placed.",
  })
  since(@Root() { since, order }: HoldNode): string {
    return since ?? order.placedAt;
  }

  @FieldResolver(() => String, {
    description: "Who placed it, or the platform where it does not say.",
  })
  by(@Root() { by, order }: HoldNode): string {
    return by ?? order.platform;
  }

  @FieldResolver(() => SyncState, { description: "Whether the shop has it." })
  syncState(@Root() { nativeId }: HoldNode): SyncStateWord {
    return nativeId === null ? "LOCAL_ONLY" : "SYNCED";
  }

  @FieldResolver(() => ExternalRef, {
    nullable: true,
    description: "What the shop calls it; null where the gateway keeps it.",
  })
  externalRef(@Root() hold: HoldNode) {
    return partRef(hold);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "What was noted with it; null without the scope PII_READ.",
  })
  note(@Root() hold: HoldNode, @Ctx() { viewer }: Context): string | null {
    return seesPeople(viewer) ? hold.note : null;
  }
}

/** States in which work can be completed by a shipment. */
const OPEN_TO_SHIP: ReadonlySet<string> = new Set(["OPEN", "IN_PROGRESS"]);
