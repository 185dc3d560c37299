import { type SQL, sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mintId } from "../../../src/domain/id.js";
import type { Tx } from "../../../src/store/db.js";
import type { OrderFilter } from "../../../src/store/read/order-filter.js";
import {
  type OrderPageWish,
  orderPage,
  orderPageQuery,
} from "../../../src/store/read/order-page.js";
import { type ReturnFilter, returnPageQuery } from "../../../src/store/read/return-page.js";
import { searchOf } from "../../../src/store/read/search.js";
import { insertChannel } from "../../support/channel.js";
import { createTestDatabase, type TestDatabase } from "../../support/database.js";

/** Enough that a plan which reads the whole table costs more than one that does not. */
const ORDERS = 6_000;
const tenantId = "north";
const channelIds = [mintId("Channel"), mintId("Channel")];
const access = { tenantId, channelIds: null };
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  for (const channelId of channelIds) await insertChannel(test.database, tenantId, channelId);
  await test.database.forTenant(tenantId, async (tx) => {
    const channels = sql.param(channelIds);
    await tx.execute(sql`
      insert into orders (tenant_id, id, channel_id, native_id, version, platform, number, email_normalized, state,
        payment_status, fulfillment_status, delivery_status, return_status, currency, total_minor, country, placed_at,
        updated_at, head, sections, document, document_shape, observed_at, observed_source, diverged)
      select ${tenantId}, 'order_' || lpad(n::text, 8, '0'), (${channels}::text[])[1 + (n % 500 = 0)::int], n::text, 1,
        'WOOCOMMERCE', (10000 + n)::text, 'p' || n || '@example.com',
        case when n % 100 = 0 then 'CANCELED' else 'OPEN' end, case when n % 90 = 0 then 'REFUNDED' else 'PAID' end,
        case when n % 80 = 0 then 'ON_HOLD' else 'FULFILLED' end, case when n % 70 = 0 then 'LOST' else 'DELIVERED' end,
        'NONE', case when n % 60 = 0 then 'JPY' else 'EUR' end, n * 7, case when n % 55 = 0 then 'DE' else 'FR' end,
        timestamptz '2026-01-01' + n * interval '1 minute', timestamptz '2026-03-01' + (n % 997) * interval '1 minute',
        '{}', '{}', '{"a": "some document"}', 1, now(), 'POLL', false
      from generate_series(1, ${ORDERS}::int) as n`);
    await tx.execute(sql`insert into order_tags select ${tenantId}, 'order_' || lpad(n::text, 8, '0'), 'tag' || n % 500
      from generate_series(1, ${ORDERS}::int) as n`);
    await tx.execute(sql`insert into order_platform_statuses select ${tenantId}, 'order_' || lpad(n::text, 8, '0'), 'status',
      'value' || n % 300, now() from generate_series(1, ${ORDERS}::int) as n`);
    await tx.execute(sql`
      insert into order_lines (tenant_id, id, order_id, channel_id, owner, position, sku, ordered, canceled, fulfilled, facts)
      select ${tenantId}, 'line_' || n, 'order_' || lpad(n::text, 8, '0'), (${channels}::text[])[1], 'CHANNEL', 0, 'SKU-' || n, 1, 0, 0, '{}'
      from generate_series(1, ${ORDERS}::int) as n`);
    await tx.execute(sql`
      insert into packages (tenant_id, id, order_id, channel_id, owner, position, fulfillment_id, tracking_number, facts)
      select ${tenantId}, 'pkg_' || n, 'order_' || lpad(n::text, 8, '0'), (${channels}::text[])[1], 'CHANNEL', 0, 'f', '1Z' || n, '{}'
      from generate_series(1, ${ORDERS}::int) as n`);
    await tx.execute(sql`
      insert into fulfillments (tenant_id, id, order_id, channel_id, owner, position, status, location_native_id, facts)
      select ${tenantId}, 'ful_' || n, 'order_' || lpad(n::text, 8, '0'), (${channels}::text[])[1], 'CHANNEL', 0, 'SUCCESS', 'place' || n % 400, '{}'
      from generate_series(1, ${ORDERS}::int) as n`);
    await tx.execute(sql`insert into locations (tenant_id, id, channel_id, native_id, name)
      select ${tenantId}, 'loc_' || n, (${channels}::text[])[1], 'place' || n, 'Place' from generate_series(1, 400) as n`);
    await tx.execute(sql`
      insert into commands (tenant_id, id, channel_id, order_id, type, status, command, client, actor, input_hash, target_id)
      select ${tenantId}, 'cmd_' || n, (${channels}::text[])[1], 'order_' || lpad(n::text, 8, '0'), 'ORDER_REFRESH',
        case when n % 300 = 0 then 'QUEUED' else 'SUCCEEDED' end, '{}', 'till', '{}', '', 'x'
      from generate_series(1, ${ORDERS}::int) as n`);
    // As long as texts are, with all that many of them have in common.
    const common = `of a house in the long street behind the old station of brno, second floor on the left, ring twice`;
    await tx.execute(sql`insert into order_texts select ${tenantId}, 'order_' || lpad(n::text, 8, '0'), E'\\n ' || (10000 + n) || E' \\n',
      E'\\n sku-' || n || E' \\n', E'\\n 1z' || n || E' \\n', E'\\n tag' || n % 500 || E' \\n', E'\\n value' || n % 300 || E' \\n',
      E'\\n p' || n || E'@example.com \\n', E'\\n person' || n || ' ' || ${common} || E' \\n ' || ${common} || E' \\n'
      from generate_series(1, ${ORDERS}::int) as n`);
    await tx.execute(sql`
      insert into fulfillment_orders (tenant_id, id, order_id, channel_id, owner, position, status, ship_by, facts)
      select ${tenantId}, 'fo_' || n, 'order_' || lpad(n::text, 8, '0'), (${channels}::text[])[1], 'CHANNEL', 0,
        case when n % 2 = 0 then 'OPEN' else 'CLOSED' end, timestamptz '2026-01-01' + n * interval '1 hour', '{}'
      from generate_series(1, ${ORDERS}::int) as n`);
    await tx.execute(sql`
      insert into returns (tenant_id, id, order_id, channel_id, owner, position, status, projection, made, requested_at, facts)
      select ${tenantId}, 'return_' || lpad(n::text, 8, '0'), 'order_' || lpad(n::text, 8, '0'), (${channels}::text[])[1], 'CHANNEL', 0,
        case when n % 200 = 0 then 'REQUESTED' else 'CLOSED' end, 'NATIVE', true, timestamptz '2026-02-01' + n * interval '1 minute', '{}'
      from generate_series(1, ${ORDERS}::int) as n`);
  });
  const owner = postgres(test.url, { max: 1 });
  const tables =
    "orders, order_tags, order_platform_statuses, order_lines, packages, fulfillments, locations, commands, order_texts, fulfillment_orders, returns";
  await owner.unsafe(`analyze ${tables}`);
  // What was written just now waits in a list beside the index of texts.
  await owner.unsafe("vacuum order_texts");
  await owner.end();
});
afterAll(() => test?.drop());

const plain: OrderPageWish = {
  filter: {},
  search: null,
  sort: { field: "PLACED_AT", direction: "DESC" },
  after: null,
  backward: false,
  limit: 26,
};

const planOf = (wish: Partial<OrderPageWish>) =>
  explain((tx) => orderPageQuery(tx, access, { ...plain, ...wish }).getSQL());

/** Every node of the plan that the app's own role gets, as "Index Scan orders_placed on orders". */
async function explain(query: (tx: Tx) => SQL): Promise<string[]> {
  const [row] = await test.database.forTenant(tenantId, (tx) =>
    tx.execute<{ "QUERY PLAN": string | unknown[] }>(sql`explain (format json) ${query(tx)}`),
  );
  const told = row?.["QUERY PLAN"];
  const [{ Plan }] = (typeof told === "string" ? JSON.parse(told) : told) as [{ Plan: PlanNode }];
  return nodesOf(Plan);
}
interface PlanNode {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  Plans?: PlanNode[];
}
function nodesOf(node: PlanNode): string[] {
  const words = [node["Node Type"], node["Index Name"], node["Relation Name"]];
  return [words.filter(Boolean).join(" "), ...(node.Plans ?? []).flatMap(nodesOf)];
}
const readsAll = (plan: string[]) => plan.filter((node) => /^Seq Scan/.test(node));

const FIELDS = ["PLACED_AT", "UPDATED_AT", "TOTAL", "NUMBER"] as const;
const VALUES: Record<(typeof FIELDS)[number], string> = {
  PLACED_AT: "2026-01-03T00:00:00.000Z",
  UPDATED_AT: "2026-03-01T05:00:00.000Z",
  TOTAL: "21000",
  NUMBER: "13000",
};

describe("the plan of a page", () => {
  it.each(
    FIELDS.flatMap((field) =>
      (["ASC", "DESC"] as const).map((direction) => [field, direction] as const),
    ),
  )(
    "walks an index in order by %s %s, from the start and from a cursor",
    async (field, direction) => {
      const after = { value: VALUES[field], id: "order_00003000" };
      for (const wish of [{}, { after }, { after, backward: true }]) {
        const plan = await planOf({ sort: { field, direction }, ...wish });
        expect(plan.join("\n")).toMatch(/Index (Only )?Scan/);
        expect(plan.filter((node) => /Seq Scan|Sort/.test(node))).toEqual([]);
      }
    },
  );

  it.each<[string, OrderFilter, RegExp]>([
    ["number", { number: { eq: "10017" } }, /orders_number/],
    ["numbers", { number: { in: ["10017", "10018"] } }, /orders_number/],
    ["number's beginning", { number: { startsWith: "1001" } }, /orders_number/],
    ["e-mail", { email: { eq: "P17@example.com" } }, /orders_email/],
    ["e-mail's beginning", { email: { startsWith: "p170" } }, /orders_email/],
    ["shop", { channelId: [channelIds[1] as string] }, /orders_channel/],
    ["state", { state: ["CANCELED"] }, /orders_state/],
    ["payment status", { paymentStatus: ["REFUNDED"] }, /orders_payment/],
    ["fulfillment status", { fulfillmentStatus: ["ON_HOLD"] }, /orders_fulfillment/],
    ["delivery status", { deliveryStatus: ["LOST"] }, /orders_delivery/],
    ["country", { country: ["DE"] }, /orders_country/],
    [
      "time placed",
      { placedAt: { gte: new Date("2026-01-02"), lt: new Date("2026-01-02T01:00:00Z") } },
      /orders_placed/,
    ],
    ["time changed", { updatedAt: { gte: new Date("2026-03-01T16:30:00Z") } }, /orders_updated/],
    [
      "amount and currency",
      { total: { gte: "419.00" }, currency: ["EUR"] },
      /orders_(total|currency)/,
    ],
    ["tag", { tag: { eq: "tag3" } }, /order_tags_pkey|order_tags_tenant/],
    ["SKU", { sku: { eq: "SKU-17" } }, /order_lines_sku/],
    ["tracking number", { trackingNumber: { eq: "1z 17" } }, /packages_tracking/],
    ["platform status", { platformStatus: { eq: "value17" } }, /order_platform_statuses_value/],
    ["location", { locationId: ["loc_17"] }, /fulfillments_location/],
    ["pending write", { hasPendingCommand: true }, /commands_status/],
    ["open return", { hasOpenReturn: true }, /returns_status/],
    ["time to ship", { shipByBefore: new Date("2026-01-02") }, /fulfillment_orders_ship_by/],
  ])("reaches an index by %s", async (_, filter, index) => {
    const plan = await planOf({ filter });
    expect(plan.filter((node) => node === "Seq Scan orders")).toEqual([]);
    expect(plan.join("\n")).toMatch(index);
  });

  it.each<[string, OrderFilter]>([
    ["exact amount", { total: { eq: "70.00" } }],
    ["platform", { platform: ["WOOCOMMERCE"] }],
    ["return status", { returnStatus: ["NONE"] }],
    ["currency", { currency: ["JPY"] }],
    ["everything at once", { state: ["OPEN"], tag: { eq: "tag3" }, not: { country: ["DE"] } }],
    [
      "one or the other",
      { or: [{ number: { eq: "10017" } }, { email: { eq: "p18@example.com" } }] },
    ],
  ])("never reads the whole table by %s", async (_, filter) => {
    expect(readsAll(await planOf({ filter })).filter((node) => node === "Seq Scan orders")).toEqual(
      [],
    );
  });
});

/** A page, and what of its statement read whole tables; a plan does not show what a function does. */
async function readsOfPage(wish: Partial<OrderPageWish>) {
  return test.database.forTenant(tenantId, async (tx) => {
    const counts = async () => {
      const rows = await tx.execute<{ relname: string; whole: number; indexed: number }>(sql`
        select relname, seq_scan::int as whole, idx_scan::int as indexed
        from pg_stat_xact_user_tables where relname in ('orders', 'order_texts') order by relname`);
      return rows.flatMap(({ whole, indexed }) => [whole, indexed]);
    };
    const before = await counts();
    const found = await orderPage(tx, access, { ...plain, ...wish });
    const [texts, textsIndexed, whole] = (await counts()).map((n, i) => n - (before[i] ?? 0));
    return { found: found.map(({ id }) => id), whole: { texts, orders: whole }, textsIndexed };
  });
}

describe("words", () => {
  const all = (typed: string) => searchOf(typed, true);
  it.each<[string, Partial<OrderPageWish>, string[]]>([
    ["a number", { search: all("14321") }, ["order_00004321"]],
    ["a part of an SKU", { search: all("U-4321") }, ["order_00004321"]],
    ["the end of a tracking number with dashes", { search: all("z-43-21") }, ["order_00004321"]],
    ["a name and an e-mail", { search: all("person4321 p4321@") }, ["order_00004321"]],
    [
      "a filter on a part of a tag",
      { filter: { tag: { contains: "AG432" }, number: { contains: "14432" } } },
      ["order_00004432"],
    ],
    [
      "how well it fits",
      { search: all("sku-4321"), sort: { field: "RELEVANCE", direction: "DESC" } },
      ["order_00004321"],
    ],
  ])("reach an index by %s", async (_, wish, expected) => {
    const { found, whole, textsIndexed } = await readsOfPage(wish);
    expect(found).toEqual(expected);
    expect(whole).toEqual({ texts: 0, orders: 0 });
    expect(textsIndexed).toBeGreaterThan(0);
  });

  it("are not found in another tenant, nor at a shop that the key does not reach", async () => {
    const search = all("sku-4321");
    const other = await test.database.forTenant("south", (tx) =>
      orderPage(tx, { tenantId: "south", channelIds: null }, { ...plain, search }),
    );
    const unreached = await test.database.forTenant(tenantId, (tx) =>
      orderPage(tx, { tenantId, channelIds: [channelIds[1] as string] }, { ...plain, search }),
    );
    expect([other, unreached]).toEqual([[], []]);
  });
});

describe("the plan of a page of returns", () => {
  it.each<[string, ReturnFilter]>([
    ["none", {}],
    ["a status", { status: ["REQUESTED"] }],
    ["a time", { requestedAt: { lt: new Date("2026-02-02") } }],
  ])("walks an index by the filter %s, from the start and from a cursor", async (_, filter) => {
    for (const after of [null, { id: "return_00003000", requestedAt: new Date("2026-02-03") }]) {
      const query = (tx: Tx) => returnPageQuery(tx, access, filter, { after, limit: 26 });
      const plan = await explain((tx) => query(tx).getSQL());
      expect(plan.join("\n")).toMatch(/Index (Only )?Scan/);
      expect(readsAll(plan)).toEqual([]);
    }
  });
});

describe("a page", () => {
  it("holds what its filter says, among thousands", async () => {
    const found = await test.database.forTenant(tenantId, (tx) =>
      orderPage(tx, access, {
        ...plain,
        filter: { tag: { eq: "tag3" }, placedAt: { lt: new Date("2026-01-01T10:00:00Z") } },
      }),
    );
    expect(found.map(({ id }) => id)).toEqual(["order_00000503", "order_00000003"]);
  });

  it("holds what is still to be shipped before a moment, and not what was", async () => {
    const found = await test.database.forTenant(tenantId, (tx) =>
      orderPage(tx, access, {
        ...plain,
        filter: { shipByBefore: new Date("2026-01-01T05:00:00Z") },
      }),
    );
    expect(found.map(({ id }) => id)).toEqual(["order_00000004", "order_00000002"]);
  });

  it("shows nothing of a shop that the key does not reach", async () => {
    const only = { tenantId, channelIds: [channelIds[1] as string] };
    const found = await test.database.forTenant(tenantId, (tx) =>
      orderPage(tx, only, { ...plain, limit: 1_000 }),
    );
    expect(found).toHaveLength(ORDERS / 500);
  });

  it("shows nothing of another tenant, whatever the access says", async () => {
    const found = await test.database.forTenant("south", (tx) => orderPage(tx, access, plain));
    expect(found).toEqual([]);
  });
});
