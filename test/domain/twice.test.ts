import { expect, it } from "vitest";
import { doneTwice } from "../../src/domain/twice.js";
import { orderOf } from "../connectors/bench.js";
import { at, shipment, snapshot } from "../support/snapshots.js";

const shown = (...value: ReturnType<typeof shipment>[]) =>
  orderOf(snapshot("a", 0, { fulfillments: { asOf: at(1), complete: true, value } }));

it("two shipments of one marker are one write done twice; none without a marker is", () => {
  const marker = "MarkerMarkerMarker1234";
  const order = shown(
    shipment("1", { 1: 1 }, { marker }),
    shipment("2", { 1: 1 }, { marker }),
    shipment("3", { 1: 1 }, { marker: null }),
    shipment("4", { 1: 1 }, { marker: null }),
  );
  expect(doneTwice(order)).toEqual([{ marker, noun: "shipments", nativeIds: ["1", "2"] }]);
});

it("what was taken back does not count", () => {
  const marker = "MarkerMarkerMarker1234";
  const taken = { marker, status: "CANCELED" } as const;
  expect(
    doneTwice(shown(shipment("1", { 1: 1 }, { marker }), shipment("2", { 1: 1 }, taken))),
  ).toEqual([]);
});
