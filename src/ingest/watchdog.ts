import { sendsWebhooks, type WebhookRegistration } from "../domain/channel.js";
import { type ChannelProblem, unreachableFromShop, webhooksRefused } from "../domain/problem.js";
import { type ChannelSync, saveWebhooks } from "../store/channel-sync.js";
import type { Duty, DutyContext } from "./duty.js";
import { noteProblem } from "./health.js";

export interface WatchdogOptions extends DutyContext {
  /** Where a connected shop is to deliver; null where it cannot reach this gateway. */
  webhookAddress: (tenantId: string, channelId: string) => Promise<string | null>;
  /** From one look at a shop's webhooks to the next. Default 300,000 ms. */
  everyMs?: number;
  /** The longest that a look may take. Default 30,000 ms. */
  timeoutMs?: number;
}

/**
 * Keeps a shop's webhooks alive: shops switch them off after failures (WooCommerce after 7, silently; Shopify deletes
 * them after 8), so they are made and woken again at intervals. That a shop has none is told as its problem, unless
 * its platform sends none at all; it is polled all the same and counts as well.
 */
export function watchdog(options: WatchdogOptions): Duty {
  const { everyMs = 300_000 } = options;
  return {
    name: "webhooks",
    tellsHealth: false,
    due: ({ webhooksCheckedAt }, now) =>
      webhooksCheckedAt === null || now.getTime() - webhooksCheckedAt.getTime() >= everyMs,
    async run(_held, sync, signal) {
      const { webhooks, problem } = await look(options, sync, signal);
      signal.throwIfAborted();
      await keep(options, sync, webhooks, problem);
    },
  };
}

async function look(
  { openChannel, webhookAddress, log, now, timeoutMs = 30_000 }: WatchdogOptions,
  { tenantId, channelId }: ChannelSync,
  signal: AbortSignal,
): Promise<{ webhooks: WebhookRegistration[] | null; problem: ChannelProblem | null }> {
  const address = await webhookAddress(tenantId, channelId);
  try {
    const channel = await openChannel(tenantId, channelId);
    if (!sendsWebhooks(channel.capabilities)) return { webhooks: [], problem: null };
    if (address === null) return { webhooks: [], problem: unreachableFromShop(now()) };
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    return { webhooks: await channel.ensureWebhooks(address, deadline), problem: null };
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error, channelId }, "webhooks could not be looked after");
    return { webhooks: null, problem: webhooksRefused(error, now()) };
  }
}

function keep(
  { recorder, now }: WatchdogOptions,
  { tenantId, channelId }: ChannelSync,
  webhooks: WebhookRegistration[] | null,
  problem: ChannelProblem | null,
): Promise<void> {
  const at = now();
  return recorder.transact(tenantId, async (scope) => {
    await saveWebhooks(scope.tx, tenantId, channelId, at, webhooks);
    await noteProblem(scope, { tenantId, channelId, source: "POLL", now: at }, problem);
  });
}
