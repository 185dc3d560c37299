import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/connectors/json.js";
import { orderPayload } from "../../../src/connectors/woocommerce/payload.js";
import { recognise } from "../../../src/connectors/woocommerce/recognise.js";
import { orderSnapshot } from "../../../src/connectors/woocommerce/translate.js";
import { lineBody, orderBody } from "./body.js";
import { recordedShop } from "./records.js";

const shop = recordedShop();
const translate = (body: Record<string, unknown>, differences = {}) =>
  orderSnapshot(orderPayload.parse(body), recordedShop(differences));
const headOf = (body: Record<string, unknown>) => {
  const head = translate(body).head?.value;
  if (!head) throw new Error("no head");
  return head;
};
const lineOf = (line: Record<string, unknown>, order = {}, differences = {}) => {
  const [first] =
    translate(orderBody({ line_items: [line], ...order }), differences).lines?.value ?? [];
  if (!first) throw new Error("no line");
  return first;
};

describe("money", () => {
  it("never passes a float: numbers of JSON that are not whole stay text", () => {
    expect(parseJson('{"a":0.1,"b":3,"c":12345678901234567890,"d":1e3}')).toEqual({
      a: "0.1",
      b: 3,
      c: "12345678901234567890",
      d: "1e3",
    });
  });

  it("of a unit is the line's shared by its quantity, exact where it comes out", () => {
    const line = lineOf(lineBody({ quantity: 8, subtotal: "1.00", subtotal_tax: "0" }));
    expect(line.unitPrice.shop.amount).toBe("0.125");
  });

  it("of a unit is rounded half up at six decimals where it does not come out", () => {
    const line = lineOf(lineBody({ quantity: 3, subtotal: "20.00", subtotal_tax: "0" }));
    expect(line.unitPrice.shop.amount).toBe("6.666667");
  });

  it("of a line without pieces does not divide by zero", () => {
    expect(lineOf(lineBody({ quantity: 0 })).unitPrice.shop.amount).toBe("24.00");
  });

  it("is shown without tax where prices are entered without", () => {
    const head = headOf(orderBody());
    expect(head.totals).toMatchObject({
      subtotal: { shop: { amount: "21.60" } },
      shipping: { shop: { amount: "7.50" } },
      discounts: { shop: { amount: "2.40" } },
    });
    expect(lineOf(lineBody())).toMatchObject({
      unitPrice: { shop: { amount: "12.00" } },
      discounts: { shop: { amount: "2.40" } },
      total: { shop: { amount: "23.38" } },
    });
  });

  it("is shown with tax where prices are entered with tax", () => {
    const head = headOf(orderBody({ prices_include_tax: true }));
    expect(head.taxesIncluded).toBe(true);
    expect(head.totals).toMatchObject({
      subtotal: { shop: { amount: "23.38" } },
      shipping: { shop: { amount: "8.12" } },
      discounts: { shop: { amount: "2.60" } },
    });
    expect(lineOf(lineBody(), { prices_include_tax: true })).toMatchObject({
      unitPrice: { shop: { amount: "12.99" } },
      discounts: { shop: { amount: "2.60" } },
      total: { shop: { amount: "23.38" } },
    });
  });

  it("keeps the decimals of yen and dinars", () => {
    expect(headOf(orderBody({ currency: "JPY", total: "3150" })).totals.total.shop).toEqual({
      amount: "3150",
      currency: "JPY",
    });
    expect(headOf(orderBody({ currency: "KWD", total: "31.5" })).totals.total.shop).toEqual({
      amount: "31.500",
      currency: "KWD",
    });
  });

  it("pads a coupon's amount and reads a tax rate as a fraction", () => {
    const head = headOf(
      orderBody({
        coupon_lines: [{ code: "ten", discount: "4.9", discount_tax: "0.41" }],
        tax_lines: [
          { label: "VAT", rate_percent: "8.25", tax_total: "1.78", shipping_tax_total: "0.62" },
        ],
      }),
    );
    expect(head.discounts).toEqual([
      {
        code: "ten",
        title: null,
        amount: expect.objectContaining({ shop: { amount: "4.90", currency: "USD" } }),
      },
    ]);
    expect(head.taxLines[0]).toMatchObject({
      rate: "0.0825",
      amount: { shop: { amount: "2.40" } },
    });
  });

  it("of a fee becomes a line that needs no shipping, so that lines add up", () => {
    const lines =
      translate(
        orderBody({ fee_lines: [{ id: 9, name: "Gift wrap", total: "3.00", total_tax: "0.25" }] }),
      ).lines?.value ?? [];
    expect(lines[1]).toMatchObject({
      nativeId: "9",
      name: "Gift wrap",
      ordered: 1,
      requiresShipping: false,
      externalProductId: null,
      total: { shop: { amount: "3.25" } },
    });
  });

  it("counts as captured once there is a payment date, and refunds from their summary", () => {
    const paid = headOf(
      orderBody({
        refunds: [
          { id: 1, total: "-12.99" },
          { id: 2, total: "-0.00" },
        ],
      }),
    );
    expect(paid.totals.captured?.shop.amount).toBe("31.50");
    expect(paid.totals.refunded?.shop.amount).toBe("12.99");
    expect(headOf(orderBody({ date_paid_gmt: null })).totals.captured).toBeNull();
  });
});

describe("a line", () => {
  it("of a variation bears its product's name and what tells it apart", () => {
    const line = lineOf(
      lineBody({
        name: "Logo Tee - M",
        parent_name: "Logo Tee",
        variation_id: 15,
        meta_data: [
          { id: 1, key: "size", value: "M", display_key: "Size", display_value: "M" },
          { id: 2, key: "_reduced_stock", value: "1" },
        ],
      }),
    );
    expect(line).toMatchObject({
      name: "Logo Tee",
      variantTitle: "M",
      externalVariantId: "15",
      properties: [{ key: "Size", value: "M" }],
    });
  });

  it("of a variation with many attributes is told apart by these", () => {
    const meta = ["Navy", "M", "Slim"].map((value, id) => ({ id, key: `a${id}`, value }));
    const line = lineOf(
      lineBody({ name: "Tee", parent_name: "Tee", variation_id: 4, meta_data: meta }),
    );
    expect(line.variantTitle).toBe("Navy / M / Slim");
  });

  it("is shipped unless the order needs no processing or its product is known to be virtual", () => {
    expect(lineOf(lineBody()).requiresShipping).toBe(true);
    expect(lineOf(lineBody(), { needs_processing: false }).requiresShipping).toBe(false);
    const virtual = { virtualProductIds: new Set(["11"]) };
    expect(lineOf(lineBody(), {}, virtual).requiresShipping).toBe(false);
  });

  it("survives meta that is no list, and entries that are no entries", () => {
    const line = lineOf(lineBody({ meta_data: { "0": { key: "engraving", value: "A" }, "1": 7 } }));
    expect(line.properties).toEqual([{ key: "engraving", value: "A" }]);
  });
});

describe("the one status field", () => {
  const claims = (body: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(headOf(body).claims).map(([dimension, claim]) => [
        dimension,
        `${claim.value} ${claim.basis}`,
      ]),
    );

  it.each([
    ["pending", { ORDER: "PENDING", PAYMENT: "PENDING", FULFILLMENT: "UNFULFILLED" }],
    ["on-hold", { ORDER: "PENDING", PAYMENT: "PENDING", FULFILLMENT: "UNFULFILLED" }],
    ["processing", { ORDER: "OPEN", PAYMENT: "PAID", FULFILLMENT: "UNFULFILLED" }],
    ["failed", { ORDER: "PENDING", PAYMENT: "FAILED" }],
    ["refunded", { PAYMENT: "REFUNDED" }],
  ])("%s claims what it is about and nothing else", (status, expected) => {
    expect(claims(orderBody({ status }))).toEqual(
      Object.fromEntries(Object.entries(expected).map(([k, v]) => [k, `${v} PLATFORM_FIELD`])),
    );
  });

  it("completed only assumes that goods left", () => {
    expect(claims(orderBody({ status: "completed" })).FULFILLMENT).toBe("FULFILLED ASSUMED");
  });

  it("cancelled voids the payment only where none came in", () => {
    expect(claims(orderBody({ status: "cancelled" }))).toEqual({
      ORDER: "CANCELED PLATFORM_FIELD",
      FULFILLMENT: "UNFULFILLED ASSUMED",
    });
    expect(claims(orderBody({ status: "cancelled", date_paid_gmt: null })).PAYMENT).toBe(
      "VOIDED PLATFORM_FIELD",
    );
    expect(headOf(orderBody({ status: "cancelled" })).canceledAt).toBe("2026-11-20T10:05:00.000Z");
  });

  it("refunded after we canceled is still canceled, as of the time that we noted, unless the order went on", () => {
    const meta_data = [
      { id: 1, key: "_tributary_canceled_at", value: "2026-11-21T08:00:00.000Z" },
      { id: 2, key: "_tributary_cancel_reason", value: "CUSTOMER" },
    ];
    const refunded = orderBody({ status: "refunded", meta_data });
    expect(headOf(refunded)).toMatchObject({
      canceledAt: "2026-11-21T08:00:00.000Z",
      cancelReason: "CUSTOMER",
    });
    expect(claims(refunded)).toEqual({
      PAYMENT: "REFUNDED PLATFORM_FIELD",
      FULFILLMENT: "UNFULFILLED ASSUMED",
    });
    const wentOn = { ...refunded, date_completed_gmt: "2026-11-22T08:00:00" };
    expect(headOf(wentOn).canceledAt).toBeNull();
    expect(headOf({ ...refunded, meta_data: [] }).canceledAt).toBeNull();
    expect(headOf({ ...refunded, status: "processing" }).canceledAt).toBeNull();
    const broken = [{ id: 1, key: "_tributary_canceled_at", value: "soon" }];
    expect(headOf(orderBody({ status: "cancelled", meta_data: broken })).canceledAt).toBe(
      "2026-11-20T10:05:00.000Z",
    );
  });

  it("of a canceled order whose shipment was taken back no longer says that it was fulfilled", () => {
    const before = claims(orderBody({ status: "completed" }));
    const after = claims(orderBody({ status: "cancelled" }));
    expect({ ...before, ...after }.FULFILLMENT).toBe("UNFULFILLED ASSUMED");
    const meta_data = [{ id: 1, key: "_fulfillment_status", value: "unfulfilled" }];
    expect(claims(orderBody({ status: "completed", meta_data })).FULFILLMENT).toBe(
      "UNFULFILLED PLATFORM_FIELD",
    );
  });

  it("of a plugin is kept in its own words, with the shop's label, and claims nothing", () => {
    const head = orderSnapshot(
      orderPayload.parse(orderBody({ status: "awaiting-dye" })),
      recordedShop({ statusLabels: { "awaiting-dye": "Awaiting dye lot" } }),
    ).head?.value;
    expect(head?.platformStatuses).toEqual([
      { field: "status", value: "awaiting-dye", label: "Awaiting dye lot", isCustom: true },
    ]);
    expect(head?.claims).toEqual({});
  });

  it("is completed by what core fulfillments note on the order", () => {
    const meta_data = [{ id: 1, key: "_fulfillment_status", value: "partially_fulfilled" }];
    expect(claims(orderBody({ meta_data })).FULFILLMENT).toBe("PARTIALLY_FULFILLED PLATFORM_FIELD");
  });
});

describe("what plugins and PHP make of a body", () => {
  const whole = translate(orderBody());
  it.each<[string, Record<string, unknown>]>([
    ["a map in place of a list", { line_items: { 2: (orderBody().line_items as object[])[0] } }],
    ["a number in place of a text", { number: 700, id: "700" }],
    ["amounts as numbers", { total: 31.5, total_tax: 2.4 }],
  ])("is read for %s as if it came right", (_, differences) => {
    const read = translate(
      parseJson(JSON.stringify(orderBody(differences))) as Record<string, unknown>,
    );
    expect([read.ref, read.lines?.value, read.head?.value.totals]).toEqual([
      whole.ref,
      whole.lines?.value,
      whole.head?.value.totals,
    ]);
  });

  it("is an order without addresses where these come as empty lists", () => {
    const read = translate(orderBody({ billing: [], shipping: [] }));
    expect(read.head?.value).toMatchObject({ shippingAddress: null, billingAddress: null });
    expect(read.lines?.value).toEqual(whole.lines?.value);
  });

  it.each([null, "", " "])("is called by its id where its number is %j", (number) => {
    expect(translate(orderBody({ number })).ref).toEqual({ nativeId: "700", number: "700" });
  });

  it("keeps a currency of a plugin's making in sight as unreadable, with its place", () => {
    const found = recognise(orderBody({ currency: "POINTS" }), shop, "");
    expect(found).toMatchObject({
      kind: "unreadable",
      reason: expect.stringContaining("currency"),
    });
  });
});

describe("a record", () => {
  it("of a cart in the checkout is no order", () => {
    expect(recognise(orderBody({ status: "checkout-draft" }), shop, "")).toMatchObject({
      kind: "ignored",
    });
  });

  it("of an order in the bin counts as deleted", () => {
    expect(translate(orderBody({ status: "trash" })).deletedAt).toBe("2026-11-20T10:05:00.000Z");
  });

  it("that misses its money is unreadable, and the reason shows no personal values", () => {
    const found = recognise(orderBody({ total: "ada@example.com" }), shop, "");
    expect(found).toMatchObject({ kind: "unreadable", reason: expect.stringContaining("total") });
    expect(JSON.stringify(found)).not.toContain("ada@");
  });

  it.each([
    null,
    7,
    "x",
    [],
    {},
    { id: 5, foo: 1 },
    { id: {}, status: 1, line_items: 2, billing: 3 },
  ])("of any other shape never throws: %j", (body) => {
    expect(["ignored", "unreadable"]).toContain(recognise(body, shop, "").kind);
  });

  it("with refunds or fulfillments asks for a second look, since it shows only their sums", () => {
    const refresh = (body: Record<string, unknown>, differences = {}) => {
      const found = recognise(body, recordedShop(differences), "");
      return found.kind === "snapshot" && found.refresh;
    };
    const meta_data = [{ id: 1, key: "_fulfillment_status", value: "fulfilled" }];
    expect(refresh(orderBody())).toBe(false);
    expect(refresh(orderBody({ refunds: [{ id: 1, total: "-1.00" }] }))).toBe(true);
    expect(refresh(orderBody({ meta_data }))).toBe(true);
    expect(refresh(orderBody({ meta_data }), { coreFulfillments: false })).toBe(false);
  });

  it("holds the trackings of an extension whole where the shop has no fulfillments of its own", () => {
    const item = {
      tracking_id: "0bfe",
      tracking_number: "1Z 999",
      tracking_provider: "",
      custom_tracking_provider: "Bike",
      custom_tracking_link: "https://bike.example/%1$s",
      date_shipped: 1795404579,
    };
    const body = orderBody({
      meta_data: [{ id: 1, key: "_wc_shipment_tracking_items", value: [item, { broken: true }] }],
    });
    expect(translate(body).fulfillments).toBeUndefined();
    expect(translate(body, { coreFulfillments: false }).fulfillments).toMatchObject({
      complete: true,
      value: [
        {
          nativeId: "tracking:0bfe",
          shippedAt: new Date(1795404579_000).toISOString(),
          packages: [
            {
              nativeId: "1Z999",
              tracking: {
                number: "1Z 999",
                carrier: "Bike",
                carrierCode: null,
                url: "https://bike.example/1Z%20999",
              },
            },
          ],
        },
      ],
    });
  });
});
