import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../../src/domain/event.js";
import { SCOPES, type Viewer } from "../../src/domain/scope.js";
import type { FollowOptions, StreamItem } from "../../src/events/log.js";
import type { Context } from "../../src/graphql/context.js";
import { follow, resumeFrom } from "../../src/graphql/stream.js";

const viewer: Viewer = {
  tenantId: "north",
  keyId: "key_1",
  client: "till",
  name: "Till",
  scopes: SCOPES,
  channelIds: null,
  expiresAt: null,
};
const all = { quick: () => true, slow: async () => true };
const nothing = { quick: () => true, slow: async () => false };
const event = (cursor: string): StreamItem => ({
  kind: "event",
  cursor,
  event: { cursor } as LoggedEvent,
});

/** A context over a log that says these items and then waits for ever; a clock that a test moves. */
function contextOver(items: StreamItem[], options: Partial<Viewer> = {}) {
  const clock = { now: Date.UTC(2026, 0, 1), stepMs: 0 };
  const checks = { count: 0, kind: "viewer" };
  let heard: () => void = () => undefined;
  const context = {
    viewer: { ...viewer, ...options },
    signal: new AbortController().signal,
    database: { forTenant: () => Promise.reject(new Error("nothing is read here")) },
    now() {
      clock.now += clock.stepMs;
      return new Date(clock.now);
    },
    bus: {
      listen(_topic: string, hear: () => void) {
        heard = hear;
        return () => undefined;
      },
    },
    keys: {
      async check() {
        checks.count += 1;
        return { kind: checks.kind };
      },
    },
    log: {
      async *follow(_tenantId: string, { filter, signal }: FollowOptions) {
        for (const item of items) if (item.kind !== "event" || filter(item.event)) yield item;
        if (signal.aborted) return;
        await new Promise<void>((done) => signal.addEventListener("abort", () => done()));
      },
    },
  } as unknown as Context;
  const revoke = () => {
    checks.kind = "revoked";
    heard();
  };
  return { context, clock, checks, revoke };
}

describe("a followed log", () => {
  it("begins each item with fresh loaders, so that it shows the present", async () => {
    const { context } = contextOver([event("a"), event("b")]);
    const stream = follow(context, {}, all);
    await stream.next();
    const first = context.loaders;
    await stream.next();
    expect(context.loaders).not.toBe(first);
    await stream.return?.();
  });

  it("moves a quiet subscriber's cursor on while its filter lets nothing through", async () => {
    const { context, clock } = contextOver(["a", "b", "c", "d"].map(event));
    clock.stepMs = 4_000;
    const stream = follow(context, {}, nothing);
    const { value } = await stream.next();
    expect(value).toMatchObject({ kind: "checkpoint", caughtUp: false });
    expect(["b", "c", "d"]).toContain(value.cursor);
    await stream.return?.();
  });

  it("looks into the key once in a while, not for each item", async () => {
    const { context, clock, checks } = contextOver(["a", "b", "c"].map(event));
    const stream = follow(context, {}, all);
    await stream.next();
    await stream.next();
    expect(checks.count).toBe(1);
    clock.now += 31_000;
    await stream.next();
    expect(checks.count).toBe(2);
    await stream.return?.();
  });

  it("sends nothing more once the key is found to be revoked", async () => {
    const { context, clock, checks } = contextOver(["a", "b"].map(event));
    const stream = follow(context, {}, all);
    await stream.next();
    checks.kind = "revoked";
    clock.now += 31_000;
    await expect(stream.next()).rejects.toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
  });

  it("ends at once on news of the key, in the middle of its wait", async () => {
    const { context, revoke } = contextOver([]);
    const stream = follow(context, {}, all);
    const next = stream.next();
    await Promise.resolve();
    revoke();
    await expect(next).rejects.toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
  });

  it("can be left in the middle of its wait", async () => {
    const { context } = contextOver([event("a")]);
    const stream = follow(context, {}, all);
    await stream.next();
    const waiting = stream.next();
    expect(await stream.return?.()).toMatchObject({ done: true });
    expect(await waiting).toMatchObject({ done: true });
  });
});

describe("resume", () => {
  it("takes one place, or none for now", () => {
    expect(resumeFrom(null)).toEqual({});
    expect(resumeFrom({ after: "c" })).toEqual({ after: "c", since: null });
    expect(() => resumeFrom({ after: "c", since: new Date() })).toThrow("exactly one");
    expect(() => resumeFrom({})).toThrow("exactly one");
  });
});
