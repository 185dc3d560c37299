import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/connectors/json.js";
import { stored } from "../../../src/connectors/magento/amount.js";
import { markerComment, markerOf } from "../../../src/connectors/magento/marker.js";
import { orderPayload } from "../../../src/connectors/magento/payload.js";
import { recordsOf, snapshotOf } from "../../../src/connectors/magento/read.js";
import type { Row } from "../../../src/connectors/magento/search.js";
import { orderSnapshot } from "../../../src/connectors/magento/translate.js";
import { whyUnreadable } from "../../../src/connectors/unread.js";
import { derive } from "../../../src/domain/derive.js";
import { orderOf } from "../bench.js";
import { checkSnapshot } from "../invariants.js";
import { order, row } from "./body.js";
import { recordedShop } from "./records.js";

const shop = recordedShop();
const linesOf = (...rows: Parameters<typeof order>[0]) =>
  orderSnapshot(order(rows), shop).lines?.value ?? [];
const headOf = (...given: Parameters<typeof order>) => {
  const head = orderSnapshot(order(...given), shop).head?.value;
  return head ?? expect.fail("no head");
};
const shipped = (rows: object[], fields: object = {}) => ({
  shipments: [
    { entity_id: 1, order_id: 7, created_at: "2026-11-20 08:30:00", items: rows, ...fields },
  ] as Row[],
  invoices: [],
  creditmemos: [],
});

describe("Magento's numbers", () => {
  it("are read without floats, and freed of the noise of PHP's own", () => {
    const { a, b, c } = parseJson('{"a":12.499999999999998,"b":1.0e-5,"c":0.1}') as Record<
      string,
      string
    >;
    expect([stored(a ?? ""), stored(b ?? ""), stored(c ?? "")]).toEqual(["12.5", "0", "0.1"]);
    expect(parseJson('{"id":9007199254740993}')).toEqual({ id: "9007199254740993" });
  });

  it("keep the four decimals that the database keeps, whatever they are", () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (units) => {
        const exact = Big(units).div(10_000).toFixed();
        // As PHP writes it with 17 digits.
        expect(
          stored(
            Number(exact)
              .toPrecision(17)
              .replace(/\.?0+$/, ""),
          ),
        ).toBe(exact);
      }),
    );
  });

  it("are kept in both currencies, and in currencies without cents", () => {
    const head = headOf([row(1)], {
      base_currency_code: "USD",
      order_currency_code: "JPY",
      base_grand_total: 70,
      grand_total: 10500,
    });
    expect(head.totals.total).toEqual({
      shop: { amount: "70.00", currency: "USD" },
      presentment: { amount: "10500", currency: "JPY" },
    });
  });
});

describe("Lines of a Magento order", () => {
  it("keep quantities up to four decimals", () => {
    const [line] = linesOf(row(1, { is_qty_decimal: 1, qty_ordered: 2.3755, qty_canceled: 0.5 }));
    expect(line).toMatchObject({ ordered: 2.3755, canceled: 0.5 });
  });

  it("take their discount off with the tax that it saves, so that lines, shipping and tax make the total", () => {
    // 100.00 with 19 % tax inside, 10 % off, shipping 5.00 net of which 0.50 was taken off.
    const given = {
      base_grand_total: 95.35,
      grand_total: 95.35,
      subtotal: 84.03,
      base_subtotal: 84.03,
      discount_amount: -10.5,
      base_discount_amount: -10.5,
      discount_tax_compensation_amount: 1.6,
      base_discount_tax_compensation_amount: 1.6,
      shipping_amount: 5,
      base_shipping_amount: 5,
      shipping_discount_amount: 0.5,
      base_shipping_discount_amount: 0.5,
      shipping_tax_amount: 0.85,
      base_shipping_tax_amount: 0.85,
      tax_amount: 15.22,
      base_tax_amount: 15.22,
      coupon_code: "TEN",
    };
    const money = {
      price: 84.03,
      row_total: 84.03,
      discount_amount: 10,
      discount_tax_compensation_amount: 1.6,
      tax_amount: 14.37,
    };
    const based = Object.fromEntries(
      Object.entries(money).map(([name, value]) => [`base_${name}`, value]),
    );
    const body = order([row(1, { ...money, ...based })], given);
    const snapshot = orderSnapshot(body, shop);
    const { totals, discounts } = snapshot.head?.value ?? expect.fail("no head");
    expect(totals.subtotal.shop.amount).toBe("75.63");
    expect(totals.shipping.shop.amount).toBe("4.50");
    expect(totals.discounts.shop.amount).toBe("8.90");
    expect(discounts).toMatchObject([{ code: "TEN", amount: { shop: { amount: "8.90" } } }]);
    const sum = ["subtotal", "shipping", "tax"] as const;
    expect(sum.reduce((all, it) => all.plus(totals[it].shop.amount), Big(0)).toFixed(2)).toBe(
      totals.total.shop.amount,
    );
    expect(snapshot.lines?.value[0]).toMatchObject({
      unitPrice: { shop: { amount: "84.03" } },
      discounts: { shop: { amount: "8.40" } },
      tax: { shop: { amount: "14.37" } },
      total: { shop: { amount: "90.00" } },
    });
  });

  const bundle = (fields: object = {}, parts: object = {}) => [
    row(1, { product_type: "bundle", sku: "SET", qty_ordered: 2, ...fields }),
    row(2, { parent_item_id: 1, sku: "MUG-1", qty_ordered: 4, ...parts }),
    row(3, { parent_item_id: 1, sku: "TEE", qty_ordered: 2, ...parts }),
  ];

  it("tell a bundle from its parts, and count a sum of theirs once", () => {
    const [whole, mug, tee] = linesOf(...bundle({ row_total: 25, base_row_total: 25 }));
    expect([whole?.parentLineId, mug?.parentLineId, tee?.parentLineId]).toEqual([null, "1", "1"]);
    expect([whole, mug, tee].map((line) => line?.total.shop.amount)).toEqual([
      "0.00",
      "12.50",
      "12.50",
    ]);
    const free = { price: 0, base_price: 0, row_total: 0, base_row_total: 0 };
    const fixed = linesOf(...bundle({ row_total: 30, base_row_total: 30 }, free));
    expect(fixed.map((line) => line.total.shop.amount)).toEqual(["30.00", "0.00", "0.00"]);
  });

  it("ship a bundle as a whole, until its parts are seen to leave alone", () => {
    const units = (...rows: Parameters<typeof order>[0]) =>
      linesOf(...rows).map((line) => line.requiresShipping);
    expect(units(...bundle())).toEqual([true, false, false]);
    expect(units(...bundle({ qty_shipped: 1 }, { qty_shipped: 1 }))).toEqual([true, false, false]);
    expect(units(...bundle({}, { qty_shipped: 1 }))).toEqual([false, true, true]);
    expect(units(row(1, { is_virtual: 1 }))).toEqual([false]);
  });

  it("name a variant by what its own name adds", () => {
    const title = (name: string) =>
      linesOf(
        row(1, { product_type: "configurable", name: "Tee" }),
        row(2, { parent_item_id: 1, product_id: 9, name }),
      ).map((line) => line.variantTitle);
    expect([title("Tee - Red"), title("Red Shirt"), title("Tee")]).toEqual([
      ["Red"],
      ["Red Shirt"],
      [null],
    ]);
  });

  it("weigh what the shop's unit says, and nothing where it is unknown", () => {
    const grams = (weightUnit: string | null) =>
      orderSnapshot(order([row(1, { weight: 1.5 })]), recordedShop({ weightUnit })).lines?.value[0]
        ?.weightGrams;
    expect([grams("kgs"), grams("lbs"), grams(null)]).toEqual([1500, 680.3886, null]);
  });
});

describe("Statuses of a Magento order", () => {
  const statusesOf = (fields: object, rows = [row(1, { qty_ordered: 3 })], parts = {}) => {
    const all = { shipments: [], invoices: [], creditmemos: [], returns: null, ...parts };
    const snapshot = snapshotOf(recordsOf(order(rows, { ...fields }), all, new Date()), shop);
    checkSnapshot(snapshot);
    return derive(orderOf(snapshot)).statuses;
  };
  const paid = { base_grand_total: 40, grand_total: 40, base_total_paid: 40, total_paid: 40 };

  it.each([
    ["new", { ORDER: "PENDING", PAYMENT: "PENDING", FULFILLMENT: "UNFULFILLED" }],
    ["pending_payment", { ORDER: "PENDING", PAYMENT: "PENDING" }],
    ["payment_review", { ORDER: "PENDING", FULFILLMENT: "ON_HOLD" }],
    ["processing", { ORDER: "OPEN", PAYMENT: "PENDING", FULFILLMENT: "UNFULFILLED" }],
    ["holded", { ORDER: "OPEN", FULFILLMENT: "ON_HOLD" }],
    ["complete", { ORDER: "COMPLETED" }],
    ["closed", { ORDER: "COMPLETED" }],
    ["canceled", { ORDER: "CANCELED", PAYMENT: "VOIDED" }],
    ["made_by_an_extension", { ORDER: "UNKNOWN" }],
  ])("follow state %s where nothing happened yet", (state, expected) => {
    const totals = { base_grand_total: 40, grand_total: 40 };
    expect(statusesOf({ state, ...totals })).toMatchObject(expected);
  });

  it("follow money and shipments where something did", () => {
    expect(statusesOf({ state: "holded", ...paid })).toMatchObject({ PAYMENT: "PAID" });
    expect(statusesOf({ ...paid, base_total_refunded: 5, total_refunded: 5 })).toMatchObject({
      PAYMENT: "PARTIALLY_REFUNDED",
    });
    expect(
      statusesOf({ state: "holded", ...paid }, undefined, shipped([{ order_item_id: 1, qty: 1 }])),
    ).toMatchObject({ FULFILLMENT: "PARTIALLY_FULFILLED", DELIVERY: "UNKNOWN" });
    const payment = { method: "cc", base_amount_authorized: 40, amount_authorized: 40 };
    const total = { base_grand_total: 40, grand_total: 40 };
    expect(statusesOf({ ...total, payment })).toMatchObject({ PAYMENT: "AUTHORIZED" });
    expect(statusesOf({ ...paid, payment })).toMatchObject({ PAYMENT: "PAID" });
  });

  it("keep the platform's own words, and tell a merchant's status from Magento's", () => {
    const { platformStatuses } = headOf([row(1)], { status: "in_the_oven" });
    expect(platformStatuses).toEqual([
      { field: "state", value: "processing", label: null, isCustom: false },
      { field: "status", value: "in_the_oven", label: null, isCustom: true },
    ]);
  });
});

describe("What else a Magento order says", () => {
  it("keeps comments as notes, oldest first and without our own", () => {
    const comment = (fields: object) => ({
      comment: "Packed",
      created_at: "2026-11-20 08:10:00",
      is_visible_on_front: 0,
      ...fields,
    });
    const { notes } = headOf([row(1)], {
      customer_note: "Ring twice",
      status_histories: [
        comment({ comment: markerComment("MarkerMarkerMarker1234") }),
        comment({ comment: null }),
        comment({
          comment: "On its way",
          created_at: "2026-11-20 08:20:00",
          is_visible_on_front: 1,
        }),
        comment({}),
      ],
    });
    expect(notes.map(({ text, customerVisible }) => [text, customerVisible])).toEqual([
      ["Ring twice", true],
      ["Packed", false],
      ["On its way", true],
    ]);
  });

  it("recognises its own mark in a comment and nothing else", () => {
    const marker = "MarkerMarkerMarker1234";
    const said = (comment: string) => [
      { entity_id: null, comment, created_at: null, is_visible_on_front: false },
    ];
    expect(markerOf(said(markerComment(marker)))).toBe(marker);
    expect(markerOf(said("Tributary ref short"))).toBeNull();
  });

  it("says where a record cannot be read, and never what stood there", () => {
    const broken = orderPayload.safeParse({ entity_id: 1, created_at: "secret" });
    expect(broken.success).toBe(false);
    const text = whyUnreadable(broken.error);
    expect(text).toContain("created_at");
    expect(text).not.toContain("secret");
  });
});
