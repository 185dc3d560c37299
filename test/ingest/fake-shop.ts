import type {
  Channel,
  Probe,
  PulledPage,
  PullWindow,
  Receipt,
  SurveyedPage,
  SurveyWindow,
  WebhookRegistration,
} from "../../src/domain/channel.js";
import { ChannelError } from "../../src/domain/errors.js";
import type { Snapshot } from "../../src/domain/snapshot.js";
import { head, snapshot } from "../support/snapshots.js";

interface FakeOrder {
  nativeId: string;
  changedAt: Date;
  /** Where it is not when it last changed. */
  placedAt?: Date;
  note: string;
}

/** A shop in memory, to be read and to fail as a test says; what was asked of it is counted. */
export class FakeShop {
  readonly orders = new Map<string, FakeOrder>();
  readonly reads: string[] = [];
  readonly pulls: PullWindow[] = [];
  readonly surveys: SurveyWindow[] = [];
  pageSize = 10;
  registered: WebhookRegistration[] = [];
  ensured = 0;
  /** Called before each answer; may wait or throw. */
  beforeRead: (nativeId: string) => Promise<void> | void = () => {};
  beforePage: (window: PullWindow, page: number) => Promise<void> | void = () => {};
  beforeSurvey: (window: SurveyWindow, page: number) => Promise<void> | void = () => {};
  beforeEnsure: () => Promise<void> | void = () => {};
  /** What a probe finds; it fails while there is nothing. */
  found: Probe | null = null;
  unreadable: PulledPage["unreadable"] = [];
  receive: (body: { [key: string]: string }) => Receipt = () => {
    throw new Error("no webhook expected");
  };
  #changes = 0;
  /** A little ago, as the shop's clock has it. */
  readonly #openedMs = Date.now() - 5 * 60_000;

  /** Places or changes orders; each change is a second later than the one before it. */
  change(...nativeIds: string[]): void {
    for (const nativeId of nativeIds) {
      this.#changes += 1;
      const changedAt = new Date(this.#openedMs + this.#changes * 1000);
      const before = this.orders.get(nativeId);
      const placedAt = before?.placedAt ?? changedAt;
      this.orders.set(nativeId, { nativeId, changedAt, placedAt, note: `change ${this.#changes}` });
    }
  }

  /** Changes an order without moving its time of change, as some parts of some shops do. */
  changeUntold(nativeId: string): void {
    const order = this.orders.get(nativeId);
    if (!order) throw new Error(`no order ${nativeId}`);
    this.#changes += 1;
    order.note = `change ${this.#changes}`;
  }

  snapshotOf(nativeId: string): Snapshot | null {
    const order = this.orders.get(nativeId);
    if (!order) return null;
    const asOf = order.changedAt.toISOString();
    const placedAt = (order.placedAt ?? order.changedAt).toISOString();
    const value = head({
      number: nativeId,
      placedAt,
      platformUpdatedAt: asOf,
      tags: [order.note],
    });
    const whole = snapshot(nativeId, 0);
    const sections = Object.entries(whole).map(([name, section]) =>
      name === "ref" ? [name, section] : [name, { ...section, asOf }],
    );
    return { ...Object.fromEntries(sections), head: { asOf, complete: true, value } };
  }

  readonly channel: Channel = {
    capabilities: [],
    settleMs: 0,
    probe: async () => {
      if (!this.found) throw down();
      return this.found;
    },
    pull: (window) => this.#pull(window),
    survey: (window) => this.#survey(window),
    read: async ({ nativeId }, signal) => {
      this.reads.push(nativeId);
      await this.beforeRead(nativeId);
      signal?.throwIfAborted();
      return this.snapshotOf(nativeId);
    },
    receive: ({ headers, body }) =>
      headers.signature === "good"
        ? this.receive(JSON.parse(body.toString()))
        : { kind: "rejected", reason: "the signature is wrong" },
    plan: () => [],
    perform: () => Promise.reject(new Error("not asked in these tests")),
    find: () => Promise.reject(new Error("not asked in these tests")),
    webhooks: async () => this.registered,
    ensureWebhooks: async () => {
      this.ensured += 1;
      await this.beforeEnsure();
      this.registered = [{ topic: "order.updated", active: true }];
      return this.registered;
    },
    removeWebhooks: async () => {
      this.registered = [];
    },
  };

  async *#survey(window: SurveyWindow): AsyncIterable<SurveyedPage> {
    this.surveys.push(window);
    const all = [...this.orders.values()].filter(
      ({ changedAt, placedAt = changedAt }) => placedAt >= window.from && placedAt <= window.to,
    );
    let start = window.cursor ? Number(window.cursor) : 0;
    for (let page = 0; page === 0 || start < all.length; page++) {
      await this.beforeSurvey(window, page);
      window.signal?.throwIfAborted();
      const some = all.slice(start, start + this.pageSize);
      start += some.length;
      const glance = ({ nativeId, note }: FakeOrder) => ({ nativeId, print: note });
      yield { orders: some.map(glance), cursor: String(start) };
    }
  }

  async *#pull(window: PullWindow): AsyncIterable<PulledPage> {
    this.pulls.push(window);
    const from = window.from?.getTime();
    const all = [...this.orders.values()]
      .filter(({ changedAt }) => from === undefined || changedAt.getTime() >= from)
      .sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime());
    if (from === undefined) all.reverse();
    let start = window.cursor ? Number(window.cursor) : 0;
    for (let page = 0; page === 0 || start < all.length; page++) {
      await this.beforePage(window, page);
      window.signal?.throwIfAborted();
      const some = all.slice(start, start + this.pageSize);
      start += some.length;
      yield {
        snapshots: some.flatMap(({ nativeId }) => this.snapshotOf(nativeId) ?? []),
        unreadable: page === 0 ? this.unreadable : [],
        cursor: String(start),
        estimatedTotal: from === undefined ? all.length : null,
      };
    }
  }
}

/** A shop that does not answer now, may soon, or refuses the key. */
export const down = () =>
  new ChannelError("CHANNEL_UNAVAILABLE", "the shop answered 503", {
    retryable: true,
    httpStatus: 503,
  });
export const tooMany = (retryAfterMs: number) =>
  new ChannelError("CHANNEL_RATE_LIMITED", "the shop answered 429", {
    retryable: true,
    httpStatus: 429,
    retryAfterMs,
  });
export const refusedKey = () =>
  new ChannelError("CHANNEL_REJECTED", "the key was refused; give it read permission", {
    httpStatus: 401,
  });
