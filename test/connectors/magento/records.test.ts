import Big from "big.js";
import { describe, expect, it } from "vitest";
import { translateShipment } from "../../../src/connectors/magento/fulfillment.js";
import { translateKept } from "../../../src/connectors/magento/kept.js";
import {
  creditmemoPayload,
  invoicePayload,
  orderPayload,
  shipmentPayload,
} from "../../../src/connectors/magento/payload.js";
import { idIn } from "../../../src/connectors/magento/prepare.js";
import { recordsOf, snapshotOf } from "../../../src/connectors/magento/read.js";
import { translateCreditmemo } from "../../../src/connectors/magento/refund.js";
import { isSurelyRefused, refusal, wordsOf } from "../../../src/connectors/magento/refusal.js";
import type { Row } from "../../../src/connectors/magento/search.js";
import { translateMoves } from "../../../src/connectors/magento/transaction.js";
import { orderSnapshot } from "../../../src/connectors/magento/translate.js";
import { verdictByStatus } from "../../../src/connectors/step.js";
import { derive } from "../../../src/domain/derive.js";
import type { Snapshot } from "../../../src/domain/snapshot.js";
import { specsDir } from "../../support/specs.js";
import { orderOf } from "../bench.js";
import { checkSnapshot } from "../invariants.js";
import { everyExchange, type RecordedExchange, recordedShop } from "./records.js";

const shop = recordedShop();

/**
 * What each recorded answer is; the first that fits counts. A kind in capitals is read by the connector, any other names
 * why it is not.
 */
const kinds: [RegExp, string][] = [
  // What is not read comes first: it looks like what is.
  [
    /^(limit_default_page_size|creditmemos_by_order_fields)$/,
    "a list trimmed by other fields than ours",
  ],
  [
    /^orders_(and|or|in|like|gt|from_to|iso8601_filter|pagesize_\d+|search_updated_gteq_page2)$/,
    "LIST",
  ],
  [/^(orders_search_page|page_past_end)/, "LIST"],
  [/^order_items_list$/, "rows of several orders, which we read with their order"],
  [/^order_comment_add$/, "NOTE"],
  [/^order_(comment|email|status)/, "a part of an order that its body shows too, or a mail"],
  [/^place_guest_order$/, "a checkout, which belongs to customers"],
  [/^(orders?_(?!bad_(field|sort)|without)|orders_bad_condition)/, "ORDER"],
  [/^shipment(s_by_order|_get)$/, "SHIPMENT"],
  [/^creditmemo/, "CREDITMEMO"],
  [/^invoices?_(get|by_order)$/, "INVOICE"],
  [/^track_add_(ok|minimal|any)/, "TRACK"],
  [/^(ship_|track_delete|cancel_|shipment_post_raw)/, "WRITE"],
  [/^(store_configs|modules|inventory_sources|rma_returns)/, "PROBE"],
  [
    /^(orders_without_auth|admin_token_wrong|maintenance_mode|limit_|orders_bad_|track_add_error)/,
    "ERROR",
  ],
  [/^refund_/, "REFUND"],
  [/^invoice_/, "an invoice made, which no command does; its errors are read"],
  [/^shipment_comment/, "comments, which a shipment's body shows too"],
  [/^(un)?hold_/, "a hold, which no command sets; its errors are read"],
  [/^(inventory|stock|product|source_selection)/, "stock, which belongs to no order"],
  [/^(async|bulk)_/, "the asynchronous API, which answers before it acts"],
  [/^(websites|store_views|transactions)$/, "a list that tells nothing of orders"],
];
const kindOf = ({ name }: RecordedExchange) => kinds.find(([pattern]) => pattern.test(name))?.[1];

type Raw = Record<string, unknown>;
/** A recorded answer's records: the one, or those of its list. */
const rowsOf = (body: unknown): Raw[] => ((body as Raw).items as Raw[] | null) ?? [];
const recordsIn = (body: unknown): Raw[] =>
  "total_count" in (body as Raw) ? rowsOf(body) : [body as Raw];

describe.skipIf(!specsDir)("the recorded traffic of Open Source 2.4.6-p11", () => {
  const exchanges = specsDir ? everyExchange() : [];
  const of = (kind: string) => exchanges.filter((it) => kindOf(it) === kind);
  /** Every record of a kind, as the connector reads it and as it was sent. */
  const records = (kind: string) =>
    of(kind).flatMap(({ name, body, raw }) => {
      const plain = recordsIn(raw);
      return recordsIn(body).map((record, at) => ({
        from: `${name}#${at}`,
        record,
        raw: plain[at] as Raw,
      }));
    });

  it("is known file by file, so that no new recording goes unread", () => {
    expect(exchanges.length).toBeGreaterThan(130);
    expect(exchanges.filter((it) => !kindOf(it)).map(({ name }) => name)).toEqual([]);
    expect(kinds.filter(([, kind]) => of(kind).length === 0)).toEqual([]);
  });

  it("translates every order with its money in both currencies, its quantities and its statuses", () => {
    const orders = records("ORDER");
    expect(orders.length).toBeGreaterThanOrEqual(8);
    for (const { from, record, raw } of orders) {
      const snapshot = orderSnapshot(orderPayload.parse(record), shop);
      checkSnapshot(snapshot);
      checkOrder(snapshot, raw, from);
    }
  });

  it("takes a configurable product and its variant as one line", () => {
    const orders = records("ORDER").filter(({ raw }) => raw.increment_id === "000000001");
    expect(orders.length).toBeGreaterThanOrEqual(3);
    for (const { from, record } of orders) {
      const lines = orderSnapshot(orderPayload.parse(record), shop).lines?.value ?? [];
      expect(
        lines.map((line) => [line.nativeId, line.sku, line.ordered, line.requiresShipping]),
        from,
      ).toEqual([
        ["1", "MUG-1", 3, true],
        ["2", "TEE-RED", 2, true],
        ["4", "GIFT-V", 1, false],
      ]);
      expect(lines[1], from).toMatchObject({
        name: "Tee",
        variantTitle: "Red",
        externalProductId: "5",
        externalVariantId: "2",
        parentLineId: null,
        weightGrams: 453.5924,
        unitPrice: { shop: { amount: "20.00", currency: "USD" } },
        total: { shop: { amount: "40.00" } },
      });
    }
  });

  it("translates every shipment: lines, source, and a package for each track", () => {
    const shipments = records("SHIPMENT");
    expect(shipments.length).toBeGreaterThanOrEqual(4);
    for (const { from, record, raw } of shipments) {
      const shipment = translateShipment(shipmentPayload.parse(record), () => true);
      expect(shipment, from).toMatchObject({
        nativeId: String(raw.entity_id),
        status: "SUCCESS",
        createdAt: `${String(raw.created_at).replace(" ", "T")}.000Z`,
        locationId: "default",
        marker: null,
      });
      expect(
        shipment.lines.map((line) => [line.lineId, line.quantity]),
        from,
      ).toEqual((raw.items as Raw[]).map((it) => [String(it.order_item_id), it.qty]));
      const tracks = raw.tracks as Raw[];
      expect(
        shipment.packages.map(({ nativeId, tracking }) => [
          nativeId,
          tracking?.number,
          tracking?.carrier,
          tracking?.carrierCode ?? "custom",
        ]),
        from,
      ).toEqual(
        tracks.length > 0
          ? tracks.map((it) => [key(it), it.track_number, it.title, it.carrier_code])
          : [["untracked", undefined, undefined, "custom"]],
      );
    }
  });

  it("translates every track that was added, as the package it becomes", () => {
    for (const { from, record, raw } of records("TRACK")) {
      const shipment = {
        entity_id: raw.parent_id,
        order_id: raw.order_id,
        created_at: raw.created_at,
        tracks: [record],
      };
      const { packages } = translateShipment(shipmentPayload.parse(shipment), () => true);
      expect(packages, from).toMatchObject([
        {
          nativeId: key(raw),
          tracking: { number: raw.track_number, carrier: raw.title },
        },
      ]);
    }
    expect(of("TRACK")).toHaveLength(3);
  });

  it("translates every credit memo in both currencies, without the rows of variants", () => {
    const memos = records("CREDITMEMO");
    expect(memos.length).toBeGreaterThanOrEqual(5);
    for (const { from, record, raw } of memos) {
      const refund = translateCreditmemo(creditmemoPayload.parse(record), (id) => id !== "3");
      expect(refund.status, from).toBe("SUCCEEDED");
      checkBag(refund.amount, raw, "grand_total", from);
      const rows = (raw.items as Raw[]).filter((it) => it.order_item_id !== 3);
      expect(
        refund.lines.map((line) => [line.lineId, line.quantity, line.amount.presentment.amount]),
        from,
      ).toEqual(rows.map((it) => [String(it.order_item_id), it.qty, fixed(it.row_total)]));
      const lines = refund.lines.reduce((sum, it) => sum.plus(it.amount.shop.amount), Big(0));
      const whole = lines.plus(refund.shipping?.shop.amount ?? 0).plus(num(raw.base_adjustment));
      expect(whole.toFixed(2), from).toBe(refund.amount.shop.amount);
    }
    const reasons = memos.map(
      ({ record }) => translateCreditmemo(creditmemoPayload.parse(record), () => true).reason,
    );
    expect(reasons).toContain("Damaged");
  });

  it("translates every invoice as money received", () => {
    const invoices = records("INVOICE");
    expect(invoices.length).toBeGreaterThanOrEqual(3);
    const order = orderPayload.parse(records("ORDER")[0]?.record);
    for (const { from, record, raw } of invoices) {
      const [move] = translateMoves(order, [invoicePayload.parse(record)], []);
      expect(move, from).toMatchObject({
        nativeId: `invoice:${raw.entity_id}`,
        kind: "CAPTURE",
        status: "SUCCEEDED",
        gateway: "checkmo",
      });
      if (move) checkBag(move.amount, raw, "grand_total", from);
    }
  });

  it("knows of every refund its credit memo, or why the shop surely made none", () => {
    const codes: Record<string, string> = {
      refund_configurable_by_child: "INVALID_INPUT",
      refund_error_adjustment_too_much: "AMOUNT_EXCEEDS_REFUNDABLE",
      refund_error_closed: "ALREADY_IN_STATE",
      refund_error_not_invoiced: "AMOUNT_EXCEEDS_REFUNDABLE",
      refund_error_qty_exceeds: "QUANTITY_EXCEEDS_RETURNABLE",
      refund_error_shipping_too_much: "AMOUNT_EXCEEDS_REFUNDABLE",
      refund_error_unknown_order: "NOT_FOUND",
      refund_invoice_online_on_offline_method: "CHANNEL_REJECTED",
      refund_invoice_refused_after_order_level_refunds: "CHANNEL_REJECTED",
      refund_invoice_refused_offline_payment_method: "CHANNEL_REJECTED",
    };
    const told: Record<string, string> = {};
    for (const { name, status, body } of of("REFUND")) {
      const answer = { status, body, retryAfterMs: null };
      if (status < 300) {
        expect(idIn(answer), name).toMatch(/^\d+$/);
        continue;
      }
      expect(isSurelyRefused(answer), name).toBe(true);
      const error = refusal(answer, "POST shop.example/rest/V1/x", { isCertain: isSurelyRefused });
      expect(error.mayHaveHappened, name).toBe(false);
      told[name] = error.code;
    }
    expect(told).toEqual(codes);
    const wordsIn = (name: string) => wordsOf(exchanges.find((it) => it.name === name)?.body);
    expect(wordsIn("refund_error_qty_exceeds")).toContain('item "Coffee Mug"');
    expect(wordsIn("refund_error_shipping_too_much")).toContain("$25.00");
  });

  it("takes true for the answer of a comment", () => {
    expect(of("NOTE").map(({ status, body }) => [status, body])).toEqual([[200, true]]);
  });

  it("holds every part, alone and with its order, against what holds of every snapshot", () => {
    const parts = {
      shipments: records("SHIPMENT").map(({ record }) => record as Row),
      invoices: records("INVOICE").map(({ record }) => record as Row),
      creditmemos: records("CREDITMEMO").map(({ record }) => record as Row),
      returns: null,
    };
    for (const { from, record } of records("ORDER")) {
      const readAt = new Date();
      const whole = recordsOf(orderPayload.parse(record), unique(parts), readAt);
      const snapshot = snapshotOf(whole, shop);
      checkSnapshot(snapshot);
      // Read again from what was kept of it, it says the same.
      const text = JSON.stringify(record);
      expect(translateKept({ topic: null, body: text, receivedAt: readAt }, shop), from).toEqual({
        kind: "snapshot",
        snapshot: orderSnapshot(whole.order, shop),
        refresh: true,
      });
    }
    for (const { record } of ["SHIPMENT", "INVOICE", "CREDITMEMO"].flatMap(records))
      expect(
        translateKept({ topic: null, body: JSON.stringify(record), receivedAt: new Date() }, shop),
      ).toEqual({ kind: "hint", ref: { nativeId: String(record.order_id) } });
  });

  it("knows what each invoice billed, and that no gateway stands behind a check", () => {
    const order = orderPayload.parse(records("ORDER")[0]?.record);
    for (const { from, record, raw } of records("INVOICE")) {
      const [capture] = translateMoves(order, [invoicePayload.parse(record)], []);
      expect(capture?.parentNativeId, from).toBeNull();
      expect(capture?.billed, from).toEqual(
        (raw.items as Raw[]).map((it) => ({
          nativeLineId: String(it.order_item_id),
          quantity: it.qty,
        })),
      );
    }
  });

  it("puts a whole order together, whose statuses and quantities follow from its facts", () => {
    const parts = {
      shipments: records("SHIPMENT").map(({ record }) => record as Row),
      invoices: records("INVOICE").map(({ record }) => record as Row),
      creditmemos: records("CREDITMEMO").map(({ record }) => record as Row),
      returns: null,
    };
    const whole = (name: string) => {
      const body = exchanges.find((it) => it.name === name)?.body;
      const snapshot = snapshotOf(
        recordsOf(orderPayload.parse(body), unique(parts), new Date()),
        shop,
      );
      checkSnapshot(snapshot);
      return derive(orderOf(snapshot));
    };
    const closed = whole("order_closed_after_refund");
    expect(closed.anomalies).toEqual([]);
    expect(closed.statuses).toMatchObject({
      ORDER: "COMPLETED",
      PAYMENT: "REFUNDED",
      FULFILLMENT: "FULFILLED",
      DELIVERY: "UNKNOWN",
    });
    expect(closed.totals.captured.shop.amount).toBe("107.50");
    expect(closed.totals.refunded.shop.amount).toBe("107.50");
    const foreign = whole("order_foreign_currency");
    expect(foreign.statuses).toMatchObject({ ORDER: "PENDING", PAYMENT: "PENDING" });
    expect(foreign.totals.total).toEqual({
      shop: { amount: "70.00", currency: "USD" },
      presentment: { amount: "63.00", currency: "EUR" },
    });
  });

  it("lists no row twice and none when it is over, whatever null stands for an empty list", () => {
    for (const { name, body } of of("LIST")) {
      const ids = rowsOf(body).map(({ entity_id }) => entity_id);
      expect(new Set(ids).size, name).toBe(ids.length);
    }
    expect(of("LIST").some(({ body }) => (body as Raw).items === null)).toBe(true);
  });

  it("calls no error done, keeps its words with their values, and doubts every failure of the shop itself", () => {
    const errors = exchanges.filter(({ status }) => status >= 400);
    expect(errors.length).toBeGreaterThan(35);
    for (const { name, status, body } of errors) {
      const isPage = typeof body === "string";
      const answer = { status, body: isPage ? undefined : body, retryAfterMs: null };
      expect(verdictByStatus(answer), name).toBe(status >= 500 ? "unknown" : "refused");
      const error = refusal(answer, "POST shop.example/rest/V1/x");
      expect(error.mayHaveHappened, name).toBe(status >= 500);
      expect(error.httpStatus, name).toBe(status);
      expect(error.upstreamMessage === null, name).toBe(isPage);
      expect(error.message, name).not.toMatch(/%(\d|max|type|resources|fieldName)\b/);
      if (status === 404)
        expect(error.code, name).toBe(
          name.startsWith("rma_") ? "CAPABILITY_NOT_SUPPORTED" : "NOT_FOUND",
        );
    }
    const code = (name: string) => {
      const found = errors.find((it) => it.name === name);
      return refusal({ status: found?.status ?? 0, body: found?.body, retryAfterMs: null }, "x")
        .code;
    };
    expect(code("ship_error_on_hold")).toBe("ON_HOLD");
    expect(code("ship_error_nothing_left")).toBe("ALREADY_IN_STATE");
    expect(code("ship_error_virtual_item")).toBe("QUANTITY_EXCEEDS_FULFILLABLE");
    expect(code("orders_without_auth")).toBe("SCOPE_NOT_GRANTED_BY_CHANNEL");
    expect(code("maintenance_mode")).toBe("CHANNEL_UNAVAILABLE");
  });

  it("keeps every word of several complaints at once, each with its values", () => {
    const body = {
      message: "One or more input exceptions have occurred.",
      errors: [
        { message: '"%fieldName" is required.', parameters: { fieldName: "entity" } },
        { message: "No %1.", parameters: ["stock"] },
      ],
    };
    expect(wordsOf(body)).toBe(
      'One or more input exceptions have occurred. "entity" is required. No stock.',
    );
    expect(wordsOf({ ...body, errors: "none" })).toBe(body.message);
  });

  it("calls every answer of a write that succeeded done, as far as its status goes", () => {
    const writes = of("WRITE").filter(({ status }) => status < 300);
    expect(writes.length).toBeGreaterThanOrEqual(12);
    for (const { name, status, body } of writes)
      expect(verdictByStatus({ status, body }), name).toBe("done");
    // A page under 200 is no answer to a write.
    expect(verdictByStatus({ status: 200, body: undefined })).toBe("unknown");
  });
});

/** Packages go by their number, since one that is being sent has no id yet. */
const key = ({ track_number }: Raw) => String(track_number).replace(/-/g, "");
const num = (value: unknown) => Big(String(value ?? 0));
const fixed = (value: unknown) => num(value).toFixed(2);

function checkBag(
  bag: {
    shop: { amount: string; currency: string };
    presentment: { amount: string; currency: string };
  },
  raw: Raw,
  column: string,
  from: string,
): void {
  expect(bag, `${from} ${column}`).toEqual({
    shop: { amount: fixed(raw[`base_${column}`]), currency: raw.base_currency_code },
    presentment: { amount: fixed(raw[column]), currency: raw.order_currency_code },
  });
}

function checkOrder(snapshot: Snapshot, raw: Raw, from: string): void {
  const head = snapshot.head?.value;
  const lines = snapshot.lines?.value ?? [];
  if (!head) throw new Error(`${from} has no head`);
  expect(snapshot.ref, from).toEqual({
    nativeId: String(raw.entity_id),
    number: raw.increment_id,
  });
  const { totals } = head;
  checkBag(totals.total, raw, "grand_total", from);
  checkBag(totals.tax, raw, "tax_amount", from);
  checkBag(totals.shipping, raw, "shipping_amount", from);
  if (totals.captured) checkBag(totals.captured, raw, "total_paid", from);
  if (totals.refunded) checkBag(totals.refunded, raw, "total_refunded", from);
  const words = head.platformStatuses.map(({ field, value }) => [field, value]);
  expect(words, from).toEqual([
    ["state", raw.state],
    ["status", raw.status],
  ]);
  const rows = (raw.items as Raw[]).filter((it) => !it.parent_item_id);
  expect(
    lines.map((line) => [
      line.nativeId,
      line.ordered,
      line.canceled,
      line.total.presentment.amount,
    ]),
    from,
  ).toEqual(
    rows.map((it) => [String(it.item_id), it.qty_ordered, it.qty_canceled, fixed(it.row_total)]),
  );
  // Lines, shipping and tax make the total, and price by quantity the line.
  const sum = lines.reduce((all, it) => all.plus(it.total.shop.amount), Big(0));
  expect(sum.plus(totals.shipping.shop.amount).toFixed(2), from).toBe(totals.total.shop.amount);
  for (const line of lines)
    expect(Big(line.unitPrice.shop.amount).times(line.ordered).toFixed(2), from).toBe(
      line.total.shop.amount,
    );
  expect(head.billingAddress?.country, from).toBe("US");
  expect(head.shippingAddress?.country, from).toBe(raw.is_virtual ? undefined : "US");
  expect(head.paymentMethods, from).toEqual(["Check / Money order"]);
}

/** The same record is in several recordings. */
function unique<T extends Record<string, Row[] | null>>(parts: T): T {
  const entries = Object.entries(parts).map(([name, rows]) => [
    name,
    rows && [...new Map(rows.map((row) => [row.entity_id, row])).values()],
  ]);
  return Object.fromEntries(entries) as T;
}
