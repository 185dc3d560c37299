import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Bus } from "../../src/events/bus.js";
import { openPostgresBus } from "../../src/events/postgres.js";
import { openRedisBus } from "../../src/events/redis.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { silent } from "../support/log.js";
import { redisServer, startRedis, type TestRedis } from "../support/redis.js";

let test: TestDatabase;
let redis: TestRedis | undefined;

beforeAll(async () => {
  test = await createTestDatabase();
  if (redisServer) redis = await startRedis();
});
afterAll(async () => {
  await redis?.kill();
  await test?.drop();
});

const backends = [
  { name: "PostgreSQL", there: true, open: () => openPostgresBus(test.database, silent) },
  {
    name: "Redis",
    there: redisServer !== undefined,
    open: () => openRedisBus(redis?.url as string, silent),
  },
];

describe.each(backends)("the bus over $name", ({ there, open }) => {
  const heard = (bus: Bus, topic: Parameters<Bus["listen"]>[0]) =>
    new Promise<void>((resolve) => {
      const stop = bus.listen(topic, () => {
        stop();
        resolve();
      });
    });

  it.skipIf(!there)(
    "carries news of a topic to every process, the sender's own included, and no other topic's",
    async () => {
      const [here, elsewhere] = [await open(), await open()];
      let wrong = 0;
      elsewhere.listen("keys", () => {
        wrong += 1;
      });
      const all = Promise.all([heard(here, "log"), heard(elsewhere, "log")]);
      here.notify("log");
      await all;
      expect(wrong).toBe(0);
      await Promise.all([here.close(), elsewhere.close()]);
    },
  );

  it.skipIf(!there)("tells a thousand times the same news in few messages", async () => {
    const [here, elsewhere] = [await open(), await open()];
    let times = 0;
    const last = heard(elsewhere, "commands");
    elsewhere.listen("log", () => {
      times += 1;
    });
    for (let i = 0; i < 1_000; i += 1) here.notify("log");
    here.notify("commands");
    await last;
    expect(times).toBeGreaterThan(0);
    expect(times).toBeLessThan(10);
    await Promise.all([here.close(), elsewhere.close()]);
  });

  it.skipIf(!there)("says nothing more once it is closed, and closing twice is fine", async () => {
    const bus = await open();
    bus.listen("log", () => {
      throw new Error("heard after the end");
    });
    await bus.close();
    bus.notify("log");
    await bus.close();
  });
});

describe.skipIf(!redisServer)("a Redis that goes away", () => {
  it("never throws, still tells this process, and carries news again when it is back", async () => {
    const server = await startRedis();
    const [here, elsewhere] = [
      await openRedisBus(server.url, silent),
      await openRedisBus(server.url, silent),
    ];
    await server.kill();
    const own = new Promise<void>((resolve) => here.listen("log", resolve));
    here.notify("log");
    await own;
    // A listener is told as soon as the connection is made anew, since something may have been missed.
    const back = new Promise<void>((resolve) => elsewhere.listen("log", resolve));
    await server.start();
    await back;
    await Promise.all([here.close(), elsewhere.close()]);
    await server.kill();
  });
});
