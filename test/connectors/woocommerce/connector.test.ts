import { Agent, fetch as undiciFetch } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createHttp } from "../../../src/connectors/http.js";
import { createWoo, type Woo } from "../../../src/connectors/woocommerce/client.js";
import { woocommerce } from "../../../src/connectors/woocommerce/index.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../src/connectors/woocommerce/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { Command } from "../../../src/domain/command.js";
import { ChannelError, InvalidInput } from "../../../src/domain/errors.js";
import { present } from "../../../src/domain/part.js";
import {
  addFault,
  clearFaults,
  connect,
  idsOf,
  lineIdOf,
  openInbox,
  orderOf,
  perform,
  pulled,
  readOrder,
  run,
  shipCommand,
  tracked,
  webhookSecret,
} from "../bench.js";
import { checkSnapshot } from "../invariants.js";
import { loopbackTls } from "../simulator/tls.js";

let shop: SimulatedWooCommerce;
let channel: Channel;
/** The shop's REST API, for what people do there with other tools. */
let rest: Woo;
beforeAll(async () => {
  shop = await startWooCommerce({ orders: 250, relaxedDelivery: true, plan: "wide" });
  ({ channel } = await connect(woocommerce, shop.settings));
  rest = createWoo(shop.settings, createHttp({ name: "test", fetch }), () => new Date());
});
afterEach(() => clearFaults(shop));
afterAll(() => shop.stop());

const place = async (mugs = 3) => {
  const lines = [
    { sku: "MUG-01", quantity: mugs },
    { sku: "TEE-M", quantity: 1 },
  ];
  const { orderId } = await shop.acts.placeOrder({ lines });
  return { orderId, order: await readOrder(channel, orderId) };
};
const failure = (promise: Promise<unknown>): Promise<ChannelError> =>
  promise.then(
    () => expect.fail("it succeeded"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ChannelError);
      return error as ChannelError;
    },
  );

describe("a connection", () => {
  it("over http signs every request, and finds the shop", async () => {
    const { probe } = await connect(woocommerce, shop.settings);
    expect(probe).toMatchObject({
      shopName: "Harbor Goods",
      currency: "USD",
      timezone: "Etc/GMT+8",
      platformVersion: "10.5.0",
      findings: { coreFulfillments: true, hpos: true },
    });
    expect(JSON.stringify(probe)).not.toContain(shop.settings.consumerSecret);
  });

  it("over https sends the key as Basic", async () => {
    const secure = await startWooCommerce({ orders: 5, tls: loopbackTls });
    const agent = new Agent({ connect: { ca: loopbackTls.cert } });
    const seen: string[] = [];
    const trusting = ((url: string, init: RequestInit) => {
      seen.push(new Headers(init.headers).get("authorization")?.split(" ")[0] ?? "none");
      return undiciFetch(url, { ...init, dispatcher: agent } as never);
    }) as unknown as typeof fetch;
    try {
      const { channel: safe } = await connect(woocommerce, secure.settings, { fetch: trusting });
      expect(idsOf(await pulled(safe)).length).toBeGreaterThanOrEqual(5);
      expect(new Set(seen)).toEqual(new Set(["none", "Basic"]));
      const unknown = { ...secure.settings, consumerKey: "ck_0000" };
      const error = await failure(connect(woocommerce, unknown, { fetch: trusting }));
      // Under Basic an unknown key is answered like any missing right; a signed request tells more.
      expect(error.message).toMatch(/does not know this consumer key/);
      const untrusted = await failure(connect(woocommerce, secure.settings));
      expect(untrusted).toMatchObject({ mayHaveHappened: false, retryable: false });
    } finally {
      await agent.close();
      await secure.stop();
    }
  });

  it.each([
    [{ consumerSecret: "cs_wrong" }, /consumer secret does not belong to this key/],
    [{ consumerKey: "ck_unknown" }, /does not know this consumer key/],
  ])("with %j is refused with what to do", async (differences, remedy) => {
    const error = await failure(connect(woocommerce, { ...shop.settings, ...differences }));
    expect(error.code).toBe("SCOPE_NOT_GRANTED_BY_CHANNEL");
    expect(error.message).toMatch(remedy);
  });

  it("with a read-only key is refused before anything is written", async () => {
    const { consumerKey, consumerSecret } = shop.restricted.read;
    const settings = { url: shop.settings.url, consumerKey, consumerSecret };
    const before = shop.calls().length;
    const error = await failure(connect(woocommerce, settings));
    expect(error.message).toContain(
      "change the key's permission to Read/Write under WooCommerce > Settings > Advanced > REST API",
    );
    const written = shop.calls().slice(before);
    expect(written.filter(({ name, status }) => !name.startsWith("GET") && status < 400)).toEqual(
      [],
    );
  });

  it("to a site that is no shop is refused with what to check", async () => {
    const page = (body: string, status = 200) =>
      (() => Promise.resolve(new Response(body, { status }))) as unknown as typeof fetch;
    const settings = shop.settings;
    const plain = await failure(connect(woocommerce, settings, { fetch: page("<html>", 404) }));
    expect(plain.message).toMatch(/Settings > Permalinks/);
    const blog = JSON.stringify({ name: "Blog", namespaces: ["wp/v2"] });
    const wordpress = await failure(connect(woocommerce, settings, { fetch: page(blog) }));
    expect(wordpress.message).toMatch(/activate the plugin WooCommerce/);
  });

  it("names every setting that is wrong, and shows no secret", () => {
    const open = () =>
      woocommerce.open(
        { url: "ftp://x", consumerKey: "cs_swapped", consumerSecret: "ck_swapped" },
        { webhookSecret, probe: null, fetch },
      );
    expect(open).toThrow(InvalidInput);
    expect(open).toThrow(/url.*consumerKey.*consumerSecret/);
    expect(open).not.toThrow(/swapped/);
  });
});

describe("a pull", () => {
  it("of 250 orders with their refunds and shipments takes few seconds and few calls", async () => {
    const before = { calls: shop.calls().length, at: performance.now() };
    const pages = await pulled(channel);
    expect(performance.now() - before.at).toBeLessThan(5_000);
    expect(pages[0]?.estimatedTotal).toBeGreaterThanOrEqual(250);
    const names = shop
      .calls()
      .slice(before.calls)
      .map(({ name }) => name);
    expect(names.filter((name) => name.endsWith("/refunds")).length).toBeLessThan(15);
    for (const snapshot of pages.flatMap((page) => page.snapshots)) checkSnapshot(snapshot);
  });

  it("asks for changes in UTC without a Z, and overlaps what was seen", async () => {
    const queries: URLSearchParams[] = [];
    const spy = ((url: string, init: RequestInit) => {
      if (url.includes("/orders?")) queries.push(new URL(url).searchParams);
      return fetch(url, init);
    }) as typeof fetch;
    const { channel: spied } = await connect(woocommerce, shop.settings, { fetch: spy });
    queries.length = 0;
    await pulled(spied, { from: new Date("2026-11-01T10:00:30.500Z") });
    expect(Object.fromEntries(queries[0] ?? [])).toMatchObject({
      modified_after: "2026-11-01T10:00:00",
      dates_are_gmt: "true",
      orderby: "modified",
      order: "asc",
      status: "any",
      per_page: "100",
    });
  });

  it("brings an order that was put into the bin as deleted", async () => {
    const { orderId } = await place();
    await rest.call({ method: "DELETE", path: `/wc/v3/orders/${orderId}` });
    const from = new Date(Date.now() - 5_000);
    const snapshots = (await pulled(channel, { from })).flatMap((page) => page.snapshots);
    const gone = snapshots.find(({ ref }) => ref.nativeId === orderId);
    expect(gone?.deletedAt).toEqual(expect.any(String));
    expect((await channel.read({ nativeId: orderId }))?.deletedAt).toEqual(expect.any(String));
  });

  it("loses nobody when orders are deleted and placed between two pages", async () => {
    const busy = await startWooCommerce({ orders: 230 });
    try {
      const { channel: other } = await connect(woocommerce, busy.settings);
      const expected = new Set(idsOf(await pulled(other)));
      const found: string[] = [];
      for await (const page of other.pull({})) {
        const ids = idsOf([page]);
        found.push(...ids);
        // The next page begins so many rows further up than the walk knows.
        for (const id of ids.slice(0, 20)) {
          await busy.acts.deleteOrder(id);
          expected.delete(id);
        }
        await busy.acts.placeOrder();
      }
      expect([...expected].filter((id) => !found.includes(id))).toEqual([]);
      expect(new Set(found).size).toBe(found.length);
    } finally {
      await busy.stop();
    }
  });

  it("gets through more changes within one second than a page holds", async () => {
    const clock = new Date("2026-11-20T12:00:00Z");
    const still = await startWooCommerce({ orders: 0, now: () => clock });
    try {
      const now = () => clock;
      const context = { webhookSecret, probe: null, fetch, now };
      const probe = await woocommerce.open(still.settings, context).probe();
      const other = woocommerce.open(still.settings, { ...context, probe });
      const placed = new Set<string>();
      for (let count = 0; count < 230; count++)
        placed.add(
          (await still.acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 1 }] })).orderId,
        );
      const ids = idsOf(await pulled(other, { from: clock }));
      expect(new Set(ids)).toEqual(placed);
      expect(ids).toHaveLength(230);
    } finally {
      await still.stop();
    }
  });

  it("keeps what it cannot read, with the reason, and goes on", async () => {
    const { orderId } = await place();
    const spoil = (async (url: string, init: RequestInit) => {
      const answer = await fetch(url, init);
      if (!url.includes("/orders?")) return answer;
      const orders = (await answer.json()) as { id: number }[];
      const body = orders.map((it) => (String(it.id) === orderId ? { ...it, total: null } : it));
      return new Response(JSON.stringify(body), { headers: answer.headers });
    }) as typeof fetch;
    const probe = await woocommerce
      .open(shop.settings, { webhookSecret, probe: null, fetch })
      .probe();
    const spoiled = woocommerce.open(shop.settings, { webhookSecret, probe, fetch: spoil });
    const pages = await pulled(spoiled, { from: new Date(Date.now() - 5_000) });
    expect(pages.flatMap((page) => page.unreadable)).toMatchObject([
      { ref: { nativeId: orderId }, reason: expect.stringContaining("total") },
    ]);
  });

  it("refuses a cursor that it did not give", async () => {
    await expect(pulled(channel, { cursor: "page=2" })).rejects.toThrow(InvalidInput);
  });
});

describe("webhooks", () => {
  it("that the shop switched off are woken, with the secret sent again", async () => {
    const inbox = await openInbox();
    try {
      await channel.ensureWebhooks(inbox.url);
      const { body } = await rest.get("/wc/v3/webhooks");
      const [hook] = body as { id: number }[];
      const path = `/wc/v3/webhooks/${hook?.id}`;
      await rest.call({ method: "PUT", path, body: { status: "disabled" } });
      expect((await channel.webhooks(inbox.url)).some(({ active }) => !active)).toBe(true);
      const after = await channel.ensureWebhooks(inbox.url);
      expect(after.map(({ topic }) => topic).sort()).toEqual([
        "order.created",
        "order.deleted",
        "order.restored",
        "order.updated",
      ]);
      expect(after.every(({ active }) => active)).toBe(true);
    } finally {
      await channel.removeWebhooks(inbox.url);
      await inbox.stop();
    }
  });

  it("tell of a refund by its sum only, so the order is to be read", async () => {
    const inbox = await openInbox();
    try {
      await channel.ensureWebhooks(inbox.url);
      const { orderId } = await place();
      await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
      await shop.settled();
      const receipts = inbox.deliveries.map((delivery) => channel.receive(delivery));
      expect(receipts.filter(({ kind }) => kind === "ignored").length).toBeGreaterThanOrEqual(4);
      const last = receipts.filter((receipt) => receipt.kind === "snapshot").at(-1);
      expect(last).toMatchObject({ refresh: true, snapshot: { ref: { nativeId: orderId } } });
      expect(last?.snapshot.refunds).toBeUndefined();
    } finally {
      await channel.removeWebhooks(inbox.url);
      await inbox.stop();
    }
  });
});

describe("a shipment with core fulfillments", () => {
  it("bears its marker, its carrier by slug or by name, and its time in UTC", async () => {
    const { orderId, order } = await place();
    const parcel = {
      tracking: {
        number: "BIKE 1",
        carrier: "Bike Brothers",
        carrierCode: null,
        url: "https://b.example/1",
      },
      lines: [],
    };
    const [step] = channel.plan(shipCommand(order, null, [parcel]), order);
    if (!step) return expect.fail("no step");
    const before = Date.now();
    const outcome = await perform(channel, step, orderId, { marker: "MarkerMarkerMarker0001" });
    if (outcome.kind !== "done") return expect.fail(JSON.stringify(outcome));
    const [shipment] = outcome.snapshot?.fulfillments?.value ?? [];
    expect(shipment).toMatchObject({
      nativeId: outcome.nativeId,
      marker: "MarkerMarkerMarker0001",
      packages: [
        {
          nativeId: "BIKE1",
          tracking: { carrier: "Bike Brothers", carrierCode: null, url: "https://b.example/1" },
        },
      ],
    });
    expect(Math.abs(Date.parse(shipment?.shippedAt ?? "") - before)).toBeLessThan(5_000);
  });

  it("is found by its marker instead of being made again", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, { "MUG-01": 1 }), order);
    if (!step) return expect.fail("no step");
    const marker = "MarkerMarkerMarker0002";
    const first = await perform(channel, step, orderId, { marker });
    const second = await perform(channel, step, orderId, { marker });
    expect(second).toMatchObject({
      kind: "done",
      nativeId: first.kind === "done" && first.nativeId,
    });
    expect(shop.view(orderId)?.shipments).toHaveLength(1);
  });

  it("is refused for lines that were refunded or shipped meanwhile, which WooCommerce would take", async () => {
    const { orderId, order } = await place();
    await shop.acts.ship(orderId, { lines: [{ sku: "MUG-01", quantity: 1 }] });
    await shop.acts.refund(orderId, { lines: [{ sku: "MUG-01", quantity: 2 }] });
    const [step] = channel.plan(shipCommand(order, { "MUG-01": 2 }), order);
    const outcome = await perform(channel, step ?? expect.fail("no step"), orderId);
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { code: "QUANTITY_EXCEEDS_FULFILLABLE", retryable: false },
    });
    expect(shop.view(orderId)?.shipments).toHaveLength(1);
  });

  it("is refused for another order's line, and for a canceled or deleted order", async () => {
    const { orderId, order } = await place();
    const other = await place();
    const [step] = channel.plan(shipCommand(order, null), order);
    if (!step) return expect.fail("no step");
    expect(await perform(channel, step, other.orderId)).toMatchObject({
      kind: "refused",
      error: { code: "QUANTITY_EXCEEDS_FULFILLABLE" },
    });
    await shop.acts.cancel(orderId);
    expect(await perform(channel, step, orderId)).toMatchObject({ kind: "refused" });
    await shop.acts.deleteOrder(orderId);
    expect(await perform(channel, step, orderId)).toMatchObject({
      kind: "refused",
      error: { code: "NOT_FOUND", mayHaveHappened: false },
    });
  });

  it("needs the lines of each package but one, since there is room for one tracking number", async () => {
    const { order } = await place();
    const mug = { lineId: lineIdOf(order, "MUG-01"), quantity: 2 };
    const plan = (packages: Parameters<typeof shipCommand>[2]) =>
      channel.plan(shipCommand(order, null, packages), order);
    expect(() => plan([tracked("A"), tracked("B")])).toThrow(/name no lines/);
    expect(() => plan([tracked("A", [{ ...mug, quantity: 9 }])])).toThrow(/9 of 3/);
    expect(plan([tracked("A", [mug]), tracked("B")]).map(({ creates }) => creates?.lines)).toEqual([
      [mug],
      [
        { lineId: mug.lineId, quantity: 1 },
        { lineId: lineIdOf(order, "TEE-M"), quantity: 1 },
      ],
    ]);
    expect(plan([tracked("A", [mug])])).toHaveLength(2);
  });

  it("keeps what others wrote into it when its tracking changes", async () => {
    const { orderId, order } = await place();
    const first = await run(channel, shipCommand(order, null, [tracked("1ZA")]), order);
    const shipment = present(first.order.fulfillments)[0];
    const path = `/wc/v3/orders/${orderId}/fulfillments/${shipment?.nativeId}`;
    const { body } = await rest.get(path);
    const meta_data = [
      ...(body as { meta_data: object[] }).meta_data,
      { id: 0, key: "warehouse", value: "Pier 3" },
    ];
    await rest.call({
      method: "PUT",
      path,
      body: { status: "fulfilled", is_fulfilled: true, meta_data },
    });
    const update: Command = {
      type: "FULFILLMENT_TRACKING_UPDATE",
      orderId: order.id,
      notifyCustomer: null,
      fulfillmentId: shipment?.id ?? "",
      packages: [tracked("1ZB")],
      replace: true,
    };
    const { outcomes } = await run(channel, update, first.order);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done"]);
    const after = (await rest.get(path)).body as { meta_data: { key: string; value: unknown }[] };
    const meta = Object.fromEntries(after.meta_data.map(({ key, value }) => [key, value]));
    expect(meta).toMatchObject({
      warehouse: "Pier 3",
      _tracking_number: "1ZB",
      _shipment_provider: "ups",
      _tributary_marker: shipment?.marker,
    });
    expect(() => channel.plan({ ...update, replace: false }, first.order)).toThrow(/room for one/);
  });

  it("taken back twice is done both times, and an order that is gone is refused", async () => {
    const { orderId, order } = await place();
    const first = await run(channel, shipCommand(order, null), order);
    const [step] = channel.plan(
      {
        type: "FULFILLMENT_CANCEL",
        orderId: order.id,
        notifyCustomer: null,
        fulfillmentId: present(first.order.fulfillments)[0]?.id ?? "",
        reason: null,
      },
      first.order,
    );
    if (!step) return expect.fail("no step");
    expect((await perform(channel, step, orderId)).kind).toBe("done");
    expect((await perform(channel, step, orderId)).kind).toBe("done");
    await shop.acts.deleteOrder(orderId);
    expect((await perform(channel, step, orderId)).kind).toBe("refused");
  });

  it("stands although the order cannot be read back", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, null), order);
    let written = false;
    const breaking = ((url: string, init: RequestInit) => {
      if (written) return Promise.reject(new TypeError("fetch failed"));
      written = init.method === "POST";
      return fetch(url, init);
    }) as typeof fetch;
    const probe = await woocommerce
      .open(shop.settings, { webhookSecret, probe: null, fetch })
      .probe();
    const broken = woocommerce.open(shop.settings, { webhookSecret, probe, fetch: breaking });
    expect(await perform(broken, step ?? expect.fail("no step"), orderId)).toMatchObject({
      kind: "done",
      snapshot: null,
      nativeId: expect.stringMatching(/^\d+$/),
    });
  });

  it("is not sent when the look before it fails", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, null), order);
    await addFault(shop, { kind: "500" });
    expect(await perform(channel, step ?? expect.fail("no step"), orderId)).toMatchObject({
      kind: "refused",
      error: { retryable: true, mayHaveHappened: false },
    });
  });

  it("answered by a page instead of JSON is unknown, even under 200", async () => {
    const { orderId, order } = await place();
    const [step] = channel.plan(shipCommand(order, null), order);
    const maintenance = ((url: string, init: RequestInit) =>
      init.method === "POST"
        ? Promise.resolve(new Response("<html>Maintenance</html>"))
        : fetch(url, init)) as typeof fetch;
    const probe = await woocommerce
      .open(shop.settings, { webhookSecret, probe: null, fetch })
      .probe();
    const hidden = woocommerce.open(shop.settings, { webhookSecret, probe, fetch: maintenance });
    expect((await perform(hidden, step ?? expect.fail("no step"), orderId)).kind).toBe("unknown");
  });
});

describe("an order", () => {
  it("is canceled once; canceled by the shop before, it is refused as such", async () => {
    const { orderId, order } = await place();
    const command = {
      type: "ORDER_CANCEL",
      orderId: order.id,
      notifyCustomer: null,
      reason: "OUT_OF_STOCK",
      restock: false,
    } as const;
    const [step] = channel.plan(command, order);
    if (!step) return expect.fail("no step");
    expect(step.summary).toContain("although it was asked not to");
    const marker = "MarkerMarkerMarker0003";
    const outcome = await perform(channel, step, orderId, { marker });
    if (outcome.kind !== "done" || !outcome.snapshot) return expect.fail(JSON.stringify(outcome));
    expect(orderOf(outcome.snapshot).head.cancelReason).toBe("OUT_OF_STOCK");
    expect(shop.view(orderId)?.status).toBe("cancelled");
    expect((await perform(channel, step, orderId, { marker })).kind).toBe("done");
    expect(
      await perform(channel, step, orderId, { marker: "MarkerMarkerMarker0004" }),
    ).toMatchObject({
      kind: "refused",
      error: { code: "ALREADY_IN_STATE" },
    });
  });
});

describe("a shop without core fulfillments", () => {
  let old: SimulatedWooCommerce;
  let channelOfOld: Channel;
  beforeAll(async () => {
    old = await startWooCommerce({ orders: 20, fulfillments: false });
    ({ channel: channelOfOld } = await connect(woocommerce, old.settings));
  });
  afterAll(() => old.stop());

  it("says that shipments are emulated, and why", () => {
    const create = channelOfOld.capabilities.find((it) => it.operation === "FULFILLMENT_CREATE");
    expect(create).toMatchObject({
      support: "EMULATED",
      note: expect.stringContaining("gateway keeps"),
    });
  });

  it("gets a note for a part, and a note and the status for the rest; the gateway keeps the shipment", async () => {
    const { orderId } = await old.acts.placeOrder({
      lines: [
        { sku: "MUG-01", quantity: 2 },
        { sku: "TEE-M", quantity: 1 },
      ],
    });
    const order = await readOrder(channelOfOld, orderId);
    const part = channelOfOld.plan(shipCommand(order, { "MUG-01": 1 }), order);
    expect(part.map(({ kind }) => kind)).toEqual(["ORDER_NOTE", "GATEWAY_SHIPMENT"]);
    const steps = channelOfOld.plan(shipCommand(order, null, [tracked("1ZALL")]), order);
    expect(steps.map(({ kind, creates }) => [kind, creates !== null])).toEqual([
      ["ORDER_NOTE", false],
      ["ORDER_STATUS", false],
      ["GATEWAY_SHIPMENT", true],
    ]);
    expect(steps.every(({ support }) => support === "EMULATED")).toBe(true);
    const marker = "MarkerMarkerMarker0005";
    for (const step of [...steps, ...steps])
      expect((await perform(channelOfOld, step, orderId, { marker })).kind, step.kind).toBe("done");
    expect(old.view(orderId)?.status).toBe("completed");
    const notes = createWoo(old.settings, createHttp({ name: "test", fetch }), () => new Date());
    const { body } = await notes.get(`/wc/v3/orders/${orderId}/notes`);
    const ours = (body as { note: string }[]).filter(({ note }) => note.includes(marker));
    expect(ours.map(({ note }) => note)).toEqual([
      expect.stringContaining("2 × MUG-01, 1 × TEE-M. Tracking: UPS 1ZALL"),
    ]);
  });
});
