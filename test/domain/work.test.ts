import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyLocal } from "../../src/domain/apply-local.js";
import { newsBetween } from "../../src/domain/changes.js";
import { derive } from "../../src/domain/derive.js";
import { InvalidInput } from "../../src/domain/errors.js";
import type { PlacedHold } from "../../src/domain/fulfillment.js";
import type { LocalFact } from "../../src/domain/local.js";
import { merge } from "../../src/domain/merge.js";
import type { Order, OrderHead } from "../../src/domain/order.js";
import { present } from "../../src/domain/part.js";
import { shapeOrder } from "../../src/domain/shape.js";
import type { Snapshot } from "../../src/domain/snapshot.js";
import { completeWork, isPlacedHere } from "../../src/domain/work.js";
import { at, line, shipment } from "../support/snapshots.js";
import { counting, lineQuantities, orderOf, orderWith, refund, work } from "./arbitraries.js";

let minted = 0;
const context = { mint: (type: string) => `${type} ${++minted}`, now: at(50) };
const three = [line("1", 3), line("2", 1)];
const apply = (before: Order, ...facts: LocalFact[]) =>
  facts.reduce((now, fact) => applyLocal(now, fact, context), before);
const then = (order: Order, sections: Partial<Snapshot>) =>
  merge(order, { ref: { nativeId: "o" }, ...sections }, context).order;
const shown = (order: Order) => shapeOrder(order);
const only = (order: Order) => {
  const [row, ...others] = shown(order).fulfillmentOrders;
  if (!row || others.length > 0) throw new Error("not one piece of work");
  return row;
};
const why = { reason: "FRAUD_REVIEW", note: "call her", since: at(3), by: "Ada", commandId: "cmd" };
const hold = (order: Order, changes: Partial<typeof why> = {}): LocalFact =>
  ({
    kind: "hold-placed",
    fulfillmentOrderId: only(order).id,
    hold: { ...why, ...changes },
  }) as LocalFact;
const release = (order: Order, ...holdIds: string[]): LocalFact => ({
  kind: "holds-released",
  fulfillmentOrderId: only(order).id,
  holdIds: holdIds.length > 0 ? holdIds : only(order).holds.map(({ id }) => id),
});
const ships = (lines: Record<string, number>): Partial<Snapshot> => ({
  fulfillments: { asOf: at(5), complete: true, value: [shipment("f", lines)] },
});
const tells = (...value: ReturnType<typeof work>[]): Partial<Snapshot> => ({
  fulfillmentOrders: { asOf: at(5), complete: true, value },
});
const typesOf = (before: Order, after: Order) =>
  newsBetween(shown(before), shown(after), false).map(({ type }) => type);

describe("an order whose platform tells of no work", () => {
  const order = orderWith({ lines: three });

  it("has one piece of it, whose id stays, and which says what is left", () => {
    const { id } = only(order);
    expect(only(order)).toMatchObject({ nativeId: null, synthetic: true, status: "OPEN" });
    expect(only(order).lines.map(({ total, remaining }) => [total, remaining])).toEqual([
      [3, 3],
      [1, 1],
    ]);
    const part = then(order, ships({ 1: 2 }));
    expect(only(part)).toMatchObject({ id, status: "IN_PROGRESS" });
    expect(only(part).lines.map(({ remaining }) => remaining)).toEqual([1, 1]);
    const all = then(part, ships({ 1: 3, 2: 1 }));
    expect(only(all)).toMatchObject({ id, status: "CLOSED" });
  });

  it("counts what can be shipped as if it had none", () => {
    fc.assert(
      fc.property(lineQuantities, lineQuantities, (shipped, refunded) => {
        const asked = (rows: { lineId: string; quantity: number }[]) =>
          Object.fromEntries(rows.map(({ lineId, quantity }) => [lineId, quantity]));
        const counted = orderWith({
          lines: [line("1", 3), line("2", 2), line("3", 1)],
          fulfillments: [shipment("f", asked(shipped))],
          refunds: [refund("r", asked(refunded))],
        });
        expect(derive(counted)).toEqual(derive({ ...counted, fulfillmentOrders: [] }));
      }),
    );
  });

  it("says of what needs no shipping that nothing of it travels, and does not wait for it", () => {
    const cards = orderWith({ lines: [line("1", 1, { requiresShipping: false })] });
    expect(only(cards)).toMatchObject({ method: "DIGITAL", status: "OPEN", destination: null });
    const mixed = orderWith({
      lines: [line("1", 3), line("2", 1, { requiresShipping: false })],
      fulfillments: [shipment("f", { 1: 3 })],
    });
    expect(only(mixed)).toMatchObject({ method: "UNKNOWN", status: "CLOSED" });
  });

  it("calls it canceled with the order", () => {
    const canceled = orderWith({ lines: three, head: { canceledAt: at(2) } });
    expect(only(canceled)).toMatchObject({ status: "CANCELED" });
  });

  it("loses it when the platform does tell of work", () => {
    const told = then(order, tells(work("w", { 1: 3 })));
    expect(only(told)).toMatchObject({ nativeId: "w", synthetic: false });
    expect(then(told, tells()).fulfillmentOrders.every((row) => row.removedAt !== null)).toBe(true);
    expect(only(then(order, ships({ 1: 1 })))).toMatchObject({ synthetic: true });
  });

  it("tells of what its work has left only with what it follows from", () => {
    expect(typesOf(order, then(order, ships({ 1: 2 })))).toEqual([
      "FULFILLMENT_CREATED",
      "ORDER_STATUS_CHANGED",
    ]);
  });
});

describe("a hold that the gateway keeps", () => {
  const order = orderWith({ lines: three });
  const held = apply(order, hold(order));

  it("keeps everything back that is left, and gives it free again", () => {
    expect(only(held)).toMatchObject({ status: "ON_HOLD", holds: [{ ...why, nativeId: null }] });
    expect(shown(held)).toMatchObject({ fulfillmentStatus: "ON_HOLD", holds: [why] });
    const counts = [...derive(held).byLine.values()];
    expect(counts.map(({ fulfillable, onHold }) => [fulfillable, onHold])).toEqual([
      [0, 3],
      [0, 1],
    ]);
    const free = apply(held, release(held));
    expect(shown(free)).toEqual(shown(order));
  });

  it("stands beside others until each is released, whatever is read from the shop", () => {
    const both = apply(held, hold(held, { reason: "ADDRESS" }));
    const read = then(both, ships({ 1: 1 }));
    expect(only(read).holds).toEqual(only(both).holds);
    const [first] = only(read).holds;
    const one = apply(read, release(read, first?.id as string));
    expect(only(one)).toMatchObject({ status: "ON_HOLD", holds: [{ reason: "ADDRESS" }] });
    expect(apply(one, release(one, "hold that is gone"))).toEqual(one);
  });

  it("does not undo what the shop's staff ships all the same", () => {
    const part = then(held, ships({ 1: 2 }));
    expect(shown(part)).toMatchObject({ fulfillmentStatus: "PARTIALLY_FULFILLED" });
    expect(only(part)).toMatchObject({ status: "ON_HOLD" });
    expect([...derive(part).byLine.values()]).toMatchObject([
      { fulfilled: 2, onHold: 1, fulfillable: 0 },
      { fulfilled: 0, onHold: 1, fulfillable: 0 },
    ]);
    const all = then(held, ships({ 1: 3, 2: 1 }));
    expect(shown(all)).toMatchObject({ fulfillmentStatus: "FULFILLED" });
    expect(only(all)).toMatchObject({ status: "CLOSED", holds: [why] });
    expect(apply(all, release(all)).fulfillmentOrders[0]?.holds).toEqual([]);
  });

  it("is told by whom and why, without what was noted", () => {
    const [placed, changed] = newsBetween(shown(order), shown(held), false);
    const path = `holds.${only(held).holds[0]?.id}.reason`;
    expect(placed).toMatchObject({
      type: "ORDER_HELD",
      occurredAt: at(3),
      changes: [{ path, before: null, after: "FRAUD_REVIEW" }],
    });
    expect(changed).toMatchObject({ type: "FULFILLMENT_ORDER_CHANGED", subjectId: only(held).id });
    expect(JSON.stringify([placed, changed])).not.toContain("call her");
    expect(typesOf(order, held)).toEqual([
      "ORDER_HELD",
      "FULFILLMENT_ORDER_CHANGED",
      "ORDER_STATUS_CHANGED",
    ]);
    const [released] = newsBetween(shown(held), shown(order), false);
    expect(released).toMatchObject({
      type: "ORDER_RELEASED",
      changes: [{ path, before: "FRAUD_REVIEW", after: null }],
    });
  });

  it("is refused for work that the order does not have", () => {
    const fact = { ...hold(order), fulfillmentOrderId: "fo_other" } as LocalFact;
    expect(() => apply(order, fact)).toThrow(InvalidInput);
  });
});

describe("holds on work that the platform tells of", () => {
  const native = { id: "gid://1", reason: "OTHER" as const, note: null, since: null, by: null };
  const two = [work("w1", { 1: 3 }), work("w2", { 2: 1 })] as const;
  const order = orderWith({ lines: three, work: [...two] });
  const first = (of: Order) => shown(of).fulfillmentOrders[0];
  const holdFirst: LocalFact = {
    kind: "hold-placed",
    fulfillmentOrderId: first(order)?.id as string,
    hold: { ...why, reason: "FRAUD_REVIEW" },
  };

  it("keep one id as long as the shop tells of them, under its own id beside", () => {
    const held = orderWith({
      lines: three,
      work: [work("w", { 1: 3 }, { status: "ON_HOLD", holds: [native] })],
    });
    const [placed] = only(held).holds;
    expect(placed).toMatchObject({ nativeId: "gid://1" });
    expect(placed?.id).not.toBe("gid://1");
    const noted = { ...native, note: "wait" };
    const again = then(held, tells(work("w", { 1: 3 }, { status: "ON_HOLD", holds: [noted] })));
    expect(only(again).holds).toEqual([{ ...placed, note: "wait" }]);
    expect(only(then(again, tells(work("w", { 1: 3 })))).holds).toEqual([]);
  });

  it("survive what the shop tells of its work where the gateway keeps them, and hold only that work back", () => {
    const held = apply(order, holdFirst);
    const read = then(held, {
      fulfillmentOrders: {
        asOf: at(5),
        complete: true,
        value: [work("w1", { 1: 2 }, { holds: [native] }), work("w2", { 2: 1 })],
      },
    });
    expect(first(read)?.holds).toMatchObject([{ nativeId: "gid://1" }, { nativeId: null, ...why }]);
    expect(shown(read).fulfillmentOrders.map(({ status }) => status)).toEqual(["ON_HOLD", "OPEN"]);
    expect([...derive(read).byLine.values()]).toMatchObject([
      { onHold: 2, fulfillable: 0 },
      { onHold: 0, fulfillable: 1 },
    ]);
  });

  it("count before the shop's own word that it works on the order", () => {
    const claims = {
      FULFILLMENT: { value: "IN_PROGRESS" as const, basis: "PLATFORM_FIELD" as const, from: [] },
    };
    const busy = orderWith({
      lines: [line("1", 3)],
      work: [work("w1", { 1: 3 })],
      head: { claims },
    });
    expect(shown(busy)).toMatchObject({ fulfillmentStatus: "IN_PROGRESS" });
    const fact = { ...holdFirst, fulfillmentOrderId: only(busy).id } as LocalFact;
    expect(shown(apply(busy, fact))).toMatchObject({ fulfillmentStatus: "ON_HOLD" });
  });

  it("are ours by what we keep, by what the platform says or by the command that placed them", () => {
    const is = (changes: Partial<PlacedHold>) =>
      isPlacedHere({ ...native, nativeId: "gid://1", commandId: null, ...changes });
    expect([
      is({}),
      is({ ours: false }),
      is({ ours: true }),
      is({ nativeId: null }),
      is({ commandId: "cmd_1" }),
    ]).toEqual([false, false, true, true, true]);
  });
});

describe("a hold that only the shop's status tells of", () => {
  const saying = (value: string, claims: OrderHead["claims"]) => ({
    claims,
    platformStatuses: [{ field: "state", value, label: null, isCustom: false }],
  });
  const from = saying("holded", {}).platformStatuses;
  const onHold = saying("holded", {
    FULFILLMENT: { value: "ON_HOLD", basis: "PLATFORM_FIELD", from },
  });

  it("is over when the status says something else", () => {
    const order = orderWith({ lines: three, head: onHold });
    expect(shown(order).fulfillmentStatus).toBe("ON_HOLD");
    const { head } = orderWith({ head: saying("processing", {}) });
    const free = then(order, { head: { asOf: at(5), complete: true, value: head } });
    expect(shown(free).fulfillmentStatus).toBe("UNFULFILLED");
  });
});

describe("work that is moved", () => {
  it("is to leave from there, and stays so", () => {
    const order = orderWith({ lines: three });
    const moved = apply(order, {
      kind: "work-moved",
      fulfillmentOrderId: only(order).id,
      locationId: "berlin",
    });
    expect(only(moved)).toMatchObject({ locationId: "berlin", status: "OPEN" });
    expect(typesOf(order, moved)).toEqual(["FULFILLMENT_ORDER_CHANGED"]);
    expect(only(then(moved, ships({ 1: 1 })))).toMatchObject({ locationId: "berlin" });
  });
});

describe("an order from before", () => {
  const old = orderOf({
    ref: { nativeId: "o" },
    ...orderWithHead(),
    ...tells(work("w", { 1: 3 })),
  } as Snapshot);
  const asItWas: Order = {
    ...old,
    fulfillmentOrders: old.fulfillmentOrders.map((row) => ({
      ...row,
      holds: [{ ...why, id: "gid://1", nativeId: "gid://1", reason: "OTHER", commandId: null }],
    })),
  };

  it("is given ids for its holds, once", () => {
    const fulfillmentOrders = completeWork(asItWas, counting());
    const [placed] = present(fulfillmentOrders)[0]?.holds ?? [];
    expect(placed).toMatchObject({ id: "hold_000001", nativeId: "gid://1" });
    expect(completeWork({ ...asItWas, fulfillmentOrders }, counting())).toEqual(fulfillmentOrders);
  });

  it("is given the work that is kept here, once", () => {
    const without = { ...orderWith({ lines: three }), fulfillmentOrders: [] };
    const fulfillmentOrders = completeWork(without, counting());
    expect(fulfillmentOrders).toMatchObject([{ id: "fo_000001", owner: "GATEWAY" }]);
    expect(completeWork({ ...without, fulfillmentOrders }, counting())).toEqual(fulfillmentOrders);
  });
});

function orderWithHead(): Partial<Snapshot> {
  const { head } = orderWith({});
  return { head: { asOf: at(0), complete: true, value: head } };
}
