import type { EventSource } from "../domain/event.js";
import type { ChannelProblem, ChannelState } from "../domain/problem.js";
import { healthChanged } from "../events/health.js";
import type { Recorder, RecordScope } from "../events/recorder.js";
import { findSync, saveHealth, saveWebhooks } from "../store/channel-sync.js";

/** Which channel, how we came to know, and when. */
export interface HealthOrigin {
  tenantId: string;
  channelId: string;
  source: EventSource;
  now: Date;
}

/** Writes how a channel is; a change of its health is an event. A channel that is gone is left alone. */
export function reportHealth(
  recorder: Recorder,
  origin: HealthOrigin,
  state: ChannelState,
): Promise<void> {
  return recorder.transact(origin.tenantId, (scope) => changeHealth(scope, origin, state));
}

/** The same inside a transaction that is open already. */
export async function changeHealth(
  scope: RecordScope,
  { tenantId, channelId, source, now }: HealthOrigin,
  state: ChannelState,
): Promise<void> {
  const sync = await findSync(scope.tx, tenantId, channelId);
  if (!sync || sync.health === "PAUSED") return;
  // Whatever else a shop refuses once its key is no good, the first refusal says why.
  const isToldAlready = state.health === "AUTH_REQUIRED" || isSame(sync.problem, state.problem);
  if (sync.health === state.health && isToldAlready) return;
  await saveHealth(scope.tx, tenantId, channelId, state);
  if (sync.health === state.health) return;
  // What stood there of webhooks is gone with the other problem: have them looked at anew.
  if (state.health === "HEALTHY") await saveWebhooks(scope.tx, tenantId, channelId, null, null);
  const actor = { kind: "SYSTEM", id: null, name: null } as const;
  const change = { before: sync.health, after: state.health };
  await scope.append([healthChanged({ channelId, ...change, source, actor, now })]);
}

/** Tells a problem of a channel that is well all the same, or that it has none; what ails one that is not well matters more. */
export async function noteProblem(
  scope: RecordScope,
  { tenantId, channelId }: HealthOrigin,
  problem: ChannelProblem | null,
): Promise<void> {
  const sync = await findSync(scope.tx, tenantId, channelId);
  if (sync?.health !== "HEALTHY" || isSame(sync.problem, problem)) return;
  await saveHealth(scope.tx, tenantId, channelId, { health: sync.health, problem });
}

/** The same plight keeps the time since when it is there. */
function isSame(a: ChannelProblem | null, b: ChannelProblem | null): boolean {
  return a?.code === b?.code && a?.message === b?.message;
}
