import type { Address } from "./address.js";
import type { HoldReason } from "./fulfillment.js";
import type { MoneyBag } from "./money.js";
import type { LineQuantity, Quantity } from "./quantity.js";
import type { ReceivedLine, Resolution, ReturnProjection, ReturnReason } from "./return.js";
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
  | FulfillmentOrderHold
  | FulfillmentOrderRelease
  | FulfillmentOrderMove
  | OrderCancel
  | OrderNoteAdd
  | OrderTagsUpdate
  | OrderAddressUpdate
  | OrderRefresh
  | ReturnCreate
  | ReturnApprove
  | ReturnDecline
  | ReturnReceive
  | ReturnTrackingUpdate
  | ReturnClose
  | ReturnCancel
  | RefundCreate;

export type CommandType = Command["type"];
export const COMMAND_TYPES = [
  "FULFILLMENT_CREATE",
  "FULFILLMENT_TRACKING_UPDATE",
  "FULFILLMENT_CANCEL",
  "TRACKING_EVENT_ADD",
  "FULFILLMENT_ORDER_HOLD",
  "FULFILLMENT_ORDER_RELEASE",
  "FULFILLMENT_ORDER_MOVE",
  "ORDER_CANCEL",
  "ORDER_NOTE_ADD",
  "ORDER_TAGS_UPDATE",
  "ORDER_ADDRESS_UPDATE",
  "ORDER_REFRESH",
  "RETURN_CREATE",
  "RETURN_APPROVE",
  "RETURN_DECLINE",
  "RETURN_RECEIVE",
  "RETURN_TRACKING_UPDATE",
  "RETURN_CLOSE",
  "RETURN_CANCEL",
  "REFUND_CREATE",
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
interface WorkBase extends Base {
  fulfillmentOrderId: string;
}
/** Holds all that is left of a fulfillment order back. */
export interface FulfillmentOrderHold extends WorkBase {
  type: "FULFILLMENT_ORDER_HOLD";
  reason: HoldReason;
  /** For people: why, in their words. */
  note: string | null;
}
export interface FulfillmentOrderRelease extends WorkBase {
  type: "FULFILLMENT_ORDER_RELEASE";
  /** Already resolved: ids of ours, each of a hold of this fulfillment order, never empty. */
  holdIds: string[];
}
export interface FulfillmentOrderMove extends WorkBase {
  type: "FULFILLMENT_ORDER_MOVE";
  /** The platform's id of the place it is to leave from. */
  locationId: string;
  /** Only these, which are a part of what is left of it; null: all that is left. */
  lines: LineQuantity[] | null;
}
export interface OrderCancel extends Base {
  type: "ORDER_CANCEL";
  reason: string;
  restock: boolean;
  /** What is given back with it: all that is left of the money; null leaves the money where it is. */
  refund: RefundWish | null;
}
export interface OrderNoteAdd extends Base {
  type: "ORDER_NOTE_ADD";
  text: string;
  /** Whether the shop gets it too, for its staff; else it is kept here only. */
  pushToChannel: boolean;
}
export interface OrderTagsUpdate extends Base {
  type: "ORDER_TAGS_UPDATE";
  add: string[];
  remove: string[];
}
export interface OrderAddressUpdate extends Base {
  type: "ORDER_ADDRESS_UPDATE";
  /** The whole address as it is to be; what is null there is emptied. */
  shippingAddress: Address;
}
export interface OrderRefresh extends Base {
  type: "ORDER_REFRESH";
}

export interface ReturnCreate extends Base {
  type: "RETURN_CREATE";
  lines: ReturnLineWish[];
  /** true: only asked for, to be approved or declined; false: agreed at once. */
  requested: boolean;
  tracking: TrackingWish | null;
  note: string | null;
  /** What the customer is to get instead; absent where nothing is. */
  exchangeLines?: ExchangeLineWish[];
}
/** Goods of the shop's catalog that are sent for those that come back. */
export interface ExchangeLineWish {
  sku: string;
  quantity: Quantity;
}
export interface ReturnLineWish {
  lineId: string;
  quantity: Quantity;
  reason: ReturnReason;
  note: string | null;
  resolution: Resolution;
}
interface ReturnBase extends Base {
  returnId: string;
}
export interface ReturnApprove extends ReturnBase {
  type: "RETURN_APPROVE";
  /** Already resolved: how much of each line is agreed to, never empty. */
  lines: LineQuantity[];
}
export interface ReturnDecline extends ReturnBase {
  type: "RETURN_DECLINE";
  reason: string;
}
export interface ReturnReceive extends ReturnBase {
  type: "RETURN_RECEIVE";
  lines: ReceivedLine[];
}
export interface ReturnTrackingUpdate extends ReturnBase {
  type: "RETURN_TRACKING_UPDATE";
  tracking: TrackingWish;
}
export interface ReturnClose extends ReturnBase {
  type: "RETURN_CLOSE";
}
export interface ReturnCancel extends ReturnBase {
  type: "RETURN_CANCEL";
}

export interface RefundCreate extends Base {
  type: "REFUND_CREATE";
  refund: RefundWish;
  /** Whether the customer gets it as store credit instead of by the way they paid. */
  toStoreCredit: boolean;
}
/** Money to give back, every amount resolved. */
export interface RefundWish {
  returnId: string | null;
  lines: RefundLineWish[];
  shipping: MoneyBag | null;
  /** Beyond lines and shipping: goodwill. */
  extra: MoneyBag | null;
  /** The sum of all of it, and what the shop is to move. */
  amount: MoneyBag;
  reason: string | null;
}
export interface RefundLineWish {
  lineId: string;
  quantity: Quantity;
  amount: MoneyBag;
  /** Whether the caller named the amount; else it is what the quote says of these pieces. */
  fixed: boolean;
  restock: boolean;
  /** The platform's id of the place it goes back to. */
  locationId: string | null;
}

/** A wish that is about a whole shop and none of its orders: no order offers it and no worker takes it. */
export interface ChannelReconcile {
  type: "CHANNEL_RECONCILE";
  channelId: string;
  /** Orders placed from then to then. */
  from: Instant;
  to: Instant;
}
export type ChannelCommandType = ChannelReconcile["type"];

/** Commands that move money. While one needs attention no other of its order is sent. */
export function movesMoney(command: Command): boolean {
  return (
    command.type === "REFUND_CREATE" || (command.type === "ORDER_CANCEL" && command.refund !== null)
  );
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
  /** What a person must know or do beside it: "the shop sends no money back: send 24.00 EUR by hand". */
  warning?: string;
  kind: StepKind;
  /** Whether it moves money: such a step is never sent again by itself unless the platform takes a key. */
  money: boolean;
  support: "NATIVE" | "EMULATED";
  /** How the platform treats a second try. */
  idempotent: "KEYED" | "NATURAL" | "CHECK_THEN_ACT" | "UNSAFE";
  request: unknown;
  /** What will exist after it, under an id of ours from the moment it is planned. */
  creates: Creation | null;
}
/** ORDER_STATUS sets a status beside the effect itself; a GATEWAY_… step is kept here and sends nothing. */
export type StepKind = CommandType | ChannelCommandType | "ORDER_STATUS" | KeptKind;
export type KeptKind = (typeof KEPT_KINDS)[number];
export const KEPT_KINDS = [
  "GATEWAY_SHIPMENT",
  "GATEWAY_SCAN",
  "GATEWAY_HOLD",
  "GATEWAY_RELEASE",
  "GATEWAY_MOVE",
  "GATEWAY_RETURN",
  "GATEWAY_NOTE",
  "GATEWAY_TAGS",
] as const;
export function isKept(kind: StepKind): boolean {
  return (KEPT_KINDS as readonly string[]).includes(kind);
}

export type Creation = PlannedFulfillment | PlannedReturn | PlannedRefund;
export interface PlannedReturn {
  noun: "Return";
  lines: ReturnLineWish[];
  requested: boolean;
  tracking: TrackingWish | null;
  note: string | null;
  projection: ReturnProjection;
}
export interface PlannedRefund extends RefundWish {
  noun: "Refund";
}
export interface PlannedFulfillment {
  noun: "Fulfillment";
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
  /** When it was first sent, where it may have been: what is older is not its effect. */
  sentAt?: Instant;
  /** Ends the call when the worker's lease is lost or its time is up. */
  signal: AbortSignal;
}
