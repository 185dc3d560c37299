/**
 * The REST-shaped bodies of webhooks, brought into the shape of the GraphQL answers, so that one translation
 * serves both. Bodies are read by a parser that keeps numbers as text: ids above 2^53 occur in them.
 */
import Big from "big.js";
import { parse } from "lossless-json";
import { z } from "zod";
import { gid } from "./gid.js";
import type {
  AddressFragment,
  BagFragment,
  CustomerFragment,
  FulfillmentFragment,
  LineFragment,
  RefundLineFragment,
  ScanFragment,
} from "./payload.js";

/** A JSON body with every number as its own digits; throws SyntaxError where it is no JSON. */
export function parseBody(text: string): unknown {
  return parse(text, undefined, { parseNumber: (digits) => digits });
}

// The schemas below take what `parseBody` gives and throw ZodError that names the part which is wrong.

/** A number as the body gives it. */
export const id = z.string().regex(/^\d+$/);
/** Text, or null where it is absent or empty: GraphQL answers null where REST answers "". */
export const text = z
  .string()
  .nullish()
  .transform((value) => value || null);
const quantity = z.string().transform(Number);

const moneySide = z
  .object({ amount: z.string(), currency_code: z.string() })
  .transform(({ amount, currency_code }) => ({ amount, currencyCode: currency_code }));
export const bagSet = z.object({ shop_money: moneySide, presentment_money: moneySide }).transform(
  ({ shop_money, presentment_money }): BagFragment => ({
    shopMoney: shop_money,
    presentmentMoney: presentment_money,
  }),
);

export const taxLine = z
  .object({ title: z.string(), rate: text, price_set: bagSet })
  .transform(({ title, rate, price_set }) => ({
    title,
    rate: rate === null ? null : Number(rate),
    priceSet: price_set,
  }));
export const allocation = z
  .object({ amount_set: bagSet, discount_application_index: quantity })
  .transform(({ amount_set, discount_application_index }) => ({
    allocatedAmountSet: amount_set,
    discountApplication: { index: discount_application_index },
  }));
export const attribute = z
  .object({ name: z.string(), value: z.unknown().transform(written) })
  .transform(({ name, value }) => ({ key: name, value }));

export const address = z
  .object({
    first_name: text,
    last_name: text,
    name: text,
    company: text,
    address1: text,
    address2: text,
    city: text,
    province: text,
    province_code: text,
    country_code: text,
    zip: text,
    phone: text,
  })
  .transform(
    (given): AddressFragment => ({
      firstName: given.first_name,
      lastName: given.last_name,
      name: given.name,
      company: given.company,
      address1: given.address1,
      address2: given.address2,
      city: given.city,
      province: given.province,
      provinceCode: given.province_code,
      countryCodeV2: given.country_code,
      zip: given.zip,
      phone: given.phone,
    }),
  );

export const customer = z
  .object({
    admin_graphql_api_id: z.string(),
    first_name: text,
    last_name: text,
    email: text,
    phone: text,
  })
  .transform(
    (given): CustomerFragment => ({
      id: given.admin_graphql_api_id,
      displayName:
        [given.first_name, given.last_name].filter(Boolean).join(" ") || given.email || "",
      defaultEmailAddress: given.email === null ? null : { emailAddress: given.email },
      defaultPhoneNumber: given.phone === null ? null : { phoneNumber: given.phone },
    }),
  );

export const line = z
  .object({
    admin_graphql_api_id: z.string(),
    title: z.string(),
    variant_title: text,
    sku: text,
    quantity,
    current_quantity: quantity,
    requires_shipping: z.boolean(),
    grams: quantity,
    product_id: id.nullable(),
    variant_id: id.nullable(),
    price_set: bagSet,
    tax_lines: z.array(taxLine),
    discount_allocations: z.array(allocation),
    properties: z.array(attribute),
  })
  .transform(
    (given): LineFragment => ({
      id: given.admin_graphql_api_id,
      title: given.title,
      variantTitle: given.variant_title,
      sku: given.sku,
      quantity: given.quantity,
      currentQuantity: given.current_quantity,
      requiresShipping: given.requires_shipping,
      product: given.product_id === null ? null : { id: gid("Product", given.product_id) },
      variant:
        given.variant_id === null
          ? null
          : { id: gid("ProductVariant", given.variant_id), barcode: null },
      image: null,
      weight: { unit: "GRAMS", value: given.grams },
      originalUnitPriceSet: given.price_set,
      originalTotalSet: timesBag(given.price_set, given.quantity),
      taxLines: given.tax_lines,
      discountAllocations: given.discount_allocations,
      customAttributes: given.properties,
    }),
  );

/** A payment as webhooks tell it: one amount, in the customer's currency. */
export const payment = z
  .object({
    admin_graphql_api_id: z.string(),
    order_id: id.nullish(),
    kind: z.string(),
    status: z.string(),
    gateway: text,
    created_at: z.string(),
    processed_at: text,
    parent_id: id.nullish(),
    amount: z.string(),
    currency: text,
  })
  .transform((given) => ({
    id: given.admin_graphql_api_id,
    kind: given.kind.toUpperCase(),
    status: given.status.toUpperCase(),
    gateway: given.gateway,
    createdAt: given.created_at,
    processedAt: given.processed_at,
    parentTransaction: given.parent_id ? { id: gid("OrderTransaction", given.parent_id) } : null,
    amount: given.amount,
    currency: given.currency,
  }));
export type Payment = z.output<typeof payment>;

/** A refunded line; the line that stands in it whole has the exact id. */
const refundLine = z
  .object({
    quantity,
    restock_type: z.string(),
    line_item: z.object({ admin_graphql_api_id: z.string() }),
    subtotal_set: bagSet,
    total_tax_set: bagSet,
  })
  .transform((given): RefundLineFragment => {
    const restockType = given.restock_type.toUpperCase();
    return {
      quantity: given.quantity,
      restockType,
      restocked: restockType !== "NO_RESTOCK",
      lineItem: { id: given.line_item.admin_graphql_api_id },
      subtotalSet: given.subtotal_set,
      totalTaxSet: given.total_tax_set,
    };
  });
export const refund = z
  .object({
    admin_graphql_api_id: z.string(),
    created_at: text,
    processed_at: z.string(),
    note: text,
    return: z.object({ admin_graphql_api_id: z.string() }).nullish(),
    refund_line_items: z.array(refundLine),
    refund_shipping_lines: z.array(
      z.object({ subtotal_amount_set: bagSet, tax_amount_set: bagSet }).transform((given) => ({
        subtotalAmountSet: given.subtotal_amount_set,
        taxAmountSet: given.tax_amount_set,
      })),
    ),
    transactions: z.array(payment),
  })
  .transform((given) => ({
    id: given.admin_graphql_api_id,
    createdAt: given.created_at,
    processedAt: given.processed_at,
    note: given.note,
    return: given.return ? { id: given.return.admin_graphql_api_id } : null,
    lines: given.refund_line_items,
    shipping: given.refund_shipping_lines,
    payments: given.transactions,
  }));
export type RestRefund = z.output<typeof refund>;

/** A fulfillment. Its parcels' state is known only where the carrier has said something. */
export const fulfillment = z
  .object({
    admin_graphql_api_id: z.string(),
    status: z.string(),
    shipment_status: text,
    created_at: z.string(),
    updated_at: z.string(),
    location_id: id.nullable(),
    tracking_company: text,
    tracking_numbers: z.array(z.string()),
    tracking_urls: z.array(z.string()),
    line_items: z.array(z.object({ admin_graphql_api_id: z.string(), quantity })),
  })
  .transform(
    (given): FulfillmentFragment => ({
      id: given.admin_graphql_api_id,
      status: given.status.toUpperCase(),
      displayStatus: given.shipment_status?.toUpperCase() ?? null,
      createdAt: given.created_at,
      updatedAt: given.updated_at,
      deliveredAt: null,
      estimatedDeliveryAt: null,
      location: given.location_id === null ? null : { id: gid("Location", given.location_id) },
      trackingInfo: given.tracking_numbers.map((number, place) => ({
        number,
        company: given.tracking_company,
        url: given.tracking_urls[place] ?? null,
      })),
      fulfillmentLineItems: onePage(
        given.line_items.map((each) => ({
          id: each.admin_graphql_api_id,
          quantity: each.quantity,
          lineItem: { id: each.admin_graphql_api_id },
        })),
      ),
      events: onePage([]),
    }),
  );

/** A scan, with the shipment it belongs to. */
export const scan = z
  .object({
    admin_graphql_api_id: z.string(),
    fulfillment_id: id,
    status: z.string(),
    message: text,
    happened_at: z.string(),
    created_at: z.string(),
    city: text,
    province: text,
    country: text,
  })
  .transform((given) => ({
    fulfillmentId: gid("Fulfillment", given.fulfillment_id),
    createdAt: given.created_at,
    scan: {
      id: given.admin_graphql_api_id,
      status: given.status.toUpperCase(),
      message: given.message,
      happenedAt: given.happened_at,
      city: given.city,
      province: given.province,
      country: given.country,
    } satisfies ScanFragment,
  }));

/** A property's value as text: apps put anything there. */
function written(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Rows that are all there are. */
export function onePage<T>(nodes: T[]) {
  return { nodes, pageInfo: { hasNextPage: false, endCursor: null } };
}

function timesBag({ shopMoney, presentmentMoney }: BagFragment, factor: number): BagFragment {
  const times = ({ amount, currencyCode }: BagFragment["shopMoney"]) => ({
    amount: Big(amount).times(factor).toFixed(),
    currencyCode,
  });
  return { shopMoney: times(shopMoney), presentmentMoney: times(presentmentMoney) };
}
