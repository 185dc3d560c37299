import type { Logger } from "pino";
import { ChannelError } from "../domain/errors.js";
import { stateAfter } from "../domain/problem.js";
import type { Recorder } from "../events/recorder.js";
import { type ChannelSync, type Held, LeaseLost } from "../store/channel-sync.js";
import { backoffMs } from "./backoff.js";
import type { Duty } from "./duty.js";
import { reportHealth } from "./health.js";

/** One channel that this process is in charge of, and its duties. */
export interface Post {
  /** Begins every duty that is due by a row read at `readAt`. */
  attend(sync: ChannelSync, readAt: Date): void;
  /** Ends the duties under way; resolves when they have. */
  leave(): Promise<void>;
}

export interface PostOptions {
  recorder: Recorder;
  log: Logger;
  now: () => Date;
  /** Called when a duty ended, since another may be due. */
  onDone: () => void;
}

interface Shift {
  running: Promise<void> | null;
  failures: number;
  /** Not before this: a pause after a failure. */
  notBeforeMs: number;
  /** A row read before this does not know yet what the duty did. */
  endedAtMs: number;
}

/** Takes a post. A duty runs once at a time; failures put it off, longer each time, and say how the channel is. Never rejects. */
export function takePost(held: Held, duties: readonly Duty[], options: PostOptions): Post {
  const leaving = new AbortController();
  const shifts = new Map<Duty, Shift>(
    duties.map((duty) => [
      duty,
      { running: null, failures: 0, notBeforeMs: 0, endedAtMs: Number.NEGATIVE_INFINITY },
    ]),
  );

  async function serve(duty: Duty, shift: Shift, sync: ChannelSync): Promise<void> {
    try {
      await duty.run(held, sync, leaving.signal);
      shift.failures = 0;
      shift.notBeforeMs = 0;
    } catch (error) {
      if (leaving.signal.aborted) return;
      // Whether the channel is ours again or not, the next round knows.
      if (!(error instanceof LeaseLost)) await failed(duty, shift, error);
    } finally {
      shift.running = null;
      shift.endedAtMs = options.now().getTime();
      options.onDone();
    }
  }

  async function failed(duty: Duty, shift: Shift, error: unknown): Promise<void> {
    const { recorder, log, now } = options;
    const { tenantId, channelId } = held;
    shift.failures += 1;
    const asked = error instanceof ChannelError ? (error.retryAfterMs ?? 0) : 0;
    const delayMs = Math.max(asked, backoffMs(shift.failures));
    shift.notBeforeMs = now().getTime() + delayMs;
    log.warn({ err: error, channelId, failures: shift.failures, delayMs }, `${duty.name} failed`);
    const state = duty.tellsHealth ? stateAfter(error, shift.failures, now()) : null;
    if (!state) return;
    await reportHealth(recorder, { tenantId, channelId, source: "POLL", now: now() }, state).catch(
      (cause: unknown) =>
        log.error({ err: cause, channelId }, "a channel's health was not written"),
    );
  }

  return {
    attend(sync, readAt) {
      if (leaving.signal.aborted) return;
      const now = options.now();
      for (const [duty, shift] of shifts) {
        if (shift.running || now.getTime() < shift.notBeforeMs) continue;
        if (readAt.getTime() <= shift.endedAtMs || !duty.due(sync, now)) continue;
        shift.running = serve(duty, shift, sync);
      }
    },
    async leave() {
      leaving.abort();
      await Promise.all([...shifts.values()].map(({ running }) => running));
    },
  };
}
