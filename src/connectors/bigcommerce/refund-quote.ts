import { ChannelError } from "../../domain/errors.js";
import { sum } from "../amount.js";
import { compare, jsonNumber } from "./amount.js";
import type { BigCommerce } from "./client.js";
import { quotePayload } from "./payload.js";
import type { RefundItem } from "./refund-item.js";
import { refusal } from "./refusal.js";

/** What the store says that a refund would come to. */
export interface StoreQuote {
  /** In the order's transactional currency, tax included: what has to be paid out. */
  total: string;
  /** Ways in which all of it can go back. */
  methods: Method[];
}
/** Payments that are made together. */
type Method = { provider: string; name: string; amount: string; offline: boolean }[];

/** Asks the store for a price, which changes nothing there. Throws ChannelError in the store's own words where it will not refund. */
export async function askQuote(
  api: BigCommerce,
  orderId: string,
  items: readonly RefundItem[],
  signal?: AbortSignal,
): Promise<StoreQuote> {
  const path = `/v3/orders/${orderId}/payment_actions/refund_quotes`;
  const request = { method: "POST", path, body: { items }, signal } as const;
  const answer = await api.call(request);
  if (answer.status < 200 || answer.status >= 300) throw refusal(answer, api.asked(request));
  const { data } = (answer.body ?? {}) as { data?: unknown };
  const quote = quotePayload.safeParse(data);
  if (!quote.success)
    throw new ChannelError(
      "CHANNEL_REJECTED",
      `BigCommerce: ${api.asked(request).where} answered no quote that can be read; nothing was refunded`,
      { mayHaveHappened: false, cause: quote.error },
    );
  const { total_refund_amount: total, refund_methods } = quote.data;
  const methods = refund_methods
    .map(
      (method): Method =>
        method.map((it) => ({
          provider: it.provider_id,
          name: it.provider_description ?? it.provider_id,
          amount: it.amount,
          offline: it.offline,
        })),
    )
    .filter((method) => compare(sum(method.map(({ amount }) => amount)), total) === 0);
  return { total, methods };
}

export interface PaymentWish {
  toStoreCredit: boolean;
  /** Whether the order itself was paid by store credit. */
  paidByCredit: boolean;
}

/**
 * The way to send the money back: by the gateway that took it; else as the store would record it against the way it was
 * paid; else as paid by hand ("custom"). Store credit only where it was asked for, or where the order was paid by it.
 * Null where the store offers none.
 */
export function chooseMethod({ methods }: StoreQuote, wish: PaymentWish): Method | null {
  const ranked = methods
    .map((method) => ({ method, rank: rankOf(method, wish) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => Number(a.rank) - Number(b.rank));
  return ranked[0]?.method ?? null;
}

/** Whether a person has to send some of the money. */
export function isByHand(method: Method): boolean {
  return method.some(({ offline }) => offline);
}

/** What a refund says of its payments. */
export function paymentsOf(method: Method) {
  return method.map(({ provider, amount, offline }) => ({
    provider_id: provider,
    amount: jsonNumber(amount),
    offline,
  }));
}

function rankOf(method: Method, { toStoreCredit, paidByCredit }: PaymentWish): number | null {
  const all = (provider: string) => method.every((payment) => payment.provider === provider);
  const isCredit = all("storecredit");
  if (toStoreCredit) return isCredit ? 0 : null;
  if (isCredit && !paidByCredit) return null;
  if (!isByHand(method)) return 0;
  return all("custom") ? 2 : 1;
}
