import type { Command, Step, StepCall } from "./command.js";
import type { ChannelError } from "./errors.js";
import type { MoneyBag } from "./money.js";
import type { Address, Order } from "./order.js";
import type { Quantity } from "./quantity.js";
import type { OrderRef, Snapshot } from "./snapshot.js";
import type { StatusMeaning } from "./status.js";
import type { Instant } from "./time.js";

/** The platform's name in capitals, from the connector registry ("WOOCOMMERCE"). */
export type Platform = string;

/** One open shop. Reading answers in snapshots; nothing here touches our store. */
export interface Channel {
  readonly capabilities: Capability[];
  /** The longest that this shop may still carry out a call of which no answer came, from when it was sent. Milliseconds. */
  readonly settleMs: number;
  /** Who and what this shop is; throws ChannelError that says which permission or setting to change. */
  probe(signal?: AbortSignal): Promise<Probe>;
  /**
   * Orders changed in a window, whole snapshots in pages. Without `from` everything, newest first (a backfill);
   * with `from` by time of change, oldest first (a poll). `cursor` resumes after that page.
   */
  pull(window: PullWindow): AsyncIterable<PulledPage>;
  /**
   * Orders that were placed in a window, at a glance and in any order: cheap, and whole where times of change are not.
   * A sweep compares it with what it saw before; `cursor` resumes after that page.
   */
  survey(window: SurveyWindow): AsyncIterable<SurveyedPage>;
  /** One order as it is now with all its sections, or null when it is gone for good. */
  read(ref: OrderRef, signal?: AbortSignal): Promise<Snapshot | null>;
  /** What a webhook says. Pure and offline; never throws. */
  receive(request: WebhookRequest): Receipt;
  /**
   * What a body says that was kept since it could not be understood: a delivery whose sender was known to be genuine,
   * or a record of a pull. Pure and offline; never throws. Absent where bodies cannot be read a second time.
   */
  translate?(kept: KeptBody): Translation;
  /**
   * What the shop itself says that a refund of these pieces comes to; changes nothing. Absent where it cannot tell: then
   * the order's own amounts are counted. Throws ChannelError.
   */
  quote?(order: Order, asked: QuoteAsked, signal?: AbortSignal): Promise<Quote>;
  /** The effects that a command needs here, in order. Pure; throws GatewayError where the shop cannot do it. */
  plan(command: Command, order: Order): Step[];
  /** Sends one step. Never throws for what the shop did or did not; see Outcome. */
  perform(call: StepCall): Promise<Outcome>;
  /** Whether a step that may have happened did, by its marker or its looks. Sends nothing that changes anything; never throws. */
  find(call: StepCall): Promise<Finding>;
  /** Webhook subscriptions as the shop holds them, ours only (those that deliver to `url`). */
  webhooks(url: string, signal?: AbortSignal): Promise<WebhookRegistration[]>;
  /** Makes the subscriptions that are missing and wakes those that were switched off; says what is registered then. */
  ensureWebhooks(url: string, signal?: AbortSignal): Promise<WebhookRegistration[]>;
  /** Takes our subscriptions away, as far as the shop lets us. */
  removeWebhooks(url: string, signal?: AbortSignal): Promise<void>;
}

/** A platform that this build can connect to: one folder under connectors and one line in the registry. */
export interface Connector {
  readonly platform: Platform;
  /** As people write it: "WooCommerce". */
  readonly name: string;
  /** JSON Schema of the settings that `open` takes, each property with a title and a description; secrets bear `writeOnly`. */
  readonly settings: Record<string, unknown>;
  /** What the platform can do at best; a shop's own list may be shorter. */
  readonly capabilities: Capability[];
  /** What this build makes of the platform's own words for how an order stands. */
  readonly meanings?: readonly StatusMeaning[];
  /** Opens a shop without calling it. Throws InvalidInput, naming every property that is wrong. */
  open(settings: unknown, context: OpenContext): Channel;
}

/** What a connector needs of its surroundings. */
export interface OpenContext {
  /** Secret with which the shop signs what it sends, where we may choose it. */
  webhookSecret: string;
  /** What earlier probes found; null before the first. */
  probe: Probe | null;
  /** The only way out; injected, so that addresses can be guarded and tests can listen. */
  fetch: typeof fetch;
  /** Called with what the shop says of its limits, for budgets and for people. */
  onRateLimit?: (limit: { remaining: number; resetsAt: Instant | null }) => void;
  now?: () => Date;
}

/** What was found out about a shop when it was asked. */
export interface Probe {
  shopName: string;
  currency: string;
  /** IANA name. */
  timezone: string;
  platformVersion: string | null;
  externalUrl: string;
  capabilities: Capability[];
  locations: NativeLocation[];
  /** The platform's own findings that `open` wants back (status labels, dialects), plain JSON. */
  findings: Record<string, unknown>;
}
export interface NativeLocation {
  nativeId: string;
  name: string;
  address: Address | null;
}

export interface PullWindow {
  from?: Date;
  to?: Date;
  cursor?: string;
  signal?: AbortSignal;
}
export interface PulledPage {
  snapshots: Snapshot[];
  /** Records that could not be translated, kept so that nothing is lost. */
  unreadable: Unreadable[];
  cursor: string;
  /** How many orders the whole window has, where the platform says. */
  estimatedTotal: number | null;
}
export interface SurveyWindow {
  /** By the shop's own time of placing, both ends included. */
  from: Date;
  to: Date;
  cursor?: string;
  signal?: AbortSignal;
}
export interface SurveyedPage {
  orders: Glance[];
  cursor: string;
}
/** One order as a list shows it. */
export interface Glance {
  nativeId: string;
  /**
   * The same while nothing changed that a read would show, and another as soon as something did: made of what the list
   * says, also of what moves no time of change. What it leaves out no sweep can find.
   */
  print: string;
}
export interface Unreadable {
  ref: OrderRef | null;
  reason: string;
  body: unknown;
}

/** A delivery as it came: header names in lower case, the body's own bytes. */
export interface WebhookRequest {
  headers: Record<string, string | undefined>;
  body: Buffer;
}
/** What a delivery means. `dedupeKey` is the same for the same news and for nothing else. */
export type Receipt =
  | { kind: "snapshot"; topic: string; dedupeKey: string; snapshot: Snapshot; refresh: boolean }
  | { kind: "hint"; topic: string; dedupeKey: string; ref: OrderRef }
  | { kind: "ignored"; topic: string | null; reason: string; store: boolean }
  | { kind: "uninstalled"; topic: string; dedupeKey: string }
  | { kind: "unreadable"; topic: string | null; dedupeKey: string; reason: string }
  | { kind: "rejected"; reason: string };

/** A body that was kept as text. */
export interface KeptBody {
  /** The delivery's topic; null where it named none, or the body was pulled. */
  topic: string | null;
  body: string;
  /** What it says was true then, and may be older than what is known now. */
  receivedAt: Date;
}
/** A receipt without what only a delivery has. */
export type Translation =
  | { kind: "snapshot"; snapshot: Snapshot; refresh: boolean }
  | { kind: "hint"; ref: OrderRef }
  | { kind: "ignored"; reason: string }
  | { kind: "unreadable"; reason: string };

/**
 * What came of a step. done: the shop did it, and `snapshot` (where it was cheap to have) shows the order after;
 * refused: the shop certainly did nothing; unknown: it may have, and nobody may send it again.
 */
export type Outcome =
  | { kind: "done"; snapshot: Snapshot | null; nativeId: string | null; httpStatus: number | null }
  | { kind: "refused"; error: ChannelError }
  | { kind: "unknown"; error: ChannelError };

/** Pieces whose refund is to be priced, in our ids. */
export interface QuoteAsked {
  lines: { lineId: string; quantity: Quantity; restock: boolean; locationId: string | null }[];
  /** Whether what is left of the shipping costs is asked for too. */
  shipping: boolean;
}
export interface Quote {
  /** The most that this order's money still allows. */
  maximum: MoneyBag;
  /** What each line's pieces come to, tax included, in the order asked. */
  lines: { lineId: string; quantity: Quantity; amount: MoneyBag }[];
  /** What is left of the shipping costs; zero where it was not asked for. */
  shippingMaximum: MoneyBag;
  /** Whether the shop itself said so. */
  exact: boolean;
  warnings: string[];
}

/**
 * What a look says of a step whose outcome is not known. found: it is there, `times` times, where more than one bears its
 * marker; absent: a look that would have shown it does not; unclear: the look failed, or cannot tell.
 */
export type Finding =
  | { kind: "found"; nativeId: string | null; snapshot: Snapshot | null; times: number }
  | { kind: "absent" }
  | { kind: "unclear"; error: ChannelError };

export interface WebhookRegistration {
  topic: string;
  active: boolean;
}

export const CHANNEL_OPERATIONS = [
  "ORDER_READ",
  "ORDER_CANCEL",
  "ORDER_NOTE",
  "ORDER_TAG",
  "ORDER_ADDRESS_UPDATE",
  "FULFILLMENT_CREATE",
  "FULFILLMENT_PARTIAL",
  "FULFILLMENT_MULTI_PACKAGE",
  "FULFILLMENT_FROM_LOCATION",
  "FULFILLMENT_TRACKING_UPDATE",
  "FULFILLMENT_CANCEL",
  "FULFILLMENT_EVENT_CREATE",
  "FULFILLMENT_ORDER_HOLD",
  "FULFILLMENT_ORDER_MOVE",
  "FULFILLMENT_ORDER_SPLIT",
  "RETURN_CREATE",
  "RETURN_APPROVE",
  "RETURN_RECEIVE",
  "RETURN_CLOSE",
  "EXCHANGE_CREATE",
  "REFUND_QUOTE",
  "REFUND_LINES",
  "REFUND_SHIPPING",
  "REFUND_ARBITRARY_AMOUNT",
  "REFUND_RESTOCK",
  "NOTIFY_CUSTOMER",
  "WEBHOOK_ORDER",
  "WEBHOOK_FULFILLMENT",
  "WEBHOOK_REFUND",
  "WEBHOOK_RETURN",
  "POLL_UPDATED_SINCE",
] as const;
export type ChannelOperation = (typeof CHANNEL_OPERATIONS)[number];

export const SUPPORTS = ["NATIVE", "EMULATED", "PARTIAL", "NONE"] as const;
/** NATIVE: one call does it. EMULATED: several calls, or the gateway keeps part of it. PARTIAL: only inside the constraints. */
export type Support = (typeof SUPPORTS)[number];

export const UPSTREAM_IDEMPOTENCIES = ["KEYED", "NATURAL", "CHECK_THEN_ACT", "UNSAFE"] as const;
export type UpstreamIdempotency = (typeof UPSTREAM_IDEMPOTENCIES)[number];

/** Whether and how a shop can do one thing. */
export interface Capability {
  operation: ChannelOperation;
  support: Support;
  constraints: string[];
  note: string | null;
  /** The platform's own names of the permissions it takes. */
  requiredScopes: string[];
  granted: boolean;
  idempotent: UpstreamIdempotency;
}

/** Whether a shop sends webhooks at all; one that does not is polled, and nothing is wrong with it. */
export function sendsWebhooks(capabilities: readonly Capability[]): boolean {
  const found = capabilities.find(({ operation }) => operation === "WEBHOOK_ORDER");
  return found?.support !== "NONE";
}

export const CHANNEL_HEALTHS = ["HEALTHY", "DEGRADED", "DOWN", "AUTH_REQUIRED", "PAUSED"] as const;
export type ChannelHealth = (typeof CHANNEL_HEALTHS)[number];

/** Opens a connected shop by our ids; throws NotFound where there is none or it was disconnected. Injected wherever a shop must be asked. */
export type OpenChannel = (tenantId: string, channelId: string) => Promise<Channel>;
