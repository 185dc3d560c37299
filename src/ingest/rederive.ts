import { advanceRule, nextPendingRule, ordersUnder } from "../store/status-rules.js";
import type { Duty, DutyContext } from "./duty.js";

/** In one transaction, which is held for well under a second. */
const BATCH = 100;

/**
 * Applies a rule that a merchant has set to the orders that bear its word already, from what is kept of them: batch by
 * batch, so that whoever is in charge next goes on where this one ended. Asks the shop nothing.
 */
export function rederive(options: DutyContext): Duty {
  return {
    name: "rederive",
    tellsHealth: false,
    due: ({ rulesPending }) => rulesPending,
    async run({ tenantId, channelId }, _sync, signal) {
      while (!signal.aborted && (await applyBatch(options, tenantId, channelId)));
    },
  };
}

/** Whether there was a rule to be applied. */
function applyBatch(
  { recorder, log, now }: DutyContext,
  tenantId: string,
  channelId: string,
): Promise<boolean> {
  const actor = { kind: "SYSTEM", id: null, name: null } as const;
  return recorder.transact(tenantId, async (scope) => {
    const rule = await nextPendingRule(scope.tx, tenantId, channelId);
    if (!rule) return false;
    const batch = await ordersUnder(scope.tx, tenantId, channelId, rule, BATCH);
    await scope.rederive(
      { source: "MANUAL", actor, channelId, now: now() },
      batch.map(({ nativeId }) => nativeId),
    );
    const done = batch.length < BATCH;
    await advanceRule(scope.tx, tenantId, rule.id, {
      appliedTo: batch.at(-1)?.id ?? rule.appliedTo,
      done,
    });
    if (done) log.info({ channelId, rule: rule.id }, "a status rule was applied to all orders");
    return true;
  });
}
