import { describe, expect, it } from "vitest";
import {
  askQuote,
  chooseMethod,
  paymentsOf,
} from "../../../src/connectors/bigcommerce/refund-quote.js";
import { before, json } from "./store.js";

const option = (provider_id: string, amount: number, offline = false) => ({
  provider_id,
  provider_description: provider_id,
  amount,
  offline,
  offline_provider: offline,
  offline_reason: "",
});
const credit = option("storecredit", 119.35);
const custom = option("custom", 119.35, true);
const gateway = option("braintree", 119.35);
/** Paid by bank deposit and store credit: the example of BigCommerce's own description. */
const both = [option("bankdeposit", 80.35, true), option("storecredit", 39)];

async function quoted(refund_methods: unknown[], more = {}) {
  const data = { order_id: 100, total_refund_amount: 119.35, refund_methods, ...more };
  const { api } = before(() => json({ data, meta: {} }, 201));
  return askQuote(api, "100", [{ item_type: "ORDER", item_id: 100, amount: 119.35 }]);
}
const chosen = async (methods: unknown[], toStoreCredit = false, paidByCredit = false) => {
  const method = chooseMethod(await quoted(methods), { toStoreCredit, paidByCredit });
  return method && paymentsOf(method);
};
const payment = ({ provider_id, amount, offline }: ReturnType<typeof option>) => ({
  provider_id,
  amount,
  offline,
});

describe("the way back", () => {
  it("is the gateway, wherever it stands among the others", async () => {
    for (const methods of [
      [[credit], [custom], [gateway]],
      [[gateway], [credit], [custom]],
    ])
      expect(await chosen(methods)).toEqual([payment(gateway)]);
  });

  it("is what the order was paid by, before it is custom", async () => {
    expect(await chosen([[credit], [custom], both])).toEqual(both.map(payment));
    expect(await chosen([[credit], [custom]])).toEqual([payment(custom)]);
  });

  it("is a gateway that a person must use, where the store says so", async () => {
    const byHand = option("stripe", 119.35, true);
    expect(await chosen([[custom], [byHand]])).toEqual([payment(byHand)]);
  });

  it("is store credit where that was asked for or the order was paid by it, and never else", async () => {
    expect(await chosen([[gateway], [credit]], true)).toEqual([payment(credit)]);
    expect(await chosen([[gateway], both], true)).toBeNull();
    expect(await chosen([[custom], [credit]], false, true)).toEqual([payment(credit)]);
    expect(await chosen([[credit]])).toBeNull();
  });

  it("is none that does not carry all of it", async () => {
    expect(await chosen([[option("stripe", 80)], [custom]])).toEqual([payment(custom)]);
  });

  it("adds amounts up without floats", async () => {
    const parts = [option("stripe", 0.1), option("paypalexpress", 0.2)];
    const quote = await quoted([parts], { total_refund_amount: 0.3 });
    expect(quote.total).toBe("0.3");
    expect(chooseMethod(quote, { toStoreCredit: false, paidByCredit: false })).toHaveLength(2);
  });
});

describe("a quote", () => {
  it("that is none is an error, after which nothing has happened", async () => {
    for (const answer of [
      json({ data: {} }, 201),
      json([], 200),
      new Response("<html>", { status: 200 }),
    ]) {
      const { api } = before(() => answer);
      await expect(askQuote(api, "100", [])).rejects.toMatchObject({
        message: expect.stringContaining("nothing was refunded"),
        mayHaveHappened: false,
      });
    }
  });

  it("that is refused is told in the store's words", async () => {
    const problem = { status: 422, title: "Refund amount is greater than remaining amount" };
    const { api } = before(() => json(problem, 422));
    await expect(askQuote(api, "100", [])).rejects.toMatchObject({
      code: "CHANNEL_REJECTED",
      upstreamMessage: problem.title,
      mayHaveHappened: false,
    });
  });
});
