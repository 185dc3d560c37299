import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import type { RefundLineAsked } from "../../commands/face.js";
import type { Context } from "../context.js";
import { withLines } from "../nodes.js";
import { RefundPayload, RefundQuotePayload } from "../types/payload.js";
import { RefundCreateInput, RefundLineInput } from "../types/refund-input.js";
import { WriteOptions } from "../types/write.js";
import { presentAll, submit } from "../write.js";

@Resolver()
export class RefundQueries {
  @Authorized("ORDERS_READ")
  @Query(() => RefundQuotePayload, {
    description:
      "What a refund comes to: the shop is asked where it can tell, else the order's own amounts are counted. Changes nothing; takes up to ten seconds.",
  })
  async refundQuote(
    @Ctx() { refunds, viewer, loaders }: Context,
    @Arg("orderId", () => ID, { description: "The order." }) orderId: string,
    @Arg("lines", () => [RefundLineInput], {
      description: "For which pieces; none asks only what is left of the money.",
    })
    lines: RefundLineInput[],
    @Arg("shipping", () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: "Whether what is left of the shipping costs is asked for too.",
    })
    shipping: boolean | null,
  ) {
    const asked = { orderId, lines: lines.map(lineAsked), shipping: shipping ?? false };
    const { quote, errors } = await refunds.quote(viewer, asked);
    const order = quote && (await loaders.order.load(orderId));
    if (!order) return { quote: null, userErrors: presentAll(errors) };
    const priced = quote.lines.map((line) => ({ ...line, restocked: null }));
    return { quote: { ...quote, lines: withLines(order, priced) }, userErrors: presentAll(errors) };
  }
}

@Resolver()
export class RefundMutations {
  @Authorized("REFUNDS_WRITE")
  @Mutation(() => RefundPayload, {
    description:
      "Gives money back. It demands options.idempotencyKey, and is never sent twice: where nobody can tell whether it was done, a person says so by commandResolve.",
  })
  refundCreate(
    @Ctx() context: Context,
    @Arg("input", () => RefundCreateInput, { description: "How much, and what for." })
    input: RefundCreateInput,
    @Arg("options", () => WriteOptions, { description: "How it is to be done." })
    options: WriteOptions,
  ) {
    const { orderId, returnId, lines, shipping, extraAmount, reason, toStoreCredit } = input;
    return submit(context, options, {
      type: "REFUND_CREATE",
      orderId,
      returnId: returnId ?? null,
      lines: lines?.map(lineAsked) ?? null,
      shipping: shipping ?? null,
      extraAmount: extraAmount ?? null,
      reason: reason ?? null,
      toStoreCredit: toStoreCredit ?? false,
    });
  }
}

function lineAsked(line: RefundLineInput): RefundLineAsked {
  return {
    lineId: line.lineId,
    quantity: line.quantity,
    amount: line.amount ?? null,
    restock: line.restock ?? false,
    locationId: line.locationId ?? null,
  };
}
