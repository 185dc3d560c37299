import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { ChannelError } from "../../domain/errors.js";
import { instant } from "../../domain/time.js";
import { createHttp, urgent as inHaste } from "../http.js";
import { Bulkhead } from "../http-bulkhead.js";
import { readJson } from "../json.js";
import { withQuery } from "../query.js";
import { createBudget, type Window, windowOf } from "./budget.js";
import { type Answer, type Asked, unreadAnswer } from "./refusal.js";
import type { Settings } from "./settings.js";

export interface Request {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Version and resource, beginning with a slash: "/v2/orders". */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** The REST API of one store, v2 and v3. */
export interface BigCommerce {
  /** Any complete answer. Throws ChannelError where there is none. */
  call(request: Request): Promise<Answer>;
  /** A read that must succeed; of v3 what is in `data`, and [] for no content. Throws ChannelError for any other answer. */
  get(path: string, query?: Record<string, string>, signal?: AbortSignal): Promise<unknown>;
  /** All pages of a list. */
  list(path: string, query?: Record<string, string>, signal?: AbortSignal): Promise<unknown[]>;
  asked(request: Pick<Request, "method" | "path">): Asked;
  /** The same store for a write and for the reads that prepare it: they may use what other reads leave. */
  readonly urgent: BigCommerce;
}

export interface ClientOptions {
  fetch: typeof fetch;
  now: () => Date;
  onRateLimit?: ((limit: { remaining: number; resetsAt: string | null }) => void) | undefined;
}

/** A client that stays within what the store's own headers leave, writes before reads. */
export function createBigCommerce(settings: Settings, options: ClientOptions): BigCommerce {
  const now = () => options.now().getTime();
  const budget = createBudget(now);
  const http = createHttp({
    name: "BigCommerce",
    fetch: withRetryAfter(options.fetch),
    maxInFlight: MAX_IN_FLIGHT,
    maxWaitMs: PATIENCE_MS,
    now,
  });
  const reads = new Bulkhead(MAX_READS);
  const base = `${settings.url}/stores/${settings.storeHash}`;
  const headers = {
    "x-auth-token": settings.accessToken,
    // v2 answers XML to whoever does not ask for JSON, and demands a content type of reads as well.
    accept: "application/json",
    "content-type": "application/json",
  };
  const asked = ({ method, path }: Pick<Request, "method" | "path">): Asked => ({
    method,
    path,
    where: `${method} ${new URL(base).host}${new URL(base).pathname}${path}`,
  });

  /** Waits until the budget has room, and takes a place in it. */
  async function room(
    request: Request,
    kind: "read" | "write",
  ): Promise<(said: Window | null) => void> {
    const until = performance.now() + PATIENCE_MS;
    for (let ms = budget.waitMs(kind); ms > 0; ms = budget.waitMs(kind)) {
      if (performance.now() + ms > until) throw noRoom(asked(request), ms);
      await sleep(ms, undefined, { signal: request.signal }).catch((cause: unknown) => {
        throw noRoom(asked(request), ms, cause);
      });
    }
    return budget.begin();
  }

  /** Reads of a pull come in hundreds; they queue here, so that a command finds a connection free. */
  async function sendRead(request: Request): Promise<Answer> {
    const leave = await reads.enter({ signal: request.signal, urgent: true }, () =>
      noRoom(asked(request), 0),
    );
    try {
      return await send(request, "read");
    } finally {
      leave();
    }
  }

  async function send(request: Request, kind: "read" | "write"): Promise<Answer> {
    const settle = await room(request, kind);
    let said: Window | null = null;
    try {
      const lane = kind === "write" ? inHaste(http) : http;
      const answer = await lane.send({
        method: request.method,
        url: withQuery(`${base}${request.path}`, request.query),
        headers,
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        signal: request.signal,
      });
      said = windowOf(answer.headers);
      // 204 stands for an empty list; no other answer is one for having no body.
      const body = answer.status === 204 ? [] : readJson(answer.text);
      return {
        status: answer.status,
        headers: answer.headers,
        body,
        retryAfterMs: answer.retryAfterMs,
      };
    } finally {
      settle(said);
      if (said)
        options.onRateLimit?.({ remaining: said.left, resetsAt: instant(now() + said.resetsInMs) });
    }
  }

  const urgent: BigCommerce = {
    ...faceOf((request) => send(request, "write"), asked),
    get urgent() {
      return urgent;
    },
  };
  const patient = (request: Request) =>
    request.method === "GET" ? sendRead(request) : send(request, "write");
  return { ...faceOf(patient, asked), urgent };
}

/** Reading of lists and envelopes, on top of what sends one request. */
function faceOf(
  call: BigCommerce["call"],
  asked: BigCommerce["asked"],
): Omit<BigCommerce, "urgent"> {
  async function getAnswer(request: Request): Promise<Answer> {
    const answer = await call(request);
    const error = unreadAnswer(answer, asked(request));
    if (error) throw error;
    return answer;
  }

  async function get(path: string, query: Record<string, string> = {}, signal?: AbortSignal) {
    return contentOf(path, (await getAnswer({ method: "GET", path, query, signal })).body);
  }

  async function list(path: string, query: Record<string, string> = {}, signal?: AbortSignal) {
    const items: unknown[] = [];
    for (let page = 1; ; page++) {
      const paged = { ...query, limit: String(PAGE), page: String(page) };
      const { body } = await getAnswer({ method: "GET", path, query: paged, signal });
      const found = z.array(z.unknown()).parse(contentOf(path, body));
      items.push(...found);
      // A store may give fewer a page than it was asked for; v3 says how many pages there are, v2 does not.
      const pages = v3Pages.safeParse(body).data?.meta.pagination.total_pages;
      if (found.length === 0 || (pages === undefined ? found.length < PAGE : page >= pages))
        return items;
    }
  }

  return { call, get, list, asked };
}

/** Requests under way at once, and how many of them may be reads that nobody waits for. */
const MAX_IN_FLIGHT = 6;
const MAX_READS = 4;
/** A window lasts 30 s; who finds no room within two is given back to whoever can try again later. */
const PATIENCE_MS = 60_000;
/** The most that v2 gives a page. */
const PAGE = 250;

const v3Pages = z.object({
  meta: z.object({ pagination: z.object({ total_pages: z.number() }) }),
});

/** v3 wraps what it answers in `data`; no content is an empty list in either. */
function contentOf(path: string, body: unknown): unknown {
  if (!path.startsWith("/v3") || Array.isArray(body)) return body;
  return z.object({ data: z.unknown() }).parse(body).data;
}

/** The longest that an overloaded platform is left alone before it is asked again. */
const MAX_OVERLOAD_SECONDS = 16;

/**
 * A store that was asked too often says in a header of its own when its window ends; in the header that everybody knows
 * it keeps all of our calls away until then. A 429 that says nothing comes from a platform that is overloaded: it is left
 * alone for a second, and twice as long each time it says so again.
 */
function withRetryAfter(send: typeof fetch): typeof fetch {
  let overloads = 0;
  return async (input, init) => {
    const response = await send(input, init);
    if (response.status !== 429) {
      overloads = 0;
      return response;
    }
    if (response.headers.has("retry-after")) return response;
    const said = windowOf(response.headers);
    const seconds = said
      ? said.resetsInMs / 1000
      : Math.min(2 ** overloads++, MAX_OVERLOAD_SECONDS);
    const headers = new Headers(response.headers);
    headers.set("retry-after", String(seconds));
    return new Response(response.body, { status: response.status, headers });
  };
}

function noRoom({ where }: Asked, retryAfterMs: number, cause?: unknown): ChannelError {
  return new ChannelError(
    "CHANNEL_RATE_LIMITED",
    `BigCommerce: ${where} was not sent: the store's apps together have used up its requests for ${Math.ceil(retryAfterMs / 1000)} s more`,
    { retryable: true, retryAfterMs, mayHaveHappened: false, cause },
  );
}
