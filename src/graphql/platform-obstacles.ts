import type { CommandType } from "../domain/command.js";
import type {
  DocumentFulfillmentOrder,
  DocumentLine,
  DocumentReturn,
  OrderDocument,
} from "../domain/document.js";
import { isZero } from "../domain/money.js";
import { refundableAmount } from "../domain/quote.js";
import { canMove, type ReturnStatus } from "../domain/return.js";

/** What is asked to be written to, as far as a shop looks at it. */
export interface Target {
  order: OrderDocument & { platform: string };
  /** The one return that is asked about; absent: any of the order's. */
  of?: DocumentReturn;
  /** The one piece of work that is asked about; absent: any of the order's. */
  work?: DocumentFulfillmentOrder;
  /** Lines of which something can still be shipped, net of reservations. */
  open: readonly DocumentLine[];
}

type Obstacles = { readonly [type in CommandType]?: (target: Target) => string | null };

/**
 * Why a platform refuses a write that its shop can do otherwise, where the order's own facts tell it beforehand; null
 * where they do not. What the connectors refuse when they plan or look is the truth that this tells early.
 */
export const PLATFORM_OBSTACLES: Readonly<Record<string, Obstacles>> = {
  SHOPIFY: {
    ORDER_CANCEL: ({ order: { lines, returns, transactions } }) => {
      if (lines.some(({ quantities }) => quantities.fulfilled > 0))
        return "Shopify cancels no order of which something was shipped";
      if (transactions.some(({ kind, status }) => kind === "AUTHORIZATION" && status === "PENDING"))
        return "Shopify cancels no order whose payment is still being authorised";
      const open = returns.some(({ planned, status }) => !planned && !RETURN_ENDS.has(status));
      return open ? "Shopify cancels no order with an open return" : null;
    },
    RETURN_CANCEL: (target) =>
      cancelable(target).every(({ status }) => status === "REQUESTED")
        ? "Shopify cancels no return that is only asked for; decline it"
        : null,
  },
  MAGENTO: {
    FULFILLMENT_CREATE: (target) =>
      magentoState(target, ["holded", "payment_review", "closed"]) ?? needsGoods(target),
    ORDER_CANCEL: (target) =>
      magentoState(target, ["holded", "payment_review", "complete", "closed"]) ??
      magentoBegun(target),
    ORDER_ADDRESS_UPDATE: ({ order }) =>
      order.shippingAddress === null ? "Nothing of the order is sent to an address" : null,
    RETURN_CANCEL: ({ of, order: { returns } }) => {
      if (of)
        return `Adobe Commerce cancels no return; ${of.status === "REQUESTED" ? "decline" : "close"} it`;
      const kept = returns.some(({ owner }) => owner === "GATEWAY");
      return kept ? null : "Adobe Commerce cancels no return; decline or close it";
    },
    REFUND_CREATE: (target) =>
      magentoState(target, ["holded", "payment_review", "canceled", "closed"]),
  },
  BIGCOMMERCE: {
    FULFILLMENT_CREATE: (target) => needsGoods(target) ?? needsSending(target),
    ORDER_ADDRESS_UPDATE: ({ order }) => {
      const { length } = order.fulfillmentOrders.filter(({ method }) => method === "SHIPPING");
      if (length === 0) return "Nothing of the order is sent to an address";
      return length === 1
        ? null
        : `The order goes to ${length} addresses; change them in the store's control panel`;
    },
    REFUND_CREATE: ({ order }) =>
      order.state === "CANCELED"
        ? "BigCommerce refunds no canceled order; put its status back in the store first"
        : null,
  },
};

/** Whether an order is canceled with its money only: Magento cancels nothing that was billed. */
export function cancelsWithRefund({ order }: Target): boolean {
  return order.platform === "MAGENTO" && !isZero(refundableAmount(order).shop);
}

/** The return that is asked about, or else every one of the order's that could be canceled at some shop. */
function cancelable({ order, of }: Target): DocumentReturn[] {
  return (of ? [of] : order.returns).filter((row) => canMove(row, "canceled"));
}

/** How a return ends. */
export const RETURN_ENDS: ReadonlySet<ReturnStatus> = new Set(["DECLINED", "CLOSED", "CANCELED"]);

/** Magento's words for its states; its statuses are the merchant's, and say nothing. */
const MAGENTO_STATES = {
  holded: "The order is on hold in the shop; release it there first",
  payment_review: "The order's payment is under review in the shop",
  complete: "The order is complete in the shop; take back and refund what is to come back",
  closed: "The order is closed in the shop: all of it was refunded",
  canceled: "Magento refunds no canceled order",
} as const;

function magentoState(
  { order }: Target,
  refused: readonly (keyof typeof MAGENTO_STATES)[],
): string | null {
  const state = order.platformStatuses.find(({ field }) => field === "state")?.value;
  const found = refused.find((each) => each === state);
  return found ? MAGENTO_STATES[found] : null;
}

/** What left or was billed stays so: only what was paid can be undone, with its money. */
function magentoBegun({ order }: Target): string | null {
  if (order.lines.some(({ quantities }) => quantities.fulfilled > 0))
    return "Magento cancels no order of which something was shipped";
  const billed = order.transactions.some(
    ({ kind, status }) => kind === "CAPTURE" && status !== "FAILED",
  );
  if (!billed) return null;
  const { captured, outstanding } = order.totals;
  if (isZero(captured.shop))
    return "Magento cancels nothing that was billed, and no money came in that could be given back";
  // Billed whole, there is no part left that could be canceled.
  return isZero(refundableAmount(order).shop) && isZero(outstanding.shop)
    ? "Magento cancels nothing that was billed, and all of its money was given back"
    : null;
}

function needsGoods({ open }: Target): string | null {
  return open.some(({ requiresShipping }) => requiresShipping)
    ? null
    : "Nothing that is left needs shipping";
}

function needsSending({ order, open }: Target): string | null {
  const sent = new Set(
    order.fulfillmentOrders
      .filter(({ method }) => method === "SHIPPING")
      .flatMap(({ lines }) => lines.map(({ lineId }) => lineId)),
  );
  return open.some(({ id }) => sent.has(id))
    ? null
    : "What is left is sent to no address; BigCommerce ships nothing that is picked up";
}
