import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { HoldReason as Reason } from "../../domain/fulfillment.js";
import type { Context } from "../context.js";
import { HoldReason } from "../types/fulfillment-order.js";
import { OrderPayload } from "../types/payload.js";
import { LineQuantityInput, WriteOptions } from "../types/write.js";
import { OPTIONS, submit } from "../write.js";

const THE_WORK = { description: "The fulfillment order." };

@Resolver()
export class WorkMutations {
  @Authorized("FULFILLMENTS_WRITE")
  @Mutation(() => OrderPayload, {
    description:
      "Holds back what is left of a fulfillment order: in the shop where its platform has holds, else for what the gateway ships.",
  })
  fulfillmentOrderHold(
    @Ctx() context: Context,
    @Arg("id", () => ID, THE_WORK) id: string,
    @Arg("reason", () => HoldReason, { description: "Why." }) reason: Reason,
    @Arg("note", () => String, { nullable: true, description: "What people are to know of it." })
    note: string | null | undefined,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, {
      type: "FULFILLMENT_ORDER_HOLD",
      fulfillmentOrderId: id,
      reason,
      note: note ?? null,
    });
  }

  @Authorized("FULFILLMENTS_WRITE")
  @Mutation(() => OrderPayload, { description: "Ends holds of a fulfillment order." })
  fulfillmentOrderRelease(
    @Ctx() context: Context,
    @Arg("id", () => ID, THE_WORK) id: string,
    @Arg("holdIds", () => [ID], {
      nullable: true,
      description: "Which; absent: the holds this gateway placed. Those of others only when named.",
    })
    holdIds: string[] | null | undefined,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, {
      type: "FULFILLMENT_ORDER_RELEASE",
      fulfillmentOrderId: id,
      holdIds: holdIds ?? null,
    });
  }

  @Authorized("FULFILLMENTS_WRITE")
  @Mutation(() => OrderPayload, {
    description: "Lets what is left of a fulfillment order leave from another place.",
  })
  fulfillmentOrderMove(
    @Ctx() context: Context,
    @Arg("id", () => ID, THE_WORK) id: string,
    @Arg("locationId", () => ID, { description: "Where it is to leave from." }) locationId: string,
    @Arg("lines", () => [LineQuantityInput], {
      nullable: true,
      description: "Only these, where the shop can split its work; omit for all that is left.",
    })
    lines: LineQuantityInput[] | null | undefined,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, {
      type: "FULFILLMENT_ORDER_MOVE",
      fulfillmentOrderId: id,
      locationId,
      lines: lines ?? null,
    });
  }
}
