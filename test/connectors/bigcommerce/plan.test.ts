import { describe, expect, it } from "vitest";
import { planSteps } from "../../../src/connectors/bigcommerce/plan.js";
import { snapshotOf } from "../../../src/connectors/bigcommerce/translate.js";
import type {
  Command,
  FulfillmentCreate,
  PackageWish,
  RefundWish,
} from "../../../src/domain/command.js";
import type { Order } from "../../../src/domain/order.js";
import { orderOf, shipCommand, tracked } from "../bench.js";
import { type Bodies, consignmentBody, productBody, recordsOf, shop } from "./body.js";

/** Two mugs and a poster to one address, three shirts to another, a lamp that is picked up. */
const consignments = {
  shipping: [
    consignmentBody(),
    consignmentBody({
      id: 52,
      line_items: [productBody({ id: 67, sku: "TEE-M", quantity: 3, order_address_id: 52 })],
    }),
  ],
  pickups: [{ id: 4, line_items: [productBody({ id: 68, sku: "LAMP", order_address_id: 0 })] }],
};
const heldOrder = (bodies: Bodies = {}): Order => orderOf(snapshotOf(recordsOf(bodies), shop));
const twoAddresses = (): Order => heldOrder({ order: { consignments } });

const ship = (order: Order, amounts: Record<string, number>, packages: PackageWish[] = []) =>
  planSteps(shipCommand(order, amounts, packages), order);
const lines = (order: Order, amounts: Record<string, number>) => shipCommand(order, amounts).lines;

describe("a shipment", () => {
  it("is one step for each address, each with what goes there", () => {
    const order = twoAddresses();
    expect(ship(order, { "MUG-01": 2, "POSTER-A2": 1, "TEE-M": 1 })).toMatchObject([
      {
        kind: "FULFILLMENT_CREATE",
        money: false,
        idempotent: "CHECK_THEN_ACT",
        request: {
          addressId: "51",
          items: [
            { productId: "65", quantity: 2 },
            { productId: "66", quantity: 1 },
          ],
        },
        creates: { lines: lines(order, { "MUG-01": 2, "POSTER-A2": 1 }), packages: [] },
      },
      { request: { addressId: "52", items: [{ productId: "67", quantity: 1 }] } },
    ]);
  });

  it("is one step for each package, one of which may take what the others leave", () => {
    const order = twoAddresses();
    const packages = [tracked("1ZA", lines(order, { "MUG-01": 1 })), tracked("1ZB")];
    expect(ship(order, { "MUG-01": 2, "POSTER-A2": 1 }, packages)).toMatchObject([
      {
        request: {
          items: [{ productId: "65", quantity: 1 }],
          tracking: { tracking_number: "1ZA" },
        },
      },
      {
        request: {
          items: [
            { productId: "65", quantity: 1 },
            { productId: "66", quantity: 1 },
          ],
          tracking: { tracking_number: "1ZB", shipping_provider: "ups", tracking_carrier: "" },
        },
      },
    ]);
  });

  it("cannot have a package that goes to two addresses, nor two that name no lines", () => {
    const order = twoAddresses();
    const all = { "MUG-01": 2, "TEE-M": 1 };
    expect(() => ship(order, all, [tracked("1ZA")])).toThrow(/2 addresses/);
    expect(() => ship(order, all, [tracked("1ZA", lines(order, all))])).toThrow(/2 addresses/);
    expect(() => ship(order, all, [tracked("1ZA"), tracked("1ZB")])).toThrow(/name no lines/);
  });

  it("says that nothing is known of its carrier, which BigCommerce would make up", () => {
    const [step] = ship(twoAddresses(), { "MUG-01": 1 });
    expect(step?.request).toMatchObject({
      tracking: { tracking_number: "", shipping_provider: "", tracking_carrier: "" },
    });
  });

  it("names carriers by BigCommerce's words, and one that it has no word for as the method", () => {
    const order = twoAddresses();
    const trackingOf = (carrier: string | null, carrierCode: string | null) => {
      const wish = { tracking: { number: "1", carrier, carrierCode, url: null }, lines: [] };
      const [step] = ship(order, { "MUG-01": 1 }, [wish]);
      return (step?.request as { tracking: object } | undefined)?.tracking;
    };
    expect(trackingOf("Royal Mail", null)).toMatchObject({ shipping_provider: "royalmail" });
    expect(trackingOf("DHL Express", null)).toMatchObject({
      shipping_provider: "",
      tracking_carrier: "dhl",
    });
    expect(trackingOf("whatever", "australia-post")).toMatchObject({
      shipping_provider: "auspost",
    });
    expect(trackingOf("Bike Brothers", null)).toEqual({
      tracking_number: "1",
      tracking_link: "",
      shipping_provider: "",
      tracking_carrier: "",
      shipping_method: "Bike Brothers",
    });
  });

  it("is refused for what is picked up, for parts of a piece, and for a number that is too long", () => {
    const order = twoAddresses();
    expect(() => ship(order, { LAMP: 1 })).toThrow(/picked up/);
    expect(() => ship(order, { "MUG-01": 0.5 })).toThrow(/whole pieces/);
    expect(() => ship(order, { "MUG-01": 1 }, [tracked("1".repeat(51))])).toThrow(/51 characters/);
  });

  it("is refused from a place, and for lines outside of the work that was named", () => {
    const order = twoAddresses();
    const wish = shipCommand(order, { "MUG-01": 1, "TEE-M": 1 });
    const plan = (differences: Partial<FulfillmentCreate>) => () =>
      planSteps({ ...wish, ...differences }, order);
    const [first] = order.fulfillmentOrders;
    expect(plan({ locationId: "1" })).toThrow(/no place/);
    expect(plan({ fulfillmentOrderId: first?.id ?? "" })).toThrow(/goes to no address/);
    expect(plan({ fulfillmentOrderId: "fo_none" })).toThrow(/does not exist/);
    expect(
      planSteps(
        { ...shipCommand(order, { "MUG-01": 1 }), fulfillmentOrderId: first?.id ?? "" },
        order,
      ),
    ).toHaveLength(1);
  });
});

describe("a shipment that exists", () => {
  const shipped = (statusId: number) =>
    heldOrder({ order: { status_id: statusId, items_shipped: 1 }, shipments: [{}] });
  const about = (order: Order) => ({
    orderId: order.id,
    notifyCustomer: null,
    fulfillmentId: order.fulfillments[0]?.id ?? "",
  });

  it("gets another number in place of its own, and none beside it", () => {
    const order = shipped(3);
    const update = (replace: boolean, packages = [tracked("1ZNEW")]): Command => ({
      ...about(order),
      type: "FULFILLMENT_TRACKING_UPDATE",
      packages,
      replace,
    });
    expect(planSteps(update(true), order)).toMatchObject([
      {
        kind: "FULFILLMENT_TRACKING_UPDATE",
        idempotent: "NATURAL",
        request: { shipmentId: "6", tracking: { tracking_number: "1ZNEW", tracking_link: "" } },
      },
    ]);
    expect(() => planSteps(update(false), order)).toThrow(/room for one/);
    expect(planSteps(update(false, [tracked("ej 958083578 us")]), order)).toHaveLength(1);
    expect(planSteps(update(true, [{ tracking: null, lines: [] }]), order)).toMatchObject([
      { request: { tracking: { tracking_number: "", shipping_provider: "" } } },
    ]);
  });

  it("is deleted, and the status put back after it where it told of shipping", () => {
    const kinds = (statusId: number) => {
      const order = shipped(statusId);
      return planSteps({ ...about(order), type: "FULFILLMENT_CANCEL", reason: null }, order).map(
        (step) => step.kind,
      );
    };
    expect(kinds(2)).toEqual(["FULFILLMENT_CANCEL", "ORDER_STATUS"]);
    expect(kinds(3)).toEqual(["FULFILLMENT_CANCEL", "ORDER_STATUS"]);
    expect(kinds(14)).toEqual(["FULFILLMENT_CANCEL"]);
  });

  it("keeps scans here", () => {
    const order = shipped(2);
    const scan: Command = {
      ...about(order),
      type: "TRACKING_EVENT_ADD",
      packageId: order.fulfillments[0]?.packages[0]?.id ?? "",
      status: "DELIVERED",
      occurredAt: "2026-11-23T04:00:00.000Z",
      message: null,
    };
    expect(planSteps(scan, order)).toMatchObject([{ kind: "GATEWAY_SCAN", support: "EMULATED" }]);
  });
});

it("an order is canceled by its status alone", () => {
  const order = heldOrder();
  const command: Command = {
    type: "ORDER_CANCEL",
    orderId: order.id,
    notifyCustomer: null,
    reason: "CUSTOMER",
    restock: true,
    refund: null,
  };
  expect(planSteps(command, order)).toMatchObject([
    { kind: "ORDER_CANCEL", money: false, idempotent: "NATURAL", request: {} },
  ]);
});

describe("a hold", () => {
  it("is kept here, and the store's staff see why, as far as their notes have room", () => {
    const order = heldOrder();
    const base = { orderId: order.id, notifyCustomer: null, fulfillmentOrderId: "fo" };
    const hold = (note: string | null) =>
      planSteps({ ...base, type: "FULFILLMENT_ORDER_HOLD", reason: "FRAUD_REVIEW", note }, order);
    expect(hold("call her")).toMatchObject([
      { kind: "GATEWAY_HOLD" },
      {
        kind: "ORDER_NOTE_ADD",
        request: { text: "Held back from shipping (fraud review). call her" },
      },
    ]);
    expect(() => hold("x".repeat(10_000))).not.toThrow();
    const release = planSteps(
      { ...base, type: "FULFILLMENT_ORDER_RELEASE", holdIds: ["hold"] },
      order,
    );
    expect(release).toMatchObject([
      { kind: "GATEWAY_RELEASE" },
      { kind: "ORDER_NOTE_ADD", request: { text: "No longer held back from shipping." } },
    ]);
  });
});

describe("a refund", () => {
  const usd = (amount: string) => {
    const value = { amount, currency: "USD" };
    return { shop: value, presentment: value };
  };
  const wish = (order: Order, differences: Partial<RefundWish> = {}): RefundWish => ({
    returnId: null,
    lines: lines(order, { "MUG-01": 1 }).map((line) => ({
      ...line,
      amount: usd("14.00"),
      fixed: false,
      restock: false,
      locationId: null,
    })),
    shipping: null,
    extra: null,
    amount: usd("14.00"),
    reason: null,
    ...differences,
  });
  const plan = (order: Order, refund: RefundWish, toStoreCredit = false) =>
    planSteps(
      { type: "REFUND_CREATE", orderId: order.id, notifyCustomer: null, refund, toStoreCredit },
      order,
    );

  it("names the store's own lines, and every amount in the currency that was paid", () => {
    const order_ = {
      default_currency_code: "EUR",
      store_default_to_transactional_exchange_rate: "0.9000000000",
    };
    const order = heldOrder({ order: order_ });
    const amount = {
      shop: { amount: "15.5556", currency: "USD" },
      presentment: { amount: "14.00", currency: "EUR" },
    };
    const refund = wish(order, { amount, extra: amount, lines: [] });
    expect(plan(order, refund)).toMatchObject([
      {
        kind: "REFUND_CREATE",
        money: true,
        idempotent: "CHECK_THEN_ACT",
        request: { lines: [], extra: "14.00", amount: "14.00", currency: "EUR" },
        summary: expect.stringContaining("refund 14.00 EUR for an amount of its own"),
        creates: { noun: "Refund", amount, extra: amount },
      },
    ]);
    const own = heldOrder();
    expect(plan(own, wish(own))[0]?.request).toMatchObject({
      lines: [{ id: "65", quantity: 1, amount: "14.00", fixed: false }],
      shipping: null,
    });
  });

  it("says by which way the money goes, as far as the payment log knows", () => {
    const stepOf = (transactions: Bodies["transactions"], toStoreCredit = false) => {
      const order = heldOrder({ transactions: transactions ?? null });
      return plan(order, wish(order), toStoreCredit)[0];
    };
    const summary = (...given: Parameters<typeof stepOf>) => stepOf(...given)?.summary;
    expect(summary([{}])).toMatch(/^refund 14.00 USD for 1 piece of 1 line by .*\(stripe\)/);
    expect(summary([{ gateway: "cod", method: "offline" }])).toBe(
      "record a refund of 14.00 USD for 1 piece of 1 line; send the money by hand, since the payment method cod cannot",
    );
    expect(summary(null)).toMatch(/by the way it was paid/);
    expect(summary([{}], true)).toMatch(/^give 14.00 USD as store credit/);
    const warnings = [
      stepOf([{ gateway: "cod", method: "offline" }]),
      stepOf([{}]),
      stepOf([{}], true),
    ].map((step) => step?.warning);
    expect(warnings).toEqual([
      "the shop sends no money back: send 14.00 USD by hand",
      "the shop may send no money back: where it only records the refund, send 14.00 USD by hand",
      undefined,
    ]);
  });

  it("is refused with its place for parts of a piece, unknown lines, stock and a reason that is too long", () => {
    const order = heldOrder();
    const [line] = wish(order).lines;
    if (!line) return expect.fail("no line");
    const refusal = (differences: Partial<RefundWish>, path: string[], message: RegExp) =>
      expect(() => plan(order, wish(order, differences))).toThrow(
        expect.objectContaining({ path, message: expect.stringMatching(message) }),
      );
    refusal({ lines: [{ ...line, quantity: 0.5 }] }, ["lines", "0", "quantity"], /whole pieces/);
    refusal({ lines: [{ ...line, lineId: "line_none" }] }, ["lines", "0"], /no line/);
    refusal({ lines: [{ ...line, restock: true }] }, ["lines", "0", "restock"], /nothing back/);
    refusal({ reason: "x".repeat(972) }, ["reason"], /972 characters .* 971/);
    expect(plan(order, wish(order, { reason: "x".repeat(971) }))).toHaveLength(1);
  });
});
