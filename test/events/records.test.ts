import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { translateWebhook } from "../../src/connectors/shopify/translate-webhook.js";
import { parseBody } from "../../src/connectors/shopify/webhook-payload.js";
import { refundPayload } from "../../src/connectors/woocommerce/payload.js";
import { snapshotOf } from "../../src/connectors/woocommerce/read.js";
import { recognise } from "../../src/connectors/woocommerce/recognise.js";
import { orderOfRefund, translateRefund } from "../../src/connectors/woocommerce/refund.js";
import type { OrderDocument } from "../../src/domain/document.js";
import { mintId } from "../../src/domain/id.js";
import type { Snapshot } from "../../src/domain/snapshot.js";
import { createHub } from "../../src/events/hub.js";
import { createRecorder } from "../../src/events/record.js";
import type { Recorder } from "../../src/events/recorder.js";
import { beginEpoch } from "../../src/store/events.js";
import { loadOrders } from "../../src/store/orders.js";
import {
  deliveries,
  everyBody,
  recordedShop,
  refundedOrders,
} from "../connectors/woocommerce/records.js";
import { insertChannel } from "../support/channel.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { specsDir } from "../support/specs.js";

const tenantId = "t1";
const now = "2026-11-23T04:00:00.000Z";
let test: TestDatabase;
let recorder: Recorder;

beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.asSystem(beginEpoch);
  recorder = createRecorder({ db: test.database, bus: createHub(async () => {}) });
});
afterAll(() => test?.drop());

/** A channel that takes in snapshots one by one, and shows an order as the API would. */
async function openChannel(platform: string) {
  const channelId = mintId("Channel");
  await insertChannel(test.database, tenantId, channelId, platform);
  const origin = {
    channelId,
    source: "WEBHOOK" as const,
    actor: { kind: "CHANNEL" as const, id: channelId, name: null },
    now: new Date(now),
  };
  return {
    record: async (snapshot: Snapshot) => {
      const [result] = await recorder.transact(tenantId, (scope) =>
        scope.record(origin, [snapshot]),
      );
      return result;
    },
    show: async (nativeId: string): Promise<OrderDocument> => {
      const found = await test.database.forTenant(tenantId, (tx) =>
        loadOrders(tx, tenantId, channelId, [nativeId]),
      );
      const stored = found.get(nativeId);
      if (!stored) throw new Error(`order ${nativeId} was not recorded`);
      return stored.document;
    },
  };
}

interface RawOrder {
  id: number;
  status: string;
  currency: string;
  total: string;
  date_paid: string | null;
  date_completed: string | null;
  date_modified_gmt: string;
  line_items: { id: number; quantity: number }[];
  refunds: { total: string }[];
}
const isOrder = (body: unknown): body is RawOrder =>
  typeof body === "object" && body !== null && "line_items" in body && "billing" in body;

describe.skipIf(!specsDir)("what WooCommerce was recorded to say", () => {
  const shop = recordedShop();
  /** What one recorded shop said; two shops' ids collide. */
  const saidBy = (folder: string): unknown[] => [
    ...everyBody()
      .filter(({ from }) => from.startsWith(`${folder}/`))
      .map(({ body }) => body),
    ...deliveries(folder).map(({ raw }) => JSON.parse(raw) as unknown),
  ];
  const byAge = (a: RawOrder, b: RawOrder) => (a.date_modified_gmt < b.date_modified_gmt ? -1 : 1);

  describe.each(["samples", "samples-9.9.5"])("in %s", (folder) => {
    it("is recorded order by order with its money, quantities and statuses", async () => {
      const channel = await openChannel("WOOCOMMERCE");
      const orders = saidBy(folder).filter(isOrder).sort(byAge);
      expect(orders.length).toBeGreaterThan(15);
      for (const raw of orders) {
        const found = recognise(raw, shop, now);
        if (found.kind !== "snapshot")
          return expect.fail(`order ${raw.id}: ${JSON.stringify(found)}`);
        expect((await channel.record(found.snapshot))?.orderId).not.toBeNull();
        const document = await channel.show(String(raw.id));
        const newest =
          document.platformStatuses.find(({ field }) => field === "status")?.value === raw.status;
        if (!newest) continue;
        expect(document.totals.total.shop).toEqual({ amount: raw.total, currency: raw.currency });
        const refunded = raw.refunds.reduce(
          (sum, refund) => sum - Math.round(Number(refund.total) * 100),
          0,
        );
        expect(Math.round(Number(document.totals.refunded.shop.amount) * 100)).toBe(refunded);
        for (const line of raw.line_items)
          expect(
            document.lines.find(({ nativeId }) => nativeId === String(line.id))?.quantities.ordered,
          ).toBe(line.quantity);
        expect(document.state).toBe(raw.date_completed ? "COMPLETED" : STATES[raw.status]);
        expect(document.paymentStatus).toBe(paymentOf(raw, refunded));
      }
    });

    it("is recorded whole with its refunds: each with its amount, its pieces and its reason", async () => {
      const channel = await openChannel("WOOCOMMERCE");
      const whole = refundedOrders(folder);
      expect(whole.length).toBeGreaterThan(0);
      for (const { order, refunds } of whole) {
        const at = new Date(now);
        const records = { order, refunds, fulfillments: null, refundsAt: at, fulfillmentsAt: at };
        await channel.record(snapshotOf(records, shop));
        const document = await channel.show(order.id);
        expect(
          document.refunds.map((it) => [it.nativeId, it.amount.shop.amount, it.reason]).sort(),
        ).toEqual(refunds.map((it) => [it.id, it.amount, it.reason]).sort());
        const pieces = (quantities: number[]) => quantities.reduce((sum, it) => sum + it, 0);
        expect(
          pieces(document.refunds.flatMap((it) => it.lines.map((line) => line.quantity))),
        ).toBe(pieces(refunds.flatMap((it) => it.line_items.map((line) => -(line.quantity ?? 0)))));
      }
    });

    it("is recorded after its order where it names it only by link, and counts there", async () => {
      const channel = await openChannel("WOOCOMMERCE");
      const bodies = saidBy(folder);
      const orders = bodies.filter(isOrder).sort(byAge);
      for (const raw of orders) {
        const found = recognise(raw, shop, now);
        if (found.kind === "snapshot") await channel.record(found.snapshot);
      }
      const known = new Set(orders.map((raw) => String(raw.id)));
      let refunds = 0;
      let shipments = 0;
      for (const body of bodies) {
        if (isOrder(body)) continue;
        const refund = refundPayload.safeParse(body);
        const orderId = refund.success ? orderOfRefund(refund.data) : null;
        if (refund.success && orderId) {
          const value = [translateRefund(refund.data, { currency: "USD", fee_lines: [] })];
          const result = await channel.record({
            ref: { nativeId: orderId },
            refunds: { asOf: now, complete: false, value },
          });
          expect(result?.orderId === null).toBe(!known.has(orderId));
          if (known.has(orderId)) refunds += 1;
          continue;
        }
        const found = recognise(body, shop, now);
        if (found.kind !== "snapshot") continue;
        const result = await channel.record(found.snapshot);
        if (known.has(found.snapshot.ref.nativeId)) {
          expect(result?.orderId).not.toBeNull();
          shipments += 1;
        }
      }
      expect([refunds > 0, shipments > 0]).toEqual([true, true]);
      const shown = await Promise.all([...known].map((id) => channel.show(id)));
      for (const { quantities } of shown.flatMap(({ lines }) => lines))
        expect(quantities.ordered).toBe(
          quantities.canceled + quantities.unfulfilled + quantities.fulfilled,
        );
      const told = new Set(shown.flatMap(({ anomalies }) => anomalies.map(({ code }) => code)));
      // The newer shop took 50 shipped of 3, a line of another order, and 9 refunded of 3: told here, and clamped.
      if (folder === "samples")
        expect([...told].sort()).toEqual(["FOREIGN_LINE", "OVER_FULFILLED", "OVER_REFUNDED"]);
    });
  });
});

const STATES: Record<string, string> = {
  pending: "PENDING",
  "on-hold": "PENDING",
  processing: "OPEN",
  completed: "COMPLETED",
  cancelled: "CANCELED",
  // Says nothing of the goods: what was known of them stays.
  refunded: "OPEN",
  failed: "PENDING",
};

function paymentOf(raw: RawOrder, refundedMinor: number): string {
  const total = Math.round(Number(raw.total) * 100);
  if (raw.date_paid === null)
    return raw.status === "cancelled" ? "VOIDED" : raw.status === "failed" ? "FAILED" : "PENDING";
  if (refundedMinor >= total && total > 0) return "REFUNDED";
  return refundedMinor > 0 ? "PARTIALLY_REFUNDED" : "PAID";
}

describe.skipIf(!specsDir)("what Shopify documents that it says", () => {
  const read = (file: string) => {
    const text = readFileSync(join(specsDir as string, "shopify/webhook-samples", file), "utf8");
    const { name, response } = parseBody(text) as { name: string; response: unknown };
    const snapshot = translateWebhook(name, response, {
      shop: "jsmith.myshopify.com",
      currency: "USD",
    });
    if (!snapshot) throw new Error(`${file} was not translated`);
    return snapshot;
  };
  /** The samples' numbers lost their last digits; as one order they belong together. */
  const sameOrder = (snapshot: Snapshot, nativeId: string): Snapshot => ({
    ...snapshot,
    ref: { nativeId },
  });

  it("is recorded as one order with its refund, shipments and transaction", async () => {
    const channel = await openChannel("SHOPIFY");
    const order = read("orders_create.json");
    const { nativeId } = order.ref;
    await channel.record(order);
    const placed = await channel.show(nativeId);
    expect(placed.totals.original.shop).toEqual({ amount: "404.95", currency: "USD" });
    expect(placed.lines.map(({ quantities }) => quantities.ordered)).toEqual([1, 1, 1, 1, 1]);
    expect(placed.state).toBe("CANCELED");
    expect(placed.paymentStatus).toBe("VOIDED");
    for (const file of [
      "fulfillments_create.json",
      "fulfillments_update.json",
      "order_transactions_create.json",
      "refunds_create.json",
    ])
      expect((await channel.record(sameOrder(read(file), nativeId)))?.orderId).not.toBeNull();
    const after = await channel.show(nativeId);
    expect(
      after.fulfillments.map(({ status, packages }) => [status, packages[0]?.tracking?.carrier]),
    ).toEqual([["OPEN", "UPS"]]);
    expect(after.refunds).toHaveLength(1);
    expect(after.refunds[0]?.lines.map(({ quantity }) => quantity)).toEqual([1, 1, 1, 1, 1]);
    expect(after.transactions).toHaveLength(1);
  });
});
