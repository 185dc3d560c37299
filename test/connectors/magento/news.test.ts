import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { Snapshot } from "../../../src/domain/snapshot.js";
import { pulled } from "../bench.js";
import { signedClient } from "./simulator/client.js";

/** One clock for shop and gateway, that a test moves. */
const BEGIN = Date.parse("2026-11-23T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let at = BEGIN;
const now = () => new Date(at);

let shop: SimulatedMagento;
let channel: Channel;
beforeAll(async () => {
  shop = await startMagento({ orders: 20, edition: "commerce", now });
});
beforeEach(async () => {
  at += 30 * 24 * HOUR;
  const context = { webhookSecret: "x", probe: null, fetch, now };
  const probe = await magento.open(shop.settings, context).probe();
  channel = magento.open(shop.settings, { ...context, probe });
});
afterAll(() => shop.stop());

/** Another program of the merchant's. */
const api = () => signedClient(shop.settings, { timestamp: at / 1000 });
const read = async (path: string) => (await api().get(path)).body;
const write = async (path: string, body?: unknown) => {
  const answer = await api().post(path, body);
  expect(answer.status, `POST ${path}: ${JSON.stringify(answer.body)}`).toBe(200);
  return answer.body;
};

async function place(mugs = 4, paid = false): Promise<{ id: string; row: number }> {
  const lines = [{ sku: "MUG-01", quantity: mugs }];
  const { orderId } = await shop.acts.placeOrder({ lines, paid });
  return { id: orderId, row: (await read(`/orders/${orderId}`)).items[0].item_id };
}
const ship = ({ id, row }: Placed, qty = 1) =>
  write(`/order/${id}/ship`, { items: [{ order_item_id: row, qty }] });
const invoice = ({ id }: Placed) => write(`/order/${id}/invoice`, { capture: true });
const refund = ({ id, row }: Placed) =>
  write(`/order/${id}/refund`, {
    items: [{ order_item_id: row, qty: 1 }],
    arguments: { shipping_amount: 0 },
  });
const comment = ({ id }: Placed, text: string, status?: string) =>
  write(`/orders/${id}/comments`, {
    statusHistory: {
      parent_id: Number(id),
      comment: text,
      is_customer_notified: 0,
      is_visible_on_front: 0,
      ...(status && { status }),
    },
  });
const track = ({ id }: Placed, shipment: number, number: string) =>
  write("/shipment/track", {
    entity: {
      order_id: Number(id),
      parent_id: shipment,
      track_number: number,
      title: "UPS",
      carrier_code: "ups",
      weight: 0,
      qty: 0,
      description: "",
    },
  });
const shipmentOf = async ({ id }: Placed) =>
  (
    await read(
      `/shipments?searchCriteria[filterGroups][0][filters][0][field]=order_id&searchCriteria[filterGroups][0][filters][0][value]=${id}`,
    )
  ).items[0];
type Placed = Awaited<ReturnType<typeof place>>;

/** What a poll says of one order. */
const polled = async (from: Date, id: string): Promise<Snapshot[]> =>
  (await pulled(channel, { from })).flatMap(({ snapshots, unreadable }) => {
    expect(unreadable).toEqual([]);
    return snapshots.filter(({ ref }) => ref.nativeId === id);
  });

interface Row {
  what: string;
  /** Whether the order's updated_at moves with it, as measured. */
  moves: boolean;
  before?: (order: Placed) => Promise<unknown>;
  act: (order: Placed) => Promise<unknown>;
  /** Where it shows. */
  shows: (snapshot: Snapshot) => unknown;
  is: unknown;
}
const state = ({ head }: Snapshot) => head?.value.platformStatuses[0]?.value;
const shipments = ({ fulfillments }: Snapshot) => fulfillments?.value.length;

const told: Row[] = [
  {
    what: "canceled",
    moves: true,
    act: ({ id }) => write(`/orders/${id}/cancel`),
    shows: state,
    is: "canceled",
  },
  {
    what: "put on hold",
    moves: true,
    act: ({ id }) => write(`/orders/${id}/hold`),
    shows: state,
    is: "holded",
  },
  {
    what: "released from hold",
    moves: true,
    before: ({ id }) => write(`/orders/${id}/hold`),
    act: ({ id }) => write(`/orders/${id}/unhold`),
    shows: state,
    is: "new",
  },
  {
    what: "invoiced",
    moves: true,
    act: invoice,
    shows: ({ transactions }) => transactions?.value.map(({ kind }) => kind),
    is: ["CAPTURE"],
  },
  {
    what: "refunded in part",
    moves: true,
    before: invoice,
    act: refund,
    shows: ({ refunds }) => refunds?.value.length,
    is: 1,
  },
  {
    what: "shipped for the first time",
    moves: true,
    act: (order) => ship(order),
    shows: shipments,
    is: 1,
  },
  {
    what: "shipped for the second time",
    moves: false,
    before: (order) => ship(order),
    act: (order) => ship(order),
    shows: shipments,
    is: 2,
  },
  {
    what: "given another status by a comment",
    moves: true,
    before: (order) => ship(order),
    act: (order) => comment(order, "Looks odd", "fraud"),
    shows: ({ head }) => head?.value.platformStatuses[1]?.value,
    is: "fraud",
  },
];

describe("What a poll of a Magento shop finds at once", () => {
  it("includes an order that was just placed", async () => {
    const from = now();
    at += MINUTE;
    const { id } = await place();
    expect((await polled(from, id)).map(state)).toEqual(["new"]);
  });

  it.each(told)("includes one that was just $what", async ({ before, act, moves, shows, is }) => {
    const order = await place();
    await before?.(order);
    const { updated_at } = await read(`/orders/${order.id}`);
    at += 3 * HOUR;
    const from = now();
    at += MINUTE;
    await act(order);
    expect((await read(`/orders/${order.id}`)).updated_at !== updated_at).toBe(moves);
    // Whole, once; a shipment of the last hour also comes by itself.
    const whole = (await polled(from, order.id)).filter(({ head }) => head);
    expect(whole.map(shows)).toEqual([is]);
  });
});

describe("What moves no time at all in a Magento shop", () => {
  const tracks = (snapshots: Snapshot[]) =>
    snapshots
      .flatMap(({ fulfillments }) => fulfillments?.value ?? [])
      .map(({ packages }) => packages.flatMap(({ tracking }) => tracking?.number ?? []));
  const notes = (snapshots: Snapshot[]) =>
    snapshots.flatMap(({ head }) => head?.value.notes.map(({ text }) => text) ?? []);

  /** Something that changes in silence, three days after the order was made. */
  async function silently(order: Placed, act: () => Promise<unknown>): Promise<Date> {
    at += 72 * HOUR;
    const times = async () => [
      (await read(`/orders/${order.id}`)).updated_at,
      (await shipmentOf(order))?.updated_at,
    ];
    const before = await times();
    await act();
    expect(await times()).toEqual(before);
    return now();
  }
  /** What the polls of about an hour say of it, however long each takes. */
  async function withinAnHour(id: string, from: Date, everyMs = MINUTE): Promise<Snapshot[]> {
    const found: Snapshot[] = [];
    for (const end = at + 56 * MINUTE; at < end; ) {
      at += everyMs;
      found.push(...(await polled(new Date(from.getTime() + MINUTE), id)));
    }
    return found;
  }

  it("shows within an hour of polls: a track that was added to a shipment, or deleted", async () => {
    const order = await place();
    const shipment = Number(await ship(order));
    const added = await silently(order, () => track(order, shipment, "1ZLATE"));
    expect(tracks(await withinAnHour(order.id, added))).toContainEqual(["1ZLATE"]);
    const { entity_id } = (await shipmentOf(order)).tracks[0];
    const gone = await silently(order, () => api().delete(`/shipment/track/${entity_id}`));
    expect(tracks(await withinAnHour(order.id, gone)).at(-1)).toEqual([]);
  });

  it("shows at once where the shipment was made within the hour", async () => {
    const order = await place();
    const shipment = Number(await ship(order));
    at += 30 * MINUTE;
    await track(order, shipment, "1ZSOON");
    expect(tracks(await polled(now(), order.id)).at(-1)).toEqual(["1ZSOON"]);
  });

  it("shows a comment, of an open order and of one that is over", async () => {
    const open = await place();
    const over = await place(1, true);
    await ship(over);
    for (const order of [open, over]) {
      const from = await silently(order, () => comment(order, `The bell of ${order.id}`));
      expect(notes(await withinAnHour(order.id, from))).toContain(`The bell of ${order.id}`);
    }
  });

  it("shows the address of an open order that was corrected", async () => {
    const order = await place();
    const { shipping_assignments } = (await read(`/orders/${order.id}`)).extension_attributes;
    const { address } = shipping_assignments[0].shipping;
    const entity = { ...address, street: ["Elsewhere 9"] };
    const from = await silently(order, () => api().put(`/orders/${order.id}`, { entity }));
    const seen = await withinAnHour(order.id, from);
    expect(seen.at(-1)?.head?.value.shippingAddress?.line1).toBe("Elsewhere 9");
  });

  it.each([2, 4, 7, 14, 28])(
    "misses none of it where polls come every %i minutes",
    async (every) => {
      const order = await place();
      const shipment = Number(await ship(order));
      const from = await silently(order, () => track(order, shipment, "1ZSLOW"));
      // The first poll of a fresh channel does not know when the last one was.
      await pulled(channel, { from: now() });
      expect(tracks(await withinAnHour(order.id, from, every * MINUTE))).toContainEqual(["1ZSLOW"]);
    },
  );

  it("is looked at again when a poll broke off on its way there", async () => {
    const order = await place();
    const shipment = Number(await ship(order));
    const from = await silently(order, () => track(order, shipment, "1ZAGAIN"));
    await pulled(channel, { from: now() });
    at += 55 * MINUTE;
    const broken = new AbortController();
    broken.abort();
    await expect(pulled(channel, { from, signal: broken.signal })).rejects.toThrow();
    at += MINUTE;
    expect(tracks(await polled(from, order.id))).toContainEqual(["1ZAGAIN"]);
  });

  it("leaves alone what is older than two weeks, and orders that are over and had no comment", async () => {
    const order = await place(1, true);
    const shipment = Number(await ship(order));
    at += HOUR;
    const quiet = await withinAnHour(order.id, now());
    expect(quiet.filter(({ head }) => head)).toEqual([]);
    at += 15 * 24 * HOUR;
    await track(order, shipment, "1ZNEVER");
    expect(tracks(await withinAnHour(order.id, now()))).toEqual([]);
  });
});

describe("Returns of Adobe Commerce", () => {
  it("come with each poll while they are open, though they name no time of change", async () => {
    const order = await place(2, true);
    await ship(order, 2);
    at += 5 * 24 * HOUR;
    const lines = [{ sku: "MUG-01", quantity: 1 }];
    const ask = shop.acts.askReturn ?? expect.fail("no returns");
    const receive = shop.acts.receiveReturn ?? expect.fail("no returns");
    const { returnId } = await ask(order.id, { lines });
    const received = (found: Snapshot[]) =>
      found
        .flatMap(({ returns }) => returns?.value ?? [])
        .map(({ lines: [line] }) => line?.received);
    expect(received(await polled(now(), order.id))).toContain(0);
    await receive(order.id, returnId);
    expect(received(await polled(now(), order.id))).toContain(1);
  });
});
