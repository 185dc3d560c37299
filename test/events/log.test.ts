import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NewEvent } from "../../src/domain/event.js";
import { mintId } from "../../src/domain/id.js";
import type { Bus } from "../../src/events/bus.js";
import type { Log, StreamItem } from "../../src/events/log.js";
import { openPostgresBus } from "../../src/events/postgres.js";
import { createLog } from "../../src/events/reader.js";
import { createRecorder } from "../../src/events/record.js";
import type { Recorder } from "../../src/events/recorder.js";
import { startTail, type Tail } from "../../src/events/tail.js";
import { beginEpoch, pruneEvents } from "../../src/store/events.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { silent } from "../support/log.js";

let test: TestDatabase;
let bus: Bus;
let tail: Tail;
let log: Log;
let recorder: Recorder;

beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.asSystem(beginEpoch);
  bus = await openPostgresBus(test.database, silent);
  tail = await startTail(test.database, bus, silent);
  log = createLog(test.database, tail);
  recorder = createRecorder({ db: test.database, bus });
});
afterAll(async () => {
  await tail?.stop();
  await bus?.close();
  await test?.drop();
});

const news = (subjectId: string): NewEvent => ({
  id: mintId("Event"),
  type: "COMMAND_UPDATED",
  occurredAt: new Date().toISOString(),
  channelId: null,
  orderId: null,
  subjectId,
  orderVersion: null,
  source: "MANUAL",
  actor: { kind: "SYSTEM", id: null, name: null },
  causedBy: null,
  deliveryId: null,
  changes: [],
  tracking: null,
});
const append = (tenantId: string, ...subjects: string[]) =>
  recorder.transact(tenantId, (scope) => scope.append(subjects.map(news)));

/** Follows until so many events came; cut off and resumed from the last cursor after every `cutAfter` of them. */
async function collect(
  tenantId: string,
  from: { after?: string },
  count: number,
  cutAfter = Number.POSITIVE_INFINITY,
) {
  const seen: string[] = [];
  let { after } = from;
  while (seen.length < count) {
    const end = new AbortController();
    let here = 0;
    for await (const item of log.follow(tenantId, {
      ...(after && { after }),
      filter: () => true,
      signal: end.signal,
    })) {
      if (item.kind !== "event") continue;
      seen.push(item.event.subjectId as string);
      after = item.cursor;
      here += 1;
      if (seen.length === count || here === cutAfter) break;
    }
    end.abort();
  }
  return seen;
}

describe("the log", () => {
  it("gives every event once and in order to followers that are cut off again and again, while eight writers write", async () => {
    const start = await log.position("many");
    const writers = 8;
    const each = 60;
    const followers = [
      collect("many", { after: start }, writers * each),
      collect("many", { after: start }, writers * each, 17),
    ];
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let i = 0; i < each; i += 1) await append("many", `${writer}-${i}`);
      }),
    );
    const [steady, cut] = await Promise.all(followers);
    expect(new Set(steady).size).toBe(writers * each);
    expect(cut).toEqual(steady);
  });

  it("waits for an older transaction instead of passing it by", async () => {
    const start = await log.position("late");
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let written = () => {};
    const wrote = new Promise<void>((resolve) => {
      written = resolve;
    });
    const slow = recorder.transact("late", async (scope) => {
      await scope.append([news("first")]);
      written();
      await held;
    });
    await wrote;
    await append("late", "second");
    const early = await log.read("late", { after: start }, 10);
    expect(early.events).toEqual([]);
    release();
    await slow;
    expect(await collect("late", { after: start }, 2)).toEqual(["first", "second"]);
  });

  it("shows no tenant another's events", async () => {
    await append("mine", "m1");
    await append("theirs", "x1");
    const page = await log.read("mine", {}, 100);
    expect(page.events.map((event) => event.subjectId)).toEqual(["m1"]);
  });

  it("moves a quiet follower's cursor on by checkpoints", async () => {
    const start = await log.position("quiet");
    const end = new AbortController();
    const items: StreamItem[] = [];
    const options = {
      after: start,
      filter: () => false,
      signal: end.signal,
      checkpointEveryMs: 40,
    };
    await append("quiet", "unseen");
    for await (const item of log.follow("quiet", options)) {
      items.push(item);
      if (items.length === 2) break;
    }
    end.abort();
    expect(items.map((item) => item.kind)).toEqual(["checkpoint", "checkpoint"]);
    const page = await log.read("quiet", { after: (items[1] as { cursor: string }).cursor }, 10);
    expect(page.events).toEqual([]);
  });

  it("resumes from a moment in time", async () => {
    await append("since", "old");
    const [old] = (await log.read("since", {}, 10)).events;
    // The log keeps milliseconds, and rounds: the next one is surely later.
    const between = new Date(Date.parse(old?.recordedAt ?? "") + 1);
    await expect.poll(() => Date.now()).toBeGreaterThan(between.getTime());
    await append("since", "new");
    const page = await log.read("since", { since: between }, 10);
    expect(page.events.map((event) => event.subjectId)).toEqual(["new"]);
  });

  it("says so when a cursor is older than the log keeps, and when it is of another log", async () => {
    const before = await log.position("pruned");
    await append("pruned", "gone");
    expect(
      await test.database.asSystem((tx) => pruneEvents(tx, new Date(Date.now() + 60_000))),
    ).toBeGreaterThan(0);
    const old = await log.read("pruned", { after: before }, 10);
    expect(old.reset?.reason).toBe("EXPIRED");
    await append("pruned", "here");
    const again = await log.read("pruned", { after: old.reset?.resumeAt as string }, 10);
    expect(again.events.map((event) => event.subjectId)).toEqual(["here"]);
    const foreign = Buffer.from("7.1.1").toString("base64url");
    expect((await log.read("pruned", { after: foreign }, 10)).reset?.reason).toBe("EPOCH_CHANGED");
    const [epoch] = Buffer.from(before, "base64url").toString().split(".");
    const ahead = Buffer.from(`${epoch}.99999999999.0`).toString("base64url");
    expect((await log.read("pruned", { after: ahead }, 10)).reset?.reason).toBe("EPOCH_CHANGED");
    await expect(log.read("pruned", { after: "nonsense" }, 10)).rejects.toThrow(
      'not a cursor of this log: "nonsense"',
    );
  });

  it("begins no new epoch on the same cluster", async () => {
    const epoch = await test.database.asSystem(beginEpoch);
    expect(await test.database.asSystem(beginEpoch)).toBe(epoch);
  });

  it("begins with a number of its own in every database, so that no cursor passes in another", async () => {
    const other = await createTestDatabase();
    const epochs = [test, other].map(({ database }) => database.asSystem(beginEpoch));
    expect(new Set(await Promise.all(epochs)).size).toBe(2);
    await other.drop();
  });
});
