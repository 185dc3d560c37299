import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pullOrders } from "../../../src/connectors/bigcommerce/pull.js";
import type { PullWindow } from "../../../src/domain/channel.js";
import { orderBody, shop } from "./body.js";
import { before, json, noContent, type Reply, type Sent } from "./store.js";

interface Stored {
  id: number;
  /** Unix seconds. */
  changed: number;
  archived?: boolean;
  status?: number;
}
const epoch = Date.parse("2026-11-23T04:00:00Z") / 1000;

/** What v2 makes of a list's query; with `exclusive` bounds of time, for nobody says whether they hold. */
function listing(orders: readonly Stored[], { url }: Sent, exclusive = false): Stored[] {
  const query = url.searchParams;
  const number = (name: string) => (query.has(name) ? Number(query.get(name)) : null);
  const seconds = (name: string) =>
    query.has(name) ? Date.parse(query.get(name) ?? "") / 1000 : null;
  const [minId, maxId] = [number("min_id"), number("max_id")];
  const [since, until] = [seconds("min_date_modified"), seconds("max_date_modified")];
  const slack = exclusive ? 1 : 0;
  const [field, direction] = (query.get("sort") ?? "").split(":");
  const sign = direction === "desc" ? -1 : 1;
  return orders
    .filter(
      (it) =>
        (it.archived ?? false) === (query.get("is_deleted") === "true") &&
        (minId === null || it.id >= minId) &&
        (maxId === null || it.id <= maxId) &&
        (since === null || it.changed >= since + slack) &&
        (until === null || it.changed <= until - slack),
    )
    .sort((a, b) => sign * (field === "id" ? a.id - b.id : a.changed - b.changed || a.id - b.id))
    .slice(0, Number(query.get("limit")));
}

const bodyOf = ({ id, changed, archived = false, status = 1 }: Stored) =>
  orderBody({
    id,
    status_id: status,
    payment_status: "",
    is_deleted: archived,
    date_modified: new Date(changed * 1000).toUTCString().replace("GMT", "+0000"),
  });

interface StoreOptions {
  exclusive?: boolean;
  /** Called after each page of orders was made. */
  afterPage?: (page: number) => void;
}

function storeOf(orders: readonly Stored[], { exclusive = false, afterPage }: StoreOptions = {}) {
  let pages = 0;
  const reply: Reply = (sent) => {
    const path = sent.url.pathname.replace("/stores/abc123", "");
    if (path === "/v2/orders/count") return json({ count: orders.length, statuses: [] });
    if (path === "/v3/orders/payment_actions/refunds") return json({ data: [], meta: {} });
    if (path !== "/v2/orders") return json([{ status: 404, message: "no such route" }], 404);
    const found = listing(orders, sent, exclusive);
    afterPage?.(++pages);
    return found.length === 0 ? noContent() : json(found.map(bodyOf));
  };
  const { api, sent } = before(reply);
  return { reader: { api, shop, now: () => new Date() }, sent };
}

async function idsOf(reader: ReturnType<typeof storeOf>["reader"], window: PullWindow) {
  const ids: number[] = [];
  for await (const page of pullOrders(reader, window)) {
    expect(page.unreadable).toEqual([]);
    ids.push(...page.snapshots.map((it) => Number(it.ref.nativeId)));
  }
  return ids;
}

const sorted = (ids: readonly number[]) => [...ids].sort((a, b) => a - b);
const many = (count: number, seconds: number): Stored[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    changed: epoch + Math.floor((index * seconds) / count),
  }));

describe("a backfill", () => {
  it("goes from the newest to the oldest, each once, and tells how many there are", async () => {
    const { reader } = storeOf(many(250, 1000));
    expect(await idsOf(reader, {})).toEqual(Array.from({ length: 250 }, (_, index) => 250 - index));
    for await (const page of pullOrders(reader, {})) {
      expect(page.estimatedTotal).toBe(250);
      break;
    }
  });

  it("misses none and tells none twice while orders come, and goes on after any page", async () => {
    const orders = many(230, 1000);
    const { reader } = storeOf(orders, {
      afterPage: (page) => orders.push({ id: 1000 + page, changed: epoch }),
    });
    const seen: number[] = [];
    let cursor: string | undefined;
    for (;;) {
      const window: PullWindow = cursor ? { cursor } : {};
      const pages = pullOrders(reader, window);
      const page = await pages.next();
      await pages.return(undefined);
      if (page.done) break;
      seen.push(...page.value.snapshots.map((it) => Number(it.ref.nativeId)));
      cursor = page.value.cursor;
    }
    expect(sorted(seen)).toEqual(Array.from({ length: 230 }, (_, index) => index + 1));
  });

  it("leaves out what never became an order", async () => {
    const { reader } = storeOf([
      { id: 1, changed: epoch, status: 0 },
      { id: 2, changed: epoch, status: 11 },
    ]);
    expect(await idsOf(reader, {})).toEqual([2]);
  });

  it("takes two requests for a page of orders that neither shipped nor were paid", async () => {
    const { reader, sent } = storeOf(many(100, 100));
    await idsOf(reader, {});
    const paths = sent.map((it) => it.url.pathname.replace("/stores/abc123", ""));
    expect(paths).toEqual([
      "/v2/orders/count",
      "/v2/orders",
      "/v3/orders/payment_actions/refunds",
      // A full page may have something behind it; the row at the bound is sent again and told no more.
      "/v2/orders",
    ]);
  });
});

describe("a poll", () => {
  const from = new Date((epoch + 30) * 1000);

  it("finds all that changed, however many changed in one second, whatever the bounds mean", async () => {
    const changes = fc.array(fc.nat(6), { minLength: 1, maxLength: 380 });
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (seconds, exclusive) => {
        const orders = seconds.map((second, index) => ({
          id: index + 1,
          // One second behind the bound, since an exclusive one leaves its own second out.
          changed: epoch + 1 + second,
        }));
        const { reader } = storeOf(orders, { exclusive });
        const ids = await idsOf(reader, { from });
        expect(sorted(ids)).toEqual(orders.map(({ id }) => id));
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("sees what changes while it goes on", async () => {
    const orders = many(250, 100).map((it) => ({ ...it, changed: it.changed + 1 }));
    const { reader } = storeOf(orders, {
      afterPage: (page) => {
        const moved = orders[120];
        if (page === 1 && moved) moved.changed = epoch + 500;
      },
    });
    const ids = await idsOf(reader, { from });
    expect(new Set(ids).size).toBe(250);
  });

  it("goes through the archived ones after the living, as deletions", async () => {
    const { reader } = storeOf([
      { id: 1, changed: epoch + 5 },
      { id: 2, changed: epoch + 6, archived: true },
    ]);
    const snapshots = [];
    for await (const page of pullOrders(reader, { from })) snapshots.push(...page.snapshots);
    expect(snapshots.map((it) => [it.ref.nativeId, it.deletedAt !== undefined])).toEqual([
      ["1", false],
      ["2", true],
    ]);
  });

  it("refuses a store that ignores what it is asked, and a cursor that is none", async () => {
    const rows = many(100, 100).reverse().map(bodyOf);
    const { api } = before(() => json(rows));
    const reader = { api, shop, now: () => new Date() };
    await expect(idsOf(reader, { from })).rejects.toThrow(/ignores sort=date_modified:asc/);
    await expect(idsOf(reader, { cursor: '{"walk":"hop"}' })).rejects.toThrow(/cursor/);
  });

  it("keeps an order that it cannot read, and reads the others", async () => {
    const { api } = before(({ url }) => {
      if (url.pathname.endsWith("/refunds")) return json({ data: [], meta: {} });
      if (url.searchParams.get("is_deleted")) return noContent();
      return json([
        bodyOf({ id: 1, changed: epoch }),
        { ...bodyOf({ id: 2, changed: epoch + 1 }), total_inc_tax: "much" },
        {
          ...bodyOf({ id: 3, changed: epoch + 2 }),
          store_default_currency_code: "EUR",
          store_default_to_transactional_exchange_rate: "0",
        },
      ]);
    });
    const reader = { api, shop, now: () => new Date() };
    for await (const page of pullOrders(reader, { from })) {
      expect(page.snapshots.map((it) => it.ref.nativeId)).toEqual(["1"]);
      expect(page.unreadable).toMatchObject([
        { ref: { nativeId: "2" }, reason: expect.stringContaining("total_inc_tax") },
        { ref: { nativeId: "3" }, reason: expect.stringContaining("no exchange rate") },
      ]);
      expect(JSON.stringify(page.unreadable.map((it) => it.reason))).not.toContain("much");
    }
  });
});
