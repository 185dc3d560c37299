import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Wish, WriteOptions } from "../../src/commands/face.js";
import { mintId } from "../../src/domain/id.js";
import { locations } from "../../src/store/tables.js";
import { work } from "../domain/arbitraries.js";
import { shipment } from "../support/snapshots.js";
import { Bench } from "./bench.js";
import { unknown } from "./scripted-shop.js";

const [berlin, ghent] = [mintId("Location"), mintId("Location")];
let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
  const { tenantId, channelId } = bench;
  const place = (id: string, nativeId: string) => ({
    ...{ tenantId, channelId, id, nativeId, name: nativeId, address: null },
  });
  await bench.database.forTenant(tenantId, (tx) =>
    tx.insert(locations).values([place(berlin, "berlin"), place(ghent, "ghent")]),
  );
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.place();
  bench.shop.withoutWork();
});

const theWork = async (index = 0) => {
  const found = (await bench.document()).fulfillmentOrders[index];
  if (!found) throw new Error(`no work ${index}`);
  return found;
};
type Options = Partial<WriteOptions>;
const hold = async (
  changes: Partial<Extract<Wish, { type: "FULFILLMENT_ORDER_HOLD" }>> = {},
  options: Options = {},
) =>
  bench.submit(
    {
      type: "FULFILLMENT_ORDER_HOLD",
      fulfillmentOrderId: (await theWork()).id,
      reason: "FRAUD_REVIEW",
      note: "call her",
      ...changes,
    },
    options,
  );
const release = async (holdIds: string[] | null = null, options: Options = {}) =>
  bench.submit(
    {
      type: "FULFILLMENT_ORDER_RELEASE",
      fulfillmentOrderId: (await theWork()).id,
      holdIds,
    },
    options,
  );
const move = async (
  locationId: string,
  lines: { lineId: string; quantity: number }[] | null = null,
  options: Options = {},
) =>
  bench.submit(
    {
      type: "FULFILLMENT_ORDER_MOVE",
      fulfillmentOrderId: (await theWork()).id,
      locationId,
      lines,
    },
    options,
  );
const ship = (
  changes: Partial<Extract<Wish, { type: "FULFILLMENT_CREATE" }>> = {},
  options: Options = {},
) =>
  bench.submit(
    {
      type: "FULFILLMENT_CREATE",
      orderId: bench.orderId,
      lines: null,
      fulfillmentOrderId: null,
      locationId: null,
      packages: [],
      shippedAt: null,
      ...changes,
    },
    options,
  );
const wrongs = (result: { errors: { code: string; path: string[] | null }[] }) =>
  result.errors.map(({ code, path }) => `${code} ${path?.join(".") ?? ""}`.trim());

describe("a hold", () => {
  it("is kept at once, by whom and why it is, and asks no shop", async () => {
    const { command, errors } = await hold();
    expect(errors).toEqual([]);
    expect(await bench.status(command)).toBe("SUCCEEDED");
    expect(bench.shop.sent).toEqual([]);
    const { holds, fulfillmentStatus } = await bench.document();
    expect(fulfillmentStatus).toBe("ON_HOLD");
    expect(holds).toMatchObject([
      { reason: "FRAUD_REVIEW", note: "call her", by: "warehouse", commandId: command },
    ]);
    expect(holds[0]?.id).toMatch(/^hold_/);
    const told = (await bench.events()).filter(({ causedBy }) => causedBy === command);
    expect(told.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["ORDER_HELD", "FULFILLMENT_ORDER_CHANGED", "ORDER_STATUS_CHANGED"]),
    );
    expect(told.find(({ type }) => type === "ORDER_HELD")?.actor).toMatchObject({
      name: "warehouse",
    });
  });

  it("refuses shipments, naming itself, until it is released", async () => {
    await hold();
    const [placed] = (await bench.document()).holds;
    const lineId = await bench.lineId();
    for (const lines of [null, [{ lineId, quantity: 1 }]]) {
      const { errors } = await ship({ lines });
      expect(errors).toMatchObject([{ code: "ON_HOLD" }]);
      expect(errors[0]?.message).toContain(placed?.id);
    }
    const byWork = await ship({ fulfillmentOrderId: (await theWork()).id });
    expect(byWork.errors).toMatchObject([{ code: "ON_HOLD" }]);
    const none = await ship({ lines: [{ lineId, quantity: 4 }] });
    expect(wrongs(none)).toEqual(["QUANTITY_EXCEEDS_FULFILLABLE input.lines.0.quantity"]);

    expect((await release()).errors).toEqual([]);
    expect((await theWork()).status).toBe("OPEN");
    const types = (await bench.events()).map(({ type }) => type);
    expect(types).toContain("ORDER_RELEASED");
    expect((await ship()).errors).toEqual([]);
    expect((await theWork()).status).toBe("CLOSED");
  });

  it("stops a shipment that was waiting behind it", async () => {
    await bench.rest();
    const first = await hold({}, { waitUntil: "ACCEPTED" });
    const behind = await ship({}, { waitUntil: "ACCEPTED" });
    expect([first.errors, behind.errors]).toEqual([[], []]);
    bench.work();
    await expect.poll(() => bench.status(behind.command)).toBe("FAILED");
    const { errors } = (await bench.command(behind.command)).row;
    expect(errors).toMatchObject([{ code: "ON_HOLD" }, { code: "ON_HOLD" }]);
    expect(errors[0]?.message).toContain((await bench.document()).holds[0]?.id);
    expect(bench.shop.sent).toEqual([]);
  });

  it("stops a shipment in doubt from being sent again", async () => {
    bench.shop.settleMs = 60_000;
    bench.shop.answers.push(() => unknown());
    const shipped = await ship({ lines: [{ lineId: await bench.lineId(), quantity: 1 }] });
    await expect.poll(() => bench.status(shipped.command)).toBe("OUTCOME_UNKNOWN");
    const held = await hold();
    expect(await bench.status(held.command)).toBe("SUCCEEDED");
    bench.shop.settleMs = 0;
    await bench.commands.retry(bench.viewer, shipped.command as string);
    await expect.poll(() => bench.status(shipped.command)).toBe("FAILED");
    expect((await bench.command(shipped.command)).row.errors).toMatchObject([{ code: "ON_HOLD" }]);
    expect(bench.shop.sent).toHaveLength(1);
  });

  it("does not hinder the shop's own staff, whose shipment is recorded as it is", async () => {
    await hold();
    bench.shop.shipments.push(shipment("by hand", { 1: 3, 2: 1 }));
    await bench.poll();
    const document = await bench.document();
    expect(document).toMatchObject({ fulfillmentStatus: "FULFILLED" });
    expect((await theWork()).status).toBe("CLOSED");
    expect((await release()).errors).toEqual([]);
    expect((await bench.document()).holds).toEqual([]);
  });

  it("stays through polls and beside others, each until it is released", async () => {
    await hold();
    const [placed] = (await bench.document()).holds;
    await bench.poll();
    expect((await bench.document()).holds).toEqual([placed]);
    expect((await hold({ reason: "ADDRESS", note: null })).errors).toEqual([]);
    expect((await release([placed?.id as string])).errors).toEqual([]);
    expect((await bench.document()).holds).toMatchObject([{ reason: "ADDRESS" }]);
  });

  it("is tried dry, by version and by key as any write", async () => {
    const dry = await hold({}, { dryRun: true });
    expect(dry).toMatchObject({
      command: null,
      errors: [],
      preview: { steps: [expect.any(String)] },
    });
    expect(dry.preview?.warnings).toHaveLength(1);
    expect((await bench.document()).holds).toEqual([]);
    const strict = await hold({}, { allowEmulated: false });
    expect(strict.errors).toMatchObject([{ code: "CAPABILITY_NOT_SUPPORTED" }]);
    const { version } = (await bench.stored()).order;
    const once = await hold({}, { idempotencyKey: "h1", expectedVersion: version });
    const again = await hold({}, { idempotencyKey: "h1" });
    expect(again).toMatchObject({ command: once.command, replayed: true });
    const stale = await release(null, { expectedVersion: version });
    expect(stale.errors).toMatchObject([{ code: "STALE_VERSION" }]);
  });

  it("that cannot be is refused at its place", async () => {
    expect(wrongs(await hold({ note: "x".repeat(5_001) }))).toEqual(["INVALID_INPUT note"]);
    expect(wrongs(await hold({ fulfillmentOrderId: mintId("FulfillmentOrder") }))).toEqual([
      "NOT_FOUND id",
    ]);
    expect(wrongs(await release())).toEqual(["ALREADY_IN_STATE id"]);
    await hold({ note: "  " });
    expect((await bench.document()).holds).toMatchObject([{ note: null }]);
    expect(wrongs(await release([]))).toEqual(["INVALID_INPUT holdIds"]);
    expect(wrongs(await release(["hold_x"]))).toEqual(["NOT_FOUND holdIds.0"]);
    await release();
    await ship();
    expect(wrongs(await hold())).toEqual(["ALREADY_IN_STATE id"]);
    bench.shop.supports("FULFILLMENT_ORDER_HOLD", "NONE");
    await bench.place();
    bench.shop.supports("FULFILLMENT_ORDER_HOLD", "NONE");
    expect((await hold()).errors).toMatchObject([{ operation: "FULFILLMENT_ORDER_HOLD" }]);
  });
});

describe("holds of the shop's own work", () => {
  const native = { id: "h1", reason: "OTHER" as const, note: null, since: null, by: "an app" };

  it("are released when they are named, and those that the gateway placed without", async () => {
    bench.shop.work = [work("w", { 1: 3, 2: 1 }, { status: "ON_HOLD", holds: [native] })];
    await bench.poll();
    const [theirs] = (await bench.document()).holds;
    const blind = await release();
    expect(wrongs(blind)).toEqual(["INVALID_INPUT holdIds"]);
    expect(blind.errors[0]?.message).toContain(theirs?.id);
    await hold();
    expect((await release()).errors).toEqual([]);
    expect((await bench.document()).holds).toEqual([theirs]);
  });

  it("are known to be gone once the shop has released them, whatever it then shows", async () => {
    bench.shop.supports("FULFILLMENT_ORDER_HOLD", "NATIVE");
    bench.shop.work = [
      work("w", { 1: 3 }, { status: "ON_HOLD", holds: [{ ...native, ours: true }] }),
    ];
    await bench.poll();
    bench.shop.answers.push((_call, done) => ({ ...done(), snapshot: null }) as never);
    expect((await release()).errors).toEqual([]);
    expect((await bench.document()).holds).toEqual([]);
  });

  it("in doubt end when the shop shows them", async () => {
    bench.shop.supports("FULFILLMENT_ORDER_HOLD", "NATIVE").blind = true;
    bench.shop.work = [work("w", { 1: 3 })];
    await bench.poll();
    bench.shop.answers.push(() => {
      const holds = [{ ...native, reason: "FRAUD_REVIEW" as const, note: "call her", ours: true }];
      bench.shop.work = [work("w", { 1: 3 }, { status: "ON_HOLD", holds })];
      return unknown();
    });
    const { command } = await hold();
    expect(await bench.status(command)).not.toBe("SUCCEEDED");
    await bench.poll();
    await expect.poll(() => bench.status(command)).toBe("SUCCEEDED");
    expect((await release()).errors).toEqual([]);
  });

  it("in doubt are not taken for others that stand for the same reason", async () => {
    bench.shop.supports("FULFILLMENT_ORDER_HOLD", "NATIVE").blind = true;
    const holds = [{ ...native, reason: "FRAUD_REVIEW" as const, note: "call her", ours: true }];
    bench.shop.work = [work("w", { 1: 3 }, { status: "ON_HOLD", holds })];
    await bench.poll();
    bench.shop.answers.push(() => unknown());
    const { command } = await hold();
    await expect.poll(() => bench.status(command)).toBe("NEEDS_ATTENTION");
    bench.shop.work = [work("w", { 1: 2 }, { status: "ON_HOLD", holds })];
    await bench.poll();
    expect(await bench.status(command)).toBe("NEEDS_ATTENTION");
  });
});

describe("work that is moved", () => {
  it("leaves from there unless its shipment says otherwise", async () => {
    expect((await move(berlin)).errors).toEqual([]);
    expect(await theWork()).toMatchObject({ locationId: "berlin", status: "OPEN" });
    expect(bench.shop.sent).toEqual([]);
    const lineId = await bench.lineId();
    const one = [{ lineId, quantity: 1 }];
    await ship({ lines: one, fulfillmentOrderId: (await theWork()).id });
    await ship({ lines: one });
    await ship({ lines: one, locationId: ghent });
    const places = bench.shop.sent.map(({ step: { creates } }) =>
      creates?.noun === "Fulfillment" ? creates.locationId : null,
    );
    expect(places).toEqual(["berlin", "berlin", "ghent"]);
    const commands = bench.shop.sent.map(({ step }) => step.request as { command: object });
    expect(commands[0]?.command).toMatchObject({ fulfillmentOrderId: null });
  });

  it("goes where there is a place, whole where the shop splits nothing", async () => {
    const lineId = await bench.lineId();
    expect(wrongs(await move(mintId("Location")))).toEqual(["NOT_FOUND locationId"]);
    expect(wrongs(await move(berlin, []))).toEqual(["INVALID_INPUT lines"]);
    expect(wrongs(await move(berlin, [{ lineId, quantity: 4 }]))).toEqual([
      "QUANTITY_EXCEEDS_FULFILLABLE lines.0.quantity",
    ]);
    const part = await move(berlin, [{ lineId, quantity: 2 }]);
    expect(part.errors).toMatchObject([{ operation: "FULFILLMENT_ORDER_SPLIT" }]);
    const all = [
      { lineId, quantity: 3 },
      { lineId: await bench.lineId("2"), quantity: 1 },
    ];
    expect((await move(berlin, all)).errors).toEqual([]);
    expect(wrongs(await move(berlin))).toEqual(["ALREADY_IN_STATE locationId"]);
    await ship();
    expect(wrongs(await move(ghent))).toEqual(["ALREADY_IN_STATE id"]);
  });

  it("is split where the shop can", async () => {
    bench.shop
      .supports("FULFILLMENT_ORDER_MOVE", "NATIVE")
      .supports("FULFILLMENT_ORDER_SPLIT", "NATIVE");
    bench.shop.work = [work("w", { 1: 3, 2: 1 })];
    await bench.poll();
    const lineId = await bench.lineId();
    await move(ghent, [{ lineId, quantity: 2 }]);
    expect(bench.shop.sent.map(({ step }) => step.request)).toMatchObject([
      { command: { locationId: "ghent", lines: [{ lineId, quantity: 2 }] } },
    ]);
  });
});

describe("a shipment of one piece of the shop's work", () => {
  it("takes that work's lines and no more of them", async () => {
    bench.shop.work = [work("w1", { 1: 2 }), work("w2", { 1: 1, 2: 1 }, { status: "ON_HOLD" })];
    await bench.poll();
    const [first, second] = (await bench.document()).fulfillmentOrders;
    const [one, two] = [await bench.lineId("1"), await bench.lineId("2")];
    const much = await ship({
      fulfillmentOrderId: first?.id as string,
      lines: [{ lineId: one, quantity: 3 }],
    });
    expect(wrongs(much)).toEqual(["QUANTITY_EXCEEDS_FULFILLABLE input.lines.0.quantity"]);
    const other = await ship({
      fulfillmentOrderId: first?.id as string,
      lines: [{ lineId: two, quantity: 1 }],
    });
    expect(wrongs(other)).toEqual(["NOT_FOUND input.lines.0.quantity"]);
    const held = await ship({ fulfillmentOrderId: second?.id as string });
    expect(wrongs(held)).toEqual(["ON_HOLD input.lines"]);
    expect((await ship({ fulfillmentOrderId: first?.id as string })).errors).toEqual([]);
    expect(bench.shop.sent[0]?.step.creates?.lines).toEqual([{ lineId: one, quantity: 2 }]);
  });
});
