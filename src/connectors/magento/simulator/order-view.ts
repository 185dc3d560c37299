import { nothing, plus, shown } from "./amount.js";
import { dbTime } from "./clock.js";
import { arranged, orderColumns, paymentColumns } from "./columns.js";
import { bothCurrencies, rowWeight, viewItem } from "./item-view.js";
import { methodOf } from "./payments.js";
import type { Address, Amounts, Order, OrderAmount, StatusHistory } from "./state.js";
import { baseCurrency, storeNameOf } from "./stores.js";
import { taxCode } from "./taxes.js";

type Row = Record<string, unknown>;

/** The one column whose twin is spelled otherwise. */
const baseNames = {
  shipping_discount_tax_compensation_amount: "base_shipping_discount_tax_compensation_amnt",
};

/** An order as GET /V1/orders/:id and the list show it: without tracks, with its rows three times. */
export function viewOrder(order: Order): Row {
  const items = order.items.map((item) => viewItem(order, item));
  return {
    ...arranged(orderColumns, orderRow(order)),
    items,
    billing_address: viewAddress(order, order.billing, "billing"),
    payment: viewPayment(order),
    status_histories: order.histories.map((history) => viewHistory(order, history)),
    extension_attributes: {
      shipping_assignments: [{ shipping: shippingOf(order), items }],
      payment_additional_info: [
        { key: "method_title", value: methodOf(order.payment.method).title },
      ],
      applied_taxes: appliedTaxes(order),
      item_applied_taxes: itemTaxes(order),
    },
  };
}

/** Columns of the order's own row, as the database has them: what is null is undefined. */
export function orderRow(order: Order): Row {
  const { amounts, customer, held, coupon } = order;
  const parents = order.items.filter(({ parentId }) => parentId === null);
  const quantity = parents.reduce((all, { ordered }) => all + ordered, 0);
  return {
    ...bothCurrencies(amounts, baseNames),
    applied_rule_ids: coupon ? "1" : undefined,
    base_currency_code: baseCurrency,
    base_total_invoiced_cost: amounts.total_invoiced ? 0 : undefined,
    base_to_global_rate: 1,
    base_to_order_rate: shown(order.rate),
    billing_address_id: order.billing.id,
    coupon_code: coupon ?? undefined,
    created_at: dbTime(order.createdAt),
    customer_email: customer.email,
    customer_firstname: customer.firstname,
    customer_group_id: customer.id === null ? 0 : 1,
    customer_id: customer.id ?? undefined,
    customer_is_guest: Number(customer.id === null),
    customer_lastname: customer.lastname,
    customer_note_notify: Number(order.customerNoteNotify),
    discount_description: coupon ?? undefined,
    email_sent: 1,
    entity_id: order.id,
    ext_order_id: order.extOrderId ?? undefined,
    global_currency_code: baseCurrency,
    hold_before_state: held?.state,
    hold_before_status: held?.status,
    increment_id: order.incrementId,
    is_virtual: Number(order.shipping === null),
    order_currency_code: order.currency,
    protect_code: order.protectCode,
    quote_id: order.id,
    remote_ip: "127.0.0.1",
    shipping_description: order.shipping ? "Flat Rate - Fixed" : undefined,
    state: order.state,
    status: order.status,
    store_currency_code: baseCurrency,
    store_id: order.storeId,
    store_name: storeNameOf(order.storeId),
    store_to_base_rate: 0,
    store_to_order_rate: 0,
    total_item_count: parents.length,
    total_qty_ordered: shown(quantity),
    updated_at: dbTime(order.updatedAt),
    weight: shown(parents.reduce((all, item) => all + rowWeight(item), 0)),
  };
}

/** An entry of the history; what nobody gave is left out. */
export function viewHistory({ id: parent_id }: Order, history: StatusHistory): Row {
  return arranged([], {
    comment: history.comment,
    created_at: dbTime(history.createdAt),
    entity_id: history.id,
    entity_name: history.entityName ?? undefined,
    is_customer_notified: history.isCustomerNotified,
    is_visible_on_front: history.isVisibleOnFront,
    parent_id,
    status: history.status ?? undefined,
  });
}

function viewAddress(order: Order, address: Address, address_type: string): Row {
  return arranged([], {
    address_type,
    city: address.city,
    company: address.company ?? undefined,
    country_id: address.country_id,
    email: address.email,
    entity_id: address.id,
    firstname: address.firstname,
    lastname: address.lastname,
    parent_id: order.id,
    postcode: address.postcode,
    region: address.region ?? undefined,
    region_code: address.region_code ?? undefined,
    region_id: address.region_id ?? undefined,
    street: address.street,
    telephone: address.telephone,
  });
}

function viewPayment({ id, payment, amounts }: Order): Row {
  const money: Amounts<string> = {
    amount_ordered: amounts.grand_total,
    amount_paid: payment.paid ?? undefined,
    amount_refunded: payment.refunded ?? undefined,
    shipping_amount: amounts.shipping_amount,
    shipping_captured: payment.shippingCaptured ?? undefined,
    shipping_refunded: payment.shippingRefunded ?? undefined,
  };
  return arranged(paymentColumns, {
    ...bothCurrencies(money),
    account_status: null,
    additional_information: methodOf(payment.method).information,
    base_amount_paid_online: payment.paidOnline ? shown(payment.paidOnline) : undefined,
    cc_last4: payment.ccLast4,
    entity_id: payment.id,
    last_trans_id: payment.lastTransId ?? undefined,
    method: payment.method,
    parent_id: id,
  });
}

const shippingTotals: readonly OrderAmount[] = [
  "shipping_amount",
  "shipping_canceled",
  "shipping_discount_amount",
  "shipping_discount_tax_compensation_amount",
  "shipping_incl_tax",
  "shipping_invoiced",
  "shipping_refunded",
  "shipping_tax_amount",
  "shipping_tax_refunded",
];

/** The only place of the shipping address; a virtual order has the totals alone. */
function shippingOf(order: Order): Row {
  const pairs = shippingTotals.map((name) => [name, order.amounts[name]] as const);
  const total = arranged(orderColumns, bothCurrencies(Object.fromEntries(pairs), baseNames));
  if (!order.shipping) return { total };
  const address = viewAddress(order, order.shipping, "shipping");
  return { address, method: "flatrate_flatrate", total };
}

function appliedTaxes(order: Order): Row[] {
  const taxed = order.items.find(({ taxPercent }) => taxPercent > 0);
  if (!taxed || order.amounts.tax_amount?.base === 0) return [];
  return [taxOf(order, taxed.taxPercent, order.amounts.tax_amount ?? nothing)];
}

function itemTaxes(order: Order): Row[] {
  return order.items
    .filter(({ amounts }) => (amounts.tax_amount?.base ?? 0) > 0)
    .map((item) => ({
      type: "product",
      item_id: item.id,
      applied_taxes: [taxOf(order, item.taxPercent, plus(item.amounts.tax_amount, nothing))],
    }));
}

function taxOf(order: Order, percent: number, amount: { base: number; order: number }): Row {
  const code = taxCode(order.shipping ?? order.billing);
  const rate = { code, title: code, percent: shown(percent) };
  return {
    ...rate,
    amount: shown(amount.order),
    base_amount: shown(amount.base),
    extension_attributes: { rates: [rate] },
  };
}
