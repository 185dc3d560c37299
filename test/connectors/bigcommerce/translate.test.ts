import { describe, expect, it } from "vitest";
import { snapshotOf } from "../../../src/connectors/bigcommerce/translate.js";
import { derive } from "../../../src/domain/derive.js";
import type { OrderHead } from "../../../src/domain/order.js";
import { orderOf } from "../bench.js";
import { checkSnapshot } from "../invariants.js";
import {
  addressBody,
  type Bodies,
  consignmentBody,
  orderBody,
  productBody,
  recordsOf,
  shop,
} from "./body.js";

const translate = (bodies: Bodies = {}) => {
  const snapshot = snapshotOf(recordsOf(bodies), shop);
  checkSnapshot(snapshot);
  return snapshot;
};
const headOf = (bodies: Bodies = {}): OrderHead =>
  translate(bodies).head?.value ?? expect.fail("no head");
const statusesOf = (bodies: Bodies = {}) => derive(orderOf(translate(bodies))).statuses;
const usd = (amount: string) => ({
  shop: { amount, currency: "USD" },
  presentment: { amount, currency: "USD" },
});

describe("an order", () => {
  it("bears its dates in UTC, and an empty one as none", () => {
    expect(headOf()).toMatchObject({
      number: "218",
      source: "www",
      placedAt: "2019-03-05T21:40:11.000Z",
      platformUpdatedAt: "2019-03-11T15:17:25.000Z",
      completedAt: null,
      adminUrl: "https://store-abc.example/manage/orders/218",
    });
    const order = { date_shipped: "Wed, 25 Jun 2025 05:22:10 -0500" };
    expect(headOf({ order }).completedAt).toBe("2025-06-25T10:22:10.000Z");
  });

  it("counts every amount exactly, discounts taken off lines and subtotal", () => {
    const { totals, shippingLines, discounts } = headOf();
    expect(totals).toMatchObject({
      subtotal: usd("40.00"),
      shipping: usd("10.00"),
      discounts: usd("5.00"),
      tax: usd("5.50"),
      total: usd("55.50"),
      captured: usd("55.50"),
      refunded: usd("0.00"),
    });
    expect(shippingLines).toMatchObject([
      { id: "51", title: "Flat Rate", price: usd("10.00"), tax: usd("1.00") },
    ]);
    expect(discounts).toEqual([{ code: "S2549JM0Y", title: "$5 off", amount: usd("5.00") }]);
  });

  it("keeps four places where they say something, and never more than were sent", () => {
    const order = { subtotal_ex_tax: "62.6793", coupon_discount: "0.0000" };
    expect(headOf({ order }).totals.subtotal).toEqual(usd("62.6793"));
  });

  it("shows prices with tax where the store does", () => {
    const snapshot = translate({ order: { is_tax_inclusive_pricing: true } });
    expect(snapshot.head?.value.totals).toMatchObject({
      subtotal: usd("44.50"),
      shipping: usd("11.00"),
    });
    expect(snapshot.lines?.value[0]).toMatchObject({
      unitPrice: usd("16.50"),
      total: usd("28.00"),
    });
  });

  it("paid in another currency stands in the store's own beside it, by the order's rate", () => {
    const order = {
      default_currency_code: "JPY",
      store_default_currency_code: "USD",
      store_default_to_transactional_exchange_rate: "147.2500000000",
      total_inc_tax: "8172.0000",
    };
    expect(headOf({ order }).totals.total).toEqual({
      shop: { amount: "55.4975", currency: "USD" },
      presentment: { amount: "8172", currency: "JPY" },
    });
  });

  it("of a store with one currency names it once", () => {
    const order = { default_currency_code: "KWD", store_default_currency_code: "" };
    expect(headOf({ order }).totals.total.shop).toEqual({ amount: "55.500", currency: "KWD" });
  });

  it("without a rate between its currencies cannot be read", () => {
    const order = {
      store_default_currency_code: "EUR",
      store_default_to_transactional_exchange_rate: "0.0000000000",
    };
    expect(() => translate({ order })).toThrow(/no exchange rate from EUR to USD/);
  });

  it("says who ordered, and a guest has no number", () => {
    expect(headOf().customer).toMatchObject({ nativeId: "11", displayName: "Jane Doe" });
    expect(headOf({ order: { customer_id: 0 } }).customer).toMatchObject({ nativeId: null });
    expect(headOf()).toMatchObject({
      email: "janedoe@example.com",
      shippingAddress: { name: "Trish Doe", line1: "666 Sussex St", region: "Texas" },
      billingAddress: { name: "Jane Doe", company: null, country: "US" },
    });
  });

  it("keeps what customer and staff wrote apart", () => {
    const order = { customer_message: "Ring twice", staff_notes: "VIP" };
    expect(headOf({ order }).notes).toMatchObject([
      { text: "Ring twice", customerVisible: true },
      { text: "VIP", customerVisible: false },
    ]);
    const staff_notes = "VIP\nCall first (ref Abcdefghij0123456789KL)";
    expect(headOf({ order: { staff_notes } }).notes).toMatchObject([{ text: "VIP\nCall first" }]);
  });

  it("that was archived counts as deleted", () => {
    const snapshot = translate({ order: { is_deleted: true } });
    expect(snapshot.deletedAt).toBe("2019-03-11T15:17:25.000Z");
    expect(snapshot.head?.value.archivedAt).toBe(snapshot.deletedAt);
  });

  it("comes with the old shape of consignments as well", () => {
    const { consignments } = orderBody();
    expect(translate({ order: { consignments: [consignments] } })).toEqual(translate());
  });
});

describe("lines", () => {
  it("bear options, weight and what was taken off", () => {
    const product = productBody({
      product_options: [
        { display_name: "Size", display_value: "L", type: "Multiple choice" },
        { display_name: "Color", display_value: "Red", type: "Swatch" },
        { display_name: "Engraving", display_value: "Ada", type: "Text field" },
      ],
      wrapping_name: "Ribbon",
    });
    const consignments = { shipping: [consignmentBody({ line_items: [product] })] };
    expect(translate({ order: { consignments } }).lines?.value).toMatchObject([
      {
        nativeId: "65",
        sku: "MUG-01",
        barcode: null,
        variantTitle: "L / Red",
        requiresShipping: true,
        weightGrams: 14.1748,
        ordered: 2,
        fulfilled: null,
        unitPrice: usd("15.00"),
        discounts: usd("5.00"),
        tax: usd("3.00"),
        total: usd("28.00"),
        externalProductId: "77",
        externalVariantId: "89",
        properties: [
          { key: "Size", value: "L" },
          { key: "Color", value: "Red" },
          { key: "Engraving", value: "Ada" },
          { key: "Gift wrapping", value: "Ribbon" },
        ],
      },
    ]);
  });

  it("of files and gift certificates need no shipping, and nobody has to send them", () => {
    const consignments = {
      shipping: [],
      downloads: [{ line_items: [productBody({ id: 70, type: "digital" })] }],
      email: {
        gift_certificates: [{ line_items: productBody({ id: 71, type: "giftcertificate" }) }],
      },
    };
    const snapshot = translate({ order: { consignments } });
    expect(snapshot.lines?.value.map((it) => [it.nativeId, it.requiresShipping])).toEqual([
      ["70", false],
      ["71", false],
    ]);
    expect(snapshot.fulfillmentOrders?.value).toEqual([]);
    expect(statusesOf({ order: { consignments } }).FULFILLMENT).toBe("NOT_REQUIRED");
  });

  it("are fees and gift wrapping too, under ids that no product has", () => {
    const fees = [
      {
        id: 65,
        display_name_customer: "Insurance",
        cost_exc_tax: "4.0000",
        cost_inc_tax: "4.4000",
      },
    ];
    const order = { fees, wrapping_cost_ex_tax: "2.0000", wrapping_cost_inc_tax: "2.2000" };
    const snapshot = translate({ order });
    expect(snapshot.lines?.value.slice(2)).toMatchObject([
      { nativeId: "fee-65", name: "Insurance", unitPrice: usd("4.00"), total: usd("4.40") },
      { nativeId: "wrapping", unitPrice: usd("2.00"), requiresShipping: false },
    ]);
    expect(snapshot.head?.value.totals.subtotal).toEqual(usd("46.00"));
  });
});

describe("the one status field", () => {
  it.each([
    [1, "pending", "PENDING", "PENDING", "UNFULFILLED", "NOT_SHIPPED"],
    [7, "", "PENDING", "PENDING", "UNFULFILLED", "NOT_SHIPPED"],
    [11, "", "OPEN", "PAID", "UNFULFILLED", "NOT_SHIPPED"],
    [9, "", "OPEN", "PAID", "IN_PROGRESS", "NOT_SHIPPED"],
    [8, "", "OPEN", "PAID", "IN_PROGRESS", "READY_FOR_PICKUP"],
    [3, "", "OPEN", "PENDING", "PARTIALLY_FULFILLED", "IN_TRANSIT"],
    [2, "", "COMPLETED", "PENDING", "FULFILLED", "IN_TRANSIT"],
    [10, "", "COMPLETED", "PENDING", "FULFILLED", "UNKNOWN"],
    [14, "", "OPEN", "PARTIALLY_REFUNDED", "UNFULFILLED", "NOT_SHIPPED"],
    [4, "", "OPEN", "REFUNDED", "UNFULFILLED", "NOT_SHIPPED"],
    [5, "void", "CANCELED", "VOIDED", "UNFULFILLED", "NOT_SHIPPED"],
    [6, "", "CANCELED", "FAILED", "UNFULFILLED", "NOT_SHIPPED"],
    [12, "authorized", "OPEN", "AUTHORIZED", "ON_HOLD", "NOT_SHIPPED"],
    [13, "captured", "OPEN", "DISPUTED", "UNFULFILLED", "NOT_SHIPPED"],
  ])(
    "%i with payment status '%s' says %s, %s, %s, %s where nothing else is known",
    (status_id, payment_status, order, payment, fulfillment, delivery) => {
      expect(statusesOf({ order: { status_id, payment_status } })).toMatchObject({
        ORDER: order,
        PAYMENT: payment,
        FULFILLMENT: fulfillment,
        DELIVERY: delivery,
      });
    },
  );

  it("says nothing of goods when it turns to refunded: what was shipped stays shipped", () => {
    const shipments = [
      {
        items: [
          { order_product_id: 65, quantity: 2 },
          { order_product_id: 66, quantity: 1 },
        ],
      },
    ];
    for (const status_id of [4, 14])
      expect(
        statusesOf({ order: { status_id, items_shipped: 3 }, shipments, refunds: [{}] }),
      ).toMatchObject({ FULFILLMENT: "FULFILLED", PAYMENT: "PARTIALLY_REFUNDED" });
  });

  it("is kept in the store's own words, and its raw value where nobody knows it", () => {
    expect(headOf().platformStatuses).toEqual([
      { field: "status_id", value: "11", label: "To be packed", isCustom: false },
      { field: "payment_status", value: "captured", label: null, isCustom: false },
    ]);
    const unheard = headOf({ order: { status_id: 99, custom_status: "On the moon" } });
    expect(unheard.platformStatuses[0]).toMatchObject({
      value: "99",
      label: "On the moon",
      isCustom: true,
    });
    expect(unheard.claims.ORDER).toBeUndefined();
  });
});

describe("payment", () => {
  const paid = { order: { payment_status: "captured" } };
  it("follows the log where there is one, to the cent and without floats", () => {
    const transactions = [
      { id: 1, event: "authorization", amount: 55.5 },
      { id: 2, event: "capture", amount: 30.1, reference_transaction_id: 1 },
      { id: 3, event: "capture", amount: 0.2, reference_transaction_id: 1 },
    ];
    expect(headOf({ ...paid, transactions }).totals).toMatchObject({
      captured: usd("30.30"),
      authorized: null,
    });
    expect(statusesOf({ ...paid, transactions }).PAYMENT).toBe("PARTIALLY_PAID");
  });

  it("that failed or is pending has moved nothing, and what settles a purchase counts once", () => {
    const transactions = [
      { id: 1, status: "error" },
      { id: 2, event: "purchase" },
      { id: 3, event: "settled", reference_transaction_id: 2 },
      { id: 4, event: "pending", amount: 10 },
      { id: 5, event: "settled", amount: 10, reference_transaction_id: 4 },
    ];
    const snapshot = translate({ transactions });
    expect(snapshot.transactions?.value.map((it) => [it.kind, it.status])).toEqual([
      ["SALE", "FAILED"],
      ["SALE", "SUCCEEDED"],
      ["OTHER", "SUCCEEDED"],
      ["SALE", "PENDING"],
      ["SALE", "SUCCEEDED"],
    ]);
    expect(snapshot.head?.value.totals.captured).toEqual(usd("65.50"));
  });

  it("is believed to the payment status where there is no log", () => {
    expect(headOf({ order: { payment_status: "paid" }, transactions: [] }).totals.captured).toEqual(
      usd("55.50"),
    );
    const authorized = headOf({ order: { payment_status: "authorized" } }).totals;
    expect(authorized).toMatchObject({ captured: null, authorized: usd("55.50") });
    expect(statusesOf({ order: { payment_status: "refunded", status_id: 4 } }).PAYMENT).toBe(
      "REFUNDED",
    );
    expect(
      statusesOf({ order: { payment_status: "partially refunded", status_id: 14 } }).PAYMENT,
    ).toBe("PARTIALLY_REFUNDED");
  });

  it("says nothing of its log where nobody asked for it", () => {
    expect(translate({ transactions: null }).transactions).toBeUndefined();
    expect(translate({ transactions: [] }).transactions?.value).toEqual([]);
  });

  it("stands in the currency that each transaction names", () => {
    const order = {
      default_currency_code: "EUR",
      store_default_currency_code: "USD",
      store_default_to_transactional_exchange_rate: "0.9000000000",
    };
    const transactions = [
      { id: 1, amount: 9, currency: "EUR" },
      { id: 2, amount: 10, currency: "USD" },
      { id: 3, amount: 10, currency: "GBP" },
    ];
    expect(translate({ order, transactions }).transactions?.value.map((it) => it.amount)).toEqual([
      {
        shop: { amount: "10.00", currency: "USD" },
        presentment: { amount: "9.00", currency: "EUR" },
      },
      {
        shop: { amount: "10.00", currency: "USD" },
        presentment: { amount: "9.00", currency: "EUR" },
      },
    ]);
  });
});

describe("refunds", () => {
  it("name their lines, and share a line's price where no amount was asked", () => {
    const [refund] = translate({ refunds: [{}] }).refunds?.value ?? [];
    expect(refund).toMatchObject({
      nativeId: "3",
      status: "SUCCEEDED",
      amount: usd("14.00"),
      reason: "Damaged",
      createdAt: "2019-03-12T10:00:00.000Z",
      lines: [{ lineId: "65", quantity: 1, amount: usd("14.00"), restocked: null }],
    });
    expect(headOf({ refunds: [{}, { id: 4, total_amount: 0.1 }] }).totals.refunded).toEqual(
      usd("14.10"),
    );
  });

  it("of shipping, fees and the order move money and no goods, their tax on top of what was named", () => {
    const items = [
      { item_type: "SHIPPING", item_id: 51, requested_amount: 4.05 },
      { item_type: "HANDLING", item_id: 51, requested_amount: 1 },
      { item_type: "FEE", item_id: 9, requested_amount: 2 },
      { item_type: "ORDER", item_id: 218, requested_amount: 3 },
    ];
    const fees = [{ id: 9, display_name_customer: "Insurance", cost_inc_tax: 4.4, cost_tax: 0.4 }];
    const [refund] = translate({ order: { fees }, refunds: [{ items }] }).refunds?.value ?? [];
    expect(refund?.shipping).toEqual(usd("5.46"));
    expect(refund?.lines).toMatchObject([{ lineId: "fee-9", quantity: 0, amount: usd("2.20") }]);
  });

  it("of fees and wrapping are of one piece each once all of it went back", () => {
    const items = [
      { item_type: "FEE", item_id: 9, requested_amount: 4 },
      { item_type: "GIFT_WRAPPING", item_id: 65, quantity: 2 },
    ];
    const wrapped = [productBody({ wrapping_name: "Ribbon" }), productBody({ id: 66 })];
    const order = {
      fees: [{ id: 9, display_name_customer: "Insurance", cost_inc_tax: 4.4, cost_tax: 0.4 }],
      consignments: { shipping: [consignmentBody({ line_items: wrapped })] },
      wrapping_cost_ex_tax: "3.0000",
      wrapping_cost_inc_tax: "3.3000",
    };
    const [refund] = translate({ order, refunds: [{ items }] }).refunds?.value ?? [];
    expect(refund?.lines).toMatchObject([
      { lineId: "fee-9", quantity: 1, amount: usd("4.40") },
      { lineId: "wrapping", quantity: 1, amount: usd("3.30") },
    ]);
  });

  it("in prices with tax are what was named", () => {
    const items = [{ item_type: "SHIPPING", item_id: 51, requested_amount: 4.05 }];
    const order = { is_tax_inclusive_pricing: true };
    const [refund] = translate({ order, refunds: [{ items }] }).refunds?.value ?? [];
    expect(refund?.shipping).toEqual(usd("4.05"));
  });

  it("show the reason without our token, wherever the store keeps it, and know by it whose they are", () => {
    const own = "Damaged (ref Abcdefghij0123456789KL)";
    const item = { item_type: "PRODUCT", item_id: 65, quantity: 1 };
    const refunds = [
      { reason: own },
      { id: 4, reason: "", items: [{ ...item, reason: own }] },
      { id: 5, reason: "(ref Abcdefghij0123456789KM)" },
      { id: 6, reason: "Damaged" },
    ];
    const all = translate({ refunds }).refunds?.value ?? [];
    expect(all.map(({ reason, marker }) => [reason, marker])).toEqual([
      ["Damaged", "Abcdefghij0123456789KL"],
      ["Damaged", "Abcdefghij0123456789KL"],
      [null, "Abcdefghij0123456789KM"],
      ["Damaged", null],
    ]);
  });

  it("of pieces are less what was taken off them, and what was declined gave nothing", () => {
    const item = { item_type: "PRODUCT", item_id: 65, quantity: 1, requested_amount: 12.5 };
    const adjustments = [{ amount: -3.1, description: "Scratched" }];
    const payments = [
      { amount: 10, is_declined: false },
      { amount: 0.9, is_declined: true },
    ];
    const refunds = [{ items: [{ ...item, adjustments }], total_amount: 10.9, payments }];
    const [refund] = translate({ refunds }).refunds?.value ?? [];
    expect(refund?.lines[0]?.amount).toEqual(usd("10.90"));
    expect(refund?.amount).toEqual(usd("10.00"));
    expect(headOf({ refunds }).totals.refunded).toEqual(usd("10.00"));
  });

  it("whose every payment was declined gave nothing back", () => {
    const refunds = [{ payments: [{ is_declined: true }, { is_declined: true }] }];
    expect(translate({ refunds }).refunds?.value[0]?.status).toBe("FAILED");
    expect(headOf({ refunds }).totals.refunded).toEqual(usd("0.00"));
    expect(statusesOf({ refunds }).PAYMENT).toBe("PAID");
  });
});

describe("shipments", () => {
  it("are fulfillments with one package, and with our token where it is ours", () => {
    const comments = "(ref Abcdefghij0123456789KL)";
    const shipments = [{}, { id: 7, comments, tracking_number: "" }];
    expect(translate({ shipments }).fulfillments?.value).toMatchObject([
      {
        nativeId: "6",
        status: "SUCCESS",
        marker: null,
        lines: [{ lineId: "65", quantity: 1 }],
        shippedAt: "2019-03-11T17:22:08.000Z",
        packages: [
          {
            nativeId: "EJ958083578US",
            tracking: {
              number: "EJ958083578US",
              carrier: "USPS",
              carrierCode: "usps",
              url: "https://tools.usps.example/EJ958083578US",
            },
          },
        ],
      },
      { marker: "Abcdefghij0123456789KL", packages: [{ nativeId: "untracked", tracking: null }] },
    ]);
  });

  it("name carriers of the store's own by its words, and prefer the link that somebody gave", () => {
    const own = { shipping_provider: "carrier_17", shipping_provider_display_name: "Bike Boys" };
    const linked = {
      id: 7,
      shipping_provider: "",
      tracking_carrier: "post-nl",
      tracking_link: "https://l",
    };
    const fulfillments = translate({ shipments: [own, linked] }).fulfillments?.value ?? [];
    expect(fulfillments.map((it) => it.packages[0]?.tracking)).toMatchObject([
      { carrier: "Bike Boys", carrierCode: "carrier_17" },
      { carrier: "PostNL", carrierCode: "post-nl", url: "https://l" },
    ]);
  });

  it("are missing where only the lines tell that goods left: then these count", () => {
    const line_items = [productBody({ quantity_shipped: 2 })];
    const consignments = { shipping: [consignmentBody({ line_items })] };
    const order = { consignments, items_shipped: 2, status_id: 14 };
    expect(statusesOf({ order }).FULFILLMENT).toBe("FULFILLED");
  });
});

describe("work", () => {
  const second = consignmentBody({
    id: 52,
    ...addressBody({ city: "Dallas" }),
    line_items: [productBody({ id: 67, order_address_id: 52 })],
  });
  const pickup = {
    id: 4,
    location: { id: 1, name: "Main Street", address_line_1: "1 Main St", country_alpha2: "us" },
    line_items: [productBody({ id: 68, order_address_id: 0 })],
  };
  const consignments = { shipping: [consignmentBody(), second], pickups: [pickup] };

  it("is one for each address and place, with what is left to do", () => {
    const shipments = [{ items: [{ order_product_id: 65, quantity: 1 }] }];
    const order = { consignments, items_shipped: 1 };
    expect(translate({ order, shipments }).fulfillmentOrders?.value).toMatchObject([
      {
        nativeId: "address-51",
        status: "OPEN",
        method: "SHIPPING",
        destination: { city: "Austin" },
        lines: [
          { lineId: "65", total: 2, remaining: 1 },
          { lineId: "66", total: 1, remaining: 1 },
        ],
      },
      { nativeId: "address-52", destination: { city: "Dallas" }, lines: [{ lineId: "67" }] },
      {
        nativeId: "pickup-4",
        method: "PICKUP",
        locationId: "1",
        destination: { name: "Main Street", country: "US" },
      },
    ]);
  });

  it("is held for review, and merely told to await its payment", () => {
    const [review] = translate({ order: { status_id: 12 } }).fulfillmentOrders?.value ?? [];
    expect(review).toMatchObject({ status: "ON_HOLD", holds: [{ reason: "FRAUD_REVIEW" }] });
    const [payment] = translate({ order: { status_id: 7 } }).fulfillmentOrders?.value ?? [];
    expect(payment).toMatchObject({ status: "OPEN", holds: [{ reason: "AWAITING_PAYMENT" }] });
    const held = orderOf(translate({ order: { status_id: 7 } }));
    const quantities = derive(held).byLine.get(held.lines[0]?.id ?? "");
    expect(quantities).toMatchObject({ fulfillable: 2, onHold: 0 });
  });

  it("is over when all is shipped, and when the order is canceled", () => {
    const items = [
      { order_product_id: 65, quantity: 2 },
      { order_product_id: 66, quantity: 1 },
    ];
    expect(translate({ shipments: [{ items }] }).fulfillmentOrders?.value[0]?.status).toBe(
      "CLOSED",
    );
    expect(translate({ order: { status_id: 5 } }).fulfillmentOrders?.value[0]).toMatchObject({
      status: "CANCELED",
      lines: [{ remaining: 0 }, { remaining: 0 }],
    });
  });
});
