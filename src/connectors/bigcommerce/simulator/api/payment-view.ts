import { number } from "../store/amounts.js";
import { gateways } from "../store/gateways.js";
import type { Quote } from "../store/refunding.js";
import { providersOf } from "../store/refunding.js";
import type { Order, Refund, Transaction } from "../store/state.js";
import { iso8601 } from "./time.js";

/** A transaction of an order; its amount is a number. */
export function transactionView(order: Order, transaction: Transaction): unknown {
  const { id, event, gateway, amount, createdAt, gatewayTransactionId, referenceId } = transaction;
  const method = gateways[gateway]?.method ?? "store_credit";
  return {
    id,
    order_id: String(order.id),
    event,
    method,
    amount: number(amount),
    currency: order.currency,
    gateway,
    gateway_transaction_id: gatewayTransactionId,
    payment_method_id: `${gateway}.${method}`,
    date_created: iso8601(createdAt),
    test: gateway === "testgateway",
    status: "ok",
    fraud_review: false,
    ...(referenceId !== null && { reference_transaction_id: referenceId }),
    payment_instrument_token: null,
    ...(method === "credit_card" && { credit_card: card }),
    ...(method === "offline" && { offline: { display_name: gateways[gateway]?.label ?? "" } }),
    ...(method === "custom" && { custom: { payment_method: gateways[gateway]?.label ?? "" } }),
  };
}

const card = {
  card_type: "visa",
  card_iin: "411111",
  card_last4: "1111",
  card_expiry_month: 12,
  card_expiry_year: 2030,
};

/** A refund as lists show it. */
export function refundView(order: Order, refund: Refund): Record<string, unknown> {
  return {
    id: refund.id,
    order_id: order.id,
    user_id: 0,
    created: iso8601(refund.createdAt),
    reason: refund.reason,
    total_amount: number(refund.amount),
    total_tax: number(refund.tax),
    uses_merchant_override_values: refund.overridden,
    payments: refund.payments.map((payment) => ({
      id: payment.id,
      provider_id: payment.provider,
      amount: number(payment.amount),
      offline: payment.offline,
      is_declined: payment.declined !== undefined,
      declined_message: payment.declined ?? "",
      ...(payment.transactionId !== null && { transaction_id: String(payment.transactionId) }),
    })),
    items: refund.items.map(({ type, itemId, quantity, requested, reason, adjustments }) => ({
      item_type: type,
      item_id: itemId,
      reason,
      ...(adjustments.length > 0 && { adjustments: adjustments.map(adjustmentView) }),
      ...(requested === null ? { quantity } : { requested_amount: number(requested) }),
    })),
  };
}

const adjustmentView = ({ amount, description }: { amount: number; description: string }) => ({
  amount: number(amount),
  description,
});

/** What a refund would come to, and the providers that can send it back. */
export function quoteView(order: Order, { amount, tax, orderLevel, adjustment }: Quote): unknown {
  return {
    order_id: order.id,
    total_refund_amount: number(amount),
    total_refund_tax_amount: number(tax),
    order_level_refund_amount: number(orderLevel),
    rounding: 0,
    adjustment: number(adjustment),
    tax_inclusive: order.taxInclusive,
    refund_methods: providersOf(order).map(({ provider, description, offline, reason }) => [
      {
        provider_id: provider,
        provider_description: description,
        amount: number(amount),
        offline,
        offline_provider: offline,
        offline_reason: reason,
      },
    ]),
  };
}
