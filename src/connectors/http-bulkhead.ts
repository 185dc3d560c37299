import { setMaxListeners } from "node:events";

/** Somebody who wants a place; the signal ends the wait. */
export interface Entrant {
  signal?: AbortSignal | undefined;
  /** Goes before all that are not, and may take the last place. */
  urgent?: boolean;
}

/**
 * At most `limit` holders at once; the others wait, those in haste before the rest, and each in order of arrival. Who is
 * in no haste leaves one place free (where there are two or more), so that slow polls never hold a command up.
 */
export class Bulkhead {
  readonly #limit: number;
  #held = 0;
  readonly #urgent: (() => void)[] = [];
  readonly #patient: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Waits for a place and answers how to give it back; throws what `onAbort` makes when the signal ends the wait. */
  async enter({ signal, urgent = false }: Entrant, onAbort: () => Error): Promise<() => void> {
    if (signal?.aborted) throw onAbort();
    if (this.#hasRoom(urgent)) this.#held++;
    else await this.#wait(urgent ? this.#urgent : this.#patient, signal, onAbort);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#held--;
      this.#admitNext();
    };
  }

  #hasRoom(urgent: boolean): boolean {
    return this.#held < (urgent ? this.#limit : Math.max(1, this.#limit - 1));
  }

  #admitNext(): void {
    const queue = this.#urgent.length > 0 ? this.#urgent : this.#patient;
    if (!this.#hasRoom(queue === this.#urgent)) return;
    const next = queue.shift();
    if (!next) return;
    this.#held++;
    next();
  }

  #wait(
    queue: (() => void)[],
    signal: AbortSignal | undefined,
    onAbort: () => Error,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        queue.splice(queue.indexOf(admit), 1);
        reject(onAbort());
      };
      const admit = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      queue.push(admit);
      // One signal may stand for many that wait; Node would take those for a leak.
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }
}
