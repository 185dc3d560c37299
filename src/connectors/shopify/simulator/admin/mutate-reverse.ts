import type { Exchanging } from "../shop/exchanging.js";
import { trackingUrl } from "../shop/fulfilling.js";
import {
  addDelivery,
  type Disposing,
  dispose,
  type Processing,
  processReturn,
  undisposed,
  updateDelivery,
} from "../shop/receiving.js";
import { mostRefundable, type Paying, refundableTransactions } from "../shop/refunding.js";
import { say } from "../shop/returning.js";
import { idOf, type Shop } from "../shop/shop.js";
import type { Bag, Order, Return, ReverseLine, TrackingInfo } from "../shop/state.js";
import { bagFrom, nothing, sum } from "../shop/totals.js";
import {
  type Asking,
  findReturn,
  findReverseDelivery,
  findReverseOrder,
  notKept,
  type Refusal,
} from "./asking.js";
import { wrongState } from "./mutate-return.js";
import { returnInOrder } from "./order-nodes.js";
import { deliveryNode, reverseLineNode } from "./return-nodes.js";
import { shippingOf } from "./return-outcome.js";

interface DisposeInput {
  reverseFulfillmentOrderLineItemId: string;
  quantity: number;
  dispositionType: Disposing["type"];
  locationId?: string | null;
}
interface ProcessInput {
  returnId: string;
  returnLineItems?: { id: string; quantity: number; dispositions?: DisposeInput[] | null }[] | null;
  exchangeLineItems?: { id: string; quantity: number }[] | null;
  refundDuties?: unknown[] | null;
  tipLineId?: string | null;
  refundShipping?: Parameters<typeof shippingOf>[1];
  financialTransfer?: { issueRefund?: IssueInput | null } | null;
  note?: string | null;
}
interface IssueInput {
  allowOverRefunding?: boolean | null;
  orderTransactions: {
    parentId: string;
    transactionAmount: { amount: string; currencyCode: string };
  }[];
  refundMethods?: { storeCreditRefund?: { amount: { amount: string } } | null }[] | null;
}

/** Taking goods in, paying for them, and the parcels that bring them. */
export function reverseMutations(shop: Shop) {
  return {
    returnProcess({ input }: { input: ProcessInput }, asking: Asking) {
      const refused = (refusal: Refusal) => ({ return: null, userErrors: [refusal] });
      if (input.refundDuties?.length || input.tipLineId) throw notKept("duties and tips");
      const found = findReturn(shop, asking, input.returnId);
      if (!found) return refused(missing("returnId", "Return"));
      const { order, part } = found;
      if (part.status !== "OPEN") return refused(wrongState(part, "OPEN"));
      const wish = readProcessing(order, part, input);
      if ("message" in wish) return refused(wish);
      processReturn(shop, order, part, wish);
      return { return: returnInOrder(shop, order, part), userErrors: [] };
    },

    reverseFulfillmentOrderDispose(given: { dispositionInputs: DisposeInput[] }, asking: Asking) {
      const refused = (refusal: Refusal) => ({
        reverseFulfillmentOrderLineItems: null,
        userErrors: [refusal],
      });
      const ids = new Set(
        given.dispositionInputs.map((each) =>
          idOf("ReverseFulfillmentOrderLineItem", each.reverseFulfillmentOrderLineItemId),
        ),
      );
      const found = findReverseOrder(shop, asking, (line) => ids.has(line.id));
      if (!found) return refused(missing("dispositionInputs", "Reverse line item"));
      const { order, part } = found;
      if (part.status !== "OPEN") return refused(wrongState(part, "OPEN"));
      const wishes = readDisposing(part, given.dispositionInputs, null);
      if ("message" in wishes) return refused(wishes);
      dispose(shop, order, part, wishes);
      say(shop, order);
      const lines = [...new Set(wishes.map(({ line }) => line))];
      return {
        reverseFulfillmentOrderLineItems: lines.map((each) =>
          reverseLineNode(shop, order, part, each),
        ),
        userErrors: [],
      };
    },

    reverseDeliveryCreateWithShipping(given: DeliveryArguments, asking: Asking) {
      const refused = (refusal: Refusal) => ({ reverseDelivery: null, userErrors: [refusal] });
      const id = idOf("ReverseFulfillmentOrder", given.reverseFulfillmentOrderId);
      const found = findReverseOrder(shop, asking, (_line, reverse) => reverse.id === id);
      if (!found?.part.reverse)
        return refused(missing("reverseFulfillmentOrderId", "Reverse fulfillment order"));
      const { order, part } = found;
      if (part.status !== "OPEN") return refused(wrongState(part, "OPEN"));
      const lines = readParcel(part, given.reverseDeliveryLineItems);
      if ("message" in lines) return refused(lines);
      const delivery = addDelivery(shop, order, part, {
        lines,
        tracking: given.trackingInput ? trackingOf(given.trackingInput) : null,
        label: given.labelInput?.fileUrl ? { url: given.labelInput.fileUrl, at: shop.now() } : null,
      });
      return { reverseDelivery: deliveryNode(shop, order, part, delivery), userErrors: [] };
    },

    reverseDeliveryShippingUpdate(given: UpdateArguments, asking: Asking) {
      const refused = (refusal: Refusal) => ({ reverseDelivery: null, userErrors: [refusal] });
      const found = findReverseDelivery(shop, asking, given.reverseDeliveryId);
      if (!found) return refused(missing("reverseDeliveryId", "Reverse delivery"));
      const { order, row, delivery } = found;
      if (row.status !== "OPEN") return refused(wrongState(row, "OPEN"));
      updateDelivery(shop, order, row, delivery, {
        ...(given.trackingInput && { tracking: trackingOf(given.trackingInput) }),
        ...(given.labelInput?.fileUrl && {
          label: { url: given.labelInput.fileUrl, at: shop.now() },
        }),
      });
      return { reverseDelivery: deliveryNode(shop, order, row, delivery), userErrors: [] };
    },
  };
}

interface ShippingInput {
  trackingInput?: { number?: string | null; url?: string | null } | null;
  labelInput?: { fileUrl?: string | null } | null;
}
interface DeliveryArguments extends ShippingInput {
  reverseFulfillmentOrderId: string;
  reverseDeliveryLineItems: { reverseFulfillmentOrderLineItemId: string; quantity: number }[];
}
interface UpdateArguments extends ShippingInput {
  reverseDeliveryId: string;
}

const missing = (field: string, what: string): Refusal => ({
  field: [field],
  message: `${what} does not exist`,
  code: "NOT_FOUND",
});
const invalid = (field: string[], message: string): Refusal => ({
  field,
  message,
  code: "INVALID",
});

/** The shop tells the carrier by the shape of the number, as far as it knows any. */
function trackingOf({ number, url }: NonNullable<ShippingInput["trackingInput"]>): TrackingInfo {
  const company = /^1Z/i.test(number ?? "") ? "UPS" : null;
  return { number: number ?? null, company, url: url ?? trackingUrl(company, number ?? null) };
}

function readProcessing(order: Order, row: Return, input: ProcessInput): Processing | Refusal {
  const lines: Processing["lines"] = [];
  const dispositions: Disposing[] = [];
  for (const given of input.returnLineItems ?? []) {
    const line = row.lines.find(({ id }) => id === idOf("ReturnLineItem", given.id));
    if (!line) return missing("returnLineItems", "Return line item");
    if (given.quantity <= 0 || given.quantity > line.quantity - line.processed)
      return invalid(["returnLineItems", "quantity"], "Quantity exceeds the processable quantity.");
    const disposed = readDisposing(row, given.dispositions ?? [], line.id);
    if ("message" in disposed) return disposed;
    if (disposed.reduce((units, { quantity }) => units + quantity, 0) > given.quantity)
      return invalid(["returnLineItems", "dispositions"], "Dispositions exceed the quantity.");
    lines.push({ line, quantity: given.quantity });
    dispositions.push(...disposed);
  }
  const exchanges = readExchanging(row, input.exchangeLineItems ?? []);
  if ("message" in exchanges) return exchanges;
  const money = readMoney(order, input);
  if (money && "message" in money) return money;
  if (lines.length + exchanges.length === 0 && !money)
    return invalid(["input"], "There is nothing to process in this return.");
  return { lines, dispositions, exchanges, ...(money && { money }), note: input.note ?? null };
}

function readExchanging(
  row: Return,
  given: NonNullable<ProcessInput["exchangeLineItems"]>,
): Exchanging[] | Refusal {
  const wishes: Exchanging[] = [];
  for (const { id, quantity } of given) {
    const line = row.exchanges.find((each) => each.id === idOf("ExchangeLineItem", id));
    if (!line) return missing("exchangeLineItems", "Exchange line item");
    const before = wishes.filter((each) => each.line === line);
    const taken = before.reduce((units, each) => units + each.quantity, 0);
    if (quantity <= 0 || taken + quantity > line.quantity - line.processed)
      return invalid(
        ["exchangeLineItems", "quantity"],
        "Quantity exceeds the processable quantity.",
      );
    wishes.push({ line, quantity });
  }
  return wishes;
}

/** What becomes of pieces, or why it cannot: no more than came, and stock only at a place that is named. */
function readDisposing(
  row: Return,
  given: DisposeInput[],
  returnLineId: string | null,
): Disposing[] | Refusal {
  const wishes: Disposing[] = [];
  for (const {
    reverseFulfillmentOrderLineItemId,
    quantity,
    dispositionType,
    locationId,
  } of given) {
    const id = idOf("ReverseFulfillmentOrderLineItem", reverseFulfillmentOrderLineItemId);
    const line = row.reverse?.lines.find((each) => each.id === id);
    if (!line || (returnLineId !== null && line.returnLineId !== returnLineId))
      return missing("reverseFulfillmentOrderLineItemId", "Reverse fulfillment order line item");
    const before = wishes.filter((each) => each.line === line);
    const taken = before.reduce((units, each) => units + each.quantity, 0);
    if (quantity <= 0 || taken + quantity > undisposed(line))
      return invalid(["dispositions", "quantity"], "Quantity exceeds what is left to dispose.");
    if (dispositionType === "RESTOCKED" && !locationId)
      return {
        ...invalid(["dispositions", "locationId"], "Location is required to restock."),
        code: "BLANK",
      };
    const place = locationId ? (idOf("Location", locationId) ?? null) : null;
    wishes.push({ line, type: dispositionType, quantity, locationId: place });
  }
  return wishes;
}

/** The money that goes back with it, or why it cannot; null where none is asked for. */
function readMoney(
  order: Order,
  { financialTransfer, refundShipping }: ProcessInput,
): NonNullable<Processing["money"]> | Refusal | null {
  const issue = financialTransfer?.issueRefund;
  if (!issue) return null;
  const over: Paying[] = [];
  for (const { parentId, transactionAmount } of issue.orderTransactions) {
    const id = idOf("OrderTransaction", parentId);
    const source = refundableTransactions(order).find(({ parent }) => parent.id === id);
    if (!source) return missing("orderTransactions", "Refundable parent transaction");
    if (transactionAmount.currencyCode !== order.currency)
      return invalid(["orderTransactions"], "Amounts must be in the presentment currency.");
    const amount = bagFrom(order, transactionAmount.amount);
    if (amount.presentment > source.amount.presentment && !issue.allowOverRefunding)
      return tooMuch();
    over.push({ parent: source.parent, amount });
  }
  const credits = (issue.refundMethods ?? []).flatMap(({ storeCreditRefund }) =>
    storeCreditRefund ? [bagFrom(order, storeCreditRefund.amount.amount)] : [],
  );
  if (credits.length > 0 && !order.customerId)
    return invalid(["refundMethods"], "Store credit refunds require an order with a customer");
  const credit: Bag | null = credits.length > 0 ? sum(credits) : null;
  const all = sum([...over.map(({ amount }) => amount), credit ?? nothing]);
  if (all.presentment > mostRefundable(order).presentment && !issue.allowOverRefunding)
    return tooMuch();
  return { over, credit, shipping: shippingOf(order, refundShipping) };
}

const tooMuch = (): Refusal =>
  invalid(["financialTransfer"], "Refund amount cannot exceed the amount available to refund.");

/** What is in a parcel; nothing named is everything. */
function readParcel(
  { reverse }: Return,
  given: DeliveryArguments["reverseDeliveryLineItems"],
): { line: ReverseLine; quantity: number }[] | Refusal {
  const lines = reverse?.lines ?? [];
  if (given.length === 0) return lines.map((line) => ({ line, quantity: line.total }));
  const parcel: { line: ReverseLine; quantity: number }[] = [];
  for (const { reverseFulfillmentOrderLineItemId, quantity } of given) {
    const id = idOf("ReverseFulfillmentOrderLineItem", reverseFulfillmentOrderLineItemId);
    const line = lines.find((each) => each.id === id);
    if (!line) return missing("reverseDeliveryLineItems", "Reverse fulfillment order line item");
    if (quantity <= 0 || quantity > line.total)
      return invalid(["reverseDeliveryLineItems", "quantity"], "Quantity exceeds the return's.");
    parcel.push({ line, quantity });
  }
  return parcel;
}
