import { Authorized, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Hold as HoldFact } from "../../domain/fulfillment.js";
import { availableActions } from "../actions.js";
import { seesPeople } from "../auth.js";
import type { Context } from "../context.js";
import { type FulfillmentOrderNode, type OrderNode, withLines } from "../nodes.js";
import { fulfillableOf } from "../quantities.js";
import { Address } from "../types/address.js";
import { Location } from "../types/channel.js";
import { FulfillmentOrder, FulfillmentOrderLine, Hold } from "../types/fulfillment-order.js";
import { Order } from "../types/order.js";
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

  @FieldResolver(() => Boolean, {
    description: "True where the gateway keeps it because the platform has none.",
  })
  synthetic(): boolean {
    return false;
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
  holds(@Root() { order, holds }: FulfillmentOrderNode): Hold[] {
    return holdsShown(order, holds);
  }

  @FieldResolver(() => [OrderAction], { description: "What can be done with it now." })
  async availableActions(
    @Root() work: FulfillmentOrderNode,
    @Ctx() context: Context,
  ): Promise<OrderAction[]> {
    const { order } = work;
    const [channel, fulfillable] = await Promise.all([
      context.loaders.channel.load(order.channelId),
      fulfillableOf(context, order),
    ]);
    if (channel === null) return [];
    const open = withLines(order, OPEN_TO_SHIP.has(work.status) ? work.lines : [])
      .filter((row) => row.remaining > 0 && fulfillable(row.line) > 0)
      .map((row) => row.line);
    const facts = { order, open, channel, viewer: context.viewer };
    return availableActions(facts, ["FULFILLMENT_CREATE"]);
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

interface HoldNode extends Hold {
  text: string | null;
}

@Resolver(() => Hold)
export class HoldFields {
  @FieldResolver(() => String, {
    nullable: true,
    description: "What was noted with it; null without the scope PII_READ.",
  })
  note(@Root() hold: HoldNode, @Ctx() { viewer }: Context): string | null {
    return seesPeople(viewer) ? hold.text : null;
  }
}

/** States in which work can be completed by a shipment. */
const OPEN_TO_SHIP: ReadonlySet<string> = new Set(["OPEN", "IN_PROGRESS", "SCHEDULED"]);

/** Holds as they are shown; only shops place them so far, so that they always agree with us. */
export function holdsShown(order: OrderNode, holds: readonly HoldFact[]): HoldNode[] {
  return holds.map(({ note, by, since, ...hold }) => ({
    ...hold,
    text: note,
    by: by ?? order.platform,
    since: since ?? order.placedAt,
    syncState: "SYNCED",
  }));
}
