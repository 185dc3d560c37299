import type { ChannelOperation, Quote } from "../domain/channel.js";
import type { ErrorCode } from "../domain/errors.js";
import type { Change } from "../domain/event.js";
import type { Quantity } from "../domain/quantity.js";
import type { Scope, Viewer } from "../domain/scope.js";
import type { StatusDimension } from "../domain/status.js";
import type { Instant } from "../domain/time.js";
import type { RefundLineAsked, Wish } from "./wish.js";

/**
 * How an API asks for writes. Whoever calls has checked that the viewer bears the scope; that money takes REFUNDS_WRITE,
 * also with a cancellation, and everything else (whether
 * the order is visible to its key, versions, quantities, capabilities, keys) is checked behind this face.
 * A refusal that a caller can act on is in `errors`; only failures of our own are thrown.
 */
export interface Commands {
  /** Checks a wish, writes it as a command and, where the options say so, waits for its end. */
  submit(viewer: Viewer, wish: Wish, options: WriteOptions): Promise<SubmitResult>;
  /** The same for many shipments, in the order given: whatever becomes of one stops no other. */
  submitAll(viewer: Viewer, items: readonly BatchItem[]): Promise<BatchResult[]>;
  /** Tries a command again that failed or needs attention, as far as nothing can be done twice. */
  retry(viewer: Viewer, commandId: string): Promise<CommandResult>;
  /** Withdraws what was not sent yet. */
  cancel(viewer: Viewer, commandId: string): Promise<CommandResult>;
  /** Says what really became of a command that needs attention. */
  resolve(viewer: Viewer, commandId: string, resolution: Resolution): Promise<CommandResult>;
}

/** How an API asks what a refund comes to before anybody asks for it. */
export interface Refunds {
  /** Asks the shop where it can tell, else counts from the order; changes nothing. Takes up to ten seconds. */
  quote(viewer: Viewer, asked: RefundAsked): Promise<QuoteResult>;
}

/** How an API connects, changes, pauses and disconnects shops. */
export interface Channels {
  /** Checks the settings against the shop itself before anything is kept. */
  connect(
    viewer: Viewer,
    wish: { platform: string; name: string; settings: unknown },
  ): Promise<ChannelResult>;
  /** Ends ingest and writes, removes webhooks and credentials; with `eraseData` also everything that came from there. */
  disconnect(
    viewer: Viewer,
    channelId: string,
    options: { eraseData: boolean },
  ): Promise<ChannelResult>;
  /** Another name or other settings, null for what stays; settings are tried on the shop before they are kept. */
  update(
    viewer: Viewer,
    channelId: string,
    change: { name: string | null; settings: unknown },
  ): Promise<ChannelResult>;
  /** Nothing is read from the shop or sent to it until it is resumed. */
  pause(
    viewer: Viewer,
    channelId: string,
    options: { reason: string | null },
  ): Promise<ChannelResult>;
  resume(viewer: Viewer, channelId: string): Promise<ChannelResult>;
  /** Has all orders placed in a window compared with the shop's; what was missed is put right. */
  reconcile(viewer: Viewer, channelId: string, window: ReconcileWindow): Promise<CommandResult>;
  /** What a word of the shop's means from now on, for orders that are here already too. */
  setStatusMapping(
    viewer: Viewer,
    channelId: string,
    wish: StatusMappingWish,
  ): Promise<ChannelResult>;
}

/** What a word of a shop's status field is to mean. */
export interface StatusMappingWish {
  /** The platform's names. */
  field: string;
  value: string;
  dimension: StatusDimension;
  /** One of the dimension's words. */
  unified: string;
}

/** How an API tries again what came in and was not understood. */
export interface DeadLetters {
  /** What is understood now is recorded, and its letter gone; else the letter says why not, in the newest words. */
  replay(viewer: Viewer, deadLetterId: string): Promise<{ errors: UserErrorData[] }>;
}

/** How an API makes and ends keys. Nobody gives more than they have. */
export interface ApiKeys {
  /** The key itself is answered here and never again. */
  create(viewer: Viewer, wish: ApiKeyWish): Promise<ApiKeyResult>;
  /** Ends a key and its sockets at once, one's own too. */
  revoke(viewer: Viewer, apiKeyId: string): Promise<ApiKeyResult>;
}

export type { RefundLineAsked, Wish } from "./wish.js";

export interface WriteOptions {
  /** Unique within (tenant, client); 1 to 255 characters. */
  idempotencyKey: string | null;
  expectedVersion: number | null;
  waitUntil: "ACCEPTED" | "SUCCEEDED";
  /** null: 5000 with SUCCEEDED. At most 30000, more is INVALID_INPUT. */
  waitTimeoutMs: number | null;
  dryRun: boolean;
  /** null leaves the shop's default. */
  notifyCustomer: boolean | null;
  /** null: false for money, true elsewhere. */
  allowEmulated: boolean | null;
  /** A command still queued after this is not sent. */
  deadline: Instant | null;
}

/** What stands where a caller gives no options. */
export const DEFAULT_WRITE_OPTIONS: WriteOptions = {
  idempotencyKey: null,
  expectedVersion: null,
  waitUntil: "ACCEPTED",
  waitTimeoutMs: null,
  dryRun: false,
  notifyCustomer: null,
  allowEmulated: null,
  deadline: null,
};

export interface SubmitResult {
  /** Id of the command; null after a refusal or a dry run. */
  command: string | null;
  /** Whether this idempotency key had made the command before. */
  replayed: boolean;
  /** The order it is about, where it was found and is visible. */
  orderId: string | null;
  /** Shipments, returns and refunds that it makes or changes, under the ids they keep for ever. */
  partIds: string[];
  /** Set by a dry run only. */
  preview: Preview | null;
  errors: UserErrorData[];
}

/** At most so many in one batch. */
export const BATCH_MOST = 100;
export interface BatchItem {
  wish: Extract<Wish, { type: "FULFILLMENT_CREATE" }>;
  options: WriteOptions;
}
/** What became of one item of a batch; `fault` is a failure of our own. */
export type BatchResult = SubmitResult | { fault: unknown };

/** What a dry run would do: the calls, in order. */
export interface Preview {
  steps: string[];
  warnings: string[];
}

/** Pieces, in our ids, whose refund is to be priced; an amount that is named stays as it is. */
export interface RefundAsked {
  orderId: string;
  lines: RefundLineAsked[];
  /** Whether what is left of the shipping costs is asked for too. */
  shipping: boolean;
}
export interface QuoteResult {
  /** null after a refusal. Its lines stand in the order asked. */
  quote: Quote | null;
  errors: UserErrorData[];
}

export interface Resolution {
  outcome: "DONE" | "NOT_DONE";
  /** Why, in a person's words. */
  note: string;
}
export interface ReconcileWindow {
  from: Date;
  /** null: now. */
  to: Date | null;
}
export interface CommandResult {
  /** null where there is no such command for this viewer. */
  command: string | null;
  errors: UserErrorData[];
}
export interface ChannelResult {
  channelId: string | null;
  errors: UserErrorData[];
}

export interface ApiKeyWish {
  /** The integration it belongs to, stable over its keys. */
  client: string;
  name: string;
  scopes: readonly Scope[];
  /** null: those of the maker's key. */
  channelIds: readonly string[] | null;
  expiresAt: Date | null;
}
export interface ApiKeyResult {
  /** null where there is none, or none for this viewer. */
  apiKeyId: string | null;
  /** The key itself, where it was just made. */
  key: string | null;
  errors: UserErrorData[];
}

/**
 * A refusal that a caller can act on. `kind` is the concrete type of the public schema; `path` leads to the
 * offending part of the mutation's arguments ("input", "lines", "0", "quantity").
 */
export type UserErrorData =
  | BasicUserErrorData
  | QuantityErrorData
  | CapabilityErrorData
  | StaleVersionErrorData
  | IdempotencyErrorData
  | ChannelErrorData;

interface Refusal {
  code: ErrorCode;
  message: string;
  path: string[] | null;
}
export interface BasicUserErrorData extends Refusal {
  kind: "BasicUserError";
}
export interface QuantityErrorData extends Refusal {
  kind: "QuantityError";
  lineId: string;
  requested: Quantity;
  available: Quantity;
}
export interface CapabilityErrorData extends Refusal {
  kind: "CapabilityError";
  operation: ChannelOperation;
  channelId: string;
  alternatives: ChannelOperation[];
}
export interface StaleVersionErrorData extends Refusal {
  kind: "StaleVersionError";
  currentVersion: number;
  changes: Change[];
}
export interface IdempotencyErrorData extends Refusal {
  kind: "IdempotencyError";
  originalCommandId: string;
}
export interface ChannelErrorData extends Refusal {
  kind: "ChannelError";
  channelId: string;
  httpStatus: number | null;
  upstreamCode: string | null;
  upstreamMessage: string | null;
  retryAfterMs: number | null;
}

/**
 * How a refusal stands in `commands.errors`: what the concrete type adds is in `detail`, `kind` included.
 * Both directions are exact, so that a stored refusal reads as it was answered.
 */
export function storeError(error: UserErrorData): StoredRefusal {
  const { code, message, path, ...detail } = error;
  return { code, message, path, detail };
}
export function restoreError(stored: StoredRefusal): UserErrorData {
  const { code, message, path, detail } = stored;
  return { kind: "BasicUserError", ...detail, code, message, path } as UserErrorData;
}

/** The row shape of store/tables' StoredError. */
interface StoredRefusal {
  code: string;
  message: string;
  path: string[] | null;
  detail: Record<string, unknown>;
}
