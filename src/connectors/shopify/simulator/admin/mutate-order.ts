import { withNames } from "../shop/address.js";
import type { Jobs } from "../shop/jobs.js";
import { payOrder, updateOrder, whyNotCancel } from "../shop/ordering.js";
import { gid, type Shop } from "../shop/shop.js";
import type { Address, Attribute, Order } from "../shop/state.js";
import { outstanding } from "../shop/totals.js";
import { type Asking, findOrder, notKept, type Refusal } from "./asking.js";
import type { Node } from "./nodes.js";
import { orderNode } from "./order-nodes.js";

interface OrderInput {
  id: string;
  note?: string | null;
  tags?: string[] | null;
  email?: string | null;
  phone?: string | null;
  poNumber?: string | null;
  customAttributes?: Attribute[] | null;
  shippingAddress?: Partial<Address> | null;
  metafields?: unknown[] | null;
  localizedFields?: unknown[] | null;
  localizationExtensions?: unknown[] | null;
}

interface CancelArguments {
  orderId: string;
  reason: string;
  restock: boolean;
  refund?: boolean | null;
  refundMethod?: { originalPaymentMethodsRefund?: boolean; storeCreditRefund?: unknown } | null;
}

/** Changes of the order itself: its fields, tags, payment, cancellation. */
export function orderMutations(shop: Shop, jobs: Jobs) {
  const missing = (field: string) => [{ field: [field], message: "Order does not exist" }];

  function changeTags(id: string, asking: Asking, change: (tags: string[]) => string[]) {
    const order = findOrder(shop, asking, id);
    if (!order) return { node: null, userErrors: missing("id") };
    updateOrder(shop, order, { tags: sorted(change(order.tags)) });
    return { node: orderNode(shop, order), userErrors: [] };
  }

  return {
    orderUpdate({ input }: { input: OrderInput }, asking: Asking) {
      const order = findOrder(shop, asking, input.id);
      if (!order) return { order: null, userErrors: missing("id") };
      updateOrder(shop, order, readChanges(order, input));
      return { order: orderNode(shop, order), userErrors: [] };
    },

    tagsAdd: ({ id, tags }: { id: string; tags: string[] }, asking: Asking) =>
      changeTags(id, asking, (present) => [...present, ...tags]),

    tagsRemove: ({ id, tags }: { id: string; tags: string[] }, asking: Asking) =>
      changeTags(id, asking, (present) => {
        const gone = new Set(tags.map((tag) => tag.toLowerCase()));
        return present.filter((tag) => !gone.has(tag.toLowerCase()));
      }),

    orderMarkAsPaid({ input: { id } }: { input: { id: string } }, asking: Asking): Node {
      const order = findOrder(shop, asking, id);
      if (!order) return { order: null, userErrors: missing("id") };
      if (order.cancelledAt || outstanding(order).shop <= 0)
        return {
          order: orderNode(shop, order),
          userErrors: [{ field: ["id"], message: "Order cannot be marked as paid." }],
        };
      payOrder(shop, order);
      return { order: orderNode(shop, order), userErrors: [] };
    },

    orderCancel(given: CancelArguments, asking: Asking) {
      const refused = (refusal: Refusal) => ({ job: null, orderCancelUserErrors: [refusal] });
      const order = findOrder(shop, asking, given.orderId);
      if (!order)
        return refused({ field: ["orderId"], message: "Order does not exist", code: "NOT_FOUND" });
      if (given.refundMethod?.storeCreditRefund) throw notKept("store credit");
      const problem =
        whyNotCancel(order) ?? (jobs.cancels(order) ? "Order is already being cancelled" : null);
      if (problem) return refused({ field: ["orderId"], message: problem, code: "INVALID" });
      const refund = given.refundMethod?.originalPaymentMethodsRefund ?? given.refund ?? false;
      const job = jobs.cancel(order, { reason: given.reason, restock: given.restock, refund });
      return {
        job: { id: gid("Job", job.id), done: false, query: null },
        orderCancelUserErrors: [],
      };
    },
  };
}

function readChanges(order: Order, input: OrderInput): Partial<Order> {
  for (const what of ["metafields", "localizedFields", "localizationExtensions"] as const)
    if (input[what]?.length) throw notKept(what);
  const { note, email, phone, poNumber, tags, customAttributes, shippingAddress } = input;
  return {
    ...(note !== undefined && { note }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(poNumber !== undefined && { poNumber }),
    ...(tags && { tags: sorted(tags) }),
    ...(customAttributes && { attributes: customAttributes }),
    ...(shippingAddress && {
      shippingAddress: changedAddress(order.shippingAddress, shippingAddress),
    }),
  };
}

const emptyAddress: Address = {
  firstName: null,
  lastName: null,
  company: null,
  address1: null,
  address2: null,
  city: null,
  province: null,
  provinceCode: null,
  country: null,
  countryCode: null,
  zip: null,
  phone: null,
};

/** Names of places follow from their codes; where the shop knows none, the code stands in its place. */
const changedAddress = (present: Address | null, given: Partial<Address>): Address =>
  withNames({
    ...(present ?? emptyAddress),
    ...(given.provinceCode !== undefined && { province: given.provinceCode }),
    ...given,
  });

/** Tags are kept once each, whatever their case, and in the order of the alphabet. */
function sorted(tags: string[]): string[] {
  const byWord = new Map<string, string>();
  for (const tag of tags.map((each) => each.trim()).filter(Boolean))
    if (!byWord.has(tag.toLowerCase())) byWord.set(tag.toLowerCase(), tag);
  return [...byWord.values()].sort();
}
