import Big from "big.js";
import { describe, expect, it } from "vitest";
import { translateFulfillment } from "../../../src/connectors/woocommerce/fulfillment.js";
import { refundItem } from "../../../src/connectors/woocommerce/give-back.js";
import {
  fulfillmentPayload,
  notePayload,
  orderPayload,
  refundPayload,
} from "../../../src/connectors/woocommerce/payload.js";
import { snapshotOf } from "../../../src/connectors/woocommerce/read.js";
import { recognise } from "../../../src/connectors/woocommerce/recognise.js";
import { refundedItem, translateRefund } from "../../../src/connectors/woocommerce/refund.js";
import type { Snapshot } from "../../../src/domain/snapshot.js";
import { specsDir } from "../../support/specs.js";
import { checkSnapshot } from "../invariants.js";
import {
  deliveries,
  everyBody,
  folders,
  recorded,
  recordedShop,
  refundedOrders,
} from "./records.js";

const now = "2026-11-23T04:00:00.000Z";
const shop = recordedShop();

/** What each recorded file is; the first that fits counts. */
const kinds: [RegExp, Kind][] = [
  [/\/order_(single|created_with)|\/orders_list\.json/, "order"],
  [/\/orders_batch_mixed\.json/, "order or error item"],
  [/\/refund/, "refund"],
  [/\/fulfillment_(deleted|lookup|metadata)\./, "else"],
  [/\/fulfillment/, "fulfillment"],
  [/\/order_notes?(_list)?\./, "note"],
  [/\/ast_tracking_/, "tracking"],
  [
    /\/(error_|product|variation|customers|webhooks?_|order_statuses|order_email_templates|orders_list_headers|store_settings|system_status|ast_providers)/,
    "else",
  ],
];
type Kind =
  | "order"
  | "order or error item"
  | "refund"
  | "fulfillment"
  | "note"
  | "tracking"
  | "else";

const kindOf = (from: string) => kinds.find(([pattern]) => pattern.test(from))?.[1];

describe.skipIf(!specsDir)("the recorded traffic of 9.9.5 and 10.5.0", () => {
  const bodies = specsDir ? everyBody() : [];
  const of = (kind: Kind) => bodies.filter(({ from }) => kindOf(from) === kind);

  it("is known file by file, so that no new recording goes unread", () => {
    expect(bodies.filter(({ from }) => !kindOf(from)).map(({ from }) => from)).toEqual([]);
    expect(new Set(bodies.map(({ from }) => kindOf(from))).size).toBe(7);
  });

  it("translates every order with its money, quantities and statuses", () => {
    const orders = [
      ...of("order"),
      ...of("order or error item").filter(({ body }) => "line_items" in (body as object)),
      ...["samples", "samples-9.9.5"].flatMap((folder) =>
        deliveries(folder)
          .map(({ from, raw }) => ({ from, body: JSON.parse(raw) as unknown }))
          .filter(({ body }) => "line_items" in (body as object)),
      ),
    ];
    expect(orders.length).toBeGreaterThan(35);
    for (const { from, body } of orders) {
      const found = recognise(body, shop, now);
      if (found.kind !== "snapshot") return expect.fail(`${from}: ${JSON.stringify(found)}`);
      checkOrder(found.snapshot, body as RawOrder, from);
    }
  });

  it("translates every refund: amounts without sign, quantities by the order's own lines", () => {
    const refunds = of("refund");
    expect(refunds.length).toBeGreaterThanOrEqual(9);
    for (const { from, body } of refunds) {
      const refund = translateRefund(refundPayload.parse(body), {
        currency: "USD",
        fee_lines: [],
      });
      const raw = body as RawRefund;
      expect(refund.amount.shop, from).toEqual({ amount: raw.amount, currency: "USD" });
      expect(
        refund.lines.map((line) => [line.lineId, line.quantity, line.amount.shop.amount]),
        from,
      ).toEqual(
        raw.line_items.map((it) => [
          String(it.meta_data.find(({ key }) => key === "_refunded_item_id")?.value),
          -it.quantity,
          Big(it.total).plus(it.total_tax).times(-1).toFixed(2),
        ]),
      );
      expect(refund.createdAt, from).toBe(`${raw.date_created_gmt}.000Z`);
      // A refund does not name its currency, so by itself it only tells which order to read.
      expect(recognise(body, shop, now), from).toMatchObject({
        kind: "hint",
        ref: { nativeId: /\/orders\/(\d+)\/refunds/.exec(JSON.stringify(raw._links))?.[1] },
      });
    }
  });

  it.each(folders)("reads every order of %s whole with its refunds, sums and pieces", (folder) => {
    const whole = refundedOrders(folder);
    expect(whole.length).toBeGreaterThan(0);
    for (const { from, order, refunds } of whole) {
      const at = new Date(now);
      const records = { order, refunds, fulfillments: null, refundsAt: at, fulfillmentsAt: at };
      const snapshot = snapshotOf(records, shop);
      checkSnapshot(snapshot);
      const told = snapshot.refunds?.value ?? [];
      expect(told.map(({ nativeId }) => nativeId).sort(), from).toEqual(
        order.refunds.map(({ id }) => id).sort(),
      );
      const sum = told.reduce((all, it) => all.plus(it.amount.shop.amount), Big(0));
      expect(snapshot.head?.value.totals.refunded?.shop.amount, from).toBe(sum.toFixed(2));
      for (const refund of told) {
        const reason = refunds.find(({ id }) => id === refund.nativeId)?.reason;
        expect(refund, from).toMatchObject({ status: "SUCCEEDED", reason, marker: null });
        expect(
          refund.lines.every(({ restocked }) => restocked === null),
          from,
        ).toBe(true);
      }
    }
  });

  it.each(folders)("splits an amount as the shop of %s recorded it", (folder) => {
    const order = orderPayload.parse(recorded(`${folder}/order_single_partially_refunded.json`));
    const refund = refundPayload.parse(recorded(`${folder}/refund_create_response.json`));
    const [given] = refund.line_items;
    const item = order.line_items.find(({ id }) => given && id === refundedItem(given));
    if (!given || !item) return expect.fail("the record has no refunded line");
    const wish = { item, quantity: 1, amount: refund.amount };
    const split = refundItem(wish, { order, refunds: [] }, 2);
    const unsigned = (amount: string) => Big(amount).abs().toFixed();
    expect(split).toEqual({
      id: Number(item.id),
      quantity: Math.abs(given.quantity ?? 0),
      refund_total: unsigned(given.total),
      refund_tax: given.taxes.map((tax) => ({
        id: Number(tax.id),
        refund_total: unsigned(tax.total),
      })),
    });
  });

  it("translates every fulfillment: lines, tracking, and its site-local time in UTC", () => {
    const shipments = of("fulfillment");
    expect(shipments.length).toBeGreaterThanOrEqual(8);
    for (const { from, body } of shipments) {
      const raw = body as RawFulfillment;
      const meta = (key: string) => raw.meta_data.find((it) => it.key === key)?.value;
      const shipment = translateFulfillment(fulfillmentPayload.parse(body), "America/Los_Angeles");
      const items = meta("_items") as { item_id: number; qty: number }[];
      expect(shipment.lines, from).toEqual(
        items.map((it) => ({ lineId: String(it.item_id), quantity: it.qty })),
      );
      expect(shipment.status, from).toBe(raw.status === "fulfilled" ? "SUCCESS" : "OPEN");
      const local = String(meta("_date_fulfilled") ?? raw.date_updated).replace(" ", "T");
      expect(shipment.createdAt, from).toBe(new Date(`${local}-08:00`).toISOString());
      expect(shipment.packages[0]?.tracking?.number, from).toBe(meta("_tracking_number"));
      expect(shipment.packages[0]?.tracking?.carrierCode ?? undefined, from).toBe(
        meta("_shipment_provider"),
      );
      const found = recognise(body, shop, now);
      expect(found, from).toMatchObject({
        kind: "snapshot",
        refresh: true,
        snapshot: { ref: { nativeId: raw.entity_id }, fulfillments: { complete: false } },
      });
    }
  });

  it("translates every tracking of an extension, for the order its link names", () => {
    for (const { from, body } of of("tracking")) {
      const raw = body as { tracking_number: string; tracking_id: string };
      const found = recognise(body, shop, now);
      if (found.kind !== "snapshot") return expect.fail(`${from}: ${JSON.stringify(found)}`);
      expect(found.snapshot.ref.nativeId, from).toBe("44");
      const [shipment] = found.snapshot.fulfillments?.value ?? [];
      expect(shipment?.nativeId).toBe(`tracking:${raw.tracking_id}`);
      expect(shipment?.shippedAt).toBe("2026-11-23T00:00:00.000Z");
      expect(shipment?.packages[0]?.tracking?.number, from).toBe(raw.tracking_number);
      expect(shipment?.packages[0]?.tracking?.url, from).toMatch(
        new RegExp(`${raw.tracking_number}$`),
      );
    }
    expect(of("tracking")).toHaveLength(4);
  });

  it("takes a note as news of its order", () => {
    for (const { from, body } of of("note")) {
      expect(notePayload.safeParse(body).success, from).toBe(true);
      expect(recognise(body, shop, now), from).toMatchObject({
        kind: "hint",
        ref: { nativeId: expect.stringMatching(/^\d+$/) },
      });
    }
    expect(of("note").length).toBeGreaterThanOrEqual(6);
  });

  it("tells everything else apart, with a reason", () => {
    const rest = [
      ...of("else"),
      ...of("order or error item").filter(({ body }) => !("line_items" in (body as object))),
    ];
    for (const { from, body } of rest) {
      const found = recognise(body, shop, now);
      expect(found.kind, `${from}: ${JSON.stringify(found)}`).toBe("ignored");
    }
    expect(rest.length).toBeGreaterThan(100);
  });
});

interface RawOrder {
  id: number;
  status: string;
  currency: string;
  total: string;
  total_tax: string;
  date_paid: string | null;
  prices_include_tax: boolean;
  line_items: { id: number; quantity: number; total: string; subtotal: string }[];
  fee_lines: { id: number; total: string }[];
  refunds: { total: string }[];
}
interface RawRefund {
  amount: string;
  date_created_gmt: string;
  line_items: {
    quantity: number;
    total: string;
    total_tax: string;
    meta_data: { key: string; value: unknown }[];
  }[];
  _links: unknown;
}
interface RawFulfillment {
  entity_id: string;
  status: string;
  date_updated: string;
  meta_data: { key: string; value: unknown }[];
}

function checkOrder(snapshot: Snapshot, raw: RawOrder, from: string): void {
  const head = snapshot.head?.value;
  const lines = snapshot.lines?.value ?? [];
  if (!head) throw new Error(`${from} has no head`);
  expect(snapshot.ref.nativeId, from).toBe(String(raw.id));
  expect(head.totals.total.shop, from).toEqual({ amount: raw.total, currency: raw.currency });
  expect(head.totals.tax.shop.amount, from).toBe(raw.total_tax);
  expect(head.totals.captured?.shop.amount ?? null, from).toBe(raw.date_paid ? raw.total : null);
  const refunded = raw.refunds.reduce((all, it) => all.minus(it.total), Big(0));
  expect(head.totals.refunded?.shop.amount, from).toBe(refunded.toFixed(2));
  expect(head.platformStatuses[0], from).toMatchObject({ field: "status", value: raw.status });
  expect(
    lines.map((line) => [line.nativeId, line.ordered]),
    from,
  ).toEqual([
    ...raw.line_items.map((it) => [String(it.id), it.quantity]),
    ...raw.fee_lines.map((it) => [String(it.id), 1]),
  ]);
  // Lines with tax and shipping with tax make the total, and price times quantity less discount the line.
  const shippingTax = head.taxesIncluded
    ? "0"
    : head.shippingLines.reduce((all, it) => all.plus(it.tax.shop.amount), Big(0)).toFixed();
  const parts = [...lines.map((it) => it.total), head.totals.shipping].map((it) => it.shop.amount);
  const whole = parts.reduce((all, it) => all.plus(it), Big(shippingTax));
  // Taxes that WooCommerce rounds by line and shows rounded by order may differ by a cent in all.
  expect(whole.minus(raw.total).abs().toNumber(), from).toBeLessThanOrEqual(0.011);
  for (const line of lines) {
    const gross = Big(line.unitPrice.shop.amount).times(line.ordered);
    const net = head.taxesIncluded ? gross : gross.plus(line.tax.shop.amount);
    const off = net.minus(line.discounts.shop.amount).minus(line.total.shop.amount);
    expect(off.abs().toNumber(), `${from} line ${line.nativeId}`).toBeLessThan(0.0001);
  }
}
