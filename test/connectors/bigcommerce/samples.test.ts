import { describe, expect, it } from "vitest";
import { z } from "zod";
import { addressOf } from "../../../src/connectors/bigcommerce/consignment.js";
import { translateKept } from "../../../src/connectors/bigcommerce/kept.js";
import {
  orderPayload,
  refundPayload,
  shipmentPayload,
  transactionPayload,
} from "../../../src/connectors/bigcommerce/payload.js";
import { type Answer, refusal } from "../../../src/connectors/bigcommerce/refusal.js";
import { snapshotOf } from "../../../src/connectors/bigcommerce/translate.js";
import { parseJson } from "../../../src/connectors/json.js";
import { verdictByStatus } from "../../../src/connectors/step.js";
import type { Snapshot } from "../../../src/domain/snapshot.js";
import { specsDir } from "../../support/specs.js";
import { checkSnapshot } from "../invariants.js";
import { consignmentBody, orderBody, shop } from "./body.js";
import { at, callbackSamples, examplesOf, publishedErrors, requestErrors } from "./spec.js";

const V2 = "orders.v2.oas2.yml";
const read = (body: unknown) => parseJson(JSON.stringify(body));
const each = (response: string) =>
  examplesOf(V2, response).flatMap((it) => (Array.isArray(it) ? it : [it]) as object[]);

interface Parts {
  order?: object;
  shipments?: unknown[];
  refunds?: unknown[];
  transactions?: unknown[];
}
function translated({ order = {}, shipments, refunds, transactions }: Parts): Snapshot {
  const records = {
    order: orderPayload.parse(read({ ...orderBody(), ...order })),
    shipments: z.array(shipmentPayload).parse(read(shipments ?? [])),
    refunds: z.array(refundPayload).parse(read(refunds ?? [])),
    transactions: transactions ? z.array(transactionPayload).parse(read(transactions)) : null,
    readAt: new Date("2026-11-23T04:00:00Z"),
  };
  const snapshot = snapshotOf(records, shop);
  checkSnapshot(snapshot);
  return snapshot;
}
const goingTo = (line_items: unknown[]) => ({
  consignments: { shipping: [consignmentBody({ line_items })] },
});

describe.skipIf(!specsDir)("what BigCommerce publishes as an example", () => {
  it("of an order is translated, each of them", () => {
    const orders = [...each("order_Resp"), ...each("orderCollection_Resp")];
    expect(orders.length).toBeGreaterThan(2);
    for (const body of orders) translated({ order: { ...body, ...goingTo([]) } });
  });

  it("of a line is translated: files, custom goods and variants among them", () => {
    const products = [
      ...each("orderProductsCollection_Resp"),
      ...each("orderProductLineItem_Resp"),
    ];
    expect(products.length).toBeGreaterThanOrEqual(5);
    for (const product of products) {
      const [line] = translated({ order: goingTo([product]) }).lines?.value ?? [];
      const { id, quantity } = product as { id: number; quantity: number };
      expect(line).toMatchObject({ nativeId: String(id), ordered: quantity });
    }
  });

  it("of an address, a consignment and a fee is read", () => {
    const addresses = [
      ...each("orderShippingAddressCollection_Resp"),
      ...each("orderShippingAddress_Resp"),
    ];
    for (const address of addresses) {
      const order = { consignments: { shipping: [{ ...address, line_items: [] }] } };
      expect(translated({ order }).head?.value.shippingAddress?.country).toBe("US");
    }
    expect(addressOf({})).toBeNull();
    const path = "/paths/~1orders~1{order_id}";
    const answer = "get/responses/200/content/application~1json/examples";
    // Its lines are ids alone; what `include=consignments.line_items` puts there is what is published as lines.
    const { pickups } = at(V2, `${path}~1consignments/${answer}/Pickup Consignments/value`) as {
      pickups: object[];
    };
    const line_items = each("orderProductsCollection_Resp");
    const picked = { pickups: pickups.map((it) => ({ ...it, line_items })) };
    const [work] = translated({ order: { consignments: picked } }).fulfillmentOrders?.value ?? [];
    expect(work).toMatchObject({ method: "PICKUP", nativeId: "pickup-99" });
    const { fees } = at(V2, `${path}~1fees/${answer}/response/value`) as { fees: object[] };
    expect(translated({ order: { fees } }).lines?.value.at(-1)?.nativeId).toMatch(/^fee-/);
  });

  it("of a shipment is translated", () => {
    const shipments = [...each("orderShipmentCollection_Resp"), ...each("orderShipment_Resp")];
    expect(shipments.length).toBeGreaterThan(1);
    for (const shipment of shipments) {
      const items = (shipment as { items: { order_product_id: number }[] }).items;
      const lines = items.map((it) => ({
        ...each("orderProductsCollection_Resp")[0],
        id: it.order_product_id,
      }));
      const { fulfillments } = translated({ order: goingTo(lines), shipments: [shipment] });
      expect(fulfillments?.value[0]?.lines).toHaveLength(items.length);
    }
  });

  it("of a refund is translated", () => {
    const [{ data }] = examplesOf("orders.v3.yml", "RefundID_Response") as [
      { data: { items: { item_id: number }[] } },
    ];
    const [product] = each("orderProductsCollection_Resp");
    const lines = data.items.map(({ item_id }) => ({ ...product, id: item_id }));
    const [refund] = translated({ order: goingTo(lines), refunds: [data] }).refunds?.value ?? [];
    expect(refund).toMatchObject({
      nativeId: "12",
      status: "SUCCEEDED",
      reason: "Customer requires a refund.",
      amount: { presentment: { amount: "50.00" } },
      lines: [{ lineId: "87", quantity: 1 }],
    });
  });

  it("of a transaction is translated, in a currency that is one", () => {
    const examples = at("orders.v3.yml", "/components/schemas/Transaction/x-examples") as Record<
      string,
      object
    >;
    expect(Object.keys(examples).length).toBeGreaterThan(0);
    for (const example of Object.values(examples)) {
      const own = { ...example, id: 7, currency: "USD" };
      expect(translated({ transactions: [own] }).transactions?.value).toMatchObject([
        { kind: "SALE", status: "SUCCEEDED", amount: { presentment: { amount: "3.40" } } },
      ]);
    }
  });

  it("of a request for a refund or its price is what our check lets through, but for one that is no such body", () => {
    const path = "/orders/{order_id}/payment_actions";
    for (const action of ["refund_quotes", "refunds"]) {
      const place = `/paths/${`${path}/${action}`.replaceAll("/", "~1")}/post/requestBody/x-examples`;
      const examples = at("orders.v3.yml", place) as Record<string, object>;
      const wrong = Object.entries(examples).flatMap(([name, body]) => {
        const {
          order_id: _,
          merchant_calculated_override: __,
          ...known
        } = body as Record<string, unknown>;
        const request = { method: "POST", path: `${path}/${action}`, body: known };
        return requestErrors("orders.v3.yml", request).map((error) => `${name}: ${error}`);
      });
      expect(wrong).toEqual([]);
    }
    const broken = {
      items: [{ item_type: "PRODUCT", item_id: 1, quantity: 1, adjustments: [{ amount: 1 }] }],
    };
    const request = { method: "POST", path: `${path}/refund_quotes`, body: broken };
    expect(requestErrors("orders.v3.yml", request)).toContain(
      "/items/0/adjustments/0/amount must be < 0",
    );
  });

  it("of an error tells its code, the store's own words, and whether anything was done", () => {
    const told = publishedErrors().map(({ where, status, body }) => {
      const answer: Answer = {
        status,
        headers: new Headers(),
        body: read(body),
        retryAfterMs: null,
      };
      const path = "/v3/orders/1/payment_actions/refunds";
      const error = refusal(answer, { method: "POST", path, where: `POST ${path}` });
      expect(error.upstreamMessage, where).toEqual(expect.stringMatching(/\w/));
      expect(error.message, where).toContain(error.upstreamMessage);
      expect(error.mayHaveHappened, where).toBe(verdictByStatus(answer) !== "refused");
      return `${status} ${verdictByStatus(answer)} ${error.code}`;
    });
    expect(told.length).toBeGreaterThan(20);
    expect([...new Set(told)].sort()).toEqual([
      "400 refused CHANNEL_REJECTED",
      "401 refused CHANNEL_REJECTED",
      "403 refused SCOPE_NOT_GRANTED_BY_CHANNEL",
      "404 refused NOT_FOUND",
      "413 unknown CHANNEL_REJECTED",
      "422 refused CHANNEL_REJECTED",
      "502 unknown CHANNEL_UNAVAILABLE",
      "503 unknown CHANNEL_UNAVAILABLE",
      "504 unknown CHANNEL_UNAVAILABLE",
    ]);
  });
});

describe("a body that was kept", () => {
  const kept = (body: unknown) =>
    translateKept({
      topic: null,
      body: typeof body === "string" ? body : JSON.stringify(body),
      receivedAt: new Date("2026-11-23T04:00:00Z"),
    });

  it("of a pulled order has the order read again, as it lacks shipments, refunds and payments", () => {
    expect(kept(orderBody({ total_inc_tax: "none" }))).toEqual({
      kind: "hint",
      ref: { nativeId: "218" },
    });
  });

  it("that is none of BigCommerce's stays unreadable, and says why", () => {
    for (const body of ["", "{", "null", "[]", '{"id":1}', { scope: "store/order/updated" }])
      expect(kept(body)).toMatchObject({ kind: "unreadable", reason: expect.stringMatching(/\w/) });
  });

  it.skipIf(!specsDir)(
    "of every published callback is a hint of its order, or about something else",
    () => {
      const told = callbackSamples().map(({ name, body }) => {
        const meaning = kept(body.toString());
        return `${name.replace(".json", "")}: ${meaning.kind}`;
      });
      expect(
        told
          .filter((it) => it.endsWith("hint"))
          .map((it) => it.split(":")[0])
          .sort(),
      ).toEqual([
        "store_order_archived",
        "store_order_created",
        "store_order_message_created",
        "store_order_refund_created",
        "store_order_statusUpdated",
        "store_order_updated",
        "store_shipment_created",
        "store_shipment_deleted",
        "store_shipment_updated",
      ]);
      // The sample of an uninstalled app is empty on purpose.
      expect(told).toContain("store_app_uninstalled: unreadable");
    },
  );

  it.skipIf(!specsDir)("of a published message is no order's, since messages are not read", () => {
    for (const message of each("orderMessagesCollection_Resp"))
      expect(kept(message).kind).toBe("unreadable");
  });
});
