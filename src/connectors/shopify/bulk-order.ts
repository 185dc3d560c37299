import { minus } from "../amount.js";
import { orderRest } from "./operations-bulk.js";
import type {
  BulkOrdersQuery,
  FulfillmentOrderLineFragment,
  LineFragment,
  OrderFragment,
  OrderRestFragment,
  ShippingFragment,
  WorkFactsFragment,
} from "./payload.js";
import { asReturnsAllow, complete, fetchOrder, type Reader } from "./read.js";
import type { Origin } from "./translate.js";

type Told = BulkOrdersQuery["orders"]["edges"][number]["node"];
/** An order's own line of an export: what is a connection stands in lines of its own. */
export type BulkRoot = Omit<Told, "lineItems" | "shippingLines" | "fulfillmentOrders">;
/** A line that belongs to another. */
export type BulkChild = { __parentId: string } & (
  | (LineFragment & { __typename: "LineItem" })
  | (ShippingFragment & { __typename: "ShippingLine" })
  | (WorkFactsFragment & { __typename: "FulfillmentOrder" })
  | (FulfillmentOrderLineFragment & { __typename: "FulfillmentOrderLineItem" })
);
/** An order with all lines that belong to it. */
export interface BulkOrder {
  id: string;
  root: BulkRoot;
  children: BulkChild[];
}

/**
 * An exported order in the shape of a read: what no export holds is asked for where it has any. One that has changed since
 * is read whole instead; null for one that is gone.
 */
export async function completeBulkOrder(
  reader: Reader,
  bulk: BulkOrder,
  readAt: Origin["readAt"],
  signal?: AbortSignal,
): Promise<{ order: OrderFragment; origin: Origin } | null> {
  const rest = await restOf(reader, bulk.root, signal);
  if (!rest) return null;
  if ("updatedAt" in rest && rest.updatedAt !== bulk.root.updatedAt)
    return fetchOrder(reader, { nativeId: bulk.id }, signal);
  const order = assembled(bulk, rest, reader.returns.readable);
  const partial = await complete(order, reader.client, signal);
  return { order, origin: { shop: reader.shop, readAt, partial } };
}

type Rest = OrderRestFragment & { updatedAt?: string };

/** Only what was shipped can come back, so an order without shipments has no returns. */
async function restOf(reader: Reader, root: BulkRoot, signal?: AbortSignal): Promise<Rest | null> {
  const shipped = root.fulfillments.length > 0;
  const refunded = root.refunds.length > 0;
  const discounted = isDiscounted(root);
  if (!shipped && !refunded && !discounted) return {};
  const { order } = await asReturnsAllow(reader, (readable) => {
    const asked = { id: root.id, shipped, refunded, discounted, returns: shipped && readable };
    return reader.client.call(orderRest, asked, signal);
  });
  return order;
}

function isDiscounted({ discountCodes, totalDiscountsSet: total }: BulkRoot): boolean {
  const amount = total?.shopMoney.amount ?? "0";
  return discountCodes.length > 0 || minus(amount, "0") !== "0";
}

function assembled(
  { root, children }: BulkOrder,
  rest: Rest,
  returnsReadable: boolean,
): OrderFragment {
  const { createdAt: _, discountCodes: __, __typename, ...facts } = root;
  const lines = children.filter((each) => each.__typename === "FulfillmentOrderLineItem");
  const works = children.filter((each) => each.__typename === "FulfillmentOrder");
  return {
    ...facts,
    lineItems: whole(children.filter((each) => each.__typename === "LineItem")),
    shippingLines: { nodes: children.filter((each) => each.__typename === "ShippingLine") },
    fulfillmentOrders: whole(
      works.map((work) => ({
        ...work,
        lineItems: whole(lines.filter(({ __parentId }) => __parentId === work.id)),
      })),
    ),
    discountApplications: rest.discountApplications ?? { nodes: [] },
    refunds: rest.refunds ?? [],
    fulfillments: rest.fulfillments ?? [],
    ...(returnsReadable && { returns: rest.returns ?? whole([]) }),
  };
}

/** All of a connection, as its only page. */
function whole<T>(nodes: T[]) {
  return { nodes, pageInfo: { hasNextPage: false, endCursor: null } };
}
