import { type Client, createClient } from "graphql-ws";

export interface StreamOptions {
  /** WebSocket address of the gateway's GraphQL: "ws://127.0.0.1:4000/graphql". */
  url: string;
  /** The API key, or how to get the present one: it is asked for again with every connection. */
  key: string | (() => string | Promise<string>);
  /** A subscription with one root field and a variable `$resume: Resume`, whose items select their cursors. */
  query: string;
  variables?: Record<string, unknown>;
  /** Where to go on: the cursor of the last item that was dealt with. Absent: from now. */
  after?: string;
  signal?: AbortSignal;
  /** WebSocket class, where the platform has none of its own (Node 20). */
  webSocketImpl?: unknown;
  /** Told of every break and how long it waits before it connects again. */
  onBreak?: (reason: unknown, waitMs: number) => void;
}

/** An item of a stream, as far as resuming needs to know it. */
interface Item {
  cursor?: string;
  /** A reset: where to go on after fetching a snapshot. */
  resumeAt?: string;
}

/** Closed for good: trying again with the same request would end the same. 4403 is not among them, a fresh key mends it. */
const FATAL = new Set([4004, 4005, 4400, 4401, 4406, 4409, 4429, 4500]);
const WAIT_MS = { first: 250, most: 15_000 };

/**
 * Follows a subscription for as long as it is iterated: through restarts, deploys and lost connections it goes on right
 * after the last item that was taken. graphql-ws by itself would repeat the first request with its old cursor. At least
 * once: after a break the item in hand may come again, with the same cursor. Throws when the gateway refuses for good.
 */
export async function* follow<T extends Item>(
  options: StreamOptions,
): AsyncGenerator<T, void, void> {
  let { after } = options;
  let waitMs = WAIT_MS.first;
  while (!options.signal?.aborted) {
    const client = connect(options);
    const stop = () => void client.dispose();
    options.signal?.addEventListener("abort", stop, { once: true });
    try {
      for await (const item of subscribe<T>(client, options, after)) {
        waitMs = WAIT_MS.first;
        yield item;
        after = item.resumeAt ?? item.cursor ?? after;
      }
      return;
    } catch (reason) {
      if (options.signal?.aborted) return;
      if (isFatal(reason)) throw reason;
      const pauseMs = waitMs * (0.5 + Math.random());
      options.onBreak?.(reason, pauseMs);
      await pause(pauseMs, options.signal);
      waitMs = Math.min(waitMs * 2, WAIT_MS.most);
    } finally {
      options.signal?.removeEventListener("abort", stop);
      await client.dispose();
    }
  }
}

function connect({ url, key, webSocketImpl }: StreamOptions): Client {
  return createClient({
    url,
    webSocketImpl,
    retryAttempts: 0,
    connectionParams: async () => ({
      authorization: `Bearer ${typeof key === "string" ? key : await key()}`,
    }),
  });
}

async function* subscribe<T>(
  client: Client,
  options: StreamOptions,
  after: string | undefined,
): AsyncGenerator<T> {
  const resume = after === undefined ? options.variables?.resume : { after };
  const variables = { ...options.variables, ...(resume !== undefined && { resume }) };
  for await (const result of client.iterate<Record<string, T>>({
    query: options.query,
    variables,
  })) {
    if (result.errors) throw new Error(result.errors.map((error) => error.message).join("; "));
    for (const item of Object.values(result.data ?? {})) yield item;
  }
}

/** A refusal by close code, or by errors of the operation itself (graphql-ws throws these as a list). */
function isFatal(reason: unknown): boolean {
  if (Array.isArray(reason)) return true;
  if (reason instanceof Error && !("code" in reason)) return true;
  const code = (reason as { code?: unknown } | null)?.code;
  return typeof code === "number" && FATAL.has(code);
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
