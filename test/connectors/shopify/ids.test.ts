import { describe, expect, it } from "vitest";
import { openDelivering } from "./delivering.js";
import { pull } from "./open.js";

/** Beyond what a float keeps to the last digit, 2^53. */
const firstId = "820982911946154500";

/** Every id of a platform that stands anywhere in what we made of its answers. */
const idsIn = (value: unknown): string[] => [
  ...new Set(JSON.stringify(value).match(/gid:\/\/shopify\/\w+\/\d+/g)),
];

describe("ids beyond 2^53", () => {
  it("come out of a read, of pages and of webhooks in their own digits", async () => {
    const { acts, channel, read, arrived } = await openDelivering({ firstId });
    const { orderId } = await acts.placeOrder({ lines: [{ sku: "MUG-01", quantity: 3 }] });
    const { shipmentId } = await acts.ship(orderId);
    await acts.moveParcel(orderId, shipmentId, "IN_TRANSIT");
    const { returnId } = await acts.askReturn(orderId);
    await acts.receiveReturn(orderId, returnId);
    await acts.payReturn(orderId, returnId);

    const known = await read(orderId);
    expect(known.head?.value.adminUrl).toContain(`/orders/${orderId.split("/").at(-1)}`);
    const ids = idsIn(known);
    expect(ids).toEqual(expect.arrayContaining([orderId, shipmentId, returnId]));
    const rounded = ids.filter((id) => {
      const digits = id.split("/").at(-1) ?? "";
      return String(Number(digits)) === digits;
    });
    expect(rounded).toEqual([]);

    for (const delivery of await arrived()) {
      const receipt = channel.receive(delivery);
      if (receipt.kind === "hint")
        expect((await channel.read(receipt.ref))?.ref.nativeId, receipt.topic ?? "").toBe(orderId);
      else if (receipt.kind === "snapshot")
        expect(ids, receipt.topic ?? "").toEqual(expect.arrayContaining(idsIn(receipt.snapshot)));
      else expect(receipt).toMatchObject({ kind: "ignored", topic: "returns/process" });
    }
  });

  it("lead from page to page", async () => {
    const { channel } = await openDelivering({ firstId, orders: 60 });
    const { snapshots } = await pull(channel);
    expect(new Set(snapshots.map(({ ref }) => ref.nativeId)).size).toBe(60);
  });
});
