import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Wish } from "../../src/commands/face.js";
import { sameMoney } from "../../src/domain/money.js";
import { shipment } from "../support/snapshots.js";
import { Bench } from "./bench.js";
import { door } from "./door.js";
import { eur, moneyWishes, placePaid } from "./money-wishes.js";
import { refused, unknown } from "./scripted-shop.js";

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench?.close());
beforeEach(() => placePaid(bench));

const { amount, cancel, give, money, newKey, pieces, wanted } = moneyWishes(() => bench);
const ship = async (quantity: number): Promise<Wish> => ({
  type: "FULFILLMENT_CREATE",
  orderId: bench.orderId,
  lines: [{ lineId: await bench.lineId(), quantity }],
  fulfillmentOrderId: null,
  locationId: null,
  packages: [],
  shippedAt: null,
});

describe("a refund", () => {
  it("gives back what pieces, shipping and goodwill come to, once, under the id that was promised", async () => {
    const lines = await pieces(2, { restock: true });
    const wish = wanted({ lines, shipping: eur("5.00"), extraAmount: eur("1.5") });
    const result = await give({ ...wish, reason: " broken " });
    expect(result.errors).toEqual([]);
    expect((await bench.command(result.command)).row).toMatchObject({
      status: "SUCCEEDED",
      money: true,
      resultId: result.partIds[0],
    });
    const { refunds } = await bench.document();
    expect(refunds).toMatchObject([
      { id: result.partIds[0], nativeId: "m1", status: "SUCCEEDED", reason: "broken" },
    ]);
    expect(refunds).toMatchObject([
      {
        amount: { shop: eur("26.50") },
        shipping: { shop: eur("5.00") },
        lines: [{ quantity: 2, amount: { shop: eur("20.00") } }],
      },
    ]);
    expect(await bench.quantities()).toMatchObject({ refunded: 2, restocked: 2, fulfillable: 1 });
    expect(await money()).toEqual({ refunded: "26.50", pending: "0.00" });
    await bench.poll();
    const made = (await bench.events()).filter((event) => event.type === "REFUND_CREATED");
    expect(made).toMatchObject([{ causedBy: result.command }]);
  });

  it("is refused without an idempotency key before anything else, but not in a dry run", async () => {
    const strange = wanted({ orderId: "ord_x", extraAmount: eur("1.00") });
    expect((await bench.submit(strange)).errors).toMatchObject([
      { code: "IDEMPOTENCY_KEY_REQUIRED", path: ["options", "idempotencyKey"] },
    ]);
    expect((await bench.submit(cancel(true))).errors).toMatchObject([
      { code: "IDEMPOTENCY_KEY_REQUIRED" },
    ]);
    const dry = await bench.submit(amount("1.00"), { dryRun: true });
    expect(dry).toMatchObject({ errors: [], command: null, preview: { steps: ["refund"] } });
    expect(await money()).toEqual({ refunded: "0.00", pending: "0.00" });
  });

  it("is not for a key that may only cancel, and neither is trying it again", async () => {
    const clerk = { ...bench.viewer, scopes: ["ORDERS_WRITE"] as const };
    const options = { idempotencyKey: "clerk" };
    expect((await bench.submit(cancel(true), options, clerk)).errors).toMatchObject([
      { code: "FORBIDDEN_FIELD", path: ["input", "refund"] },
    ]);
    bench.shop.answers.push(() => refused(false));
    const { command } = await bench.submit(cancel(true), options);
    const id = command as string;
    expect((await bench.commands.retry(clerk, id)).errors).toMatchObject([
      { code: "FORBIDDEN_FIELD", path: ["id"] },
    ]);
    expect((await bench.commands.retry(bench.viewer, id)).errors).toEqual([]);
    await expect.poll(() => bench.status(id)).toBe("SUCCEEDED");
  });

  it("is one command however many callers bring the same key at once", async () => {
    const wish = amount("45.00");
    const results = await Promise.all(Array.from({ length: 8 }, () => give(wish, "same")));
    expect(results.flatMap((result) => result.errors)).toEqual([]);
    expect(new Set(results.map((result) => result.command)).size).toBe(1);
    expect(new Set(results.map((result) => result.partIds.join())).size).toBe(1);
    expect(results.filter((result) => !result.replayed)).toHaveLength(1);
    expect(bench.shop.refunds).toHaveLength(1);
    expect((await give(amount("1.00"), "same")).errors).toMatchObject([
      { code: "IDEMPOTENCY_KEY_REUSED" },
    ]);
  });

  it("goes to one of two callers with different keys who want the same money", async () => {
    const results = await Promise.all([give(amount("30.00")), give(amount("30.00"))]);
    expect(results.flatMap((result) => result.errors)).toMatchObject([
      { code: "AMOUNT_EXCEEDS_REFUNDABLE", message: expect.stringContaining("15.00 EUR") },
    ]);
    expect(bench.shop.refunds).toHaveLength(1);
  });

  it("is never given for more than was paid, however many ask at once", async () => {
    const wish = amount("10.00");
    const results = await Promise.all(Array.from({ length: 10 }, () => give(wish)));
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(4);
    expect(bench.shop.refunds).toHaveLength(4);
    expect(await money()).toEqual({ refunded: "40.00", pending: "0.00" });
  });

  it("goes to one of two callers with different keys who want the same pieces back", async () => {
    const wish = wanted({ lines: await pieces(2) });
    const results = await Promise.all([give(wish), give(wish)]);
    expect(results.flatMap((result) => result.errors)).toMatchObject([
      {
        kind: "QuantityError",
        code: "AMOUNT_EXCEEDS_REFUNDABLE",
        path: ["input", "lines", "0", "quantity"],
        requested: 2,
        available: 1,
      },
    ]);
  });

  it("pays for a return once, also of two who ask for it at once", async () => {
    bench.shop.shipments.push(shipment("s1", { 1: 3 }));
    bench.shop.withoutReturns();
    await bench.poll();
    const lineId = await bench.lineId();
    const [returnId] = (
      await bench.submit({
        type: "RETURN_CREATE",
        orderId: bench.orderId,
        lines: [{ lineId, quantity: 1, reason: "COLOR", note: null, resolution: "REFUND" }],
        requested: false,
        tracking: null,
        note: null,
      })
    ).partIds as [string];
    const wish = wanted({ returnId });
    expect((await give(wish)).errors).toMatchObject([
      { code: "ALREADY_IN_STATE", path: ["input", "returnId"] },
    ]);
    const back = { lineId, received: 1, rejected: 0, disposition: "RESTOCK" as const };
    await bench.submit({ type: "RETURN_RECEIVE", returnId, lines: [back] });
    const results = await Promise.all([give(wish), give(wish)]);
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(bench.shop.refunds).toHaveLength(1);
    expect((await give(wish)).errors).toMatchObject([{ code: "ALREADY_IN_STATE" }]);
  });

  it("and a shipment never go for the same piece at once", async () => {
    const refund = wanted({ lines: await pieces(2) });
    const wish = await ship(2);
    const [shipped, given] = await Promise.all([bench.submit(wish), give(refund)]);
    const codes = [...shipped.errors, ...given.errors].map((error) => error.code);
    expect(codes).toHaveLength(1);
    expect(["QUANTITY_EXCEEDS_FULFILLABLE", "COMMAND_IN_FLIGHT"]).toContain(codes[0]);
  });

  it("of pieces that are on their way out waits for their shipment", async () => {
    bench.shop.blind = true;
    bench.shop.answers.push(() => unknown());
    const leaving = await bench.submit(await ship(2));
    const refund = wanted({ lines: await pieces(2) });
    expect((await give(refund)).errors).toMatchObject([
      { kind: "QuantityError", code: "COMMAND_IN_FLIGHT", requested: 2, available: 1 },
    ]);
    const resolution = { outcome: "DONE" as const, note: "it left" };
    await bench.commands.resolve(bench.viewer, leaving.command as string, resolution);
    expect((await give(refund)).errors).toEqual([]);
  });

  it("names every amount and piece that cannot be", async () => {
    const errors = async (changes: Parameters<typeof wanted>[0]) =>
      (await give(wanted(changes))).errors.map(({ code, path }) => [code, path?.join(".")]);
    expect(await errors({})).toEqual([["INVALID_INPUT", "input.lines"]]);
    expect(await errors({ lines: [] })).toEqual([["INVALID_INPUT", "input.lines"]]);
    expect(await errors({ shipping: eur("0.00"), extraAmount: eur("-1.00") })).toEqual([
      ["INVALID_INPUT", "input.shipping.amount"],
      ["INVALID_INPUT", "input.extraAmount.amount"],
    ]);
    expect(await errors({ extraAmount: { amount: "1.00", currency: "USD" } })).toEqual([
      ["INVALID_INPUT", "input.extraAmount.currency"],
    ]);
    expect(await errors({ extraAmount: eur("1.005") })).toEqual([
      ["INVALID_INPUT", "input.extraAmount.amount"],
    ]);
    expect(await errors({ extraAmount: eur("45.01") })).toEqual([
      ["AMOUNT_EXCEEDS_REFUNDABLE", "input"],
    ]);
    expect(await errors({ shipping: eur("5.01") })).toEqual([
      ["AMOUNT_EXCEEDS_REFUNDABLE", "input.shipping"],
    ]);
    expect(await errors({ lines: await pieces(1, { amount: eur("-1") }) })).toEqual([
      ["INVALID_INPUT", "input.lines.0.amount.amount"],
    ]);
    expect(await errors({ lines: await pieces(1, { amount: eur("0") }) })).toEqual([
      ["INVALID_INPUT", "input"],
    ]);
    expect(await errors({ lines: await pieces(1, { locationId: "loc_x" }) })).toEqual([
      ["NOT_FOUND", "input.lines.0.locationId"],
    ]);
    expect(await errors({ returnId: "ret_x", extraAmount: eur("1.00") })).toEqual([
      ["NOT_FOUND", "input.returnId"],
    ]);
    expect(bench.shop.sent).toEqual([]);
  });

  it("is not emulated unless that is said, and asks of the shop what it takes", async () => {
    bench.shop.supports("REFUND_ARBITRARY_AMOUNT", "EMULATED").supports("REFUND_RESTOCK", "NONE");
    expect((await give(amount("1.00"))).errors).toMatchObject([
      { kind: "CapabilityError", operation: "REFUND_ARBITRARY_AMOUNT" },
    ]);
    const permitted = { idempotencyKey: "permitted", allowEmulated: true };
    expect((await bench.submit(amount("1.00"), permitted)).errors).toEqual([]);
    const restock = wanted({ lines: await pieces(1, { restock: true }) });
    expect((await give(restock)).errors).toMatchObject([
      { kind: "CapabilityError", operation: "REFUND_RESTOCK" },
    ]);
  });

  it("is given up where meanwhile the shop gave the money back itself", async () => {
    await bench.rest();
    const waiting = await bench.submit(amount("30.00"), {
      idempotencyKey: "late",
      waitUntil: "ACCEPTED",
    });
    expect(await money()).toEqual({ refunded: "0.00", pending: "30.00" });
    bench.shop.refunds.push({
      nativeId: "m9",
      status: "SUCCEEDED",
      amount: sameMoney("20.00", "EUR"),
      lines: [],
      shipping: null,
      reason: null,
      createdAt: new Date(0).toISOString(),
      returnId: null,
      marker: null,
    });
    await bench.poll();
    bench.work();
    await expect.poll(() => bench.status(waiting.command)).toBe("FAILED");
    expect((await bench.command(waiting.command)).row.errors).toMatchObject([
      { code: "AMOUNT_EXCEEDS_REFUNDABLE", path: null },
    ]);
    expect(bench.shop.sent).toEqual([]);
    expect(await money()).toEqual({ refunded: "20.00", pending: "0.00" });
  });
});

describe("a refund that the shop refuses", () => {
  it("gives its pieces and its money free, and is sent again only when a person says so", async () => {
    bench.shop.answers.push(() => refused(true));
    const wish = wanted({ lines: await pieces(3) });
    const { command } = await give(wish);
    expect((await bench.command(command)).row).toMatchObject({
      status: "FAILED",
      errors: [{ code: "CHANNEL_REJECTED", message: expect.stringContaining("commandRetry") }],
    });
    expect(bench.shop.sent).toHaveLength(1);
    expect(await money()).toEqual({ refunded: "0.00", pending: "0.00" });
    expect(await bench.quantities()).toMatchObject({ fulfillable: 3 });
    const taken = await give(wanted({ lines: await pieces(1) }));
    const id = command as string;
    expect((await bench.commands.retry(bench.viewer, id)).errors).toMatchObject([
      { kind: "QuantityError", code: "AMOUNT_EXCEEDS_REFUNDABLE", path: ["id"], available: 2 },
    ]);
    expect(await bench.status(taken.command)).toBe("SUCCEEDED");
  });

  it("is the same refund when it is tried again", async () => {
    bench.shop.answers.push(() => refused(false));
    const { command, partIds } = await give(amount("10.00"));
    expect((await bench.commands.retry(bench.viewer, command as string)).errors).toEqual([]);
    await expect.poll(() => bench.status(command)).toBe("SUCCEEDED");
    expect((await bench.document()).refunds).toMatchObject([{ id: partIds[0], nativeId: "m1" }]);
    expect(new Set(bench.shop.sent.map((call) => call.marker)).size).toBe(1);
  });
});

describe("a refund of which nobody knows what became", () => {
  it("is never sent again, keeps its money, and holds up only what moves money of this order", async () => {
    bench.shop.answers.push(() => unknown());
    const first = await give(amount("20.00"));
    expect(await bench.status(first.command)).toBe("NEEDS_ATTENTION");
    expect((await bench.document()).refunds).toMatchObject([
      { id: first.partIds[0], status: "OUTCOME_UNKNOWN" },
    ]);
    expect(await money()).toEqual({ refunded: "0.00", pending: "20.00" });
    const options = { idempotencyKey: "second", waitUntil: "ACCEPTED" } as const;
    const second = await bench.submit(amount("5.00"), options);
    const shipped = await bench.submit(await ship(1));
    expect(await bench.status(shipped.command)).toBe("SUCCEEDED");
    expect(await bench.status(second.command)).toBe("QUEUED");
    expect(bench.shop.sent.map((call) => call.step.kind)).toEqual([
      "REFUND_CREATE",
      "FULFILLMENT_CREATE",
    ]);
    const id = first.command as string;
    expect((await bench.commands.retry(bench.viewer, id)).errors).toMatchObject([
      { code: "COMMAND_IN_FLIGHT" },
    ]);
    const resolution = { outcome: "NOT_DONE" as const, note: "not in the books" };
    await bench.commands.resolve(bench.viewer, id, resolution);
    // The doubt is over, and its words with it.
    const { errors } = (await bench.command(id)).row;
    expect(errors).toMatchObject([{ message: expect.stringContaining("it was not done") }]);
    await expect.poll(() => bench.status(second.command)).toBe("SUCCEEDED");
    expect(await money()).toEqual({ refunded: "5.00", pending: "0.00" });
  });

  it("counts as given once a person says so, and once only when the shop reports it", async () => {
    bench.shop.answers.push((_call, done) => {
      done();
      return unknown();
    });
    const { command, partIds } = await give(wanted({ lines: await pieces(2) }));
    const resolution = { outcome: "DONE" as const, note: "on the statement" };
    await bench.commands.resolve(bench.viewer, command as string, resolution);
    expect(await bench.status(command)).toBe("SUCCEEDED");
    expect(await money()).toEqual({ refunded: "20.00", pending: "0.00" });
    expect(await bench.quantities()).toMatchObject({ refunded: 2 });
    await bench.poll();
    expect((await bench.document()).refunds).toMatchObject([{ id: partIds[0], nativeId: "m1" }]);
    expect(await money()).toEqual({ refunded: "20.00", pending: "0.00" });
    expect(await bench.quantities()).toMatchObject({ refunded: 2 });
  });

  it("ends by itself when the shop shows it", async () => {
    bench.shop.blind = true;
    bench.shop.answers.push((_call, done) => {
      done();
      return unknown();
    });
    const { command, partIds } = await give(amount("20.00"));
    expect(await bench.status(command)).toBe("NEEDS_ATTENTION");
    await bench.poll();
    expect((await bench.command(command)).row).toMatchObject({ status: "SUCCEEDED", errors: [] });
    expect((await bench.document()).refunds).toMatchObject([
      { id: partIds[0], nativeId: "m1", status: "SUCCEEDED" },
    ]);
  });
});

describe("a refund in doubt at a shop that knows it by its key", () => {
  beforeEach(() => {
    bench.shop.refundsAre = "KEYED";
  });
  /** A refund that was sent and not answered, of which the first look waits. */
  const inDoubt = async () => {
    const look = door();
    bench.shop.looks.push(async (_call, honest) => {
      await look.opened;
      return honest();
    });
    const options = { idempotencyKey: newKey(), waitUntil: "ACCEPTED" } as const;
    const { command } = await bench.submit(amount("20.00"), options);
    await expect.poll(() => bench.status(command)).toBe("OUTCOME_UNKNOWN");
    return { id: command as string, look };
  };

  it("is sent once more with the same key, and not withdrawn meanwhile", async () => {
    bench.shop.answers.push(() => unknown());
    const { id, look } = await inDoubt();
    expect(await money()).toEqual({ refunded: "0.00", pending: "20.00" });
    expect((await bench.commands.cancel(bench.viewer, id)).errors).toMatchObject([
      { code: "COMMAND_IN_FLIGHT" },
    ]);
    look.open();
    await expect.poll(() => bench.status(id)).toBe("SUCCEEDED");
    expect(bench.shop.sent).toHaveLength(2);
    expect(new Set(bench.shop.sent.map((call) => call.key)).size).toBe(1);
    expect(await money()).toEqual({ refunded: "20.00", pending: "0.00" });
  });

  it("needs a person where the second try is in doubt too, and is not there either", async () => {
    bench.shop.answers.push(unknown, unknown);
    const { id, look } = await inDoubt();
    look.open();
    await expect.poll(() => bench.status(id)).toBe("NEEDS_ATTENTION");
    expect(bench.shop.sent).toHaveLength(2);
    expect(await money()).toEqual({ refunded: "0.00", pending: "20.00" });
  });

  it("is tried again as any other where the second try is refused for now", async () => {
    bench.shop.answers.push(unknown, () => refused(true));
    const { id, look } = await inDoubt();
    look.open();
    await expect.poll(() => bench.status(id)).toBe("SUCCEEDED");
    expect(bench.shop.refunds).toHaveLength(1);
  });

  it("ends when the shop shows it, and is not sent again", async () => {
    bench.shop.answers.push((_call, done) => {
      done();
      return unknown();
    });
    const { id, look } = await inDoubt();
    await bench.poll();
    expect(await bench.status(id)).toBe("SUCCEEDED");
    look.open();
    await bench.rest();
    bench.work();
    expect(await bench.status(id)).toBe("SUCCEEDED");
    expect(bench.shop.sent).toHaveLength(1);
    expect(await money()).toEqual({ refunded: "20.00", pending: "0.00" });
  });
});
