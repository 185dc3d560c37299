import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubmitAll } from "../../src/commands/batch.js";
import {
  type BatchItem,
  DEFAULT_WRITE_OPTIONS,
  type SubmitResult,
  type WriteOptions,
} from "../../src/commands/face.js";
import { Bench } from "./bench.js";

const item = (
  orderId: string,
  lines: BatchItem["wish"]["lines"] = null,
  options: Partial<WriteOptions> = {},
): BatchItem => ({
  wish: {
    type: "FULFILLMENT_CREATE",
    orderId,
    lines,
    fulfillmentOrderId: null,
    locationId: null,
    packages: [],
    shippedAt: null,
  },
  options: { ...DEFAULT_WRITE_OPTIONS, ...options },
});

describe("a batch of shipments", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
    await bench.rest();
  });
  afterAll(() => bench?.close());

  const submitAll = async (items: BatchItem[]): Promise<SubmitResult[]> => {
    const results = await bench.commands.submitAll(bench.viewer, items);
    return results.map((result) => {
      if ("fault" in result) throw result.fault;
      return result;
    });
  };
  /** A new order with three pieces of its first line. */
  const place = async () => {
    await bench.place();
    return { orderId: bench.orderId, lineId: await bench.lineId() };
  };
  const codes = (results: SubmitResult[]) => results.map(({ errors }) => errors[0]?.code ?? null);

  it("checks each item as if it came alone, those of one order in the order given", async () => {
    const [a, b] = [await place(), await place()];
    const of = ({ orderId, lineId }: typeof a, quantity: number, key: string | null = null) =>
      item(orderId, [{ lineId, quantity }], { idempotencyKey: key });
    const results = await submitAll([
      of(a, 2, "batch-1"),
      of(b, 4),
      of(a, 2),
      of(a, 1, "batch-2"),
      of(b, 3),
      of(b, 1, "batch-1"),
      item("order_none"),
    ]);
    expect(codes(results)).toEqual([
      null,
      "QUANTITY_EXCEEDS_FULFILLABLE",
      "QUANTITY_EXCEEDS_FULFILLABLE",
      null,
      null,
      expect.stringMatching(/^(IDEMPOTENCY_KEY_REUSED|QUANTITY_EXCEEDS_FULFILLABLE)$/),
      "NOT_FOUND",
    ]);
    const again = await submitAll([of(a, 2, "batch-1"), of(a, 2, "batch-2")]);
    expect(again[0]).toMatchObject({ command: results[0]?.command, replayed: true });
    expect(codes(again)).toEqual([null, "IDEMPOTENCY_KEY_REUSED"]);
  });

  it("takes so many statements an item, however many there are", async () => {
    const orders: BatchItem[] = [];
    for (let count = 0; count < 11; count++) orders.push(item((await place()).orderId));
    const count = async (items: BatchItem[]) =>
      (await bench.database.countStatements(() => submitAll(items))).statements.length;
    const one = await count(orders.splice(0, 1));
    expect(await count(orders)).toBeLessThanOrEqual(10 * one);
    expect(one).toBeLessThanOrEqual(40);
  });

  it("waits for all within one time, and goes on where it is over", async () => {
    const waiting = { waitUntil: "SUCCEEDED", waitTimeoutMs: 1_500 } as const;
    const items: BatchItem[] = [];
    for (let count = 0; count < 8; count++)
      items.push(item((await place()).orderId, null, waiting));
    const begun = performance.now();
    const results = await submitAll(items);
    const took = performance.now() - begun;
    expect(codes(results)).toEqual(items.map(() => null));
    expect(took).toBeGreaterThanOrEqual(1_400);
    expect(took).toBeLessThan(8 * 1_500);
    for (const { command } of results) expect(await bench.status(command)).toBe("QUEUED");
  });

  it("answers as soon as all it waits for is done", async () => {
    const { orderId, lineId } = await place();
    const waiting = { waitUntil: "SUCCEEDED", waitTimeoutMs: 20_000 } as const;
    const lines = [{ lineId, quantity: 1 }];
    bench.work();
    const results = await submitAll([item(orderId, lines, waiting), item(orderId, lines, waiting)]);
    for (const { command } of results) expect(await bench.status(command)).toBe("SUCCEEDED");
    expect(await bench.quantities()).toMatchObject({ fulfilled: 2, fulfillable: 1 });
    await bench.rest();
  });
});

describe("items of a batch", () => {
  const done: SubmitResult = {
    command: null,
    replayed: false,
    orderId: null,
    partIds: [],
    preview: null,
    errors: [],
  };
  const nothing = {} as Parameters<typeof createSubmitAll>[0];
  const viewer = { tenantId: "t1" } as Parameters<ReturnType<typeof createSubmitAll>>[0];
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it("are done a few orders at once, and those of one order one after the other", async () => {
    const busy = new Map<string, number>();
    let most = 0;
    const seen: string[] = [];
    const submitAll = createSubmitAll(nothing, async (_viewer, wish) => {
      const { orderId, shippedAt } = wish as BatchItem["wish"];
      busy.set(orderId, (busy.get(orderId) ?? 0) + 1);
      expect(busy.get(orderId)).toBe(1);
      most = Math.max(most, busy.size);
      seen.push(`${orderId} ${shippedAt}`);
      await turn();
      busy.delete(orderId);
      return done;
    });
    const items = Array.from({ length: 40 }, (_, index) => {
      const { wish, options } = item(`o${index % 10}`);
      return { wish: { ...wish, shippedAt: String(index).padStart(2, "0") }, options };
    });
    expect(await submitAll(viewer, items)).toEqual(items.map(() => done));
    expect(most).toBe(4);
    for (let order = 0; order < 10; order++) {
      const own = seen.filter((text) => text.startsWith(`o${order} `));
      expect(own).toEqual(own.toSorted());
    }
  });

  it("fail alone where the gateway itself fails", async () => {
    const fault = new Error("the disk is full");
    const submitAll = createSubmitAll(nothing, async (_viewer, wish) => {
      if ((wish as BatchItem["wish"]).orderId === "bad") throw fault;
      return done;
    });
    const results = await submitAll(viewer, [item("a"), item("bad"), item("bad"), item("b")]);
    expect(results).toEqual([done, { fault }, { fault }, done]);
  });
});
