import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { Receipt } from "../domain/channel.js";
import { uninstalled } from "../domain/problem.js";
import type { OrderRef } from "../domain/snapshot.js";
import type { Bus } from "../events/bus.js";
import type { Recorder, RecordScope } from "../events/recorder.js";
import {
  type DeliveryOutcome,
  keepDeadLetter,
  keepDelivery,
  settleDelivery,
} from "../store/deliveries.js";
import { DatabaseError } from "../store/errors.js";
import { askRefresh, REFRESH_PRIORITY } from "../store/refreshes.js";
import { changeHealth } from "./health.js";

export interface InboxOptions {
  recorder: Recorder;
  bus: Bus;
  log: Logger;
  /** How long further news of an order may come in before it is read, so that a burst is one read. Default 250 ms. */
  settleMs?: number;
}

/** A delivery whose sender is known to be genuine. */
export interface Incoming {
  tenantId: string;
  channelId: string;
  receivedAt: Date;
  body: Buffer;
}
export type Genuine = Exclude<Receipt, { kind: "rejected" }>;
export type InboxOutcome =
  | "recorded"
  | "refresh"
  | "duplicate"
  | "ignored"
  | "uninstalled"
  | "dead";

/**
 * Puts a delivery into the inbox and does what it says, in one transaction; a twin changes nothing. One that cannot
 * be written for its own sake becomes a dead letter. Throws where the database itself fails.
 */
export async function takeIn(
  options: InboxOptions,
  incoming: Incoming,
  receipt: Genuine,
): Promise<InboxOutcome> {
  if (receipt.kind === "ignored" && !receipt.store) return "ignored";
  try {
    return await persist(options, incoming, (scope) => write(options, scope, incoming, receipt));
  } catch (error) {
    if (error instanceof DatabaseError && error.retryable) throw error;
    const { channelId } = incoming;
    options.log.error(
      { err: error, channelId, topic: receipt.topic },
      "a webhook is a dead letter",
    );
    const reason = `could not be recorded: ${error instanceof Error ? error.message : "unknown"}`;
    return persist(options, incoming, (scope) => bury(options, scope, incoming, receipt, reason));
  }
}

/** Tries of one transaction that loses against another. */
const TRIES = 4;
const TRY_AGAIN_MS = 25;

async function persist(
  { recorder, bus }: InboxOptions,
  { tenantId }: Incoming,
  work: (scope: RecordScope) => Promise<InboxOutcome>,
): Promise<InboxOutcome> {
  for (let attempt = 1; ; attempt++) {
    try {
      const outcome = await recorder.transact(tenantId, work);
      if (outcome === "refresh" || outcome === "dead") bus.notify("refreshes");
      return outcome;
    } catch (error) {
      if (!(error instanceof DatabaseError && error.retryable) || attempt === TRIES) throw error;
      await wait(TRY_AGAIN_MS * attempt * Math.random());
    }
  }
}

/** How a delivery stands in the inbox, and what it is called where nothing more comes of it. */
const SHELF = {
  snapshot: { stored: "RECORDED", told: "recorded" },
  hint: { stored: "REFRESH", told: "refresh" },
  ignored: { stored: "IGNORED", told: "ignored" },
  uninstalled: { stored: "RECORDED", told: "uninstalled" },
  unreadable: { stored: "DEAD", told: "dead" },
} as const satisfies Record<Genuine["kind"], { stored: DeliveryOutcome; told: InboxOutcome }>;

async function write(
  options: InboxOptions,
  scope: RecordScope,
  incoming: Incoming,
  receipt: Genuine,
): Promise<InboxOutcome> {
  const { stored, told } = SHELF[receipt.kind];
  const reason = "reason" in receipt ? receipt.reason : null;
  const deliveryId = await shelve(scope, incoming, receipt, stored, reason);
  if (deliveryId === null) return "duplicate";
  const ref = await apply(scope, incoming, receipt, deliveryId);
  if (!ref) return told;
  await ask(options, scope, incoming, ref, deliveryId);
  if (stored !== "REFRESH")
    await settleDelivery(scope.tx, incoming.tenantId, deliveryId, "REFRESH");
  return "refresh";
}

/** Does what a delivery says; answers the order that must be read besides. */
async function apply(
  scope: RecordScope,
  incoming: Incoming,
  receipt: Genuine,
  deliveryId: string,
): Promise<OrderRef | null> {
  const { channelId, receivedAt: now } = incoming;
  switch (receipt.kind) {
    case "ignored":
      return null;
    case "hint":
      return receipt.ref;
    case "uninstalled":
      await changeHealth(scope, { ...incoming, source: "WEBHOOK", now }, uninstalled(now));
      return null;
    case "unreadable":
      await keepLetter(scope, incoming, receipt.topic, receipt.reason);
      return null;
    case "snapshot": {
      const actor = { kind: "CHANNEL", id: channelId, name: null } as const;
      const origin = { source: "WEBHOOK", actor, channelId, deliveryId, now } as const;
      const [recorded] = await scope.record(origin, [receipt.snapshot]);
      const unclear = recorded === undefined || recorded.orderId === null || recorded.tied;
      return receipt.refresh || unclear ? receipt.snapshot.ref : null;
    }
  }
}

/** Keeps a delivery that could not be recorded, and has its order read, which may well succeed. */
async function bury(
  options: InboxOptions,
  scope: RecordScope,
  incoming: Incoming,
  receipt: Genuine,
  reason: string,
): Promise<InboxOutcome> {
  const deliveryId = await shelve(scope, incoming, receipt, "DEAD", reason);
  if (deliveryId === null) return "duplicate";
  await keepLetter(scope, incoming, receipt.topic, reason);
  if (receipt.kind === "snapshot")
    await ask(options, scope, incoming, receipt.snapshot.ref, deliveryId);
  return "dead";
}

function shelve(
  scope: RecordScope,
  incoming: Incoming,
  receipt: Genuine,
  outcome: DeliveryOutcome,
  reason: string | null,
): Promise<string | null> {
  const dedupeKey =
    receipt.kind === "ignored" ? fingerprint(receipt.topic, incoming.body) : receipt.dedupeKey;
  return keepDelivery(scope.tx, { ...incoming, topic: receipt.topic, dedupeKey, outcome, reason });
}

function keepLetter(
  scope: RecordScope,
  { tenantId, channelId, receivedAt, body }: Incoming,
  topic: string | null,
  reason: string,
): Promise<boolean> {
  const text = body.toString("utf8");
  const letter = { tenantId, channelId, receivedAt, topic, reason, body: text };
  return keepDeadLetter(scope.tx, { ...letter, source: "WEBHOOK" });
}

function ask(
  { settleMs = 250 }: InboxOptions,
  scope: RecordScope,
  { tenantId, channelId, receivedAt }: Incoming,
  ref: OrderRef,
  deliveryId: string,
): Promise<void> {
  return askRefresh(scope.tx, {
    tenantId,
    channelId,
    nativeIds: [ref.nativeId],
    priority: REFRESH_PRIORITY.webhook,
    source: "WEBHOOK",
    deliveryId,
    dueAt: new Date(receivedAt.getTime() + settleMs),
  });
}

function fingerprint(topic: string | null, body: Buffer): string {
  return createHash("sha256")
    .update(topic ?? "")
    .update("\0")
    .update(body)
    .digest("hex");
}
