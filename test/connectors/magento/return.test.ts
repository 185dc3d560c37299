import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { magento } from "../../../src/connectors/magento/index.js";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../src/connectors/magento/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import type { Command, ReturnCreate } from "../../../src/domain/command.js";
import type { Order } from "../../../src/domain/order.js";
import { present } from "../../../src/domain/part.js";
import { type Disposition, type ReturnReason, returnStatusOf } from "../../../src/domain/return.js";
import {
  addFault,
  clearFaults,
  connect,
  lineIdOf,
  orderOf,
  perform,
  pulled,
  readOrder,
  run,
} from "../bench.js";
import { checkSnapshot } from "../invariants.js";
import { untilAnswerIsLost } from "../lost-answer.js";

let shop: SimulatedMagento;
let channel: Channel;
let clock = new Date();
beforeAll(async () => {
  shop = await startMagento({ orders: 3, edition: "commerce", now: () => clock });
  ({ channel } = await connect(magento, shop.settings));
});
afterEach(() => clearFaults(shop));
afterAll(() => shop.stop());

const shipped = async (quantity = 3) => {
  const lines = [
    { sku: "MUG-01", quantity },
    { sku: "TEE-M", quantity: 1 },
  ];
  const { orderId } = await shop.acts.placeOrder({ lines });
  await shop.acts.ship(orderId);
  return { orderId, order: await readOrder(channel, orderId) };
};
const createOf = (
  order: Order,
  quantity: number,
  changes: Partial<ReturnCreate> & { reason?: ReturnReason } = {},
): ReturnCreate => {
  const { reason = "DEFECTIVE", ...rest } = changes;
  const lineId = lineIdOf(order, "MUG-01");
  return {
    type: "RETURN_CREATE",
    orderId: order.id,
    notifyCustomer: null,
    lines: [{ lineId, quantity, reason, note: null, resolution: "REFUND" }],
    requested: false,
    tracking: null,
    note: null,
    ...rest,
  };
};
const only = (order: Order) => present(order.returns)[0] ?? expect.fail("no return");
const base = (order: Order) => ({ orderId: order.id, notifyCustomer: null });
const done = async (command: Command, order: Order): Promise<Order> => {
  const { outcomes, order: after } = await run(channel, command, order);
  expect(outcomes).toMatchObject([{ kind: "done" }]);
  return after;
};
const receiveOf = (
  order: Order,
  received: number,
  rejected: number,
  disposition: Disposition,
): Command => ({
  ...base(order),
  type: "RETURN_RECEIVE",
  returnId: only(order).id,
  lines: [{ lineId: lineIdOf(order, "MUG-01"), received, rejected, disposition }],
});

describe("Returns at Adobe Commerce", () => {
  it("are opened with reason, resolution, note and tracking, in the shop's own words", async () => {
    const { orderId, order } = await shipped();
    const tracking = { number: "1Z9", carrier: "UPS", carrierCode: null, url: null };
    const after = await done(createOf(order, 2, { tracking, note: "Sent on Monday" }), order);
    expect(shop.view(orderId)?.returns).toMatchObject([
      { status: "authorized", lines: [{ requested: 2, received: 0 }] },
    ]);
    const rma = only(after);
    expect(rma).toMatchObject({
      stage: "OPEN",
      owner: "CHANNEL",
      projection: "NATIVE",
      note: "Sent on Monday",
      marker: expect.stringMatching(/^.{22}$/),
      shipments: [{ tracking: { number: "1Z9", carrier: "UPS" } }],
      lines: [
        {
          lineId: lineIdOf(order, "MUG-01"),
          requested: 2,
          approved: 2,
          received: 0,
          reason: "DEFECTIVE",
          rawReason: "Defective",
          resolution: "REFUND",
        },
      ],
    });
    expect(returnStatusOf(rma)).toBe("IN_TRANSIT");
  });

  it("are asked for, authorized in part, tracked, taken in, looked at and closed", async () => {
    const { orderId, order } = await shipped();
    const asked = await done(createOf(order, 3, { requested: true }), order);
    expect(only(asked)).toMatchObject({ stage: "REQUESTED", lines: [{ approved: 0 }] });
    const lineId = lineIdOf(order, "MUG-01");
    const agreed = await done(
      {
        ...base(asked),
        type: "RETURN_APPROVE",
        returnId: only(asked).id,
        lines: [{ lineId, quantity: 2 }],
      },
      asked,
    );
    expect(only(agreed)).toMatchObject({ stage: "OPEN", lines: [{ requested: 3, approved: 2 }] });
    const tracked = await done(
      {
        ...base(agreed),
        type: "RETURN_TRACKING_UPDATE",
        returnId: only(agreed).id,
        tracking: { number: "BACK1", carrier: "Bike Couriers", carrierCode: null, url: null },
      },
      agreed,
    );
    expect(only(tracked).shipments).toMatchObject([
      { tracking: { number: "BACK1", carrier: "Bike Couriers", carrierCode: null } },
    ]);
    const first = await done(receiveOf(tracked, 1, 0, "PROCESSING"), tracked);
    expect(returnStatusOf(only(first))).toBe("PARTIALLY_RECEIVED");
    const second = await done(receiveOf(first, 0, 1, "RESTOCK"), first);
    expect(only(second)).toMatchObject({ lines: [{ received: 1, rejected: 1 }] });
    const closed = await done(
      { ...base(second), type: "RETURN_CLOSE", returnId: only(second).id },
      second,
    );
    expect(only(closed).stage).toBe("CLOSED");
    expect(shop.view(orderId)?.returns).toMatchObject([{ status: "closed" }]);
  });

  it("keep what becomes of the pieces, for which the shop has no field", async () => {
    const { order } = await shipped();
    const open = await done(createOf(order, 1), order);
    const after = await done(receiveOf(open, 1, 0, "RESTOCK"), open);
    expect(only(after)).toMatchObject({ note: null, lines: [{ disposition: "RESTOCK" }] });
    expect(returnStatusOf(only(after))).toBe("INSPECTED");
  });

  it("are denied with the reason, and cannot be canceled", async () => {
    const { order } = await shipped();
    const asked = await done(createOf(order, 1, { requested: true }), order);
    const { id: returnId } = only(asked);
    expect(() => channel.plan({ ...base(asked), type: "RETURN_CANCEL", returnId }, asked)).toThrow(
      expect.objectContaining({ code: "CAPABILITY_NOT_SUPPORTED" }),
    );
    const decline: Command = {
      ...base(asked),
      type: "RETURN_DECLINE",
      returnId,
      reason: "Too late for it",
    };
    const after = await done(decline, asked);
    expect(only(after)).toMatchObject({ stage: "DECLINED", note: "Too late for it" });
  });

  it("change nothing when a step is tried again", async () => {
    const { orderId, order } = await shipped();
    const [create = expect.fail("no step")] = channel.plan(createOf(order, 2), order);
    const marker = "MarkerMarkerMarker1234";
    await addFault(shop, { kind: "timeout-after", match: "POST /rest/V1/returns", count: 1 });
    const signal = untilAnswerIsLost(shop);
    expect(await perform(channel, create, orderId, { marker, signal })).toMatchObject({
      kind: "unknown",
    });
    expect(await perform(channel, create, orderId, { marker })).toMatchObject({
      kind: "done",
      httpStatus: null,
    });
    expect(shop.view(orderId)?.returns).toHaveLength(1);
    const open = await readOrder(channel, orderId);
    const [receive = expect.fail("no step")] = channel.plan(
      receiveOf(open, 1, 0, "PROCESSING"),
      open,
    );
    for (const _ of [1, 2]) expect((await perform(channel, receive, orderId)).kind).toBe("done");
    expect(shop.view(orderId)?.returns).toMatchObject([{ lines: [{ received: 1 }] }]);
    await shop.acts.receiveReturn?.(orderId, only(open).nativeId ?? "");
    expect(await perform(channel, receive, orderId)).toMatchObject({
      kind: "refused",
      error: { code: "STALE_VERSION" },
    });
  });

  it("are refused with their place for parts of a piece", async () => {
    const { order } = await shipped(1);
    expect(() => channel.plan(createOf(order, 0.5), order)).toThrow(
      expect.objectContaining({
        path: ["lines", "0", "quantity"],
        message: expect.stringContaining(`not 0.5 of line ${lineIdOf(order, "MUG-01")}`),
      }),
    );
  });

  it("are refused for more than left, and for a reason that no option of the shop says", async () => {
    const { orderId, order } = await shipped(1);
    const [step = expect.fail("no step")] = channel.plan(createOf(order, 2), order);
    expect(await perform(channel, step, orderId)).toMatchObject({
      kind: "refused",
      error: { message: expect.stringMatching(/A quantity of .+ is greater than you can return/) },
    });
    const { probe } = await connect(magento, shop.settings);
    const findings = {
      ...probe.findings,
      returnOptions: {
        reason: [{ label: "Wrong Color", value: "1" }],
        condition: [],
        resolution: [],
      },
    };
    const context = { webhookSecret: "x", probe: { ...probe, findings }, fetch };
    const narrow = magento.open(shop.settings, context);
    expect(() => narrow.plan(createOf(order, 1), order)).toThrow(/it has Wrong Color; add one/);
    const [color = expect.fail("no step")] = narrow.plan(
      createOf(order, 1, { reason: "COLOR" }),
      order,
    );
    expect(color.request).toMatchObject({ items: [{ reason: "1", resolution: null }] });
  });

  it("come in by polling, made and moved by the shop's own people", async () => {
    const { orderId, order } = await shipped();
    const started = clock;
    // The order itself changed long before anybody looks again.
    clock = new Date(started.getTime() + 3 * 3_600_000);
    const { returnId } = (await shop.acts.askReturn?.(orderId)) ?? expect.fail("no returns");
    const poll = async (from: Date, held: Order) => {
      const pages = await pulled(channel, { from });
      const snapshots = pages.flatMap((page) => page.snapshots);
      for (const snapshot of snapshots) checkSnapshot(snapshot);
      return snapshots
        .filter(({ ref }) => ref.nativeId === orderId)
        .reduce((now, snapshot) => orderOf(snapshot, now), held);
    };
    const asked = await poll(clock, order);
    expect(only(asked)).toMatchObject({
      nativeId: returnId,
      stage: "REQUESTED",
      lines: [{ lineId: lineIdOf(order, "MUG-01"), reason: "OTHER", rawReason: "Wrong Size" }],
    });
    await shop.acts.receiveReturn?.(orderId, returnId);
    clock = new Date(started.getTime() + 48 * 3_600_000);
    const taken = await poll(clock, asked);
    expect(only(taken)).toMatchObject({ stage: "OPEN", lines: [{ received: 1, rejected: 0 }] });
    clock = new Date();
  });
});
