import type { Quote } from "../../domain/channel.js";
import type { OrderDocument } from "../../domain/document.js";
import {
  atLeastZero,
  compareMoney,
  isZero,
  type Money,
  type MoneyBag,
  minorDigits,
  money,
  subtractBags,
} from "../../domain/money.js";
import { bagOf, refundableAmount } from "../../domain/quote.js";
import type { UserErrorData } from "../face.js";
import { basic } from "../refusal.js";
import { type Refused, refuse } from "./scene.js";

/** An amount that a caller named, in both currencies of the order. Zero only where `zero` lets it. */
export function checkAmount(
  given: Money,
  document: OrderDocument,
  path: string[],
  { zero = false } = {},
): { bag: MoneyBag } | Refused {
  const amount = parse(given);
  if (!amount)
    return refuse("INVALID_INPUT", `"${given.amount}" is no decimal amount`, [...path, "amount"]);
  const { shop, presentment } = document.totals.original;
  const bag = bagOf(amount, document);
  if (!bag) {
    const known = [...new Set([shop.currency, presentment.currency])].join(" or ");
    return refuse(
      "INVALID_INPUT",
      `an amount of order ${document.id} is in ${known}, not in ${amount.currency}`,
      [...path, "currency"],
    );
  }
  const digits = minorDigits(amount.currency);
  if ((amount.amount.split(".")[1]?.length ?? 0) > digits)
    return refuse(
      "INVALID_INPUT",
      `${words(amount)} is finer than the ${digits} decimals of its currency`,
      [...path, "amount"],
    );
  if (amount.amount.startsWith("-") || (isZero(amount) && !zero))
    return refuse(
      "INVALID_INPUT",
      `${words(amount)} must ${zero ? "not be below" : "be above"} zero`,
      [...path, "amount"],
    );
  return { bag };
}

/** Refuses more than an order's money allows, by what we know of it and by what the shop says. */
export function checkMaximum(
  amount: MoneyBag,
  document: Pick<OrderDocument, "id" | "totals">,
  quote: Quote | null,
  path: string[] | null,
): UserErrorData[] {
  const left = refundableAmount(document);
  const { captured, refunded, refundPending } = document.totals;
  if (compareMoney(amount.shop, left.shop) > 0)
    return [
      basic(
        "AMOUNT_EXCEEDS_REFUNDABLE",
        `${words(amount.shop)} are more than the ${words(left.shop)} that may still be given back of order ${document.id}: ${words(captured.shop)} were received, ${words(refunded.shop)} given back, ${words(refundPending.shop)} are on their way back`,
        path,
      ),
    ];
  if (!quote || compareMoney(amount.shop, quote.maximum.shop) <= 0) return [];
  return [
    basic(
      "AMOUNT_EXCEEDS_REFUNDABLE",
      `${words(amount.shop)} are more than the ${words(quote.maximum.shop)} that the shop lets be given back of order ${document.id}`,
      path,
    ),
  ];
}

/**
 * The amount, where the order has two currencies, no more in the customer's than is left there, and the last of the one with
 * the last of the other: what was converted at the order's rate may be a minor unit off.
 */
export function toTheLast(amount: MoneyBag, left: MoneyBag): MoneyBag {
  const last = compareMoney(amount.shop, left.shop) === 0;
  const over = compareMoney(amount.presentment, left.presentment) > 0;
  const fits = compareMoney(amount.shop, left.shop) <= 0;
  return last || (over && fits) ? { ...amount, presentment: left.presentment } : amount;
}

/** Refuses more for shipping than is left of its costs. */
export function tooMuchShipping(
  shipping: MoneyBag,
  { shippingMaximum }: Quote,
  path: string[],
): UserErrorData[] {
  if (compareMoney(shipping.shop, shippingMaximum.shop) <= 0) return [];
  return [
    basic(
      "AMOUNT_EXCEEDS_REFUNDABLE",
      `${words(shipping.shop)} are more than the ${words(shippingMaximum.shop)} left of the shipping costs; what goes beyond them is extraAmount`,
      path,
    ),
  ];
}

/** What is left of one amount after another, never below zero. */
export function rest(of: MoneyBag, part: MoneyBag): MoneyBag {
  return atLeastZero(subtractBags(of, part));
}

function parse({ amount, currency }: Money): Money | null {
  try {
    return money(amount, currency);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function words({ amount, currency }: Money): string {
  return `${amount} ${currency}`;
}
