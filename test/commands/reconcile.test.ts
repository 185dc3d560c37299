import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { disconnectShop } from "../../src/commands/disconnect.js";
import { createCommands } from "../../src/commands/index.js";
import { pauseShop } from "../../src/commands/pause.js";
import { askReconcile } from "../../src/commands/reconcile.js";
import { claimCommand, findAbandoned } from "../../src/store/claims.js";
import { channels, commandSteps, commands, sweeps } from "../../src/store/tables.js";
import { refusedKey } from "../ingest/fake-shop.js";
import { viewer } from "../ingest/gateway.js";
import { createWorld, eventually, gate, type World } from "../ingest/world.js";

let world: World;
let acts: Pick<ReturnType<typeof createCommands>, "cancel" | "retry" | "resolve">;
beforeAll(async () => {
  world = await createWorld();
  acts = createCommands(world);
});
afterEach(() => world.stopAll());
afterAll(() => world.end());

const HOUR_MS = 3_600_000;
const QUIET = { firstSweepAfterMs: HOUR_MS };
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

/** A shop that nobody polls, with two orders that are not here. */
async function behind() {
  const connected = await world.connect();
  const { channelId, shop } = connected;
  const nextPollAt = new Date(Date.now() + HOUR_MS);
  await world.db.asSystem((tx) =>
    tx.update(channels).set({ nextPollAt }).where(eq(channels.id, channelId)),
  );
  shop.change("1", "2");
  return connected;
}

async function ask(channelId: string, from = ago(24), to: Date | null = null): Promise<string> {
  const { command, errors } = await askReconcile(world, viewer, channelId, { from, to });
  expect(errors).toEqual([]);
  return command ?? "";
}

const rowOf = async (id: string) => {
  const [row] = await world.db.asSystem((tx) =>
    tx.select().from(commands).where(eq(commands.id, id)),
  );
  const [step] = await world.db.asSystem((tx) =>
    tx.select().from(commandSteps).where(eq(commandSteps.commandId, id)),
  );
  return { ...row, step };
};

const endOf = (id: string) =>
  eventually(async () => {
    const row = await rowOf(id);
    expect(row.finishedAt).not.toBeNull();
    return row;
  });

async function statusesOf(channelId: string, id: string) {
  const events = await world.events(channelId);
  return events
    .filter(({ type, subjectId }) => type === "COMMAND_UPDATED" && subjectId === id)
    .map(({ changes }) => changes[0]?.after);
}

describe("a sweep that somebody asks for", () => {
  test("puts right what was missed, however young, and says what it looked at", async () => {
    const { channelId } = await behind();
    const from = ago(24);
    const id = await ask(channelId, from);
    expect(await rowOf(id)).toMatchObject({ status: "QUEUED", orderId: null, targetId: channelId });

    world.run(QUIET);

    const ended = await endOf(id);
    expect(ended).toMatchObject({ status: "SUCCEEDED", errors: [], resultId: channelId });
    expect(ended.step).toMatchObject({ status: "SUCCEEDED", index: 0 });
    expect(ended.step?.step.summary).toMatch(
      new RegExp(
        `^compare orders placed from ${from.toISOString()} to .*: 2 looked at, 2 missed, 2 repaired$`,
      ),
    );
    expect(await statusesOf(channelId, id)).toEqual(["QUEUED", "IN_FLIGHT", "SUCCEEDED"]);
    const repaired = (await world.events(channelId)).filter(({ type }) => type === "SYNC_REPAIRED");
    expect(repaired.map(({ causedBy }) => causedBy)).toEqual([id, id]);
  });

  test("does not count what happens while it is under way, which webhooks may still bring", async () => {
    const { channelId, shop } = await behind();
    shop.beforeSurvey = () => {
      const first = shop.orders.get("1");
      if (first) first.changedAt = new Date(Date.now() + 1000);
    };
    const id = await ask(channelId);

    world.run(QUIET);

    const { step } = await endOf(id);
    expect(step?.step.summary).toMatch(/: 2 looked at, 1 missed, 1 repaired$/);
    expect(await world.orders(channelId)).toHaveLength(2);
  });

  test("leaves the day of the next one by itself as it was", async () => {
    const { channelId } = await behind();
    const nextSweepAt = new Date(Date.now() + HOUR_MS);
    await world.db.asSystem((tx) =>
      tx.update(channels).set({ nextSweepAt }).where(eq(channels.id, channelId)),
    );
    const id = await ask(channelId);

    world.run(QUIET);

    await endOf(id);
    expect((await world.row(channelId)).nextSweepAt).toEqual(nextSweepAt);
  });

  test("waits for the one before it", async () => {
    const { channelId, shop } = await behind();
    const ids = [await ask(channelId), await ask(channelId, ago(2), ago(1))];

    world.run(QUIET);

    for (const id of ids) expect(await endOf(id)).toMatchObject({ status: "SUCCEEDED" });
    const all = await world.db.asSystem((tx) =>
      tx
        .select()
        .from(sweeps)
        .where(eq(sweeps.channelId, channelId))
        .orderBy(asc(sweeps.startedAt)),
    );
    expect(all.map(({ commandId }) => commandId)).toEqual(ids);
    expect(shop.surveys).toHaveLength(2);
  });

  test("waits for the backfill, without which every order would be missing", async () => {
    const { channelId } = await world.connect({ backfilled: false });
    const id = await ask(channelId);
    await world.run(QUIET);

    expect(await endOf(id)).toMatchObject({ status: "SUCCEEDED" });
    expect((await world.row(channelId)).backfillStatus).toBe("COMPLETED");
  });

  test("fails with what the shop said, and can be tried again", async () => {
    const { channelId, shop } = await behind();
    shop.beforeSurvey = () => {
      throw refusedKey();
    };
    const id = await ask(channelId);
    world.run(QUIET);
    const failed = await endOf(id);
    expect(failed).toMatchObject({ status: "FAILED", errors: [{ code: "CHANNEL_REJECTED" }] });
    expect(failed.errors?.[0]?.message).toMatch(/key was refused/);
    shop.beforeSurvey = () => {};

    expect(await acts.retry(viewer, id)).toEqual({ command: id, errors: [] });

    await eventually(async () =>
      expect(await rowOf(id)).toMatchObject({ status: "SUCCEEDED", errors: [] }),
    );
    const { errors } = await acts.retry(viewer, id);
    expect(errors).toMatchObject([{ code: "ALREADY_IN_STATE", path: ["id"] }]);
  });

  test("can be withdrawn until it begins, and not after", async () => {
    const { channelId, shop } = await behind();
    const withdrawn = await ask(channelId);
    expect(await acts.cancel(viewer, withdrawn)).toEqual({ command: withdrawn, errors: [] });
    expect(await rowOf(withdrawn)).toMatchObject({ status: "CANCELED" });
    const begun = gate();
    const goOn = gate();
    shop.beforeSurvey = () => {
      begun.open();
      return goOn.opened;
    };
    const id = await ask(channelId);
    world.run(QUIET);
    await begun.opened;

    expect((await acts.cancel(viewer, id)).errors).toMatchObject([{ code: "COMMAND_IN_FLIGHT" }]);
    const note = { outcome: "DONE", note: "I looked" } as const;
    expect((await acts.resolve(viewer, id, note)).errors).toMatchObject([
      { code: "COMMAND_IN_FLIGHT" },
    ]);

    goOn.open();
    expect(await endOf(id)).toMatchObject({ status: "SUCCEEDED" });
    expect(shop.surveys).toHaveLength(1);
    const stranger = { ...viewer, channelIds: ["channel_other"] };
    expect((await acts.cancel(stranger, id)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  test("ends as failed where its channel is disconnected", async () => {
    const { channelId } = await behind();
    const id = await ask(channelId);

    const options = { ...world, webhookAddress: async () => null };
    await disconnectShop(options, viewer, channelId, { eraseData: false });

    const ended = await rowOf(id);
    expect(ended).toMatchObject({ status: "FAILED", errors: [{ code: "CHANNEL_UNAVAILABLE" }] });
    expect(await statusesOf(channelId, id)).toEqual(["QUEUED", "FAILED"]);
    const again = await askReconcile(world, viewer, channelId, { from: ago(1), to: null });
    expect(again).toMatchObject({ command: null, errors: [{ code: "ALREADY_IN_STATE" }] });
  });

  test("is refused for a paused channel, an unknown one, and a window that lies ahead or is none", async () => {
    const { channelId } = await behind();
    const refusalOf = async (id: string, from: Date, to: Date | null, as = viewer) =>
      (await askReconcile(world, as, id, { from, to })).errors;

    expect(await refusalOf(channelId, ago(-1), null)).toMatchObject([
      { code: "INVALID_INPUT", path: ["from"] },
    ]);
    expect(await refusalOf(channelId, ago(1), ago(2))).toMatchObject([{ code: "INVALID_INPUT" }]);
    expect(await refusalOf("channel_none", ago(1), null)).toMatchObject([{ code: "NOT_FOUND" }]);
    const stranger = { ...viewer, channelIds: ["channel_other"] };
    expect(await refusalOf(channelId, ago(1), null, stranger)).toMatchObject([
      { code: "NOT_FOUND" },
    ]);
    await pauseShop(world, viewer, channelId, { reason: null });
    expect(await refusalOf(channelId, ago(1), null)).toMatchObject([
      { code: "ON_HOLD", path: ["id"] },
    ]);
  });
});

test("no worker takes a command about a channel, whatever stands in its row", async () => {
  const { channelId } = await behind();
  const id = await ask(channelId);
  const past = ago(1);
  await world.db.asSystem((tx) =>
    tx.update(commands).set({ nextAttemptAt: past, leaseUntil: past }).where(eq(commands.id, id)),
  );
  const claim = { owner: "worker", now: new Date(), leaseMs: 1000, busy: [] };
  expect(await world.db.asSystem((tx) => claimCommand(tx, claim))).toBeNull();
  await world.db.asSystem((tx) =>
    tx.update(commands).set({ status: "IN_FLIGHT" }).where(eq(commands.id, id)),
  );
  expect(await world.db.asSystem((tx) => findAbandoned(tx, new Date(), 10))).toEqual([]);
});
