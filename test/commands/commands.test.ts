import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Wish } from "../../src/commands/face.js";
import { pauseShop, resumeShop } from "../../src/commands/pause.js";
import { mintId } from "../../src/domain/id.js";
import { snapshot } from "../support/snapshots.js";
import { Bench } from "./bench.js";
import { refused, unknown } from "./scripted-shop.js";

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench?.close());
beforeEach(() => bench.place());

const ship = async (
  quantity: number,
  extra: Partial<Extract<Wish, { type: "FULFILLMENT_CREATE" }>> = {},
): Promise<Wish> => ({
  type: "FULFILLMENT_CREATE",
  orderId: bench.orderId,
  lines: [{ lineId: await bench.lineId(), quantity }],
  fulfillmentOrderId: null,
  locationId: null,
  packages: [],
  shippedAt: null,
  ...extra,
});

describe("a shipment asked for", () => {
  it("is made once, under the id that was promised, and told once as caused by its command", async () => {
    const result = await bench.submit(await ship(2));
    expect(result.errors).toEqual([]);
    expect((await bench.command(result.command)).row.status).toBe("SUCCEEDED");
    const { fulfillments, lines } = await bench.document();
    expect(fulfillments).toMatchObject([
      { id: result.partIds[0], nativeId: "1", status: "SUCCESS" },
    ]);
    expect(lines[0]?.quantities).toMatchObject({ fulfilled: 2, fulfillable: 1 });
    await bench.poll();
    expect((await bench.document()).fulfillments.map((row) => row.id)).toEqual(result.partIds);
    const made = (await bench.events()).filter((event) => event.type === "FULFILLMENT_CREATED");
    expect(made).toMatchObject([{ causedBy: result.command }]);
    expect(await bench.reserved()).toEqual([]);
  });

  it("goes to one of two callers who both want the last three", async () => {
    const wish = await ship(3);
    const results = await Promise.all([
      bench.submit(wish, { idempotencyKey: "a1" }),
      bench.submit(wish, { idempotencyKey: "a2" }),
    ]);
    expect(results.map((result) => result.errors[0]?.code).sort()).toEqual([
      "QUANTITY_EXCEEDS_FULFILLABLE",
      undefined,
    ]);
    expect(results.flatMap((result) => result.errors)).toMatchObject([
      { kind: "QuantityError", requested: 3, available: 0 },
    ]);
    expect(bench.shop.sent).toHaveLength(1);
  });

  it("is one command however many callers bring the same key at once", async () => {
    const wish = await ship(1);
    const results = await Promise.all(
      Array.from({ length: 12 }, () => bench.submit(wish, { idempotencyKey: "same" })),
    );
    expect(new Set(results.map((result) => result.command)).size).toBe(1);
    expect(results.filter((result) => !result.replayed)).toHaveLength(1);
    expect(bench.shop.sent).toHaveLength(1);
    const other = await bench.submit(await ship(2), { idempotencyKey: "same" });
    expect(other.errors).toMatchObject([
      { code: "IDEMPOTENCY_KEY_REUSED", originalCommandId: results[0]?.command },
    ]);
  });

  it("claims no key and changes nothing in a dry run", async () => {
    const before = await bench.document();
    const dry = await bench.submit(await ship(1), { dryRun: true, idempotencyKey: "dry" });
    expect(dry).toMatchObject({ command: null, preview: { steps: ["ship"] }, errors: [] });
    expect(await bench.document()).toEqual(before);
    expect((await bench.submit(await ship(2), { idempotencyKey: "dry" })).errors).toEqual([]);
  });

  it("names every part of the input that cannot be", async () => {
    const wish = await ship(9, {
      locationId: "loc_x",
      packages: [
        { tracking: { number: " ", carrier: null, carrierCode: null, url: null }, lines: [] },
      ],
    });
    const { errors } = await bench.submit(wish);
    expect(errors.map((error) => error.code)).toEqual([
      "QUANTITY_EXCEEDS_FULFILLABLE",
      "INVALID_INPUT",
      "NOT_FOUND",
    ]);
    expect(
      (await bench.submit({ type: "ORDER_REFRESH", orderId: mintId("Order") })).errors,
    ).toMatchObject([{ code: "NOT_FOUND" }]);
  });
});

describe("a shop that refuses", () => {
  it("ends the command, gives the quantities back and drops the planned shipment", async () => {
    bench.shop.answers.push(() => refused(false));
    const result = await bench.submit(await ship(2));
    const { row } = await bench.command(result.command);
    expect(row).toMatchObject({ status: "FAILED", errors: [{ code: "CHANNEL_REJECTED" }] });
    expect(await bench.reserved()).toEqual([]);
    expect((await bench.document()).fulfillments).toEqual([]);
  });

  it("is asked again where that may help, and the second try is the same step", async () => {
    bench.shop.answers.push(() => refused(true));
    const result = await bench.submit(await ship(1));
    expect((await bench.command(result.command)).row.status).toBe("SUCCEEDED");
    expect(new Set(bench.shop.sent.map((call) => call.marker)).size).toBe(1);
    expect(bench.shop.shipments).toHaveLength(1);
  });

  it("withdraws what waits behind a step that failed", async () => {
    bench.shop.answers.push(
      (_call, done) => done(),
      () => refused(false),
    );
    const { lines } = await bench.document();
    const parcel = (number: string) => ({
      tracking: { number, carrier: null, carrierCode: null, url: null },
      lines: [{ lineId: lines[0]?.id as string, quantity: 1 }],
    });
    const result = await bench.submit(
      await ship(3, { packages: [parcel("A"), parcel("B"), parcel("C")] }),
    );
    const { row, steps } = await bench.command(result.command);
    expect(row.status).toBe("PARTIALLY_SUCCEEDED");
    expect(steps.map((step) => step.status)).toEqual(["SUCCEEDED", "FAILED", "CANCELED"]);
    expect((await bench.document()).lines[0]?.quantities).toMatchObject({
      fulfilled: 1,
      fulfillable: 2,
    });
    const again = await bench.commands.retry(bench.viewer, row.id);
    expect(again.errors).toEqual([]);
    await expect.poll(async () => (await bench.command(row.id)).row.status).toBe("SUCCEEDED");
    expect((await bench.document()).lines[0]?.quantities).toMatchObject({
      fulfilled: 3,
      fulfillable: 0,
    });
  });
});

describe("a shipment of several parcels whose shop is paused on the way", () => {
  it("ends the step under way, sends no other, and goes on when the shop is resumed", async () => {
    const pausing = { db: bench.database, recorder: bench.recorder, bus: bench.bus };
    bench.shop.answers.push(async (_call, done) => {
      await pauseShop(pausing, bench.viewer, bench.channelId, { reason: null });
      return done();
    });
    const { lines } = await bench.document();
    const parcel = (number: string) => ({
      tracking: { number, carrier: null, carrierCode: null, url: null },
      lines: [{ lineId: lines[0]?.id as string, quantity: 1 }],
    });
    const wish = await ship(2, { packages: [parcel("A"), parcel("B")] });
    const result = await bench.submit(wish, { waitTimeoutMs: 1_500 });
    const statuses = async () =>
      (await bench.command(result.command)).steps.map((step) => step.status);
    expect(await statuses()).toEqual(["SUCCEEDED", "QUEUED"]);
    expect(bench.shop.sent).toHaveLength(1);
    await resumeShop(pausing, bench.viewer, bench.channelId);
    await expect.poll(statuses).toEqual(["SUCCEEDED", "SUCCEEDED"]);
    expect(bench.shop.sent).toHaveLength(2);
  });
});

describe("an outcome that nobody can look for", () => {
  beforeEach(() => {
    bench.shop.blind = true;
  });

  it("is never sent again, keeps its quantities, and lets the order's other shipments go on", async () => {
    bench.shop.answers.push(() => unknown());
    const first = await bench.submit(await ship(2));
    expect((await bench.command(first.command)).row.status).toBe("NEEDS_ATTENTION");
    expect(await bench.reserved()).toEqual([2]);
    expect((await bench.submit(await ship(2))).errors).toMatchObject([
      { code: "QUANTITY_EXCEEDS_FULFILLABLE", available: 1 },
    ]);
    expect((await bench.command((await bench.submit(await ship(1))).command)).row.status).toBe(
      "SUCCEEDED",
    );
    expect(bench.shop.sent).toHaveLength(2);
    expect(
      (await bench.commands.retry(bench.viewer, first.command as string)).errors,
    ).toMatchObject([{ code: "COMMAND_IN_FLIGHT" }]);
  });

  it("ends well when the channel reports the effect, under the promised id", async () => {
    bench.shop.answers.push((_call, done) => {
      done();
      return unknown();
    });
    const result = await bench.submit(await ship(2));
    expect((await bench.command(result.command)).row.status).toBe("NEEDS_ATTENTION");
    await bench.poll();
    expect((await bench.command(result.command)).row).toMatchObject({
      status: "SUCCEEDED",
      errors: [],
    });
    expect((await bench.document()).fulfillments.map((row) => row.id)).toEqual(result.partIds);
    expect(await bench.reserved()).toEqual([]);
  });

  it("ends as a person says, and a late report still finds the promised id", async () => {
    bench.shop.answers.push((_call, done) => {
      done();
      return unknown();
    });
    const result = await bench.submit(await ship(1));
    const id = result.command as string;
    expect(
      (
        await bench.commands.resolve(bench.viewer, id, {
          outcome: "DONE",
          note: "saw it in the shop",
        })
      ).errors,
    ).toEqual([]);
    expect((await bench.command(id)).row.status).toBe("SUCCEEDED");
    expect((await bench.document()).lines[0]?.quantities.fulfilled).toBe(1);
    await bench.poll();
    const { fulfillments, lines } = await bench.document();
    expect(fulfillments).toMatchObject([{ id: result.partIds[0], nativeId: "1" }]);
    expect(lines[0]?.quantities.fulfilled).toBe(1);
  });

  it("frees what it held when a person says it did not happen", async () => {
    bench.shop.answers.push(() => unknown());
    const result = await bench.submit(await ship(3));
    await bench.commands.resolve(bench.viewer, result.command as string, {
      outcome: "NOT_DONE",
      note: "nothing in the shop",
    });
    expect((await bench.command(result.command)).row.status).toBe("FAILED");
    expect((await bench.command((await bench.submit(await ship(3))).command)).row.status).toBe(
      "SUCCEEDED",
    );
  });

  it("is what becomes of a step whose worker vanished on the way", async () => {
    let sending = () => {};
    const sent = new Promise<void>((resolve) => {
      sending = resolve;
    });
    bench.shop.answers.push(({ signal }) => {
      sending();
      return new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(unknown()));
      });
    });
    const result = await bench.submit(await ship(1), { waitUntil: "ACCEPTED" });
    await sent;
    // The lease of a vanished worker runs out: no renewal reaches it.
    await bench.database.asSystem((tx) =>
      tx.execute(
        "update commands set lease_owner = 'gone', lease_until = now() - interval '1 second' where status = 'IN_FLIGHT'",
      ),
    );
    await expect
      .poll(async () => (await bench.command(result.command)).row.status)
      .toBe("NEEDS_ATTENTION");
    expect(bench.shop.sent).toHaveLength(1);
  });
});

describe("what cannot be meant", () => {
  it("is told apart from what is shipped already: no lines named", async () => {
    const { errors } = await bench.submit(await ship(1, { lines: [] }));
    expect(errors).toMatchObject([{ code: "INVALID_INPUT", path: ["input", "lines"] }]);
  });
});

describe("other writes", () => {
  it("cancels a shipment and gives its goods back", async () => {
    const made = await bench.submit(await ship(2));
    const id = made.partIds[0] as string;
    const result = await bench.submit({
      type: "FULFILLMENT_CANCEL",
      fulfillmentId: id,
      reason: null,
    });
    expect((await bench.command(result.command)).row.status).toBe("SUCCEEDED");
    expect((await bench.document()).lines[0]?.quantities).toMatchObject({
      fulfilled: 0,
      fulfillable: 3,
    });
    expect(
      (await bench.submit({ type: "FULFILLMENT_CANCEL", fulfillmentId: id, reason: null })).errors,
    ).toMatchObject([{ code: "ALREADY_IN_STATE" }]);
  });

  it("refuses to cancel single lines, and sends nothing", async () => {
    const wish = {
      type: "ORDER_CANCEL" as const,
      orderId: bench.orderId,
      reason: "changed mind",
      restock: true,
    };
    const { errors } = await bench.submit({ ...wish, lines: [], refund: false });
    expect(errors).toMatchObject([
      { kind: "CapabilityError", code: "CAPABILITY_NOT_SUPPORTED", path: ["input", "lines"] },
    ]);
    expect(bench.shop.sent).toEqual([]);
    expect((await bench.submit({ ...wish, lines: null, refund: false })).errors).toEqual([]);
  });

  it("keeps a canceled shipment in sight, also where the shop forgets it", async () => {
    const made = await bench.submit(await ship(2));
    const id = made.partIds[0] as string;
    bench.shop.answers.push((call) => {
      bench.shop.shipments.length = 0;
      return {
        kind: "done",
        snapshot: bench.shop.show(call.order.nativeId),
        nativeId: null,
        httpStatus: 200,
      };
    });
    await bench.submit({ type: "FULFILLMENT_CANCEL", fulfillmentId: id, reason: null });
    const { fulfillments, lines } = await bench.document();
    expect(fulfillments).toMatchObject([{ id, status: "CANCELED" }]);
    expect(lines[0]?.quantities).toMatchObject({ fulfilled: 0, fulfillable: 3 });
    const told = (await bench.events()).map((event) => event.type);
    expect(told).toContain("FULFILLMENT_CANCELED");
    expect(told).not.toContain("FULFILLMENT_REMOVED");
  });

  it("refuses a write whose caller looked at an order that changed since, but not for tags or scans", async () => {
    const { version } = await bench.poll();
    const tagged = snapshot(bench.nativeId, 1);
    if (tagged.head) tagged.head.value.tags = ["vip"];
    await bench.poll(tagged);
    expect((await bench.submit(await ship(1), { expectedVersion: version })).errors).toEqual([]);
    const stale = await bench.submit(await ship(1), { expectedVersion: version });
    expect(stale.errors).toMatchObject([{ kind: "StaleVersionError", code: "STALE_VERSION" }]);
  });

  it("does not send what still waits at its deadline", async () => {
    await bench.rest();
    const result = await bench.submit(await ship(1), {
      waitUntil: "ACCEPTED",
      deadline: new Date(Date.now() + 30).toISOString(),
    });
    await expect.poll(() => Date.now(), { interval: 10 }).toBeGreaterThan(Date.now() + 40);
    bench.work();
    await expect
      .poll(async () => (await bench.command(result.command)).row.status)
      .toBe("CANCELED");
    expect(bench.shop.sent).toEqual([]);
    expect((await bench.document()).fulfillments).toEqual([]);
  });

  it("can be withdrawn while it waits, not after", async () => {
    await bench.rest();
    const waiting = await bench.submit(await ship(1), { waitUntil: "ACCEPTED" });
    expect((await bench.commands.cancel(bench.viewer, waiting.command as string)).errors).toEqual(
      [],
    );
    expect((await bench.command(waiting.command)).row.status).toBe("CANCELED");
    bench.work();
    expect(
      (await bench.commands.cancel(bench.viewer, waiting.command as string)).errors,
    ).toMatchObject([{ code: "ALREADY_IN_STATE" }]);
  });

  it("shows a key that is limited to other channels nothing", async () => {
    const stranger = { ...bench.viewer, channelIds: [mintId("Channel")] };
    expect((await bench.submit(await ship(1), {}, stranger)).errors).toMatchObject([
      { code: "NOT_FOUND" },
    ]);
    expect((await bench.commands.cancel(stranger, mintId("Command"))).command).toBeNull();
  });
});
