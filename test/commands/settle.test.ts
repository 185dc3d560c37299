import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Outcome } from "../../src/domain/channel.js";
import { at } from "../support/snapshots.js";
import { Bench } from "./bench.js";
import { door } from "./door.js";
import { moneyWishes, placePaid } from "./money-wishes.js";
import { refused, unknown } from "./scripted-shop.js";

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench?.close());
beforeEach(() => placePaid(bench));

const { amount, cancel, give, money, newKey } = moneyWishes(() => bench);

/** A call that a shop holds until the test lets it be answered. */
function held() {
  return { sent: door(), answer: door<Outcome>() };
}
type Held = ReturnType<typeof held>;

describe("a command whose first step is in doubt", () => {
  it("goes on with the next as soon as the shop shows the first", async () => {
    bench.shop.blind = true;
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

describe("an answer that comes when its step is sent again already", () => {
  it("says nothing of the later try", async () => {
    const tries = [held(), held()];
    for (const { sent, answer } of tries)
      bench.shop.answers.push(() => {
        sent.open();
        return answer.opened;
      });
    const [first, second] = tries as [Held, Held];
    const options = { idempotencyKey: newKey(), waitUntil: "ACCEPTED" } as const;
    const { command } = await bench.submit(amount("20.00"), options);
    const id = command as string;
    await first.sent.opened;
    // As if the process had stood still for long: its lease ran out, and the call heeds no signal.
    await bench.database.asSystem((tx) =>
      tx.execute(
        "update commands set lease_owner = 'gone', lease_until = now() - interval '1 second' where status = 'IN_FLIGHT'",
      ),
    );
    await expect.poll(() => bench.status(id)).toBe("NEEDS_ATTENTION");
    await bench.commands.resolve(bench.viewer, id, { outcome: "NOT_DONE", note: "not there" });
    await bench.commands.retry(bench.viewer, id);
    await second.sent.opened;
    first.answer.open(refused(false));
    const stepId = (await bench.command(id)).steps[0]?.id;
    const attempts = () =>
      bench.database.forTenant(bench.tenantId, (tx) =>
        tx.execute(
          sql`select outcome from command_attempts where step_id = ${stepId} order by number`,
        ),
      );
    await expect.poll(attempts).toMatchObject([{ outcome: "REFUSED" }, { outcome: null }]);
    expect(await bench.status(id)).toBe("IN_FLIGHT");
    expect(await money()).toEqual({ refunded: "0.00", pending: "20.00" });
    second.answer.open({ kind: "done", snapshot: null, nativeId: "m7", httpStatus: 200 });
    await expect.poll(() => bench.status(id)).toBe("SUCCEEDED");
    expect(await money()).toEqual({ refunded: "20.00", pending: "0.00" });
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

  it("after a person said that it was not done is not given again when that is tried again", async () => {
    bench.shop.blind = true;
    bench.shop.answers.push((_call, done) => {
      done();
      return unknown();
    });
    const { command, partIds } = await give(amount("20.00"));
    const id = command as string;
    await bench.commands.resolve(bench.viewer, id, { outcome: "NOT_DONE", note: "not there yet" });
    await bench.poll();
    expect(await money()).toEqual({ refunded: "20.00", pending: "0.00" });
    expect((await bench.commands.retry(bench.viewer, id)).errors).toEqual([]);
    await expect.poll(() => bench.status(id)).toBe("SUCCEEDED");
    expect(bench.shop.sent).toHaveLength(1);
    expect((await bench.document()).refunds).toMatchObject([{ id: partIds[0], nativeId: "m1" }]);
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
