import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive } from "../../src/domain/derive.js";
import { compareMoney, isZero, sameMoney } from "../../src/domain/money.js";
import type { HeadTotals, Order } from "../../src/domain/order.js";
import type { StatusClaims, StatusDimension } from "../../src/domain/status.js";
import { at, head, line, shipment } from "../support/snapshots.js";
import {
  claims,
  orders,
  orderWith,
  refund,
  returned,
  returnLine,
  scan,
  transaction,
  work,
} from "./arbitraries.js";

const statusOf = (order: Order, dimension: StatusDimension) => {
  const { statuses, provenance } = derive(order);
  const basis = provenance.find((each) => each.dimension === dimension)?.basis;
  return [statuses[dimension], basis];
};

type Claimed = { [D in StatusDimension]?: NonNullable<StatusClaims[D]>["value"] };

/** What one status field claims. */
const claiming = (values: Claimed, basis: "PLATFORM_FIELD" | "ASSUMED" = "PLATFORM_FIELD") => {
  const from = [{ field: "status", value: "custom", label: null, isCustom: true }];
  return {
    platformStatuses: from,
    claims: Object.fromEntries(
      Object.entries(values).map(([dimension, value]) => [dimension, { value, basis, from }]),
    ) as StatusClaims,
  };
};

/** Totals in euros over a total of 30. */
const totals = (changes: { [T in keyof HeadTotals]?: string | null }) => ({
  totals: {
    ...head().totals,
    captured: null,
    ...Object.fromEntries(
      Object.entries(changes).map(([name, amount]) => [name, amount && sameMoney(amount, "EUR")]),
    ),
  },
});

const without = (order: Order): Order => ({ ...order, head: { ...order.head, claims: {} } });

describe("statuses of any order", () => {
  it("stand as facts say, whatever a status field claims", () => {
    fc.assert(
      fc.property(orders, claims, (order, other) => {
        const claimed = derive({ ...order, head: { ...order.head, claims: other } });
        for (const { dimension, basis } of claimed.provenance) {
          if (basis !== "FACTS") continue;
          const silent = derive(without(order));
          expect(claimed.statuses[dimension], dimension).toBe(silent.statuses[dimension]);
        }
      }),
    );
  });

  it("never fall below shipped goods and received money because of a status field", () => {
    fc.assert(
      fc.property(orders, claims, (order, other) => {
        const facts = derive(without(order));
        const claimed = derive({ ...order, head: { ...order.head, claims: other } });
        const shipped = ["PARTIALLY_FULFILLED", "FULFILLED"];
        if (shipped.includes(facts.statuses.FULFILLMENT))
          expect(claimed.statuses.FULFILLMENT).toBe(facts.statuses.FULFILLMENT);
        const moved = !isZero(facts.totals.captured.shop);
        if (moved && claimed.statuses.PAYMENT !== "DISPUTED")
          expect(claimed.statuses.PAYMENT).toBe(facts.statuses.PAYMENT);
        if (order.head.canceledAt) expect(claimed.statuses.ORDER).toBe("CANCELED");
      }),
    );
  });

  it("say on what they rest: on a field or a guess only where a claim was taken or nothing is known", () => {
    fc.assert(
      fc.property(orders, (order) => {
        const { statuses, provenance } = derive(order);
        expect(provenance.map((each) => each.dimension)).toEqual(Object.keys(statuses));
        for (const { dimension, basis, from } of provenance) {
          const claim = order.head.claims[dimension];
          expect(from).toEqual(claim?.from ?? []);
          if (basis === "PLATFORM_FIELD") expect(claim?.basis).toBe("PLATFORM_FIELD");
        }
      }),
    );
  });

  it("keep outstanding between zero and the total", () => {
    fc.assert(
      fc.property(orders, (order) => {
        const { outstanding, total } = derive(order).totals;
        expect(compareMoney(outstanding.shop, sameMoney("0", "EUR").shop)).toBeGreaterThanOrEqual(
          0,
        );
        expect(compareMoney(outstanding.shop, total.shop)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe("the order's own state", () => {
  it("is CANCELED once the shop says when, whatever its field says", () => {
    const order = orderWith({ head: { canceledAt: at(5), ...claiming({ ORDER: "OPEN" }) } });
    expect(statusOf(order, "ORDER")).toEqual(["CANCELED", "FACTS"]);
  });

  it("follows the shop's field, else the time it was completed, else is open by assumption", () => {
    expect(statusOf(orderWith({ head: claiming({ ORDER: "PENDING" }) }), "ORDER")).toEqual([
      "PENDING",
      "PLATFORM_FIELD",
    ]);
    expect(statusOf(orderWith({ head: { completedAt: at(5) } }), "ORDER")).toEqual([
      "COMPLETED",
      "FACTS",
    ]);
    expect(statusOf(orderWith({}), "ORDER")).toEqual(["OPEN", "ASSUMED"]);
  });
});

describe("payment status", () => {
  const table: [what: string, amounts: Parameters<typeof totals>[0], status: string][] = [
    ["nothing received", { captured: "0.00" }, "PENDING"],
    ["something authorised", { captured: "0.00", authorized: "30.00" }, "AUTHORIZED"],
    ["a part received", { captured: "10.00" }, "PARTIALLY_PAID"],
    ["all received", { captured: "30.00" }, "PAID"],
    ["more than all received", { captured: "31.00" }, "OVERPAID"],
    ["a part given back", { captured: "30.00", refunded: "5.00" }, "PARTIALLY_REFUNDED"],
    ["all given back", { captured: "30.00", refunded: "30.00" }, "REFUNDED"],
    ["all of a part given back", { captured: "10.00", refunded: "10.00" }, "REFUNDED"],
    ["more given back than received", { captured: "30.00", refunded: "31.00" }, "REFUNDED"],
    ["nothing to pay", { captured: "0.00", total: "0.00" }, "PAID"],
    ["received where nothing was to pay", { captured: "1.00", total: "0.00" }, "OVERPAID"],
  ];
  it.each(table)("with %s is told from amounts", (_what, amounts, status) => {
    expect(statusOf(orderWith({ head: totals(amounts) }), "PAYMENT")).toEqual([status, "FACTS"]);
  });

  it("is told from transactions where the shop states no sums", () => {
    const paid = (...transactions: ReturnType<typeof transaction>[]) =>
      statusOf(orderWith({ head: totals({}), transactions }), "PAYMENT");
    const authorized = transaction("a", "AUTHORIZATION", "30.00");
    const captured = transaction("c", "CAPTURE", "30.00", { parentNativeId: "a" });
    const voided = transaction("v", "VOID", "0.00", { parentNativeId: "a" });
    expect(paid(authorized)).toEqual(["AUTHORIZED", "FACTS"]);
    expect(paid(authorized, captured)).toEqual(["PAID", "FACTS"]);
    expect(paid(authorized, voided)).toEqual(["VOIDED", "FACTS"]);
    expect(paid(transaction("s", "SALE", "30.00", { status: "FAILED" }))).toEqual([
      "PENDING",
      "FACTS",
    ]);
  });

  it("counts as authorised only what is neither captured nor voided", () => {
    const authorized = (...transactions: ReturnType<typeof transaction>[]) =>
      derive(orderWith({ head: totals({}), transactions })).totals.authorized.shop.amount;
    const first = transaction("a", "AUTHORIZATION", "30.00");
    expect(authorized(first)).toBe("30.00");
    const part = transaction("c", "CAPTURE", "12.00", { parentNativeId: "a" });
    expect(authorized(first, part)).toBe("18.00");
    expect(authorized(first, { ...part, status: "FAILED" })).toBe("30.00");
    expect(authorized(first, transaction("v", "VOID", "30.00", { parentNativeId: "a" }))).toBe(
      "0.00",
    );
    const second = transaction("b", "AUTHORIZATION", "5.00");
    expect(authorized(first, second, { ...part, kind: "VOID" })).toBe("5.00");
    const more = transaction("c", "CAPTURE", "31.00", { parentNativeId: "a" });
    expect(authorized(first, second, more)).toBe("5.00");
  });

  it("counts no transaction that the shop withdrew", () => {
    const order = orderWith({
      head: totals({}),
      transactions: [transaction("s", "SALE", "30.00")],
    });
    const withdrawn = order.transactions.map((row) => ({ ...row, removedAt: at(9) }));
    expect(statusOf({ ...order, transactions: withdrawn }, "PAYMENT")).toEqual([
      "PENDING",
      "ASSUMED",
    ]);
  });

  it("is the field's where no amount is known, and a guess without either", () => {
    const unpaid = (changes = {}) => orderWith({ head: { ...totals({}), ...changes } });
    expect(statusOf(unpaid(claiming({ PAYMENT: "VOIDED" })), "PAYMENT")).toEqual([
      "VOIDED",
      "PLATFORM_FIELD",
    ]);
    expect(statusOf(unpaid(claiming({ PAYMENT: "PAID" }, "ASSUMED")), "PAYMENT")).toEqual([
      "PAID",
      "ASSUMED",
    ]);
    expect(statusOf(unpaid(), "PAYMENT")).toEqual(["PENDING", "ASSUMED"]);
  });

  it("stays AUTHORIZED while money is, though a field knows only pending", () => {
    const head = { ...totals({ authorized: "30.00" }), ...claiming({ PAYMENT: "PENDING" }) };
    expect(statusOf(orderWith({ head }), "PAYMENT")).toEqual(["AUTHORIZED", "FACTS"]);
    const ended = { ...head, ...claiming({ PAYMENT: "EXPIRED" }) };
    expect(statusOf(orderWith({ head: ended }), "PAYMENT")).toEqual(["EXPIRED", "PLATFORM_FIELD"]);
  });

  it("stays PAID where a one-field platform says refunded and no money went back", () => {
    const order = orderWith({
      head: { ...totals({ captured: "30.00" }), ...claiming({ PAYMENT: "REFUNDED" }) },
    });
    expect(statusOf(order, "PAYMENT")).toEqual(["PAID", "FACTS"]);
  });

  it("is DISPUTED when the platform says so, whatever was paid", () => {
    const order = orderWith({
      head: { ...totals({ captured: "30.00" }), ...claiming({ PAYMENT: "DISPUTED" }) },
    });
    expect(statusOf(order, "PAYMENT")).toEqual(["DISPUTED", "PLATFORM_FIELD"]);
  });

  it("sums refunds that went through and tells those under way apart", () => {
    const refunds = [
      refund("r1", {}),
      refund("r2", {}, { status: "PENDING" }),
      refund("r3", {}, { status: "FAILED" }),
    ];
    const order = orderWith({ head: totals({ captured: "30.00" }), refunds });
    expect(derive(order).totals).toMatchObject({
      refunded: { shop: { amount: "10.00" } },
      refundPending: { shop: { amount: "10.00" } },
    });
    expect(statusOf(order, "PAYMENT")).toEqual(["PARTIALLY_REFUNDED", "FACTS"]);
  });

  it("leaves nothing outstanding of a canceled order", () => {
    const order = orderWith({ head: { ...totals({ captured: "10.00" }), canceledAt: at(5) } });
    expect(derive(order).totals.outstanding.shop.amount).toBe("0.00");
  });
});

describe("fulfillment status", () => {
  const three = [line("1", 3)];

  it("rolls up what was shipped, with what was canceled taken out first", () => {
    const shipped = (quantity: number, canceled = 0) =>
      statusOf(
        orderWith({
          lines: [line("1", 3, { canceled })],
          fulfillments: quantity > 0 ? [shipment("f", { 1: quantity })] : [],
        }),
        "FULFILLMENT",
      );
    expect(shipped(0)).toEqual(["UNFULFILLED", "FACTS"]);
    expect(shipped(1)).toEqual(["PARTIALLY_FULFILLED", "FACTS"]);
    expect(shipped(3)).toEqual(["FULFILLED", "FACTS"]);
    expect(shipped(1, 1)).toEqual(["PARTIALLY_FULFILLED", "FACTS"]);
    expect(shipped(1, 2)).toEqual(["FULFILLED", "FACTS"]);
    expect(shipped(0, 3)).toEqual(["UNFULFILLED", "FACTS"]);
  });

  it("is FULFILLED for a canceled order of which something had left", () => {
    const order = orderWith({
      head: { canceledAt: at(9) },
      lines: three,
      fulfillments: [shipment("f", { 1: 1 })],
    });
    expect(statusOf(order, "FULFILLMENT")).toEqual(["FULFILLED", "FACTS"]);
  });

  it("is NOT_REQUIRED where nothing needs shipping, and looks only at what does", () => {
    const card = line("2", 1, { requiresShipping: false });
    expect(statusOf(orderWith({ lines: [card] }), "FULFILLMENT")).toEqual([
      "NOT_REQUIRED",
      "FACTS",
    ]);
    const mixed = orderWith({ lines: [...three, card], fulfillments: [shipment("f", { 1: 3 })] });
    expect(statusOf(mixed, "FULFILLMENT")).toEqual(["FULFILLED", "FACTS"]);
  });

  it("tells why nothing left yet from the work there is", () => {
    const waiting = (...rows: ReturnType<typeof work>[]) =>
      statusOf(orderWith({ lines: three, work: rows }), "FULFILLMENT")[0];
    expect(waiting(work("w", { 1: 3 }, { status: "ON_HOLD" }))).toBe("ON_HOLD");
    expect(waiting(work("w", { 1: 3 }, { status: "SCHEDULED" }))).toBe("SCHEDULED");
    expect(waiting(work("w", { 1: 3 }, { status: "IN_PROGRESS" }))).toBe("IN_PROGRESS");
    expect(waiting(work("w", { 1: 3 }))).toBe("UNFULFILLED");
    const partlyHeld = work("w", { 1: 1 }, { status: "ON_HOLD" });
    expect(waiting(partlyHeld, work("v", { 1: 2 }))).toBe("UNFULFILLED");
    const closed = work("v", { 1: 0 }, { status: "CLOSED" });
    expect(waiting(closed, work("w", { 1: 3 }, { status: "SCHEDULED" }))).toBe("SCHEDULED");
  });

  it("is assumed FULFILLED where a one-field platform says completed and knows no shipments", () => {
    const head = claiming({ FULFILLMENT: "FULFILLED" }, "ASSUMED");
    expect(statusOf(orderWith({ head, lines: three }), "FULFILLMENT")).toEqual([
      "FULFILLED",
      "ASSUMED",
    ]);
  });

  it("keeps to a part shipped though the field says completed", () => {
    const head = claiming({ FULFILLMENT: "FULFILLED" }, "ASSUMED");
    const order = orderWith({ head, lines: three, fulfillments: [shipment("f", { 1: 1 })] });
    expect(statusOf(order, "FULFILLMENT")).toEqual(["PARTIALLY_FULFILLED", "FACTS"]);
  });

  it("keeps what was shipped when a word that hides it takes its place", () => {
    const head = claiming({ PAYMENT: "REFUNDED" });
    const order = orderWith({ head, lines: three, fulfillments: [shipment("f", { 1: 3 })] });
    expect(statusOf(order, "FULFILLMENT")).toEqual(["FULFILLED", "FACTS"]);
  });

  it("is not what a field once said where the shop's shipments have been taken back since", () => {
    const canceled = [shipment("f", { 1: 1 }, { status: "CANCELED" })];
    const past = { ...claiming({ FULFILLMENT: "PARTIALLY_FULFILLED" }), platformStatuses: [] };
    const order = orderWith({ head: past, lines: three, fulfillments: canceled });
    expect(statusOf(order, "FULFILLMENT")[0]).toBe("UNFULFILLED");
    const hidden = orderWith({ head: past, lines: three });
    expect(statusOf(hidden, "FULFILLMENT")[0], "no shipment was ever known").toBe(
      "PARTIALLY_FULFILLED",
    );
    const asked = orderWith({ head: past, lines: three });
    asked.fulfillments = canceled.map((row) => ({
      ...order.fulfillments[0],
      ...row,
      nativeId: null,
      status: "PENDING",
    })) as Order["fulfillments"];
    expect(statusOf(asked, "FULFILLMENT")[0], "one is only asked for").toBe("PARTIALLY_FULFILLED");
    const platformStatuses = past.claims.FULFILLMENT?.from ?? [];
    const still = orderWith({
      head: { ...past, platformStatuses },
      lines: three,
      fulfillments: canceled,
    });
    expect(statusOf(still, "FULFILLMENT")[0], "the field says so still").toBe(
      "PARTIALLY_FULFILLED",
    );
  });

  it("lets a field raise what facts leave open and never lower it", () => {
    const claimed = (FULFILLMENT: "UNFULFILLED" | "IN_PROGRESS" | "UNKNOWN") =>
      statusOf(orderWith({ head: claiming({ FULFILLMENT }), lines: three }), "FULFILLMENT");
    expect(claimed("IN_PROGRESS")).toEqual(["IN_PROGRESS", "PLATFORM_FIELD"]);
    expect(claimed("UNFULFILLED")).toEqual(["UNFULFILLED", "FACTS"]);
    expect(claimed("UNKNOWN")).toEqual(["UNFULFILLED", "FACTS"]);
  });

  it("keeps a custom word of the shop beside what it makes of it", () => {
    const custom = [{ field: "status", value: "in-wrapping", label: "Wrapping", isCustom: true }];
    const order = orderWith({ head: { platformStatuses: custom }, lines: three });
    expect(statusOf(order, "FULFILLMENT")).toEqual(["UNFULFILLED", "FACTS"]);
    expect(order.head.platformStatuses).toEqual(custom);
  });
});

describe("delivery status", () => {
  const shipped = (...scans: ReturnType<typeof scan>[]) =>
    orderWith({
      lines: [line("1", 3)],
      fulfillments: [shipment("f", { 1: 3 }, { number: "1Z" })],
      scans,
    });

  it("is NOT_SHIPPED until something left", () => {
    expect(statusOf(orderWith({}), "DELIVERY")).toEqual(["NOT_SHIPPED", "FACTS"]);
  });

  it("follows the scan that happened last, in whatever order scans came", () => {
    const order = shipped(scan("b", "f", "OUT_FOR_DELIVERY", 9), scan("a", "f", "IN_TRANSIT", 7));
    expect(statusOf(order, "DELIVERY")).toEqual(["OUT_FOR_DELIVERY", "FACTS"]);
  });

  it("is not lowered by an IN_TRANSIT that comes after DELIVERED", () => {
    const order = shipped(scan("a", "f", "DELIVERED", 7), scan("b", "f", "IN_TRANSIT", 9));
    expect(statusOf(order, "DELIVERY")).toEqual(["DELIVERED", "FACTS"]);
  });

  it("is partly delivered where all that left has arrived and more is to come", () => {
    const order = orderWith({
      lines: [line("1", 3)],
      fulfillments: [shipment("f", { 1: 2 }, { deliveryStatus: "DELIVERED" })],
    });
    expect(statusOf(order, "DELIVERY")).toEqual(["PARTIALLY_DELIVERED", "FACTS"]);
  });

  it("rests on a field where only the field says that more is to come", () => {
    const order = orderWith({
      head: claiming({ FULFILLMENT: "PARTIALLY_FULFILLED" }),
      lines: [line("1", 3)],
      fulfillments: [shipment("f", {}, { deliveryStatus: "DELIVERED" })],
    });
    expect(statusOf(order, "DELIVERY")).toEqual(["PARTIALLY_DELIVERED", "PLATFORM_FIELD"]);
    expect(statusOf(without(order), "DELIVERY")).toEqual(["DELIVERED", "FACTS"]);
  });

  it("does not wait for what needs no shipping", () => {
    const lines = [line("1", 3), line("2", 1, { requiresShipping: false })];
    const goods = shipment("f", { 1: 3 }, { deliveryStatus: "DELIVERED" });
    const card = shipment("g", { 2: 1 });
    expect(statusOf(orderWith({ lines, fulfillments: [goods, card] }), "DELIVERY")).toEqual([
      "DELIVERED",
      "FACTS",
    ]);
    const cardOnly = orderWith({ lines: lines.slice(1), fulfillments: [card] });
    expect(statusOf(cardOnly, "DELIVERY")).toEqual(["NOT_SHIPPED", "FACTS"]);
  });

  it("believes the shop's word where its shipments do not say where they are", () => {
    const head = claiming({ DELIVERY: "DELIVERED" }, "ASSUMED");
    const lines = [line("1", 3)];
    const silent = orderWith({ head, lines, fulfillments: [shipment("f", { 1: 3 })] });
    expect(statusOf(silent, "DELIVERY")).toEqual(["DELIVERED", "ASSUMED"]);
    const telling = [shipment("f", { 1: 3 }, { deliveryStatus: "EXCEPTION" })];
    expect(statusOf(orderWith({ head, lines, fulfillments: telling }), "DELIVERY")).toEqual([
      "EXCEPTION",
      "FACTS",
    ]);
  });

  it("is unknown where all is said to be fulfilled and no shipment is known", () => {
    const head = claiming({ FULFILLMENT: "FULFILLED" }, "ASSUMED");
    expect(statusOf(orderWith({ head }), "DELIVERY")).toEqual(["UNKNOWN", "ASSUMED"]);
  });
});

describe("return status", () => {
  const shipped = (...returns: ReturnType<typeof returned>[]) =>
    statusOf(
      orderWith({
        head: claiming({ RETURN: "RETURNED" }),
        lines: [line("1", 3)],
        fulfillments: [shipment("f", { 1: 3 })],
        returns,
      }),
      "RETURN",
    );
  const all = returnLine("1", 3, { received: 3 });
  const table: [what: string, returns: Parameters<typeof shipped>, status: string][] = [
    ["one that is asked for", [returned("r", [all], { stage: "REQUESTED" })], "REQUESTED"],
    ["one whose goods are to come", [returned("r", [returnLine("1", 2)])], "IN_PROGRESS"],
    [
      "one of which a part came",
      [returned("r", [returnLine("1", 2, { received: 1 })])],
      "IN_PROGRESS",
    ],
    [
      "one that waits beside one that came",
      [returned("q", [returnLine("1", 1, { received: 1 })]), returned("r", [returnLine("1", 2)])],
      "IN_PROGRESS",
    ],
    [
      "a part that came",
      [returned("r", [returnLine("1", 2, { received: 2 })])],
      "PARTIALLY_RETURNED",
    ],
    ["all that came", [returned("r", [all])], "RETURNED"],
    ["all that came, and is over", [returned("r", [all], { stage: "CLOSED" })], "RETURNED"],
    ["one that was declined", [returned("r", [all], { stage: "DECLINED" })], "DECLINED"],
    [
      "nothing but what was not taken",
      [returned("r", [returnLine("1", 1, { rejected: 1 })], { stage: "CLOSED" })],
      "DECLINED",
    ],
    [
      "one that ended before anything came",
      [returned("r", [returnLine("1", 1)], { stage: "CLOSED" })],
      "NONE",
    ],
  ];
  it.each(table)(
    "with %s is told from the returns, whatever a field says",
    (_what, rows, status) => {
      expect(shipped(...rows)).toEqual([status, "FACTS"]);
    },
  );

  it("is NONE where every return was canceled, whatever a field says", () => {
    const canceled = returned("r", [returnLine("1", 1)], { stage: "CANCELED" });
    expect(shipped(canceled)).toEqual(["NONE", "FACTS"]);
  });

  it("is NONE for certain where the shop lists its returns and there is none", () => {
    expect(statusOf(orderWith({ returns: [] }), "RETURN")).toEqual(["NONE", "FACTS"]);
  });

  it("is the platform's, and assumed to be none where it says nothing", () => {
    expect(statusOf(orderWith({}), "RETURN")).toEqual(["NONE", "ASSUMED"]);
    expect(statusOf(orderWith({ head: claiming({ RETURN: "RETURNED" }) }), "RETURN")).toEqual([
      "RETURNED",
      "PLATFORM_FIELD",
    ]);
  });
});
