import type { PackageWish } from "./command.js";
import type { LineQuantity } from "./quantity.js";
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
  | { kind: "parcel-scanned"; packageId: string; scan: Scan };

/** A shipment that a command's step is going to make; it waits under its id until the channel reports it. */
export interface PlannedShipment {
  kind: "shipment-planned";
  fulfillmentId: string;
  commandId: string;
  stepIndex: number;
  marker: string;
  lines: LineQuantity[];
  packages: PackageWish[];
  /** The platform's id of the place. */
  locationId: string | null;
  plannedAt: Instant;
}
