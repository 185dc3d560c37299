import { setMaxListeners } from "node:events";

/** At most `limit` holders at once; the others wait in order of arrival. One slow shop cannot take more. */
export class Bulkhead {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#free = limit;
  }

  /** Waits for a place and answers how to give it back; throws what `onAbort` makes when the signal ends the wait. */
  async enter(signal: AbortSignal | undefined, onAbort: () => Error): Promise<() => void> {
    if (signal?.aborted) throw onAbort();
    if (this.#free > 0) this.#free--;
    else await this.#wait(signal, onAbort);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    };
  }

  #wait(signal: AbortSignal | undefined, onAbort: () => Error): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(admit), 1);
        reject(onAbort());
      };
      const admit = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      this.#waiting.push(admit);
      // One signal may stand for many that wait; Node would take those for a leak.
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }
}
