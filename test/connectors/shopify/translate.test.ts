import { describe, expect, it } from "vitest";
import { translateOrder } from "../../../src/connectors/shopify/translate.js";
import { derive } from "../../../src/domain/derive.js";
import { minorUnits } from "../../../src/domain/money.js";
import type { Snapshot } from "../../../src/domain/snapshot.js";
import { orderOf } from "./order.js";
import {
  fulfillmentPayload,
  gid,
  linePayload,
  orderPayload,
  page,
  refundedLine,
  refundPayload,
  transactionPayload,
  usd,
  workPayload,
} from "./payload.js";

const readAt = "2026-11-03T00:00:00.000Z";
const translate = (payload = orderPayload()): Snapshot =>
  translateOrder(payload, { shop: "goods.myshopify.com", readAt });
const totals = (payload = orderPayload()) => translate(payload).head?.value.totals;
const shop = (bag: { shop: { amount: string } } | null | undefined) => bag?.shop.amount;

describe("an order's sections", () => {
  it("are as old as the order's update where that moves with them, and else as our read", () => {
    const { ref: _, ...sections } = translate();
    const ages = Object.fromEntries(
      Object.entries(sections).map(([name, section]) => [name, (section as { asOf: string }).asOf]),
    );
    expect(ages).toEqual({
      head: "2026-11-01T10:00:00.000Z",
      lines: "2026-11-01T10:00:00.000Z",
      fulfillments: readAt,
      scans: readAt,
      fulfillmentOrders: readAt,
      refunds: readAt,
      transactions: readAt,
    });
  });

  it("are complete unless rows were out of reach", () => {
    const snapshot = translateOrder(orderPayload(), {
      shop: "goods.myshopify.com",
      readAt,
      partial: new Set<keyof Snapshot>(["refunds"]),
    });
    expect(snapshot.refunds?.complete).toBe(false);
    expect(snapshot.lines?.complete).toBe(true);
  });
});

describe("totals", () => {
  it("are told with the decimals of their currency", () => {
    const jpy = (amount: string) => ({
      shopMoney: { amount, currencyCode: "JPY" },
      presentmentMoney: { amount: "1.25", currencyCode: "KWD" },
    });
    const money = totals(orderPayload({ originalTotalPriceSet: jpy("2500.0") }))?.original;
    expect(money?.shop).toEqual({ amount: "2500", currency: "JPY" });
    expect(money?.presentment).toEqual({ amount: "1.250", currency: "KWD" });
    expect(money && minorUnits(money.presentment)).toBe(1250n);
  });

  it("are not lowered by a refund", () => {
    const refunded = orderPayload({
      currentTotalPriceSet: usd("15.0"),
      currentSubtotalPriceSet: usd("10.0"),
      totalRefundedSet: usd("10.0"),
      refunds: [
        refundPayload({
          totalRefundedSet: usd("10.0"),
          refundLineItems: page([refundedLine(1, "RETURN")]),
        }),
      ],
    });
    const found = totals(refunded);
    expect([shop(found?.total), shop(found?.subtotal), shop(found?.refunded)]).toEqual([
      "25.00",
      "20.00",
      "10.00",
    ]);
    expect(derive(orderOf(translate(refunded))).statuses.PAYMENT).toBe("PARTIALLY_REFUNDED");
  });

  it("are lowered by an edit, so that what was paid before is too much", () => {
    const edited = orderPayload({
      edited: true,
      currentTotalPriceSet: usd("15.0"),
      currentSubtotalPriceSet: usd("10.0"),
      lineItems: page([linePayload({ currentQuantity: 1 })]),
    });
    expect(shop(totals(edited)?.total)).toBe("15.00");
    expect(shop(totals(edited)?.original)).toBe("25.00");
    expect(derive(orderOf(translate(edited))).statuses.PAYMENT).toBe("OVERPAID");
  });

  it("are lowered by a refund record that moved no money: the customer owes that much less", () => {
    const found = totals(
      orderPayload({
        currentTotalPriceSet: usd("15.0"),
        currentSubtotalPriceSet: usd("10.0"),
        totalReceivedSet: usd("0.0"),
        refunds: [refundPayload({ refundLineItems: page([refundedLine(1, "CANCEL")]) })],
      }),
    );
    expect([shop(found?.total), shop(found?.subtotal)]).toEqual(["15.00", "10.00"]);
  });

  it("stay those of the placed order when it is canceled, although every unit is taken off", () => {
    const found = totals(
      orderPayload({
        cancelledAt: "2026-11-02T10:00:00Z",
        currentTotalPriceSet: usd("0.0"),
        currentSubtotalPriceSet: usd("0.0"),
        totalReceivedSet: usd("0.0"),
        refunds: [refundPayload({ refundLineItems: page([refundedLine(2, "CANCEL", "20.0")]) })],
      }),
    );
    expect([shop(found?.total), shop(found?.subtotal), shop(found?.captured)]).toEqual([
      "25.00",
      "20.00",
      "0.00",
    ]);
  });

  it("count as authorised what was neither captured nor voided", () => {
    const authorization = transactionPayload({ kind: "AUTHORIZATION" });
    const capture = transactionPayload({
      id: gid("OrderTransaction", 2),
      kind: "CAPTURE",
      amountSet: usd("10.0"),
      parentTransaction: { id: authorization.id },
    });
    const failed = transactionPayload({
      id: gid("OrderTransaction", 3),
      kind: "AUTHORIZATION",
      status: "FAILURE",
    });
    const found = totals(orderPayload({ transactions: [authorization, capture, failed] }));
    expect(shop(found?.authorized)).toBe("15.00");
  });
});

describe("units of a line", () => {
  const unitsOf = (payload: ReturnType<typeof orderPayload>) => {
    const order = orderOf(translate(payload));
    const line = order.lines[0];
    const { canceled, unfulfilled, refunded } = derive(order).byLine.get(line?.id ?? "") ?? {};
    return { told: line?.canceled, canceled, unfulfilled, refunded };
  };

  it("that were edited away count as canceled", () => {
    const edited = orderPayload({ lineItems: page([linePayload({ currentQuantity: 1 })]) });
    expect(unitsOf(edited)).toEqual({ told: 1, canceled: 1, unfulfilled: 1, refunded: 0 });
  });

  it("that were refunded unshipped count as canceled once, by the refund", () => {
    const refunded = orderPayload({
      lineItems: page([linePayload({ currentQuantity: 1 })]),
      refunds: [refundPayload({ refundLineItems: page([refundedLine(1, "CANCEL")]) })],
    });
    expect(unitsOf(refunded)).toEqual({ told: 0, canceled: 1, unfulfilled: 1, refunded: 1 });
  });

  it("that were edited away and others that were refunded count apart", () => {
    const both = orderPayload({
      lineItems: page([linePayload({ quantity: 4, currentQuantity: 1 })]),
      refunds: [refundPayload({ refundLineItems: page([refundedLine(2, "CANCEL")]) })],
    });
    expect(unitsOf(both)).toEqual({ told: 1, canceled: 3, unfulfilled: 1, refunded: 2 });
  });

  it("that came back after shipping are not canceled", () => {
    const returned = orderPayload({
      lineItems: page([linePayload({ currentQuantity: 1 })]),
      fulfillments: [fulfillmentPayload()],
      fulfillmentOrders: page([]),
      refunds: [refundPayload({ refundLineItems: page([refundedLine(1, "RETURN")]) })],
    });
    expect(unitsOf(returned)).toEqual({ told: 0, canceled: 0, unfulfilled: 0, refunded: 1 });
  });
});

it("weighs a unit in grams, whatever Shopify weighs in", () => {
  const weigh = (unit: string, value: number) =>
    translate(orderPayload({ lineItems: page([linePayload({ weight: { unit, value } })]) })).lines
      ?.value[0]?.weightGrams;
  expect([weigh("KILOGRAMS", 1.2), weigh("POUNDS", 1), weigh("STONES", 1)]).toEqual([
    1200,
    453.5924,
    null,
  ]);
});

it("a customer without a name has none", () => {
  const customer = {
    id: gid("Customer", 1),
    displayName: "",
    defaultEmailAddress: null,
    defaultPhoneNumber: null,
  };
  expect(translate(orderPayload({ customer })).head?.value.customer).toEqual({
    nativeId: gid("Customer", 1),
    displayName: null,
    email: null,
    phone: null,
  });
});

describe("words", () => {
  it("that nobody knows yet make a claim of UNKNOWN and keep their text", () => {
    const head = translate(
      orderPayload({
        displayFinancialStatus: "SETTLED_IN_SHELLS",
        displayFulfillmentStatus: "TELEPORTED",
        returnStatus: "MISLAID",
      }),
    ).head?.value;
    expect(head?.claims.PAYMENT?.value).toBe("UNKNOWN");
    expect(head?.claims.FULFILLMENT?.value).toBe("UNKNOWN");
    expect(head?.claims.RETURN?.value).toBe("UNKNOWN");
    expect(head?.platformStatuses.map(({ value }) => value)).toEqual([
      "false",
      "SETTLED_IN_SHELLS",
      "TELEPORTED",
      "MISLAID",
    ]);
  });

  it("of 2026-10 alone are known in both versions", () => {
    const head = translate(orderPayload({ displayFulfillmentStatus: "FULFILLMENT_NOT_REQUIRED" }))
      .head?.value;
    expect(head?.claims.FULFILLMENT?.value).toBe("NOT_REQUIRED");
  });

  it("claim the order's state by its dates", () => {
    const stateOf = (given: Parameters<typeof orderPayload>[0]) =>
      translate(orderPayload(given)).head?.value.claims.ORDER?.value;
    expect(stateOf({})).toBe("OPEN");
    expect(stateOf({ closedAt: "2026-11-02T10:00:00Z" })).toBe("COMPLETED");
    expect(stateOf({ cancelledAt: "2026-11-02T10:00:00Z" })).toBe("CANCELED");
  });
});

describe("a shipment", () => {
  const shipment = (given: Parameters<typeof fulfillmentPayload>[0]) =>
    translate(orderPayload({ fulfillments: [fulfillmentPayload(given)] }));

  it("has a package for each tracking number, known by the number as carriers compare it", () => {
    const info = (number: string) => ({ company: "UPS", number, url: null });
    const { packages } = shipment({
      trackingInfo: [info("1z 999-aa"), info("1Z999AB"), info("1Z999AA")],
    }).fulfillments?.value[0] ?? { packages: [] };
    expect(packages.map(({ nativeId }) => nativeId)).toEqual(["1Z999AA", "1Z999AB"]);
    expect(packages[0]?.tracking?.number).toBe("1z 999-aa");
  });

  it("that tells no quantity of a line ships none of it", () => {
    const line = { id: gid("FulfillmentLineItem", 1), lineItem: { id: gid("LineItem", 1) } };
    const lines = page([
      { ...line, quantity: null },
      { ...line, quantity: 1 },
    ]);
    expect(shipment({ fulfillmentLineItems: lines }).fulfillments?.value[0]?.lines).toEqual([
      { lineId: gid("LineItem", 1), quantity: 1 },
    ]);
  });

  it("without a number has one untracked package", () => {
    const packages = shipment({ trackingInfo: [] }).fulfillments?.value[0]?.packages;
    expect(packages).toEqual([{ nativeId: "untracked", tracking: null, lines: [] }]);
  });

  it("that is only fulfilled is nowhere yet; a scan says where", () => {
    const event = {
      id: gid("FulfillmentEvent", 1),
      status: "OUT_FOR_DELIVERY",
      message: null,
      happenedAt: "2026-11-02T08:00:00Z",
      city: "Columbus",
      province: "OH",
      country: "US",
    };
    expect(shipment({}).fulfillments?.value[0]?.deliveryStatus).toBe("UNKNOWN");
    const moved = shipment({ displayStatus: "OUT_FOR_DELIVERY", events: page([event]) });
    expect(moved.fulfillments?.value[0]?.deliveryStatus).toBe("OUT_FOR_DELIVERY");
    expect(moved.scans?.value[0]).toMatchObject({
      status: "OUT_FOR_DELIVERY",
      rawStatus: "OUT_FOR_DELIVERY",
      packageNativeId: "untracked",
      city: "Columbus",
    });
  });
});

describe("work to be done", () => {
  it("keeps its holds and what can be done with it", () => {
    const held = workPayload({
      status: "ON_HOLD",
      supportedActions: [{ action: "RELEASE_HOLD" }],
      fulfillmentHolds: [
        {
          id: gid("FulfillmentHold", 1),
          reason: "HIGH_RISK_OF_FRAUD",
          reasonNotes: null,
          displayReason: "High risk of fraud",
          handle: null,
          heldByRequestingApp: false,
        },
      ],
    });
    const [work] =
      translate(orderPayload({ fulfillmentOrders: page([held]) })).fulfillmentOrders?.value ?? [];
    expect(work).toMatchObject({
      status: "ON_HOLD",
      supportedActions: ["RELEASE_HOLD"],
      holds: [{ reason: "FRAUD_REVIEW", note: "High risk of fraud" }],
      lines: [{ nativeId: gid("FulfillmentOrderLineItem", 1), total: 2, remaining: 2 }],
    });
  });

  it("in a state that nobody knows yet cannot be worked on", () => {
    const odd = workPayload({ status: "FERMENTING" });
    const [work] =
      translate(orderPayload({ fulfillmentOrders: page([odd]) })).fulfillmentOrders?.value ?? [];
    expect(work?.status).toBe("INCOMPLETE");
  });
});

it("tolerates an app that may see neither customer nor addresses", () => {
  expect(translate().head?.value).toMatchObject({
    customer: null,
    email: null,
    shippingAddress: null,
    billingAddress: null,
  });
});
