import { reasonById } from "../shop/reasons.js";
import {
  approveReturn,
  cancelReturn,
  closeReturn,
  declineReturn,
  disposedUnits,
  isWorkedOn,
  openReturn,
  type ReturnWish,
  removeUnits,
  reopenReturn,
  returnables,
} from "../shop/returning.js";
import { idOf, type Shop, seconds } from "../shop/shop.js";
import type { Order, Return, ReturnLine } from "../shop/state.js";
import { type Asking, type Found, findOrder, findReturn, notKept, type Refusal } from "./asking.js";
import type { Node } from "./nodes.js";
import { returnInOrder } from "./order-nodes.js";

interface LineInput {
  fulfillmentLineItemId: string;
  quantity: number;
  returnReasonDefinitionId?: string | null;
  returnReasonNote?: string | null;
  customerNote?: string | null;
  returnReason?: string | null;
  restockingFee?: unknown;
}
interface ExchangeInput {
  variantId?: string | null;
  quantity: number;
  appliedDiscount?: unknown;
  giftCardCodes?: unknown;
}
interface ReturnInput {
  orderId: string;
  returnLineItems: LineInput[];
  exchangeLineItems?: ExchangeInput[] | null;
  returnShippingFee?: unknown;
  requestedAt?: string | null;
}

/** Returns from the wish to their end; taking goods in is told apart. */
export function returnMutations(shop: Shop) {
  const answer = (order: Order, row: Return): Node => ({
    return: returnInOrder(shop, order, row),
    userErrors: [],
  });
  const refused = (refusal: Refusal): Node => ({ return: null, userErrors: [refusal] });

  function open(input: ReturnInput, asking: Asking, status: "REQUESTED" | "OPEN"): Node {
    const order = findOrder(shop, asking, input.orderId);
    if (!order) return refused(missing("orderId", "Order"));
    const wish = readWish(shop, order, input);
    return "message" in wish ? refused(wish) : answer(order, openReturn(shop, order, wish, status));
  }

  /** Moves a return on, if it stands where that is possible. */
  function move(
    { id, asking }: { id: string; asking: Asking },
    from: Return["status"],
    act: (found: Found<Return>) => Refusal | undefined,
  ): Node {
    const found = findReturn(shop, asking, id);
    if (!found) return refused(missing("id", "Return"));
    const { order, part } = found;
    const problem = part.status === from ? act(found) : wrongState(part, from);
    return problem ? refused(problem) : answer(order, part);
  }

  return {
    returnRequest: ({ input }: { input: ReturnInput }, asking: Asking) =>
      open(input, asking, "REQUESTED"),
    returnCreate: ({ returnInput }: { returnInput: ReturnInput }, asking: Asking) =>
      open(returnInput, asking, "OPEN"),
    returnApproveRequest: ({ input }: { input: { id: string } }, asking: Asking) =>
      move({ id: input.id, asking }, "REQUESTED", ({ order, part }) => {
        approveReturn(shop, order, part);
        return undefined;
      }),
    returnDeclineRequest: ({ input }: { input: DeclineInput }, asking: Asking) =>
      move({ id: input.id, asking }, "REQUESTED", ({ order, part }) => {
        const note = input.declineNote ?? null;
        if ((note ?? "").length > 500) return tooLong("declineNote", 500);
        declineReturn(shop, order, part, { reason: input.declineReason, note });
        return undefined;
      }),
    returnCancel: ({ id }: { id: string }, asking: Asking) =>
      move({ id, asking }, "OPEN", ({ order, part }) => {
        if (isWorkedOn(part))
          return invalidState("Return cannot be canceled because work has been done on it.");
        cancelReturn(shop, order, part);
        return undefined;
      }),
    returnClose: ({ id }: { id: string }, asking: Asking) =>
      move({ id, asking }, "OPEN", ({ order, part }) => {
        closeReturn(shop, order, part);
        return undefined;
      }),
    returnReopen: ({ id }: { id: string }, asking: Asking) =>
      move({ id, asking }, "CLOSED", ({ order, part }) => {
        reopenReturn(shop, order, part);
        return undefined;
      }),
    removeFromReturn(given: RemoveArguments, asking: Asking) {
      if (given.exchangeLineItems?.length) throw notKept("exchanges");
      return move({ id: given.returnId, asking }, "OPEN", ({ order, part }) => {
        const removals = readRemovals(part, given.returnLineItems ?? []);
        if ("message" in removals) return removals;
        removeUnits(shop, order, part, removals);
        return undefined;
      });
    },
  };
}

interface DeclineInput {
  id: string;
  declineReason: string;
  declineNote?: string | null;
}
interface RemoveArguments {
  returnId: string;
  returnLineItems?: { returnLineItemId: string; quantity: number }[] | null;
  exchangeLineItems?: unknown[] | null;
}

const missing = (field: string, what: string): Refusal => ({
  field: [field],
  message: `${what} does not exist`,
  code: "NOT_FOUND",
});
const tooLong = (field: string, most: number): Refusal => ({
  field: [field],
  message: `${field} is too long (maximum is ${most} characters)`,
  code: "TOO_LONG",
});
const invalid = (field: string[], message: string): Refusal => ({
  field,
  message,
  code: "INVALID",
});
export const invalidState = (message: string): Refusal => ({
  field: ["id"],
  message,
  code: "INVALID_STATE",
});
export const wrongState = ({ status }: Return, wanted: Return["status"]): Refusal =>
  invalidState(`Return must be ${wanted.toLowerCase()}, and is ${status.toLowerCase()}.`);

/** What is to come back, or why it cannot: shipped pieces that no other return claims. */
function readWish(shop: Shop, order: Order, input: ReturnInput): ReturnWish | Refusal {
  if (input.returnShippingFee) throw notKept("return fees");
  if (input.returnLineItems.length === 0)
    return { ...invalid(["returnLineItems"], "Return line items can't be blank"), code: "BLANK" };
  const free = returnables(order);
  const lines: ReturnWish["lines"] = [];
  for (const given of input.returnLineItems) {
    if (given.restockingFee || given.returnReason) throw notKept("fees and reasons of old");
    const id = idOf("FulfillmentLineItem", given.fulfillmentLineItemId);
    const shipped = order.fulfillments.some((each) => each.lines.some((line) => line.id === id));
    if (!shipped) return missing("fulfillmentLineItemId", "Fulfillment line item");
    const from = free.find(({ line }) => line.id === id);
    const before = lines.filter((each) => each.from === from);
    const taken = before.reduce((units, each) => units + each.quantity, 0);
    if (!from || given.quantity <= 0 || taken + given.quantity > from.quantity)
      return invalid(
        ["returnLineItems", "quantity"],
        "Return line item quantity is not available to be returned.",
      );
    const reason = given.returnReasonDefinitionId;
    const reasonId = reason ? (idOf("ReturnReasonDefinition", reason) ?? "") : null;
    if (reasonId !== null && !reasonById(reasonId))
      return missing("returnReasonDefinitionId", "Return reason definition");
    if ((given.returnReasonNote ?? "").length > 255) return tooLong("returnReasonNote", 255);
    if ((given.customerNote ?? "").length > 300) return tooLong("customerNote", 300);
    lines.push({
      from,
      quantity: given.quantity,
      reasonId,
      reasonNote: given.returnReasonNote ?? "",
      customerNote: given.customerNote ?? null,
    });
  }
  const exchanges = readExchanges(shop, input.exchangeLineItems ?? []);
  if ("message" in exchanges) return exchanges;
  const { requestedAt } = input;
  return { lines, exchanges, requestedAt: requestedAt ? seconds(new Date(requestedAt)) : null };
}

/** What is to be sent instead, which the shop must sell. */
function readExchanges(
  shop: Shop,
  given: ExchangeInput[],
): NonNullable<ReturnWish["exchanges"]> | Refusal {
  const exchanges: NonNullable<ReturnWish["exchanges"]> = [];
  for (const { variantId, quantity, appliedDiscount, giftCardCodes } of given) {
    if (appliedDiscount || giftCardCodes) throw notKept("discounts on exchanges and gift cards");
    const variant = shop.variant(idOf("ProductVariant", variantId ?? "") ?? null);
    if (!variant) return missing("variantId", "Variant");
    if (quantity <= 0)
      return invalid(["exchangeLineItems", "quantity"], "Quantity must be greater than 0.");
    exchanges.push({ variantId: variant.id, quantity });
  }
  return exchanges;
}

/** What is taken off a return, or why it cannot be: what was worked on stays, and some of it must. */
function readRemovals(
  row: Return,
  given: NonNullable<RemoveArguments["returnLineItems"]>,
): { line: ReturnLine; quantity: number }[] | Refusal {
  const removals: { line: ReturnLine; quantity: number }[] = [];
  for (const { returnLineItemId, quantity } of given) {
    const line = row.lines.find(({ id }) => id === idOf("ReturnLineItem", returnLineItemId));
    if (!line) return missing("returnLineItemId", "Return line item");
    const fixed = Math.max(line.processed, disposedUnits(row, line));
    if (quantity <= 0 || quantity > line.quantity - fixed)
      return invalid(
        ["returnLineItems", "quantity"],
        "Quantity cannot be removed from the return.",
      );
    removals.push({ line, quantity });
  }
  const gone = removals.reduce((units, { quantity }) => units + quantity, 0);
  if (gone >= row.lines.reduce((units, { quantity }) => units + quantity, 0))
    return invalid(["returnLineItems"], "Return must have at least one item; cancel it instead.");
  return removals;
}
