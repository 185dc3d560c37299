import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adopt, sameShipment } from "../../src/domain/adopt.js";
import { applyLocal } from "../../src/domain/apply-local.js";
import type { Fulfillment } from "../../src/domain/fulfillment.js";
import { merge } from "../../src/domain/merge.js";
import type { Order } from "../../src/domain/order.js";
import { present } from "../../src/domain/part.js";
import type { NativeFulfillment } from "../../src/domain/snapshot.js";
import { at, shipment, snapshot } from "../support/snapshots.js";
import { counting, orderOf } from "./arbitraries.js";

/** A shipment that a command plans, of line "1". */
function planned(
  id: string,
  changes: Partial<Fulfillment> & { number?: string } = {},
): Fulfillment {
  const { number, ...rest } = changes;
  const { packages, ...facts } = shipment("", { 1: 1 }, number ? { number } : {});
  return {
    ...facts,
    id,
    nativeId: null,
    owner: "CHANNEL",
    removedAt: null,
    status: "PENDING",
    marker: `marker of ${id}`,
    commandId: "cmd",
    stepIndex: 0,
    sentAt: at(5),
    packages: packages.map((parcel) => ({
      ...parcel,
      id: `pkg ${id}`,
      owner: "CHANNEL",
      removedAt: null,
      scans: [],
    })),
    ...rest,
  };
}

const pairs = (rows: Fulfillment[], reported: NativeFulfillment[]) =>
  [...adopt(rows, reported, sameShipment)].map(([news, row]) => [news.nativeId, row.id]);

describe("adopting", () => {
  it("finds by marker, whatever else differs", () => {
    const reported = shipment("77", { 1: 9 }, { marker: "marker of a", number: "2Z" });
    expect(pairs([planned("b"), planned("a", { sentAt: null })], [reported])).toEqual([
      ["77", "a"],
    ]);
  });

  it("finds by lines and tracking numbers where the shop kept no marker", () => {
    const rows = [planned("a", { number: "1Z 9" }), planned("b")];
    expect(pairs(rows, [shipment("77", { 1: 1 }, { number: "1z9" })])).toEqual([["77", "a"]]);
    expect(pairs(rows, [shipment("77", { 1: 1 })])).toEqual([["77", "b"]]);
    expect(pairs(rows, [shipment("77", { 1: 2 })])).toEqual([]);
    expect(pairs(rows, [shipment("77", { 2: 1 })])).toEqual([]);
    expect(pairs(rows, [shipment("77", { 1: 1 }, { number: "3Z" })])).toEqual([]);
  });

  it("takes no shipment for ours that another marker names", () => {
    expect(pairs([planned("a")], [shipment("77", { 1: 1 }, { marker: "another" })])).toEqual([]);
  });

  it("takes no shipment for ours whose step was never sent, was given up, or came after it", () => {
    const alike = shipment("77", { 1: 1 }, { createdAt: at(5) });
    expect(pairs([planned("a", { sentAt: null })], [alike])).toEqual([]);
    expect(pairs([planned("a", { removedAt: at(6) })], [alike])).toEqual([]);
    expect(pairs([planned("a", { sentAt: at(30) })], [alike])).toEqual([]);
    expect(pairs([planned("a")], [{ ...alike, status: "CANCELED" }])).toEqual([]);
  });

  it("forgives a shop's clock that is ten minutes behind, and no more", () => {
    const row = planned("a", { sentAt: at(20) });
    expect(pairs([row], [shipment("77", { 1: 1 }, { createdAt: at(10) })])).toHaveLength(1);
    expect(pairs([row], [shipment("77", { 1: 1 }, { createdAt: at(9) })])).toHaveLength(0);
  });

  it("lets a marker win over what merely looks alike", () => {
    const alike = shipment("77", { 1: 1 });
    const marked = shipment("78", { 1: 1 }, { marker: "marker of a" });
    expect(pairs([planned("a")], [alike, marked])).toEqual([["78", "a"]]);
  });

  const ids = ["a", "b", "c"];
  const rows = fc.shuffledSubarray(ids).chain((some) =>
    fc.tuple(
      ...some.map((id) =>
        fc
          .record({
            sentAt: fc.option(fc.integer({ min: 0, max: 40 }).map(at)),
            removedAt: fc.option(fc.constant(at(9)), { freq: 4 }),
            number: fc.constantFrom("1Z", "2Z", ""),
          })
          .map((changes) => planned(id, changes)),
      ),
    ),
  );
  const reports = fc.uniqueArray(
    fc
      .record({
        nativeId: fc.constantFrom("1", "2", "3", "4"),
        marker: fc.option(fc.constantFrom(...ids, "another").map((id) => `marker of ${id}`)),
        number: fc.constantFrom("1Z", "2Z", ""),
        minute: fc.integer({ min: 0, max: 40 }),
      })
      .map(({ nativeId, minute, ...changes }) =>
        shipment(nativeId, { 1: 1 }, { ...changes, createdAt: at(minute) }),
      ),
    { selector: (row) => row.nativeId },
  );

  it("never ties one native to two rows nor two natives to one row", () => {
    fc.assert(
      fc.property(rows, reports, (plans, reported) => {
        const matches = pairs(plans, reported);
        expect(new Set(matches.map(([nativeId]) => nativeId)).size).toBe(matches.length);
        expect(new Set(matches.map(([, id]) => id)).size).toBe(matches.length);
      }),
    );
  });

  it("ties every row whose marker is reported to a shipment that bears it, in any order of reports", () => {
    const both = reports.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
      ),
    );
    fc.assert(
      fc.property(rows, both, (plans, orders) => {
        for (const reported of orders) {
          const byRow = new Map(
            [...adopt(plans, reported, sameShipment)].map(([news, row]) => [row.id, news]),
          );
          for (const row of plans)
            if (reported.some((news) => news.marker === row.marker))
              expect(byRow.get(row.id)?.marker).toBe(row.marker);
        }
      }),
    );
  });
});

describe("a planned shipment that the channel reports", () => {
  const marker = "m".repeat(22);
  const context = { ...counting(), mint: (type: string) => `${type} ${++minted}` };
  let minted = 0;

  /** Order "o" with a shipment of two of line "1" planned under the id "ful_promised". */
  function withPlan(): Order {
    const order = orderOf(snapshot("o"));
    const plan = applyLocal(
      order,
      {
        kind: "shipment-planned",
        fulfillmentId: "ful_promised",
        commandId: "cmd_1",
        stepIndex: 0,
        marker,
        lines: [{ lineId: order.lines[0]?.id as string, quantity: 2 }],
        packages: [],
        locationId: null,
        plannedAt: at(2),
      },
      context,
    );
    return plan;
  }
  const reportedAs = (order: Order, ...value: NativeFulfillment[]) =>
    merge(
      order,
      snapshot("o", 9, { fulfillments: { asOf: at(9), complete: true, value } }),
      context,
    );
  const standing = (order: Order) =>
    present(order.fulfillments).map(({ id, nativeId, status }) => [id, nativeId, status]);

  it("keeps the id that was promised, its command and its marker", () => {
    const { order, adopted } = reportedAs(withPlan(), shipment("77", { 1: 2 }, { marker }));
    expect(standing(order)).toEqual([["ful_promised", "77", "SUCCESS"]]);
    expect(order.fulfillments[0]).toMatchObject({ commandId: "cmd_1", stepIndex: 0, marker });
    expect(adopted.map((row) => row.id)).toEqual(["ful_promised"]);
    const again = reportedAs(order, shipment("77", { 1: 2 }, { marker }));
    expect(again.adopted).toEqual([]);
    expect(again.order).toEqual(order);
  });

  it("keeps that id also where the marker comes though the step was given up", () => {
    const dropped = applyLocal(
      withPlan(),
      { kind: "shipment-dropped", fulfillmentId: "ful_promised" },
      context,
    );
    expect(standing(dropped)).toEqual([]);
    const { order } = reportedAs(dropped, shipment("77", { 1: 2 }, { marker }));
    expect(standing(order)).toEqual([["ful_promised", "77", "SUCCESS"]]);
  });

  it("is one shipment where one message names it twice and two plans are alike", () => {
    const two = applyLocal(
      withPlan(),
      {
        kind: "shipment-planned",
        fulfillmentId: "ful_other",
        commandId: "cmd_1",
        stepIndex: 1,
        marker: "n".repeat(22),
        lines: [{ lineId: orderOf(snapshot("o")).lines[0]?.id as string, quantity: 2 }],
        packages: [],
        locationId: null,
        plannedAt: at(2),
      },
      context,
    );
    for (const row of two.fulfillments) row.sentAt = at(3);
    const { order } = reportedAs(two, shipment("77", { 1: 2 }), shipment("77", { 1: 2 }));
    expect(order.fulfillments.filter((row) => row.nativeId === "77")).toHaveLength(1);
    expect(order.fulfillments).toHaveLength(2);
  });

  it("takes the place of its twin where the report came first and the answer later", () => {
    const { order } = reportedAs(withPlan(), shipment("77", { 1: 2 }));
    expect(standing(order)).toHaveLength(2);
    const confirmed = applyLocal(
      order,
      {
        kind: "shipment-confirmed",
        fulfillmentId: "ful_promised",
        nativeId: "77",
        shippedAt: at(5),
      },
      context,
    );
    expect(standing(confirmed)).toEqual([["ful_promised", "77", "SUCCESS"]]);
    expect(standing(reportedAs(confirmed, shipment("77", { 1: 2 })).order)).toEqual([
      ["ful_promised", "77", "SUCCESS"],
    ]);
  });
});
