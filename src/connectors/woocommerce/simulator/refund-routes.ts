import { filtered, orderCollectionParameters, paged } from "./collections.js";
import { invalidId, invalidOrderId, noTrash, RestError } from "./errors.js";
import { amountOf, metaOf, sum } from "./items.js";
import type { Arguments, Parameters } from "./parameters.js";
import { viewRefund } from "./refund-view.js";
import { createRefund, type RefundWish } from "./refunds.js";
import { creatable, deletable, type Route, readable } from "./router.js";
import type { Site } from "./site.js";
import type { Order, Refund } from "./state.js";

const ofOrder = "/wc/v3/orders/(?P<order_id>[\\d]+)/refunds";

const writeParameters: Parameters = {
  amount: { type: "string" },
  reason: { type: "string" },
  refunded_by: { type: "integer" },
  meta_data: { type: "array", items: { type: "object" } },
  line_items: {
    type: "array",
    items: {
      type: "object",
      properties: { id: { type: "integer" }, refund_total: { type: "number" } },
    },
  },
  api_refund: { type: "boolean", default: true },
  api_restock: { type: "boolean", default: true },
};

/** Refunds of one order, and of all orders. */
export const refundRoutes: readonly Route[] = [
  {
    methods: readable,
    path: "/wc/v3/refunds",
    guard: "list",
    parameters: orderCollectionParameters,
    run: (call) => {
      // 9.9.5 was seen to list none here, whatever the orders hold.
      const all = call.site.version === "9.9.5" ? [] : call.site.data.refunds;
      const rows = filtered(all, call);
      return paged(call, "/wc/v3/refunds", rows, (refund) => {
        const { id, ...view } = viewRefund(call.site, orderOf(call.site, refund.orderId), refund);
        return { id, parent_id: refund.orderId, ...view };
      });
    },
  },
  {
    methods: readable,
    path: ofOrder,
    guard: "list",
    parameters: orderCollectionParameters,
    run: (call) => {
      const order = orderOf(call.site, Number(call.args.order_id));
      const own = call.site.data.refunds.filter(({ orderId }) => orderId === order.id);
      const path = `/wc/v3/orders/${order.id}/refunds`;
      return paged(call, path, filtered(own, call), (refund) =>
        viewRefund(call.site, order, refund),
      );
    },
  },
  {
    methods: creatable,
    path: ofOrder,
    guard: "create",
    parameters: writeParameters,
    run: ({ site, args }) => {
      const order = orderOf(site, Number(args.order_id));
      const refund = createRefund(site, order, wishOf(args));
      return { status: 201, body: viewRefund(site, order, refund) };
    },
  },
  {
    methods: readable,
    path: `${ofOrder}/(?P<id>[\\d]+)`,
    guard: "view",
    run: ({ site, args }) => {
      const order = orderOf(site, Number(args.order_id));
      return { body: viewRefund(site, order, refundOf(site, order, Number(args.id))) };
    },
  },
  {
    methods: deletable,
    path: `${ofOrder}/(?P<id>[\\d]+)`,
    guard: "delete",
    parameters: { force: { type: "boolean", default: false } },
    run: ({ site, args }) => {
      const order = orderOf(site, Number(args.order_id));
      const refund = refundOf(site, order, Number(args.id));
      if (args.force !== true) throw noTrash("The shop_order_refund does not support trashing.");
      const body = viewRefund(site, order, refund);
      site.data.refunds = site.data.refunds.filter((each) => each !== refund);
      site.changed();
      return { body };
    },
  },
];

function orderOf({ data }: Site, id: number): Order {
  const order = data.orders[id];
  if (!order) throw invalidOrderId();
  return order;
}

function refundOf({ data }: Site, order: Order, id: number): Refund {
  const refund = data.refunds.find((each) => each.id === id && each.orderId === order.id);
  if (!refund) throw invalidId("shop_order_refund", 404);
  return refund;
}

/** Without an amount the lines' totals and the taxes given with them are added up. */
function wishOf(args: Arguments): RefundWish {
  const given = (args.line_items ?? []) as Arguments[];
  // Rows become a map by item id, in which the last of two with one id stays (RestApiUtil of core).
  const lines = [...new Map(given.map((line) => [Number(line.id), line])).values()];
  const items = lines.map((line) => ({
    itemId: Number(line.id),
    quantity: Number(line.quantity ?? 0),
    total: amountOf(line.refund_total) ?? 0,
    tax: sum(
      (line.refund_tax ?? []) as Arguments[],
      ({ refund_total }) => amountOf(refund_total) ?? 0,
    ),
  }));
  const amount = amountOf(args.amount) ?? sum(items, ({ total, tax }) => total + tax);
  if (amount < 0) {
    const message = "Refund amount must be greater than zero.";
    throw new RestError("woocommerce_rest_invalid_order_refund", message, 400);
  }
  return {
    amount,
    reason: String(args.reason ?? ""),
    items,
    meta: metaOf(args),
    pay: args.api_refund === true,
    restock: args.api_restock === true,
  };
}
