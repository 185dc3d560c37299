import type {
  OrderPayload,
  ProductPayload,
  RefundPayload,
  ShipmentPayload,
  TransactionPayload,
} from "./payload.js";

/** Everything the store holds of one order, as it came. */
export interface OrderRecords {
  order: OrderPayload;
  shipments: ShipmentPayload[];
  refunds: RefundPayload[];
  /** Null where they were not asked for. */
  transactions: TransactionPayload[] | null;
  /** When the first of them began to be read; the order's own body bears its version. */
  readAt: Date;
}

/** How much of a line has left: by the shipments, or by the line's own count where that says more. */
export function shippedOf(product: ProductPayload, shipments: readonly ShipmentPayload[]): number {
  return Math.max(inShipments(product, shipments), product.quantity_shipped);
}

/** What a line itself says has left, where that is more than its shipments tell; else null. */
export function untoldOf(
  product: ProductPayload,
  shipments: readonly ShipmentPayload[],
): number | null {
  const { quantity_shipped: told } = product;
  return told > inShipments(product, shipments) ? told : null;
}

function inShipments(product: ProductPayload, shipments: readonly ShipmentPayload[]): number {
  return shipments
    .flatMap((shipment) => shipment.items)
    .filter((item) => item.order_product_id === product.id)
    .reduce((total, item) => total + item.quantity, 0);
}

/** Whether money went back, or is on its way: a refund all of whose payments were declined gave nothing. */
export function isDeclined({ payments }: RefundPayload): boolean {
  return payments.length > 0 && payments.every((payment) => payment.is_declined === true);
}
