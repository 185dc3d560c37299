import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type {
  Capability as CapabilityFact,
  ChannelOperation as Operation,
} from "../../domain/channel.js";
import { connectedChannelIds } from "../../store/read/channel.js";
import type { Context } from "../context.js";
import type { ChannelNode } from "../nodes.js";
import { DateTime, Url } from "../scalars.js";
import { Capability, ChannelOperation } from "../types/capability.js";
import {
  BackfillProgress,
  Channel,
  ChannelProblem,
  ChannelSync,
  Location,
  WebhookRegistration,
} from "../types/channel.js";
import { PlatformInfo } from "../types/platform.js";

@Resolver()
export class ChannelQueries {
  @Authorized()
  @Query(() => [PlatformInfo], { description: "What this build can connect to." })
  platforms(@Ctx() { connectors }: Context) {
    return connectors;
  }

  @Authorized()
  @Query(() => [Channel], { description: "The connected shops that this key reaches." })
  async channels(@Ctx() { database, viewer, loaders }: Context) {
    const ids = await database.forTenant(viewer.tenantId, (tx) => connectedChannelIds(tx, viewer));
    const found = await loaders.channel.loadMany(ids);
    return found.filter((channel) => channel !== null);
  }

  @Authorized()
  @Query(() => Channel, {
    nullable: true,
    description: "One shop by its id, disconnected ones too.",
  })
  channel(
    @Arg("id", () => ID, { description: "Its id." }) id: string,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.channel.load(id);
  }
}

@Resolver(() => Channel)
export class ChannelFields {
  @FieldResolver(() => [Capability], { description: "What the shop can do, and how well." })
  capabilities(
    @Root() channel: ChannelNode,
    @Arg("operations", () => [ChannelOperation], { nullable: true, description: "Only these." })
    operations: Operation[] | null | undefined,
  ) {
    if (!operations) return channel.capabilities;
    return operations.map((operation) => capabilityOf(channel, operation));
  }

  @FieldResolver(() => Capability, { description: "Whether and how the shop can do one thing." })
  can(
    @Root() channel: ChannelNode,
    @Arg("operation", () => ChannelOperation, { description: "The thing." }) operation: Operation,
  ) {
    return capabilityOf(channel, operation);
  }

  @FieldResolver(() => ChannelSync, { description: "How far the gateway is in step with it." })
  sync(@Root() channel: ChannelNode) {
    return channel;
  }

  @FieldResolver(() => [Location], { description: "The places it ships from, by name." })
  locations(@Root() channel: ChannelNode, @Ctx() { loaders }: Context) {
    return loaders.locations.load(channel.id);
  }
}

@Resolver(() => ChannelSync)
export class ChannelSyncFields {
  @FieldResolver(() => BackfillProgress, {
    nullable: true,
    description: "How far the first import has come.",
  })
  backfill(@Root() channel: ChannelNode): BackfillProgress {
    return {
      status: channel.backfillStatus,
      imported: channel.backfillImported,
      estimatedTotal: channel.backfillEstimatedTotal,
    };
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description:
      "When a sweep last ended that had compared all orders of its window (the last 30 days, or as channelReconcile asked) with the shop.",
  })
  async lastReconcileAt(@Root() channel: ChannelNode, @Ctx() { loaders }: Context) {
    return (await loaders.sweepFigures.load(channel.id))?.lastReconcileAt ?? null;
  }

  @FieldResolver(() => Int, {
    description:
      "Orders that sweeps found to differ from the shop though no webhook and no poll had told: new, changed or deleted ones, and those that could not be read. Of sweeps that ended in the last 24 hours or are under way.",
  })
  async webhooksMissed24h(@Root() channel: ChannelNode, @Ctx() { loaders }: Context) {
    return (await loaders.sweepFigures.load(channel.id))?.missed ?? 0;
  }

  @FieldResolver(() => Int, {
    description: "How many of these the sweeps put right; each is told as SYNC_REPAIRED.",
  })
  async repairedByReconcile24h(@Root() channel: ChannelNode, @Ctx() { loaders }: Context) {
    return (await loaders.sweepFigures.load(channel.id))?.repaired ?? 0;
  }

  @FieldResolver(() => Int, {
    description: "Writes to it that have not ended; while it is paused they wait.",
  })
  pendingCommands(@Root() channel: ChannelNode, @Ctx() { loaders }: Context) {
    return loaders.unfinishedCommands.load(channel.id);
  }

  @FieldResolver(() => Int, { description: "How much came from it that we could not understand." })
  deadLetters(@Root() channel: ChannelNode, @Ctx() { loaders }: Context) {
    return loaders.deadLetterCount.load(channel.id);
  }

  @FieldResolver(() => ChannelProblem, {
    nullable: true,
    description: "What is wrong now and what to do about it.",
  })
  problem(@Root() channel: ChannelNode) {
    return channel.problem;
  }

  @FieldResolver(() => Url, { description: "Where the shop delivers its webhooks." })
  webhookUrl(@Root() channel: ChannelNode, @Ctx() { webhookUrl }: Context) {
    return webhookUrl(channel.id);
  }

  @FieldResolver(() => [WebhookRegistration], {
    description: "Its webhook subscriptions, as last seen.",
  })
  webhooks(@Root() channel: ChannelNode) {
    return channel.webhooks;
  }
}

/** What the shop says it can do; what it does not speak of it cannot. */
function capabilityOf(channel: ChannelNode, operation: Operation): CapabilityFact {
  const known = channel.capabilities.find((capability) => capability.operation === operation);
  return (
    known ?? {
      operation,
      support: "NONE",
      constraints: [],
      note: null,
      requiredScopes: [],
      granted: false,
      idempotent: "UNSAFE",
    }
  );
}
