import { InvalidInput } from "../domain/errors.js";
import type { Viewer } from "../domain/scope.js";
import { meaningOf } from "../domain/status-rule.js";
import type { Bus } from "../events/bus.js";
import type { Database } from "../store/db.js";
import { saveRule } from "../store/status-rules.js";
import type { ChannelResult, StatusMappingWish } from "./face.js";
import { asUserError } from "./refusal.js";
import { disconnectedChannel, findVisible, unknownChannel } from "./shop.js";

/** Longer than any platform's word for a status. */
const MAX_WORD = 200;

/**
 * Says what a word of a shop's means from now on, in the place of what was said before. Orders that come are read by it
 * at once; those that bear the word already are derived anew by whoever is in charge of the shop.
 */
export async function setStatusMapping(
  { db, bus }: { db: Database; bus: Bus },
  viewer: Viewer,
  channelId: string,
  wish: StatusMappingWish,
): Promise<ChannelResult> {
  const channel = await findVisible(db, viewer, channelId);
  if (!channel) return unknownChannel(channelId);
  if (channel.disconnectedAt) return disconnectedChannel(channelId);
  try {
    const { dimension, unified } = wish;
    const field = wordOf(wish.field, "platformField");
    const value = wordOf(wish.value, "platformValue");
    const meaning = meaningOf(field, value, dimension, unified);
    await db.forTenant(viewer.tenantId, (tx) => saveRule(tx, viewer.tenantId, channelId, meaning));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { channelId, errors: [asUserError(error, channelId)] };
  }
  bus.notify("channels");
  return { channelId, errors: [] };
}

function wordOf(given: string, argument: string): string {
  const word = given.trim();
  if (word !== "" && word.length <= MAX_WORD) return word;
  throw new InvalidInput(
    `${argument} has 1 to ${MAX_WORD} characters; platformStatuses of an order shows the shop's words`,
    [argument],
  );
}
