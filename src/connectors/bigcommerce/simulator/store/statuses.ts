/** One of the fifteen order statuses; ids are the platform's, and no store has others. */
export interface Status {
  id: number;
  name: string;
  /** What this merchant calls it in the control panel. */
  customLabel: string;
  description: string;
  /** Where the control panel lists it. */
  order: number;
}

export const incomplete = 0;
export const shipped = 2;
export const partiallyShipped = 3;
export const refunded = 4;
export const cancelled = 5;
export const declined = 6;
export const awaitingPayment = 7;
export const completed = 10;
export const awaitingFulfillment = 11;
export const manualVerification = 12;
export const partiallyRefunded = 14;

const rows: readonly [name: string, order: number, description: string, customLabel?: string][] = [
  [
    "Incomplete",
    0,
    "An incomplete order happens when a shopper reached the payment page, but did not complete the transaction.",
  ],
  ["Pending", 1, "Customer started the checkout process, but did not complete it."],
  [
    "Shipped",
    8,
    "Order has been shipped, but receipt has not been confirmed; seller has used the Ship Items action.",
    "On its way",
  ],
  [
    "Partially Shipped",
    6,
    "Only some items in the order have been shipped, due to some products being pre-order only or other reasons.",
  ],
  ["Refunded", 11, "Seller has used the Refund action."],
  ["Cancelled", 9, "Seller has cancelled an order, due to a stock inconsistency or other reasons."],
  [
    "Declined",
    10,
    "Seller has marked the order as declined for lack of manual payment, or other reasons.",
  ],
  [
    "Awaiting Payment",
    2,
    "Customer has completed checkout process, but payment has yet to be confirmed.",
  ],
  [
    "Awaiting Pickup",
    5,
    "Order has been pulled, and is awaiting customer pickup from a seller-specified location.",
  ],
  [
    "Awaiting Shipment",
    4,
    "Order has been pulled and packaged, and is awaiting collection from a shipping provider.",
  ],
  [
    "Completed",
    7,
    "Client has paid for their digital product and their file(s) are available for download.",
  ],
  [
    "Awaiting Fulfillment",
    3,
    "Customer has completed the checkout process and payment has been confirmed.",
    "Shipped soon",
  ],
  [
    "Manual Verification Required",
    13,
    "Order is on hold while some aspect needs to be manually confirmed.",
    "On hold",
  ],
  [
    "Disputed",
    12,
    "Customer has initiated a dispute resolution process for the PayPal transaction that paid for the order.",
  ],
  ["Partially Refunded", 14, "Seller has partially refunded the order."],
];

/** All statuses by id; three bear labels of this merchant's own that say something else than the name. */
export const statuses: readonly Status[] = rows.map(
  ([name, order, description, customLabel = name], id) => ({
    id,
    name,
    customLabel,
    description,
    order,
  }),
);

/** The status of this id; throws where the platform has none. */
export function statusOf(id: number): Status {
  const status = statuses[id];
  if (status) return status;
  throw new RangeError(`there is no order status ${id}; ids run from 0 to ${statuses.length - 1}`);
}
