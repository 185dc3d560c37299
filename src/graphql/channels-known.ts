import { NotFound } from "../domain/errors.js";
import type { Context } from "./context.js";

/**
 * Refuses ids that name no shop which this key reaches: a filter by them would find nothing for ever, and a stream stay
 * silent, without a word.
 */
export async function requireChannels(
  { loaders }: Context,
  ids: readonly string[] | null | undefined,
): Promise<void> {
  const found = await loaders.channel.loadMany([...(ids ?? [])]);
  for (const [index, channel] of found.entries()) {
    if (channel instanceof Error) throw channel;
    if (channel === null) throw new NotFound("channel", ids?.[index] ?? "");
  }
}
