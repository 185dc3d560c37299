import { describe, expect, it } from "vitest";
import type { PulledPage } from "../../../src/domain/channel.js";
import { InvalidInput } from "../../../src/domain/errors.js";
import type { Snapshot } from "../../../src/domain/snapshot.js";
import { openShopify, pull } from "./open.js";

/** How many orders the shops here have, over three months. */
const MANY = 18;
/** How many they say they have, which is more than are read page by page. */
const SAID = 401;

/** A shop that takes itself for a big one. `way` is how it is reached. */
async function openBig(options: Parameters<typeof openShopify>[0] = {}, way: typeof fetch = fetch) {
  const exaggerating: typeof fetch = async (url, init) => {
    const answer = await way(url, init);
    const { operationName, variables } = init?.body ? JSON.parse(String(init.body)) : {};
    if (operationName !== "OrdersCount" || variables.query !== null) return answer;
    return new Response(
      JSON.stringify({ data: { ordersCount: { count: SAID, precision: "EXACT" } } }),
    );
  };
  return openShopify({ orders: MANY, ...options }, { fetch: exaggerating });
}

const idsOf = (pages: readonly PulledPage[]) =>
  pages.flatMap(({ snapshots }) => snapshots.map(({ ref }) => ref.nativeId));

/** What a snapshot says, whatever its age. */
function saying(snapshot: Snapshot): unknown {
  return JSON.parse(
    JSON.stringify(snapshot, (key, value: unknown) => (key === "asOf" ? undefined : value)),
  );
}

describe("a backfill of a big shop", () => {
  it("passes over no window that the shop does not count", async () => {
    const { channel } = await openBig({}, async (url, init) => {
      const { operationName, variables } = init?.body ? JSON.parse(String(init.body)) : {};
      return operationName === "OrdersCount" && variables.query !== null
        ? new Response(JSON.stringify({ data: { ordersCount: null } }))
        : fetch(url, init);
    });
    expect(new Set(idsOf((await pull(channel)).pages)).size).toBe(MANY);
  });

  it("brings by exports what reads bring, each order once, newest window first, in few calls", async () => {
    const files: Headers[] = [];
    // One of these has 300 lines.
    const orders = 40;
    const { channel, shop, read } = await openBig({ orders }, (url, init) => {
      if (String(url).includes("/bulk-operation-outputs/")) files.push(new Headers(init?.headers));
      return fetch(url, init);
    });
    const { pages, snapshots } = await pull(channel);
    expect(pages.flatMap(({ unreadable }) => unreadable)).toEqual([]);
    expect(snapshots).toHaveLength(orders);
    expect(new Set(idsOf(pages)).size).toBe(orders);
    expect(new Set(pages.map(({ estimatedTotal }) => estimatedTotal))).toEqual(new Set([SAID]));

    expect(files.length).toBeGreaterThan(1);
    for (const headers of files) expect([...headers.keys()]).toEqual([]);
    expect(shop.calls().some(({ name }) => name === "query WholeOrder")).toBe(false);
    const asked = shop.calls().filter(({ name }) => name === "query OrderRest");
    expect(asked.length).toBeLessThan(orders);

    const placed = (snapshot: Snapshot) => snapshot.head?.value.placedAt ?? "";
    const months = snapshots.map((snapshot) => placed(snapshot).slice(0, 10));
    expect(months[0]?.localeCompare(months.at(-1) ?? "")).toBe(1);
    for (const snapshot of snapshots)
      expect(saying(snapshot)).toEqual(saying(await read(snapshot.ref.nativeId)));
  });

  it("goes on after any page whose cursor was kept, in the same export and without repeating", async () => {
    const { channel, shop } = await openBig();
    const { pages } = await pull(channel);
    const exports = () => shop.bulk.all.length;
    const whole = exports();
    const last = pages.findIndex(({ snapshots }) => snapshots.length > 0);
    const { cursor = "" } = pages[last] ?? {};
    const rest = await pull(channel, { cursor });
    expect(idsOf(rest.pages)).toEqual(idsOf(pages.slice(last + 1)));
    expect(JSON.parse(rest.pages[0]?.cursor ?? "").operation).toBe(JSON.parse(cursor).operation);
    expect(exports() - whole).toBe(whole - 1);
  });

  it("takes up an export whose starting was never noted", async () => {
    const { channel, shop } = await openBig();
    const broken = channel.pull({})[Symbol.asyncIterator]();
    await broken.next();
    await broken.return?.();
    const { snapshots } = await pull(channel);
    expect(snapshots).toHaveLength(MANY);
    const queries = shop.bulk.all.map(({ query }) => query);
    expect(new Set(queries).size).toBe(queries.length);
  });

  it("reads orders that changed since the export as they are now, and none that are gone", async () => {
    const { channel, acts } = await openBig();
    const pages: PulledPage[] = [];
    let changed = "";
    let gone = "";
    for await (const page of channel.pull({})) {
      pages.push(page);
      if (changed !== "" || page.snapshots.length === 0) continue;
      const [window] = pages.filter(({ snapshots }) => snapshots.length > 0);
      const shipped = window?.snapshots ?? [];
      changed = shipped[0]?.ref.nativeId ?? "";
      gone = shipped[1]?.ref.nativeId ?? "";
      await acts.edit(changed);
      await acts.deleteOrder(gone);
    }
    const ids = idsOf(pages);
    expect(ids).toHaveLength(MANY);
    expect(new Set(ids).size).toBe(MANY);
  });

  it.each([
    ["fails", { status: "FAILED", errorCode: "INTERNAL_SERVER_ERROR" }],
    ["runs out of time", { status: "FAILED", errorCode: "TIMEOUT", afterRoots: 4 }],
    ["is canceled by somebody", { status: "CANCELED", afterRoots: 2 }],
    ["has expired", { status: "EXPIRED" }],
  ] as const)(
    "loses nothing when an export %s: the rest comes page by page",
    async (_name, end) => {
      const { channel, shop } = await openBig();
      shop.bulk.mishap(end);
      const { pages } = await pull(channel);
      expect(new Set(idsOf(pages)).size).toBe(MANY);
      expect(idsOf(pages)).toHaveLength(MANY);
      expect(shop.calls().some(({ name }) => name === "query OrdersMade")).toBe(true);
    },
  );

  it("reads page by page what a shop lets no export see", async () => {
    const { channel } = await openBig({
      scopes: ["read_orders", "read_all_orders", "read_merchant_managed_fulfillment_orders"],
    });
    const { snapshots, pages } = await pull(channel);
    expect(snapshots).toHaveLength(MANY);
    expect(pages.flatMap(({ unreadable }) => unreadable)).toEqual([]);
  });

  it("waits for nobody where this app's other exports take every place", async () => {
    const { channel, shop } = await openBig();
    shop.bulk.occupy(5);
    expect((await pull(channel)).snapshots).toHaveLength(MANY);
    expect(shop.bulk.all).toHaveLength(5);
  });

  it("reads page by page what is left of a file whose address has ended", async () => {
    const { channel, shop } = await openBig();
    const { pages } = await pull(channel);
    shop.bulk.expireFiles();
    const at = pages.findIndex(({ snapshots }) => snapshots.length > 0);
    const place = JSON.parse(pages[at]?.cursor ?? "");
    const forgotten = { ...place, operation: "gid://shopify/BulkOperation/1" };
    const rest = await pull(channel, { cursor: JSON.stringify(forgotten) });
    const all = new Set([...idsOf(pages.slice(0, at + 1)), ...idsOf(rest.pages)]);
    expect(all.size).toBe(MANY);
  });

  it("does not trust a file that ends in the middle of a line", async () => {
    let cutOff = 0;
    const cutting: typeof fetch = async (url, init) => {
      const answer = await fetch(url, init);
      if (!String(url).includes("/bulk-operation-outputs/") || cutOff++ > 0) return answer;
      return new Response((await answer.text()).slice(0, -40));
    };
    const { channel } = await openBig({}, cutting);
    const { pages } = await pull(channel);
    expect(idsOf(pages)).toHaveLength(MANY);
    expect(new Set(idsOf(pages)).size).toBe(MANY);
  });

  it("does not trust a search that was ignored: each order comes with its own window", async () => {
    const ignoring: typeof fetch = (url, init) =>
      fetch(url, {
        ...init,
        ...(init?.body && { body: String(init.body).replaceAll("created_at:", "creatd_at:") }),
      });
    const { channel } = await openBig({}, ignoring);
    const { pages } = await pull(channel);
    expect(idsOf(pages)).toHaveLength(MANY);
    expect(new Set(idsOf(pages)).size).toBe(MANY);
  });

  it("refuses a cursor that no pull gave", async () => {
    const { channel } = await openShopify();
    await expect(pull(channel, { cursor: '{"from":1}' })).rejects.toThrow(InvalidInput);
  });
});

describe("a backfill of a shop with few orders", () => {
  it("goes page by page and starts no export, also of none", async () => {
    const { channel, asked } = await openShopify({ orders: 3 });
    expect((await pull(channel)).snapshots).toHaveLength(3);
    const none = await openShopify();
    expect((await pull(none.channel)).snapshots).toEqual([]);
    expect(asked("BulkRun")).toBe(0);
  });
});
