import type { Logger } from "pino";
import type { Database } from "../store/db.js";
import type { Bus, Topic } from "./bus.js";
import { createHub } from "./hub.js";

const CHANNEL = "tributary_news";

/** The bus over LISTEN/NOTIFY: for one node, or a few on one PostgreSQL. */
export async function openPostgresBus(db: Database, log: Logger): Promise<Bus> {
  const hub = createHub((topics) =>
    db.notify(CHANNEL, topics.join(" ")).catch((error: unknown) => {
      log.warn(
        { err: error },
        "news could not be passed on; readers look by themselves each second",
      );
    }),
  );
  const unlisten = await db.listen(CHANNEL, (payload) =>
    // "" says that the connection was made anew and something may have been missed.
    payload === "" ? hub.hearAll() : hub.hear(payload.split(" ") as Topic[]),
  );
  return {
    notify: hub.notify,
    listen: hub.listen,
    async close() {
      await hub.close();
      await unlisten().catch(() => undefined);
    },
  };
}
