import { describe, expect, it } from "vitest";
import { applyLocal } from "../../src/domain/apply-local.js";
import type { PackageWish } from "../../src/domain/command.js";
import { derive } from "../../src/domain/derive.js";
import { InvalidInput } from "../../src/domain/errors.js";
import type { LocalFact, PlannedShipment } from "../../src/domain/local.js";
import type { Order } from "../../src/domain/order.js";
import { present } from "../../src/domain/part.js";
import { at, snapshot } from "../support/snapshots.js";
import { counting, orderOf } from "./arbitraries.js";

let minted = 0;
const context = { ...counting(at(50)), mint: (type: string) => `${type} ${++minted}` };
const order = orderOf(snapshot("o"));
const lineId = order.lines[0]?.id as string;
const apply = (before: Order, ...facts: LocalFact[]) =>
  facts.reduce((now, fact) => applyLocal(now, fact, context), before);

const wish = (number: string | null, quantity?: number): PackageWish => ({
  tracking: number ? { number, carrier: "UPS", carrierCode: "ups", url: null } : null,
  lines: quantity === undefined ? [] : [{ lineId, quantity }],
});
const plan = (changes: Partial<PlannedShipment> = {}): PlannedShipment => ({
  kind: "shipment-planned",
  fulfillmentId: "ful_1",
  commandId: "cmd_1",
  stepIndex: 0,
  marker: "m".repeat(22),
  lines: [{ lineId, quantity: 2 }],
  packages: [],
  locationId: null,
  plannedAt: at(2),
  ...changes,
});
const confirmed: LocalFact = {
  kind: "shipment-confirmed",
  fulfillmentId: "ful_1",
  nativeId: null,
  shippedAt: at(5),
};
const dropped: LocalFact = { kind: "shipment-dropped", fulfillmentId: "ful_1" };
const kept: LocalFact = { kind: "shipment-kept", fulfillmentId: "ful_1", shippedAt: at(5) };
const only = (of: Order) => {
  const [shipment] = of.fulfillments;
  if (!shipment) throw new Error("no shipment");
  return shipment;
};

describe("a planned shipment", () => {
  it("counts for nothing until it is made", () => {
    const planned = apply(order, plan());
    expect(only(planned)).toMatchObject({ id: "ful_1", status: "PENDING", nativeId: null });
    expect(derive(planned).byLine.get(lineId)).toMatchObject({ fulfilled: 0, fulfillable: 3 });
    expect(derive(apply(planned, confirmed)).byLine.get(lineId)).toMatchObject({ fulfilled: 2 });
  });

  it("is planned once, however often its step is", () => {
    const once = apply(order, plan());
    expect(apply(once, plan())).toEqual(once);
  });

  it("is gone when it is dropped, and stands again when its step is tried again or it was made", () => {
    const gone = apply(order, plan(), dropped);
    expect(only(gone)).toMatchObject({ status: "ERROR", removedAt: at(50) });
    expect(only(apply(gone, plan()))).toMatchObject({ status: "PENDING", removedAt: null });
    expect(only(apply(gone, confirmed))).toMatchObject({ status: "SUCCESS", removedAt: null });
  });

  it("is not dropped once the channel knows it", () => {
    const known = apply(order, plan(), { ...confirmed, nativeId: "77" });
    expect(apply(known, dropped)).toEqual(known);
  });

  it("has one package for each tracking number and at most one without", () => {
    const planned = apply(order, plan({ packages: [wish("1Z 9", 1), wish("1z9", 1), wish("2Z")] }));
    expect(only(planned).packages.map(({ nativeId, lines }) => [nativeId, lines])).toEqual([
      [
        "1Z9",
        [
          { lineId, quantity: 1 },
          { lineId, quantity: 1 },
        ],
      ],
      ["2Z", []],
    ]);
    const untracked = apply(order, plan({ packages: [wish(null, 1), wish(null, 1)] }));
    expect(only(untracked).packages).toHaveLength(1);
  });
});

describe("a shipment that the gateway keeps", () => {
  const mine = apply(order, plan({ packages: [wish("1Z")] }), kept);
  const tracked = (packages: PackageWish[], replace: boolean): LocalFact => ({
    kind: "shipment-tracked",
    fulfillmentId: "ful_1",
    packages,
    replace,
  });
  const numbers = (of: Order) =>
    present(only(of).packages).map((parcel) => parcel.tracking?.number ?? null);

  it("is the gateway's own with its packages and counts as shipped", () => {
    expect(only(mine)).toMatchObject({ owner: "GATEWAY", status: "SUCCESS", shippedAt: at(5) });
    expect(only(mine).packages[0]?.owner).toBe("GATEWAY");
    expect(derive(mine).byLine.get(lineId)).toMatchObject({ fulfilled: 2, shipped: 2 });
  });

  it("takes more tracking numbers beside or in place of those it has", () => {
    expect(numbers(apply(mine, tracked([wish("2Z")], false)))).toEqual(["1Z", "2Z"]);
    const replaced = apply(mine, tracked([wish("2Z")], true));
    expect(numbers(replaced)).toEqual(["2Z"]);
    expect(only(replaced).packages[0]).toMatchObject({ nativeId: "1Z", removedAt: at(50) });
    const back = apply(replaced, tracked([wish("1z")], true));
    expect(present(only(back).packages)[0]?.id).toBe(only(mine).packages[0]?.id);
  });

  it("takes a number once that one message names twice", () => {
    expect(numbers(apply(mine, tracked([wish("2Z"), wish("2 z")], false)))).toEqual(["1Z", "2Z"]);
  });

  it("lets its untracked package give way to one with a number", () => {
    const bare = apply(order, plan(), kept);
    expect(numbers(bare)).toEqual([null]);
    expect(numbers(apply(bare, tracked([wish("1Z")], false)))).toEqual(["1Z"]);
  });

  it("counts no more once it is canceled", () => {
    const canceled = apply(mine, { kind: "shipment-canceled", fulfillmentId: "ful_1" });
    expect(derive(canceled).byLine.get(lineId)).toMatchObject({ fulfilled: 0, fulfillable: 3 });
  });

  it("has the scans that only we know", () => {
    const packageId = only(mine).packages[0]?.id as string;
    const scan = {
      status: "DELIVERED",
      rawStatus: null,
      message: null,
      city: null,
      region: null,
      country: null,
      occurredAt: at(9),
      source: "MANUAL",
    } as const;
    const delivered = apply(mine, { kind: "parcel-scanned", packageId, scan });
    expect(derive(delivered).byLine.get(lineId)).toMatchObject({ delivered: 2 });
    expect(only(delivered).packages[0]?.scans[0]).toMatchObject({
      owner: "GATEWAY",
      recordedAt: at(50),
    });
  });
});

describe("a local fact", () => {
  it("changes nothing of the order it is given", () => {
    const before = structuredClone(order);
    apply(order, plan(), kept);
    expect(order).toEqual(before);
  });

  it("is refused where it names what the order does not have, by that name", () => {
    const naming: LocalFact[] = [
      { ...confirmed, fulfillmentId: "ful_9" },
      { ...dropped, fulfillmentId: "ful_9" },
      { ...kept, fulfillmentId: "ful_9" },
      { kind: "shipment-canceled", fulfillmentId: "ful_9" },
    ];
    for (const fact of naming) {
      expect(() => apply(order, fact), fact.kind).toThrow(InvalidInput);
      expect(() => apply(order, fact), fact.kind).toThrow(/ful_9 is not part of order/);
    }
  });
});
