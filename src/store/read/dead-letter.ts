import { and, desc, lt } from "drizzle-orm";
import type { Tx } from "../db.js";
import { deadLetters } from "../tables.js";
import { type Access, isAnyOf, visible } from "./access.js";

export type DeadLetterRecord = typeof deadLetters.$inferSelect;

export function deadLettersById(
  tx: Tx,
  access: Access,
  ids: readonly string[],
): Promise<DeadLetterRecord[]> {
  return tx
    .select()
    .from(deadLetters)
    .where(and(visible(deadLetters, access), isAnyOf(deadLetters.id, ids)));
}

/** The newest first: ids are in order of arrival. `before` is the id after which to go on. */
export function deadLetterPage(
  tx: Tx,
  access: Access,
  page: { channelIds: readonly string[] | null; before: string | null; limit: number },
): Promise<DeadLetterRecord[]> {
  const { channelIds, before, limit } = page;
  return tx
    .select()
    .from(deadLetters)
    .where(
      and(
        visible(deadLetters, access),
        channelIds ? isAnyOf(deadLetters.channelId, channelIds) : undefined,
        before === null ? undefined : lt(deadLetters.id, before),
      ),
    )
    .orderBy(desc(deadLetters.id))
    .limit(limit);
}
