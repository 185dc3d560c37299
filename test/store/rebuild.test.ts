import { count, eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DOCUMENT_SHAPE, type OrderDocument } from "../../src/domain/document.js";
import { type Rebuilding, rebuildDocuments } from "../../src/store/rebuild.js";
import { events, holds, orders, orderTexts } from "../../src/store/tables.js";
import { work } from "../domain/arbitraries.js";
import { openTestApi, TENANT, type TestApi } from "../support/api.js";
import { at, snapshot } from "../support/snapshots.js";

/** More than two batches. */
const ORDERS = 450;
let api: TestApi;
const snapshots = Array.from({ length: ORDERS }, (_, n) => snapshot(`o${n}`));

beforeAll(async () => {
  api = await openTestApi();
  await api.record(api.woo, ...snapshots);
});
afterAll(() => api?.drop());

const everyOrder = () =>
  api.database.forTenant(TENANT, (tx) => tx.select().from(orders).orderBy(orders.id));
const rows = async (table: typeof events | typeof orderTexts) =>
  (await api.database.forTenant(TENANT, (tx) => tx.select({ n: count() }).from(table)))[0]?.n;

/** As the program wrote them that knew no returns and no texts. */
async function makeOld() {
  const owner = postgres(api.url, { max: 1 });
  await owner.unsafe(`
    update orders set document_shape = 1, return_status = 'UNKNOWN', document = document - 'returns' || jsonb_build_object(
      'lines', (select jsonb_agg(line #- '{quantities,returnable}') from jsonb_array_elements(document -> 'lines') line));
    delete from order_texts`);
  await owner.end();
}

it("shapes orders of an older shape anew, without a version, an event or a later change", async () => {
  const before = { orders: await everyOrder(), events: await rows(events) };
  await makeOld();
  const told: Rebuilding[] = [];
  expect(await rebuildDocuments(api.database, (progress) => told.push(progress))).toBe(ORDERS);
  expect(told).toEqual([200, 400, 450].map((done) => ({ done, total: ORDERS })));

  expect(await everyOrder()).toEqual(before.orders);
  expect(before.orders[0]).toMatchObject({ documentShape: DOCUMENT_SHAPE, returnStatus: "NONE" });
  expect(await rows(events)).toBe(before.events);
  expect(await rows(orderTexts)).toBe(ORDERS);
  const again = await api.record(api.woo, ...snapshots.slice(0, 3));
  expect(again.map(({ changed }) => changed)).toEqual([false, false, false]);
});

it("does nothing where all is done, and goes on where it was ended", async () => {
  const told: Rebuilding[] = [];
  expect(await rebuildDocuments(api.database, (progress) => told.push(progress))).toBe(0);
  expect(told).toEqual([]);

  await makeOld();
  const ended = rebuildDocuments(api.database, () => {
    throw new Error("the machine was switched off");
  });
  await expect(ended).rejects.toThrow("switched off");
  expect(await rebuildDocuments(api.database)).toBe(ORDERS - 200);
});

it("is shared by processes that start at once", async () => {
  await makeOld();
  await Promise.all([rebuildDocuments(api.database), rebuildDocuments(api.database)]);
  const left = await api.database.forTenant(TENANT, (tx) =>
    tx.select({ n: count() }).from(orders).where(eq(orders.documentShape, 1)),
  );
  expect(left).toEqual([{ n: 0 }]);
});

it("gives old orders the work that the gateway keeps, and old holds an id of ours, for good", async () => {
  const hold = { id: "gid://hold/1", reason: "OTHER" as const, note: null, since: null, by: null };
  const told = {
    asOf: at(0),
    complete: true,
    value: [work("w", {}, { status: "ON_HOLD", holds: [hold] })],
  };
  const snapshots = [
    snapshot("of-a-shop-with-work", 0, { fulfillmentOrders: told }),
    snapshot("other"),
  ];
  const ids = (await api.record(api.woo, ...snapshots)).map(({ orderId }) => orderId as string);
  const owner = postgres(api.url, { max: 1 });
  await owner.unsafe(`
    update orders set document_shape = 2 where id in ('${ids.join("', '")}');
    delete from holds;
    delete from fulfillment_orders where owner = 'GATEWAY' and order_id in ('${ids.join("', '")}');
    update fulfillment_orders set facts = jsonb_set(facts, '{holds}', '${JSON.stringify([hold])}')
      where order_id = '${ids[0]}'`);
  await owner.end();
  expect(await rebuildDocuments(api.database)).toBe(2);
  const documents = async () =>
    (await everyOrder())
      .filter(({ id }) => ids.includes(id))
      .map(({ document }) => document as OrderDocument);
  const [native, kept] = await documents();
  expect(native?.fulfillmentOrders).toMatchObject([
    { nativeId: "w", synthetic: false, status: "ON_HOLD" },
  ]);
  expect(native?.holds).toMatchObject([{ id: expect.stringMatching(/^hold_/), nativeId: hold.id }]);
  expect(kept?.fulfillmentOrders).toMatchObject([
    { nativeId: null, synthetic: true, status: "OPEN" },
  ]);
  const found = await api.database.forTenant(TENANT, (tx) =>
    tx.select({ id: holds.id, orderId: holds.orderId }).from(holds),
  );
  expect(found).toEqual([{ id: native?.holds[0]?.id, orderId: ids[0] }]);
  const again = await api.record(api.woo, ...snapshots);
  expect(again.map(({ changed }) => changed)).toEqual([false, false]);
  expect(await documents()).toEqual([native, kept]);
});

it("finds what is left through an index", async () => {
  const plan = await api.database.forTenant(TENANT, async (tx) => {
    await tx.execute(sql`set local enable_seqscan = off`);
    return tx.execute(
      sql`explain select 1 from orders where tenant_id = ${TENANT} and document_shape < 2 limit 200`,
    );
  });
  expect(JSON.stringify(plan)).toMatch(/Index (Only )?Scan (using|on) orders_shape/);
});
