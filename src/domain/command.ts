import type { LineQuantity } from "./quantity.js";
import type { DeliveryStatus } from "./status.js";
import type { Instant } from "./time.js";

export const COMMAND_STATUSES = [
  "ACCEPTED",
  "QUEUED",
  "IN_FLIGHT",
  "RETRYING",
  "OUTCOME_UNKNOWN",
  "PARTIALLY_SUCCEEDED",
  "SUCCEEDED",
  "FAILED",
  "CANCELED",
  "NEEDS_ATTENTION",
] as const;
export type CommandStatus = (typeof COMMAND_STATUSES)[number];

/** States that end a command (and a step). NEEDS_ATTENTION does not: a person or the channel's own report ends it. */
export const ENDED: ReadonlySet<CommandStatus> = new Set([
  "SUCCEEDED",
  "PARTIALLY_SUCCEEDED",
  "FAILED",
  "CANCELED",
]);

/**
 * How a command stands, from its steps in order. A step whose outcome is not known needs a person or the channel's own
 * report; until then the command does, whatever waits behind it.
 */
export function commandStatusOf(steps: readonly CommandStatus[]): CommandStatus {
  const has = (status: CommandStatus) => steps.includes(status);
  for (const status of [
    "IN_FLIGHT",
    "NEEDS_ATTENTION",
    "OUTCOME_UNKNOWN",
    "RETRYING",
    "QUEUED",
    "ACCEPTED",
  ] as const)
    if (has(status)) return status;
  if (steps.every((status) => status === "SUCCEEDED")) return "SUCCEEDED";
  if (has("SUCCEEDED")) return "PARTIALLY_SUCCEEDED";
  return has("FAILED") ? "FAILED" : "CANCELED";
}

/** A wish to change something at a channel. Each variant is the input of one mutation, in our ids. */
export type Command =
  | FulfillmentCreate
  | FulfillmentTrackingUpdate
  | FulfillmentCancel
  | TrackingEventAdd
  | OrderCancel
  | OrderRefresh;

export type CommandType = Command["type"];
export const COMMAND_TYPES = [
  "FULFILLMENT_CREATE",
  "FULFILLMENT_TRACKING_UPDATE",
  "FULFILLMENT_CANCEL",
  "TRACKING_EVENT_ADD",
  "ORDER_CANCEL",
  "ORDER_REFRESH",
] as const satisfies readonly CommandType[];

interface Base {
  orderId: string;
  /** Whether the shop should tell its customer; null leaves the shop's default. */
  notifyCustomer: boolean | null;
}
export interface FulfillmentCreate extends Base {
  type: "FULFILLMENT_CREATE";
  /** Already resolved: never empty. */
  lines: LineQuantity[];
  fulfillmentOrderId: string | null;
  /** The platform's id of the place to ship from. */
  locationId: string | null;
  packages: PackageWish[];
  shippedAt: Instant | null;
}
export interface FulfillmentTrackingUpdate extends Base {
  type: "FULFILLMENT_TRACKING_UPDATE";
  fulfillmentId: string;
  packages: PackageWish[];
  /** true: these are all its packages; false: these are added. */
  replace: boolean;
}
export interface FulfillmentCancel extends Base {
  type: "FULFILLMENT_CANCEL";
  fulfillmentId: string;
  reason: string | null;
}
export interface TrackingEventAdd extends Base {
  type: "TRACKING_EVENT_ADD";
  packageId: string;
  fulfillmentId: string;
  status: DeliveryStatus;
  occurredAt: Instant;
  message: string | null;
}
export interface OrderCancel extends Base {
  type: "ORDER_CANCEL";
  reason: string;
  restock: boolean;
}
export interface OrderRefresh extends Base {
  type: "ORDER_REFRESH";
}

export interface PackageWish {
  tracking: TrackingWish | null;
  /** Empty: not said. */
  lines: LineQuantity[];
}
export interface TrackingWish {
  number: string;
  carrier: string | null;
  carrierCode: string | null;
  url: string | null;
}

/**
 * One effect at the shop, planned before the first is sent and kept with the command. `request` is the
 * connector's own, plain JSON, and all that `perform` needs; it holds no secrets.
 */
export interface Step {
  /** What it does, in a few words without personal data: "ship 2 lines from Berlin". */
  summary: string;
  kind: StepKind;
  /** Whether it moves money: such a step is never sent again by itself unless the platform takes a key. */
  money: boolean;
  support: "NATIVE" | "EMULATED";
  /** How the platform treats a second try. */
  idempotent: "KEYED" | "NATURAL" | "CHECK_THEN_ACT" | "UNSAFE";
  request: unknown;
  /** The shipment that will exist after it, for FULFILLMENT_CREATE steps. */
  creates: PlannedFulfillment | null;
}
/**
 * GATEWAY_SHIPMENT keeps a shipment here where the platform has none, GATEWAY_SCAN a parcel's scan; neither sends anything.
 */
export type StepKind =
  | CommandType
  | "ORDER_STATUS"
  | "ORDER_NOTE"
  | "GATEWAY_SHIPMENT"
  | "GATEWAY_SCAN";

export interface PlannedFulfillment {
  lines: LineQuantity[];
  packages: PackageWish[];
  /** The platform's id of the place. */
  locationId: string | null;
}

/** A step on its way out: what the connector gets besides the request. */
export interface StepCall {
  step: Step;
  /** 22 characters that identify this step wherever the platform can keep them. */
  marker: string;
  /** The step's id, a uuid, for platforms with native idempotency keys. */
  key: string;
  order: { nativeId: string };
  /** Ends the call when the worker's lease is lost or its time is up. */
  signal: AbortSignal;
}
