import type { Channel, OpenChannel, Translation } from "../domain/channel.js";
import { ChannelError, NotFound } from "../domain/errors.js";
import type { EventSource } from "../domain/event.js";
import type { Viewer } from "../domain/scope.js";
import type { OrderRef, Snapshot } from "../domain/snapshot.js";
import { instant } from "../domain/time.js";
import type { Recorder } from "../events/recorder.js";
import { isPaused } from "../store/channel-sync.js";
import type { Database } from "../store/db.js";
import { dropDeadLetter, failDeadLetter, orderOfLetter } from "../store/deliveries.js";
import { DatabaseError } from "../store/errors.js";
import { type DeadLetterRecord, deadLettersById } from "../store/read/dead-letter.js";
import type { DeadLetters, UserErrorData } from "./face.js";
import { asUserError, basic } from "./refusal.js";

export interface DeadLetterParts {
  db: Database;
  recorder: Recorder;
  openChannel: OpenChannel;
  now?: () => Date;
  /** The longest that reading an order from its shop may take. Default 15,000 ms. */
  timeoutMs?: number;
}

/**
 * Tries again what came in and was not understood. Its sender was known to be genuine when it came, so no signature is
 * asked for; its connector translates the kept body, and where that only names an order, that is read from its shop.
 * The letter goes in the transaction that records what it said.
 */
export function createDeadLetters(parts: DeadLetterParts): DeadLetters {
  return {
    async replay(viewer, id) {
      const { tenantId } = viewer;
      const [letter] = await parts.db.forTenant(tenantId, (tx) =>
        deadLettersById(tx, viewer, [id]),
      );
      return { errors: letter ? await replay(parts, viewer, letter) : [unknownLetter(id)] };
    },
  };
}

/** A try that failed, and why, as the letter is going to say. */
class Failed extends Error {}
/** A try that could not even be made: the letter stays as it is. */
class Refused extends Error {
  readonly refusal: UserErrorData;
  constructor(refusal: UserErrorData) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

async function replay(
  parts: DeadLetterParts,
  { tenantId }: Viewer,
  letter: DeadLetterRecord,
): Promise<UserErrorData[]> {
  const { db } = parts;
  try {
    const channel = await open(parts, letter);
    const snapshot = await snapshotOf(parts, channel, letter);
    const dropped = await record(parts, letter, snapshot);
    return dropped ? [] : [unknownLetter(letter.id)];
  } catch (error) {
    if (error instanceof Refused) return [error.refusal];
    if (!(error instanceof Failed)) throw error;
    // The same reason as before may stand there with the order before it.
    const reason = letter.reason.endsWith(error.message) ? letter.reason : error.message;
    await db.forTenant(tenantId, (tx) => failDeadLetter(tx, tenantId, letter.id, reason));
    const { cause, message } = error;
    if (cause instanceof ChannelError)
      return [{ ...asUserError(cause, letter.channelId), message, path: ["id"] }];
    return [basic("INVALID_INPUT", `It still cannot be understood: ${message}`, ["id"])];
  }
}

async function open(
  { openChannel }: DeadLetterParts,
  { tenantId, channelId }: DeadLetterRecord,
): Promise<Channel> {
  try {
    return await openChannel(tenantId, channelId);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const message = `${channelId}, from which it came, is disconnected`;
    throw new Refused(basic("ALREADY_IN_STATE", message, ["id"]));
  }
}

/** What is to be recorded; null where there turns out to be nothing in it for us. */
async function snapshotOf(
  parts: DeadLetterParts,
  channel: Channel,
  letter: DeadLetterRecord,
): Promise<Snapshot | null> {
  const said = meaningOf(channel, letter);
  switch (said.kind) {
    case "ignored":
      return null;
    case "unreadable":
      throw new Failed(said.reason);
    case "hint":
      return read(parts, channel, letter, said.ref);
    case "snapshot": {
      const { snapshot, refresh } = said;
      const isWhole = !refresh && (snapshot.head || snapshot.deletedAt);
      return isWhole ? snapshot : read(parts, channel, letter, snapshot.ref);
    }
  }
}

function meaningOf(channel: Channel, { body, topic, receivedAt }: DeadLetterRecord): Translation {
  const nativeId = orderOfLetter(body);
  if (nativeId !== null) return { kind: "hint", ref: { nativeId } };
  if (!channel.translate) {
    const message =
      "What this platform sends cannot be read a second time; its order comes in with the next poll that sees it change, or with orderRefresh";
    throw new Refused(basic("CAPABILITY_NOT_SUPPORTED", message, ["id"]));
  }
  try {
    return channel.translate({ body, topic, receivedAt });
  } catch (cause) {
    throw new Failed(`the translator failed: ${messageOf(cause)}`, { cause });
  }
}

async function read(
  { db, now = () => new Date(), timeoutMs = 15_000 }: DeadLetterParts,
  channel: Channel,
  { tenantId, channelId }: DeadLetterRecord,
  ref: OrderRef,
): Promise<Snapshot> {
  if (await db.forTenant(tenantId, (tx) => isPaused(tx, tenantId, channelId))) {
    const message = `Order ${ref.nativeId} would have to be read, but ${channelId} is paused; resume it first`;
    throw new Refused(basic("ON_HOLD", message, ["id"]));
  }
  try {
    const found = await channel.read(ref, AbortSignal.timeout(timeoutMs));
    return found ?? { ref, deletedAt: instant(now()) };
  } catch (cause) {
    const reason = `order ${ref.nativeId} could not be read: ${messageOf(cause)}`;
    throw new Failed(reason, { cause });
  }
}

/** Records it and takes the letter away, both or neither; false where the letter is gone already. */
async function record(
  { recorder, now = () => new Date() }: DeadLetterParts,
  { tenantId, channelId, id, ...letter }: DeadLetterRecord,
  snapshot: Snapshot | null,
): Promise<boolean> {
  const actor = { kind: "CHANNEL", id: channelId, name: null } as const;
  const source = letter.source as EventSource;
  try {
    return await recorder.transact(tenantId, async (scope) => {
      if (!(await dropDeadLetter(scope.tx, tenantId, id))) return false;
      if (!snapshot) return true;
      const origin = { source, actor, channelId, now: now() };
      const [recorded] = await scope.record(origin, [snapshot]);
      if (recorded?.orderId == null && !snapshot.deletedAt)
        throw new Failed(`order ${snapshot.ref.nativeId} was read without its head`);
      return true;
    });
  } catch (cause) {
    if (cause instanceof Failed || (cause instanceof DatabaseError && cause.retryable)) throw cause;
    throw new Failed(`could not be recorded: ${messageOf(cause)}`, { cause });
  }
}

function unknownLetter(id: string): UserErrorData {
  return basic("NOT_FOUND", new NotFound("Dead letter", id).message, ["id"]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown";
}
