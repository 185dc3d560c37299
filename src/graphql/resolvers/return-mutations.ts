import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { ReturnPayload } from "../types/payload.js";
import { ReceiveLineInput, ReturnCreateInput } from "../types/return-input.js";
import { LineQuantityInput, TrackingInput, WriteOptions } from "../types/write.js";
import { OPTIONS, submit, trackingWish } from "../write.js";

const THE_RETURN = { description: "The return." };

@Resolver()
export class ReturnMutations {
  @Authorized("RETURNS_WRITE")
  @Mutation(() => ReturnPayload, {
    description:
      "Begins a return: in the shop where its platform has returns, else the gateway keeps it.",
  })
  returnCreate(
    @Ctx() context: Context,
    @Arg("input", () => ReturnCreateInput, { description: "What comes back." })
    input: ReturnCreateInput,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    const { orderId, lines, exchangeLines, requested, tracking, note } = input;
    return submit(context, options, {
      type: "RETURN_CREATE",
      orderId,
      lines: lines.map((line) => ({
        lineId: line.lineId,
        quantity: line.quantity,
        reason: line.reason,
        note: line.note ?? null,
        resolution: line.resolution ?? "REFUND",
      })),
      requested: requested ?? false,
      tracking: tracking ? trackingWish(tracking) : null,
      note: note ?? null,
      ...(exchangeLines?.length && {
        exchangeLines: exchangeLines.map(({ sku, quantity }) => ({ sku, quantity })),
      }),
    });
  }

  @Authorized("RETURNS_WRITE")
  @Mutation(() => ReturnPayload, { description: "Agrees to a return that was asked for." })
  returnApprove(
    @Ctx() context: Context,
    @Arg("returnId", () => ID, THE_RETURN) returnId: string,
    @Arg("lines", () => [LineQuantityInput], {
      nullable: true,
      description: "How much of which lines; omit for all that was asked for.",
    })
    lines: LineQuantityInput[] | null | undefined,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, { type: "RETURN_APPROVE", returnId, lines: lines ?? null });
  }

  @Authorized("RETURNS_WRITE")
  @Mutation(() => ReturnPayload, { description: "Turns a return down that was asked for." })
  returnDecline(
    @Ctx() context: Context,
    @Arg("returnId", () => ID, THE_RETURN) returnId: string,
    @Arg("reason", () => String, { description: "Why, in your words; the customer may read it." })
    reason: string,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, { type: "RETURN_DECLINE", returnId, reason });
  }

  @Authorized("RETURNS_WRITE")
  @Mutation(() => ReturnPayload, {
    description: "Takes goods back in; as often as something of the return comes.",
  })
  returnReceive(
    @Ctx() context: Context,
    @Arg("returnId", () => ID, THE_RETURN) returnId: string,
    @Arg("lines", () => [ReceiveLineInput], { description: "What came back now." })
    lines: ReceiveLineInput[],
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, {
      type: "RETURN_RECEIVE",
      returnId,
      lines: lines.map((line) => ({
        lineId: line.lineId,
        received: line.received,
        rejected: line.rejected ?? 0,
        disposition: line.disposition ?? "RESTOCK",
      })),
    });
  }

  @Authorized("RETURNS_WRITE")
  @Mutation(() => ReturnPayload, { description: "Says by which parcel goods come back." })
  returnTrackingUpdate(
    @Ctx() context: Context,
    @Arg("returnId", () => ID, THE_RETURN) returnId: string,
    @Arg("tracking", () => TrackingInput, { description: "The carrier's number." })
    tracking: TrackingInput,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, {
      type: "RETURN_TRACKING_UPDATE",
      returnId,
      tracking: trackingWish(tracking),
    });
  }

  @Authorized("RETURNS_WRITE")
  @Mutation(() => ReturnPayload, {
    description: "Ends a return; what did not come back by then is expected no more.",
  })
  returnClose(
    @Ctx() context: Context,
    @Arg("returnId", () => ID, THE_RETURN) returnId: string,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, { type: "RETURN_CLOSE", returnId });
  }

  @Authorized("RETURNS_WRITE")
  @Mutation(() => ReturnPayload, {
    description: "Calls a return off, as long as nothing of it came back.",
  })
  returnCancel(
    @Ctx() context: Context,
    @Arg("returnId", () => ID, THE_RETURN) returnId: string,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, { type: "RETURN_CANCEL", returnId });
  }
}
