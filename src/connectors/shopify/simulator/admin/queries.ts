import { reasons } from "../shop/reasons.js";
import { gid, idOf, type Shop, shopCurrency } from "../shop/shop.js";
import type { Subscription } from "../shop/state.js";
import { shopId } from "../webhooks/payload-parts.js";
import { timezone } from "../webhooks/wire.js";
import {
  type Asking,
  findFulfillment,
  findFulfillmentOrder,
  findOrder,
  findRefund,
  findReturn,
  findReverseDelivery,
  findReverseOrder,
  readId,
} from "./asking.js";
import { productNode, variantNode } from "./catalog-nodes.js";
import { fulfillmentNode, fulfillmentOrderNode } from "./fulfillment-nodes.js";
import {
  fulfillmentOrdersPage,
  type Listing,
  ordersCount,
  ordersPage,
  variantsPage,
} from "./listings.js";
import { connection, customerNode, locationById, locationNode, type Node } from "./nodes.js";
import { inOrder, orderNode, refundInOrder, returnInOrder } from "./order-nodes.js";
import { type PageArguments, page } from "./page.js";
import { deliveryNode, reasonNode, reverseNode } from "./return-nodes.js";
import { returnableNode, returnableNodes } from "./returnable-nodes.js";
import { refuseMissingScopes } from "./scopes.js";
import { subscriptionNode } from "./webhook-nodes.js";

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
    ordersCount: (given: { query?: string | null; limit?: number | null }, asking) =>
      ordersCount(shop, given, asking),
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
      return found && refundInOrder(shop, found.order, found.part);
    },
    return({ id }: { id: string }, asking) {
      const found = findReturn(shop, asking, id);
      return found && returnInOrder(shop, found.order, found.part);
    },
    reverseFulfillmentOrder({ id }: { id: string }, asking) {
      const wanted = readId("ReverseFulfillmentOrder", id);
      const found = findReverseOrder(shop, asking, (_line, reverse) => reverse.id === wanted);
      return (
        found?.part.reverse &&
        inOrder(shop, found.order, reverseNode(shop, found.order, found.part, found.part.reverse))
      );
    },
    reverseDelivery({ id }: { id: string }, asking) {
      const found = findReverseDelivery(shop, asking, id);
      if (!found?.row.reverse) return null;
      const { order, row, delivery } = found;
      return {
        ...deliveryNode(shop, order, row, delivery),
        reverseFulfillmentOrder: inOrder(
          shop,
          order,
          reverseNode(shop, order, row, found.row.reverse),
        ),
      };
    },
    returnableFulfillment({ id }: { id: string }, asking) {
      const of = id.replace("/ReturnableFulfillment/", "/Fulfillment/");
      const found = findFulfillment(shop, asking, of);
      return found ? returnableNode(shop, found.order, found.part) : null;
    },
    returnableFulfillments(given: PageArguments & { orderId: string }, asking) {
      const order = findOrder(shop, asking, given.orderId);
      return order ? returnableNodes(shop, order, given) : connection([], given, () => null);
    },
    returnReasonDefinitions: (given: PageArguments & { handles?: string[] | null }) =>
      connection(
        reasons.filter(({ handle }) => !given.handles || given.handles.includes(handle)),
        given,
        reasonNode,
      ),
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
    node: ({ id }: { id: string }, asking) => anyNode(shop, root, { id, asking }),
    nodes: ({ ids }: { ids: string[] }, asking) =>
      ids.map((id) => anyNode(shop, root, { id, asking })),
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

type SubscriptionListing = PageArguments & { topics?: string[] | null; uri?: string | null };

const wanted =
  ({ topics, uri }: SubscriptionListing) =>
  (subscription: Subscription): boolean =>
    (!topics || topics.includes(subscription.topic)) && (!uri || uri === subscription.uri);

/** What `node` finds for any gid; its type may be closed to the one who asks. */
function anyNode(
  shop: Shop,
  root: Root,
  { id, asking }: { id: string; asking: Asking },
): Node | null {
  const kind = /^gid:\/\/shopify\/(\w+)\//.exec(id)?.[1] ?? "";
  const field = fieldOfKind[kind];
  const found = field
    ? (root[field]?.({ id } as never, asking) as Node | null)
    : (standing[kind]?.(shop, id) ?? null);
  if (found) refuseMissingScopes(String(found.__typename), "node", asking.scopes);
  return found;
}

/** Kinds that can be asked for by a field of their own. */
const fieldOfKind: Record<string, string> = {
  Order: "order",
  Fulfillment: "fulfillment",
  FulfillmentOrder: "fulfillmentOrder",
  Refund: "refund",
  Return: "return",
  ReverseFulfillmentOrder: "reverseFulfillmentOrder",
  ReverseDelivery: "reverseDelivery",
  WebhookSubscription: "webhookSubscription",
};

/** Kinds that only `node` finds. */
const standing: Record<string, (shop: Shop, given: string) => Node | null> = {
  Customer: (shop, given) => customerNode(shop, idOf("Customer", given) ?? null),
  Product(shop, given) {
    const product = shop.product(idOf("Product", given) ?? null);
    return product ? productNode(product) : null;
  },
  ProductVariant(shop, given) {
    const variant = shop.variant(idOf("ProductVariant", given) ?? null);
    return variant ? variantNode(shop, variant) : null;
  },
  Location(shop, given) {
    const location = locationById(shop, idOf("Location", given) ?? null);
    return location ? locationNode(location) : null;
  },
};
