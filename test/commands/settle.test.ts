import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { at } from "../support/snapshots.js";
import { Bench } from "./bench.js";
import { moneyWishes, placePaid } from "./money-wishes.js";
import { unknown } from "./scripted-shop.js";

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench?.close());
beforeEach(() => placePaid(bench));

const { amount, cancel, give, money } = moneyWishes(() => bench);

describe("a command whose first step is in doubt", () => {
  it("goes on with the next as soon as the shop shows the first", async () => {
    bench.shop.answers.push((_call, done) => {
      done();
      return unknown();
    });
    const result = await bench.submit(cancel(true), { idempotencyKey: "doubted cancellation" });
    expect(await bench.status(result.command)).toBe("NEEDS_ATTENTION");
    await bench.poll();
    await expect.poll(() => bench.status(result.command)).toBe("SUCCEEDED");
    expect(bench.shop.refunds).toHaveLength(1);
    expect(await money()).toEqual({ refunded: "45.00", pending: "0.00" });
  });
});

describe("a command of several refunds", () => {
  it("withdraws what waits behind one that the shop reports as failed", async () => {
    const plan = bench.shop.plan.bind(bench.shop);
    // As a shop does that gives money back payment by payment.
    bench.shop.plan = (command, order) => plan(command, order).flatMap((step) => [step, step]);
    bench.shop.answers.push((_call, done) => {
      done();
      for (const made of bench.shop.refunds) made.status = "FAILED";
      return unknown();
    });
    const { command } = await give(amount("20.00"));
    await bench.poll();
    await expect.poll(() => bench.status(command)).toBe("FAILED");
    const { steps } = await bench.command(command);
    expect(steps.map(({ status }) => status)).toEqual(["FAILED", "CANCELED"]);
    expect(bench.shop.sent).toHaveLength(1);
    expect(await money()).toEqual({ refunded: "0.00", pending: "0.00" });
  });
});

describe("a refund that its shop reports", () => {
  it("before it answers and not recognised as ours is one refund all the same", async () => {
    bench.shop.answers.push(async (call, done) => {
      const { nativeId } = done() as { nativeId: string };
      const [made] = bench.shop.refunds;
      if (!made) throw new Error("the shop made no refund");
      Object.assign(made, { marker: null, createdAt: at(0) });
      await bench.poll({
        ref: call.order,
        refunds: { asOf: at(99), complete: false, value: [structuredClone(made)] },
      });
      return { kind: "done", snapshot: null, nativeId, httpStatus: 200 };
    });
    const result = await give(amount("20.00"));
    expect(await bench.status(result.command)).toBe("SUCCEEDED");
    expect((await bench.document()).refunds).toMatchObject([
      { id: result.partIds[0], nativeId: "m1", status: "SUCCEEDED" },
    ]);
    expect(await money()).toEqual({ refunded: "20.00", pending: "0.00" });
  });

  it("as one that moved no money has failed", async () => {
    bench.shop.answers.push((_call, done) => {
      done();
      for (const made of bench.shop.refunds) made.status = "FAILED";
      return unknown();
    });
    const { command, partIds } = await give(amount("20.00"));
    await bench.poll();
    expect(await bench.status(command)).toBe("FAILED");
    expect((await bench.command(command)).row.errors).not.toEqual([]);
    expect((await bench.document()).refunds).toMatchObject([{ id: partIds[0], status: "FAILED" }]);
    expect(await money()).toEqual({ refunded: "0.00", pending: "0.00" });
  });
});
