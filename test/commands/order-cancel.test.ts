import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sameMoney } from "../../src/domain/money.js";
import { Bench } from "./bench.js";
import { eur, moneyWishes, placePaid } from "./money-wishes.js";
import { refused } from "./scripted-shop.js";

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench?.close());
beforeEach(() => placePaid(bench));

const { amount, cancel, give, money } = moneyWishes(() => bench);

describe("an order canceled with its money", () => {
  it("gives back all that is left of it, over pieces and shipping", async () => {
    await give(amount("7.00"));
    const result = await bench.submit(cancel(true), { idempotencyKey: "all" });
    expect(result.errors).toEqual([]);
    const { row, steps } = await bench.command(result.command);
    expect(row).toMatchObject({ status: "SUCCEEDED", money: true, resultId: bench.orderId });
    expect(steps.map((step) => step.step.kind)).toEqual(["ORDER_CANCEL", "REFUND_CREATE"]);
    const { state, refunds, totals } = await bench.document();
    expect(state).toBe("CANCELED");
    expect(totals.refunded.shop).toEqual(eur("45.00"));
    expect(refunds[1]).toMatchObject({
      id: result.partIds[0],
      amount: { shop: eur("38.00") },
      lines: [{ amount: { shop: eur("30.00") } }, { amount: { shop: eur("8.00") } }],
      shipping: null,
    });
  });

  it("gives back what goes beyond pieces and shipping too", async () => {
    bench.shop.head.totals.captured = sameMoney("50.00", "EUR");
    await bench.poll();
    await bench.submit(cancel(true), { idempotencyKey: "beyond" });
    expect(bench.shop.refunds[0]).toMatchObject({
      amount: { shop: eur("50.00") },
      shipping: { shop: eur("5.00") },
    });
    expect(bench.shop.sent.at(-1)?.step.creates).toMatchObject({ extra: { shop: eur("5.00") } });
  });

  it("is canceled for a reason that is said", async () => {
    const result = await bench.submit({
      type: "ORDER_CANCEL",
      orderId: bench.orderId,
      lines: null,
      reason: " ",
      restock: true,
      refund: false,
    });
    expect(result.errors).toMatchObject([{ code: "INVALID_INPUT", path: ["input", "reason"] }]);
  });

  it("is only canceled where nothing was paid", async () => {
    bench.shop.head.totals.captured = sameMoney("0.00", "EUR");
    await bench.poll();
    const result = await bench.submit(cancel(true), { idempotencyKey: "unpaid" });
    expect(result.errors).toEqual([]);
    expect(bench.shop.sent.map((call) => call.step.kind)).toEqual(["ORDER_CANCEL"]);
    expect((await bench.command(result.command)).row.money).toBe(false);
  });

  it("gives its money free again where the shop does not cancel it", async () => {
    bench.shop.answers.push(() => refused(false));
    const result = await bench.submit(cancel(true), { idempotencyKey: "kept" });
    const { row, steps } = await bench.command(result.command);
    expect(row.status).toBe("FAILED");
    expect(steps.map((step) => step.status)).toEqual(["FAILED", "CANCELED"]);
    expect(await money()).toEqual({ refunded: "0.00", pending: "0.00" });
    expect((await give(amount("45.00"))).errors).toEqual([]);
  });
});
