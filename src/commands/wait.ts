import { ENDED } from "../domain/command.js";
import type { Viewer } from "../domain/scope.js";
import type { Bus } from "../events/bus.js";
import { statusOf } from "../store/commands.js";
import type { Database } from "../store/db.js";
import type { SubmitResult, WriteOptions } from "./face.js";

/** The longest that a caller may wait, and how long it waits where it does not say. Milliseconds. */
export const WAIT_MOST_MS = 30_000;
const WAIT_MS = 5_000;
/** A waiting caller looks again at least this often, whatever the bus says. */
const LOOK_EVERY_MS = 500;

/** Waits for a command's end where the options ask for it; where time runs out, the command goes on as it stands. */
export async function waitFor(
  parts: { db: Database; bus: Bus },
  viewer: Viewer,
  result: SubmitResult,
  options: WriteOptions,
): Promise<SubmitResult> {
  const { command } = result;
  if (command === null || options.waitUntil !== "SUCCEEDED") return result;
  const until = Date.now() + (options.waitTimeoutMs ?? WAIT_MS);
  let heard = () => {};
  const unlisten = parts.bus.listen("log", () => heard());
  try {
    for (;;) {
      const news = new Promise<void>((resolve) => {
        heard = resolve;
      });
      const status = await parts.db.forTenant(viewer.tenantId, (tx) =>
        statusOf(tx, viewer.tenantId, command),
      );
      const left = until - Date.now();
      if (status === null || ENDED.has(status) || status === "NEEDS_ATTENTION" || left <= 0)
        return result;
      await Promise.race([news, pause(Math.min(left, LOOK_EVERY_MS))]);
    }
  } finally {
    unlisten();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
