import { type Address as CatalogAddress, goodOf, type Person } from "../../simulator/catalog.js";
import { decimalsOf } from "../../simulator/money.js";
import { gatewayOf } from "./gateways.js";
import { calculate, coupon, netPrice } from "./items.js";
import { newOrder, noAddress } from "./order.js";
import { insertOrder } from "./order-status.js";
import { type Product, priceCents, products } from "./products.js";
import type { Site } from "./site.js";
import type { Address, Line, Order } from "./state.js";

/** What somebody puts into the cart and how they check out. */
export interface Cart {
  lines: readonly { sku: string; quantity: number }[];
  person: Person;
  /** An e-mail other than the person's. */
  email?: string | undefined;
  /** 0: a guest. */
  customerId?: number;
  currency?: string | undefined;
  /** Prices as entered have their tax within. */
  pricesIncludeTax?: boolean;
  /** A gateway of the site, or "stripe", whose plugin is gone. */
  gateway?: string;
  coupon?: boolean;
  /** A gift wrap for 3.00. */
  giftWrap?: boolean;
  createdVia?: "checkout" | "admin";
}

/** A flat rate of 7.50 before tax, in cents; of 750 where a currency has no decimals. */
const flatRate = (currency: string): number => (decimalsOf[currency] === 0 ? 75_000 : 750);

/** Places an order through the checkout; it is pending until it is paid. Throws on an unknown SKU. */
export function checkOut(site: Site, cart: Cart): Order {
  const {
    person,
    currency = "USD",
    pricesIncludeTax = false,
    gateway = "woocommerce_payments",
  } = cart;
  const bought = cart.lines.map(({ sku, quantity }) => ({ product: productBySku(sku), quantity }));
  const ships = bought.some(({ product }) => !product.digital);
  const address = { ...noAddress, ...addressOf(person.address), ...names(person) };
  const order = newOrder(site, {
    currency,
    pricesIncludeTax,
    customerId: cart.customerId ?? 0,
    billing: { ...address, email: cart.email ?? person.email, phone: person.phone },
    shipping: ships ? address : { ...noAddress },
    paymentMethod: gateway,
    paymentMethodTitle: gatewayOf(gateway)?.title ?? "Credit card",
    createdVia: cart.createdVia ?? "checkout",
  });
  const { country } = person.address;
  for (const { product, quantity } of bought) {
    const price = netPrice(priceCents(product, currency), country, pricesIncludeTax);
    order.lines.push(lineOf(site, product, quantity, price));
  }
  if (ships) {
    const [id, title] = [site.nextId("item"), "Flat rate"];
    order.shippingLines.push({
      id,
      title,
      methodId: "flat_rate",
      total: flatRate(currency),
      tax: 0,
      meta: [],
    });
  }
  if (cart.giftWrap) {
    order.feeLines.push({
      id: site.nextId("item"),
      name: "Gift wrap",
      taxable: true,
      total: 300,
      tax: 0,
      meta: [],
    });
  }
  if (cart.coupon) {
    const [id, metaId] = [site.nextId("item"), site.nextId("itemMeta")];
    order.couponLines.push({ ...coupon, id, metaId, discount: 0, discountTax: 0 });
  }
  calculate(site, order);
  insertOrder(site, order);
  return order;
}

function productBySku(sku: string): Product {
  const good = goodOf(sku);
  const product = products.find((each) => each.good === good);
  if (product) return product;
  throw new RangeError(`the shop does not sell "${sku}"`);
}

function lineOf(site: Site, product: Product, quantity: number, price: number): Line {
  const { name, productId, variationId, options } = product;
  const total = price * quantity;
  return {
    id: site.nextId("item"),
    name,
    productId,
    variationId,
    quantity,
    subtotal: total,
    subtotalTax: 0,
    total,
    totalTax: 0,
    meta: Object.entries(options).map(([label, value]) => ({
      id: site.nextId("itemMeta"),
      key: label.toLowerCase(),
      value,
    })),
  };
}

function names({ firstName, lastName, company = "" }: Person): Partial<Address> {
  return { first_name: firstName, last_name: lastName, company };
}

function addressOf({
  address1,
  address2 = "",
  city,
  region,
  postcode,
  country,
}: CatalogAddress): Partial<Address> {
  return { address_1: address1, address_2: address2, city, state: region, postcode, country };
}
