import type {
  Address,
  CustomerRef,
  DiscountLine,
  OrderHead,
  ShippingLine,
  TaxLine,
} from "../../domain/order.js";
import type { Section, Snapshot } from "../../domain/snapshot.js";
import type { PlatformStatus, StatusClaims } from "../../domain/status.js";
import { type Instant, instant } from "../../domain/time.js";
import { bag, sumBags } from "./bag.js";
import type {
  AddressFragment,
  AllocationFragment,
  CustomerFragment,
  OrderFragment,
  ShippingFragment,
  TaxFragment,
} from "./payload.js";
import { FULFILLMENT, PAYMENT, RETURN, wordOf } from "./status.js";
import type { OrderTold } from "./told.js";
import { translateTotals } from "./totals.js";
import {
  translateFulfillment,
  translateFulfillmentOrder,
  translateScans,
} from "./translate-fulfillment.js";
import { keyValues, translateLines } from "./translate-line.js";
import { translateRefunds, translateTransaction } from "./translate-refund.js";
import { translateReturn } from "./translate-return.js";

/** Where the answers come from, as far as a translation needs to know. */
export interface Origin {
  /** "x.myshopify.com" */
  shop: string;
  /** When our read began: the age of what `updatedAt` does not move with. */
  readAt: Instant;
  /** Sections of which some rows were out of reach. */
  partial?: ReadonlySet<keyof Snapshot>;
}

/**
 * A whole order with all its sections. Head and lines are as old as the order's own `updatedAt`; fulfillment
 * orders, shipments, scans, refunds and transactions change without moving it, so they are as old as our read.
 */
export function translateOrder(order: OrderFragment, origin: Origin): Snapshot {
  const updatedAt = instant(order.updatedAt);
  const section = <T>(name: keyof Snapshot, asOf: Instant, value: T): Section<T> => ({
    asOf,
    complete: !origin.partial?.has(name),
    value,
  });
  const { readAt } = origin;
  return {
    ref: { nativeId: order.id, number: order.name },
    head: section("head", updatedAt, translateHead(order, origin.shop)),
    lines: section("lines", updatedAt, translateLines(order.lineItems.nodes, order.refunds)),
    fulfillments: section("fulfillments", readAt, order.fulfillments.map(translateFulfillment)),
    scans: section("scans", readAt, order.fulfillments.flatMap(translateScans)),
    fulfillmentOrders: section(
      "fulfillmentOrders",
      readAt,
      order.fulfillmentOrders.nodes.map(translateFulfillmentOrder),
    ),
    ...(order.returns && {
      returns: section(
        "returns",
        readAt,
        order.returns.nodes.map((row) => translateReturn(row, order.lineItems.nodes)),
      ),
    }),
    refunds: section("refunds", readAt, translateRefunds(order.refunds)),
    transactions: section("transactions", readAt, order.transactions.map(translateTransaction)),
  };
}

/** What an order says of itself. Every address, customer and contact is null where the app may not see it. */
export function translateHead(order: OrderTold, shop: string): OrderHead {
  const closedAt = order.closedAt && instant(order.closedAt);
  return {
    number: order.name,
    source: order.sourceName,
    isTest: order.test,
    placedAt: instant(order.processedAt),
    platformUpdatedAt: instant(order.updatedAt),
    canceledAt: order.cancelledAt && instant(order.cancelledAt),
    cancelReason: order.cancelReason,
    completedAt: closedAt,
    archivedAt: closedAt,
    taxesIncluded: order.taxesIncluded,
    totals: translateTotals(order),
    shippingLines: order.shippingLines.nodes.map(translateShipping),
    taxLines: order.taxLines.map(translateTax),
    discounts: translateDiscounts(order),
    paymentMethods: order.paymentGatewayNames,
    customer: order.customer && translateCustomer(order.customer),
    email: order.email,
    phone: order.phone,
    shippingAddress: order.shippingAddress && translateAddress(order.shippingAddress),
    billingAddress: order.billingAddress && translateAddress(order.billingAddress),
    notes: order.note
      ? [{ text: order.note, author: null, at: instant(order.processedAt), customerVisible: false }]
      : [],
    tags: order.tags,
    attributes: keyValues(order.customAttributes),
    platformStatuses: Object.values(platformStatuses(order)).flat(),
    claims: translateClaims(order),
    adminUrl: `https://${shop}/admin/orders/${order.legacyResourceId}`,
  };
}

/** A word that we do not know makes the claim UNKNOWN; the word itself stays in the statuses. */
function translateClaims(order: OrderTold): StatusClaims {
  const from = platformStatuses(order);
  const { displayFinancialStatus: payment, displayFulfillmentStatus: fulfillment } = order;
  const state = order.cancelledAt ? "CANCELED" : order.closedAt ? "COMPLETED" : "OPEN";
  const basis = "PLATFORM_FIELD";
  return {
    ORDER: { value: state, basis, from: from.order },
    ...(payment && {
      PAYMENT: { value: wordOf(PAYMENT, payment, "UNKNOWN"), basis, from: from.payment },
    }),
    FULFILLMENT: {
      value: wordOf(FULFILLMENT, fulfillment, "UNKNOWN"),
      basis,
      from: from.fulfillment,
    },
    ...(order.returnStatus && {
      RETURN: { value: wordOf(RETURN, order.returnStatus, "UNKNOWN"), basis, from: from.return },
    }),
  };
}

function platformStatuses(order: OrderTold) {
  const said = (field: string, value: string | null): PlatformStatus[] =>
    value === null ? [] : [{ field, value, label: null, isCustom: false }];
  return {
    // An order that is neither canceled nor closed says so by its field `closed`.
    order:
      order.cancelledAt || order.closedAt
        ? [
            ...said("cancelledAt", order.cancelledAt && instant(order.cancelledAt)),
            ...said("closedAt", order.closedAt && instant(order.closedAt)),
          ]
        : said("closed", "false"),
    payment: said("displayFinancialStatus", order.displayFinancialStatus),
    fulfillment: said("displayFulfillmentStatus", order.displayFulfillmentStatus),
    return: said("returnStatus", order.returnStatus),
  };
}

function translateShipping(line: ShippingFragment): ShippingLine {
  const price = bag(line.originalPriceSet);
  return {
    id: line.id ?? line.title,
    title: line.title,
    code: line.code,
    carrier: line.carrierIdentifier,
    price,
    discounts: sumBags(
      line.discountAllocations.map((each) => each.allocatedAmountSet),
      price,
    ),
    tax: sumBags(
      line.taxLines.map((tax) => tax.priceSet),
      price,
    ),
  };
}

function translateTax({ title, rate, priceSet }: TaxFragment): TaxLine {
  return { title, rate: rate === null ? null : String(rate), amount: bag(priceSet) };
}

/** Each discount with what it took off lines and shipping together. */
function translateDiscounts(order: OrderTold): DiscountLine[] {
  const like = bag(order.totalPriceSet);
  const allocations: AllocationFragment[] = [
    ...order.lineItems.nodes,
    ...order.shippingLines.nodes,
  ].flatMap((each) => each.discountAllocations);
  return order.discountApplications.nodes.map(({ index, code, title }) => {
    const own = allocations.filter((each) => each.discountApplication.index === index);
    return {
      code: code ?? null,
      title: title ?? null,
      amount: sumBags(
        own.map((each) => each.allocatedAmountSet),
        like,
      ),
    };
  });
}

function translateCustomer(customer: CustomerFragment): CustomerRef {
  return {
    nativeId: customer.id,
    displayName: customer.displayName || null,
    email: customer.defaultEmailAddress?.emailAddress ?? null,
    phone: customer.defaultPhoneNumber?.phoneNumber ?? null,
  };
}

function translateAddress(address: AddressFragment): Address {
  const parts = [address.firstName, address.lastName].filter(Boolean).join(" ");
  return {
    name: address.name || parts || null,
    company: address.company,
    line1: address.address1,
    line2: address.address2,
    city: address.city,
    region: address.province,
    regionCode: address.provinceCode,
    postalCode: address.zip,
    country: address.countryCodeV2,
    phone: address.phone,
  };
}
