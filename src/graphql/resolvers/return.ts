import { Arg, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { InvalidInput } from "../../domain/errors.js";
import { returnPage } from "../../store/read/return-page.js";
import { availableActions } from "../actions.js";
import { seesPeople } from "../auth.js";
import { requireChannels } from "../channels-known.js";
import { connectionOf, openCursor, pageWish, sealCursor } from "../connection.js";
import type { Context } from "../context.js";
import {
  type ExchangeLineNode,
  type OrderNode,
  type RefundNode,
  type ReturnLineNode,
  type ReturnNode,
  type ReturnShipmentNode,
  refundsOf,
  returnsOf,
  withLines,
} from "../nodes.js";
import { AFTER, pageSizeOf } from "../page-args.js";
import { returnSyncState } from "../sync-state.js";
import { ReturnFilter } from "../types/event-filter.js";
import { Order, SyncState, type SyncStateWord } from "../types/order.js";
import { OrderAction } from "../types/order-action.js";
import { OrderLine } from "../types/order-line.js";
import { ExternalRef } from "../types/platform.js";
import { Refund } from "../types/refund.js";
import {
  ExchangeLine,
  Return,
  ReturnConnection,
  ReturnLine,
  ReturnOrigin,
  type ReturnOriginWord,
  ReturnShipment,
} from "../types/return.js";
import { Tracking } from "../types/tracking.js";
import { partRef } from "./external-ref.js";

@Resolver()
export class ReturnQueries {
  @Authorized("ORDERS_READ")
  @Query(() => ReturnConnection, { description: "Returns to all shops, the newest first." })
  async returns(
    @Ctx() context: Context,
    @Arg("first", () => Int, pageSizeOf(25)) first: number | null,
    @Arg("after", () => String, AFTER) after: string | null | undefined,
    @Arg("filter", () => ReturnFilter, { nullable: true, description: "Which returns." })
    filter: ReturnFilter | null | undefined,
  ) {
    await requireChannels(context, filter?.channelId);
    const { database, viewer, loaders } = context;
    const wish = pageWish({ first, after }, 25);
    const from = wish.cursor === null ? null : positionOf(openCursor(wish.cursor, ["returns"]));
    const rows = await database.forTenant(viewer.tenantId, (tx) =>
      returnPage(tx, viewer, filter ?? {}, { after: from, limit: wish.limit + 1 }),
    );
    const page = connectionOf(rows, wish, ({ id, requestedAt }) =>
      sealCursor(["returns", requestedAt.toISOString(), id]),
    );
    const orders = await Promise.all(page.nodes.map(({ orderId }) => loaders.order.load(orderId)));
    const edges = page.edges.flatMap(({ node: { id }, cursor }, index) => {
      const order = orders[index];
      const node = order && returnsOf(order).find((row) => row.id === id);
      return node ? { node, cursor } : [];
    });
    return { edges, nodes: edges.map(({ node }) => node), pageInfo: page.pageInfo };
  }
}

function positionOf([, requestedAt, id]: string[]) {
  const moment = new Date(requestedAt ?? "");
  if (id === undefined || Number.isNaN(moment.getTime()))
    throw new InvalidInput("This cursor is not whole; begin again without it", ["after"]);
  return { requestedAt: moment, id };
}

@Resolver(() => Return)
export class ReturnFields {
  @Authorized("ORDERS_READ")
  @FieldResolver(() => Order, { description: "The order it is part of." })
  order(@Root() row: ReturnNode) {
    return row.order;
  }

  @FieldResolver(() => [ReturnLine], { description: "What comes back." })
  lines(@Root() { order, lines }: ReturnNode): ReturnLineNode[] {
    return withLines(order, lines);
  }

  @FieldResolver(() => [ExchangeLine], {
    description:
      "What the customer gets instead, once the order holds it; the shop puts it there when all has come back.",
  })
  exchangeLines(@Root() { exchangeLines }: ReturnNode): ExchangeLineNode[] {
    return exchangeLines ?? [];
  }

  @FieldResolver(() => [ReturnShipment], { description: "The parcels that it comes back in." })
  shipments(@Root() { shipments }: ReturnNode): ReturnShipmentNode[] {
    return shipments;
  }

  @FieldResolver(() => [Refund], { description: "Money given back for it." })
  refunds(@Root() { id, order }: ReturnNode): RefundNode[] {
    return refundsOf(order).filter(({ returnId }) => returnId === id);
  }

  @FieldResolver(() => ReturnOrigin, { description: "Where it was begun." })
  origin(@Root() { commandId }: ReturnNode): ReturnOriginWord {
    return commandId === null ? "CHANNEL" : "GATEWAY";
  }

  @FieldResolver(() => SyncState, { description: "Whether the shop has it." })
  syncState(@Root() row: ReturnNode, @Ctx() context: Context): Promise<SyncStateWord> {
    return returnSyncState(context, row);
  }

  @FieldResolver(() => ExternalRef, {
    nullable: true,
    description: "What the shop calls it; null where the shop has none or has not reported it.",
  })
  externalRef(@Root() row: ReturnNode) {
    return partRef(row);
  }

  @FieldResolver(() => [OrderAction], {
    description: "What can be done with it now, by this key, at its shop.",
  })
  async availableActions(
    @Root() row: ReturnNode,
    @Ctx() { loaders, viewer }: Context,
  ): Promise<OrderAction[]> {
    const { order } = row;
    const channel = await loaders.channel.load(order.channelId);
    if (channel === null) return [];
    const facts = { order, of: row, open: [], channel, viewer };
    return availableActions(facts, OF_RETURNS);
  }
}

const OF_RETURNS = [
  "RETURN_APPROVE",
  "RETURN_DECLINE",
  "RETURN_RECEIVE",
  "RETURN_TRACKING_UPDATE",
  "RETURN_CLOSE",
  "RETURN_CANCEL",
  "REFUND_CREATE",
] as const;

@Resolver(() => ReturnLine)
export class ReturnLineFields {
  @FieldResolver(() => OrderLine, { description: "The line." })
  line(@Root() row: ReturnLineNode) {
    return row.line;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "What was said with it; null without the scope PII_READ, since people write about people.",
  })
  note(@Root() { note }: ReturnLineNode, @Ctx() { viewer }: Context): string | null {
    return seesPeople(viewer) ? note : null;
  }
}

@Resolver(() => ExchangeLine)
export class ExchangeLineFields {
  @Authorized("ORDERS_READ")
  @FieldResolver(() => Order, {
    nullable: true,
    description:
      "The order by which they are sent; null where they are lines of the order that they replace goods of, as at Shopify.",
  })
  replacementOrder(): OrderNode | null {
    return null;
  }
}

@Resolver(() => ReturnShipment)
export class ReturnShipmentFields {
  @FieldResolver(() => Tracking, {
    nullable: true,
    description: "Its number; null where it has none.",
  })
  tracking(@Root() { tracking }: ReturnShipmentNode) {
    return tracking;
  }
}
