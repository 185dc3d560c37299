import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { ChannelError } from "../domain/errors.js";
import type { Bus } from "../events/bus.js";
import { lastAttempt } from "../store/attempts.js";
import { type Claim, claimCommand, findAbandoned, nextDue, renewLease } from "../store/claims.js";
import type { Database } from "../store/db.js";
import { hold } from "./hold.js";
import { performCommand } from "./perform.js";
import type { PerformParts } from "./ready.js";
import { settle } from "./settle.js";

export interface WorkerParts
  extends Omit<PerformParts, "owner" | "now" | "lookAfterMs" | "lookAgainMs"> {
  db: Database;
  bus: Bus;
  log: Logger;
  now?: () => Date;
  /** Calls under way at one channel at once. Default 4. */
  perChannel?: number;
  /** Commands under way at once in this process. Default 16. */
  most?: number;
  /** How long a claim lasts without being renewed. Default 10 s. */
  leaseMs?: number;
  /** How soon after an unknown outcome the order is read again. Default 5 s. */
  lookAfterMs?: number;
  /** How long after a look that did not find a step in doubt it is looked for again. Default 5 s. */
  lookAgainMs?: number;
}

export interface Worker {
  /** Commands under way now. */
  busy(): number;
  /** Takes no more and lets what is under way end; what has not ended by then is cut off and its outcome unknown. */
  stop(graceMs?: number): Promise<void>;
}

const LEASE_MS = 10_000;
/** Every worker looks by itself this often, whatever the bus says. */
const LOOK_EVERY_MS = 1_000;
const GRACE_MS = 10_000;
/** How long a call that was cut off may take to notice. */
const CUT_MS = 2_000;

/**
 * Sends commands to their shops. Claims one at a time by lease, at most a few at one channel so that a slow shop holds up
 * nobody else, and at most one of an order. A step whose worker died on the way is unknown, never queued.
 */
export function startWorker(parts: WorkerParts): Worker {
  const { db, bus, log, perChannel = 4, most = 16, leaseMs = LEASE_MS } = parts;
  const now = parts.now ?? (() => new Date());
  const owner = randomUUID();
  const perform: PerformParts = {
    recorder: parts.recorder,
    owner,
    openChannel: parts.openChannel,
    now,
    alarm: parts.alarm,
    lookAfterMs: parts.lookAfterMs ?? 5_000,
    settleMs: parts.settleMs,
    lookAgainMs: parts.lookAgainMs ?? 5_000,
  };
  const running = new Map<string, { claim: Claim; done: Promise<void> }>();
  const cut = new AbortController();
  let stopping = false;
  let wake = () => {};

  const saturated = () => {
    const counts = new Map<string, number>();
    for (const { claim } of running.values())
      counts.set(claim.channelId, (counts.get(claim.channelId) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= perChannel).map(([channelId]) => channelId);
  };

  const run = async (claim: Claim) => {
    const lost = new AbortController();
    const signal = AbortSignal.any([cut.signal, lost.signal]);
    const heartbeat = setInterval(() => {
      db.asSystem((tx) => renewLease(tx, claim, owner, new Date(now().getTime() + leaseMs))).then(
        (kept) => kept || lost.abort(),
        (error: unknown) =>
          log.warn({ err: error, commandId: claim.id }, "a command's lease could not be renewed"),
      );
    }, leaseMs / 4);
    try {
      await performCommand(perform, claim, signal);
    } catch (error) {
      log.error(
        { err: error, commandId: claim.id },
        "a command could not be worked on; its lease ends by itself",
      );
    } finally {
      clearInterval(heartbeat);
    }
  };

  const fill = async () => {
    while (!stopping && running.size < most) {
      const claim = await db.asSystem((tx) =>
        claimCommand(tx, { owner, now: now(), leaseMs, busy: saturated() }),
      );
      if (!claim) return;
      const done = run(claim).finally(() => {
        running.delete(claim.id);
        wake();
      });
      running.set(claim.id, { claim, done });
    }
  };

  const loop = async () => {
    while (!stopping) {
      const called = new Promise<void>((resolve) => {
        wake = resolve;
      });
      let pauseMs = LOOK_EVERY_MS;
      try {
        await recover(parts, now());
        const since = now();
        await fill();
        const due = await db.asSystem((tx) => nextDue(tx, since));
        if (due) pauseMs = Math.min(LOOK_EVERY_MS, Math.max(20, due.getTime() - now().getTime()));
      } catch (error) {
        if (!stopping)
          log.warn({ err: error }, "commands could not be claimed; trying again in a second");
      }
      if (!stopping) await Promise.race([called, pause(pauseMs)]);
    }
  };
  const looping = loop();
  const unlisten = bus.listen("commands", () => wake());

  return {
    busy: () => running.size,
    async stop(graceMs = GRACE_MS) {
      stopping = true;
      unlisten();
      wake();
      await looping;
      const ended = Promise.all([...running.values()].map(({ done }) => done));
      await Promise.race([ended, pause(graceMs)]);
      cut.abort();
      // Whatever does not heed the signal is left behind; its lease ends by itself.
      await Promise.race([ended, pause(CUT_MS)]);
    },
  };
}

/** Steps that were on their way when their worker vanished: they may have arrived. */
async function recover({ db, recorder, log }: WorkerParts, now: Date): Promise<void> {
  for (const claim of await db.asSystem((tx) => findAbandoned(tx, now, 20)))
    await recorder.transact(claim.tenantId, async (scope) => {
      const command = (await hold(scope, claim.id))?.command;
      const step = command?.steps.find((row) => row.status === "IN_FLIGHT");
      if (!command || !step || !command.row.leaseUntil || command.row.leaseUntil >= now) return;
      log.warn(
        { commandId: claim.id },
        "a command's worker vanished while a step was on its way; its outcome is unknown",
      );
      const error = new ChannelError(
        "CHANNEL_UNAVAILABLE",
        "the gateway stopped while this was on its way; whether it arrived is not known",
      );
      const origin = {
        source: "COMMAND" as const,
        actor: { kind: "SYSTEM" as const, id: null, name: null },
        causedBy: claim.id,
        now,
      };
      const attempt = await lastAttempt(scope.tx, claim.tenantId, step.id);
      const outcome = { kind: "unknown", error } as const;
      // As long as it can have been on its way: without a lease nothing is sent.
      const durationMs = command.row.leaseUntil.getTime() - (step.sentAt ?? now).getTime();
      const verdict = { outcome, attempt, durationMs: Math.max(0, durationMs), sent: true };
      await settle(scope, command, step, verdict, origin);
    });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
