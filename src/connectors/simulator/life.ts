import type { Random } from "./random.js";

/** Something that may happen in a shop by itself. */
export interface LifeAct {
  name: string;
  /** How often, against the weights of the others. */
  weight: number;
  run: () => Promise<unknown>;
}

export interface Life {
  /** Resolves when nothing happens any more, the act under way included. */
  stop(): Promise<void>;
}

export interface LifeOptions {
  /** Milliseconds from the end of one act to the next; absent, nothing ever happens. */
  everyMs?: number | undefined;
  random: Random;
  acts: readonly LifeAct[];
  log?: ((message: string) => void) | undefined;
}

/** Lets one act after another happen; an act that fails is logged and life goes on. */
export function startLife({ everyMs, random, acts, log = () => {} }: LifeOptions): Life {
  let stopped = everyMs === undefined;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();

  async function live(): Promise<void> {
    const act = random.weighted(acts);
    try {
      await act.run();
      log(`life: ${act.name}`);
    } catch (cause) {
      log(
        `life: ${act.name} came to nothing: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
    }
    next();
  }
  function next(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      underWay = live();
    }, everyMs);
  }

  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
