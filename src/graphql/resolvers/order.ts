import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { InvalidInput } from "../../domain/errors.js";
import { normalizeTrackingNumber } from "../../domain/tracking.js";
import { orderIdByNativeId, packagesByTracking } from "../../store/read/order.js";
import { countOrders, type OrderPosition, orderPage } from "../../store/read/order-page.js";
import { type Search, searchOf } from "../../store/read/search.js";
import { requireScope, seesPeople } from "../auth.js";
import { requireChannels } from "../channels-known.js";
import { connectionOf, MAX_PAGE, openCursor, pageWish, sealCursor } from "../connection.js";
import type { Context } from "../context.js";
import { allPackagesOf, type OrderNode, type PackageNode } from "../nodes.js";
import { AFTER, pageSizeOf } from "../page-args.js";
import { Package } from "../types/fulfillment.js";
import { Count } from "../types/node.js";
import { Order } from "../types/order.js";
import { OrderConnection } from "../types/order-connection.js";
import { OrderFilter, OrderSort, type OrderSortFieldWord } from "../types/order-filter.js";

/** Counting further helps nobody and costs each time. */
const MOST_COUNTED = 100_000;

@Resolver()
export class OrderQueries {
  @Authorized("ORDERS_READ")
  @Query(() => Order, { nullable: true, description: "One order by its id." })
  order(@Arg("id", () => ID, { description: "Its id." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.order.load(id);
  }

  @Authorized("ORDERS_READ")
  @Query(() => Order, { nullable: true, description: "One order by the id that its shop gave it." })
  async orderByExternalId(
    @Ctx() { database, viewer, loaders }: Context,
    @Arg("channelId", () => ID, { description: "The shop." }) channelId: string,
    @Arg("externalId", { description: "The shop's id of the order." }) externalId: string,
  ): Promise<OrderNode | null> {
    const id = await database.forTenant(viewer.tenantId, (tx) =>
      orderIdByNativeId(tx, viewer, channelId, externalId),
    );
    return id === null ? null : loaders.order.load(id);
  }

  @Authorized("ORDERS_READ")
  @Query(() => OrderConnection, { description: "Orders of all shops, filtered and sorted." })
  async orders(
    @Ctx() context: Context,
    @Arg("first", () => Int, pageSizeOf(25))
    first: number | null,
    @Arg("after", () => String, AFTER)
    after: string | null | undefined,
    @Arg("last", () => Int, { nullable: true, description: "Page size when reading backward." })
    last: number | null | undefined,
    @Arg("before", () => String, { nullable: true, description: "Read backward from this cursor." })
    before: string | null | undefined,
    @Arg("filter", () => OrderFilter, { nullable: true, description: "Which orders." })
    filter: OrderFilter | null | undefined,
    @Arg("search", () => String, {
      nullable: true,
      description:
        "Words that must all be found in number, SKU or tracking number, or, with the scope PII_READ, in names or e-mail addresses; case and accents do not count.",
    })
    search: string | null | undefined,
    @Arg("sort", () => OrderSort, {
      nullable: true,
      description: "Where absent: what fits best first with search, else the newest first.",
    })
    sort: OrderSort | null | undefined,
  ) {
    const { database, viewer, log, loaders } = context;
    refuseForbidden(filter, context);
    await requireChannels(context, channelsNamed(filter));
    const wish = pageWish({ first, after, last, before }, 25);
    const words = search == null ? null : searchOf(search, seesPeople(viewer));
    const by = sortOf(sort, words);
    const kind = ["orders", by.field, by.direction];
    const from = wish.cursor === null ? null : positionOf(by.field, openCursor(wish.cursor, kind));
    // Read before the page: what happens meanwhile is then behind it, and a subscriber from there misses nothing.
    const asOf = await log.position(viewer.tenantId);
    const positions = await database.forTenant(viewer.tenantId, (tx) =>
      orderPage(tx, viewer, {
        filter: filter ?? {},
        search: words,
        sort: by,
        after: from,
        backward: wish.backward,
        limit: wish.limit + 1,
      }),
    );
    const page = connectionOf(positions, wish, ({ value, id }) => sealCursor([...kind, value, id]));
    const found = await loaders.order.loadMany(page.nodes.map(({ id }) => id));
    const orders = new Map(found.map((order) => [(order as OrderNode | null)?.id, order]));
    const edges = page.edges.flatMap(({ node, cursor }) => {
      const order = orders.get(node.id);
      return order ? { node: order as OrderNode, cursor } : [];
    });
    return {
      asOf,
      edges,
      nodes: edges.map(({ node }) => node),
      pageInfo: page.pageInfo,
      filter,
      words,
    };
  }

  @Authorized("ORDERS_READ")
  @Query(() => [Package], {
    description: "Parcels with a carrier's number; spaces, dashes and case do not count.",
  })
  async trackingByNumber(
    @Ctx() { database, viewer, loaders }: Context,
    @Arg("number", { description: "The number." }) number: string,
    @Arg("carrierCode", () => String, { nullable: true, description: "Only of this carrier." })
    carrierCode: string | null | undefined,
  ): Promise<PackageNode[]> {
    const wanted = normalizeTrackingNumber(number);
    const rows = await database.forTenant(viewer.tenantId, (tx) =>
      packagesByTracking(tx, viewer, wanted, MAX_PAGE),
    );
    const orders = await loaders.order.loadMany([...new Set(rows.map(({ orderId }) => orderId))]);
    const ids = new Set(rows.map(({ id }) => id));
    return orders
      .flatMap((order) => (order && "id" in order ? allPackagesOf(order) : []))
      .filter(({ id }) => ids.has(id))
      .filter(({ tracking }) => carrierCode == null || tracking?.carrierCode === carrierCode);
  }
}

interface OrderPage {
  filter: OrderFilter | null | undefined;
  words: Search | null;
}

@Resolver(() => OrderConnection)
export class OrderConnectionFields {
  @FieldResolver(() => Count, { description: "How many orders filter and search find." })
  totalCount(
    @Root() { filter, words }: OrderPage,
    @Ctx() { database, viewer }: Context,
    @Arg("max", () => Int, {
      nullable: true,
      defaultValue: 10_000,
      description: "Where counting stops, at most 100000.",
    })
    max: number | null,
  ): Promise<Count> {
    const bound = max ?? 10_000;
    if (bound < 0 || bound > MOST_COUNTED)
      throw new InvalidInput(`\`max\` is ${bound}; it can be 0 to ${MOST_COUNTED}`, ["max"]);
    return database.forTenant(viewer.tenantId, (tx) =>
      countOrders(tx, viewer, { filter: filter ?? {}, search: words }, bound),
    );
  }
}

/** Best first where words are searched for and nothing else is said; without words nothing is relevant. */
function sortOf(sort: OrderSort | null | undefined, words: Search | null) {
  const searches = words !== null && words.words.length > 0;
  const field = sort?.field ?? (searches ? "RELEVANCE" : "PLACED_AT");
  if (field === "RELEVANCE" && !searches)
    throw new InvalidInput("RELEVANCE sorts what is searched for; give `search`, or another sort", [
      "sort",
      "field",
    ]);
  return { field, direction: sort?.direction ?? "DESC" };
}

/** What a sort's value looks like in a cursor. */
const SORT_VALUE: Record<OrderSortFieldWord, RegExp> = {
  PLACED_AT: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  UPDATED_AT: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  TOTAL: /^-?\d{1,18}$/,
  NUMBER: /^[^\0]*$/,
  RELEVANCE: /^\d{1,3}$/,
};

function positionOf(field: OrderSortFieldWord, parts: string[]): OrderPosition {
  const [value, id] = parts.slice(3);
  if (value === undefined || id === undefined || !SORT_VALUE[field].test(value))
    throw new InvalidInput("This cursor is not whole; begin again without it");
  return { value, id };
}

/** Filtering by personal data tells as much as reading it; deep filters are refused before they reach the database. */
function refuseForbidden(
  filter: OrderFilter | null | undefined,
  context: Context,
  depth = 0,
): void {
  if (!filter) return;
  if (depth > 5) throw new InvalidInput("A filter can nest and, or and not five times", ["filter"]);
  if (filter.email) requireScope(context.viewer, "PII_READ", "Filtering by e-mail");
  const inner = [...(filter.and ?? []), ...(filter.or ?? []), filter.not];
  for (const one of inner) refuseForbidden(one, context, depth + 1);
}

function channelsNamed(filter: OrderFilter | null | undefined): string[] {
  if (!filter) return [];
  const inner = [...(filter.and ?? []), ...(filter.or ?? []), filter.not];
  return [...(filter.channelId ?? []), ...inner.flatMap(channelsNamed)];
}
