import type { Channel, Outcome } from "../domain/channel.js";
import type { CommandStatus } from "../domain/command.js";
import { ENDED } from "../domain/command.js";
import { ChannelError } from "../domain/errors.js";
import type { LocalFact } from "../domain/local.js";
import { instant } from "../domain/time.js";
import type { Origin, Recorder, RecordScope } from "../events/recorder.js";
import { isPaused } from "../store/channel-sync.js";
import {
  advance,
  beginAttempt,
  type Claim,
  loadCommand,
  reservedOf,
  type StepRow,
  type StoredCommand,
} from "../store/commands.js";
import { findOrder, loadOrders, lockOrders, type StoredOrder } from "../store/orders.js";
import { askRefresh, REFRESH_PRIORITY } from "../store/refreshes.js";
import { storeError } from "./face.js";
import { basic } from "./refusal.js";
import { commandUpdated } from "./report.js";
import { failFrom, move, settle } from "./settle.js";

export interface PerformParts {
  recorder: Recorder;
  openChannel: (tenantId: string, channelId: string) => Promise<Channel>;
  now: () => Date;
  /** How soon after an unknown outcome the order is read again. Milliseconds. */
  lookAfterMs: number;
}

/** A step that is about to be sent: committed as IN_FLIGHT. */
interface Ready {
  command: StoredCommand;
  step: StepRow;
  nativeId: string;
  attempt: number;
}

/**
 * Takes a claimed command as far as it goes: step by step, each checked once more against what is true now, committed as
 * on its way before the first byte leaves, and settled with what came back. No transaction is held while a shop is asked.
 */
export async function performCommand(
  parts: PerformParts,
  claim: Claim,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const ready = await makeReady(parts, claim);
    if (!ready) return;
    const startedAt = Date.now();
    const outcome = signal.aborted ? notSent() : await send(parts, claim, ready, signal);
    const settled = await writeBack(parts, claim, ready, outcome, Date.now() - startedAt);
    if (!settled) return;
  }
}

/** The next step, ready to be sent; null where the command has none, or it ended here without asking the shop. */
async function makeReady({ recorder, now }: PerformParts, claim: Claim): Promise<Ready | null> {
  return recorder.transact(claim.tenantId, async (scope) => {
    const held = await hold(scope, claim);
    if (!held) return null;
    const { command, stored } = held;
    const origin = originOf(command, now());
    // Somebody paused the shop between two steps: the rest waits as any command does.
    if (await isPaused(scope.tx, claim.tenantId, claim.channelId)) return null;
    for (;;) {
      const step = nextStep(command);
      if (!step) return null;
      if (command.row.deadline && origin.now > command.row.deadline && step.sentAt === null) {
        const error = storeError(
          basic(
            "CHANNEL_UNAVAILABLE",
            `was still waiting at its deadline ${instant(command.row.deadline)}, so it was not sent`,
            null,
          ),
        );
        await failFrom(
          scope,
          command,
          step,
          { command: { errors: [...command.row.errors, error] } },
          origin,
          "CANCELED",
        );
        return null;
      }
      if (await isOverdrawn(scope, command, step, stored)) {
        const error = storeError(
          basic(
            "QUANTITY_EXCEEDS_FULFILLABLE",
            "meanwhile there is less left to ship than this asks for",
            null,
          ),
        );
        await failFrom(
          scope,
          command,
          step,
          { command: { errors: [...command.row.errors, error] } },
          origin,
        );
        return null;
      }
      if (isKept(step)) {
        await move(
          scope,
          command,
          { steps: [{ id: step.id, status: "SUCCEEDED" }] },
          keptFacts(command, step, origin),
          origin,
        );
        continue;
      }
      const attempt = await beginAttempt(scope.tx, claim.tenantId, step.id, origin.now);
      const progress = {
        steps: [{ id: step.id, status: "IN_FLIGHT" as const, sentAt: origin.now }],
      };
      const status = await advance(scope.tx, command, progress, origin.now);
      await scope.append([commandUpdated(command.row, status, null, origin)]);
      return { command, step, nativeId: stored.order.nativeId, attempt };
    }
  });
}

async function send(
  parts: PerformParts,
  claim: Claim,
  ready: Ready,
  signal: AbortSignal,
): Promise<Outcome> {
  const { step, nativeId } = ready;
  try {
    const channel = await parts.openChannel(claim.tenantId, claim.channelId);
    if (step.step.kind === "ORDER_REFRESH")
      return await refresh(channel, nativeId, signal, parts.now());
    return await channel.perform({
      step: step.step,
      marker: step.marker,
      key: step.id,
      order: { nativeId },
      signal,
    });
  } catch (cause) {
    if (cause instanceof ChannelError && !cause.mayHaveHappened)
      return { kind: "refused", error: cause };
    const error =
      cause instanceof ChannelError
        ? cause
        : new ChannelError(
            "CHANNEL_UNAVAILABLE",
            `step ${step.id} broke off while it was on its way`,
            { cause },
          );
    return { kind: "unknown", error };
  }
}

/** The claim was lost before a byte left. */
function notSent(): Outcome {
  const message = "the gateway stopped before this was sent";
  const detail = { retryable: true, mayHaveHappened: false };
  return { kind: "refused", error: new ChannelError("CHANNEL_UNAVAILABLE", message, detail) };
}

/** Reading is no effect: whatever goes wrong, nothing was done. */
async function refresh(
  channel: Channel,
  nativeId: string,
  signal: AbortSignal,
  now: Date,
): Promise<Outcome> {
  try {
    const snapshot = (await channel.read({ nativeId }, signal)) ?? {
      ref: { nativeId },
      deletedAt: instant(now),
    };
    return { kind: "done", snapshot, nativeId: null, httpStatus: null };
  } catch (error) {
    if (error instanceof ChannelError) return { kind: "refused", error };
    throw error;
  }
}

/** Writes down what came back; whether there may be a next step to send now. */
async function writeBack(
  parts: PerformParts,
  claim: Claim,
  ready: Ready,
  outcome: Outcome,
  durationMs: number,
): Promise<boolean> {
  const { recorder, now } = parts;
  return recorder.transact(claim.tenantId, async (scope) => {
    const origin = originOf(ready.command, now());
    const { orderId, channelId } = ready.command.row;
    await lockOrders(scope.tx, claim.tenantId, channelId, [ready.nativeId]);
    if (outcome.kind === "done") {
      const facts = knownEffect(ready.command);
      if (facts.length > 0) await scope.recordLocal(origin, orderId, facts);
      if (outcome.snapshot) await scope.record({ ...origin, channelId }, [outcome.snapshot]);
    }
    const command = await loadCommand(scope.tx, claim.tenantId, claim.id, { forUpdate: true });
    const step = command?.steps.find((row) => row.id === ready.step.id);
    if (!command || !step) return false;
    await settle(scope, command, step, { outcome, attempt: ready.attempt, durationMs }, origin);
    if (outcome.kind === "unknown" || (outcome.kind === "done" && !outcome.snapshot))
      await askRefresh(scope.tx, {
        tenantId: claim.tenantId,
        channelId,
        nativeIds: [ready.nativeId],
        priority: REFRESH_PRIORITY.webhook,
        source: "RECONCILE",
        dueAt: new Date(
          origin.now.getTime() + (outcome.kind === "unknown" ? parts.lookAfterMs : 0),
        ),
      });
    return outcome.kind === "done" && command.row.orderId === orderId;
  });
}

/**
 * What is so once the shop has done it, whatever it then shows: a shipment taken back was canceled, also where the shop
 * forgets it altogether.
 */
function knownEffect({ row: { command } }: StoredCommand): LocalFact[] {
  if (command.type !== "FULFILLMENT_CANCEL") return [];
  return [{ kind: "shipment-canceled", fulfillmentId: command.fulfillmentId }];
}

/** The command under its order's lock, and the order; null where it is gone or was taken out of our hands. */
async function hold(scope: RecordScope, claim: Claim) {
  const { tx, tenantId } = scope;
  const known = await loadCommand(tx, tenantId, claim.id);
  const place = known && (await findOrder(tx, tenantId, known.row.orderId));
  if (!place) return null;
  await lockOrders(tx, tenantId, place.channelId, [place.nativeId]);
  const command = await loadCommand(tx, tenantId, claim.id, { forUpdate: true });
  const stored = (await loadOrders(tx, tenantId, place.channelId, [place.nativeId])).get(
    place.nativeId,
  );
  return command && stored ? { command, stored } : null;
}

/** The first step that is not over, if it may be sent: one that is on its way or unknown holds up what is behind it. */
function nextStep({ steps }: StoredCommand): StepRow | null {
  const open = steps.find((step) => !ENDED.has(step.status as CommandStatus));
  return open && (open.status === "QUEUED" || open.status === "RETRYING") ? open : null;
}

/** Whether the order has less left than this step and all others together hold of it. */
async function isOverdrawn(
  { tx, tenantId }: RecordScope,
  command: StoredCommand,
  step: StepRow,
  { document }: StoredOrder,
): Promise<boolean> {
  if (!step.step.creates) return false;
  const reserved = await reservedOf(tx, tenantId, command.row.orderId);
  const free = new Map(document.lines.map((line) => [line.id, line.quantities.fulfillable]));
  return step.step.creates.lines.some(
    ({ lineId }) => (reserved.get(lineId) ?? 0) > (free.get(lineId) ?? 0),
  );
}

function isKept(step: StepRow): boolean {
  return step.step.kind === "GATEWAY_SHIPMENT" || step.step.kind === "GATEWAY_SCAN";
}

/** What the gateway keeps itself for a step that asks no shop. */
function keptFacts(
  { row: { command } }: StoredCommand,
  step: StepRow,
  origin: Origin,
): LocalFact[] {
  switch (command.type) {
    case "FULFILLMENT_CREATE":
      return step.partId
        ? [
            {
              kind: "shipment-kept",
              fulfillmentId: step.partId,
              shippedAt: command.shippedAt ?? instant(origin.now),
            },
          ]
        : [];
    case "FULFILLMENT_TRACKING_UPDATE":
      return [
        {
          kind: "shipment-tracked",
          fulfillmentId: command.fulfillmentId,
          packages: command.packages,
          replace: command.replace,
        },
      ];
    case "FULFILLMENT_CANCEL":
      return [{ kind: "shipment-canceled", fulfillmentId: command.fulfillmentId }];
    case "TRACKING_EVENT_ADD": {
      const { packageId, status, message, occurredAt } = command;
      const place = { city: null, region: null, country: null };
      return [
        {
          kind: "parcel-scanned",
          packageId,
          scan: { status, rawStatus: null, message, ...place, occurredAt, source: "MANUAL" },
        },
      ];
    }
    default:
      return [];
  }
}

function originOf({ row }: StoredCommand, now: Date): Origin {
  return { source: "COMMAND", actor: row.actor, causedBy: row.id, now };
}
