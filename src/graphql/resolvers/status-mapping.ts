import {
  Arg,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Resolver,
  Root,
} from "type-graphql";
import type * as status from "../../domain/status.js";
import type { Context } from "../context.js";
import type { ChannelNode } from "../nodes.js";
import { mappingsOf, type StatusMappingNode } from "../status-mappings.js";
import { Channel } from "../types/channel.js";
import { ChannelPayload } from "../types/payload.js";
import { StatusDimension, StatusMapping } from "../types/status.js";
import { answerChannel } from "./channel-mutations.js";

@Resolver(() => Channel)
export class ChannelStatusFields {
  @FieldResolver(() => [StatusMapping], {
    description:
      "What the shop's own status words mean: first what was set with statusMappingSet, then what comes with the gateway.",
  })
  statusMappings(@Root() channel: ChannelNode, @Ctx() context: Context) {
    return mappingsOf(context, channel);
  }
}

@Resolver(() => StatusMapping)
export class StatusMappingFields {
  @FieldResolver(() => Int, { description: "How many of the shop's orders bear the value now." })
  async ordersAffected(@Root() mapping: StatusMappingNode, @Ctx() { loaders }: Context) {
    const words = await loaders.statusWords.load(mapping.channelId);
    const found = words.find(
      ({ field, value }) => field === mapping.platformField && value === mapping.platformValue,
    );
    return found?.count ?? 0;
  }
}

@Resolver()
export class StatusMappingMutations {
  @Authorized("CHANNELS_ADMIN")
  @Mutation(() => ChannelPayload, {
    description:
      "Says what a value of a shop's status field means in one dimension, in the place of what it meant before. New orders are read so at once; those that bear the value already are derived anew within moments, from what is kept of them, and tell of the change in their events. Amounts, quantities and shipments still say more than any word.",
  })
  async statusMappingSet(
    @Ctx() context: Context,
    @Arg("channelId", () => ID, { description: "The shop." }) channelId: string,
    @Arg("platformField", () => String, { description: "As in PlatformStatus.field." })
    field: string,
    @Arg("platformValue", () => String, { description: "The raw value, of a plugin's too." })
    value: string,
    @Arg("dimension", () => StatusDimension, { description: "Of which status it speaks." })
    dimension: status.StatusDimension,
    @Arg("unified", () => String, { description: "A word of that dimension's enum." })
    unified: string,
  ) {
    const wish = { field, value, dimension, unified };
    const result = await context.channels.setStatusMapping(context.viewer, channelId, wish);
    return answerChannel(context, result);
  }
}
