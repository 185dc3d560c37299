import type { PulledPage } from "../domain/channel.js";
import { ChannelError, InvalidInput } from "../domain/errors.js";
import {
  type ChannelSync,
  completeBackfill,
  type Held,
  restartBackfill,
  saveBackfillPage,
} from "../store/channel-sync.js";
import type { Duty, DutyContext } from "./duty.js";
import { recordPage } from "./page.js";

/** How far a backfill has come. */
export interface BackfillProgress {
  tenantId: string;
  channelId: string;
  /** The channel's name, for people. */
  name: string;
  imported: number;
  /** How many orders the shop has, where it says. */
  estimatedTotal: number | null;
  completed: boolean;
}

export interface BackfillOptions extends DutyContext {
  /** Told after each page and at the end. */
  onProgress?: (progress: BackfillProgress) => void;
}

/**
 * Brings in everything that a shop has, newest first. A page and the cursor after it are one transaction, so that a
 * crash loses and repeats nothing: whoever is in charge next goes on with the page after the last.
 */
export function backfill(options: BackfillOptions): Duty {
  return {
    name: "backfill",
    tellsHealth: true,
    due: ({ backfillStatus }) => backfillStatus !== "COMPLETED",
    async run(held, sync, signal) {
      try {
        await pullAll(options, held, sync, signal);
      } catch (error) {
        if (!isCursorRefused(error)) throw error;
        options.log.warn(
          { channelId: held.channelId },
          "the shop forgot the cursor: the backfill begins again",
        );
        await options.recorder.transact(held.tenantId, ({ tx }) => restartBackfill(tx, held));
        await pullAll(
          options,
          held,
          { ...sync, backfillCursor: null, backfillImported: 0 },
          signal,
        );
      }
    },
  };
}

async function pullAll(
  options: BackfillOptions,
  held: Held,
  sync: ChannelSync,
  signal: AbortSignal,
): Promise<void> {
  const { recorder, openChannel, log, onProgress } = options;
  const { tenantId, channelId } = held;
  const channel = await openChannel(tenantId, channelId);
  const cursor = sync.backfillCursor;
  const progress = { tenantId, channelId, name: sync.name, imported: sync.backfillImported };
  let estimatedTotal: number | null = null;
  for await (const page of channel.pull({ signal, ...(cursor === null ? {} : { cursor }) })) {
    signal.throwIfAborted();
    await recordBackfillPage(options, held, page);
    progress.imported += page.snapshots.length;
    estimatedTotal = page.estimatedTotal ?? estimatedTotal;
    onProgress?.({ ...progress, estimatedTotal, completed: false });
  }
  signal.throwIfAborted();
  await recorder.transact(tenantId, ({ tx }) => completeBackfill(tx, held));
  onProgress?.({ ...progress, estimatedTotal, completed: true });
  log.info({ channelId, imported: progress.imported }, "backfill completed");
}

function recordBackfillPage(
  { recorder, now }: BackfillOptions,
  held: Held,
  page: PulledPage,
): Promise<void> {
  const at = now();
  const { cursor, estimatedTotal, snapshots } = page;
  return recorder.transact(held.tenantId, async (scope) => {
    await recordPage(scope, { channelId: held.channelId, source: "BACKFILL", now: at }, page);
    await saveBackfillPage(scope.tx, held, {
      cursor,
      records: snapshots.length,
      estimatedTotal,
      at,
    });
  });
}

/** Whether a shop takes its own cursor no more. */
export function isCursorRefused(error: unknown): boolean {
  if (error instanceof InvalidInput) return error.path[0] === "cursor";
  return error instanceof ChannelError && error.code === "CURSOR_EXPIRED";
}
