import { paused } from "../domain/problem.js";
import type { Viewer } from "../domain/scope.js";
import type { Bus } from "../events/bus.js";
import { healthChanged } from "../events/health.js";
import type { Recorder } from "../events/recorder.js";
import { findSync, pauseChannel, resumeChannel } from "../store/channel-sync.js";
import type { Database } from "../store/db.js";
import type { ChannelResult } from "./face.js";
import { actorOf } from "./planned.js";
import { basic } from "./refusal.js";
import { disconnectedChannel, findVisible, unknownChannel } from "./shop.js";

export interface PauseOptions {
  db: Database;
  recorder: Recorder;
  bus: Bus;
  now?: () => Date;
}

/** Room for a sentence or two. */
const MAX_REASON = 500;

/**
 * Leaves a shop in peace: nothing is read from it or sent to it, whatever is on its way ends. What it delivers itself
 * is taken in as ever; what would have to be read for that, and every write, waits. The channel's problem says why.
 */
export async function pauseShop(
  options: PauseOptions,
  viewer: Viewer,
  channelId: string,
  { reason }: { reason: string | null },
): Promise<ChannelResult> {
  const said = reason?.trim() || null;
  if (said && said.length > MAX_REASON) {
    const message = `${said.length} characters; a reason has at most ${MAX_REASON}`;
    return { channelId, errors: [basic("INVALID_INPUT", message, ["reason"])] };
  }
  return turn(options, viewer, channelId, { to: "PAUSED", reason: said });
}

/** Goes on with a paused shop: polls from where they had come, and what waits is read and sent. */
export function resumeShop(
  options: PauseOptions,
  viewer: Viewer,
  channelId: string,
): Promise<ChannelResult> {
  return turn(options, viewer, channelId, { to: "HEALTHY", reason: null });
}

interface Turn {
  to: "PAUSED" | "HEALTHY";
  reason: string | null;
}

async function turn(
  { db, recorder, bus, now = () => new Date() }: PauseOptions,
  viewer: Viewer,
  channelId: string,
  { to, reason }: Turn,
): Promise<ChannelResult> {
  const { tenantId } = viewer;
  if (!(await findVisible(db, viewer, channelId))) return unknownChannel(channelId);
  const result = await recorder.transact(tenantId, async (scope): Promise<ChannelResult> => {
    const { tx } = scope;
    const sync = await findSync(tx, tenantId, channelId);
    if (!sync) return disconnectedChannel(channelId);
    const { health: before, problem } = sync;
    if ((before === "PAUSED") === (to === "PAUSED")) {
      const message = before === "PAUSED" ? `${problem?.message}` : `It is ${before}, not paused`;
      return { channelId, errors: [basic("ALREADY_IN_STATE", message, ["id"])] };
    }
    const at = now();
    if (to === "PAUSED")
      await pauseChannel(tx, tenantId, channelId, paused(viewer.client, reason, at));
    else await resumeChannel(tx, tenantId, channelId);
    const how = { source: "MANUAL", actor: actorOf(viewer), now: at } as const;
    await scope.append([healthChanged({ channelId, before, after: to, ...how })]);
    return { channelId, errors: [] };
  });
  for (const topic of ["channels", "refreshes", "commands"] as const) bus.notify(topic);
  return result;
}
