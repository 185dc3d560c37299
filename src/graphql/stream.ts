import { InvalidInput } from "../domain/errors.js";
import type { LoggedEvent } from "../domain/event.js";
import { instant } from "../domain/time.js";
import type { From, StreamItem } from "../events/log.js";
import { type Context, forget } from "./context.js";
import { unauthenticated } from "./errors.js";
import type { EventTest } from "./event-filter.js";

/** While a filter that must look things up lets nothing through, the cursor still moves on this often. */
const CHECKPOINT_MS = 15_000;
/** How long a key is believed without news of it; news is looked into at once. */
const BELIEVED_MS = 30_000;
/** Longest wait of a timer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The log for one subscriber: filtered, each item authorised when it is sent, and with fresh loaders for each. Ends with
 * UNAUTHENTICATED when the key is revoked or expires.
 */
export function follow(
  context: Context,
  from: From,
  test: EventTest,
): AsyncIterableIterator<StreamItem> {
  const end = new AbortController();
  const signal = AbortSignal.any([context.signal, end.signal]);
  return endedBy(end, walk(context, from, test, signal, end));
}

async function* walk(
  context: Context,
  from: From,
  test: EventTest,
  signal: AbortSignal,
  end: AbortController,
): AsyncGenerator<StreamItem> {
  const key = watchKey(context, end);
  try {
    await key.check();
    let saidAt = context.now().getTime();
    const { log, viewer } = context;
    for await (const item of log.follow(viewer.tenantId, { ...from, filter: test.quick, signal })) {
      await key.check();
      forget(context);
      if (item.kind !== "event" || (await test.slow(item.event, context))) yield item;
      else if (context.now().getTime() - saidAt < CHECKPOINT_MS) continue;
      else yield checkpointAt(item.cursor, context);
      saidAt = context.now().getTime();
    }
    await key.check();
  } finally {
    key.stop();
    end.abort();
  }
}

function checkpointAt(cursor: string, { now }: Context): StreamItem {
  return { kind: "checkpoint", cursor, at: instant(now()), caughtUp: false };
}

/** Ends the stream as soon as the key is revoked or expires; `check` throws then. */
function watchKey({ bus, keys, viewer, now }: Context, end: AbortController) {
  let checkedAt = 0;
  let stands = true;
  const look = async () => {
    checkedAt = now().getTime();
    stands = (await keys.check(viewer)).kind === "viewer";
    if (!stands) end.abort();
  };
  const stopHearing = bus.listen("keys", () => {
    // What cannot be asked now is asked again before the next item.
    look().catch(() => {
      checkedAt = 0;
    });
  });
  const left = viewer.expiresAt ? viewer.expiresAt.getTime() - now().getTime() : Infinity;
  const timer = left < LONGEST_TIMER_MS ? setTimeout(() => void expire(), left) : undefined;
  timer?.unref();
  function expire() {
    stands = false;
    end.abort();
  }
  return {
    async check() {
      if (stands && now().getTime() - checkedAt >= BELIEVED_MS) await look();
      if (!stands) throw unauthenticated("The API key was revoked or has expired");
    },
    stop() {
      stopHearing();
      clearTimeout(timer);
    },
  };
}

/** A generator that waits cannot be returned from before its wait is over: the signal ends that first. */
export function endedBy<T>(
  end: AbortController,
  generator: AsyncGenerator<T>,
): AsyncIterableIterator<T> {
  return {
    next: () => generator.next(),
    return(value) {
      end.abort();
      return generator.return(value);
    },
    throw(error) {
      end.abort();
      return generator.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Where a stream begins; throws InvalidInput unless exactly one place is named. */
export function resumeFrom(
  resume: { after?: string | null; since?: Date | null } | null | undefined,
): From {
  if (!resume) return {};
  const { after, since } = resume;
  if ((after == null) === (since == null))
    throw new InvalidInput("`resume` takes exactly one of `after` and `since`", ["resume"]);
  return { after: after ?? null, since: since ?? null };
}

/** Passes everything on that is about one thing; for streams that follow it. */
export function eventsAbout(isAbout: (event: LoggedEvent) => boolean): EventTest {
  return { quick: isAbout, slow: async () => true };
}
