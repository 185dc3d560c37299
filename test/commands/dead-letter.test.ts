import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDeadLetters } from "../../src/commands/dead-letter.js";
import { pauseShop, resumeShop } from "../../src/commands/pause.js";
import { mintId } from "../../src/domain/id.js";
import { keepDeadLetter, letterOfOrder } from "../../src/store/deliveries.js";
import { DatabaseError } from "../../src/store/errors.js";
import { deadLetters } from "../../src/store/tables.js";
import { down, type FakeShop } from "../ingest/fake-shop.js";
import { viewer } from "../ingest/gateway.js";
import { createWorld, tenantId, type World } from "../ingest/world.js";

let world: World;
let channelId: string;
let shop: FakeShop;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.end());
beforeEach(async () => {
  ({ channelId, shop } = await world.connect());
  // As connectors do: the body says what it is, and the words that no one knows are unreadable.
  shop.channel.translate = ({ topic, body, receivedAt }) => {
    const { kind, id } = JSON.parse(body);
    if (kind === "hint") return { kind, ref: { nativeId: id } };
    if (kind === "foreign") return { kind: "ignored", reason: "not an order" };
    if (kind === "boom") throw new Error("translator fell over");
    const found = shop.snapshotOf(id);
    if (kind === "snapshot" && found && topic === "order.updated" && receivedAt)
      return { kind, snapshot: found, refresh: false };
    if (kind === "partial" && found) return { kind: "snapshot", snapshot: found, refresh: true };
    return { kind: "unreadable", reason: "line_items is no list" };
  };
});

const letters = () => world.rows(deadLetters, channelId);
const known = async () => (await world.orders(channelId)).map(({ nativeId }) => nativeId);
/** Keeps a body as the inbox does, answers the letter's id. */
async function keep(body: string, reason = "line_items is no list", source = "WEBHOOK" as const) {
  const topic = "order.updated";
  const letter = { tenantId, channelId, source, topic, reason, receivedAt: new Date(), body };
  await world.db.forTenant(tenantId, (tx) => keepDeadLetter(tx, letter));
  const kept = (await letters()).find((row) => row.body === body);
  return kept?.id ?? expect.unreachable();
}
const keepSaying = (kind: string, id = "a") => keep(JSON.stringify({ kind, id }));
const replay = (id: string, as = viewer, parts: Partial<World> = {}) =>
  createDeadLetters({ ...world, ...parts }).replay(as, id);
const done = { errors: [] };

describe("A dead letter that is understood now", () => {
  it("is recorded as it would have been when it came, without being read, and is gone", async () => {
    shop.change("a");
    const id = await keepSaying("snapshot");
    expect(await replay(id)).toEqual(done);
    expect(await letters()).toEqual([]);
    expect(await known()).toEqual(["a"]);
    expect(shop.reads).toEqual([]);
    expect(await world.events(channelId)).toMatchObject([
      { type: "ORDER_CREATED", source: "WEBHOOK", actor: { kind: "CHANNEL", id: channelId } },
    ]);
  });

  it.each(["hint", "partial"])("has its order read where it is only a %s", async (kind) => {
    shop.change("a");
    expect(await replay(await keepSaying(kind))).toEqual(done);
    expect(shop.reads).toEqual(["a"]);
    expect(await letters()).toEqual([]);
    expect(await known()).toEqual(["a"]);
  });

  it("is read again where it is an order that could not be read, whatever its platform", async () => {
    delete shop.channel.translate;
    shop.change('gid://x/"7"');
    expect(await replay(await keep(letterOfOrder('gid://x/"7"')))).toEqual(done);
    expect(await known()).toEqual(['gid://x/"7"']);
    expect(await letters()).toEqual([]);
  });

  it("is gone where there is nothing in it for us", async () => {
    expect(await replay(await keepSaying("foreign"))).toEqual(done);
    expect(await letters()).toEqual([]);
  });

  it("lowers nothing that is known by now", async () => {
    shop.change("a");
    const old = shop.snapshotOf("a") ?? expect.unreachable();
    shop.change("a");
    expect(await replay(await keepSaying("snapshot"))).toEqual(done);
    shop.channel.translate = () => ({ kind: "snapshot", snapshot: old, refresh: false });
    expect(await replay(await keepSaying("snapshot", "older"))).toEqual(done);
    const [order] = await world.orders(channelId);
    expect(order).toMatchObject({ version: 1, head: { tags: [shop.orders.get("a")?.note] } });
  });

  it("is recorded once by two who ask at the same moment", async () => {
    shop.change("a");
    const id = await keepSaying("snapshot");
    const results = await Promise.all([replay(id), replay(id), replay(id)]);
    for (const { errors } of results.filter((result) => result.errors.length > 0))
      expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(results).toContainEqual(done);
    expect(await world.events(channelId)).toHaveLength(1);
  });
});

describe("A dead letter that is still not understood", () => {
  it.each([
    ["cannot be translated", "unreadable", "line_items is no list"],
    ["fells its translator", "boom", "the translator failed: translator fell over"],
  ])("counts the try and keeps the newest reason where it %s", async (_what, kind, reason) => {
    const id = await keep(JSON.stringify({ kind, id: "a" }), "an older reason");
    expect(await replay(id)).toMatchObject({
      errors: [
        {
          code: "INVALID_INPUT",
          path: ["id"],
          message: `It still cannot be understood: ${reason}`,
        },
      ],
    });
    expect(await letters()).toMatchObject([{ id, attempts: 2, reason }]);
  });

  it("keeps its words where they say the same with the order before it, so that polls find it again", async () => {
    const reason = "order 7: line_items is no list";
    const id = await keep('{"kind":"unreadable"}', reason);
    await replay(id);
    expect(await letters()).toMatchObject([{ attempts: 2, reason }]);
  });

  it("tells what the shop answered where its order cannot be read", async () => {
    shop.beforeRead = () => {
      throw down();
    };
    const id = await keepSaying("hint");
    const reason = "order a could not be read: the shop answered 503";
    expect(await replay(id)).toMatchObject({
      errors: [{ kind: "ChannelError", httpStatus: 503, channelId, path: ["id"], message: reason }],
    });
    expect(await letters()).toMatchObject([{ attempts: 2, reason }]);
  });

  it("stays, and nothing of it is recorded, where recording fails", async () => {
    shop.change("a");
    const failing: World["recorder"] = {
      transact: (tenant, work) =>
        world.recorder.transact(tenant, (scope) =>
          work({
            ...scope,
            async record(...args) {
              await scope.record(...args);
              throw new RangeError("merge fell over");
            },
          }),
        ),
    };
    await replay(await keepSaying("snapshot"), viewer, { recorder: failing });
    const reason = "could not be recorded: merge fell over";
    expect(await letters()).toMatchObject([{ attempts: 2, reason }]);
    expect(await known()).toEqual([]);
  });
});

describe("A try that cannot be made", () => {
  const untouched = async () => expect(await letters()).toMatchObject([{ attempts: 1 }]);

  it("is refused where the order would have to be read and the shop is paused; what needs no shop goes on", async () => {
    shop.change("a");
    const id = await keepSaying("hint");
    await pauseShop(world, viewer, channelId, { reason: null });
    expect(await replay(id)).toMatchObject({ errors: [{ code: "ON_HOLD", path: ["id"] }] });
    expect(shop.reads).toEqual([]);
    await untouched();
    expect(await replay(await keepSaying("snapshot"))).toEqual(done);
    await resumeShop(world, viewer, channelId);
    expect(await replay(id)).toEqual(done);
  });

  it("is refused where the platform's bodies cannot be read a second time", async () => {
    delete shop.channel.translate;
    expect(await replay(await keepSaying("snapshot"))).toMatchObject({
      errors: [{ code: "CAPABILITY_NOT_SUPPORTED" }],
    });
    await untouched();
  });

  it("is refused where the letter is another key's, or nobody's", async () => {
    const id = await keepSaying("snapshot");
    const refused = { errors: [{ code: "NOT_FOUND", path: ["id"] }] };
    expect(await replay(id, { ...viewer, channelIds: [] })).toMatchObject(refused);
    expect(await replay(mintId("DeadLetter"))).toMatchObject(refused);
    await untouched();
  });

  it("is refused where its shop is disconnected", async () => {
    const id = await keepSaying("snapshot");
    const gone = await createWorld();
    expect(await replay(id, viewer, { openChannel: gone.openChannel })).toMatchObject({
      errors: [{ code: "ALREADY_IN_STATE" }],
    });
    await gone.end();
    await untouched();
  });

  it("is our fault, and not the letter's, where the database fails", async () => {
    const id = await keepSaying("foreign");
    const lost = new DatabaseError("gone", { sqlState: "ECONNREFUSED" });
    const recorder = { transact: () => Promise.reject(lost) };
    await expect(replay(id, viewer, { recorder })).rejects.toBe(lost);
    await untouched();
    await world.db.forTenant(tenantId, (tx) =>
      tx.delete(deadLetters).where(eq(deadLetters.id, id)),
    );
  });
});
