/** An order status with the name people read. */
export interface OrderStatus {
  slug: string;
  name: string;
}

/** Core statuses, then two that a plugin of this site adds, in the order of GET /orders/statuses. */
export const orderStatuses: readonly OrderStatus[] = [
  { slug: "pending", name: "Pending payment" },
  { slug: "processing", name: "Processing" },
  { slug: "on-hold", name: "On hold" },
  { slug: "completed", name: "Completed" },
  { slug: "cancelled", name: "Cancelled" },
  { slug: "refunded", name: "Refunded" },
  { slug: "failed", name: "Failed" },
  { slug: "checkout-draft", name: "Draft" },
  { slug: "partial-shipped", name: "Partially shipped" },
  { slug: "awaiting-pickup", name: "Awaiting pickup" },
];

/** What may be written as an order's status. */
export const writableStatuses: readonly string[] = [
  "auto-draft",
  ...orderStatuses.map(({ slug }) => slug),
];

/** What may be asked for in a list; "any" leaves out trash and auto-draft. */
export const listableStatuses: readonly string[] = ["any", "trash", ...writableStatuses];

export function nameOfStatus(status: string): string {
  return orderStatuses.find(({ slug }) => slug === status)?.name ?? status;
}
