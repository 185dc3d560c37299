import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import type { Fault } from "../../../src/connectors/simulator/shop.js";
import type { Channel, Finding } from "../../../src/domain/channel.js";
import type { Command, Step } from "../../../src/domain/command.js";
import { sameMoney } from "../../../src/domain/money.js";
import type { Order } from "../../../src/domain/order.js";
import { present } from "../../../src/domain/part.js";
import {
  addFault,
  clearFaults,
  connect,
  lineIdOf,
  perform,
  readOrder,
  run,
  tracked,
} from "../bench.js";
import { untilAnswerIsLost } from "../lost-answer.js";

let shop: SimulatedMagento;
let channel: Channel;
beforeAll(async () => {
  shop = await startMagento({ orders: 3, edition: "commerce" });
  ({ channel } = await connect(magento, shop.settings));
});
afterEach(() => clearFaults(shop));
afterAll(() => shop.stop());

const MARKER = "MarkerMarkerMarker1234";
const SKU = "MUG-01";
const base = (order: Order) => ({ orderId: order.id, notifyCustomer: null });
const mug = (order: Order) => lineIdOf(order, SKU);
const returnId = (order: Order) => present(order.returns)[0]?.id ?? expect.fail("no return");
const fulfillmentId = (order: Order) => order.fulfillments[0]?.id ?? expect.fail("no shipment");

const ship = (order: Order): Command => ({
  ...base(order),
  type: "FULFILLMENT_CREATE",
  lines: [{ lineId: mug(order), quantity: 3 }],
  fulfillmentOrderId: null,
  locationId: null,
  packages: [],
  shippedAt: null,
});
const track = (order: Order): Command => ({
  ...base(order),
  type: "FULFILLMENT_TRACKING_UPDATE",
  fulfillmentId: fulfillmentId(order),
  packages: [tracked("1Z1")],
  replace: true,
});
const cancel = (order: Order): Command => ({
  ...base(order),
  type: "ORDER_CANCEL",
  reason: "CUSTOMER",
  restock: true,
  refund: null,
});
const note = (order: Order): Command => ({
  ...base(order),
  type: "ORDER_NOTE_ADD",
  text: "Ring twice",
  pushToChannel: true,
});
const address = (order: Order): Command => ({
  ...base(order),
  type: "ORDER_ADDRESS_UPDATE",
  shippingAddress: {
    ...(order.head.shippingAddress ?? expect.fail("no address")),
    name: "Ada Lovelace",
    line1: "Elsewhere 9",
  },
});
function refund(order: Order): Command {
  const amount = sameMoney("12.00", "USD");
  const line = { lineId: mug(order), quantity: 1, amount, fixed: true, restock: false };
  return {
    ...base(order),
    type: "REFUND_CREATE",
    toStoreCredit: false,
    refund: {
      returnId: null,
      lines: [{ ...line, locationId: null }],
      shipping: null,
      extra: null,
      amount,
      reason: null,
    },
  };
}
const takeBack = (order: Order): Command => ({
  ...base(order),
  type: "RETURN_CREATE",
  lines: [{ lineId: mug(order), quantity: 1, reason: "UNWANTED", note: null, resolution: "NONE" }],
  requested: false,
  tracking: null,
  note: null,
});
const receive = (order: Order): Command => ({
  ...base(order),
  type: "RETURN_RECEIVE",
  returnId: returnId(order),
  lines: [{ lineId: mug(order), received: 1, rejected: 0, disposition: "RESTOCK" }],
});
const followBack = (order: Order): Command => ({
  ...base(order),
  type: "RETURN_TRACKING_UPDATE",
  returnId: returnId(order),
  tracking: { number: "BACK1", carrier: "UPS", carrierCode: null, url: null },
});

interface Kind {
  what: string;
  paid: "online" | "offline" | null;
  before: ((order: Order) => Command)[];
  command: (order: Order) => Command;
  /** What of the calls is its write. */
  match: string;
}
const kinds: Kind[] = [
  { what: "a shipment", paid: "offline", before: [], command: ship, match: "POST /rest/V1/order/" },
  { what: "a track", paid: "offline", before: [ship], command: track, match: "/shipment/track" },
  { what: "a canceling", paid: null, before: [], command: cancel, match: "/cancel" },
  { what: "a note", paid: null, before: [], command: note, match: "/comments" },
  { what: "an address", paid: null, before: [], command: address, match: "PUT /rest/V1/orders" },
  { what: "a refund of the books", paid: "offline", before: [], command: refund, match: "/refund" },
  {
    what: "a return",
    paid: "offline",
    before: [ship],
    command: takeBack,
    match: "POST /rest/V1/returns",
  },
  {
    what: "what came of a return",
    paid: "offline",
    before: [ship, takeBack],
    command: receive,
    match: "PUT /rest/V1/returns",
  },
  {
    what: "a track of a return",
    paid: "offline",
    before: [ship, takeBack],
    command: followBack,
    match: "/tracking-numbers",
  },
];

interface Doubtful {
  step: Step;
  orderId: string;
  look: () => Promise<Finding>;
}

/** A step that was sent and whose answer never came, by a fault of the shop. */
async function inDoubt({ paid, before, command, match }: Kind, fault: Fault["kind"]) {
  const lines = [{ sku: SKU, quantity: 3 }];
  const { orderId } = await shop.acts.placeOrder({
    lines,
    paid: paid !== null,
    payment: paid ?? "offline",
  });
  let order = await readOrder(channel, orderId);
  for (const next of before) ({ order } = await run(channel, next(order), order));
  const [step = expect.fail("no step")] = channel.plan(command(order), order);
  await addFault(shop, { kind: fault, match, count: 1 });
  const sentAt = new Date(Date.now() - 1000).toISOString();
  const outcome = await perform(channel, step, orderId, {
    marker: MARKER,
    signal: untilAnswerIsLost(shop),
  });
  expect(outcome.kind).toBe("unknown");
  const call = { step, marker: MARKER, key: "k", order: { nativeId: orderId }, sentAt };
  const look = () =>
    channel.find?.({ ...call, signal: AbortSignal.timeout(20_000) }) ?? expect.fail("no find");
  return { step, orderId, look } satisfies Doubtful;
}
const happenLate = async () => {
  const answer = await fetch(`${shop.url}/_late`, { method: "POST" });
  expect(await answer.json()).toMatchObject({ done: 1 });
};

describe("A step at Magento of which no answer came", () => {
  it.each(kinds)("is found where the shop did it: $what", async (kind) => {
    const { look } = await inDoubt(kind, "timeout-after");
    expect(await look()).toMatchObject({ kind: "found", times: 1, snapshot: expect.anything() });
  });

  it.each(kinds)("is absent where the shop never got it: $what", async (kind) => {
    const { look } = await inDoubt(kind, "timeout-before");
    expect(await look()).toEqual({ kind: "absent" });
  });

  it.each(kinds)(
    "is absent before, and found after, where the shop was late: $what",
    async (kind) => {
      const { look } = await inDoubt(kind, "late");
      expect(await look()).toEqual({ kind: "absent" });
      await happenLate();
      expect(await look()).toMatchObject({ kind: "found" });
    },
  );

  it("writes nothing while it is looked for", async () => {
    const { look } = await inDoubt(kinds[0] ?? expect.fail("no kind"), "timeout-before");
    const before = shop.calls().length;
    await look();
    const writes = shop
      .calls()
      .slice(before)
      .filter(({ name }) => !name.startsWith("GET"));
    expect(writes).toEqual([]);
  });

  it("is absent, and not in doubt, where others shipped everything instead", async () => {
    const { look, orderId } = await inDoubt(kinds[0] ?? expect.fail("no kind"), "timeout-before");
    await shop.acts.ship(orderId);
    expect(await look()).toEqual({ kind: "absent" });
  });

  it("is told of as often as it was done", async () => {
    const { step, look, orderId } = await inDoubt(
      kinds[0] ?? expect.fail("no kind"),
      "timeout-before",
    );
    const request = { ...(step.request as { rows: { quantity: number }[] }) };
    request.rows = request.rows.map((row) => ({ ...row, quantity: 1 }));
    const twice = { ...step, request };
    // Sent without a look by somebody who did not wait.
    const hasty = blindTo(MARKER);
    for (let time = 0; time < 2; time++)
      expect((await perform(hasty, twice, orderId, { marker: MARKER })).kind).toBe("done");
    expect(await look()).toMatchObject({ kind: "found", times: 2 });
  });

  it("is never called absent where a gateway was asked for money, for the books may have failed after it", async () => {
    const online: Kind = {
      what: "a refund through the gateway",
      paid: "online",
      before: [],
      command: refund,
      match: "/refund",
    };
    const lost = await inDoubt(online, "timeout-before");
    expect(await lost.look()).toMatchObject({
      kind: "unclear",
      error: { message: expect.stringMatching(/look for the refund in the gateway's own books/) },
    });
    const done = await inDoubt(online, "timeout-after");
    expect(await done.look()).toMatchObject({ kind: "found", times: 1 });
  });

  it("is unclear where the shop cannot be looked at", async () => {
    const { look } = await inDoubt(kinds[0] ?? expect.fail("no kind"), "timeout-after");
    shop.maintenance(true);
    const finding = await look();
    shop.maintenance(false);
    expect(finding).toMatchObject({ kind: "unclear", error: { code: "CHANNEL_UNAVAILABLE" } });
    expect(await look()).toMatchObject({ kind: "found" });
  });

  it("finds a return by its looks where the shop took no comment in with it", async () => {
    const kind = kinds.find(({ what }) => what === "a return") ?? expect.fail("no kind");
    const mute: Kind = { ...kind };
    const { look, orderId } = await inDoubt(mute, "timeout-before");
    // The same pieces, and no word of ours.
    await shop.acts.askReturn?.(orderId, { lines: [{ sku: SKU, quantity: 1 }] });
    expect(await look()).toMatchObject({ kind: "found", times: 1 });
  });
});

/** A channel that sees no comment with a marker, as if the step had not been done yet. */
function blindTo(marker: string): Channel {
  const blind: typeof fetch = async (url, init) => {
    const answer = await fetch(url, init);
    if (init?.method !== "GET") return answer;
    const text = (await answer.text()).replaceAll(marker, "");
    return new Response(text, { status: answer.status, headers: answer.headers });
  };
  return magento.open(shop.settings, { webhookSecret: "x", probe: null, fetch: blind });
}
