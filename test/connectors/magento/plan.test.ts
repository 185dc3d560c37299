import { describe, expect, it } from "vitest";
import { planSteps } from "../../../src/connectors/magento/plan.js";
import { orderSnapshot } from "../../../src/connectors/magento/translate.js";
import type { FulfillmentTrackingUpdate, PackageWish } from "../../../src/domain/command.js";
import { lineIdOf, orderOf, shipCommand, tracked } from "../bench.js";
import { order as body, row } from "./body.js";
import { recordedShop } from "./records.js";

const shop = recordedShop({ sources: true });
const held = orderOf(
  orderSnapshot(
    body([
      row(1, { qty_ordered: 3 }),
      row(2, { product_type: "configurable", sku: "TEE-RED", name: "Tee", qty_ordered: 2 }),
      row(3, { parent_item_id: 2, sku: "TEE-RED", name: "Tee Red", qty_ordered: 2 }),
      row(4, { product_type: "bundle", sku: "SET", qty_ordered: 2 }),
      row(5, { parent_item_id: 4, sku: "SET-MUG", qty_ordered: 4 }),
      row(6, { parent_item_id: 4, sku: "SET-TEE", qty_ordered: 2 }),
      row(7, { sku: "EBOOK", is_virtual: 1 }),
    ]),
    shop,
  ),
);
const mug = lineIdOf(held, "MUG-1");
const tee = lineIdOf(held, "TEE-RED");
const silent = (number: string): PackageWish => tracked(number);
const requestsOf = (...given: Parameters<typeof shipCommand>) =>
  planSteps(shipCommand(...given), given[0], shop).map(({ request }) => request);

describe("Planning a Magento shipment", () => {
  it("names a configurable product by its own row", () => {
    expect(requestsOf(held, { "TEE-RED": 2 })).toMatchObject([
      { rows: [{ rowId: "2", quantity: 2 }], parts: [] },
    ]);
  });

  it("names the parts of a bundle beside it, in proportion", () => {
    expect(requestsOf(held, { SET: 1 })).toMatchObject([
      {
        rows: [{ rowId: "4", quantity: 1 }],
        parts: [
          { rowId: "5", quantity: 2 },
          { rowId: "6", quantity: 1 },
        ],
      },
    ]);
  });

  it("leaves virtual goods out, and parts whose bundle leaves as a whole", () => {
    const lines = held.lines.map(({ id, ordered }) => ({ lineId: id, quantity: ordered }));
    const packages = [
      tracked("A1", [{ lineId: lineIdOf(held, "EBOOK"), quantity: 1 }]),
      tracked("B2", [{ lineId: mug, quantity: 3 }]),
    ];
    const steps = planSteps({ ...shipCommand(held, {}), lines, packages }, held, shop);
    const rows = steps.map(({ request }) => (request as { rows: { rowId: string }[] }).rows);
    expect(rows.map((each) => each.map(({ rowId }) => rowId))).toEqual([["1"], ["2", "4"]]);
    const ebook = { ...shipCommand(held, {}), lines: lines.slice(-1) };
    expect(() => planSteps(ebook, held, shop)).toThrow(/ships no virtual goods/);
    const part = { lineId: lineIdOf(held, "SET-MUG"), quantity: 4 };
    const alone = planSteps({ ...shipCommand(held, {}), lines: [part] }, held, shop);
    expect(alone).toMatchObject([{ request: { rows: [{ rowId: "5" }] } }]);
  });

  it("puts packages that name no lines into one shipment with several tracks", () => {
    const steps = planSteps(
      shipCommand(held, { "MUG-1": 3 }, [silent("A1"), silent("B2")]),
      held,
      shop,
    );
    expect(steps).toMatchObject([
      {
        summary: "ship 1 line with 2 tracks",
        request: { tracks: [{ number: "A1" }, { number: "B2" }], notify: false, sourceCode: null },
        creates: { lines: [{ lineId: mug, quantity: 3 }], packages: [{}, {}] },
      },
    ]);
  });

  it("makes a shipment of each package that names its lines, and one of what is left", () => {
    const packages = [
      tracked("A1", [{ lineId: mug, quantity: 1 }]),
      tracked("B2", [{ lineId: tee, quantity: 2 }]),
    ];
    const wish = { "MUG-1": 3, "TEE-RED": 2 };
    expect(requestsOf(held, wish, packages)).toMatchObject([
      { rows: [{ rowId: "1", quantity: 1 }], tracks: [{ number: "A1" }] },
      { rows: [{ rowId: "2", quantity: 2 }], tracks: [{ number: "B2" }] },
      { rows: [{ rowId: "1", quantity: 2 }], tracks: [] },
    ]);
    const rest = requestsOf(held, wish, [...packages.slice(0, 1), silent("C3")]);
    expect(rest.at(-1)).toMatchObject({ tracks: [{ number: "C3" }] });
  });

  it("refuses packages that hold more than is shipped, or nothing", () => {
    const all = tracked("A1", [{ lineId: mug, quantity: 3 }]);
    expect(() => requestsOf(held, { "MUG-1": 2 }, [all])).toThrow(/more of line .* \(3 of 2\)/);
    expect(() => requestsOf(held, { "MUG-1": 3 }, [all, silent("B2")])).toThrow(/package is empty/);
  });

  it("ships from a source where the shop has any", () => {
    const command = { ...shipCommand(held, { "MUG-1": 1 }), locationId: "wh2" };
    expect(planSteps(command, held, shop)).toMatchObject([
      { request: { sourceCode: "wh2" }, creates: { locationId: "wh2" } },
    ]);
    expect(() => planSteps(command, held, recordedShop())).toThrow(/no sources/);
  });
});

describe("Planning what Magento cannot do", () => {
  const base = { orderId: held.id, notifyCustomer: null };

  it("refuses to take a shipment back", () => {
    const command = {
      ...base,
      type: "FULFILLMENT_CANCEL",
      fulfillmentId: "x",
      reason: null,
    } as const;
    expect(() => planSteps(command, held, shop)).toThrow(
      expect.objectContaining({ code: "CAPABILITY_NOT_SUPPORTED" }),
    );
  });

  it("refuses tracking for a shipment that is not known", () => {
    const command: FulfillmentTrackingUpdate = {
      ...base,
      type: "FULFILLMENT_TRACKING_UPDATE",
      fulfillmentId: "fulfillment_x",
      packages: [silent("A1")],
      replace: true,
    };
    expect(() => planSteps(command, held, shop)).toThrow(/fulfillment_x does not exist/);
  });

  it("says that stock comes free by itself where it was asked not to", () => {
    const command = {
      ...base,
      type: "ORDER_CANCEL",
      reason: "OTHER",
      restock: false,
      refund: null,
    } as const;
    expect(planSteps(command, held, shop)).toMatchObject([
      { kind: "ORDER_CANCEL", money: false, summary: expect.stringMatching(/asked not to/) },
    ]);
  });
});
