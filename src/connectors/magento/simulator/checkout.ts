import type { Person } from "../../simulator/catalog.js";
import { share } from "../../simulator/money.js";
import { inBoth, minus, negative, nothing, one, partOf, plus, rounded, sum } from "./amount.js";
import { isPricedElsewhere, isShippedElsewhere } from "./order.js";
import { type Product, productOf } from "./products.js";
import { goodsIn } from "./shipments.js";
import type { Site } from "./site.js";
import type { Address, Item, Order, Pair } from "./state.js";
import { rateOf, stores } from "./stores.js";
import { addressOf, rateAt } from "./taxes.js";

/** What somebody puts into the cart and how they check out. */
export interface Cart {
  /** `quantity` may be a fraction of a good that is sold by weight. */
  lines: readonly { sku: string; quantity: number }[];
  person: Person;
  /** An e-mail other than the person's. */
  email?: string | undefined;
  /** null: a guest. */
  customerId?: number | null;
  currency?: string | undefined;
  storeId?: 1 | 2;
  method?: string;
  /** Ten per cent off with a coupon. */
  coupon?: boolean;
  /** A number of its own, as an order brought over from another shop has. */
  incrementId?: string;
}

/** Flat rate: five dollars a piece. */
const shippingPerPiece = 5 * one;
const couponPercent = 10 * one;

/** Places an order; it is new and pending until something is invoiced. Throws on an unknown SKU. */
export function checkOut(site: Site, cart: Cart): Order {
  const { person, storeId = 1, method = "checkmo", customerId = null } = cart;
  const store = stores[storeId - 1] ?? stores[0];
  const currency = cart.currency ?? store.currency;
  const id = site.nextId("sales_order");
  const now = site.now();
  const email = cart.email ?? person.email;
  const address = (): Address => addressOf(site, person, email);
  const order: Order = {
    id,
    incrementId: cart.incrementId ?? site.nextNumber("order", storeId),
    storeId,
    createdAt: now,
    updatedAt: now,
    state: "new",
    status: "pending",
    held: null,
    currency,
    rate: rateOf(currency),
    customer: { id: customerId, email, firstname: person.firstName, lastname: person.lastName },
    shipping: address(),
    billing: address(),
    amounts: {},
    items: [],
    payment: {
      id: site.nextId("sales_order_payment"),
      method,
      lastTransId: null,
      ccLast4: method === "braintree" ? "1111" : null,
      paid: null,
      paidOnline: 0,
      refunded: null,
      shippingCaptured: null,
      shippingRefunded: null,
    },
    histories: [],
    coupon: cart.coupon ? "TEN" : null,
    extOrderId: cart.incrementId ? `import-${cart.incrementId}` : null,
    customerNoteNotify: true,
    protectCode: site.random.text(32),
  };
  const tax = rateAt(person.address);
  for (const { sku, quantity } of cart.lines) {
    const wish = {
      quantity: Math.round(quantity * one),
      tax,
      isTaxIncluded: store.pricesIncludeTax,
    };
    addLine(site, order, productOf(sku), wish);
  }
  total(order, { tax, isTaxIncluded: store.pricesIncludeTax });
  for (const item of order.items.filter((each) => !isShippedElsewhere(order, each)))
    for (const { sku, amount } of goodsIn(order, item, item.ordered))
      site.data.reserved[sku] = (site.data.reserved[sku] ?? 0) + amount;
  site.data.orders[String(id)] = order;
  site.changed();
  return order;
}

interface LineWish {
  quantity: number;
  /** Percent in ten-thousandths. */
  tax: number;
  isTaxIncluded: boolean;
}

/** A line is one row, or two for a configurable, or one and its parts for a bundle. */
function addLine(site: Site, order: Order, product: Product, wish: LineWish): void {
  const { configurable, bundle } = product;
  if (configurable) {
    const row = { product: { ...product, id: configurable.id, name: configurable.name }, ...wish };
    const parent = addRow(site, order, { ...row, type: "configurable", price: product.price });
    parent.productOption = {
      extension_attributes: { configurable_item_options: product.options },
    };
    addRow(site, order, { product, ...wish, type: "simple", price: 0, parent });
    return;
  }
  const parts =
    bundle?.parts.map(({ sku, quantity }) => ({ product: productOf(sku), quantity })) ?? [];
  const price = bundle?.priceByChildren
    ? parts.reduce((all, part) => all + part.product.price * part.quantity, 0)
    : product.price;
  const parent = addRow(site, order, { product, ...wish, type: product.type, price });
  if (!bundle) return;
  const { shipSeparately, priceByChildren } = bundle;
  parent.bundle = { shipSeparately, priceByChildren };
  parent.productOption = {
    extension_attributes: {
      bundle_options: parts.map((part, index) => ({
        option_id: index + 1,
        option_qty: part.quantity,
        option_selections: [index + 1],
      })),
    },
  };
  for (const part of parts) {
    addRow(site, order, {
      ...wish,
      product: part.product,
      type: part.product.type,
      quantity: wish.quantity * part.quantity,
      price: priceByChildren ? part.product.price : 0,
      parent,
      perParent: part.quantity * one,
    });
  }
}

interface RowWish extends LineWish {
  product: Product;
  type: Item["productType"];
  /** Base price in ten-thousandths. */
  price: number;
  parent?: Item;
  perParent?: number;
}

function addRow(site: Site, order: Order, wish: RowWish): Item {
  const { product, type, price, quantity, tax, isTaxIncluded, parent, perParent = one } = wish;
  const entered = inBoth(price, order.rate);
  const row = partOf(entered, quantity, one);
  // Prices that hold their tax lose it per row; the single price then has the database's four decimals.
  const taxWithin = isTaxIncluded ? minus(row, partOf(row, 100 * one, 100 * one + tax)) : nothing;
  const net = minus(row, taxWithin);
  const discount = order.coupon ? partOf(net, couponPercent, 100 * one) : nothing;
  const taxAmount = isTaxIncluded ? taxWithin : partOf(minus(net, discount), tax, 100 * one);
  const grossTax = isTaxIncluded ? taxWithin : partOf(net, tax, 100 * one);
  const single = isTaxIncluded ? divided(net, quantity) : entered;
  const item: Item = {
    id: site.nextId("sales_order_item"),
    parentId: parent?.id ?? null,
    productId: product.id,
    productType: type,
    sku: product.sku,
    name: product.name,
    createdAt: order.createdAt,
    updatedAt: order.createdAt,
    ordered: quantity,
    invoiced: 0,
    shipped: 0,
    refunded: 0,
    canceled: 0,
    isQtyDecimal: product.isQtyDecimal,
    isVirtual: type === "virtual" || type === "downloadable",
    weight: product.weight,
    taxPercent: price === 0 ? 0 : tax,
    discountPercent: order.coupon ? couponPercent : 0,
    amounts: {
      amount_refunded: nothing,
      discount_amount: discount,
      discount_invoiced: nothing,
      discount_tax_compensation_amount: nothing,
      original_price: entered,
      price: single,
      price_incl_tax: isTaxIncluded ? entered : plus(entered, partOf(entered, tax, 100 * one)),
      row_invoiced: nothing,
      row_total: net,
      row_total_incl_tax: plus(net, grossTax),
      tax_amount: taxAmount,
      tax_invoiced: nothing,
    },
    perParent,
    bundle: null,
    productOption: null,
  };
  order.items.push(item);
  return item;
}

function divided({ base, order }: Pair, quantity: number): Pair {
  return { base: share(base, one, quantity), order: share(order, one, quantity) };
}

/** The order's totals, out of the rows that have prices. Shipping is taxed where prices hold their tax. */
function total(order: Order, { tax: rate, isTaxIncluded }: Omit<LineWish, "quantity">): void {
  const priced = order.items.filter((item) => !isPricedElsewhere(order, item));
  const of = (name: "row_total" | "row_total_incl_tax" | "tax_amount" | "discount_amount"): Pair =>
    sum(priced.map(({ amounts }) => amounts[name] ?? nothing));
  const pieces = order.items
    .filter(({ isVirtual, parentId }) => !isVirtual && parentId === null)
    .reduce((all, { ordered }) => all + ordered, 0);
  if (pieces === 0) order.shipping = null;
  const charged = inBoth(rounded(share(shippingPerPiece, pieces, one)), order.rate);
  const shipping = isTaxIncluded ? partOf(charged, 100 * one, 100 * one + rate) : charged;
  const shippingTax = minus(charged, shipping);
  const [subtotal, tax] = [of("row_total"), plus(of("tax_amount"), shippingTax)];
  const discount = negative(of("discount_amount"));
  const grand = sum([subtotal, tax, discount, shipping]);
  order.amounts = {
    discount_amount: discount,
    grand_total: grand,
    discount_tax_compensation_amount: nothing,
    shipping_amount: shipping,
    shipping_discount_amount: nothing,
    shipping_discount_tax_compensation_amount: nothing,
    shipping_incl_tax: charged,
    shipping_tax_amount: shippingTax,
    subtotal,
    subtotal_incl_tax: of("row_total_incl_tax"),
    tax_amount: tax,
    total_due: grand,
  };
}
