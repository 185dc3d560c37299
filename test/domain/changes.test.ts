import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyLocal } from "../../src/domain/apply-local.js";
import { newsBetween } from "../../src/domain/changes.js";
import { diff } from "../../src/domain/diff.js";
import type { OrderDocument } from "../../src/domain/document.js";
import { type EventType, TRACKING_EVENT_TYPES } from "../../src/domain/event.js";
import { merge } from "../../src/domain/merge.js";
import { sameMoney } from "../../src/domain/money.js";
import type { OrderNews } from "../../src/domain/news.js";
import type { Order } from "../../src/domain/order.js";
import { shapeOrder } from "../../src/domain/shape.js";
import type { NativeScan, Snapshot } from "../../src/domain/snapshot.js";
import { at, head, line, shipment, snapshot } from "../support/snapshots.js";
import {
  anySnapshots,
  counting,
  minutes,
  orderOf,
  orders,
  orderWith,
  refund,
  refundPlanned,
  returned,
  returnLine,
  returnPlanned,
  scan,
  work,
} from "./arbitraries.js";

/** As it is stored: what JSON can tell apart. */
const shaped = (order: Order): OrderDocument => JSON.parse(JSON.stringify(shapeOrder(order)));
const context = { ...counting(), mint: (type: string) => `${type}_${++minted}` };
let minted = 0;
const then = (order: Order, word: Snapshot) => merge(order, word, context).order;
const typesOf = (news: OrderNews[]) => news.map((item) => item.type);
const pathsOf = (news: OrderNews[]) => news.flatMap((item) => item.changes.map((c) => c.path));
const newsOf = (before: Order, after: Order) => newsBetween(shaped(before), shaped(after), false);
const isTracking = (type: EventType) => TRACKING_EVENT_TYPES.some((known) => known === type);

const wishes = fc.shuffledSubarray(["shipment", "return", "refund"]);

/** An order before and after some word of its channel and perhaps plans of ours. */
const edits = fc
  .tuple(orders, minutes.chain(anySnapshots), wishes, wishes)
  .map(([order, word, first, second]): [Order, Order] => {
    const before = planned(order, first);
    return [before, planned(then(before, word), second)];
  });

/** Asks for what is wished of the order's first line. */
function planned(order: Order, wished: string[]): Order {
  const lineId = order.lines[0]?.id;
  return wished.reduce((now, wish) => {
    if (wish === "shipment") return planning(now);
    if (!lineId) return now;
    const fact =
      wish === "return"
        ? returnPlanned(lineId, { returnId: `ret_${++minted}` })
        : refundPlanned(lineId, { refundId: `ref_${++minted}` });
    return applyLocal(now, fact, context);
  }, order);
}

function planning(order: Order, fulfillmentId = `ful_planned_${++minted}`): Order {
  return applyLocal(
    order,
    {
      kind: "shipment-planned",
      fulfillmentId,
      commandId: "cmd_1",
      stepIndex: 0,
      marker: "m".repeat(22),
      lines: order.lines.slice(0, 1).map((row) => ({ lineId: row.id, quantity: 1 })),
      packages: [
        { tracking: { number: "9Z", carrier: null, carrierCode: null, url: null }, lines: [] },
      ],
      locationId: null,
      plannedAt: at(2),
    },
    context,
  );
}

/** As if nothing had been asked for. */
const withoutPlans = (order: Order): Order => ({
  ...order,
  fulfillments: order.fulfillments.filter((row) => row.status !== "PENDING" || row.nativeId),
  returns: order.returns.filter((row) => row.made),
  refunds: order.refunds.filter((row) => row.nativeId !== null),
});

describe("news between two shapes of any order", () => {
  it("are none where nothing changed", () => {
    fc.assert(
      fc.property(orders, (order) => {
        expect(newsOf(order, structuredClone(order))).toEqual([]);
      }),
    );
  });

  it("tell every visible change, but for what is only planned", () => {
    fc.assert(
      fc.property(edits, ([before, after]) => {
        const [was, is] = [shaped(withoutPlans(before)), shaped(withoutPlans(after))];
        const changed = !isDeepStrictEqual(was, is);
        expect(newsOf(before, after).length > 0).toBe(changed);
        expect(diff(was, is).length > 0).toBe(changed);
      }),
      { numRuns: 300 },
    );
  });

  it("hold no personal value, wherever it stands and however it changes", () => {
    const secret = (side: string) => (field: string) => `canary-${side}-${field}`;
    const personal = fc.tuple(edits, fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(personal, ([[before, after], first, second]) => {
        const was = first ? plant(shaped(before), secret("was")) : shaped(before);
        const is = second ? plant(shaped(after), secret("is")) : shaped(after);
        expect(JSON.stringify(newsBetween(was, is, false))).not.toContain("canary");
        expect(JSON.stringify(diff(was, is))).not.toContain("canary");
        expect(JSON.stringify(newsBetween(null, is, true))).not.toContain("canary");
      }),
      { numRuns: 300 },
    );
  });

  it("lead from where each parcel was to where it is, step by step, with the scan that moved it", () => {
    fc.assert(
      fc.property(edits, ([before, after]) => {
        const [was, is] = [shaped(before), shaped(after)];
        const news = newsBetween(was, is, false);
        const scans = new Set(
          is.fulfillments.flatMap((row) =>
            row.packages.flatMap((parcel) => parcel.tracking?.events.map((e) => e.id) ?? []),
          ),
        );
        const ways = new Map<string, OrderNews[]>();
        for (const item of news) {
          expect(item.tracking !== null, item.type).toBe(isTracking(item.type));
          if (!item.tracking) continue;
          if (item.tracking.scanId) expect(scans).toContain(item.tracking.scanId);
          const { packageId } = item.tracking;
          ways.set(packageId, [...(ways.get(packageId) ?? []), item]);
        }
        for (const [packageId, steps] of ways) {
          const statuses = steps.flatMap((step) => step.tracking ?? []);
          expect(statuses[0]?.previousStatus).toBe(statusOf(was, packageId) ?? "NOT_SHIPPED");
          expect(statuses.at(-1)?.status).toBe(statusOf(is, packageId));
          for (const [index, step] of statuses.entries())
            if (index > 0) expect(step.previousStatus).toBe(statuses[index - 1]?.status);
          const arrivals = steps.filter((step) => step.type === "DELIVERED");
          for (const { tracking } of arrivals) {
            expect(tracking?.status).toBe("DELIVERED");
            expect(tracking?.previousStatus).not.toBe("DELIVERED");
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

function statusOf(document: OrderDocument, packageId: string): string | undefined {
  return document.fulfillments
    .filter((row) => row.status !== "PENDING" || row.nativeId !== null)
    .flatMap((row) => row.packages)
    .find((parcel) => parcel.id === packageId)?.tracking?.status;
}

/** Writes something to be found into every place that holds personal data. */
function plant(document: OrderDocument, secret: (field: string) => string): OrderDocument {
  const address = {
    name: secret("name"),
    company: secret("company"),
    line1: secret("line1"),
    line2: secret("line2"),
    city: secret("city"),
    region: secret("region"),
    regionCode: secret("regionCode"),
    postalCode: secret("postalCode"),
    country: secret("country"),
    phone: secret("phone"),
  };
  const held = <H extends { note: string | null; by: string | null }>(hold: H) => ({
    ...hold,
    note: secret("hold-note"),
    by: secret("hold-by"),
  });
  return {
    ...document,
    customer: {
      nativeId: secret("customer"),
      displayName: secret("customer-name"),
      email: secret("customer-email"),
      phone: secret("customer-phone"),
    },
    email: secret("email"),
    phone: secret("phone"),
    shippingAddress: address,
    billingAddress: address,
    notes: [
      ...document.notes,
      { text: secret("note"), author: secret("author"), at: at(9), customerVisible: true },
    ],
    attributes: [{ key: secret("key"), value: secret("value") }],
    holds: document.holds.map(held),
    lines: document.lines.map((row) => ({
      ...row,
      properties: [{ key: secret("key"), value: secret("value") }],
    })),
    refunds: document.refunds.map((row) => ({ ...row, reason: secret("reason") })),
    returns: document.returns.map((row) => ({
      ...row,
      note: secret("return-note"),
      lines: row.lines.map((each) => ({
        ...each,
        rawReason: secret("raw-reason"),
        note: secret("line-note"),
      })),
    })),
    fulfillmentOrders: document.fulfillmentOrders.map((row) => ({
      ...row,
      destination: address,
      holds: row.holds.map(held),
    })),
    fulfillments: document.fulfillments.map((row) => ({
      ...row,
      packages: row.packages.map((parcel) => ({
        ...parcel,
        tracking: parcel.tracking && {
          ...parcel.tracking,
          events: parcel.tracking.events.map((e) => ({ ...e, message: secret("message") })),
        },
      })),
    })),
  };
}

describe("news of an order", () => {
  const three = [line("1", 3)];

  it("begin with its creation, or with its import where it was only found", () => {
    const document = shaped(orderWith({}));
    const created = newsBetween(null, document, false);
    expect(created).toMatchObject([
      { type: "ORDER_CREATED", subjectId: document.id, occurredAt: document.placedAt, changes: [] },
    ]);
    expect(typesOf(newsBetween(null, document, true))).toEqual(["ORDER_IMPORTED"]);
  });

  it("have a word of their own for what happened, and ORDER_UPDATED for the rest", () => {
    const before = orderOf(snapshot("o"));
    const told = (changes: Parameters<typeof head>[0]) =>
      newsOf(
        before,
        then(before, {
          ref: { nativeId: "o" },
          head: { asOf: at(1), complete: true, value: head(changes) },
        }),
      );
    const refunded = { ...head().totals, refunded: sameMoney("5.00", "EUR") };
    const note = { text: "ring twice", author: null, at: at(1), customerVisible: false };
    expect(typesOf(told({ tags: ["vip"] }))).toEqual(["ORDER_UPDATED"]);
    expect(typesOf(told({ email: "new@example.com" }))).toEqual(["ORDER_UPDATED"]);
    expect(typesOf(told({ archivedAt: at(1) }))).toEqual(["ORDER_ARCHIVED"]);
    expect(typesOf(told({ notes: [note] }))).toEqual(["ORDER_NOTE_ADDED"]);
    expect(typesOf(told({ totals: refunded }))).toEqual(["PAYMENT_CHANGED"]);
    expect(typesOf(told({ canceledAt: at(1) }))).toContain("ORDER_CANCELED");
    expect(typesOf(told({ completedAt: at(1) }))).toContain("ORDER_COMPLETED");
    const gone = { ...before, deletedAt: at(1) };
    expect(typesOf(newsOf(before, gone))).toContain("ORDER_DELETED");
    expect(pathsOf(newsOf(gone, before))).toContain("deletedAt");
  });

  it("say nothing of what a plain change holds of a person, only where it is", () => {
    const before = orderOf(snapshot("o"));
    const after = then(before, {
      ref: { nativeId: "o" },
      head: { asOf: at(1), complete: true, value: head({ email: "new@example.com" }) },
    });
    expect(newsOf(before, after)[0]?.changes).toEqual([
      { path: "email", before: null, after: null },
    ]);
  });

  it("tell of shipments when they come, change, are canceled and go", () => {
    const none = orderWith({ lines: three });
    const word = (minute: number, ...value: ReturnType<typeof shipment>[]): Snapshot => ({
      ref: { nativeId: "o" },
      fulfillments: { asOf: at(minute), complete: true, value },
    });
    const made = then(none, word(1, shipment("f", { 1: 1 })));
    expect(typesOf(newsOf(none, made))).toEqual(["FULFILLMENT_CREATED", "ORDER_STATUS_CHANGED"]);
    const changed = then(made, word(2, shipment("f", { 1: 2 })));
    expect(typesOf(newsOf(made, changed))).toEqual(["FULFILLMENT_UPDATED"]);
    const canceled = then(made, word(2, shipment("f", { 1: 1 }, { status: "CANCELED" })));
    expect(typesOf(newsOf(made, canceled))[0]).toBe("FULFILLMENT_CANCELED");
    expect(typesOf(newsOf(made, then(made, word(2))))[0]).toBe("FULFILLMENT_REMOVED");
  });

  it("leave a planned shipment to its command until the channel reports it", () => {
    const order = orderWith({ lines: three });
    const planned = planning(order, "ful_mine");
    expect(newsOf(order, planned)).toEqual([]);
    expect(
      newsOf(
        planned,
        applyLocal(planned, { kind: "shipment-dropped", fulfillmentId: "ful_mine" }, context),
      ),
    ).toEqual([]);
    const reported = then(planned, {
      ref: { nativeId: "o" },
      fulfillments: {
        asOf: at(9),
        complete: true,
        value: [shipment("77", { 1: 1 }, { number: "9Z", marker: "m".repeat(22) })],
      },
    });
    expect(typesOf(newsOf(planned, reported))).toEqual([
      "FULFILLMENT_CREATED",
      "TRACKING_ADDED",
      "ORDER_STATUS_CHANGED",
    ]);
  });

  it("tell of returns when they are asked for, change, come back and are over", () => {
    const order = orderWith({ lines: three, fulfillments: [shipment("f", { 1: 3 })] });
    const word = (minute: number, ...value: ReturnType<typeof returned>[]): Snapshot => ({
      ref: { nativeId: "o" },
      returns: { asOf: at(minute), complete: true, value },
    });
    const asked = returned("r", [returnLine("1", 2, { approved: 0 })], { stage: "REQUESTED" });
    const first = then(order, word(1, asked));
    expect(typesOf(newsOf(order, first))).toEqual(["RETURN_REQUESTED", "ORDER_STATUS_CHANGED"]);
    const open = then(first, word(2, returned("r", [returnLine("1", 2)])));
    expect(typesOf(newsOf(first, open))).toEqual(["RETURN_UPDATED", "ORDER_STATUS_CHANGED"]);
    const came = returnLine("1", 2, { received: 2, disposition: "RESTOCK", restocked: 2 });
    const received = then(open, word(3, returned("r", [came])));
    expect(typesOf(newsOf(open, received))).toEqual(["RETURN_RECEIVED", "ORDER_STATUS_CHANGED"]);
    const closed = then(received, word(4, returned("r", [came], { stage: "CLOSED" })));
    expect(typesOf(newsOf(received, closed))).toEqual(["RETURN_CLOSED"]);
    const atOnce = then(open, word(4, returned("r", [came], { stage: "CLOSED" })));
    expect(typesOf(newsOf(open, atOnce)).slice(0, 2)).toEqual(["RETURN_RECEIVED", "RETURN_CLOSED"]);
    const declined = then(first, word(4, returned("r", asked.lines, { stage: "DECLINED" })));
    expect(typesOf(newsOf(first, declined))).toEqual(["RETURN_CLOSED", "ORDER_STATUS_CHANGED"]);
  });

  it("leave a planned return and a planned refund to their commands until they are made", () => {
    const order = orderWith({ lines: three, fulfillments: [shipment("f", { 1: 3 })] });
    const lineId = order.lines[0]?.id as string;
    const plans = [
      {
        plan: returnPlanned(lineId),
        dropped: { kind: "return-dropped", returnId: "ret_mine" },
        made: { kind: "return-confirmed", returnId: "ret_mine", nativeId: "77" },
        news: ["RETURN_REQUESTED", "ORDER_STATUS_CHANGED"],
      },
      {
        plan: refundPlanned(lineId),
        dropped: { kind: "refund-dropped", refundId: "ref_mine" },
        made: { kind: "refund-confirmed", refundId: "ref_mine", nativeId: "77" },
        news: ["REFUND_CREATED", "PAYMENT_CHANGED"],
      },
    ] as const;
    for (const { plan, dropped, made, news } of plans) {
      const asked = applyLocal(order, plan, context);
      expect(shaped(asked)).not.toEqual(shaped(order));
      expect(newsOf(order, asked), plan.kind).toEqual([]);
      expect(newsOf(asked, applyLocal(asked, dropped, context)), plan.kind).toEqual([]);
      expect(typesOf(newsOf(asked, applyLocal(asked, made, context))), plan.kind).toEqual(news);
    }
    const asked = applyLocal(order, refundPlanned(lineId), context);
    const unclear = applyLocal(asked, { kind: "refund-unclear", refundId: "ref_mine" }, context);
    expect(newsOf(asked, unclear), "the command says so").toEqual([]);
  });

  it("tell that parts stand in another order, though something is planned meanwhile", () => {
    const both = [shipment("f", { 1: 1 }), shipment("g", { 1: 1 })];
    const order = orderWith({ lines: three, fulfillments: both });
    const turned = { ...planning(order), fulfillments: order.fulfillments.toReversed() };
    expect(pathsOf(newsOf(order, turned))).toEqual(["fulfillments"]);
  });

  it("tell of refunds, holds and work", () => {
    const order = orderWith({ lines: three, work: [work("w", { 1: 3 })] });
    const word = (sections: Partial<Snapshot>): Snapshot => ({
      ref: { nativeId: "o" },
      ...sections,
    });
    const pending = refund("r", { 1: 1 }, { status: "PENDING" });
    const asked = then(order, word({ refunds: { asOf: at(1), complete: true, value: [pending] } }));
    expect(typesOf(newsOf(order, asked))).toEqual(["REFUND_CREATED", "PAYMENT_CHANGED"]);
    const done = { ...pending, status: "SUCCEEDED" as const };
    const given = then(asked, word({ refunds: { asOf: at(2), complete: true, value: [done] } }));
    expect(typesOf(newsOf(asked, given))).toEqual(["REFUND_UPDATED", "PAYMENT_CHANGED"]);
    const hold = { id: "h", reason: "OTHER" as const, note: null, since: null, by: null };
    const value = [work("w", { 1: 3 }, { status: "ON_HOLD", holds: [hold] })];
    const held = then(order, word({ fulfillmentOrders: { asOf: at(1), complete: true, value } }));
    expect(typesOf(newsOf(order, held))).toEqual([
      "ORDER_HELD",
      "FULFILLMENT_ORDER_CHANGED",
      "ORDER_STATUS_CHANGED",
    ]);
    expect(typesOf(newsOf(held, order))[0]).toBe("ORDER_RELEASED");
  });
});

describe("news of a parcel", () => {
  const shipped = (changes: Parameters<typeof shipment>[2] = {}, scans: NativeScan[] = []) => ({
    ref: { nativeId: "o" },
    fulfillments: {
      asOf: at(1),
      complete: true,
      value: [shipment("f", { 1: 3 }, { number: "1Z", ...changes })],
    },
    scans: { asOf: at(1), complete: true, value: scans },
  });
  const order = orderWith({ lines: [line("1", 3)] });
  const onItsWay = then(order, shipped({}, [scan("a", "f", "IN_TRANSIT", 2)]));
  const moves = (news: OrderNews[]) =>
    news.flatMap(({ type, tracking }) =>
      tracking ? [[type, tracking.previousStatus, tracking.status, tracking.scanId !== null]] : [],
    );

  it("tell its number, then each scan in the order it happened", () => {
    const scans = [
      scan("c", "f", "DELIVERED", 5),
      scan("a", "f", "IN_TRANSIT", 2),
      scan("b", "f", "OUT_FOR_DELIVERY", 4),
    ];
    expect(moves(newsOf(order, then(order, shipped({}, scans))))).toEqual([
      ["TRACKING_ADDED", "NOT_SHIPPED", "NOT_SHIPPED", false],
      ["TRACKING_UPDATED", "NOT_SHIPPED", "IN_TRANSIT", true],
      ["TRACKING_UPDATED", "IN_TRANSIT", "OUT_FOR_DELIVERY", true],
      ["DELIVERED", "OUT_FOR_DELIVERY", "DELIVERED", true],
    ]);
  });

  it("tell DELIVERED once, by the scan that says so, whatever comes after", () => {
    const scans = [scan("a", "f", "IN_TRANSIT", 2), scan("b", "f", "DELIVERED", 5)];
    const delivered = then(onItsWay, shipped({}, scans));
    expect(moves(newsOf(onItsWay, delivered))).toEqual([
      ["DELIVERED", "IN_TRANSIT", "DELIVERED", true],
    ]);
    const late = then(delivered, shipped({}, [...scans, scan("c", "f", "IN_TRANSIT", 7)]));
    expect(moves(newsOf(delivered, late))).toEqual([
      ["TRACKING_UPDATED", "DELIVERED", "DELIVERED", true],
    ]);
    const both = then(onItsWay, shipped({}, [...scans, scan("c", "f", "IN_TRANSIT", 7)]));
    expect(moves(newsOf(onItsWay, both))).toEqual([
      ["DELIVERED", "IN_TRANSIT", "DELIVERED", true],
      ["TRACKING_UPDATED", "DELIVERED", "DELIVERED", true],
    ]);
  });

  it("tell DELIVERED also where the shop says so without a scan, at once or later", () => {
    const delivered = then(order, shipped({ deliveryStatus: "DELIVERED" }));
    expect(moves(newsOf(order, delivered))).toEqual([
      ["TRACKING_ADDED", "NOT_SHIPPED", "NOT_SHIPPED", false],
      ["DELIVERED", "NOT_SHIPPED", "DELIVERED", false],
    ]);
    const added = then(order, shipped());
    expect(moves(newsOf(order, added))).toEqual([
      ["TRACKING_ADDED", "NOT_SHIPPED", "UNKNOWN", false],
    ]);
    expect(moves(newsOf(added, then(added, shipped({ deliveryStatus: "DELIVERED" }))))).toEqual([
      ["DELIVERED", "UNKNOWN", "DELIVERED", false],
    ]);
  });

  it("do not tell an arrival again where its number is put right afterwards", () => {
    const seen = [scan("b", "f", "DELIVERED", 5, { packageNativeId: "1Z" })];
    const delivered = then(order, shipped({}, seen));
    const moved = [scan("b", "f", "DELIVERED", 5, { packageNativeId: "2Z" })];
    const renumbered = then(delivered, shipped({ number: "2Z" }, moved));
    const news = newsOf(delivered, renumbered);
    expect(typesOf(news)).not.toContain("DELIVERED");
    expect(typesOf(news)).toContain("TRACKING_ADDED");
  });

  it("tell trouble by its own word", () => {
    const scans = [scan("a", "f", "IN_TRANSIT", 2), scan("b", "f", "ATTEMPT_FAILED", 5)];
    expect(moves(newsOf(onItsWay, then(onItsWay, shipped({}, scans))))).toEqual([
      ["DELIVERY_EXCEPTION", "IN_TRANSIT", "ATTEMPT_FAILED", true],
    ]);
  });

  it("tell that a number was withdrawn", () => {
    const before = then(order, shipped());
    const news = newsOf(before, then(before, shipped({ number: "2Z" })));
    expect(typesOf(news).slice(0, 2).sort()).toEqual(["TRACKING_ADDED", "TRACKING_UPDATED"]);
    expect(pathsOf(news).some((path) => path.endsWith(".tracking.removedAt"))).toBe(true);
  });

  it("bear the time of the scan", () => {
    const scans = [scan("a", "f", "IN_TRANSIT", 2), scan("b", "f", "DELIVERED", 5)];
    const news = newsOf(onItsWay, then(onItsWay, shipped({}, scans)));
    expect(news.find((item) => item.type === "DELIVERED")?.occurredAt).toBe(at(5));
  });
});

describe("the difference of two shapes", () => {
  it("goes by ids, so that what did not change is not told", () => {
    const before = shaped(orderWith({ lines: [line("1", 3), line("2", 1)] }));
    const renamed = before.lines.map((row, index) => (index === 1 ? { ...row, name: "New" } : row));
    expect(diff(before, { ...before, lines: renamed })).toEqual([
      { path: `lines.${before.lines[1]?.id}.name`, before: "Goods 2", after: "New" },
    ]);
  });

  it("tells a part that came or went by its id alone", () => {
    const before = shaped(orderWith({ lines: [line("1", 3), line("2", 1)] }));
    const id = before.lines[1]?.id;
    const fewer = { ...before, lines: before.lines.slice(0, 1) };
    expect(diff(before, fewer)).toEqual([{ path: `lines.${id}`, before: id, after: null }]);
    expect(diff(fewer, before)).toEqual([{ path: `lines.${id}`, before: null, after: id }]);
  });

  it("tells that equal parts stand in another order", () => {
    const before = shaped(orderWith({ lines: [line("1", 3), line("2", 1)] }));
    const ids = before.lines.map((row) => row.id);
    expect(diff(before, { ...before, lines: before.lines.toReversed() })).toEqual([
      { path: "lines", before: ids, after: ids.toReversed() },
    ]);
  });
});
