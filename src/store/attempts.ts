import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "./db.js";
import { commandAttempts, type StoredLook } from "./tables.js";

export type Attempt = typeof commandAttempts.$inferSelect;
export type Look = StoredLook;

/** How an attempt in doubt was settled without a person's word. NOT_FOUND_AT_CHANNEL: looked for, and certainly not there. */
export type VerifiedBy = "REPORTED_BY_CHANNEL" | "FOUND_AT_CHANNEL" | "NOT_FOUND_AT_CHANNEL";

/** Begins an attempt: a row before the first byte leaves. */
export async function beginAttempt(
  tx: Tx,
  tenantId: string,
  stepId: string,
  startedAt: Date,
): Promise<number> {
  const number = (await lastAttempt(tx, tenantId, stepId)) + 1;
  await tx.insert(commandAttempts).values({ tenantId, stepId, number, startedAt });
  return number;
}

/** The number of a step's latest attempt; 0 before the first. */
export async function lastAttempt(tx: Tx, tenantId: string, stepId: string): Promise<number> {
  const [last] = await tx
    .select({ number: commandAttempts.number })
    .from(commandAttempts)
    .where(and(eq(commandAttempts.tenantId, tenantId), eq(commandAttempts.stepId, stepId)))
    .orderBy(desc(commandAttempts.number))
    .limit(1);
  return last?.number ?? 0;
}

/** The attempts at a step, the first first. */
export function attemptsOf(tx: Tx, tenantId: string, stepId: string): Promise<Attempt[]> {
  return tx
    .select()
    .from(commandAttempts)
    .where(and(eq(commandAttempts.tenantId, tenantId), eq(commandAttempts.stepId, stepId)))
    .orderBy(asc(commandAttempts.number));
}

/** Writes down what the looks for an attempt's effect saw. */
export async function keepLooks(
  tx: Tx,
  { tenantId, stepId, number }: Attempt,
  looks: Look[],
): Promise<void> {
  await endAttempt(tx, tenantId, stepId, number, { looks });
}

export type AttemptEnd = Partial<
  Pick<
    Attempt,
    "durationMs" | "httpStatus" | "outcome" | "errorCode" | "message" | "verifiedBy" | "looks"
  >
>;

/** Writes down how an attempt at a step ended. */
export async function endAttempt(
  tx: Tx,
  tenantId: string,
  stepId: string,
  number: number,
  end: AttemptEnd,
): Promise<void> {
  await tx
    .update(commandAttempts)
    .set(end)
    .where(
      and(
        eq(commandAttempts.tenantId, tenantId),
        eq(commandAttempts.stepId, stepId),
        eq(commandAttempts.number, number),
      ),
    );
}

/** The channel has told what came of a step's latest attempt; what was known of it already stays. */
export async function reportAttempt(
  tx: Tx,
  tenantId: string,
  stepId: string,
  outcome: "DONE" | "REFUSED",
): Promise<void> {
  await tx
    .update(commandAttempts)
    .set({
      verifiedBy: "REPORTED_BY_CHANNEL" satisfies VerifiedBy,
      outcome: sql`coalesce(${commandAttempts.outcome}, ${outcome})`,
    })
    .where(
      and(
        eq(commandAttempts.tenantId, tenantId),
        eq(commandAttempts.stepId, stepId),
        eq(commandAttempts.number, await lastAttempt(tx, tenantId, stepId)),
      ),
    );
}

/** Whether an earlier attempt at a step may have done it, as far as nobody said since what became of that. */
export async function mayHaveHappened(tx: Tx, tenantId: string, stepId: string): Promise<boolean> {
  const [row] = await tx
    .select({ number: commandAttempts.number })
    .from(commandAttempts)
    .where(inDoubt(tenantId, stepId))
    .limit(1);
  return row !== undefined;
}

/** What became of the attempts at a step that may have done it: a look's VerifiedBy, or who says so. */
export async function verifyAttempts(
  tx: Tx,
  tenantId: string,
  stepId: string,
  verifiedBy: string,
): Promise<void> {
  await tx.update(commandAttempts).set({ verifiedBy }).where(inDoubt(tenantId, stepId));
}

/** Attempts that may have done it, and of which nobody has said since what became of them. */
function inDoubt(tenantId: string, stepId: string) {
  return and(
    eq(commandAttempts.tenantId, tenantId),
    eq(commandAttempts.stepId, stepId),
    eq(commandAttempts.outcome, "UNKNOWN"),
    isNull(commandAttempts.verifiedBy),
  );
}
