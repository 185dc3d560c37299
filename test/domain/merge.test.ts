import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyLocal } from "../../src/domain/apply-local.js";
import { derive } from "../../src/domain/derive.js";
import { merge } from "../../src/domain/merge.js";
import type { Order, OrderHead, OrderNote } from "../../src/domain/order.js";
import { type Identity, present } from "../../src/domain/part.js";
import { shapeOrder } from "../../src/domain/shape.js";
import type { Snapshot } from "../../src/domain/snapshot.js";
import { at, head, line, shipment, snapshot } from "../support/snapshots.js";
import {
  anySnapshots,
  counting,
  heads,
  minutes,
  orderOf,
  orders,
  PACKAGES,
  refund,
  SHIPMENTS,
  scan,
  transaction,
  wholeSnapshots,
  work,
} from "./arbitraries.js";

const then = (order: Order, ...snapshots: Snapshot[]): Order => {
  const context = { ...counting(), mint: numberedAfter(order) };
  return snapshots.reduce((now, next) => merge(now, next, context).order, order);
};

/** Ids that no row of this order bears yet. */
function numberedAfter(order: Order) {
  let count = rowsOf(order).length;
  return (type: string) => `${type}_later_${++count}`;
}

const rowsOf = (order: Order): Identity[] => [
  ...order.lines,
  ...order.fulfillments,
  ...order.fulfillments.flatMap((row) => row.packages),
  ...order.fulfillments.flatMap((row) => row.packages.flatMap((parcel) => parcel.scans)),
  ...order.fulfillmentOrders,
  ...order.returns,
  ...order.refunds,
  ...order.transactions,
];

/** The same shipment, kept by the gateway with all its parts. */
function ourOwn(row: Order["fulfillments"][number]): Order["fulfillments"][number] {
  const mine = { owner: "GATEWAY", nativeId: null } as const;
  return {
    ...row,
    ...mine,
    lines: row.lines.filter(({ lineId }) => !lineId.startsWith("native:")),
    packages: row.packages.map((parcel) => ({
      ...parcel,
      ...mine,
      scans: parcel.scans.map((each) => ({ ...each, ...mine })),
    })),
  };
}

/** What an order says, without the ids and times that are ours: equal for equal facts, however they came. */
function factsOf(order: Order): unknown {
  const natives = new Map(order.lines.map((row) => [row.id, row.nativeId]));
  const lineOf = (id: string) => natives.get(id) ?? id.replace(/^native:/, "");
  const returns = new Map(order.returns.map((row) => [row.id, row.nativeId]));
  const returnOf = (id: string | null) => id && (returns.get(id) ?? id);
  const own = <Row extends Identity>(rows: Row[], more: (row: Row) => object = () => ({})) =>
    present(rows)
      .sort((a, b) => String(a.nativeId).localeCompare(String(b.nativeId)))
      .map((row) => ({ ...row, id: null, recordedAt: null, ...more(row) }));
  const named = (row: { lines: { lineId: string }[] }) => ({
    lines: row.lines.map((each) => ({ ...each, lineId: lineOf(each.lineId) })),
  });
  return {
    head: order.head,
    deletedAt: order.deletedAt,
    lines: own(order.lines, (row) => ({
      parentLineId: row.parentLineId && lineOf(row.parentLineId),
    })),
    fulfillments: own(order.fulfillments, (row) => ({
      ...named(row),
      packages: own(row.packages, (parcel) => ({ ...named(parcel), scans: own(parcel.scans) })),
    })),
    fulfillmentOrders: own(order.fulfillmentOrders, (row) => ({
      ...named(row),
      holds: row.holds.map((hold) => ({ ...hold, id: null })),
    })),
    returns: own(order.returns, named),
    refunds: own(order.refunds, (row) => ({ ...named(row), returnId: returnOf(row.returnId) })),
    transactions: own(order.transactions),
  };
}

/** A first word that knows every shipment with every package, so that scans find their place. */
const begun: fc.Arbitrary<Snapshot> = wholeSnapshots(0).map((first) => ({
  ...first,
  fulfillments: {
    asOf: at(0),
    complete: true,
    value: SHIPMENTS.map((nativeId) =>
      shipment(
        nativeId,
        { 1: 1 },
        {
          packages: PACKAGES.map((number) => ({
            nativeId: number,
            tracking: {
              number,
              carrier: null,
              carrierCode: null,
              url: null,
              estimatedDeliveryAt: null,
            },
            lines: [],
          })),
        },
      ),
    ),
  },
}));

/** An order in the shop's bin, from where it may come back. */
const binned = (minute: number, value = head()): Snapshot => ({
  ref: { nativeId: "o" },
  deletedAt: at(minute),
  head: { asOf: at(minute), complete: true, value },
});

/** Some words of different ages, one of which may say that the order is gone, in order and in another one. */
const histories = fc
  .tuple(fc.uniqueArray(minutes, { minLength: 2, maxLength: 4 }), fc.option(fc.nat()))
  .chain(([ages, gone]) =>
    fc.tuple(
      ...ages.map((age, index) =>
        gone !== null && gone % ages.length === index
          ? heads.map((value): Snapshot => binned(age, value))
          : anySnapshots(age),
      ),
    ),
  )
  .chain((words) =>
    fc.tuple(
      fc.constant(words),
      fc.shuffledSubarray(words, { minLength: words.length, maxLength: words.length }),
    ),
  );

describe("merging any snapshots", () => {
  it("changes nothing when the same one comes again", () => {
    fc.assert(
      fc.property(orders, minutes.chain(anySnapshots), (order, word) => {
        const once = then(order, word);
        const twice = then(once, word);
        expect(twice).toEqual(once);
        expect(shapeOrder(twice)).toEqual(shapeOrder(once));
      }),
    );
  });

  it("ends in the same facts in whatever order words of different ages arrive", () => {
    fc.assert(
      fc.property(begun, histories, (first, [words, others]) => {
        const order = orderOf(first, ...words);
        const other = orderOf(first, ...others);
        // What was said once and never again is kept: when it was canceled, and what a hidden status said.
        other.head.claims = order.head.claims;
        if (order.head.canceledAt) other.head.canceledAt &&= order.head.canceledAt;
        expect(factsOf(other)).toEqual(factsOf(order));
        expect(derive(other).statuses).toEqual(derive(order).statuses);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps what a status field said of a dimension until it says something else of it", () => {
    const says = (minute: number, value: string, claims: OrderHead["claims"]) =>
      snapshot("o", minute, {
        head: {
          asOf: at(minute),
          complete: true,
          value: head({
            claims,
            platformStatuses: [{ field: "status", value, label: null, isCustom: false }],
          }),
        },
      });
    const from = [{ field: "status", value: "completed", label: null, isCustom: false }];
    const completed = says(1, "completed", {
      ORDER: { value: "COMPLETED", basis: "PLATFORM_FIELD", from },
      FULFILLMENT: { value: "FULFILLED", basis: "ASSUMED", from },
    });
    const { statuses } = derive(orderOf(completed, says(2, "refunded", {})));
    expect(statuses).toMatchObject({ ORDER: "COMPLETED", FULFILLMENT: "FULFILLED" });
  });

  it("keeps every row and its id for ever", () => {
    fc.assert(
      fc.property(orders, minutes.chain(anySnapshots), (order, word) => {
        const before = rowsOf(order).map(({ id, nativeId }) => ({ id, nativeId }));
        const after = rowsOf(then(order, word)).map(({ id, nativeId }) => ({ id, nativeId }));
        expect(after).toEqual(expect.arrayContaining(before));
        expect(new Set(after.map((row) => row.id)).size).toBe(after.length);
      }),
    );
  });

  it("never gives two rows of one noun the same native id", () => {
    fc.assert(
      fc.property(orders, (order) => {
        const families: Identity[][] = [
          order.lines,
          order.fulfillments,
          order.fulfillmentOrders,
          order.returns,
          order.refunds,
          order.transactions,
          ...order.fulfillments.map((row) => row.packages),
          ...order.fulfillments.map((row) => row.packages.flatMap((parcel) => parcel.scans)),
        ];
        for (const rows of families) {
          const ids = rows.flatMap((row) => row.nativeId ?? []);
          expect(new Set(ids).size).toBe(ids.length);
        }
      }),
    );
  });

  it("removes rows only where a complete section leaves them out", () => {
    fc.assert(
      fc.property(orders, minutes.chain(anySnapshots), (order, word) => {
        const parts = (
          ["lines", "fulfillments", "returns", "refunds", "transactions"] as const
        ).filter((name) => !word[name]?.complete);
        const after = then(order, word);
        for (const name of parts) {
          const standing = present<Identity>(order[name]).map((row) => row.id);
          const still = present<Identity>(after[name]).map((row) => row.id);
          expect(still).toEqual(expect.arrayContaining(standing));
        }
      }),
    );
  });

  it("touches neither what it is given nor what the gateway keeps itself", () => {
    fc.assert(
      fc.property(orders, minutes.chain(anySnapshots), (order, word) => {
        const kept = {
          ...order,
          fulfillments: order.fulfillments.map((row, index) => (index === 0 ? ourOwn(row) : row)),
        };
        const [before, said] = [structuredClone(kept), structuredClone(word)];
        const after = then(kept, word);
        expect(kept).toEqual(before);
        expect(word).toEqual(said);
        const mine = kept.fulfillments[0];
        if (mine) expect(after.fulfillments.find((row) => row.id === mine.id)).toEqual(mine);
      }),
    );
  });
});

describe("merging a snapshot", () => {
  const section = <T>(minute: number, value: T, complete = true) => ({
    asOf: at(minute),
    complete,
    value,
  });
  const word = (sections: Partial<Snapshot>): Snapshot => ({ ref: { nativeId: "o" }, ...sections });

  it("lets a section in that is as old as the known one, since shops count in seconds", () => {
    const order = orderOf(snapshot("o", 5));
    const again = word({ head: section(5, head({ number: "again" })) });
    expect(then(order, again).head.number).toBe("again");
  });

  it("brings a row that was removed back under its id", () => {
    const order = orderOf(snapshot("o", 0, { refunds: section(0, [refund("r", { 1: 1 })]) }));
    const gone = then(order, word({ refunds: section(1, []) }));
    expect(gone.refunds[0]).toMatchObject({ removedAt: at(1) });
    const back = then(gone, word({ refunds: section(2, [refund("r", { 1: 1 })]) }));
    expect(back.refunds).toEqual(order.refunds);
  });

  it("does not let a slow read take away what a webhook told meanwhile", () => {
    const told = word({ fulfillments: section(10, [shipment("f9", { 1: 1 })], false) });
    const read = word({ fulfillments: section(5, [shipment("f1", { 1: 1 })]) });
    const order = then(orderOf(snapshot("o")), told, read);
    expect(
      present(order.fulfillments)
        .map((row) => row.nativeId)
        .sort(),
    ).toEqual(["f1", "f9"]);
    const next = word({ fulfillments: section(11, [shipment("f1", { 1: 1 })]) });
    const after = then(order, next);
    expect(present(after.fulfillments).map((row) => row.nativeId)).toEqual(["f1"]);
    expect(after.sections.rows, "what is told by now is not kept in mind").toBeUndefined();
  });

  it("does not let a webhook that comes late undo a later one", () => {
    const told = (minute: number, status: "SUCCESS" | "CANCELED") =>
      word({ fulfillments: section(minute, [shipment("f", { 1: 1 }, { status })], false) });
    const order = then(orderOf(snapshot("o")), told(10, "CANCELED"), told(5, "SUCCESS"));
    expect(order.fulfillments[0]?.status).toBe("CANCELED");
  });

  it("believes what was read afterwards over a webhook of a shop whose clock is ahead", () => {
    const canceled = shipment("f", { 1: 1 }, { status: "CANCELED" });
    const told = word({ fulfillments: section(59, [canceled], false) });
    const read = word({ fulfillments: section(31, [shipment("f", { 1: 1 })]) });
    const context = { ...counting(at(30)), mint: (type: string) => `${type} of the shop` };
    const order = merge(orderOf(snapshot("o")), told, context).order;
    expect(then(order, read).fulfillments[0]?.status).toBe("SUCCESS");
  });

  it("takes a row that one message names twice once", () => {
    const twice = [
      shipment("f", { 1: 1 }, { number: "1Z" }),
      shipment("f", { 1: 2 }, { number: "2Z" }),
    ];
    const order = orderOf(snapshot("o", 0, { fulfillments: section(0, twice) }));
    expect(order.fulfillments).toHaveLength(1);
    expect(order.fulfillments[0]?.lines[0]?.quantity).toBe(1);
    expect(order.fulfillments[0]?.packages.map((parcel) => parcel.nativeId)).toEqual(["1Z"]);
  });

  it("ties what named a line to it once the line comes", () => {
    const early = orderOf(
      snapshot("o", 0, {
        lines: section(0, [line("1", 3)]),
        fulfillments: section(0, [shipment("f", { 7: 1 })]),
        refunds: section(0, [refund("r", { 7: 1 })]),
        fulfillmentOrders: section(0, [work("w", { 7: 1 })]),
      }),
    );
    expect(derive(early).anomalies.map((anomaly) => anomaly.code)).toEqual([
      "FOREIGN_LINE",
      "FOREIGN_LINE",
    ]);
    const late = then(early, word({ lines: section(1, [line("1", 3), line("7", 2)]) }));
    const id = late.lines.find((row) => row.nativeId === "7")?.id;
    expect(late.fulfillments[0]?.lines[0]?.lineId).toBe(id);
    expect(late.refunds[0]?.lines[0]?.lineId).toBe(id);
    expect(late.fulfillmentOrders[0]?.lines[0]?.lineId).toBe(id);
    expect(derive(late).anomalies).toEqual([]);
  });

  it("ties a line to the bundle it belongs to, also where the bundle comes later", () => {
    const part = line("1", 1, { parentLineId: "9" });
    const order = orderOf(snapshot("o", 0, { lines: section(0, [part]) }));
    const whole = then(order, word({ lines: section(1, [part, line("9", 1)]) }));
    const bundle = whole.lines.find((row) => row.nativeId === "9");
    expect(whole.lines.find((row) => row.nativeId === "1")?.parentLineId).toBe(bundle?.id);
  });

  it("keeps a transaction and its shipments apart from a head that came alone", () => {
    const order = orderOf(
      snapshot("o", 0, { transactions: section(0, [transaction("t", "SALE", "30.00")]) }),
    );
    const after = then(order, word({ head: section(1, head({ number: "1002" })) }));
    expect(after.transactions).toEqual(order.transactions);
    expect(after.head.number).toBe("1002");
  });
});

describe("scans", () => {
  const shipped = (...numbers: string[]) =>
    shipment(
      "f",
      { 1: 1 },
      {
        packages: numbers.map((number) => ({
          nativeId: number,
          tracking: {
            number,
            carrier: null,
            carrierCode: null,
            url: null,
            estimatedDeliveryAt: null,
          },
          lines: [],
        })),
      },
    );
  const word = (minute: number, numbers: string[], packageNativeId: string | null): Snapshot => ({
    ref: { nativeId: "o" },
    fulfillments: { asOf: at(minute), complete: true, value: [shipped(...numbers)] },
    scans: {
      asOf: at(minute),
      complete: true,
      value: [scan("s", "f", "DELIVERED", 3, { packageNativeId })],
    },
  });
  const placesOf = (order: Order) =>
    (order.fulfillments[0]?.packages ?? []).map((parcel) => [
      parcel.nativeId,
      present(parcel.scans).map((row) => row.id),
    ]);

  it("stay with the package they were first told of where the shop names none", () => {
    const order = then(orderOf(snapshot("o")), word(1, ["1Z", "2Z"], null));
    const id = order.fulfillments[0]?.packages[0]?.scans[0]?.id;
    const turned = then(order, word(2, ["2Z", "1Z"], null));
    expect(placesOf(turned)).toEqual([
      ["2Z", []],
      ["1Z", [id]],
    ]);
  });

  it("move under their id to the package that the shop names", () => {
    const order = then(orderOf(snapshot("o")), word(1, ["1Z"], "1Z"));
    const id = order.fulfillments[0]?.packages[0]?.scans[0]?.id;
    const moved = then(order, word(2, ["2Z"], "2Z"));
    expect(placesOf(moved)).toEqual([
      ["2Z", [id]],
      ["1Z", []],
    ]);
    expect(moved.fulfillments[0]?.packages.flatMap((parcel) => parcel.scans)).toHaveLength(1);
  });

  it("are kept with a shipment that has no package", () => {
    const order = then(orderOf(snapshot("o")), word(1, [], null));
    expect(derive(order).statuses.DELIVERY).toBe("PARTIALLY_DELIVERED");
    expect(then(order, word(1, [], null))).toEqual(order);
  });
});

describe("an order that is gone", () => {
  const gone = (minute: number): Snapshot => ({ ref: { nativeId: "o" }, deletedAt: at(minute) });
  const seen = (minute: number): Snapshot => ({
    ref: { nativeId: "o" },
    head: { asOf: at(minute), complete: true, value: head() },
  });

  it("stays as a tombstone with the time it was first said to be gone", () => {
    const order = then(orderOf(snapshot("o")), gone(5), gone(9));
    expect(order.deletedAt).toBe(at(5));
    expect(order.lines).toHaveLength(2);
  });

  it("is back when its head is seen again later, and not by an older head", () => {
    const order = then(orderOf(snapshot("o")), gone(5));
    expect(then(order, seen(4)).deletedAt).toBe(at(5));
    expect(then(order, seen(6)).deletedAt).toBeNull();
  });

  it("is not gone by a word older than the head that is known", () => {
    expect(then(orderOf(snapshot("o")), seen(6), binned(5)).deletedAt).toBeNull();
    expect(then(orderOf(snapshot("o")), seen(6), binned(7)).deletedAt).toBe(at(7));
  });

  it("is gone by a word without a head whatever the shop's clock says: it cannot be read any more", () => {
    expect(then(orderOf(snapshot("o")), seen(6), gone(5)).deletedAt).toBe(at(5));
  });
});

describe("notes and tags of ours", () => {
  const note = (text: string, kept?: "HERE" | "PUSHED"): OrderNote => ({
    text,
    author: null,
    at: at(1),
    customerVisible: false,
    ...(kept && { kept }),
  });
  const seen = (minute: number, ...notes: OrderNote[]): Snapshot => ({
    ref: { nativeId: "o" },
    head: { asOf: at(minute), complete: true, value: head({ notes, tags: ["shop"] }) },
  });
  const noted = [note("ours", "HERE"), note("pushed", "PUSHED")].reduce(
    (order, each) => applyLocal(order, { kind: "note-added", note: each }, counting()),
    applyLocal(orderOf(snapshot("o")), { kind: "tags-kept", add: ["vip"], remove: [] }, counting()),
  );
  const textsOf = (order: Order) => order.head.notes.map(({ text }) => text);

  it("stay when the shop tells of itself anew, behind the shop's own", () => {
    const after = then(noted, seen(5, note("theirs")), seen(6, note("theirs too")));
    expect(textsOf(after)).toEqual(["theirs too", "ours", "pushed"]);
    expect(shapeOrder(after).tags).toEqual(["shop", "vip"]);
  });

  it("are not doubled where the shop tells them itself, and stay where it tells them no more", () => {
    const told = then(noted, seen(5, note(" pushed ")));
    expect(textsOf(told)).toEqual([" pushed ", "ours"]);
    expect(then(told, seen(5, note(" pushed ")))).toEqual(told);
    expect(textsOf(then(told, seen(6)))).toEqual([" pushed ", "ours"]);
  });

  it("are not doubled where the shop shows all its notes as one text", () => {
    expect(textsOf(then(noted, seen(5, note("theirs\npushed\nmore"))))).toEqual([
      "theirs\npushed\nmore",
      "ours",
    ]);
    expect(textsOf(then(noted, seen(5, note("was pushed"))))).toContain("pushed");
  });

  it("that say the same twice are two, though the shop shows one so far", () => {
    const twice = applyLocal(
      noted,
      { kind: "note-added", note: note("pushed", "PUSHED") },
      counting(),
    );
    expect(textsOf(then(twice, seen(5, note("pushed"))))).toEqual(["pushed", "ours", "pushed"]);
  });
});

describe("what the gateway keeps", () => {
  it("stays when the shop reports its own shipments without it", () => {
    const order = orderOf(snapshot("o"));
    const context = { ...counting(), mint: numberedAfter(order) };
    const plan = {
      kind: "shipment-planned",
      fulfillmentId: "ful_mine",
      commandId: "cmd_1",
      stepIndex: 0,
      marker: "m".repeat(22),
      lines: [{ lineId: order.lines[0]?.id as string, quantity: 1 }],
      packages: [],
      locationId: null,
      plannedAt: at(1),
    } as const;
    const planned = applyLocal(order, { ...plan, lines: [...plan.lines], packages: [] }, context);
    const kept = applyLocal(
      planned,
      { kind: "shipment-kept", fulfillmentId: "ful_mine", shippedAt: at(2) },
      context,
    );
    const after = then(kept, snapshot("o", 9));
    expect(after.fulfillments).toEqual(kept.fulfillments);
    expect(derive(after).statuses.FULFILLMENT).toBe("PARTIALLY_FULFILLED");
  });
});
