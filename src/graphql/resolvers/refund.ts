import { Authorized, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { seesPeople } from "../auth.js";
import type { Context } from "../context.js";
import { type RefundNode, returnsOf, type TransactionNode, withLines } from "../nodes.js";
import { refundSyncState } from "../sync-state.js";
import { Order, SyncState, type SyncStateWord } from "../types/order.js";
import { OrderLine } from "../types/order-line.js";
import { ExternalRef } from "../types/platform.js";
import { Refund, RefundLine, Transaction } from "../types/refund.js";
import { Return } from "../types/return.js";
import { partRef } from "./external-ref.js";

@Resolver(() => Refund)
export class RefundFields {
  @Authorized("ORDERS_READ")
  @FieldResolver(() => Order, { description: "The order it is part of." })
  order(@Root() refund: RefundNode) {
    return refund.order;
  }

  @FieldResolver(() => [RefundLine], { description: "What it is for, where it is for goods." })
  lines(@Root() { order, lines }: RefundNode) {
    return withLines(order, lines);
  }

  @FieldResolver(() => Return, {
    nullable: true,
    description: "The return it pays for, where it is for one.",
  })
  return(@Root() { order, returnId }: RefundNode) {
    return returnsOf(order).find(({ id }) => id === returnId) ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Why, in the shop's words; null without the scope PII_READ, since people write about people.",
  })
  reason(@Root() { reason }: RefundNode, @Ctx() { viewer }: Context): string | null {
    return seesPeople(viewer) ? reason : null;
  }

  @FieldResolver(() => ExternalRef, {
    nullable: true,
    description: "What the shop calls it; null while the shop has not reported it.",
  })
  externalRef(@Root() refund: RefundNode) {
    return partRef(refund);
  }

  @FieldResolver(() => SyncState, { description: "Whether the shop has it." })
  syncState(@Root() refund: RefundNode, @Ctx() context: Context): Promise<SyncStateWord> {
    return refundSyncState(context, refund);
  }
}

@Resolver(() => RefundLine)
export class RefundLineFields {
  @FieldResolver(() => OrderLine, { description: "The line." })
  line(@Root() row: { line: OrderLine }) {
    return row.line;
  }
}

@Resolver(() => Transaction)
export class TransactionFields {
  @FieldResolver(() => ExternalRef, { nullable: true, description: "What the shop calls it." })
  externalRef(@Root() transaction: TransactionNode) {
    return partRef(transaction);
  }
}
