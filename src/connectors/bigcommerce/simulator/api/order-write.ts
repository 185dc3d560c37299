import { amountOf } from "../store/amounts.js";
import { archive, setStatus } from "../store/ordering.js";
import { lineFor } from "../store/placing.js";
import { products } from "../store/products.js";
import type { Line, Order } from "../store/state.js";
import { statuses } from "../store/statuses.js";
import { type Store, saveOrder } from "../store/store.js";
import { invalidField, readOnlyField, V2Error } from "./errors.js";
import { fieldsOf } from "./route.js";

type Fields = Record<string, unknown>;
type Writer = (order: Order, value: unknown, store: Store) => void;

const longest = 65_535;
const text =
  (field: string, write: (order: Order, value: string) => void): Writer =>
  (order, value) => {
    if (typeof value !== "string" || value.length > longest) throw invalidField(field);
    write(order, value);
  };

/** What PUT can change of an order here; the rest of the platform's own fields it refuses as not simulated. */
const writers: Readonly<Record<string, Writer>> = {
  staff_notes: text("staff_notes", (order, value) => {
    order.staffNotes = value;
  }),
  customer_message: text("customer_message", (order, value) => {
    order.customerMessage = value;
  }),
  external_order_id: text("external_order_id", (order, value) => {
    order.externalOrderId = value;
  }),
  billing_address: (order, value) => {
    for (const [name, part] of Object.entries(fieldsOf(value))) {
      if (name === "form_fields") continue;
      if (!Object.hasOwn(order.billing, name) || typeof part !== "string")
        throw invalidField(`billing_address.${name}`);
      order.billing[name as keyof Order["billing"]] = part;
    }
  },
  products: (order, value, store) => {
    if (!Array.isArray(value)) throw invalidField("products");
    for (const each of value) writeProduct(store, order, fieldsOf(each));
  },
};

/** Fields that the platform takes in a PUT and this store does not. */
const others = new Set(
  `base_handling_cost base_shipping_cost base_wrapping_cost channel_id consignments customer_id
   customer_locale date_created discount_amount ebay_order_id external_merchant_id external_source fees
   geoip_country handling_cost_ex_tax handling_cost_inc_tax ip_address items_shipped items_total
   order_is_digital order_source payment_method payment_provider_id refunded_amount shipping_addresses
   shipping_cost_ex_tax shipping_cost_inc_tax subtotal_ex_tax subtotal_inc_tax total_ex_tax total_inc_tax
   wrapping_cost_ex_tax wrapping_cost_inc_tax`.split(/\s+/),
);

/**
 * Changes an order as PUT does: fields that are not named stay. Everything is checked before anything is
 * written, so that a refused request leaves the order alone.
 */
export function writeOrder(store: Store, order: Order, body: unknown): void {
  const given = fieldsOf(body);
  const { status_id: statusId, is_deleted: isDeleted, ...rest } = given;
  if (statusId !== undefined && !statuses.some(({ id }) => id === statusId))
    throw invalidField("status_id");
  for (const name of Object.keys(rest)) {
    if (others.has(name)) throw new V2Error(501, `The field '${name}' is not simulated.`);
    if (!Object.hasOwn(writers, name)) throw readOnlyField(name);
  }
  const draft = structuredClone(order);
  for (const [name, value] of Object.entries(rest)) writers[name]?.(draft, value, store);
  Object.assign(order, draft);
  if (isDeleted === true) archive(store, order);
  else if (typeof statusId === "number") setStatus(store, order, statusId);
  else saveOrder(store, order);
}

/** Adds, changes or removes a line. A changed line loses its discounts, by the platform's own word. */
function writeProduct(store: Store, order: Order, given: Fields): void {
  if (given.id === undefined) {
    order.lines.push(newLine(store, order, given));
    return;
  }
  const line = order.lines.find(({ id }) => id === given.id);
  if (!line) throw invalidField("products.id");
  if (given.quantity === 0) {
    order.lines = order.lines.filter((each) => each !== line);
    return;
  }
  line.quantity = quantityOf(given) ?? line.quantity;
  line.price = priceOf(given) ?? line.price;
  line.discounts = [];
  const left = order.lines.flatMap(({ discounts }) => discounts);
  if (!left.some(({ code }) => code !== null)) order.coupons = [];
}

function newLine(store: Store, order: Order, given: Fields): Line {
  const product = products.find(
    ({ productId, variantId }) =>
      productId === given.product_id &&
      (given.variant_id === undefined || given.variant_id === variantId),
  );
  const destinationId = order.destinations[0]?.id ?? 0;
  const quantity = quantityOf(given) ?? 1;
  if (product) {
    const line = lineFor(store, order, product, quantity);
    return { ...line, destinationId, price: priceOf(given) ?? line.price };
  }
  const price = priceOf(given);
  if (typeof given.name !== "string") throw invalidField("products.name");
  if (!price) throw invalidField("products.price_ex_tax");
  return {
    id: store.nextId("product"),
    destinationId,
    pickupId: 0,
    productId: 0,
    variantId: 0,
    sku: typeof given.sku === "string" ? given.sku : "",
    name: given.name,
    type: "physical",
    quantity,
    price,
    weightGrams: 0,
    wrapping: null,
    discounts: [],
    options: [],
  };
}

function quantityOf({ quantity }: Fields): number | undefined {
  if (quantity === undefined) return undefined;
  if (Number.isInteger(quantity) && Number(quantity) > 0) return Number(quantity);
  throw invalidField("products.quantity");
}

function priceOf({ price_ex_tax, price_inc_tax }: Fields): Line["price"] | undefined {
  const [ex, inc] = [amountOf(price_ex_tax), amountOf(price_inc_tax)];
  return ex === undefined || inc === undefined ? undefined : { ex, inc };
}
