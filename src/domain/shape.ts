import { deliveryOf, parcelDelivery } from "./delivery.js";
import type { Derived } from "./derive.js";
import { derive } from "./derive.js";
import type {
  DocumentFulfillment,
  DocumentLine,
  DocumentPackage,
  DocumentReturn,
  LineQuantities,
  OrderDocument,
} from "./document.js";
import type { Fulfillment, Package, TrackingEvent } from "./fulfillment.js";
import type { Order, OrderLine } from "./order.js";
import { present } from "./part.js";
import { byLine, type LineQuantity } from "./quantity.js";
import { type Return, returnStatusOf } from "./return.js";
import { shapeWork } from "./shape-work.js";

/** Shapes an order for reading. Pure: equal facts give an equal document. */
export function shapeOrder(order: Order, derived: Derived = derive(order)): OrderDocument {
  const { head } = order;
  const lineIds = new Set(present(order.lines).map((line) => line.id));
  const own = (lines: LineQuantity[]) => mergedLines(lines, lineIds);
  const returnIds = new Set(present(order.returns).map((row) => row.id));
  return {
    id: order.id,
    number: head.number,
    channelId: order.channelId,
    nativeId: order.nativeId,
    adminUrl: head.adminUrl,
    source: head.source,
    isTest: head.isTest,
    placedAt: head.placedAt,
    canceledAt: head.canceledAt,
    cancelReason: head.cancelReason,
    completedAt: head.completedAt,
    archivedAt: head.archivedAt,
    deletedAt: order.deletedAt,
    state: derived.statuses.ORDER,
    paymentStatus: derived.statuses.PAYMENT,
    fulfillmentStatus: derived.statuses.FULFILLMENT,
    deliveryStatus: derived.statuses.DELIVERY,
    returnStatus: derived.statuses.RETURN,
    platformStatuses: head.platformStatuses,
    statusProvenance: derived.provenance,
    tags: [...new Set([...head.tags, ...(head.keptTags ?? [])])],
    totals: derived.totals,
    taxesIncluded: head.taxesIncluded,
    shippingLines: head.shippingLines,
    taxLines: head.taxLines,
    discounts: head.discounts,
    paymentMethods: head.paymentMethods,
    customer: head.customer,
    email: head.email,
    phone: head.phone,
    shippingAddress: head.shippingAddress,
    billingAddress: head.billingAddress,
    notes: head.notes,
    attributes: head.attributes,
    holds: present(order.fulfillmentOrders).flatMap((work) => work.holds),
    anomalies: derived.anomalies,
    lines: present(order.lines).map((line) =>
      shapeLine(line, derived.byLine.get(line.id) as LineQuantities),
    ),
    fulfillmentOrders: present(order.fulfillmentOrders).map((work) =>
      shapeWork(work, order, derived),
    ),
    fulfillments: order.fulfillments.filter(isShown).map((f) => shapeFulfillment(f, own)),
    returns: present(order.returns).map((row) => shapeReturn(row, lineIds)),
    refunds: present(order.refunds).map((refund) => ({
      id: refund.id,
      nativeId: refund.nativeId,
      returnId: returnIds.has(refund.returnId ?? "") ? refund.returnId : null,
      commandId: refund.commandId,
      status: refund.status,
      amount: refund.amount,
      lines: refund.lines
        .filter((line) => lineIds.has(line.lineId))
        .map(({ lineId, quantity, amount, restocked }) => ({
          lineId,
          quantity,
          amount,
          restocked,
        })),
      shipping: refund.shipping,
      reason: refund.reason,
      createdAt: refund.createdAt,
    })),
    transactions: present(order.transactions).map((t) => ({
      id: t.id,
      nativeId: t.nativeId,
      kind: t.kind,
      status: t.status,
      gateway: t.gateway,
      amount: t.amount,
      processedAt: t.processedAt,
    })),
  };
}

function shapeLine(line: OrderLine, quantities: LineQuantities): DocumentLine {
  return {
    id: line.id,
    nativeId: line.nativeId,
    name: line.name,
    sku: line.sku,
    barcode: line.barcode,
    variantTitle: line.variantTitle,
    imageUrl: line.imageUrl,
    requiresShipping: line.requiresShipping,
    weightGrams: line.weightGrams,
    quantities,
    unitPrice: line.unitPrice,
    discounts: line.discounts,
    tax: line.tax,
    total: line.total,
    properties: line.properties,
    externalProductId: line.externalProductId,
    externalVariantId: line.externalVariantId,
    parentLineId: line.parentLineId,
  };
}

/** A shipment that was taken back stays in sight, also where the shop forgot it. */
function isShown(shipment: Fulfillment): boolean {
  return shipment.removedAt === null || shipment.status === "CANCELED";
}

function shapeFulfillment(
  shipment: Fulfillment,
  own: (lines: LineQuantity[]) => LineQuantity[],
): DocumentFulfillment {
  const parcels = shipment.packages.filter(
    (parcel) => parcel.removedAt === null || parcel.tracking,
  );
  return {
    id: shipment.id,
    nativeId: shipment.nativeId,
    owner: shipment.owner,
    status: shipment.status,
    deliveryStatus: deliveryOf(shipment),
    locationId: shipment.locationId,
    lines: own(shipment.lines),
    packages: parcels.map((parcel) => shapePackage(parcel, shipment, own)),
    createdAt: shipment.createdAt,
    shippedAt: shipment.shippedAt,
    deliveredAt: shipment.deliveredAt ?? deliveredAt(shipment),
    platformStatuses: shipment.platformStatuses,
    commandId: shipment.commandId,
  };
}

function shapePackage(
  parcel: Package,
  shipment: Fulfillment,
  own: (lines: LineQuantity[]) => LineQuantity[],
): DocumentPackage {
  const scans = present(parcel.scans).sort(newestFirst);
  return {
    id: parcel.id,
    lines: own(parcel.lines),
    tracking: parcel.tracking && {
      ...parcel.tracking,
      status: shipment.status === "SUCCESS" ? parcelDelivery(parcel, shipment) : "NOT_SHIPPED",
      source: scans[0]?.source ?? "CHANNEL",
      removedAt: parcel.removedAt,
      events: scans.map((scan) => ({
        id: scan.id,
        status: scan.status,
        rawStatus: scan.rawStatus,
        message: scan.message,
        city: scan.city,
        region: scan.region,
        country: scan.country,
        occurredAt: scan.occurredAt,
        recordedAt: scan.recordedAt,
        source: scan.source,
      })),
    },
  };
}

function shapeReturn(row: Return, lineIds: Set<string>): DocumentReturn {
  return {
    id: row.id,
    nativeId: row.nativeId,
    owner: row.owner,
    name: row.name,
    status: returnStatusOf(row),
    lines: row.lines
      .filter((line) => lineIds.has(line.lineId))
      .map(({ nativeId: _, restocked: _r, ...line }) => line),
    ...(row.exchangeLines && {
      exchangeLines: row.exchangeLines.map(({ nativeId: _, ...line }) => line),
    }),
    shipments: row.shipments.map(({ tracking, labelUrl }) => ({
      tracking: tracking && {
        ...tracking,
        status: "UNKNOWN",
        source: row.owner,
        removedAt: null,
        events: [],
      },
      labelUrl,
    })),
    requestedAt: row.requestedAt,
    note: row.note,
    projection: row.projection,
    commandId: row.commandId,
    planned: !row.made,
  };
}

/** Of scans that happened at one time the one that was recorded last comes first. */
function newestFirst(a: TrackingEvent, b: TrackingEvent): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

/** When the last parcel arrived, if all did. */
function deliveredAt(shipment: Fulfillment): string | null {
  if (deliveryOf(shipment) !== "DELIVERED") return null;
  const arrivals = present(shipment.packages)
    .flatMap((parcel) => present(parcel.scans))
    .filter((scan) => scan.status === "DELIVERED")
    .map((scan) => scan.occurredAt);
  return arrivals.sort().at(-1) ?? null;
}

function mergedLines(lines: LineQuantity[], known: Set<string>): LineQuantity[] {
  return [...byLine(lines)]
    .filter(([lineId]) => known.has(lineId))
    .map(([lineId, quantity]) => ({ lineId, quantity }));
}
