import { setTimeout as sleep } from "node:timers/promises";
import { type Instant, instant } from "../../domain/time.js";
import { createHttp, type HttpAnswer, urgent } from "../http.js";
import { readAnswer } from "./answer.js";
import { type GraphqlFailure, graphqlFailure, statusFailure, throttledFailure } from "./failure.js";
import type { Operation } from "./operation.js";
import type { Settings } from "./settings.js";
import { type Cost, createThrottle, readCost, refusedWaitMs } from "./throttle.js";
import { createTokenSource } from "./token.js";

/**
 * Newest version that the operations are validated against. Shopify supports a version for a year and then
 * falls forward without a word, so an answer's own version is compared with this one.
 */
export const API_VERSION = "2026-10";

/** The Admin API of one shop. */
export interface Client {
  /**
   * What an operation answers. Waits where the shop has no points left (such a call was certainly not done).
   * Throws ChannelError; for a mutation `mayHaveHappened` is false only where the shop certainly did nothing.
   */
  call<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Data>;
  /** The version that the shop last answered with, null before the first answer. */
  servedVersion(): string | null;
  /** What the shop last said against what we ask, as something that will go; null where it never did. */
  deprecation(): string | null;
  /** The same for what somebody waits for: goes before other calls, and may use the points that reads leave to writes. */
  readonly urgent: Client;
}

export interface ClientOptions {
  settings: Settings;
  fetch: typeof fetch;
  onRateLimit?: ((limit: { remaining: number; resetsAt: Instant | null }) => void) | undefined;
  now: () => number;
}

export function createClient({ settings, fetch, onRateLimit, now }: ClientOptions): Client {
  const http = createHttp({ name: "Shopify", fetch, maxInFlight: MAX_IN_FLIGHT, now });
  const baseUrl = (settings.url ?? `https://${settings.shop}`).replace(/\/+$/, "");
  const tokens = createTokenSource({ settings, baseUrl, http: urgent(http), now });
  const throttle = createThrottle(() => performance.now());
  let served: string | null = null;
  let deprecation: string | null = null;

  async function send(text: string, how: How): Promise<HttpAnswer> {
    const { read, signal } = how;
    const post = (token: string) =>
      (how.urgent ? urgent(http) : http).send({
        method: "POST",
        url: `${baseUrl}/admin/api/${API_VERSION}/graphql.json`,
        headers: { "content-type": "application/json", "x-shopify-access-token": token },
        body: text,
        read,
        signal,
      });
    const token = await tokens.get();
    const answer = await post(token);
    // A token can end before its time, where the app was reinstalled; a 401 has certainly done nothing.
    return answer.status === 401 && tokens.refuse(token) ? post(await tokens.get()) : answer;
  }

  async function once(operation: AnyOperation, variables: unknown, how: Lane) {
    const asked = { shop: settings.shop, name: operation.name };
    const text = JSON.stringify({
      query: operation.text,
      variables,
      operationName: operation.name,
    });
    const settle = throttle.begin(operation.name);
    let cost: Cost | null = null;
    try {
      const answer = await send(text, { ...how, read: operation.kind === "query" });
      if (answer.status !== 200) throw statusFailure(asked, answer);
      served = answer.headers.get("x-shopify-api-version") ?? served;
      deprecation = answer.headers.get("x-shopify-api-deprecated-reason") ?? deprecation;
      const { data, failures, cost: told } = readAnswer(asked, answer.text);
      cost = readCost(told);
      return { asked, data, failures, cost };
    } finally {
      settle(cost);
      if (cost) onRateLimit?.(limitOf(cost, now()));
    }
  }

  /** Waits until the operation should fit into the bucket. */
  async function room(operation: AnyOperation, until: number, how: Lane) {
    const { name } = operation;
    const sparing = operation.kind === "query" && !how.urgent;
    const waitMs = () => throttle.waitMs({ name, sparing });
    for (let ms = waitMs(); ms > 0; ms = waitMs()) {
      const asked = { shop: settings.shop, name };
      if (performance.now() + ms > until) throw throttledFailure(asked, null);
      await pause(ms, asked, how.signal);
    }
  }

  async function call<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    how: Lane,
  ): Promise<Data> {
    const anything = operation as AnyOperation;
    const patienceEnds = performance.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt++) {
      await room(anything, patienceEnds, how);
      const { asked, data, failures, cost } = await once(anything, variables, how);
      if (failures.some(isThrottled)) {
        const waitMs = cost ? refusedWaitMs(cost) : THROTTLED_MS;
        if (waitMs === null || performance.now() + waitMs > patienceEnds)
          throw throttledFailure(asked, cost);
        await pause(waitMs, asked, how.signal);
        continue;
      }
      if (data && isUsable(operation.kind, data, failures)) return data as Data;
      const failure = graphqlFailure(asked, failures);
      const again = operation.kind === "query" && failure.retryable && attempt < READ_TRIES;
      if (!again) throw failure;
    }
  }

  const urgentLane: Client = {
    call: (operation, variables, signal) => call(operation, variables, { urgent: true, signal }),
    servedVersion: () => served,
    deprecation: () => deprecation,
    get urgent() {
      return urgentLane;
    },
  };
  return {
    ...urgentLane,
    call: (operation, variables, signal) => call(operation, variables, { urgent: false, signal }),
  };
}

/** Whether somebody waits for a call, and what ends it. */
interface Lane {
  urgent: boolean;
  signal: AbortSignal | undefined;
}
interface How extends Lane {
  read: boolean;
}
type AnyOperation = Operation<unknown, unknown>;

/** Requests under way at once. Pulls use four of them, so that commands always find one free. */
const MAX_IN_FLIGHT = 6;
/** A call that finds no points within this time is given back to whoever can try again later. */
const PATIENCE_MS = 60_000;
/** Where a refusal does not say what it lacked. */
const THROTTLED_MS = 1_000;
/** How often a read is tried where the shop says INTERNAL_SERVER_ERROR. */
const READ_TRIES = 3;

function isThrottled({ extensions }: GraphqlFailure): boolean {
  return extensions?.code === "THROTTLED";
}

/**
 * Whether data are good, errors beside them or not: a read of which only fields are denied that an app may
 * live without, or a mutation that answered and failed in telling more about it.
 */
function isUsable(
  kind: "query" | "mutation",
  data: Record<string, unknown>,
  failures: GraphqlFailure[],
): boolean {
  if (failures.length === 0) return true;
  if (kind === "mutation") return Object.values(data).some((value) => value !== null);
  return failures.every(
    ({ path = [], extensions }) =>
      extensions?.code === "ACCESS_DENIED" && DISPENSABLE.has(String(emptiedBy(data, path))),
  );
}

/**
 * Fields behind scopes of their own, or behind the approval for customer data, which Shopify gives for customers as such
 * and for their names, addresses, mail and telephone each; all may be null.
 */
const DISPENSABLE = new Set([
  "address1",
  "address2",
  "billingAddress",
  "city",
  "company",
  "customer",
  "defaultEmailAddress",
  "defaultPhoneNumber",
  "destination",
  "email",
  "firstName",
  "lastName",
  "location",
  "name",
  "phone",
  "product",
  "return",
  "shippingAddress",
  "variant",
  "zip",
]);

/** The field that is null for an error at a path: that very one, or what stands above it and must not lack it. */
function emptiedBy(data: unknown, path: (string | number)[]): string | number | undefined {
  let value = data;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[key];
    if (value === null) return key;
  }
  return undefined;
}

function limitOf({ throttleStatus }: Cost, nowMs: number) {
  const { currentlyAvailable: remaining, maximumAvailable, restoreRate } = throttleStatus;
  const missing = maximumAvailable - remaining;
  const resetsAt = missing > 0 ? instant(nowMs + (missing / restoreRate) * 1000) : null;
  return { remaining, resetsAt };
}

async function pause(
  ms: number,
  asked: { shop: string; name: string },
  signal?: AbortSignal,
): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (cause) {
    throw throttledFailure(asked, null, cause);
  }
}
