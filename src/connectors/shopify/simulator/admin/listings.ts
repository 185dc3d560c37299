import { type Shop, shopCurrency } from "../shop/shop.js";
import type { FulfillmentOrder, Order, Variant } from "../shop/state.js";
import { financialStatus, fulfillmentStatus, isUnfinished } from "../shop/status.js";
import { placedTotals, plain } from "../shop/totals.js";
import { type Asking, isVisible } from "./asking.js";
import { variantNode } from "./catalog-nodes.js";
import { fulfillmentOrderNode } from "./fulfillment-nodes.js";
import { connection } from "./nodes.js";
import { inOrder, orderNode } from "./order-nodes.js";
import { type PageArguments, page } from "./page.js";
import { type Field, readSearch } from "./search.js";

/** How a page of the shop's own lists is asked for. */
export type Listing = PageArguments & { query?: string | null; sortKey?: string };

const orderFields = (shop: Shop): Record<string, Field<Order>> => ({
  id: { kind: "number", of: ({ id }) => id },
  name: { kind: "word", of: ({ name, number }) => [name, String(number)] },
  created_at: { kind: "time", of: ({ createdAt }) => createdAt },
  updated_at: { kind: "time", of: ({ updatedAt }) => updatedAt },
  processed_at: { kind: "time", of: ({ processedAt }) => processedAt },
  financial_status: { kind: "word", of: (order) => financialStatus(order, shop.now()) },
  fulfillment_status: { kind: "word", of: fulfillmentWords },
  status: { kind: "word", of: statusWords },
  tag: { kind: "word", of: ({ tags }) => tags },
  email: { kind: "word", of: ({ email }) => email },
  customer_id: { kind: "number", of: ({ customerId }) => customerId },
  sku: { kind: "word", of: ({ lines }) => lines.flatMap(({ sku }) => sku ?? []) },
  discount_code: { kind: "word", of: ({ discounts }) => discounts.map(({ name }) => name) },
  confirmation_number: { kind: "word", of: ({ confirmationNumber }) => confirmationNumber },
  po_number: { kind: "word", of: ({ poNumber }) => poNumber },
  test: { kind: "word", of: ({ test }) => String(test) },
});

const fulfillmentWords = (order: Order): string[] => {
  const status = fulfillmentStatus(order).toLowerCase();
  const shipped =
    status === "fulfilled"
      ? ["shipped"]
      : status === "partially_fulfilled"
        ? ["partial"]
        : ["unshipped"];
  return [status, ...shipped];
};

const statusWords = ({ cancelledAt, closedAt }: Order): string[] => {
  const state = cancelledAt ? "cancelled" : closedAt ? "closed" : "open";
  return [state, "any", ...(closedAt ? [] : ["not_closed"])];
};

const orderSorts: Record<string, (order: Order) => string> = {
  CREATED_AT: ({ createdAt }) => createdAt,
  UPDATED_AT: ({ updatedAt }) => updatedAt,
  PROCESSED_AT: ({ processedAt }) => processedAt,
  ORDER_NUMBER: ({ number }) => String(number).padStart(12, "0"),
  TOTAL_PRICE: (order) => plain(placedTotals(order).total.shop, shopCurrency).padStart(16, "0"),
  ID: () => "",
};

/** Orders that match and may be seen, sorted by what was asked. */
export function ordersPage(shop: Shop, given: Listing, asking: Asking) {
  const value = orderSorts[given.sortKey ?? "PROCESSED_AT"];
  if (!value) throw new Error(`this simulator does not sort orders by ${given.sortKey}`);
  return page(matchingOrders(shop, "orders", given.query, asking), given, {
    value,
    id: ({ id }) => id,
    node: (order) => orderNode(shop, order),
  });
}

/** How many orders match and may be seen, counted up to the limit; null counts all. */
export function ordersCount(
  shop: Shop,
  { query, limit }: { query?: string | null; limit?: number | null },
  asking: Asking,
) {
  const { length } = matchingOrders(shop, "ordersCount", query, asking);
  return limit && length > limit
    ? { count: limit, precision: "AT_LEAST" }
    : { count: length, precision: "EXACT" };
}

function matchingOrders(
  shop: Shop,
  field: string,
  query: string | null | undefined,
  asking: Asking,
): Order[] {
  const search = readSearch(query, orderFields(shop), ({ name, email }) => [
    name,
    name.slice(1),
    email ?? "",
  ]);
  note(asking, field, query, search.warnings);
  return shop.data.orders.filter(
    (order) => isVisible(shop, order, asking) && search.matches(order),
  );
}

const fulfillmentOrderFields: Record<string, Field<FulfillmentOrder>> = {
  id: { kind: "number", of: ({ id }) => id },
  status: { kind: "word", of: ({ status }) => status },
  assigned_location_id: { kind: "number", of: ({ locationId }) => locationId },
  updated_at: { kind: "time", of: ({ updatedAt }) => updatedAt },
};

/** Fulfillment orders of all orders, the closed ones only when asked. */
export function fulfillmentOrdersPage(
  shop: Shop,
  given: Listing & { includeClosed: boolean },
  asking: Asking,
) {
  const search = readSearch(given.query, fulfillmentOrderFields, () => []);
  note(asking, "fulfillmentOrders", given.query, search.warnings);
  const found = shop.data.orders
    .filter((order) => isVisible(shop, order, asking))
    .flatMap((order) => order.fulfillmentOrders.map((part) => ({ order, part })))
    .filter(({ part }) => (given.includeClosed || isUnfinished(part)) && search.matches(part));
  return page(found, given, {
    ...(given.sortKey === "UPDATED_AT" && {
      value: ({ part }: (typeof found)[number]) => part.updatedAt,
    }),
    id: ({ part }) => part.id,
    node: ({ order, part }) => inOrder(shop, order, fulfillmentOrderNode(shop, order, part)),
  });
}

const variantFields: Record<string, Field<Variant>> = {
  id: { kind: "number", of: ({ id }) => id },
  sku: { kind: "word", of: ({ sku }) => sku },
  product_id: { kind: "number", of: ({ productId }) => productId },
  updated_at: { kind: "time", of: ({ updatedAt }) => updatedAt },
};

/** Everything that is for sale. */
export function variantsPage(shop: Shop, given: Listing, asking: Asking) {
  const search = readSearch(given.query, variantFields, ({ sku, title }) => [sku, title]);
  note(asking, "productVariants", given.query, search.warnings);
  const found = shop.data.products.flatMap(({ variants }) => variants).filter(search.matches);
  return connection(found, given, (variant) => variantNode(shop, variant));
}

function note(
  asking: Asking,
  field: string,
  query: string | null | undefined,
  warnings: { field: string; message: string }[],
): void {
  if (warnings.length > 0) asking.searches.push({ path: [field], query: query ?? "", warnings });
}
