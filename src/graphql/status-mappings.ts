import { idFromWords } from "../domain/id.js";
import type { StatusMeaning } from "../domain/status.js";
import type { StatusRule } from "../domain/status-rule.js";
import type { Context } from "./context.js";
import type { ChannelNode } from "./nodes.js";
import type { StatusMapping } from "./types/status.js";

export interface StatusMappingNode extends StatusMapping {
  channelId: string;
}

/** What a shop's words mean: what somebody set, and what comes with the gateway of the words that nobody spoke of. */
export async function mappingsOf(
  { connectors, loaders }: Context,
  { id: channelId, platform }: Pick<ChannelNode, "id" | "platform">,
): Promise<StatusMappingNode[]> {
  const rules = await loaders.statusRules.load(channelId);
  const meanings = connectors.find((each) => each.platform === platform)?.meanings ?? [];
  const said = new Set(rules.map(wordOf));
  return [
    ...rules.map((rule) => nodeOf(channelId, rule, rule.id)),
    ...meanings
      .filter((meaning) => !said.has(wordOf(meaning)))
      .map((meaning) => nodeOf(channelId, meaning, null)),
  ];
}

/** Those of shops that this key reaches; such as come with the gateway are looked for among them all. */
export async function findMapping(
  context: Context,
  id: string,
  channels: readonly ChannelNode[],
): Promise<StatusMappingNode | null> {
  const all = await Promise.all(channels.map((channel) => mappingsOf(context, channel)));
  return all.flat().find((mapping) => mapping.id === id) ?? null;
}

function wordOf({ field, value, dimension }: StatusMeaning): string {
  return JSON.stringify([field, value, dimension]);
}

function nodeOf(
  channelId: string,
  { field, value, dimension, unified }: StatusMeaning | StatusRule,
  ruleId: string | null,
): StatusMappingNode {
  return {
    id: ruleId ?? idFromWords("StatusMapping", [channelId, field, value, dimension]),
    channelId,
    platformField: field,
    platformValue: value,
    dimension,
    unified,
    builtIn: ruleId === null,
  };
}
