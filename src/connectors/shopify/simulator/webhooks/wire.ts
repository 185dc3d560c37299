/** Small forms that every webhook body is made of: REST-shaped, snake_case, money with all its decimals. */
import { LosslessNumber } from "lossless-json";
import { shopCurrency } from "../shop/shop.js";
import type { Address, Allocation, Bag, Order, Tax } from "../shop/state.js";
import { plain, sum } from "../shop/totals.js";

/** A JSON body, or a part of one. */
export type Wire = Record<string, unknown>;

/** An id as the number that bodies have, in its own digits: some are beyond what a float keeps. */
export const numeral = (id: string): LosslessNumber => new LosslessNumber(id);
export const numeralOrNull = (id: string | null): LosslessNumber | null =>
  id === null ? null : numeral(id);

/** The shop's own time zone, in which webhooks tell times. */
export const timezone = "America/New_York";

const offset = new Intl.DateTimeFormat("en", { timeZone: timezone, timeZoneName: "longOffset" });

/** "2026-10-01T08:00:00Z" → "2026-10-01T04:00:00-04:00"; null stays null. */
export function localTime(time: string | null): string | null {
  if (time === null) return null;
  const at = new Date(time);
  const zone =
    offset
      .formatToParts(at)
      .find(({ type }) => type === "timeZoneName")
      ?.value.slice(3) || "+00:00";
  const minutes =
    Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  return `${new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 19)}${zone}`;
}

/** An amount in the shop's currency, as the fields without `_set` have it. */
export const shopAmount = ({ shop }: Bag): string => plain(shop, shopCurrency);

export const moneySet = ({ currency }: Order, { shop, presentment }: Bag): Wire => ({
  shop_money: { amount: plain(shop, shopCurrency), currency_code: shopCurrency },
  presentment_money: { amount: plain(presentment, currency), currency_code: currency },
});

export const taxLines = (order: Order, taxes: Tax[]): Wire[] =>
  taxes.map(({ title, rate, amount }) => ({
    channel_liable: false,
    price: shopAmount(amount),
    price_set: moneySet(order, amount),
    rate: Number(rate),
    title,
  }));

export const allocations = (order: Order, given: Allocation[]): Wire[] =>
  given.map(({ index, amount }) => ({
    amount: shopAmount(amount),
    amount_set: moneySet(order, amount),
    discount_application_index: index,
  }));

export const allocated = (given: Allocation[]): Bag => sum(given.map(({ amount }) => amount));

export function address(given: Address | null): Wire | null {
  if (!given) return null;
  return {
    first_name: given.firstName,
    address1: given.address1,
    phone: given.phone,
    city: given.city,
    zip: given.zip,
    province: given.province,
    country: given.country,
    last_name: given.lastName,
    address2: given.address2,
    company: given.company,
    latitude: null,
    longitude: null,
    name: fullName(given),
    country_code: given.countryCode,
    province_code: given.provinceCode,
  };
}

export const fullName = ({
  firstName,
  lastName,
}: Pick<Address, "firstName" | "lastName">): string =>
  [firstName, lastName].filter(Boolean).join(" ");
