import { Authorized, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { LineQuantities as Quantities } from "../../domain/document.js";
import { seesPeople } from "../auth.js";
import type { Context } from "../context.js";
import { type LineNode, lineOf } from "../nodes.js";
import { fulfillableOf } from "../quantities.js";
import { KeyValue } from "../types/node.js";
import { Order } from "../types/order.js";
import { LineQuantities, OrderLine, ProductRef } from "../types/order-line.js";
import { ExternalRef } from "../types/platform.js";
import { partRef } from "./external-ref.js";

@Resolver(() => OrderLine)
export class OrderLineFields {
  @Authorized("ORDERS_READ")
  @FieldResolver(() => Order, { description: "The order it is part of." })
  order(@Root() line: LineNode) {
    return line.order;
  }

  @FieldResolver(() => ExternalRef, { nullable: true, description: "What the shop calls it." })
  externalRef(@Root() line: LineNode) {
    return partRef(line);
  }

  @FieldResolver(() => LineQuantities, { description: "How much of it, and how far that is." })
  async quantities(@Root() line: LineNode, @Ctx() context: Context): Promise<Quantities> {
    const fulfillable = await fulfillableOf(context, line.order);
    return { ...line.quantities, fulfillable: fulfillable(line) };
  }

  @FieldResolver(() => [KeyValue], {
    description: "What the customer chose or wrote; empty without the scope PII_READ.",
  })
  properties(@Root() line: LineNode, @Ctx() { viewer }: Context): KeyValue[] {
    return seesPeople(viewer) ? line.properties : [];
  }

  @FieldResolver(() => ProductRef, { nullable: true, description: "What it sells." })
  product(@Root() line: LineNode): ProductRef | null {
    const { externalProductId, externalVariantId } = line;
    const named = externalProductId !== null || externalVariantId !== null;
    return named ? { externalProductId, externalVariantId } : null;
  }

  @FieldResolver(() => OrderLine, {
    nullable: true,
    description: "The bundle or configurable product it belongs to.",
  })
  parentLine(@Root() line: LineNode): LineNode | null {
    return line.parentLineId === null ? null : lineOf(line.order, line.parentLineId);
  }
}
