import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { dial, type SocketOption } from "./dial.js";

/** LISTEN on one connection of its own, made with the first channel and made anew whenever it is lost. */
export interface Listener {
  listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** The driver connects again without a pause where a server accepts and hangs up. Milliseconds. */
const PAUSE_MS = 500;

/** Opens nothing yet. After a lost connection every `hear` is called with "", since nothing is kept for those who are away. */
export function openListener(url: string): Listener {
  let dialled = Number.NEGATIVE_INFINITY;
  const options: postgres.Options<Record<string, never>> & SocketOption = {
    max: 1,
    backoff: () => PAUSE_MS / 1_000,
    connection: { application_name: "tributary_listener" },
    socket: async () => {
      await delay(dialled + PAUSE_MS - performance.now());
      dialled = performance.now();
      return dial(sql.options);
    },
  };
  const sql = postgres(url, options);
  return {
    async listen(channel, hear) {
      let listening = false;
      // The driver forgets who listened when it connects anew, so that its own unlisten may do nothing.
      let stopped = false;
      const heard = (payload: string) => {
        if (!stopped) hear(payload);
      };
      const onListen = () => {
        if (listening) heard("");
        listening = true;
      };
      try {
        const { unlisten } = await sql.listen(channel, heard, onListen);
        return async () => {
          stopped = true;
          await unlisten().catch(() => undefined);
        };
      } catch (error) {
        stopped = true;
        throw error;
      }
    },
    close: () => sql.end({ timeout: 1 }),
  };
}
