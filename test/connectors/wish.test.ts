import { expect, it } from "vitest";
import { lineOf, nativeLines, reportedId, shipmentOf } from "../../src/connectors/wish.js";
import { count, goods } from "../../src/connectors/words.js";
import { GatewayError, InvalidInput, NotFound } from "../../src/domain/errors.js";
import type { Order } from "../../src/domain/order.js";

const part = { removedAt: null };
const order = {
  id: "order",
  lines: [
    { ...part, id: "a", nativeId: "11" },
    { ...part, id: "b", nativeId: null },
  ],
  fulfillments: [{ ...part, id: "f", nativeId: null }],
} as unknown as Order;

it("names lines by the shop's own ids, and keeps the rest of the wish", () => {
  expect(nativeLines([{ lineId: "a", quantity: 2 }], order)).toEqual([
    { lineId: "11", quantity: 2 },
  ]);
});

it("refuses lines that the order does not have, and those that the shop does not know, at their place", () => {
  expect(() => lineOf("z", order, ["lines", "0"])).toThrow(
    new InvalidInput("order order has no line z", ["lines", "0"]),
  );
  expect(() => lineOf("b", order)).toThrow(/line b is not known to the shop/);
});

it("tells a shipment that is not there from one that the shop has not reported yet", () => {
  expect(() => shipmentOf("z", order)).toThrow(NotFound);
  expect(() => reportedId("fulfillment", shipmentOf("f", order))).toThrow(
    new GatewayError("COMMAND_IN_FLIGHT", "the shop has not reported fulfillment f yet"),
  );
});

it("counts lines and pieces in words", () => {
  expect([count(1, "line"), count(2, "line")]).toEqual(["1 line", "2 lines"]);
  expect(goods([{ quantity: 0.1 }, { quantity: 0.2 }])).toBe("0.3 pieces of 2 lines");
});
