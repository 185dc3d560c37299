import { ChannelError } from "../domain/errors.js";
import { readBody } from "./http-body.js";
import { Bulkhead } from "./http-bulkhead.js";
import { addressOf, failureOf, redirectRefused } from "./http-failure.js";

/** What one shop may cost us. Every time is in milliseconds. */
export interface HttpOptions {
  /** Whose calls these are, for messages: "WooCommerce". */
  name: string;
  fetch: typeof fetch;
  /** From the first byte sent to the last received; waiting for a free place does not count. Default 30,000. */
  timeoutMs?: number;
  /** Requests under way at once; the others wait their turn. Default 4. */
  maxInFlight?: number;
  /** A longer answer is an error. Default 32 MiB. */
  maxBodyBytes?: number;
  /** How often a read is tried in all. Default 3. */
  tries?: number;
  /** Backoff before the second try; doubles each time, with full jitter. Default 250. */
  backoffMs?: number;
  /** The longest that one wait may take; a shop that asks for more gets its answer passed on. Default 20,000. */
  maxWaitMs?: number;
  /** Told when the shop asks to be left alone until a moment (milliseconds since 1970). */
  onRetryAfter?: (untilMs: number) => void;
  now?: () => number;
  random?: () => number;
}

interface HttpRequest {
  method: string;
  url: string;
  /** A function is asked again for each try, for signatures that hold only once. */
  headers?: Record<string, string> | (() => Record<string, string>);
  body?: string;
  /** Ends the waiting and the call. */
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
  /** Whether a second try does no harm. Default: GET and HEAD; say true for a GraphQL query. */
  read?: boolean;
  /** Whether somebody waits for it: a command goes before whatever polls are waiting. See `urgent`. */
  urgent?: boolean;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** How long the shop asks us to stay away, where it does. */
  retryAfterMs: number | null;
}

/** The only way a connector reaches a shop. */
export interface Http {
  /**
   * Any complete answer, whatever its status; reads are tried again first. Throws ChannelError where there is
   * none, with `mayHaveHappened` false only where no byte of the request can have reached the shop.
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
}

/**
 * HTTP to one shop: at most `maxInFlight` requests at once, each within its time and size, redirects refused.
 * When the shop says Retry-After, nobody calls it before that moment.
 */
export function createHttp(options: HttpOptions): Http {
  const limits = { ...DEFAULTS, ...options };
  const bulkhead = new Bulkhead(limits.maxInFlight);
  let quietUntil = 0;

  async function once(request: HttpRequest): Promise<HttpAnswer> {
    const release = await bulkhead.enter(request, () => aborted(limits.name, request));
    try {
      await keepQuiet(request);
      const answer = await call(limits, request);
      if (answer.retryAfterMs !== null) {
        quietUntil = Math.max(quietUntil, limits.now() + answer.retryAfterMs);
        limits.onRetryAfter?.(quietUntil);
      }
      return answer;
    } finally {
      release();
    }
  }

  async function keepQuiet(request: HttpRequest): Promise<void> {
    const waitMs = quietUntil - limits.now();
    if (waitMs <= 0) return;
    if (waitMs > limits.maxWaitMs) throw rateLimited(limits.name, request, waitMs);
    await pause(waitMs, request.signal, () => aborted(limits.name, request));
  }

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    const tries = isRead(request) ? limits.tries : 1;
    for (let attempt = 1; ; attempt++) {
      const outcome = await settle(once(request));
      const waitMs = attempt < tries ? retryDelay(outcome, attempt, limits) : null;
      if (waitMs === null || request.signal?.aborted) return unwrap(outcome);
      await pause(waitMs, request.signal, () => aborted(limits.name, request));
    }
  }
  return { send };
}

/** The same way out for commands: what is sent by it goes before polls, which never take the last place. */
export function urgent(http: Http): Http {
  return { send: (request) => http.send({ ...request, urgent: true }) };
}

/**
 * What a status says about a write where the platform's own table knows no better: refused only where the
 * shop certainly did nothing.
 */
export function classifyStatus(status: number): "done" | "refused" | "unknown" {
  if (status >= 200 && status < 300) return "done";
  return NOT_DONE.has(status) ? "refused" : "unknown";
}

/** Milliseconds of a Retry-After header, given in seconds or as a date; null where there is none. */
export function parseRetryAfter(value: string | null, nowMs: number): number | null {
  if (value === null || value.trim() === "") return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds * 1000));
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

const DEFAULTS = {
  timeoutMs: 30_000,
  maxInFlight: 4,
  maxBodyBytes: 32 * 1024 * 1024,
  tries: 3,
  backoffMs: 250,
  maxWaitMs: 20_000,
  now: Date.now,
  random: Math.random,
};
type Limits = typeof DEFAULTS & HttpOptions;

const NOT_DONE = new Set([400, 401, 402, 403, 404, 410, 422, 429]);
/** Statuses that pass by themselves; anything else would be answered the same again. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

async function call(limits: Limits, request: HttpRequest): Promise<HttpAnswer> {
  const timeout = AbortSignal.timeout(request.timeoutMs ?? limits.timeoutMs);
  const signals = request.signal ? [timeout, request.signal] : [timeout];
  if (request.signal?.aborted) throw aborted(limits.name, request);
  try {
    const response = await limits.fetch(request.url, {
      method: request.method,
      headers: typeof request.headers === "function" ? request.headers() : (request.headers ?? {}),
      redirect: "manual",
      signal: AbortSignal.any(signals),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    if (response.status >= 300 && response.status < 400 && response.status !== 304)
      throw await redirectRefused(limits.name, request, response);
    return {
      status: response.status,
      headers: response.headers,
      text: await readBody(response, limits.maxBodyBytes),
      retryAfterMs: stayAway(response, limits.now()),
    };
  } catch (cause) {
    throw failureOf(limits.name, request, cause, timeout.aborted);
  }
}

/** Only these two statuses make Retry-After a demand to stay away. */
function stayAway(response: Response, nowMs: number): number | null {
  if (response.status !== 429 && response.status !== 503) return null;
  return parseRetryAfter(response.headers.get("retry-after"), nowMs);
}

type Settled = { answer: HttpAnswer } | { error: unknown };

function settle(promise: Promise<HttpAnswer>): Promise<Settled> {
  return promise.then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
}

function unwrap(outcome: Settled): HttpAnswer {
  if ("error" in outcome) throw outcome.error;
  return outcome.answer;
}

/** How long to wait before the next try, or null where trying again is no use. */
function retryDelay(outcome: Settled, attempt: number, limits: Limits): number | null {
  const backoffMs = limits.backoffMs * 2 ** (attempt - 1) * (0.5 + limits.random() / 2);
  if ("error" in outcome)
    return outcome.error instanceof ChannelError &&
      outcome.error.retryable &&
      outcome.error.code !== "CHANNEL_RATE_LIMITED"
      ? backoffMs
      : null;
  if (!PASSING.has(outcome.answer.status)) return null;
  const waitMs = Math.max(backoffMs, outcome.answer.retryAfterMs ?? 0);
  return waitMs > limits.maxWaitMs ? null : waitMs;
}

function isRead(request: HttpRequest): boolean {
  return request.read ?? (request.method === "GET" || request.method === "HEAD");
}

function aborted(name: string, request: HttpRequest): ChannelError {
  return new ChannelError(
    "CHANNEL_UNAVAILABLE",
    `${name}: ${addressOf(request)} was given up before it was sent`,
    { retryable: true, mayHaveHappened: false, cause: request.signal?.reason },
  );
}

function rateLimited(name: string, request: HttpRequest, waitMs: number): ChannelError {
  return new ChannelError(
    "CHANNEL_RATE_LIMITED",
    `${name}: ${addressOf(request)} was not sent: the shop asked for quiet during ${Math.ceil(waitMs / 1000)} s more`,
    { retryable: true, retryAfterMs: waitMs, mayHaveHappened: false },
  );
}

/** Waits, or throws what `onAbort` makes as soon as the signal ends it. */
function pause(ms: number, signal: AbortSignal | undefined, onAbort: () => Error): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(onAbort());
    const stop = () => {
      clearTimeout(timer);
      reject(onAbort());
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
