import { expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import { startMagento } from "../../../src/connectors/magento/simulator/index.js";
import { perform, pulled, readOrder, shipCommand } from "../bench.js";

/** A shop that a test can make slow or silent, and the times of all that it was asked. */
async function start(answer: (url: string, init?: RequestInit) => Promise<Response | null>) {
  const shop = await startMagento({ orders: 5 });
  const calls: { at: number; name: string }[] = [];
  const way: typeof fetch = async (url, init) => {
    calls.push({ at: Date.now(), name: `${init?.method} ${new URL(String(url)).pathname}` });
    return (await answer(String(url), init)) ?? fetch(url, init);
  };
  const probe = await magento
    .open(shop.settings, { webhookSecret: "x", probe: null, fetch })
    .probe();
  const channel = magento.open(shop.settings, { webhookSecret: "x", probe, fetch: way });
  const { orderId } = await shop.acts.placeOrder();
  const order = await readOrder(channel, orderId);
  const [step = expect.fail("no step")] = channel.plan(shipCommand(order, null), order);
  calls.length = 0;
  return { shop, channel, calls, orderId, step };
}
const settled = (work: Promise<unknown>[]) => Promise.allSettled(work);

it("calls nobody before the moment until which a Magento shop wants to be left alone", async () => {
  let isBusy = false;
  let saidAt = 0;
  const { shop, channel, calls, orderId, step } = await start(async () => {
    if (!isBusy) return null;
    isBusy = false;
    saidAt = Date.now();
    const headers = { "content-type": "text/html", "retry-after": "1" };
    return new Response("<h1>429 Too Many Requests</h1>", { status: 429, headers });
  });
  try {
    isBusy = true;
    await channel.read({ nativeId: orderId });
    const said = calls.findIndex(({ at }) => at >= saidAt);
    await settled([perform(channel, step, orderId), pulled(channel)]);
    const early = calls.slice(said + 1).filter(({ at }) => at < saidAt + 1000);
    expect(early).toEqual([]);
    expect(calls.length).toBeGreaterThan(5);
  } finally {
    await shop.stop();
  }
});

it("does a command from its look to its end while slow polls hold every place that they may", async () => {
  let release: () => void = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isPoll = (url: string) => new URL(url).pathname.endsWith("/V1/orders");
  const { shop, channel, calls, orderId, step } = await start(async (url) => {
    if (isPoll(url)) await slow;
    return null;
  });
  try {
    const polls = settled(Array.from({ length: 6 }, () => pulled(channel)));
    await expect.poll(() => calls.length).toBe(3);
    expect((await perform(channel, step, orderId)).kind).toBe("done");
    expect(calls.filter(({ name }) => name.endsWith("/V1/orders"))).toHaveLength(3);
    release();
    expect((await polls).map(({ status }) => status)).toEqual(Array(6).fill("fulfilled"));
  } finally {
    release();
    await shop.stop();
  }
});
