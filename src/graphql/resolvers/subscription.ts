import { Arg, Authorized, ID, Resolver, Root, Subscription } from "type-graphql";
import type { StreamItem } from "../../events/log.js";
import { requireChannels } from "../channels-known.js";
import type { Context } from "../context.js";
import { type EventWish, eventTest } from "../event-filter.js";
import { followChannels, followCommand, followOrder } from "../live.js";
import type { ChannelNode, CommandNode, OrderNode } from "../nodes.js";
import { follow, resumeFrom } from "../stream.js";
import { followTracking, type TrackingItem, type TrackingWish } from "../tracking-stream.js";
import { Channel } from "../types/channel.js";
import { Command } from "../types/command.js";
import { EventFilter, Resume, TrackingFilter } from "../types/event-filter.js";
import { Order } from "../types/order.js";
import { EventStreamItem, TrackingStreamItem } from "../types/stream.js";

interface Subscribed<A> {
  args: A;
  context: Context;
}
type ResumeArg = { resume?: Resume | null };

@Resolver()
export class Subscriptions {
  @Authorized("EVENTS_READ")
  @Subscription(() => EventStreamItem, {
    description: "The whole log, filtered; at least once, in recorded order, resumable.",
    subscribe: async ({ args, context }: Subscribed<ResumeArg & { filter?: EventWish | null }>) => {
      await requireChannels(context, args.filter?.channelIds);
      const test = eventTest(args.filter ?? {}, context.viewer);
      return follow(context, resumeFrom(args.resume), test);
    },
  })
  events(
    @Root() item: StreamItem,
    @Arg("filter", () => EventFilter, { nullable: true, description: "Which events." })
    _filter: EventFilter | null | undefined,
    @Arg("resume", () => Resume, { nullable: true, description: "Where to begin; now if absent." })
    _resume: Resume | null | undefined,
  ) {
    return item;
  }

  @Authorized("EVENTS_READ", "ORDERS_READ")
  @Subscription(() => TrackingStreamItem, {
    description: "Parcels on the move.",
    subscribe: async ({
      args,
      context,
    }: Subscribed<ResumeArg & { filter?: TrackingWish | null }>) => {
      await requireChannels(context, args.filter?.channelIds);
      return followTracking(context, resumeFrom(args.resume), args.filter ?? {});
    },
  })
  trackingUpdates(
    @Root() item: TrackingItem,
    @Arg("filter", () => TrackingFilter, { nullable: true, description: "Which parcels." })
    _filter: TrackingFilter | null | undefined,
    @Arg("resume", () => Resume, { nullable: true, description: "Where to begin; now if absent." })
    _resume: Resume | null | undefined,
  ) {
    return item;
  }

  @Authorized("ORDERS_READ")
  @Subscription(() => Order, {
    description:
      "Live state of one order: first the present state, then each later one; states in between may be merged.",
    subscribe: ({ args, context }: Subscribed<{ id: string }>) => followOrder(context, args.id),
  })
  orderUpdated(
    @Root() order: OrderNode,
    @Arg("id", () => ID, { description: "The order." }) _id: string,
  ) {
    return order;
  }

  @Authorized("ORDERS_READ")
  @Subscription(() => Command, {
    description: "Follows a write until it ends, then completes.",
    subscribe: ({ args, context }: Subscribed<{ id: string }>) => followCommand(context, args.id),
  })
  commandUpdated(
    @Root() command: CommandNode,
    @Arg("id", () => ID, { description: "The write." }) _id: string,
  ) {
    return command;
  }

  @Authorized()
  @Subscription(() => Channel, {
    description: "How shops are doing: first as they are now, then at each change.",
    subscribe: async ({ args, context }: Subscribed<{ ids?: string[] | null }>) => {
      await requireChannels(context, args.ids);
      return followChannels(context, args.ids ?? null);
    },
  })
  channelHealth(
    @Root() channel: ChannelNode,
    @Arg("ids", () => [ID], { nullable: true, description: "Only these; all where absent." })
    _ids: string[] | null | undefined,
  ) {
    return channel;
  }
}
