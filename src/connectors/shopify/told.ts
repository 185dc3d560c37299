import type { OrderFragment } from "./payload.js";

/** What only a read says of an order: it is null in what a webhook tells. */
type OnlyRead = "originalTotalPriceSet" | "returnStatus" | "totalReceivedSet";

/** An order in the shape of a read, as a read or a webhook tells it. */
export type OrderTold = Omit<OrderFragment, OnlyRead | "discountApplications"> & {
  [Field in OnlyRead]: OrderFragment[Field] | null;
} & { discountApplications: { nodes: { index: number; code?: string; title?: string }[] } };
