import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sameMoney } from "../../src/domain/money.js";
import { sealCursor } from "../../src/graphql/connection.js";
import { openTestApi, type TestApi } from "../support/api.js";
import {
  FindOrdersDocument,
  OrderDetailDocument,
  type OrderFilter,
} from "../support/operations.js";
import { at, head, line, shipment, snapshot } from "../support/snapshots.js";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await api.record(api.woo, ...ORDERS.map(toSnapshot));
  await api.record(
    api.shopify,
    toSnapshot({ number: "S1", minute: 50, total: "5.00", currency: "EUR" }),
  );
});
afterAll(() => api?.drop());

interface Plain {
  number: string;
  minute: number;
  total: string;
  currency: string;
  tags?: string[];
  email?: string;
  tracking?: string;
  state?: "canceled";
}
/** Ten orders, one a minute, in three currencies. */
const ORDERS: Plain[] = [
  { number: "100", minute: 0, total: "10.00", currency: "EUR", email: "Ada@Example.com" },
  { number: "101", minute: 1, total: "20.00", currency: "EUR", tags: ["gift"] },
  { number: "102", minute: 2, total: "12.50", currency: "EUR", tags: ["gift", "vip"] },
  { number: "103", minute: 3, total: "1250", currency: "JPY" },
  { number: "104", minute: 4, total: "12.500", currency: "KWD" },
  { number: "105", minute: 5, total: "99.99", currency: "USD", tracking: "1Z 999-AA" },
  { number: "2-106", minute: 6, total: "12.50", currency: "USD", state: "canceled" },
];

const PERSON = { nativeId: "7", displayName: "Zoë Lovelace", email: null, phone: null };
const ADDRESS = {
  name: "Zoë Lovelace",
  company: "Müller&Söhne",
  line1: null,
  line2: null,
  city: null,
  region: null,
  regionCode: null,
  postalCode: null,
  country: null,
  phone: null,
};

function toSnapshot({ number, minute, total, currency, tags, email, tracking, state }: Plain) {
  const amount = sameMoney(total, currency);
  const zero = sameMoney("0", currency);
  const asOf = at(minute);
  const totals = {
    original: amount,
    subtotal: amount,
    shipping: zero,
    discounts: zero,
    tax: zero,
    duties: null,
    total: amount,
    authorized: null,
    captured: amount,
    refunded: null,
  };
  const priced = { unitPrice: amount, discounts: zero, tax: zero, total: amount };
  return snapshot(number, minute, {
    head: {
      asOf,
      complete: true,
      value: head({
        number,
        placedAt: asOf,
        totals,
        tags: tags ?? [],
        email: email ?? null,
        customer: email ? PERSON : null,
        billingAddress: email ? ADDRESS : null,
        canceledAt: state === "canceled" ? asOf : null,
        notes: [{ text: "ring twice", author: null, at: asOf, customerVisible: false }],
        attributes: [{ key: "shop.channel", value: "x" }],
        ...(state === "canceled" && {
          platformStatuses: [{ field: "status", value: "cancelled", label: null, isCustom: false }],
          claims: { ORDER: { value: "CANCELED", basis: "PLATFORM_FIELD", from: [] } },
        }),
      }),
    },
    lines: { asOf, complete: true, value: [line("1", 1, { ...priced, sku: `SKU-${number}` })] },
    fulfillments: {
      asOf,
      complete: true,
      value: tracking ? [shipment("f1", { 1: 1 }, { number: tracking })] : [],
    },
  });
}

async function numbers(filter: OrderFilter, sort?: unknown): Promise<string[]> {
  const data = await api.read<{ orders: { nodes: { number: string }[] } }>(
    `query ($filter: OrderFilter, $sort: OrderSort) {
       orders(first: 100, filter: $filter, sort: $sort) { nodes { number } } }`,
    { filter, sort },
  );
  return data.orders.nodes.map(({ number }) => number);
}
const sorted = async (filter: OrderFilter) => (await numbers(filter)).sort();

describe("filters", () => {
  it.each<[string, () => OrderFilter, string[]]>([
    ["a number", () => ({ number: { eq: "101" } }), ["101"]],
    ["several numbers", () => ({ number: { in: ["101", "104", "nope"] } }), ["101", "104"]],
    ["how a number begins", () => ({ number: { startsWith: "2-" } }), ["2-106"]],
    ["a tag", () => ({ tag: { eq: "gift" } }), ["101", "102"]],
    ["an e-mail in any case", () => ({ email: { eq: "ADA@example.com " } }), ["100"]],
    [
      "a tracking number however it is written",
      () => ({ trackingNumber: { eq: "1z999aa" } }),
      ["105"],
    ],
    ["an SKU", () => ({ sku: { eq: "SKU-103" } }), ["103"]],
    ["a shop", () => ({ channelId: [api.shopify] }), ["S1"]],
    ["a platform", () => ({ platform: ["SHOPIFY"] }), ["S1"]],
    ["a state", () => ({ state: ["CANCELED"] }), ["2-106"]],
    ["the platform's own status", () => ({ platformStatus: { eq: "cancelled" } }), ["2-106"]],
    ["a fulfillment status", () => ({ fulfillmentStatus: ["FULFILLED"] }), ["105"]],
    ["a time", () => ({ placedAt: { gte: at(1), lt: at(3) } }), ["101", "102"]],
    ["a currency", () => ({ currency: ["JPY", "KWD"] }), ["103", "104"]],
    [
      "an amount, whatever decimals its currency has",
      () => ({ total: { eq: "12.5" } }),
      ["102", "104", "2-106"],
    ],
    ["an amount or more", () => ({ total: { gte: "99.99" } }), ["103", "105"]],
    ["an amount or less", () => ({ total: { lte: "10" } }), ["100", "S1"]],
    ["an amount that the currency cannot have", () => ({ total: { eq: "1250.5" } }), []],
    ["and", () => ({ and: [{ tag: { eq: "gift" } }, { tag: { eq: "vip" } }] }), ["102"]],
    ["or", () => ({ or: [{ number: { eq: "100" } }, { tag: { eq: "vip" } }] }), ["100", "102"]],
    ["not", () => ({ tag: { eq: "gift" }, not: { tag: { eq: "vip" } } }), ["101"]],
    [
      "not, where the value is absent",
      () => ({ currency: ["JPY"], not: { country: ["DE"] } }),
      ["103"],
    ],
    ["one of nothing", () => ({ or: [] }), []],
    ["a part of a number", () => ({ number: { contains: "06" } }), ["2-106"]],
    ["a part of a tag in any case", () => ({ tag: { contains: "IF" } }), ["101", "102"]],
    ["a part of an e-mail", () => ({ email: { contains: "@EXAMPLE" } }), ["100"]],
    ["a part of a tracking number", () => ({ trackingNumber: { contains: "9-aa" } }), ["105"]],
    ["a part of a status", () => ({ platformStatus: { contains: "cancel" } }), ["2-106"]],
    [
      "no part, and its beginning",
      () => ({ number: { startsWith: "10" }, not: { number: { contains: "3" } } }),
      ["100", "101", "102", "104", "105"],
    ],
    ["no pending write", () => ({ hasPendingCommand: true }), []],
    ["no trouble", () => ({ hasSyncProblem: true }), []],
  ])("finds by %s", async (_, filter, expected) => {
    expect(await sorted(filter())).toEqual(expected);
  });

  it("lets everything through where nothing is asked", async () => {
    expect(await numbers({})).toHaveLength(ORDERS.length + 1);
  });

  it("refuses the one character that no text in the database can hold", async () => {
    const { errors } = await api.run(FindOrdersDocument, { filter: { tag: { in: ["a", "b\0"] } } });
    expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
    const literal = await api.run(
      '{ orders(filter: { tag: { eq: "\\u0000" } }) { nodes { id } } }',
    );
    expect(literal.errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("refuses filters that nest without end", async () => {
    let filter: OrderFilter = { number: { eq: "1" } };
    for (let i = 0; i < 6; i++) filter = { not: filter };
    const { errors } = await api.run(
      "query ($filter: OrderFilter) { orders(filter: $filter) { nodes { id } } }",
      { filter },
    );
    expect(errors[0]?.extensions.code).toBe("INVALID_INPUT");
  });
});

interface Found {
  orders: { nodes: { number: string }[]; totalCount: { value: number } };
}
const SEARCH = `query ($search: String, $filter: OrderFilter, $sort: OrderSort) {
  orders(first: 100, search: $search, filter: $filter, sort: $sort) { nodes { number } totalCount { value } } }`;
const found = async (variables: Record<string, unknown>, viewer = api.viewer) => {
  const { orders } = await api.read<Found>(SEARCH, variables, viewer);
  expect(orders.totalCount.value).toBe(orders.nodes.length);
  return orders.nodes.map(({ number }) => number);
};

describe("words", () => {
  it.each<[string, string, string[]]>([
    ["a number", "104", ["104"]],
    ["a number as people write it", "#104", ["104"]],
    ["a part of a number", "-106", ["2-106"]],
    ["an SKU in any case", "sku-103", ["103"]],
    ["the end of a tracking number", "9aa", ["105"]],
    ["a tracking number with its spaces and dashes", "1Z 999-aa", ["105"]],
    ["an e-mail", "ada@EXAMPLE", ["100"]],
    ["a name without its accents", "lovelace zoe", ["100"]],
    ["a name with them", "Zoë", ["100"]],
    ["a company of an address", "müller&söhne", ["100"]],
    ["words that stand in different places", "zoe 100", ["100"]],
    ["words of which one is nowhere", "zoe 101", []],
    ["a short word where a word begins", "zo", ["100"]],
    ["a short word within a word", "ov", []],
  ])("find by %s", async (_, search, expected) => {
    expect(await found({ search })).toEqual(expected);
  });

  it("that are none find everything", async () => {
    expect(await found({ search: "  \t " })).toHaveLength(ORDERS.length + 1);
    expect(await found({ search: null })).toHaveLength(ORDERS.length + 1);
  });

  it.each([
    ["a quote", "' or 1=1 --"],
    ["a wildcard", "%"],
    ["another wildcard", "10_"],
    ["a backslash", "\\"],
    ["a trailing backslash", "10\\"],
    ["a format", "%I %s %L $1 {0}"],
    ["nothing but marks", "\u0301\u0301"],
    ["letters of far away", "山田 太郎"],
  ])("take %s as it stands", async (_, search) => {
    const everything = search === "\u0301\u0301" ? ORDERS.length + 1 : 0;
    expect(await found({ search })).toHaveLength(everything);
    expect(await found({ filter: { sku: { contains: search } } })).toHaveLength(everything);
  });

  it.each([
    ["too long a search", { search: "x".repeat(201) }],
    ["too many words", { search: "a b c d e f g h i" }],
    ["too long a part", { filter: { number: { contains: "x".repeat(201) } } }],
    ["relevance to nothing", { sort: { field: "RELEVANCE" } }],
    ["relevance to no words", { search: " ", sort: { field: "RELEVANCE" } }],
  ])("refuse %s", async (_, variables) => {
    const { errors } = await api.run(SEARCH, variables);
    expect(errors[0]?.extensions.code).toBe("INVALID_INPUT");
  });

  it("find names and e-mails only for a key with PII_READ", async () => {
    const viewer = await api.viewerWith({ scopes: ["ORDERS_READ"] });
    expect(await found({ search: "ada" }, viewer)).toEqual([]);
    expect(await found({ search: "zoe" }, viewer)).toEqual([]);
    expect(await found({ search: "sku-100" }, viewer)).toEqual(["100"]);
    const { errors } = await api.run(SEARCH, { filter: { email: { contains: "ada" } } }, viewer);
    expect(errors[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it("give every order once by RELEVANCE, page by page", async () => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const {
        orders,
      }: {
        orders: {
          nodes: { number: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      } = await api.read(
        'query ($after: String) { orders(first: 2, after: $after, search: "sku") { nodes { number } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      seen.push(...orders.nodes.map(({ number }) => number));
      more = orders.pageInfo.hasNextPage;
      after = orders.pageInfo.endCursor;
    }
    expect(seen.sort()).toEqual((await found({ search: "sku" })).sort());
    expect(seen).toHaveLength(ORDERS.length + 1);
  });
});

describe("pages", () => {
  const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $sort: OrderSort) {
    orders(first: $first, after: $after, last: $last, before: $before, sort: $sort) {
      edges { cursor node { number } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  interface Page {
    orders: {
      edges: { cursor: string; node: { number: string } }[];
      pageInfo: Record<"startCursor" | "endCursor", string | null> &
        Record<"hasNextPage" | "hasPreviousPage", boolean>;
    };
  }
  const page = async (variables: Record<string, unknown>) => {
    const { orders } = await api.read<Page>(PAGE, variables);
    return { numbers: orders.edges.map(({ node }) => node.number), ...orders.pageInfo };
  };

  it.each(
    ["PLACED_AT", "UPDATED_AT", "TOTAL", "NUMBER"].flatMap((field) =>
      ["ASC", "DESC"].map((direction) => [field, direction]),
    ),
  )("gives every order once by %s %s, forward and backward", async (field, direction) => {
    const sort = { field, direction };
    const whole = (await page({ first: 100, sort })).numbers;
    expect(whole).toHaveLength(ORDERS.length + 1);
    const forward: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const next: Awaited<ReturnType<typeof page>> = await page({ first: 3, after, sort });
      forward.push(...next.numbers);
      expect(next.hasPreviousPage).toBe(after !== null);
      more = next.hasNextPage;
      after = next.endCursor;
    }
    expect(forward).toEqual(whole);
    const backward: string[] = [];
    for (let before: string | null = null, more = true; more; ) {
      const next: Awaited<ReturnType<typeof page>> = await page({
        last: 3,
        before,
        sort,
        first: null,
      });
      backward.unshift(...next.numbers);
      more = next.hasPreviousPage;
      before = next.startCursor;
    }
    expect(backward).toEqual(whole);
  });

  it("sorts by what it says", async () => {
    expect((await page({ first: 2, sort: { field: "NUMBER", direction: "ASC" } })).numbers).toEqual(
      ["100", "101"],
    );
    expect((await page({ first: 2 })).numbers).toEqual(["S1", "2-106"]);
    expect((await page({ first: 1, sort: { field: "TOTAL", direction: "ASC" } })).numbers).toEqual([
      "S1",
    ]);
  });

  it("refuses a cursor of another sort, saying which it is of", async () => {
    const { endCursor } = await page({ first: 1 });
    const { errors } = await api.run(PAGE, {
      first: 1,
      after: endCursor,
      sort: { field: "TOTAL", direction: "ASC" },
    });
    expect(errors[0]).toMatchObject({ extensions: { code: "INVALID_INPUT" } });
    expect(errors[0]?.message).toContain("PLACED_AT");
  });

  it.each([
    ["a cursor that is none", { first: 1, after: "nonsense" }],
    ["both directions at once", { last: 1, after: "x" }],
    ["a negative page", { first: -1 }],
    [
      "a cursor that somebody made up",
      { first: 1, after: sealCursor(["orders", "PLACED_AT", "DESC", "yesterday", "x"]) },
    ],
    ["a cursor that was cut", { first: 1, after: sealCursor(["orders", "PLACED_AT", "DESC"]) }],
  ])("refuses %s", async (_, variables) => {
    const { errors } = await api.run(PAGE, variables);
    expect(errors[0]?.extensions.code).toBe("INVALID_INPUT");
  });

  it("counts up to a bound", async () => {
    const count = (max: number) =>
      api.read(
        `query ($max: Int) { orders(first: 0) { nodes { id } totalCount(max: $max) { value exact } } }`,
        { max },
      );
    expect(await count(100)).toEqual({
      orders: { nodes: [], totalCount: { value: 8, exact: true } },
    });
    expect(await count(3)).toEqual({
      orders: { nodes: [], totalCount: { value: 3, exact: false } },
    });
  });

  it("says where the log stood before the page was read, so that a stream from there misses nothing", async () => {
    const { orders } = await api.read(FindOrdersDocument, { first: 1 });
    await api.record(
      api.woo,
      toSnapshot({ number: "100", minute: 59, total: "10.00", currency: "EUR", tags: ["late"] }),
    );
    const { events } = await api.read<{ events: { nodes: { type: string }[] } }>(
      "query ($after: Cursor) { events(after: $after) { nodes { type } } }",
      { after: orders.asOf },
    );
    expect(events.nodes.map(({ type }) => type)).toContain("ORDER_UPDATED");
  });
});

describe("one order", () => {
  const idOf = async (number: string) => {
    const data = await api.read<{ orders: { nodes: { id: string }[] } }>(
      "query ($number: String) { orders(filter: { number: { eq: $number } }) { nodes { id } } }",
      { number },
    );
    return data.orders.nodes[0]?.id as string;
  };

  it("shows everything of it", async () => {
    const { order } = await api.read(OrderDetailDocument, { id: await idOf("105") });
    expect(order).toMatchObject({
      number: "105",
      state: "OPEN",
      fulfillmentStatus: "FULFILLED",
      syncState: "SYNCED",
      email: null,
      externalRef: { platform: "WOOCOMMERCE", id: "105" },
      totals: { total: { shop: { amount: "99.99", currency: "USD" } } },
      notes: [{ text: "ring twice" }],
      fulfillments: [
        {
          status: "SUCCESS",
          syncState: "SYNCED",
          packages: [{ tracking: { number: "1Z 999-AA", carrierCode: "ups" } }],
        },
      ],
    });
    expect(order?.platformStatuses[0]?.observedAt).toMatch(/^20/);
    expect(order?.timeline.nodes.map(({ type }) => type)).toContain("ORDER_CREATED");
  });

  it("is found by the shop's id, and by the number of its parcel", async () => {
    const data = await api.read<{
      orderByExternalId: { number: string };
      trackingByNumber: { order: { number: string } }[];
    }>(
      `query ($channelId: ID!) {
        orderByExternalId(channelId: $channelId, externalId: "105") { number }
        trackingByNumber(number: "1z999aa", carrierCode: "ups") { order { number } fulfillment { id } } }`,
      { channelId: api.woo },
    );
    expect(data.orderByExternalId.number).toBe("105");
    expect(data.trackingByNumber).toMatchObject([{ order: { number: "105" } }]);
  });

  it("hides personal data from a key without PII_READ", async () => {
    const viewer = await api.viewerWith({ scopes: ["ORDERS_READ"] });
    const { order } = await api.read(OrderDetailDocument, { id: await idOf("100") }, viewer);
    expect(order).toMatchObject({ email: null, notes: [], attributes: [], shippingAddress: null });
    const { errors } = await api.run(
      `{ orders(filter: { or: [{ not: { email: { eq: "ada@example.com" } } }] }) { nodes { id } } }`,
      {},
      viewer,
    );
    expect(errors[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it("is invisible to a key of another shop, by whatever way it is asked for", async () => {
    const viewer = await api.viewerWith({ channelIds: [api.shopify] });
    const id = await idOf("105");
    const { order } = await api.read(OrderDetailDocument, { id });
    const ids = [
      id,
      ...(order?.lines.nodes ?? []).map((row) => row.id),
      ...(order?.fulfillments ?? []).flatMap((row) => [
        row.id,
        ...row.packages.map((one) => one.id),
      ]),
      ...(order?.timeline.nodes ?? []).map((row) => row.id),
      api.woo,
    ];
    const data = await api.read<Record<string, unknown>>(
      `query ($ids: [ID!]!, $id: ID!, $woo: ID!) {
        nodes(ids: $ids) { id } node(id: $id) { id } order(id: $id) { id } channel(id: $woo) { id } channels { id }
        orderByExternalId(channelId: $woo, externalId: "105") { id }
        trackingByNumber(number: "1Z999AA") { id }
        orders { nodes { number } totalCount { value } }
        events { nodes { channel { id } } } }`,
      { ids, id, woo: api.woo },
      viewer,
    );
    expect(ids.length).toBeGreaterThan(5);
    expect(data).toMatchObject({
      nodes: ids.map(() => null),
      node: null,
      order: null,
      channel: null,
      channels: [{ id: api.shopify }],
      orderByExternalId: null,
      trackingByNumber: [],
      orders: { nodes: [{ number: "S1" }], totalCount: { value: 1 } },
    });
    const { nodes } = data.events as { nodes: { channel: { id: string } }[] };
    expect(new Set(nodes.map(({ channel }) => channel.id))).toEqual(new Set([api.shopify]));
  });

  it("shows each of its parts by id, with the way back", async () => {
    const { order } = await api.read(OrderDetailDocument, { id: await idOf("105") });
    const [fulfillment] = order?.fulfillments ?? [];
    const ids = [
      order?.id,
      order?.lines.nodes[0]?.id,
      fulfillment?.id,
      fulfillment?.packages[0]?.id,
      order?.timeline.nodes[0]?.id,
      "order_nonsense",
      "x",
    ];
    const { nodes } = await api.read<{ nodes: unknown[] }>(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename
        ... on OrderLine { order { id } } ... on Fulfillment { order { id } } ... on Package { order { id } fulfillment { id } } } }`,
      { ids },
    );
    const back = { order: { id: order?.id } };
    expect(nodes).toEqual([
      { __typename: "Order" },
      { __typename: "OrderLine", ...back },
      { __typename: "Fulfillment", ...back },
      { __typename: "Package", ...back, fulfillment: { id: fulfillment?.id } },
      { __typename: "Event" },
      null,
      null,
    ]);
  });
});

describe("an error", () => {
  it("says where in the answer it belongs and which part of the input it is about", async () => {
    const { errors } = await api.run("{ orders { nodes { lines(first: -1) { nodes { id } } } } }");
    expect(errors[0]).toMatchObject({
      path: ["orders", "nodes", 0, "lines"],
      locations: [{ line: 1, column: 20 }],
      extensions: { code: "INVALID_INPUT", at: ["first"] },
    });
  });

  it("of ours is masked and bears the request's id", async () => {
    const { errors } = await api.run(
      'mutation { orderRefresh(orderId: "order_x") { order { id } } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: "INTERNAL", requestId: "req-1" } }]);
    expect(JSON.stringify(errors)).not.toContain("was not expected in this test");
  });
});

// Last, since it adds to the orders that all the tests above know.
describe("words of orders that come and change", () => {
  it("follow them", async () => {
    const plain = { number: "105", total: "99.99", currency: "USD" };
    await api.record(api.woo, toSnapshot({ ...plain, minute: 58, tracking: "RX-888" }));
    expect(await found({ search: "rx888" })).toEqual(["105"]);
    await api.record(api.woo, toSnapshot({ ...plain, minute: 59, email: "eve@example.com" }));
    expect(await found({ search: "eve@" })).toEqual(["105"]);
  });

  it("put first what fits best: a whole value, then how one begins, then what it holds", async () => {
    const numbers = ["X-777", "777", "7779"];
    const plain = { minute: 7, total: "1.00", currency: "EUR" };
    await api.record(api.woo, ...numbers.map((number) => toSnapshot({ ...plain, number })));
    expect(await found({ search: "777" })).toEqual(["777", "7779", "X-777"]);
    const turned = { field: "RELEVANCE", direction: "ASC" };
    expect(await found({ search: "777", sort: turned })).toEqual(["X-777", "7779", "777"]);
    const byNumber = { field: "NUMBER", direction: "ASC" };
    expect(await found({ search: "777", sort: byNumber })).toEqual(["777", "7779", "X-777"]);
  });
});
