import type { Address } from "../domain/address.js";
import type {
  ExchangeLineWish,
  PackageWish,
  ReturnLineWish,
  TrackingWish,
} from "../domain/command.js";
import type { HoldReason } from "../domain/fulfillment.js";
import type { Money } from "../domain/money.js";
import type { LineQuantity, Quantity } from "../domain/quantity.js";
import type { ReceivedLine } from "../domain/return.js";
import type { DeliveryStatus } from "../domain/status.js";
import type { Instant } from "../domain/time.js";

/** What a mutation asks for, in our ids, before it is resolved against the order. */
export type Wish = ShipmentWish | WorkWish | OrderWish | ReturnWish | RefundWanted;

/** What is asked of shipments. */
export type ShipmentWish =
  | {
      type: "FULFILLMENT_CREATE";
      orderId: string;
      /** null: everything still open. */
      lines: LineQuantity[] | null;
      fulfillmentOrderId: string | null;
      locationId: string | null;
      packages: PackageWish[];
      shippedAt: Instant | null;
    }
  | {
      type: "FULFILLMENT_TRACKING_UPDATE";
      fulfillmentId: string;
      packages: PackageWish[];
      replace: boolean;
    }
  | { type: "FULFILLMENT_CANCEL"; fulfillmentId: string; reason: string | null }
  | {
      type: "TRACKING_EVENT_ADD";
      packageId: string;
      status: DeliveryStatus;
      occurredAt: Instant;
      message: string | null;
    };

/** What is asked of work that is still to be done. */
export type WorkWish =
  | {
      type: "FULFILLMENT_ORDER_HOLD";
      fulfillmentOrderId: string;
      reason: HoldReason;
      note: string | null;
    }
  | {
      type: "FULFILLMENT_ORDER_RELEASE";
      fulfillmentOrderId: string;
      /** null: the holds that this gateway placed. */
      holdIds: string[] | null;
    }
  | {
      type: "FULFILLMENT_ORDER_MOVE";
      fulfillmentOrderId: string;
      /** Ours. */
      locationId: string;
      /** null: all that is left. */
      lines: LineQuantity[] | null;
    };

/** What is asked of an order as a whole. */
export type OrderWish =
  | {
      type: "ORDER_CANCEL";
      orderId: string;
      /** null: the whole order. */
      lines: LineQuantity[] | null;
      reason: string;
      restock: boolean;
      /** Whether all that is left of the money is given back with it. */
      refund: boolean;
    }
  | { type: "ORDER_NOTE_ADD"; orderId: string; text: string; pushToChannel: boolean }
  | { type: "ORDER_TAGS_UPDATE"; orderId: string; add: string[]; remove: string[] }
  | { type: "ORDER_ADDRESS_UPDATE"; orderId: string; shippingAddress: Address }
  | { type: "ORDER_REFRESH"; orderId: string };

/** What is asked of goods that come back. */
export type ReturnWish =
  | {
      type: "RETURN_CREATE";
      orderId: string;
      lines: ReturnLineWish[];
      /** true: only asked for, to be approved or declined; false: agreed at once. */
      requested: boolean;
      tracking: TrackingWish | null;
      note: string | null;
      /** Absent, never empty, where the customer gets no other goods. */
      exchangeLines?: ExchangeLineWish[];
    }
  | {
      type: "RETURN_APPROVE";
      returnId: string;
      /** null: all that was asked for. */
      lines: LineQuantity[] | null;
    }
  | { type: "RETURN_DECLINE"; returnId: string; reason: string }
  | { type: "RETURN_RECEIVE"; returnId: string; lines: ReceivedLine[] }
  | { type: "RETURN_TRACKING_UPDATE"; returnId: string; tracking: TrackingWish }
  | { type: "RETURN_CLOSE"; returnId: string }
  | { type: "RETURN_CANCEL"; returnId: string };

/** Money to give back. */
export interface RefundWanted {
  type: "REFUND_CREATE";
  orderId: string;
  returnId: string | null;
  /** null: with a return what it received and nobody refunded yet; without one no pieces. */
  lines: RefundLineAsked[] | null;
  shipping: Money | null;
  /** Beyond lines and shipping: goodwill. */
  extraAmount: Money | null;
  reason: string | null;
  toStoreCredit: boolean;
}
export interface RefundLineAsked {
  lineId: string;
  quantity: Quantity;
  /** In one of the order's two currencies; null: what these pieces come to. */
  amount: Money | null;
  restock: boolean;
  /** Ours. */
  locationId: string | null;
}
