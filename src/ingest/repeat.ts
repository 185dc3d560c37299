export interface Repeated {
  /** At once, or again right after what is being done now. */
  hurry(): void;
  /** Not again; resolves when what is being done now is done. */
  stop(): Promise<void>;
}

/** Does something at once and then again after each pause, or sooner when hurried; never twice at a time. `work` must not reject. */
export function repeat(work: () => Promise<void>, pauseMs: number): Repeated {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let hurried = false;
  let working: Promise<void> | null = null;

  function hurry(): void {
    hurried = true;
    clearTimeout(timer);
    if (!stopped) working ??= run();
  }
  async function run(): Promise<void> {
    while (hurried && !stopped) {
      hurried = false;
      await work();
    }
    working = null;
    if (!stopped) timer = setTimeout(hurry, pauseMs);
  }

  hurry();
  return {
    hurry,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
