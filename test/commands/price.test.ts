import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RefundLineAsked } from "../../src/commands/face.js";
import { pauseShop, resumeShop } from "../../src/commands/pause.js";
import type { Quote } from "../../src/domain/channel.js";
import { ChannelError, InvalidInput } from "../../src/domain/errors.js";
import { sameMoney } from "../../src/domain/money.js";
import { Bench } from "./bench.js";
import { eur, moneyWishes, placePaid } from "./money-wishes.js";
import { unknown } from "./scripted-shop.js";

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench?.close());
beforeEach(() => placePaid(bench));

const { amount, give, pieces, wanted } = moneyWishes(() => bench);

describe("a price", () => {
  const says = (quote: Partial<Quote>): Quote => ({
    maximum: sameMoney("45.00", "EUR"),
    lines: [],
    shippingMaximum: sameMoney("5.00", "EUR"),
    exact: true,
    warnings: [],
    ...quote,
  });
  const priced = (lineId: string, quantity: number, value: string) => ({
    lineId,
    quantity,
    amount: sameMoney(value, "EUR"),
  });

  it("is the shop's own where it can tell, and only of what nobody named", async () => {
    const [first] = await pieces(1);
    const second = { ...(first as RefundLineAsked), lineId: await bench.lineId("2") };
    const asked: unknown[] = [];
    bench.shop.quote = async (_order, wish) => {
      asked.push(wish);
      return says({ lines: [priced(second.lineId, 1, "9.99")], warnings: ["rounded"] });
    };
    const lines = [{ ...(first as RefundLineAsked), amount: eur("2.00") }, second];
    const dry = await bench.submit(wanted({ lines }), { dryRun: true });
    expect(dry.preview?.warnings).toEqual(["rounded"]);
    bench.shop.refundWarning = "send 11.99 EUR by hand";
    const warned = await bench.submit(wanted({ lines }), { dryRun: true });
    expect(warned.preview?.warnings).toEqual(["send 11.99 EUR by hand", "rounded"]);
    await give(wanted({ lines }));
    expect(bench.shop.refunds[0]).toMatchObject({
      amount: { shop: eur("11.99") },
      lines: [{ amount: { shop: eur("2.00") } }, { amount: { shop: eur("9.99") } }],
    });
    expect(asked[0]).toMatchObject({ lines: [{ lineId: second.lineId }], shipping: false });
    const [sent] = bench.shop.sent;
    expect(sent?.step.creates?.lines).toMatchObject([{ fixed: true }, { fixed: false }]);
  });

  it("that the shop cannot tell makes no command, and claims no key", async () => {
    bench.shop.quote = async () => {
      throw new ChannelError("CHANNEL_RATE_LIMITED", "too many", { retryAfterMs: 900 });
    };
    const wish = wanted({ lines: await pieces(1) });
    expect(await give(wish, "priceless")).toMatchObject({
      command: null,
      errors: [{ kind: "ChannelError", code: "CHANNEL_RATE_LIMITED", retryAfterMs: 900 }],
    });
    delete bench.shop.quote;
    expect((await give(wish, "priceless")).errors).toEqual([]);
  });

  it("that the shop does not say in time makes no command", async () => {
    let given: AbortSignal | undefined;
    bench.shop.quote = (_order, _asked, signal) => {
      given = signal;
      return new Promise(() => {});
    };
    expect(await give(wanted({ lines: await pieces(1) }))).toMatchObject({
      command: null,
      errors: [{ kind: "ChannelError", code: "CHANNEL_UNAVAILABLE" }],
    });
    expect(given?.aborted).toBe(true);
  });

  it("of what the shop cannot sell in such pieces is refused where it stands in the input", async () => {
    bench.shop.quote = async () => {
      throw new InvalidInput("whole pieces only", ["lines"]);
    };
    expect((await give(wanted({ lines: await pieces(0.5) }))).errors).toMatchObject([
      { code: "INVALID_INPUT", path: ["input", "lines"] },
    ]);
  });

  it("is counted here while the shop is paused, and asked of it again after", async () => {
    let asked = 0;
    bench.shop.quote = async () => {
      asked += 1;
      return says({ lines: [priced(await bench.lineId(), 1, "9.99")] });
    };
    const shops = { db: bench.database, recorder: bench.recorder, bus: bench.bus };
    const wish = { orderId: bench.orderId, lines: await pieces(1), shipping: false };
    const amountNow = async () =>
      (await bench.refunds.quote(bench.viewer, wish)).quote?.lines[0]?.amount.shop.amount;
    await pauseShop(shops, bench.viewer, bench.channelId, { reason: null });
    expect([await amountNow(), asked]).toEqual(["10.00", 0]);
    await resumeShop(shops, bench.viewer, bench.channelId);
    expect([await amountNow(), asked]).toEqual(["9.99", 1]);
  });

  it("is refused above what the shop lets be given back", async () => {
    const lines = await pieces(1);
    const lineId = await bench.lineId();
    bench.shop.quote = async () =>
      says({ maximum: sameMoney("4.00", "EUR"), lines: [priced(lineId, 1, "10.00")] });
    expect((await give(wanted({ lines }))).errors).toMatchObject([
      { code: "AMOUNT_EXCEEDS_REFUNDABLE", message: expect.stringContaining("4.00 EUR") },
    ]);
  });

  it("is told beforehand, net of what is under way", async () => {
    const { refunds, viewer, orderId } = bench;
    const lines = await pieces(2);
    const told = await refunds.quote(viewer, { orderId, lines, shipping: true });
    expect(told.errors).toEqual([]);
    expect(told.quote).toMatchObject({
      maximum: { shop: eur("45.00") },
      shippingMaximum: { shop: eur("5.00") },
      lines: [{ quantity: 2, amount: { shop: eur("20.00") } }],
      exact: false,
    });
    bench.shop.answers.push(() => unknown());
    await give(amount("30.00"));
    bench.shop.quote = async () => says({ lines: [priced(await bench.lineId(), 2, "20.01")] });
    expect((await refunds.quote(viewer, { orderId, lines, shipping: false })).quote).toMatchObject({
      maximum: { shop: eur("15.00") },
      lines: [{ amount: { shop: eur("20.01") } }],
      exact: true,
    });
    const many = await refunds.quote(viewer, { orderId, lines: await pieces(4), shipping: false });
    expect(many).toMatchObject({
      quote: null,
      errors: [{ kind: "QuantityError", path: ["lines", "0", "quantity"], available: 3 }],
    });
    const bare = await refunds.quote(viewer, { orderId, lines: [], shipping: false });
    expect(bare.quote).toMatchObject({ maximum: { shop: eur("15.00") }, lines: [] });
    const none = { orderId: "ord_x", lines: [], shipping: false };
    expect((await refunds.quote(viewer, none)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });
});
