import { addBags, type MoneyBag, money, zeroBag } from "../../domain/money.js";
import type { BagFragment } from "./payload.js";

/** An amount in the shop's currency and in the customer's. */
export function bag({ shopMoney, presentmentMoney }: BagFragment): MoneyBag {
  return {
    shop: money(shopMoney.amount, shopMoney.currencyCode),
    presentment: money(presentmentMoney.amount, presentmentMoney.currencyCode),
  };
}

export function bagOrNull(payload: BagFragment | null): MoneyBag | null {
  return payload && bag(payload);
}

/** Sum of amounts in the currencies of `like`, zero where there are none. */
export function sumBags(payloads: Iterable<BagFragment>, like: MoneyBag): MoneyBag {
  let sum = zeroBag(like);
  for (const payload of payloads) sum = addBags(sum, bag(payload));
  return sum;
}
