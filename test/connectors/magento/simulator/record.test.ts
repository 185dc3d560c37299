// Everything that was recorded in one place, so that what is left out can be seen; hence its length.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../../src/connectors/magento/simulator/index.js";
import { specsDir } from "../../../support/specs.js";
import type { Answer } from "../../simulator/answer.js";
import { search, signedClient } from "./client.js";
import { recorded, shapeOf } from "./record.js";

/** As the recorded order was: three mugs, two of a configurable, and something virtual. */
const lines = [
  { sku: "MUG-01", quantity: 3 },
  { sku: "TEE-M", quantity: 2 },
  { sku: "EBOOK-1", quantity: 1 },
];

describe.skipIf(!specsDir)("answers of the simulated Magento against recorded ones", () => {
  let shop: SimulatedMagento;
  let client: ReturnType<typeof signedClient>;
  beforeAll(async () => {
    shop = await startMagento({ orders: 7 });
    client = signedClient(shop.settings);
  });
  afterAll(() => shop.stop());

  /** An order of somebody whose address has the same parts as the recorded one. */
  async function place(wished = lines, currency?: string): Promise<{ id: string; order: Order }> {
    for (;;) {
      const wish = { lines: wished, paid: false, ...(currency && { currency }) };
      const { orderId } = await shop.acts.placeOrder(wish);
      const order = await read(orderId);
      if (order.customer_firstname === "Ada") return { id: orderId, order };
    }
  }
  interface Order {
    customer_firstname: string;
    items: { item_id: number; sku: string }[];
  }
  /** Without taxes and second options of a variant, of which the recorded shop had none. */
  async function read(id: string): Promise<Order> {
    const { text } = await client.get(`/orders/${id}`);
    const body = JSON.parse(text, (name, value) =>
      name === "configurable_item_options" ? value.slice(0, 1) : value,
    );
    body.extension_attributes.applied_taxes = [];
    body.extension_attributes.item_applied_taxes = [];
    return body;
  }
  function expectShape(answer: unknown, name: string) {
    expect(shapeOf(answer)).toEqual(shapeOf(recorded(name).response.body));
  }
  /** The same status and body, byte for byte, but for the names that differ between the two shops. */
  function expectSame(answer: Answer, name: string, names: Readonly<Record<string, string>> = {}) {
    const { status, body } = recorded(name).response;
    const replaced = Object.entries(names).reduce(
      (text, [theirs, ours]) => text.replaceAll(theirs, ours),
      JSON.stringify(body),
    );
    expect([answer.status, JSON.stringify(answer.body)], name).toEqual([status, replaced]);
  }
  const itemOf = (order: Order, place: number) => order.items[place]?.item_id ?? 0;
  const shipping0 = { arguments: { shipping_amount: 0 } };

  it("shows an order through its life in the recorded shape and order of names", async () => {
    const { id, order } = await place();
    expectShape(order, "order_new_pending");
    const [mug, tee] = [itemOf(order, 0), itemOf(order, 1)];
    await client.post(`/order/${id}/ship`, { items: [{ order_item_id: mug, qty: 99 }] });
    await client.post(`/order/${id}/ship`, {
      items: [{ order_item_id: tee, qty: 1 }],
      tracks: [{ track_number: "CP123", title: "My Courier", carrier_code: "custom" }],
    });
    await client.post(`/order/${id}/invoice`, {
      capture: true,
      items: [
        { order_item_id: mug, qty: 2 },
        { order_item_id: tee, qty: 1 },
      ],
    });
    await client.post(`/order/${id}/ship`);
    await client.post(`/order/${id}/invoice`, { capture: true });
    const complete = await read(id);
    expectShape(complete, "order_complete");
    // The child's counters lie as the recorded ones do.
    const counters = (body: { items: Record<string, unknown>[] }) =>
      body.items.map(({ qty_ordered, qty_invoiced, qty_shipped }) => [
        qty_ordered,
        qty_invoiced,
        qty_shipped,
      ]);
    expect(counters(complete as never)).toEqual(counters(recorded("order_complete").response.body));
    await client.post(
      `/order/${id}/refund`,
      recordedRefund("refund_order_partial_offline_ok", { 1: mug }),
    );
    await client.post(
      `/order/${id}/refund`,
      recordedRefund("refund_configurable_by_parent", { 2: tee }),
    );
    await client.post(`/order/${id}/refund`);
    const closed = await read(id);
    expectShape(closed, "order_closed_after_refund");
    expect(counters(closed as never)).toEqual(
      counters(recorded("order_closed_after_refund").response.body),
    );
    const byOrder = search([["order_id", "eq", id]]);
    const list = async (path: string) => (await client.get(`${path}?${byOrder}`)).body.items;
    const records = (name: string) => recorded(name).response.body.items;
    expect(shapeOf(await list("/invoices"))).toEqual(shapeOf(records("invoices_by_order")));
    expect(shapeOf(await list("/creditmemos"))).toEqual(shapeOf(records("creditmemos_by_order")));
    const shipments = await list("/shipments");
    const withoutTracks = (all: { tracks: unknown[] }[]) =>
      shapeOf(all.map((each) => ({ ...each, tracks: [] })));
    expect(withoutTracks(shipments)).toEqual(withoutTracks(records("shipments_by_order")));
  });

  /** A recorded request, with our ids for theirs. */
  function recordedRefund(name: string, ids: Record<number, number>): unknown {
    const body = structuredClone(recorded(name).request.body) as {
      items: { order_item_id: number }[];
      arguments: { extension_attributes?: { return_to_stock_items: number[] } };
    };
    for (const item of body.items) item.order_item_id = ids[item.order_item_id] ?? 0;
    const { extension_attributes } = body.arguments;
    if (extension_attributes)
      extension_attributes.return_to_stock_items = extension_attributes.return_to_stock_items.map(
        (id) => ids[id] ?? 0,
      );
    return body;
  }

  it("shows an order that was canceled when it was partly shipped, invoiced and refunded", async () => {
    const { id, order } = await place([{ sku: "MUG-01", quantity: 6 }]);
    const mug = itemOf(order, 0);
    await client.post(`/order/${id}/ship`, { items: [{ order_item_id: mug, qty: 3 }] });
    const one = [{ order_item_id: mug, qty: 1 }];
    await client.post(`/order/${id}/invoice`, { capture: true, items: one });
    const refund = { shipping_amount: 0, adjustment_positive: 0, adjustment_negative: 0 };
    await client.post(`/order/${id}/refund`, { items: one, arguments: refund });
    for (const status of ["processing", "fraud", "complete"])
      expectSame(
        await client.post(`/orders/${id}/comments`, {
          statusHistory: {
            comment: "x",
            is_customer_notified: 0,
            is_visible_on_front: 0,
            parent_id: Number(id),
            status,
          },
        }),
        "order_comment_bad_status",
      );
    expectSame(await client.post(`/orders/${id}/cancel`), "cancel_ok");
    const canceled = await read(id);
    expectShape(canceled, "order_canceled_after_partial");
    const theirs = recorded("order_canceled_after_partial").response.body.items[0];
    const quantities = [
      "qty_ordered",
      "qty_shipped",
      "qty_invoiced",
      "qty_refunded",
      "qty_canceled",
    ];
    for (const name of quantities)
      expect((canceled.items[0] as never)[name], name).toBe(theirs[name]);
  });

  it("shows an order in another currency, and its credit memo in both", async () => {
    const { id, order } = await place([{ sku: "MUG-01", quantity: 4 }], "EUR");
    expectShape(order, "order_foreign_currency");
    await client.post(`/order/${id}/invoice`, { capture: true });
    const wish = recordedRefund("refund_foreign_currency", { 11: itemOf(order, 0) });
    const { body: memo } = await client.post(`/order/${id}/refund`, wish);
    const { body: list } = await client.get(`/creditmemos?${search([["order_id", "eq", id]])}`);
    expect(list.items[0].entity_id).toBe(Number(memo));
    const theirs = recorded("creditmemo_foreign_currency").response.body.items[0];
    expect(shapeOf(list.items[0])).toEqual(shapeOf(theirs));
    // Adjustments are in base currency: 1 US dollar is 0.9 euros.
    for (const name of ["adjustment_positive", "base_adjustment_positive"])
      expect(list.items[0][name]).toBe(theirs[name]);
  });

  it("refuses to ship in the recorded words", async () => {
    const { id, order } = await place();
    const [mug, tee, child, virtual] = order.items.map(({ item_id }) => item_id);
    const ship = (item: number | undefined, qty: number, more: object = {}) =>
      client.post(`/order/${id}/ship`, { items: [{ order_item_id: item, qty }], ...more });
    expectSame(await ship(child, 1), "ship_configurable_by_child_id");
    expectSame(await ship(virtual, 1), "ship_error_virtual_item");
    expectSame(await ship(9_999_999, 1), "ship_error_unknown_item");
    for (const qty of [0, -1, 0.5]) expectSame(await ship(mug, qty), `ship_qty_${qty}`);
    const source_code = "nope";
    expectSame(
      await ship(mug, 1, { arguments: { extension_attributes: { source_code } } }),
      "ship_multisource_unknown_source",
    );
    expect((await ship(mug, 99)).status).toBe(
      recorded("ship_qty_exceeds_SILENTLY_CAPPED").response.status,
    );
    const tracks = [{ track_number: "", title: "UPS", carrier_code: "ups" }];
    expectSame(await ship(mug, 1, { tracks }), "ship_error_empty_tracking");
    expectSame(await client.post(`/orders/${id}/hold`), "hold_ok");
    expectSame(await client.post(`/order/${id}/ship`), "ship_error_on_hold");
    expectSame(await client.post(`/orders/${id}/hold`), "hold_error_again");
    expectSame(await client.post(`/orders/${id}/cancel`), "cancel_on_hold");
    expectSame(await client.post(`/orders/${id}/unhold`), "unhold_ok");
    expect(typeof (await ship(tee, 2)).body).toBe("string");
    expectSame(await client.post(`/order/${id}/ship`), "ship_error_nothing_left");
    expectSame(await client.post("/order/999/ship", { items: [] }), "ship_error_unknown_order");
    expectSame(await client.post("/order/abc/ship"), "ship_error_non_numeric_id");
    const raw = recorded("shipment_post_raw_repository").request.body;
    expectSame(await client.post("/shipment", raw), "shipment_post_raw_repository");
  });

  it("refuses to refund in the recorded words", async () => {
    const { id, order } = await place();
    const [mug, tee, child] = order.items.map(({ item_id }) => item_id);
    const refund = (body?: object) => client.post(`/order/${id}/refund`, body);
    const of = (item: number | undefined, qty: number) => ({
      items: [{ order_item_id: item, qty }],
    });
    expectSame(await refund({ items: [] }), "refund_error_not_invoiced");
    await client.post(`/order/${id}/invoice`, { capture: true });
    const { body: invoices } = await client.get(`/invoices?${search([["order_id", "eq", id]])}`);
    const invoice = `/invoice/${invoices.items[0].entity_id}/refund`;
    for (const name of [
      "refund_invoice_online_on_offline_method",
      "refund_invoice_refused_offline_payment_method",
      "refund_invoice_refused_after_order_level_refunds",
    ]) {
      const isOnline = name.includes("online_on");
      expectSame(await client.post(invoice, { ...of(mug, 1), isOnline, ...shipping0 }), name);
    }
    expectSame(await refund({ ...of(child, 1), ...shipping0 }), "refund_configurable_by_child");
    expectSame(await refund({ ...of(mug, 99), ...shipping0 }), "refund_error_qty_exceeds", {
      "Coffee Mug": "Harbor Mug",
    });
    expectSame(
      await refund({ ...of(tee, 1), arguments: { shipping_amount: 999 } }),
      "refund_error_shipping_too_much",
    );
    const { body: whole } = await client.get(`/orders/${id}`);
    expectSame(
      await refund({ ...of(tee, 1), arguments: { shipping_amount: 0, adjustment_positive: 1e5 } }),
      "refund_error_adjustment_too_much",
      { "62.5": String(whole.base_total_paid) },
    );
    expect(typeof (await refund()).body).toBe("string");
    expectSame(await client.post("/order/99999/refund"), "refund_error_unknown_order");
  });

  it("refuses what an order that is over no longer allows", async () => {
    const { id, order } = await place();
    // Invoiced in two steps, so that the child counts one too many, as on the recorded order.
    const one = [{ order_item_id: itemOf(order, 1), qty: 1 }];
    await client.post(`/order/${id}/invoice`, { capture: true, items: one });
    await client.post(`/order/${id}/invoice`, { capture: true });
    expectSame(await client.post(`/orders/${id}/cancel`), "cancel_invoiced_order");
    await client.post(`/order/${id}/ship`);
    expectSame(await client.post(`/orders/${id}/cancel`), "cancel_complete_order");
    expectSame(
      await client.post(`/order/${id}/invoice`, { capture: true }),
      "invoice_error_nothing_left",
    );
    await client.post(`/order/${id}/refund`);
    expectSame(await client.post(`/order/${id}/refund`), "refund_error_closed", {
      "TEE-RED": "TEE-M",
    });
    const other = await place();
    expectSame(await client.post(`/orders/${other.id}/cancel`), "cancel_ok");
    expectSame(await client.post(`/orders/${other.id}/cancel`), "cancel_again");
    expectSame(await client.post("/orders/99999/cancel"), "cancel_unknown");
  });

  it("keeps comments and tracks in the recorded shape", async () => {
    const { id, order } = await place([{ sku: "MUG-01", quantity: 3 }]);
    const wish = structuredClone(recorded("ship_partial_ok").request.body) as {
      items: { order_item_id: number }[];
    };
    for (const item of wish.items) item.order_item_id = itemOf(order, 0);
    const { body: shipment } = await client.post(`/order/${id}/ship`, wish);
    expectShape((await client.get(`/shipment/${shipment}`)).body, "shipment_get");
    const hi = recorded("shipment_comment_add").request.body;
    const added = await client.post(`/shipment/${shipment}/comments`, hi);
    expectShape(added.body, "shipment_comment_add");
    expectShape((await client.get(`/shipment/${shipment}/comments`)).body, "shipment_comments");
    for (const name of ["track_add_minimal", "track_add_ok", "track_add_any_carrier_code"]) {
      const { entity } = recorded(name).request.body as { entity: object };
      const own = { ...entity, order_id: Number(id), parent_id: Number(shipment) };
      const track = await client.post("/shipment/track", { entity: own });
      expectShape(track.body, name);
    }
    const elsewhere = recorded("track_add_error").request.body;
    expectSame(await client.post("/shipment/track", elsewhere), "track_add_error");
    expectSame(await client.delete("/shipment/track/1"), "track_delete_ok");
    expectSame(await client.delete("/shipment/track/999999"), "track_delete_missing");
    const packed = recorded("order_comment_add").request.body;
    expectSame(await client.post(`/orders/${id}/comments`, packed), "order_comment_add");
    expectShape((await client.get(`/orders/${id}/comments`)).body, "order_comments");
    expectSame(await client.post(`/orders/${id}/emails`), "order_email");
  });

  it("tells about the shop in the recorded shape", async () => {
    const { body: configs } = await client.get("/store/storeConfigs");
    expect(shapeOf(configs[0])).toEqual(shapeOf(recorded("store_configs").response.body[0]));
    const { body: views } = await client.get("/store/storeViews");
    expect(shapeOf(views[0])).toEqual(shapeOf(recorded("store_views").response.body[0]));
    expectSame(await client.get("/store/websites"), "websites");
    expectSame(await client.get("/modules"), "modules");
    expectSame(await client.get("/returns?searchCriteria="), "rma_returns_on_open_source");
    expectSame(
      await client.post("/integration/admin/token", { username: "a", password: "b" }),
      "admin_token_wrong",
    );
    const { body: sources } = await client.get("/inventory/sources");
    expect(shapeOf(sources.items[0])).toEqual(
      shapeOf(recorded("inventory_sources").response.body.items[0]),
    );
    expectShape((await client.get("/stockItems/MUG-01")).body, "stock_item");
    expectSame(await client.get("/stockItems/NOPE"), "stock_item_unknown");
    const items = await client.get(`/inventory/source-items?${search([["sku", "eq", "MUG-01"]])}`);
    expectShape(items.body, "inventory_source_items_multisource");
    const unknown = recorded("inventory_source_items_unknown_source").request.body;
    expectSame(
      await client.post("/inventory/source-items", unknown),
      "inventory_source_items_unknown_source",
    );
    const stray = recorded("inventory_source_items_unknown_sku").request.body;
    expectSame(
      await client.post("/inventory/source-items", stray),
      "inventory_source_items_unknown_sku",
    );
  });

  it("answers searches gone wrong with the recorded bodies and statuses", async () => {
    const again = (name: string) => {
      const { path } = recorded(name).request;
      return client.get(path);
    };
    expectSame(await again("orders_bad_sort"), "orders_bad_sort");
    expectSame(await again("orders_bad_field"), "orders_bad_field");
    const past = await again("orders_search_page_far_past_end");
    expect({ ...past.body, total_count: 7 }).toEqual(
      recorded("orders_search_page_far_past_end").response.body,
    );
    const unsigned = await fetch(`${shop.url}${recorded("orders_without_auth").request.path}`);
    expect(await unsigned.json()).toEqual(recorded("orders_without_auth").response.body);
  });

  it("is down for maintenance as recorded: 503 and a page", async () => {
    shop.maintenance(true);
    const answer = await client.get("/orders/1");
    shop.maintenance(false);
    const { status, headers, body } = recorded("maintenance_mode").response;
    const port = new URL(shop.url).port;
    expect([answer.status, answer.text]).toEqual([status, body.replaceAll("8092", port)]);
    expect(answer.headers.get("content-type")).toBe(headers["Content-type"]);
    expect((await client.get("/orders/1")).status).toBe(200);
  });

  it("queues work as recorded, and says later what became of it", async () => {
    const { id } = await place([{ sku: "MUG-01", quantity: 1 }]);
    const wishes = [
      { orderId: Number(id), items: [] },
      { orderId: 99999, items: [] },
    ];
    const queued = await client.post("/rest/default/async/bulk/V1/order/byOrderId/ship", wishes);
    expect(queued.status).toBe(202);
    expectShape(queued.body, "async_bulk_ship");
    await shop.settled();
    const status = (await client.get(`/bulk/${queued.body.bulk_uuid}/status`)).body;
    expectShape(status, "bulk_status_done");
    expect(status.operations_list.map((each: { status: number }) => each.status)).toEqual([1, 3]);
    expect(shop.view(id)?.shipments).toHaveLength(1);
    const again = await client.post(`/rest/default/async/V1/order/${id}/ship`, { items: [] });
    expectShape(again.body, "async_ship_without_consumer");
    await shop.settled();
    const detailed = (await client.get(`/bulk/${again.body.bulk_uuid}/detailed-status`)).body;
    const theirs = recorded("bulk_detailed_status").response.body;
    expect(shapeOf(detailed.operations_list[0])).toEqual(shapeOf(theirs.operations_list[0]));
    expect(detailed.operations_list[0].result_message).toBe(
      theirs.operations_list[0].result_message,
    );
  });
});
