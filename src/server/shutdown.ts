import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";

/** Something to be ended, in the order in which it was added reversed: what was started last goes first. */
export interface Ending {
  name: string;
  end: () => Promise<unknown>;
}

export interface Lifetime {
  /** Has it ended when the program ends; the newest first. */
  add(name: string, end: () => Promise<unknown>): void;
  /** Ends everything, once, whoever asks. Never rejects: what does not end in time or fails is logged and left. */
  end(): Promise<void>;
}

/** One part may take this long, so that a stuck one cannot keep the others from ending. */
const PATIENCE_MS = 10_000;

export function createLifetime(log: Logger, patienceMs = PATIENCE_MS): Lifetime {
  const endings: Ending[] = [];
  let ending: Promise<void> | null = null;

  async function endAll() {
    for (const { name, end } of endings.splice(0).reverse()) {
      const began = Date.now();
      const late = delay(patienceMs, "late" as const, { ref: false });
      try {
        const outcome = await Promise.race([end(), late]);
        if (outcome === "late") log.warn({ part: name, patienceMs }, "did not end in time");
        else log.debug({ part: name, ms: Date.now() - began }, "ended");
      } catch (err) {
        log.warn({ part: name, err }, "did not end well");
      }
    }
  }

  return {
    add(name, end) {
      endings.push({ name, end });
    },
    end() {
      ending ??= endAll();
      return ending;
    },
  };
}

export interface SignalOptions {
  log: Logger;
  /** Told when the first signal comes. */
  draining?: (signal: NodeJS.Signals) => void;
}

/**
 * Lets SIGINT and SIGTERM drain first. The process then dies of the very signal, so that shells, npm and service
 * managers see 130 or 143 as of any program; a second signal ends it at once.
 */
export function endOnSignals(end: () => Promise<void>, { log, draining }: SignalOptions): void {
  let asked = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (asked) return dieOf(signal);
      asked = true;
      draining?.(signal);
      log.info({ signal }, "stopping; the same signal again stops at once");
      void end().then(() => dieOf(signal));
    });
  }
}

/** How often an orphan notices that it is one. */
const LOOK_FOR_PARENT_MS = 500;

/**
 * Ends the program when its parent is gone. For programs that npm starts: it passes signals to a shell, and the shell
 * passes them to nobody.
 */
export function endWithParent(): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, LOOK_FOR_PARENT_MS);
  timer.unref();
}

function dieOf(signal: NodeJS.Signals) {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
