import { ENDED } from "../domain/command.js";
import type { Viewer } from "../domain/scope.js";
import type { Bus } from "../events/bus.js";
import { statusesOf } from "../store/commands.js";
import type { Database } from "../store/db.js";
import type { SubmitResult, WriteOptions } from "./face.js";

/** The longest that a caller may wait, and how long it waits where it does not say. Milliseconds. */
export const WAIT_MOST_MS = 30_000;
export const WAIT_MS = 5_000;
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
  await untilEnded(parts, viewer.tenantId, [command], until);
  return result;
}

/** Waits until all of these commands have ended or need a person, one look for all of them, or until the time has come. */
export async function untilEnded(
  parts: { db: Database; bus: Bus },
  tenantId: string,
  commands: readonly string[],
  until: number,
): Promise<void> {
  if (commands.length === 0) return;
  let heard = () => {};
  const unlisten = parts.bus.listen("log", () => heard());
  try {
    for (let open = commands; ; ) {
      const news = new Promise<void>((resolve) => {
        heard = resolve;
      });
      const statuses = await parts.db.forTenant(tenantId, (tx) => statusesOf(tx, tenantId, open));
      open = open.filter((id) => {
        const status = statuses.get(id);
        return status !== undefined && !ENDED.has(status) && status !== "NEEDS_ATTENTION";
      });
      const left = until - Date.now();
      if (open.length === 0 || left <= 0) return;
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
