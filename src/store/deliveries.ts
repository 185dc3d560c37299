import { and, eq, gt, inArray, lt, sql } from "drizzle-orm";
import type { EventSource } from "../domain/event.js";
import { mintId } from "../domain/id.js";
import type { Tx } from "./db.js";
import { deadLetters, deliveries } from "./tables.js";

/** What became of a webhook: written at once, to be read again, of no interest, or not understood. */
export type DeliveryOutcome = "RECORDED" | "REFRESH" | "IGNORED" | "DEAD";

export interface NewDelivery {
  tenantId: string;
  channelId: string;
  topic: string | null;
  /** The same for the same news and for nothing else. */
  dedupeKey: string;
  receivedAt: Date;
  outcome: DeliveryOutcome;
  reason: string | null;
  body: Buffer;
}

/** Puts a delivery into the inbox and gives its id; null where it came before. Waits for a twin that is being written. */
export async function keepDelivery(tx: Tx, delivery: NewDelivery): Promise<string | null> {
  const [row] = await tx
    .insert(deliveries)
    .values({ id: mintId("Delivery"), ...delivery })
    .onConflictDoNothing({
      target: [deliveries.tenantId, deliveries.channelId, deliveries.dedupeKey],
    })
    .returning({ id: deliveries.id });
  return row?.id ?? null;
}

/** Says of a delivery what became of it after all. */
export async function settleDelivery(
  tx: Tx,
  tenantId: string,
  id: string,
  outcome: DeliveryOutcome,
): Promise<void> {
  await tx
    .update(deliveries)
    .set({ outcome })
    .where(and(eq(deliveries.tenantId, tenantId), eq(deliveries.id, id)));
}

export interface NewDeadLetter {
  tenantId: string;
  channelId: string;
  source: EventSource;
  topic: string | null;
  reason: string;
  receivedAt: Date;
  body: string;
}

/** Within it the same body for the same reason is one letter. */
const SAME_LETTER = sql`interval '30 days'`;

/**
 * Keeps what could not be understood. What comes again, as a poll with overlap brings it, raises the attempts of the
 * letter that is there. Answers whether it is a new one.
 */
export async function keepDeadLetter(tx: Tx, letter: NewDeadLetter): Promise<boolean> {
  // PostgreSQL's text holds every character but this one.
  const body = letter.body.replaceAll("\0", "\u{fffd}");
  const again = await tx
    .update(deadLetters)
    .set({ attempts: sql`${deadLetters.attempts} + 1` })
    .where(
      and(
        eq(deadLetters.tenantId, letter.tenantId),
        eq(deadLetters.channelId, letter.channelId),
        eq(deadLetters.reason, letter.reason),
        eq(deadLetters.body, body),
        gt(deadLetters.receivedAt, sql`now() - ${SAME_LETTER}`),
      ),
    )
    .returning({ id: deadLetters.id });
  if (again.length > 0) return false;
  await tx.insert(deadLetters).values({ ...letter, id: mintId("DeadLetter"), body });
  return true;
}

/** What a letter holds where it is about an order that could not be read: no body ever came. */
export function letterOfOrder(nativeId: string): string {
  return JSON.stringify({ nativeId });
}

/** The order that a letter of `letterOfOrder` is about; null for every other. */
export function orderOfLetter(body: string): string | null {
  return LETTER_OF_ORDER.test(body) ? String(JSON.parse(body).nativeId) : null;
}
const LETTER_OF_ORDER = /^\{"nativeId":"(?:[^"\\]|\\.)*"\}$/;

/** Takes away a letter that was understood after all; false where somebody else was quicker. */
export async function dropDeadLetter(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  const gone = await tx
    .delete(deadLetters)
    .where(isLetter(tenantId, id))
    .returning({ id: deadLetters.id });
  return gone.length > 0;
}

/** Counts another try that failed, and why. */
export async function failDeadLetter(
  tx: Tx,
  tenantId: string,
  id: string,
  reason: string,
): Promise<void> {
  await tx
    .update(deadLetters)
    .set({ attempts: sql`${deadLetters.attempts} + 1`, reason })
    .where(isLetter(tenantId, id));
}

function isLetter(tenantId: string, id: string) {
  return and(eq(deadLetters.tenantId, tenantId), eq(deadLetters.id, id));
}

/** Takes away inbox rows and dead letters older than a moment, at most `limit` of each; for the system role. */
export async function forgetDeliveries(tx: Tx, before: Date, limit: number): Promise<number> {
  let gone = 0;
  for (const table of [deliveries, deadLetters]) {
    const some = tx
      .select({ id: table.id })
      .from(table)
      .where(lt(table.receivedAt, before))
      .limit(limit);
    const rows = await tx.delete(table).where(inArray(table.id, some)).returning({ id: table.id });
    gone += rows.length;
  }
  return gone;
}
