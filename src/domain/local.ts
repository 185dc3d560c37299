import type { PackageWish, PlannedRefund, PlannedReturn } from "./command.js";
import type { HoldReason } from "./fulfillment.js";
import type { OrderNote } from "./order.js";
import type { LineQuantity } from "./quantity.js";
import type { ReturnMove } from "./return.js";
import type { Instant } from "./time.js";
import type { Scan } from "./tracking.js";

/** Something only we know of an order; it enters by `record` like everything else. Ids are ours. */
export type LocalFact =
  | PlannedShipment
  /** A planned shipment that will not come: its step was refused or withdrawn. */
  | { kind: "shipment-dropped"; fulfillmentId: string }
  /** The shop made it, or a person says so; the platform's id where it told. */
  | {
      kind: "shipment-confirmed";
      fulfillmentId: string;
      nativeId: string | null;
      shippedAt: Instant;
    }
  /** A planned shipment that the gateway keeps itself, since the platform has none. */
  | { kind: "shipment-kept"; fulfillmentId: string; shippedAt: Instant }
  /** New tracking for a shipment that the gateway keeps. */
  | { kind: "shipment-tracked"; fulfillmentId: string; packages: PackageWish[]; replace: boolean }
  /** A shipment that the gateway keeps was taken back. */
  | { kind: "shipment-canceled"; fulfillmentId: string }
  /** A scan that no platform told us. */
  | { kind: "parcel-scanned"; packageId: string; scan: Scan }
  /** A hold that the gateway keeps, since the platform has none. */
  | {
      kind: "hold-placed";
      fulfillmentOrderId: string;
      hold: {
        reason: HoldReason;
        note: string | null;
        since: Instant;
        by: string | null;
        commandId: string | null;
      };
    }
  /** Holds that no longer stand: those the gateway keeps, or such as the shop has just released. */
  | { kind: "holds-released"; fulfillmentOrderId: string; holdIds: string[] }
  /** Work that the gateway keeps is to leave from another place, by the platform's id of it. */
  | { kind: "work-moved"; fulfillmentOrderId: string; locationId: string }
  | ReturnPlanned
  /** A planned return that will not come. */
  | { kind: "return-dropped"; returnId: string }
  /** The shop made it, or a person says so; the platform's id where it told. */
  | { kind: "return-confirmed"; returnId: string; nativeId: string | null }
  /** A planned return that the gateway keeps itself, since the platform has none. */
  | { kind: "return-kept"; returnId: string }
  /** What happened to a return: one the gateway keeps, or one whose shop has just done it. */
  | { kind: "return-moved"; returnId: string; move: ReturnMove }
  | RefundPlanned
  /** A planned refund that will not come. */
  | { kind: "refund-dropped"; refundId: string }
  /** Its step was sent and nobody knows what came of it. */
  | { kind: "refund-unclear"; refundId: string }
  | { kind: "refund-confirmed"; refundId: string; nativeId: string | null }
  /** A note of ours. */
  | { kind: "note-added"; note: OrderNote }
  /** Tags that only we keep. */
  | { kind: "tags-kept"; add: string[]; remove: string[] };

interface Planned {
  commandId: string;
  stepIndex: number;
  marker: string;
  plannedAt: Instant;
}
/** A return that a command's step is going to make. */
export interface ReturnPlanned extends Planned, Omit<PlannedReturn, "noun"> {
  kind: "return-planned";
  returnId: string;
}
/** A refund that a command's step is going to make; its quantities and its amount count from now on. */
export interface RefundPlanned extends Planned, Omit<PlannedRefund, "noun" | "returnId"> {
  kind: "refund-planned";
  refundId: string;
  /** The return it pays for, ours. */
  returnId: string | null;
}
/** A shipment that a command's step is going to make; it waits under its id until the channel reports it. */
export interface PlannedShipment extends Planned {
  kind: "shipment-planned";
  fulfillmentId: string;
  lines: LineQuantity[];
  packages: PackageWish[];
  /** The platform's id of the place. */
  locationId: string | null;
}
