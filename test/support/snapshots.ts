import { sameMoney } from "../../src/domain/money.js";
import type { LineFacts, OrderHead } from "../../src/domain/order.js";
import type { Native, NativeFulfillment, Snapshot } from "../../src/domain/snapshot.js";

/** Small, plain building blocks of what a channel may say; each test changes what it is about. */
export const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

export function head(changes: Partial<OrderHead> = {}): OrderHead {
  return {
    number: "1001",
    source: "web",
    isTest: false,
    placedAt: at(0),
    platformUpdatedAt: at(0),
    canceledAt: null,
    cancelReason: null,
    completedAt: null,
    archivedAt: null,
    taxesIncluded: false,
    totals: {
      original: sameMoney("30.00", "EUR"),
      subtotal: sameMoney("30.00", "EUR"),
      shipping: sameMoney("0.00", "EUR"),
      discounts: sameMoney("0.00", "EUR"),
      tax: sameMoney("0.00", "EUR"),
      duties: null,
      total: sameMoney("30.00", "EUR"),
      authorized: null,
      captured: sameMoney("30.00", "EUR"),
      refunded: null,
    },
    shippingLines: [],
    taxLines: [],
    discounts: [],
    paymentMethods: ["card"],
    customer: null,
    email: "ada@example.com",
    phone: null,
    shippingAddress: null,
    billingAddress: null,
    notes: [],
    tags: [],
    attributes: [],
    platformStatuses: [
      { field: "status", value: "processing", label: "Processing", isCustom: false },
    ],
    claims: {},
    adminUrl: null,
    ...changes,
  };
}

export function line(
  nativeId: string,
  ordered: number,
  changes: Partial<LineFacts> = {},
): Native<LineFacts> {
  return {
    nativeId,
    name: `Goods ${nativeId}`,
    sku: `SKU-${nativeId}`,
    barcode: null,
    variantTitle: null,
    imageUrl: null,
    requiresShipping: true,
    weightGrams: null,
    ordered,
    canceled: 0,
    fulfilled: null,
    unitPrice: sameMoney("10.00", "EUR"),
    discounts: sameMoney("0.00", "EUR"),
    tax: sameMoney("0.00", "EUR"),
    total: sameMoney("10.00", "EUR"),
    properties: [],
    externalProductId: null,
    externalVariantId: null,
    parentLineId: null,
    ...changes,
  };
}

export function shipment(
  nativeId: string,
  lines: Record<string, number>,
  changes: Partial<NativeFulfillment> & { number?: string } = {},
): NativeFulfillment {
  const { number, ...rest } = changes;
  return {
    nativeId,
    status: "SUCCESS",
    deliveryStatus: "UNKNOWN",
    locationId: null,
    lines: Object.entries(lines).map(([lineId, quantity]) => ({ lineId, quantity })),
    createdAt: at(5),
    shippedAt: at(5),
    deliveredAt: null,
    platformStatuses: [],
    marker: null,
    packages: number
      ? [
          {
            nativeId: number,
            tracking: {
              number,
              carrier: "UPS",
              carrierCode: "ups",
              url: null,
              estimatedDeliveryAt: null,
            },
            lines: [],
          },
        ]
      : [],
    ...rest,
  };
}

/** An order of three of line "1" and one of line "2", with all its sections. */
export function snapshot(nativeId: string, minute = 0, changes: Partial<Snapshot> = {}): Snapshot {
  const asOf = at(minute);
  return {
    ref: { nativeId },
    head: { asOf, complete: true, value: head() },
    lines: { asOf, complete: true, value: [line("1", 3), line("2", 1)] },
    fulfillments: { asOf, complete: true, value: [] },
    ...changes,
  };
}
