import { saveProbe } from "../store/channels.js";
import type { Duty, DutyContext } from "./duty.js";

export interface ProbeOptions extends DutyContext {
  /** From one probe of a channel to the next. Default 6 hours. */
  everyMs?: number;
  /** The longest that a probe may take. Default 60,000 ms. */
  timeoutMs?: number;
}

/**
 * Asks a shop again who it is and what it can do: permissions are granted, plugins installed and places opened long
 * after it was connected. When this process last asked is not kept: a restart asks once more.
 */
export function probe(options: ProbeOptions): Duty {
  const { recorder, openChannel, now, everyMs = 6 * 3_600_000, timeoutMs = 60_000 } = options;
  const probedAtMs = new Map<string, number>();
  return {
    name: "probe",
    tellsHealth: false,
    due: ({ channelId, connectedAt }, at) =>
      at.getTime() - (probedAtMs.get(channelId) ?? connectedAt.getTime()) >= everyMs,
    async run({ tenantId, channelId }, _sync, signal) {
      const channel = await openChannel(tenantId, channelId);
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const found = await channel.probe(deadline);
      await recorder.transact(tenantId, ({ tx }) => saveProbe(tx, tenantId, channelId, found));
      probedAtMs.set(channelId, now().getTime());
    },
  };
}
