import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Wish } from "../../src/commands/face.js";
import type { ReturnReason } from "../../src/domain/return.js";
import { shipment } from "../support/snapshots.js";
import { Bench } from "./bench.js";
import { refused, unknown } from "./scripted-shop.js";

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench?.close());
/** All three pieces of line 1 and the one of line 2 have left. */
beforeEach(async () => {
  await bench.place();
  bench.shop.shipments.push(shipment("s1", { 1: 3, 2: 1 }));
});

const tracking = { number: "1Z 999", carrier: "UPS", carrierCode: null, url: null };
const wanted = async (
  quantity: number,
  changes: Partial<Extract<Wish, { type: "RETURN_CREATE" }>> = {},
  reason: ReturnReason = "DEFECTIVE",
): Promise<Wish> => ({
  type: "RETURN_CREATE",
  orderId: bench.orderId,
  lines: [
    { lineId: await bench.lineId(), quantity, reason, note: "it broke", resolution: "REFUND" },
  ],
  requested: false,
  tracking: null,
  note: null,
  ...changes,
});
const ask = async (...args: Parameters<typeof wanted>) => bench.submit(await wanted(...args));
const returns = async () => (await bench.document()).returns;
const received = async (
  returnId: string,
  received: number,
  more: { rejected?: number; disposition?: "RESTOCK" | "DAMAGED" } = {},
): Promise<Wish> => {
  const lineId = await bench.lineId();
  const row = { lineId, received, rejected: 0, disposition: "RESTOCK" as const, ...more };
  return { type: "RETURN_RECEIVE", returnId, lines: [row] };
};

describe("goods to be sent for those that come back", () => {
  beforeEach(() => bench.poll());
  const exchangeLines = [{ sku: "LAMP-1", quantity: 1 }];

  it("are the shop's to send, and are asked of it with the return", async () => {
    const asked = await ask(1, { exchangeLines });
    expect(asked.errors).toEqual([]);
    expect(await bench.status(asked.command)).toBe("SUCCEEDED");
    expect(await returns()).toMatchObject([{ id: asked.partIds[0], status: "APPROVED" }]);
  });

  it.each([true, false])(
    "are refused where the shop has no exchanges (gateway keeps its returns: %s)",
    async (isKept) => {
      if (isKept) bench.shop.withoutReturns();
      bench.shop.supports("EXCHANGE_CREATE", "NONE");
      await bench.poll();
      const { command, errors } = await ask(1, { exchangeLines });
      expect(command).toBeNull();
      expect(errors).toMatchObject([
        { code: "CAPABILITY_NOT_SUPPORTED", operation: "EXCHANGE_CREATE" },
      ]);
      expect(await returns()).toEqual([]);
      expect((await ask(1)).errors).toEqual([]);
    },
  );

  it("are named, and counted, and not too many", async () => {
    const wrong = [
      { sku: " ", quantity: 1 },
      { sku: "LAMP-1", quantity: 0 },
      { sku: "LAMP-1", quantity: -2 },
    ];
    const path = (...rest: string[]) => ["input", "exchangeLines", ...rest];
    expect((await ask(1, { exchangeLines: wrong })).errors).toMatchObject([
      { code: "INVALID_INPUT", path: path("0", "sku") },
      { code: "INVALID_INPUT", path: path("1", "quantity") },
      { code: "INVALID_INPUT", path: path("2", "quantity") },
    ]);
    const many = Array.from({ length: 251 }, () => ({ sku: "LAMP-1", quantity: 1 }));
    expect((await ask(1, { exchangeLines: many })).errors).toMatchObject([
      { code: "LIMIT_EXCEEDED", path: path() },
    ]);
  });
});

describe("a return at a shop that has none", () => {
  beforeEach(async () => {
    bench.shop.withoutReturns();
    await bench.poll();
  });

  it("lives its whole life here, and the shop's people read of it", async () => {
    const asked = await ask(2, { requested: true });
    expect(asked.errors).toEqual([]);
    const [returnId] = asked.partIds as [string];
    expect(await bench.status(asked.command)).toBe("SUCCEEDED");
    expect(await returns()).toMatchObject([
      { id: returnId, name: "1001-R1", status: "REQUESTED", owner: "GATEWAY", planned: false },
    ]);
    expect(await returns()).toMatchObject([{ projection: "REFUND_AND_NOTE", nativeId: null }]);
    expect(await bench.quantities()).toMatchObject({ returnRequested: 2, returnable: 1 });
    expect(bench.shop.head.notes.map((note) => note.text)).toEqual([
      "Return 1001-R1 asked for: 2 × SKU-1 (DEFECTIVE)",
    ]);

    const lineId = await bench.lineId();
    const part = [{ lineId, quantity: 1 }];
    const approved = await bench.submit({ type: "RETURN_APPROVE", returnId, lines: part });
    expect(approved.partIds).toEqual([returnId]);
    expect(await bench.quantities()).toMatchObject({ returnApproved: 1, returnable: 2 });
    await bench.submit({ type: "RETURN_TRACKING_UPDATE", returnId, tracking });
    expect(await returns()).toMatchObject([
      { status: "IN_TRANSIT", shipments: [{ tracking: { number: "1Z 999" } }] },
    ]);

    await bench.submit(await received(returnId, 1));
    expect(await returns()).toMatchObject([{ status: "INSPECTED" }]);
    expect(await bench.quantities()).toMatchObject({ returnReceived: 1 });
    expect(bench.shop.head.notes.at(-1)?.text).toBe("Return 1001-R1 received: 1 × SKU-1 (RESTOCK)");

    const refunded = await bench.submit(
      {
        type: "REFUND_CREATE",
        orderId: bench.orderId,
        returnId,
        lines: null,
        shipping: null,
        extraAmount: null,
        reason: "came back broken",
        toStoreCredit: false,
      },
      { idempotencyKey: "whole life" },
    );
    expect(refunded.errors).toEqual([]);
    const { refunds } = await bench.document();
    expect(refunds).toMatchObject([
      {
        id: refunded.partIds[0],
        returnId,
        status: "SUCCEEDED",
        lines: [{ lineId, quantity: 1, restocked: true, amount: { shop: { amount: "3.33" } } }],
      },
    ]);
    expect(await bench.quantities()).toMatchObject({ refunded: 1, restocked: 1 });

    await bench.submit({ type: "RETURN_CLOSE", returnId });
    expect(await returns()).toMatchObject([{ status: "CLOSED" }]);
    const told = (await bench.events()).map((event) => event.type);
    for (const type of ["RETURN_REQUESTED", "RETURN_RECEIVED", "REFUND_CREATED", "RETURN_CLOSED"])
      expect(told.filter((one) => one === type)).toHaveLength(1);
    const kinds = bench.shop.sent.map((call) => call.step.kind);
    expect(kinds).toEqual(["ORDER_NOTE_ADD", "ORDER_NOTE_ADD", "REFUND_CREATE"]);
  });

  it("is told in no note that names the customer's words, and shown once though the shop shows its notes", async () => {
    await ask(1);
    await bench.poll();
    const { notes } = await bench.document();
    expect(notes.map((note) => note.text)).toEqual([
      "Return 1001-R1 agreed: 1 × SKU-1 (DEFECTIVE)",
    ]);
    expect(JSON.stringify(notes)).not.toContain("it broke");
  });

  it("is kept here alone where the shop takes no notes", async () => {
    bench.shop.supports("ORDER_NOTE", "NONE");
    const { errors } = await ask(1);
    expect(errors).toEqual([]);
    expect(await returns()).toMatchObject([{ projection: "LOCAL_ONLY", status: "APPROVED" }]);
    expect(bench.shop.sent).toEqual([]);
  });

  it("is taken in with a warning where the shop puts nothing of it back into its stock", async () => {
    const [returnId] = (await ask(2)).partIds as [string];
    const warnings = async (disposition: "RESTOCK" | "DAMAGED") => {
      const wish = await received(returnId, 2, { disposition });
      return (await bench.submit(wish, { dryRun: true })).preview?.warnings;
    };
    const emulated = "emulated: keep here what came back";
    expect(await warnings("RESTOCK")).toEqual([emulated]);
    bench.shop.supports("REFUND_RESTOCK", "NONE");
    expect(await warnings("RESTOCK")).toEqual([
      emulated,
      "the shop puts nothing back into its stock with a refund: see there that its stock grows by the 2 that came back to be sold again",
    ]);
    expect(await warnings("DAMAGED")).toEqual([emulated]);
  });

  it("puts nothing back with the refund where the shop cannot", async () => {
    bench.shop.supports("REFUND_RESTOCK", "NONE");
    const [returnId] = (await ask(1)).partIds as [string];
    await bench.submit(await received(returnId, 1));
    const wish = { type: "REFUND_CREATE", orderId: bench.orderId, returnId, lines: null } as const;
    const nothing = { shipping: null, extraAmount: null, reason: null, toStoreCredit: false };
    const options = { idempotencyKey: "no stock" };
    expect((await bench.submit({ ...wish, ...nothing }, options)).errors).toEqual([]);
    expect(bench.shop.refunds).toMatchObject([{ lines: [{ quantity: 1, restocked: false }] }]);
  });

  it("writes off what is damaged and counts what was not taken", async () => {
    const [returnId] = (await ask(3)).partIds as [string];
    await bench.submit(await received(returnId, 2, { rejected: 1, disposition: "DAMAGED" }));
    expect(await bench.quantities()).toMatchObject({
      returnReceived: 2,
      returnRejected: 1,
      writtenOff: 2,
      returnable: 0,
    });
    const { text } = bench.shop.head.notes.at(-1) as { text: string };
    expect(text).toBe("Return 1001-R1 received: 2 × SKU-1 (DAMAGED), 1 × SKU-1 (not taken)");
  });

  it("is declined or canceled only while that can be, and gives its pieces back", async () => {
    const [first] = (await ask(2, { requested: true })).partIds as [string];
    const blank = await bench.submit({ type: "RETURN_DECLINE", returnId: first, reason: " " });
    expect(blank.errors).toMatchObject([{ code: "INVALID_INPUT", path: ["reason"] }]);
    await bench.submit({ type: "RETURN_DECLINE", returnId: first, reason: "worn" });
    expect(await returns()).toMatchObject([{ status: "DECLINED", note: "worn" }]);
    expect(await bench.quantities()).toMatchObject({ returnable: 3 });
    const late = await bench.submit({ type: "RETURN_APPROVE", returnId: first, lines: null });
    expect(late.errors).toMatchObject([
      { code: "ALREADY_IN_STATE", path: ["returnId"], message: expect.stringMatching("REQUESTED") },
    ]);
    const [second] = (await ask(2)).partIds as [string];
    await bench.submit({ type: "RETURN_CANCEL", returnId: second });
    expect(await returns()).toMatchObject([{ status: "DECLINED" }, { status: "CANCELED" }]);
    const [third] = (await ask(2)).partIds as [string];
    await bench.submit(await received(third, 1));
    const { errors } = await bench.submit({ type: "RETURN_CANCEL", returnId: third });
    expect(errors).toMatchObject([
      { code: "ALREADY_IN_STATE", message: expect.stringMatching("close it instead") },
    ]);
  });

  it("takes in no more than is awaited, also of two who bring the same parcel at once", async () => {
    const [returnId] = (await ask(2)).partIds as [string];
    expect((await bench.submit(await received(returnId, 3))).errors).toMatchObject([
      { kind: "QuantityError", code: "QUANTITY_EXCEEDS_RETURNABLE", requested: 3, available: 2 },
    ]);
    const wish = await received(returnId, 2);
    const results = await Promise.all([bench.submit(wish), bench.submit(wish)]);
    const ends = await Promise.all(
      results.map(({ command }) => (command ? bench.status(command) : "REFUSED")),
    );
    expect(ends.filter((end) => end === "SUCCEEDED")).toHaveLength(1);
    expect(await bench.quantities()).toMatchObject({ returnReceived: 2 });
  });

  it("writes to no customer, and is not made where emulation is refused", async () => {
    const wish = await wanted(1);
    expect((await bench.submit(wish, { notifyCustomer: true })).errors).toMatchObject([
      { kind: "CapabilityError", operation: "NOTIFY_CUSTOMER" },
    ]);
    expect((await bench.submit(wish, { allowEmulated: false })).errors).toMatchObject([
      { kind: "CapabilityError", operation: "RETURN_CREATE" },
    ]);
    const { preview } = await bench.submit(wish, { dryRun: true });
    expect(preview?.steps).toEqual(["keep a return here", "ORDER_NOTE_ADD"]);
    expect(await returns()).toEqual([]);
  });
});

describe("a return at a shop that has its own", () => {
  beforeEach(() => bench.poll());

  it("is the shop's, under the id that was promised, through all its stages", async () => {
    const asked = await ask(2, { requested: true, tracking: null });
    const [returnId] = asked.partIds as [string];
    expect(await returns()).toMatchObject([
      { id: returnId, nativeId: "r1", owner: "CHANNEL", projection: "NATIVE", status: "REQUESTED" },
    ]);
    await bench.submit({ type: "RETURN_APPROVE", returnId, lines: null });
    await bench.submit({ type: "RETURN_TRACKING_UPDATE", returnId, tracking });
    await bench.submit(await received(returnId, 2));
    await bench.submit({ type: "RETURN_CLOSE", returnId });
    await bench.poll();
    expect(await returns()).toMatchObject([{ id: returnId, status: "CLOSED" }]);
    expect(bench.shop.sent.map((call) => call.step.kind)).toEqual([
      "RETURN_CREATE",
      "RETURN_APPROVE",
      "RETURN_TRACKING_UPDATE",
      "RETURN_RECEIVE",
      "RETURN_CLOSE",
    ]);
  });

  it("is paid for with its goods put back to stock once, by whoever puts them there", async () => {
    const [returnId] = (await ask(3)).partIds as [string];
    await bench.submit(await received(returnId, 3));
    const lineId = await bench.lineId();
    const line = { lineId, quantity: 3, amount: null, restock: true, locationId: null };
    const wish = {
      type: "REFUND_CREATE",
      orderId: bench.orderId,
      shipping: null,
      extraAmount: null,
      reason: null,
      toStoreCredit: false,
    } as const;
    const restocksOf = async (told: number) => {
      for (const row of bench.shop.returns) for (const each of row.lines) each.restocked = told;
      await bench.poll();
      const options = { idempotencyKey: `told ${told}`, dryRun: true };
      return bench.submit({ ...wish, returnId: null, lines: [line] }, options);
    };
    expect((await restocksOf(0)).errors).toEqual([]);
    expect((await restocksOf(3)).errors).toMatchObject([
      {
        code: "ALREADY_IN_STATE",
        requested: 3,
        available: 0,
        path: ["input", "lines", "0", "restock"],
      },
    ]);
    const options = { idempotencyKey: "paid", waitUntil: "SUCCEEDED" } as const;
    expect((await bench.submit({ ...wish, returnId, lines: null }, options)).errors).toEqual([]);
    expect(bench.shop.refunds).toMatchObject([{ lines: [{ quantity: 3, restocked: false }] }]);
  });

  it("moves at once where the shop's answer shows no returns", async () => {
    const [returnId] = (await ask(2, { requested: true })).partIds as [string];
    bench.shop.answers.push((_call, done) => {
      done();
      return { kind: "done", snapshot: null, nativeId: null, httpStatus: 200 };
    });
    await bench.submit({ type: "RETURN_APPROVE", returnId, lines: null });
    expect(await returns()).toMatchObject([{ status: "APPROVED" }]);
  });

  it("goes to one of two who ask for the same pieces", async () => {
    const wish = await wanted(3);
    const results = await Promise.all([bench.submit(wish), bench.submit(wish)]);
    expect(results.flatMap((result) => result.errors)).toMatchObject([
      { kind: "QuantityError", code: "QUANTITY_EXCEEDS_RETURNABLE", requested: 3, available: 0 },
    ]);
    expect(bench.shop.returns).toHaveLength(1);
  });

  it("holds its pieces while nobody knows whether it was made, and takes no move", async () => {
    bench.shop.blind = true;
    bench.shop.answers.push(() => unknown());
    const asked = await ask(2);
    const [returnId] = asked.partIds as [string];
    expect(await bench.status(asked.command)).toBe("NEEDS_ATTENTION");
    expect(await bench.quantities()).toMatchObject({ returnable: 1, returnApproved: 0 });
    expect((await bench.submit({ type: "RETURN_CLOSE", returnId })).errors).toMatchObject([
      { code: "COMMAND_IN_FLIGHT", message: expect.stringContaining(asked.command as string) },
    ]);
    const id = asked.command as string;
    await bench.commands.resolve(bench.viewer, id, { outcome: "NOT_DONE", note: "not there" });
    expect(await bench.status(id)).toBe("FAILED");
    expect(await bench.quantities()).toMatchObject({ returnable: 3 });
    expect((await bench.commands.retry(bench.viewer, id)).errors).toEqual([]);
    await expect.poll(() => bench.status(id)).toBe("SUCCEEDED");
    expect(await returns()).toMatchObject([{ id: returnId, nativeId: "r1" }]);
  });

  it("stands as a person says it was made, and a late report finds it", async () => {
    bench.shop.answers.push((_call, done) => {
      done();
      return unknown();
    });
    const asked = await ask(2);
    const id = asked.command as string;
    await bench.commands.resolve(bench.viewer, id, { outcome: "DONE", note: "seen there" });
    expect(await returns()).toMatchObject([{ id: asked.partIds[0], planned: false }]);
    await bench.poll();
    expect(await returns()).toMatchObject([{ id: asked.partIds[0], nativeId: "r1" }]);
  });

  it("ends a move in doubt when the shop shows it", async () => {
    bench.shop.blind = true;
    const [returnId] = (await ask(1, { requested: true })).partIds as [string];
    bench.shop.answers.push((_call, done) => {
      done();
      return unknown();
    });
    const { command } = await bench.submit({ type: "RETURN_DECLINE", returnId, reason: "no" });
    expect(await bench.status(command)).toBe("NEEDS_ATTENTION");
    await bench.poll();
    expect(await bench.status(command)).toBe("SUCCEEDED");
  });

  it("gives its pieces back when the shop refuses it", async () => {
    bench.shop.answers.push(() => refused(false));
    const { command } = await ask(3);
    expect(await bench.status(command)).toBe("FAILED");
    expect(await returns()).toEqual([]);
    expect(await bench.quantities()).toMatchObject({ returnable: 3 });
  });

  it("names every part of the input that cannot be", async () => {
    const lines = [
      { lineId: "lin_x", quantity: 1, reason: "OTHER", note: null, resolution: "NONE" },
      {
        lineId: await bench.lineId(),
        quantity: 0,
        reason: "OTHER",
        note: null,
        resolution: "NONE",
      },
    ] as const;
    const blank = { ...tracking, number: " " };
    const { errors } = await ask(1, { lines: [...lines], tracking: blank });
    expect(errors.map(({ code, path }) => [code, path?.join(".")])).toEqual([
      ["NOT_FOUND", "input.lines.0.quantity"],
      ["INVALID_INPUT", "input.lines.1.quantity"],
      ["INVALID_INPUT", "input.tracking.number"],
    ]);
    expect((await ask(1, { lines: [] })).errors).toMatchObject([{ code: "INVALID_INPUT" }]);
    const strange = await bench.submit({ type: "RETURN_CLOSE", returnId: "ret_x" });
    expect(strange.errors).toMatchObject([{ code: "NOT_FOUND", path: ["returnId"] }]);
  });

  it("makes stale what is asked of returns, not of shipments", async () => {
    const { version } = await bench.stored().then(({ order }) => order);
    const [returnId] = (await ask(1)).partIds as [string];
    const options = { expectedVersion: version };
    const [shipped] = (await bench.document()).fulfillments;
    const cancel = { type: "FULFILLMENT_CANCEL", fulfillmentId: shipped?.id as string } as const;
    const stale = await bench.submit({ type: "RETURN_CLOSE", returnId }, options);
    expect(stale.errors).toMatchObject([{ code: "STALE_VERSION" }]);
    expect((await bench.submit({ ...cancel, reason: null }, options)).errors).toEqual([]);
  });
});
