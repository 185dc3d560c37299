import { amountIn } from "./amount.js";
import { creditmemoColumns, invoiceColumns, shipmentColumns } from "./columns.js";
import { type RefundWish, refundInvoice, refundOrder } from "./creditmemos.js";
import {
  creditmemoRow,
  invoiceRow,
  shipmentRow,
  viewComment,
  viewCreditmemo,
  viewInvoice,
  viewShipment,
} from "./document-view.js";
import { ApiError, noEntity } from "./errors.js";
import type { Given, ObjectShape, Parameters } from "./input.js";
import { invoice, pay } from "./invoices.js";
import { orderIn } from "./order-routes.js";
import type { Call, Route } from "./router.js";
import { criteriaOf, found } from "./search.js";
import { type CommentWish, ship } from "./shipments.js";
import type { Creditmemo, Invoice, Order, Shipment } from "./state.js";

const itemShape: ObjectShape = { order_item_id: "int", qty: "float", extension_attributes: {} };
const commentShape: ObjectShape = {
  comment: "string",
  is_visible_on_front: "int",
  extension_attributes: {},
};
const common = { notify: "bool", append_comment: "bool", comment: commentShape } as const;
const trackShape: ObjectShape = {
  track_number: "string",
  title: "string",
  carrier_code: "string",
  extension_attributes: {},
};

const shipParameters: Parameters = {
  shape: {
    order_id: "int",
    items: { list: itemShape },
    ...common,
    tracks: { list: trackShape },
    packages: { list: { extension_attributes: {} } },
    arguments: { extension_attributes: { source_code: "string", ext_tracking_id: "string" } },
  },
};
const invoiceParameters: Parameters = {
  shape: {
    capture: "bool",
    items: { list: itemShape },
    ...common,
    arguments: { extension_attributes: {} },
  },
};
const refundParameters: Parameters = {
  shape: {
    items: { list: itemShape },
    is_online: "bool",
    ...common,
    arguments: {
      shipping_amount: "float",
      adjustment_positive: "float",
      adjustment_negative: "float",
      extension_attributes: { return_to_stock_items: { list: "int" } },
    },
  },
};

/** Shipping, invoicing and refunding, each of which answers the new id as text, and the three lists. */
export const documentRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/order/:orderId/ship",
    resource: "Magento_Sales::ship",
    parameters: shipParameters,
    service: "magento.sales.api.shiporderinterface.execute",
    run: (call) => {
      const { given } = call;
      const source = objectIn(objectIn(given.arguments).extension_attributes).source_code;
      const shipment = ship(call.site, orderIn(call, "orderId"), {
        ...commonIn(given),
        tracks: listIn(given.tracks).map((track) => ({
          trackNumber: String(track.track_number ?? ""),
          title: String(track.title ?? ""),
          carrierCode: String(track.carrier_code ?? ""),
        })),
        sourceCode: typeof source === "string" ? source : null,
      });
      return String(shipment.id);
    },
  },
  {
    method: "POST",
    path: "/order/:orderId/invoice",
    resource: "Magento_Sales::invoice",
    parameters: invoiceParameters,
    service: "magento.sales.api.invoiceorderinterface.execute",
    run: (call) => {
      const wish = { ...commonIn(call.given), capture: call.given.capture === true };
      return String(invoice(call.site, orderIn(call, "orderId"), wish).id);
    },
  },
  {
    method: "POST",
    path: "/order/:orderId/refund",
    resource: "Magento_Sales::creditmemo",
    parameters: refundParameters,
    service: "magento.sales.api.refundorderinterface.execute",
    run: (call) => String(refundOrder(call.site, orderIn(call, "orderId"), refundIn(call)).id),
  },
  {
    method: "POST",
    path: "/invoice/:invoiceId/refund",
    resource: "Magento_Sales::sales_invoice",
    parameters: refundParameters,
    service: "magento.sales.api.refundinvoiceinterface.execute",
    run: (call) => {
      const refunded = rowIn(call.site.data.invoices, call.id("invoiceId"));
      const source = {
        order: orderOf(call, refunded),
        invoice: refunded,
        isOnline: call.given.is_online === true,
      };
      return String(refundInvoice(call.site, source, refundIn(call)).id);
    },
  },
  {
    method: "GET",
    path: "/shipments",
    resource: "Magento_Sales::shipment",
    run: (call) =>
      found(call.site, criteriaOf(call.site, call.query), {
        rows: call.site.data.shipments,
        columns: shipmentColumns,
        row: (shipment) => shipmentRow(orderOf(call, shipment), shipment),
        view: (shipment) => viewShipment(orderOf(call, shipment), shipment),
      }),
  },
  {
    method: "GET",
    path: "/invoices",
    resource: "Magento_Sales::sales_invoice",
    run: (call) =>
      found(call.site, criteriaOf(call.site, call.query), {
        rows: call.site.data.invoices,
        columns: invoiceColumns,
        row: (each) => invoiceRow(orderOf(call, each), each),
        view: (each) => viewInvoice(orderOf(call, each), each),
      }),
  },
  {
    method: "GET",
    path: "/creditmemos",
    resource: "Magento_Sales::sales_creditmemo",
    run: (call) =>
      found(call.site, criteriaOf(call.site, call.query), {
        rows: call.site.data.creditmemos,
        columns: creditmemoColumns,
        row: (memo) => creditmemoRow(orderOf(call, memo), memo),
        view: (memo) => viewCreditmemo(orderOf(call, memo), memo),
      }),
  },
  {
    method: "GET",
    path: "/invoices/:id",
    resource: "Magento_Sales::sales_invoice",
    run: (call) => {
      const shown = rowIn(call.site.data.invoices, call.id("id"));
      return viewInvoice(orderOf(call, shown), shown);
    },
  },
  {
    method: "POST",
    path: "/invoices/:id/capture",
    resource: "Magento_Sales::sales_invoice",
    run: (call) => {
      const captured = rowIn(call.site.data.invoices, call.id("id"));
      if (captured.state !== 1) throw new ApiError(400, "The invoice cannot be captured.");
      pay(call.site, orderOf(call, captured), captured, true);
      return true;
    },
  },
  {
    method: "GET",
    path: "/creditmemo/:id",
    resource: "Magento_Sales::sales_creditmemo",
    run: (call) => {
      const memo = rowIn(call.site.data.creditmemos, call.id("id"));
      return viewCreditmemo(orderOf(call, memo), memo);
    },
  },
  {
    method: "POST",
    path: "/creditmemo/:id/emails",
    resource: "Magento_Sales::sales_creditmemo",
    run: (call) => {
      const memo = rowIn(call.site.data.creditmemos, call.id("id"));
      memo.emailSent = true;
      call.site.changed();
      return true;
    },
  },
  ...(["invoices", "creditmemo"] as const).map(
    (kind): Route => ({
      method: "GET",
      path: `/${kind}/:id/comments`,
      resource: `Magento_Sales::sales_${kind === "invoices" ? "invoice" : kind}`,
      run: ({ site, id }) => {
        const rows = kind === "invoices" ? site.data.invoices : site.data.creditmemos;
        const { comments } = rowIn<Invoice | Creditmemo>(rows, id("id"));
        return {
          items: comments.map((comment) => viewComment(id("id"), comment)),
          total_count: comments.length,
        };
      },
    }),
  ),
];

/** The row with this id; a 404 where there is none. */
export function rowIn<T extends { id: number }>(rows: readonly T[], id: number): T {
  const row = rows.find((each) => each.id === id);
  if (!row) throw noEntity();
  return row;
}

/** The order a document belongs to. */
export function orderOf({ site }: Call, { orderId }: Shipment | Invoice | Creditmemo): Order {
  const order = site.data.orders[String(orderId)];
  if (!order) throw noEntity();
  return order;
}

function refundIn({ given }: Call): RefundWish {
  const wish = objectIn(given.arguments);
  const amount = (name: string): number | null =>
    typeof wish[name] === "number" ? amountIn(wish[name]) : null;
  const restock = objectIn(wish.extension_attributes).return_to_stock_items;
  return {
    ...commonIn(given),
    shipping: amount("shipping_amount"),
    adjustmentPositive: amount("adjustment_positive"),
    adjustmentNegative: amount("adjustment_negative"),
    restock: Array.isArray(restock) ? (restock as number[]) : [],
  };
}

/** What the three have in common. */
function commonIn(given: Given): {
  quantities: Map<number, number>;
  comment: CommentWish | null;
  notify: boolean;
  appendComment: boolean;
} {
  const rows = listIn(given.items);
  const comment = objectIn(given.comment);
  return {
    quantities: new Map(
      rows.map((row) => [Number(row.order_item_id), amountIn(String(row.qty ?? 0))]),
    ),
    comment:
      typeof comment.comment === "string"
        ? {
            comment: comment.comment,
            isVisibleOnFront: Number(comment.is_visible_on_front ?? 0),
          }
        : null,
    notify: given.notify === true,
    appendComment: given.append_comment === true,
  };
}

function objectIn(value: unknown): Record<string, unknown> {
  return (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
}
function listIn(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
}
