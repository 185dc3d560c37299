import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import {
  COMMAND_TYPES,
  type CommandStatus as CommandStatusWord,
  type CommandType as CommandTypeWord,
} from "../../domain/command.js";
import type { FulfillmentOrderStatus as WorkStatus } from "../../domain/fulfillment.js";
import { availableActions } from "../actions.js";
import { connectionOfList } from "../connection.js";
import type { Context } from "../context.js";
import {
  fulfillmentOrdersOf,
  fulfillmentsOf,
  linesOf,
  type OrderNode,
  refundsOf,
  returnsOf,
  transactionsOf,
} from "../nodes.js";
import { AFTER, pageSizeOf } from "../page-args.js";
import { fulfillableOf } from "../quantities.js";
import { Command, CommandStatus, CommandType } from "../types/command.js";
import { Fulfillment } from "../types/fulfillment.js";
import { FulfillmentOrder, FulfillmentOrderStatus } from "../types/fulfillment-order.js";
import { Order } from "../types/order.js";
import { OrderAction } from "../types/order-action.js";
import { OrderLineConnection } from "../types/order-connection.js";
import { Refund, Transaction } from "../types/refund.js";
import { Return } from "../types/return.js";

@Resolver(() => Order)
export class OrderParts {
  @FieldResolver(() => OrderLineConnection, { description: "Its lines, as the shop orders them." })
  lines(
    @Root() order: OrderNode,
    @Arg("first", () => Int, pageSizeOf(50))
    first: number | null,
    @Arg("after", () => String, AFTER)
    after: string | null | undefined,
  ) {
    return connectionOfList(linesOf(order), { first, after }, 50);
  }

  @FieldResolver(() => [FulfillmentOrder], {
    description: "Work to be done on it: as its platform plans it, or else kept by the gateway.",
  })
  fulfillmentOrders(
    @Root() order: OrderNode,
    @Arg("status", () => [FulfillmentOrderStatus], {
      nullable: true,
      description: "Only such as stand like one of these.",
    })
    status: WorkStatus[] | null | undefined,
  ) {
    const all = fulfillmentOrdersOf(order);
    return status ? all.filter((work) => status.includes(work.status)) : all;
  }

  @FieldResolver(() => [Fulfillment], { description: "Its shipments." })
  fulfillments(@Root() order: OrderNode) {
    return fulfillmentsOf(order);
  }

  @FieldResolver(() => [Return], { description: "Goods that come back." })
  returns(@Root() order: OrderNode) {
    return returnsOf(order);
  }

  @FieldResolver(() => [Refund], { description: "Money given back, or about to be." })
  refunds(@Root() order: OrderNode) {
    return refundsOf(order);
  }

  @FieldResolver(() => [Transaction], { description: "Movements of its money." })
  transactions(@Root() order: OrderNode) {
    return transactionsOf(order);
  }

  @FieldResolver(() => [Command], {
    description: "Writes on it through this API, the newest first.",
  })
  async commands(
    @Root() order: OrderNode,
    @Ctx() { loaders }: Context,
    @Arg("status", () => [CommandStatus], {
      nullable: true,
      description: "Only such as stand like one of these.",
    })
    status: CommandStatusWord[] | null | undefined,
  ) {
    const all = await loaders.commandsOfOrder.load(order.id);
    return status ? all.filter((command) => status.includes(command.status)) : all;
  }

  @FieldResolver(() => [OrderAction], {
    description: "What can be done with it now, by this key, at its shop.",
  })
  async availableActions(
    @Root() order: OrderNode,
    @Ctx() context: Context,
    @Arg("operations", () => [CommandType], { nullable: true, description: "Only these." })
    operations: CommandTypeWord[] | null | undefined,
  ): Promise<OrderAction[]> {
    const { loaders, viewer } = context;
    const [channel, fulfillable, places] = await Promise.all([
      loaders.channel.load(order.channelId),
      fulfillableOf(context, order),
      loaders.locations.load(order.channelId),
    ]);
    if (channel === null) return [];
    const open = order.lines.filter((line) => fulfillable(line) > 0);
    const facts = { order, open, channel, viewer, places };
    // A write about a whole shop is none of an order's.
    const asked = operations?.filter((type) => COMMAND_TYPES.includes(type));
    return availableActions(facts, asked);
  }
}
