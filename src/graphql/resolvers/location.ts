import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import type { LocationNode } from "../nodes.js";
import { Location } from "../types/channel.js";
import { ExternalRef } from "../types/platform.js";

@Resolver(() => Location)
export class LocationFields {
  @FieldResolver(() => ExternalRef, { nullable: true, description: "What the shop calls it." })
  async externalRef(
    @Root() { channelId, nativeId }: LocationNode,
    @Ctx() { loaders }: Context,
  ): Promise<ExternalRef | null> {
    const channel = await loaders.channel.load(channelId);
    return channel && { platform: channel.platform, channelId, id: nativeId };
  }
}

/** A location by the platform's id; null where none is named or it is not known. */
export async function findLocation(
  { loaders }: Context,
  channelId: string,
  nativeId: string | null,
): Promise<LocationNode | null> {
  if (nativeId === null) return null;
  const locations = await loaders.locations.load(channelId);
  return locations.find((location) => location.nativeId === nativeId) ?? null;
}
