import { gid, idOf, type Shop, shopCurrency } from "../shop/shop.js";
import type { FulfillmentOrder, Order, Subscription, Variant } from "../shop/state.js";
import { financialStatus, fulfillmentStatus, isUnfinished } from "../shop/status.js";
import { placedTotals, plain } from "../shop/totals.js";
import { shopId } from "../webhooks/payload-parts.js";
import { timezone } from "../webhooks/wire.js";
import {
  type Asking,
  findFulfillment,
  findFulfillmentOrder,
  findOrder,
  findRefund,
  isVisible,
} from "./asking.js";
import { productNode, variantNode } from "./catalog-nodes.js";
import { fulfillmentNode, fulfillmentOrderNode } from "./fulfillment-nodes.js";
import { connection, customerNode, locationNode, type Node } from "./nodes.js";
import { inOrder, orderNode } from "./order-nodes.js";
import { type PageArguments, page } from "./page.js";
import { refundNode } from "./refund-nodes.js";
import { refuseMissingScopes } from "./scopes.js";
import { type Field, readSearch } from "./search.js";
import { subscriptionNode } from "./webhook-nodes.js";

type Listing = PageArguments & { query?: string | null; sortKey?: string };
type Root = Record<string, (given: never, asking: Asking) => unknown>;

/** Everything that can be asked of the shop. */
export function queries(shop: Shop): Root {
  const root: Root = {
    shop: () => shopNode(shop),
    currentAppInstallation: (_given: never, { scopes }) => installationNode(scopes),
    order({ id }: { id: string }, asking) {
      const order = findOrder(shop, asking, id);
      return order && orderNode(shop, order);
    },
    orders: (given: Listing, asking) => ordersPage(shop, given, asking),
    fulfillment({ id }: { id: string }, asking) {
      const found = findFulfillment(shop, asking, id);
      return found && inOrder(shop, found.order, fulfillmentNode(shop, found.order, found.part));
    },
    fulfillmentOrder({ id }: { id: string }, asking) {
      const found = findFulfillmentOrder(shop, asking, id);
      return (
        found && inOrder(shop, found.order, fulfillmentOrderNode(shop, found.order, found.part))
      );
    },
    fulfillmentOrders: (given: Listing & { includeClosed: boolean }, asking) =>
      fulfillmentOrdersPage(shop, given, asking),
    refund({ id }: { id: string }, asking) {
      const found = findRefund(shop, asking, id);
      return found && inOrder(shop, found.order, refundNode(shop, found.order, found.part));
    },
    job({ id }: { id: string }) {
      const job = shop.data.jobs.find((each) => gid("Job", each.id) === id);
      return job && { id, done: job.done, query: job.done ? root : null };
    },
    locations: (given: PageArguments) =>
      page(shop.data.locations, given, {
        value: ({ name }) => name,
        id: ({ id }) => id,
        node: locationNode,
      }),
    productVariants: (given: Listing, asking) => variantsPage(shop, given, asking),
    webhookSubscription({ id }: { id: string }, asking) {
      const found = shop.data.subscriptions.find(
        (each) => gid("WebhookSubscription", each.id) === id,
      );
      return found && subscriptionNode(found, asking.apiVersion);
    },
    webhookSubscriptions: (given: SubscriptionListing, asking) =>
      connection(shop.data.subscriptions.filter(wanted(given)), given, (each) =>
        subscriptionNode(each, asking.apiVersion),
      ),
    node: ({ id }: { id: string }, asking) => anyNode(shop, id, asking),
    nodes: ({ ids }: { ids: string[] }, asking) => ids.map((id) => anyNode(shop, id, asking)),
  };
  return root;
}

function shopNode(shop: Shop): Node {
  return {
    __typename: "Shop",
    id: gid("Shop", String(shopId)),
    name: "Tributary Goods",
    myshopifyDomain: shop.domain,
    url: `https://${shop.domain}`,
    currencyCode: shopCurrency,
    enabledPresentmentCurrencies: ["USD", "EUR", "JPY", "KWD"],
    ianaTimezone: timezone,
    plan: { publicDisplayName: "Basic", partnerDevelopment: false, shopifyPlus: false },
  };
}

function installationNode(scopes: ReadonlySet<string>): Node {
  return {
    __typename: "AppInstallation",
    id: gid("AppInstallation", String(shopId)),
    accessScopes: [...scopes].map((handle) => ({ handle })),
    app: { __typename: "App", id: gid("App", String(shopId)), title: "Order gateway" },
  };
}

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

function ordersPage(shop: Shop, given: Listing, asking: Asking) {
  const fields = orderFields(shop);
  const search = readSearch(given.query, fields, ({ name, email }) => [
    name,
    name.slice(1),
    email ?? "",
  ]);
  note(asking, "orders", given.query, search.warnings);
  const value = orderSorts[given.sortKey ?? "PROCESSED_AT"];
  if (!value) throw new Error(`this simulator does not sort orders by ${given.sortKey}`);
  const visible = shop.data.orders.filter(
    (order) => isVisible(shop, order, asking) && search.matches(order),
  );
  return page(visible, given, {
    value,
    id: ({ id }) => id,
    node: (order) => orderNode(shop, order),
  });
}

const fulfillmentOrderFields: Record<string, Field<FulfillmentOrder>> = {
  id: { kind: "number", of: ({ id }) => id },
  status: { kind: "word", of: ({ status }) => status },
  assigned_location_id: { kind: "number", of: ({ locationId }) => locationId },
  updated_at: { kind: "time", of: ({ updatedAt }) => updatedAt },
};

function fulfillmentOrdersPage(
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

function variantsPage(shop: Shop, given: Listing, asking: Asking) {
  const search = readSearch(given.query, variantFields, ({ sku, title }) => [sku, title]);
  note(asking, "productVariants", given.query, search.warnings);
  const found = shop.data.products.flatMap(({ variants }) => variants).filter(search.matches);
  return connection(found, given, (variant) => variantNode(shop, variant));
}

type SubscriptionListing = PageArguments & { topics?: string[] | null; uri?: string | null };

const wanted =
  ({ topics, uri }: SubscriptionListing) =>
  (subscription: Subscription): boolean =>
    (!topics || topics.includes(subscription.topic)) && (!uri || uri === subscription.uri);

function note(
  asking: Asking,
  field: string,
  query: string | null | undefined,
  warnings: { field: string; message: string }[],
): void {
  if (warnings.length > 0) asking.searches.push({ path: [field], query: query ?? "", warnings });
}

/** What `node` finds for any gid; its type may be closed to the one who asks. */
function anyNode(shop: Shop, given: string, asking: Asking): Node | null {
  const found = lookUp(shop, given, asking);
  if (found) refuseMissingScopes(String(found.__typename), "node", asking.scopes);
  return found;
}

function lookUp(shop: Shop, given: string, asking: Asking): Node | null {
  const root = queries(shop);
  const ask = (field: string) => root[field]?.({ id: given } as never, asking) as Node | null;
  const kind = /^gid:\/\/shopify\/(\w+)\//.exec(given)?.[1] ?? "";
  const direct: Record<string, string> = {
    Order: "order",
    Fulfillment: "fulfillment",
    FulfillmentOrder: "fulfillmentOrder",
    Refund: "refund",
    WebhookSubscription: "webhookSubscription",
  };
  if (direct[kind]) return ask(direct[kind]);
  if (kind === "Customer") return customerNode(shop, idOf("Customer", given) ?? null);
  if (kind === "ProductVariant") {
    const variant = shop.variant(idOf("ProductVariant", given) ?? null);
    return variant ? variantNode(shop, variant) : null;
  }
  if (kind === "Product") {
    const product = shop.product(idOf("Product", given) ?? null);
    return product ? productNode(product) : null;
  }
  const location = shop.data.locations.find(({ id }) => gid("Location", id) === given);
  return location ? locationNode(location) : null;
}
