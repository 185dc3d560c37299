import { shown } from "./amount.js";
import { dbTime } from "./clock.js";
import {
  arranged,
  creditmemoColumns,
  creditmemoItemColumns,
  invoiceColumns,
  invoiceItemColumns,
  shipmentColumns,
} from "./columns.js";
import { bothCurrencies } from "./item-view.js";
import { isPricedElsewhere } from "./order.js";
import type {
  Comment,
  Creditmemo,
  DocumentItem,
  Invoice,
  Order,
  Shipment,
  Track,
} from "./state.js";
import { baseCurrency } from "./stores.js";

type Row = Record<string, unknown>;

const baseNames = {
  shipping_discount_tax_compensation_amount: "base_shipping_discount_tax_compensation_amnt",
};

/** A shipment, the only place of its tracks and of the source it left from. */
export function viewShipment(order: Order, shipment: Shipment): Row {
  return {
    ...arranged(shipmentColumns, shipmentRow(order, shipment)),
    items: shipment.items.map(({ id, orderItemId, qty }) => {
      const item = order.items.find((each) => each.id === orderItemId);
      return {
        entity_id: id,
        name: item?.name,
        parent_id: shipment.id,
        price: shown(item?.amounts.price?.order ?? 0),
        product_id: item?.productId,
        sku: item?.sku,
        weight: shown(item?.weight ?? 0),
        order_item_id: orderItemId,
        qty: shown(qty),
      };
    }),
    tracks: shipment.tracks.map((track) => viewTrack(shipment, track, null)),
    comments: shipment.comments.map((comment) => viewShipmentComment(shipment.id, comment)),
    extension_attributes: { source_code: shipment.sourceCode },
  };
}

export function shipmentRow(order: Order, shipment: Shipment): Row {
  return {
    ...documentRow(order, shipment),
    customer_id: order.customer.id ?? undefined,
    packages: [],
    total_qty: shown(shipment.items.reduce((all, { qty }) => all + qty, 0)),
  };
}

/** A track; what it was given as description is only repeated to the one who added it (measured). */
export function viewTrack(shipment: Shipment, track: Track, description: string | null): Row {
  return {
    order_id: shipment.orderId,
    created_at: dbTime(track.createdAt),
    entity_id: track.id,
    parent_id: shipment.id,
    updated_at: dbTime(track.updatedAt),
    weight: track.weight,
    qty: track.qty,
    description,
    track_number: track.trackNumber,
    title: track.title,
    carrier_code: track.carrierCode,
  };
}

export function viewShipmentComment(parent_id: number, comment: Comment): Row {
  return {
    is_customer_notified: comment.isCustomerNotified,
    parent_id,
    comment: comment.comment,
    is_visible_on_front: comment.isVisibleOnFront,
    created_at: dbTime(comment.createdAt),
    entity_id: comment.id,
  };
}

export function viewInvoice(order: Order, invoice: Invoice): Row {
  return {
    ...arranged(invoiceColumns, invoiceRow(order, invoice)),
    items: invoice.items.map((row) =>
      arranged(invoiceItemColumns, itemRow(order, invoice.id, row)),
    ),
    comments: invoice.comments.map((comment) => viewComment(invoice.id, comment)),
  };
}

export function invoiceRow(order: Order, invoice: Invoice): Row {
  const { amounts, baseTotalRefunded } = invoice;
  return {
    ...documentRow(order, invoice),
    ...moneyRow(order, amounts),
    base_total_refunded: baseTotalRefunded ? shown(baseTotalRefunded) : undefined,
    can_void_flag: 0,
    is_used_for_refund: baseTotalRefunded ? 1 : undefined,
    state: invoice.state,
    total_qty: shown(invoice.items.reduce((all, { qty }) => all + qty, 0)),
    transaction_id: invoice.transactionId ?? undefined,
  };
}

export function viewCreditmemo(order: Order, memo: Creditmemo): Row {
  return {
    ...arranged(creditmemoColumns, creditmemoRow(order, memo)),
    items: memo.items.map((row) => {
      const weee = isBare(order, row)
        ? {}
        : {
            base_weee_tax_row_disposition: 0,
            weee_tax_applied: "[]",
            weee_tax_applied_row_amount: 0,
            weee_tax_row_disposition: 0,
          };
      const values = { base_cost: null, ...itemRow(order, memo.id, row), ...weee };
      return arranged(creditmemoItemColumns, values);
    }),
    comments: memo.comments.map((comment) => viewComment(memo.id, comment)),
  };
}

export function creditmemoRow(order: Order, memo: Creditmemo): Row {
  return {
    ...documentRow(order, memo),
    ...moneyRow(order, memo.amounts),
    ...bothCurrencies({
      adjustment: memo.adjustment,
      adjustment_negative: memo.adjustmentNegative ?? undefined,
      adjustment_positive: memo.adjustmentPositive ?? undefined,
    }),
    invoice_id: memo.invoiceId ?? undefined,
    state: memo.state,
    transaction_id: memo.transactionId ?? undefined,
  };
}

/** A comment of an invoice or credit memo. */
export function viewComment(parent_id: number, comment: Comment): Row {
  return {
    comment: comment.comment,
    created_at: dbTime(comment.createdAt),
    entity_id: comment.id,
    is_customer_notified: comment.isCustomerNotified,
    is_visible_on_front: comment.isVisibleOnFront,
    parent_id,
  };
}

function documentRow(order: Order, document: Shipment | Invoice | Creditmemo): Row {
  return {
    billing_address_id: order.billing.id,
    created_at: dbTime(document.createdAt),
    email_sent: document.emailSent ? 1 : undefined,
    entity_id: document.id,
    increment_id: document.incrementId,
    order_id: order.id,
    shipping_address_id: order.shipping?.id,
    store_id: order.storeId,
    updated_at: dbTime(document.updatedAt),
  };
}

function moneyRow(order: Order, amounts: Invoice["amounts"]): Row {
  return {
    ...bothCurrencies(amounts, baseNames),
    base_currency_code: baseCurrency,
    base_to_global_rate: 1,
    base_to_order_rate: shown(order.rate),
    discount_description: order.coupon ?? undefined,
    global_currency_code: baseCurrency,
    order_currency_code: order.currency,
    store_currency_code: baseCurrency,
    store_to_base_rate: 0,
    store_to_order_rate: 0,
  };
}

function itemRow(order: Order, parent_id: number, row: DocumentItem): Row {
  const item = order.items.find(({ id }) => id === row.orderItemId);
  const { price, price_incl_tax } = item?.amounts ?? {};
  const hasDiscount = row.discount.base !== 0;
  return {
    ...bothCurrencies({
      price,
      ...(!isBare(order, row) && {
        discount_tax_compensation_amount: { base: 0, order: 0 },
        ...(hasDiscount && { discount_amount: row.discount }),
        price_incl_tax,
        row_total: row.rowTotal,
        row_total_incl_tax: row.rowTotalInclTax,
        tax_amount: row.tax,
      }),
    }),
    entity_id: row.id,
    name: item?.name,
    parent_id,
    product_id: item?.productId,
    sku: item?.sku,
    order_item_id: row.orderItemId,
    qty: shown(row.qty),
  };
}

function isBare(order: Order, { orderItemId }: DocumentItem): boolean {
  const item = order.items.find(({ id }) => id === orderItemId);
  return item !== undefined && isPricedElsewhere(order, item);
}
