/** Small shapes that many answers share, as the Admin schema names them. */

import { gid, type Shop, shopCurrency } from "../shop/shop.js";
import type { Address, Bag, Location, Order, Tax } from "../shop/state.js";
import { decimal } from "../shop/totals.js";
import { fullName } from "../webhooks/wire.js";
import { type PageArguments, page } from "./page.js";

/** An answer's object: plain values, or functions that the executor calls when a field is asked for. */
export type Node = Record<string, unknown>;

export const money = (minor: number, currency: string): Node => ({
  __typename: "MoneyV2",
  amount: decimal(minor, currency),
  currencyCode: currency,
});

export const moneyBag = ({ currency }: Order, { shop, presentment }: Bag): Node => ({
  shopMoney: money(shop, shopCurrency),
  presentmentMoney: money(presentment, currency),
});

export const taxNodes = (order: Order, taxes: Tax[]): Node[] =>
  taxes.map(({ title, rate, amount }) => ({
    title,
    rate: Number(rate),
    source: "Shopify",
    channelLiable: false,
    priceSet: moneyBag(order, amount),
  }));

export function addressNode(id: string, address: Address | null): Node | null {
  if (!address) return null;
  return {
    ...address,
    id,
    __typename: "MailingAddress",
    name: fullName(address),
    countryCodeV2: address.countryCode,
  };
}

export function locationNode({ id, name, address }: Location): Node {
  return {
    __typename: "Location",
    id: gid("Location", id),
    legacyResourceId: id,
    name,
    isActive: true,
    fulfillsOnlineOrders: true,
    shipsInventory: true,
    hasActiveInventory: true,
    address,
  };
}

export function locationById(shop: Shop, id: string | null): Location | undefined {
  return shop.data.locations.find((location) => location.id === id);
}

/** A connection over things with ids. */
export const connection = <T extends { id: string }>(
  items: readonly T[],
  given: PageArguments,
  node: (item: T) => unknown,
) => page(items, given, { id: ({ id }) => id, node });

export const customerNode = (shop: Shop, id: string | null): Node | null => {
  const customer = shop.customer(id);
  if (!customer) return null;
  return {
    __typename: "Customer",
    id: gid("Customer", customer.id),
    legacyResourceId: customer.id,
    displayName: fullName(customer),
    firstName: customer.firstName,
    lastName: customer.lastName,
    defaultEmailAddress: { emailAddress: customer.email },
    defaultPhoneNumber: { phoneNumber: customer.phone },
  };
};
