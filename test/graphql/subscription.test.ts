import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { NewEvent } from "../../src/domain/event.js";
import { mintId } from "../../src/domain/id.js";
import { commands } from "../../src/store/tables.js";
import { openTestApi, type Stream, TENANT, type TestApi } from "../support/api.js";
import {
  FollowEventsDocument,
  FollowWriteDocument,
  ReadEventsDocument,
  WatchOrderDocument,
  WatchParcelsDocument,
  WatchShopsDocument,
} from "../support/operations.js";
import { at, head, shipment, snapshot } from "../support/snapshots.js";

let api: TestApi;
const open: Stream<unknown>[] = [];
beforeAll(async () => {
  api = await openTestApi();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((stream) => stream.close()));
});
afterAll(() => api?.drop());

/** Subscribes, and closes when the test is over. */
const stream: TestApi["stream"] = async (...args) => {
  const started = await api.stream(...args);
  open.push(started);
  return started as never;
};
const position = () => api.log.position(TENANT);

let count = 0;
/** An order as a shop first reports it; answers its id and how to report it again. */
async function newOrder(channelId = api.woo, changes: Parameters<typeof head>[0] = {}) {
  const nativeId = `n${++count}`;
  let minute = 0;
  const report = async (more: Parameters<typeof snapshot>[2] = {}, changed = changes) => {
    minute += 1;
    const asOf = at(minute);
    const [result] = await api.record(
      channelId,
      snapshot(nativeId, minute, {
        head: { asOf, complete: true, value: head({ number: nativeId, ...changed }) },
        ...more,
      }),
    );
    return result?.orderId as string;
  };
  return { id: await report(), nativeId, report };
}
function shipped(
  minute: number,
  number: string,
  deliveryStatus: "UNKNOWN" | "DELIVERED" = "UNKNOWN",
) {
  return {
    fulfillments: {
      asOf: at(minute),
      complete: true,
      value: [shipment("f1", { 1: 1 }, { number, deliveryStatus })],
    },
  };
}
function scan(minute: number, number: string, status: "IN_TRANSIT" | "DELIVERED") {
  return {
    scans: {
      asOf: at(minute),
      complete: false,
      value: [
        {
          nativeId: `scan${minute}`,
          fulfillmentNativeId: "f1",
          packageNativeId: number,
          status,
          rawStatus: null,
          message: null,
          city: "Berlin",
          region: null,
          country: "DE",
          occurredAt: at(minute),
          source: "UPS",
        },
      ],
    },
  };
}

describe("events", () => {
  it("sends what happens from now on, with the order as it is", async () => {
    const events = await stream(FollowEventsDocument, {});
    let shown = false;
    const first = events.next().finally(() => {
      shown = true;
    });
    // "Now" is when the stream has begun, which nobody outside sees: the first order after it is shown.
    const placed = [await newOrder()];
    while (!shown) {
      placed.push(await newOrder());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const item = await first;
    const order = placed.find(({ id }) => JSON.stringify(item).includes(id));
    if (!order) throw new Error(`not one of the orders: ${JSON.stringify(item)}`);
    expect(item).toMatchObject({
      events: {
        __typename: "EventMessage",
        event: {
          type: "ORDER_CREATED",
          orderVersion: 1,
          source: "WEBHOOK",
          channel: { id: api.woo },
          subject: { __typename: "Order", id: order.id },
          order: { id: order.id, number: order.nativeId },
        },
      },
    });
  });

  it("goes on after a cursor, and misses and repeats nothing, in the same order as the query", async () => {
    const after = await position();
    for (let i = 0; i < 5; i++) await newOrder();
    const page = await api.read(ReadEventsDocument, { after, first: 100 });
    const wanted = page.events.nodes.map(({ id }) => id);
    expect(wanted).toHaveLength(5);
    const seen: string[] = [];
    let cursor = after;
    while (seen.length < wanted.length) {
      const events = await api.stream(FollowEventsDocument, { resume: { after: cursor } });
      for (let i = 0; i < 2 && seen.length < wanted.length; i++) {
        const { events: item } = await events.next();
        if (item.__typename !== "EventMessage") throw new Error(item.__typename);
        seen.push(item.event.id);
        cursor = item.cursor;
      }
      await events.close();
    }
    expect(seen).toEqual(wanted);
  });

  it("leaves imports out unless they are asked for", async () => {
    const after = await position();
    await api.recordFrom("BACKFILL", api.woo, snapshot(`import${++count}`));
    const order = await newOrder();
    const types = async (sources?: ["BACKFILL", "WEBHOOK"]) => {
      const { events } = await api.read(ReadEventsDocument, { after, filter: { sources } });
      return events.nodes.map(({ type }) => type);
    };
    expect(await types()).toEqual(["ORDER_CREATED"]);
    expect(await types(["BACKFILL", "WEBHOOK"])).toEqual(["ORDER_IMPORTED", "ORDER_CREATED"]);
    const events = await stream(FollowEventsDocument, { resume: { after } });
    expect(await events.next()).toMatchObject({ events: { event: { order: { id: order.id } } } });
  });

  it.each([
    ["its type", { types: ["ORDER_HELD", "ORDER_CREATED"] }, 2],
    ["its shop", () => ({ channelIds: [api.shopify] }), 1],
    ["its platform", { platforms: ["SHOPIFY"] }, 1],
    ["its order", () => ({ orderIds: [wanted.id] }), 1],
    ["its order's number", () => ({ orderNumbers: [wanted.nativeId, "nope"] }), 1],
    ["its order's tags", { tags: ["blue"] }, 1],
    ["its source", { sources: ["POLL"] }, 0],
    ["two things at once", { tags: ["blue"], platforms: ["WOOCOMMERCE"] }, 0],
  ])("filters by %s, in query and stream alike", async (_, given, expected) => {
    const after = await position();
    await newOrder();
    wanted = await newOrder(api.shopify, { tags: ["blue"] });
    const filter = (typeof given === "function" ? given() : given) as never;
    const { events } = await api.read(ReadEventsDocument, { after, filter });
    expect(events.nodes).toHaveLength(expected);
    if (expected === 0) return;
    const live = await stream(FollowEventsDocument, { resume: { after }, filter });
    for (const event of events.nodes)
      expect(await live.next()).toMatchObject({ events: { event: { id: event.id } } });
  });
  let wanted: Awaited<ReturnType<typeof newOrder>>;

  it("sends nothing of a shop that the key does not reach", async () => {
    const viewer = await api.viewerWith({ channelIds: [api.shopify] });
    const after = await position();
    await newOrder(api.woo);
    const mine = await newOrder(api.shopify);
    const events = await stream(FollowEventsDocument, { resume: { after } }, viewer);
    expect(await events.next()).toMatchObject({ events: { event: { order: { id: mine.id } } } });
  });

  it("needs EVENTS_READ", async () => {
    const viewer = await api.viewerWith({ scopes: ["ORDERS_READ"] });
    await expect(api.stream(FollowEventsDocument, {}, viewer)).rejects.toThrow("FORBIDDEN");
    const { errors } = await api.run(ReadEventsDocument, {}, viewer);
    expect(errors[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it.each([
    ["two places at once", { after: "x", since: at(0) }],
    ["no place", {}],
    ["a cursor that is none", { after: "nonsense" }],
  ])("refuses to resume from %s", async (_, resume) => {
    const refused = async () => {
      const events = await api.stream(FollowEventsDocument, { resume });
      return (await events.ended()).join();
    };
    expect(await refused().catch((error: Error) => error.message)).toContain("INVALID_INPUT");
  });

  it("ends when the key is revoked, though nothing happens", async () => {
    const viewer = await api.viewerWith({});
    const events = await stream(FollowEventsDocument, {}, viewer);
    const ended = events.ended();
    await api.keys.revoke(TENANT, viewer.keyId);
    expect(await ended).toEqual(["UNAUTHENTICATED"]);
  });

  it("ends when the key expires, though nothing happens", async () => {
    const viewer = await api.viewerWith({ expiresAt: new Date(Date.now() + 2_000) });
    const events = await stream(FollowEventsDocument, {}, viewer);
    expect(await events.ended()).toEqual(["UNAUTHENTICATED"]);
  });
});

describe("orderUpdated", () => {
  it("shows the present first, then each later state, and no state twice", async () => {
    const order = await newOrder();
    const states = await stream(WatchOrderDocument, { id: order.id });
    expect(await states.next()).toMatchObject({ orderUpdated: { version: 1, fulfillments: [] } });
    const next = states.next();
    await order.report(shipped(9, "1Z1"));
    expect(await next).toMatchObject({
      orderUpdated: { version: 2, fulfillments: [{ status: "SUCCESS" }] },
    });
    const third = states.next();
    await order.report({}, { tags: ["later"] });
    expect(await third).toMatchObject({ orderUpdated: { version: 3 } });
  });

  it("refuses an order that the key does not reach", async () => {
    const order = await newOrder();
    const viewer = await api.viewerWith({ channelIds: [api.shopify] });
    const states = await stream(WatchOrderDocument, { id: order.id }, viewer);
    expect(await states.ended()).toEqual(["NOT_FOUND"]);
  });

  it("ends when the key is revoked", async () => {
    const order = await newOrder();
    const viewer = await api.viewerWith({});
    const states = await stream(WatchOrderDocument, { id: order.id }, viewer);
    await states.next();
    const ended = states.ended();
    await api.keys.revoke(TENANT, viewer.keyId);
    expect(await ended).toEqual(["UNAUTHENTICATED"]);
  });
});

describe("trackingUpdates", () => {
  it("tells a parcel's way: its number, then its scans", async () => {
    const after = await position();
    const order = await newOrder();
    await order.report(shipped(2, "1Z 7"));
    await order.report({ ...shipped(3, "1Z 7"), ...scan(3, "1Z 7", "IN_TRANSIT") });
    await order.report({ ...shipped(4, "1Z 7"), ...scan(4, "1Z 7", "DELIVERED") });
    const parcels = await stream(WatchParcelsDocument, {
      resume: { after },
      filter: { trackingNumbers: ["1z7"], carrierCodes: ["ups"] },
    });
    expect(await parcels.next()).toMatchObject({
      trackingUpdates: {
        order: { id: order.id },
        event: null,
        package: { tracking: { number: "1Z 7" } },
      },
    });
    expect(await parcels.next()).toMatchObject({
      trackingUpdates: { event: { status: "IN_TRANSIT", city: "Berlin" } },
    });
    expect(await parcels.next()).toMatchObject({
      trackingUpdates: { previousStatus: "IN_TRANSIT", event: { status: "DELIVERED" } },
    });
  });

  it("leaves out scans that change nothing, unless they are asked for", async () => {
    const after = await position();
    const order = await newOrder();
    await order.report({ ...shipped(2, "1Z8"), ...scan(2, "1Z8", "IN_TRANSIT") });
    await order.report({ ...shipped(3, "1Z8"), ...scan(3, "1Z8", "IN_TRANSIT") });
    await order.report({ ...shipped(4, "1Z8"), ...scan(4, "1Z8", "DELIVERED") });
    const statuses = async (onlyChanges: boolean, wanted: number) => {
      const parcels = await stream(WatchParcelsDocument, {
        resume: { after },
        filter: { orderIds: [order.id], onlyChanges },
      });
      const seen: (string | undefined)[] = [];
      while (seen.length < wanted) {
        const { trackingUpdates } = await parcels.next();
        if (trackingUpdates.__typename === "TrackingUpdate") seen.push(trackingUpdates.event?.id);
      }
      return new Set(seen.filter(Boolean)).size;
    };
    expect(await statuses(false, 4)).toBe(3);
    expect(await statuses(true, 3)).toBe(2);
  });
});

describe("commandUpdated", () => {
  it("follows a write to its end, then completes", async () => {
    const order = await newOrder();
    const id = mintId("Command");
    await api.database.forTenant(TENANT, (tx) =>
      tx.insert(commands).values({
        tenantId: TENANT,
        id,
        channelId: api.woo,
        orderId: order.id,
        type: "ORDER_REFRESH",
        status: "QUEUED",
        command: { type: "ORDER_REFRESH", orderId: order.id, notifyCustomer: null },
        client: "till",
        actor: { kind: "API_CLIENT", id: "till", name: "Till" },
        inputHash: "",
        targetId: order.id,
      }),
    );
    const advance = (status: string) =>
      api.recorder.transact(TENANT, async (scope) => {
        await scope.tx.update(commands).set({ status }).where(eq(commands.id, id));
        await scope.append([news("COMMAND_UPDATED", { orderId: order.id, subjectId: id })]);
      });
    const states = await stream(FollowWriteDocument, { id });
    expect(await states.next()).toMatchObject({
      commandUpdated: { status: "QUEUED", cancelable: true },
    });
    const next = states.next();
    await advance("IN_FLIGHT");
    expect(await next).toMatchObject({
      commandUpdated: { status: "IN_FLIGHT", cancelable: false },
    });
    await advance("SUCCEEDED");
    expect(await states.next()).toMatchObject({ commandUpdated: { status: "SUCCEEDED" } });
    expect(await states.ended()).toEqual([]);
  });

  it("leaves out of a stream what an integration caused itself, if it asks so", async () => {
    const order = await newOrder();
    const [mine] = (
      await api.database.forTenant(TENANT, (tx) => tx.select({ id: commands.id }).from(commands))
    ).map(({ id }) => id);
    const after = await position();
    await api.recorder.transact(TENANT, (scope) =>
      scope.append([
        news("ORDER_UPDATED", { orderId: order.id, causedBy: mine ?? null }),
        news("ORDER_HELD", { orderId: order.id }),
      ]),
    );
    const types = async (client: string) => {
      const viewer = await api.viewerWith({ client });
      const { events } = await api.read(
        ReadEventsDocument,
        { after, filter: { notCausedByMe: true } },
        viewer,
      );
      return events.nodes.map(({ type }) => type);
    };
    expect(await types("till")).toEqual(["ORDER_HELD"]);
    expect(await types("someone else")).toEqual(["ORDER_UPDATED", "ORDER_HELD"]);
  });
});

describe("channelHealth", () => {
  it("shows each shop as it is, then the one that changed", async () => {
    const shops = await stream(WatchShopsDocument, {});
    const first = [(await shops.next()).channelHealth.id, (await shops.next()).channelHealth.id];
    expect(first.sort()).toEqual([api.woo, api.shopify].sort());
    const next = shops.next();
    await api.recorder.transact(TENANT, (scope) =>
      scope.append([
        news("CHANNEL_HEALTH_CHANGED", { subjectId: api.shopify, channelId: api.shopify }),
      ]),
    );
    expect(await next).toMatchObject({
      channelHealth: {
        id: api.shopify,
        sync: { health: "HEALTHY", webhookUrl: expect.any(String) },
      },
    });
  });
});

function news(type: NewEvent["type"], about: Partial<NewEvent>): NewEvent {
  return {
    id: mintId("Event"),
    type,
    occurredAt: new Date().toISOString(),
    channelId: api.woo,
    orderId: null,
    subjectId: null,
    orderVersion: null,
    source: "COMMAND",
    actor: { kind: "SYSTEM", id: null, name: null },
    causedBy: null,
    deliveryId: null,
    changes: [],
    tracking: null,
    ...about,
  };
}
