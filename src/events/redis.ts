import { Redis } from "ioredis";
import type { Logger } from "pino";
import type { Bus, Topic } from "./bus.js";
import { createHub } from "./hub.js";

const CHANNEL = "tributary:news";

/**
 * The bus over Redis pub/sub: for many nodes. Redis holds no truth; while it is away readers look by themselves, and news
 * of this process still reaches its own listeners.
 */
export async function openRedisBus(url: string, log: Logger): Promise<Bus> {
  const options = { maxRetriesPerRequest: 1, enableOfflineQueue: false, lazyConnect: true };
  const publisher = new Redis(url, options);
  // Its own way to subscribe again leaves the promise to nobody: a connection that is lost at that moment would end the process.
  const subscriber = new Redis(url, { ...options, autoResubscribe: false });
  const hub = createHub(async (topics) => {
    hub.hear(topics);
    await publisher.publish(CHANNEL, topics.join(" ")).catch(() => undefined);
  });
  let told = false;
  for (const client of [publisher, subscriber]) {
    client.on("error", (error: Error) => {
      if (!told)
        log.warn(
          { reason: error.message },
          "Redis cannot be reached; readers look by themselves each second",
        );
      told = true;
    });
    client.on("ready", () => {
      told = false;
    });
  }
  subscriber.on("message", (_channel: string, payload: string) =>
    hub.hear(payload.split(" ") as Topic[]),
  );
  await Promise.all([
    publisher.connect().catch(() => undefined),
    subscriber.connect().then(
      () => subscriber.subscribe(CHANNEL),
      () => undefined,
    ),
  ]);
  // Connected anew: something may have been missed meanwhile.
  subscriber.on("ready", () => {
    subscriber.subscribe(CHANNEL).then(hub.hearAll, () => undefined);
  });
  return {
    notify: hub.notify,
    listen: hub.listen,
    async close() {
      await hub.close();
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
