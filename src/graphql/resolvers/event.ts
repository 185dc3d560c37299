import { GraphQLError } from "graphql";
import { Arg, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { InvalidInput } from "../../domain/errors.js";
import type { EventType as EventTypeWord, LoggedEvent } from "../../domain/event.js";
import type { From } from "../../events/log.js";
import { decodeCursor } from "../../store/events.js";
import { requireChannels } from "../channels-known.js";
import { pageSize } from "../connection.js";
import type { Context } from "../context.js";
import { type EventTest, eventTest } from "../event-filter.js";
import { findVisibleNode } from "../node.js";
import type { OrderNode } from "../nodes.js";
import { AFTER, pageSizeOf } from "../page-args.js";
import { Cursor, DateTime } from "../scalars.js";
import { Channel } from "../types/channel.js";
import { Command } from "../types/command.js";
import { Event, EventConnection, EventType } from "../types/event.js";
import { EventFilter } from "../types/event-filter.js";
import { Node } from "../types/node.js";
import { Order } from "../types/order.js";

/** Rows in one read of the log, and how many reads one request may make before it answers with what it has. */
const BATCH = 500;
const MOST_READS = 20;

@Resolver()
export class EventQueries {
  @Authorized("EVENTS_READ")
  @Query(() => EventConnection, {
    description:
      "The pull side of the stream: the same events and cursors as Subscription.events, the oldest first. Without after and since: from the oldest that the log keeps.",
  })
  async events(
    @Ctx() context: Context,
    @Arg("first", () => Int, pageSizeOf(100))
    first: number | null,
    @Arg("after", () => Cursor, { nullable: true, description: "Go on right after this." })
    after: string | null | undefined,
    @Arg("since", () => DateTime, { nullable: true, description: "Begin at a point in time." })
    since: Date | null | undefined,
    @Arg("filter", () => EventFilter, { nullable: true, description: "Which events." })
    filter: EventFilter | null | undefined,
  ) {
    if (after != null && since != null)
      throw new InvalidInput("Give one of `after` and `since`, not both", ["since"]);
    await requireChannels(context, filter?.channelIds);
    const limit = pageSize(first ?? 100, "first");
    const test = eventTest(filter ?? {}, context.viewer);
    return readLog(context, { after: after ?? null, since: since ?? null }, test, limit);
  }
}

/** Reads on until the page is full, the log ends, or the filter has skipped as much as one request may. */
async function readLog(context: Context, from: From, test: EventTest, limit: number) {
  const { log, viewer } = context;
  const found: LoggedEvent[] = [];
  let place = from;
  let cursor = from.after ?? null;
  let more = true;
  for (let reads = 0; more && found.length < limit && reads < MOST_READS; reads++) {
    const page = await log.read(viewer.tenantId, place, BATCH);
    if (page.reset) throw expired(page.reset);
    const taken = await takeMatching(context, page.events, test, limit - found.length);
    found.push(...taken.events);
    more = taken.stoppedEarly || !page.caughtUp;
    cursor = taken.stoppedEarly ? (taken.events.at(-1)?.cursor ?? null) : page.cursor;
    place = { after: cursor };
  }
  const edges = found.map((node) => ({ node, cursor: node.cursor }));
  return {
    edges,
    nodes: found,
    cursor: cursor ?? (await log.position(viewer.tenantId)),
    pageInfo: {
      hasNextPage: more,
      hasPreviousPage: from.after != null || from.since != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

async function takeMatching(
  context: Context,
  events: readonly LoggedEvent[],
  test: EventTest,
  wanted: number,
) {
  const candidates = events.filter(test.quick);
  // Asked all at once, so that what must be looked up is looked up in one statement.
  const passed = await Promise.all(candidates.map((event) => test.slow(event, context)));
  const matching = candidates.filter((_, index) => passed[index]);
  return { events: matching.slice(0, wanted), stoppedEarly: matching.length >= wanted };
}

function expired(reset: { reason: string; oldestCursor: string; resumeAt: string }): GraphQLError {
  const { oldestCursor, resumeAt, reason } = reset;
  return new GraphQLError(
    "The log does not go back to this cursor: fetch a snapshot, then go on from resumeAt",
    { extensions: { code: "CURSOR_EXPIRED", reason, oldestCursor, resumeAt } },
  );
}

@Resolver(() => Event)
export class EventFields {
  @FieldResolver(() => Channel, { nullable: true, description: "The shop it is from." })
  channel(@Root() event: LoggedEvent, @Ctx() { loaders }: Context) {
    return event.channelId === null ? null : loaders.channel.load(event.channelId);
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description: "What it is about; null once that is gone, or where the key may not see it.",
  })
  subject(@Root() event: LoggedEvent, @Ctx() context: Context) {
    return findVisibleNode(context, event.subjectId);
  }

  @Authorized("ORDERS_READ")
  @FieldResolver(() => Order, {
    nullable: true,
    description: "The order as it is now, not as it was.",
  })
  order(@Root() event: LoggedEvent, @Ctx() { loaders }: Context) {
    return event.orderId === null ? null : loaders.order.load(event.orderId);
  }

  @Authorized("ORDERS_READ")
  @FieldResolver(() => Command, { nullable: true, description: "The write that caused it." })
  causedBy(@Root() event: LoggedEvent, @Ctx() { loaders }: Context) {
    return event.causedBy === null ? null : loaders.command.load(event.causedBy);
  }
}

@Resolver(() => Order)
export class OrderTimeline {
  @FieldResolver(() => EventConnection, {
    description: "What happened to it, the oldest first.",
  })
  async timeline(
    @Root() order: OrderNode,
    @Ctx() { loaders }: Context,
    @Arg("first", () => Int, pageSizeOf(20))
    first: number | null,
    @Arg("after", () => String, AFTER)
    after: string | null | undefined,
    @Arg("types", () => [EventType], { nullable: true, description: "Only these." })
    types: EventTypeWord[] | null | undefined,
  ) {
    const limit = pageSize(first ?? 20, "first");
    const place = after == null ? null : decodeCursor(after);
    if (after != null && place === null)
      throw new InvalidInput(`"${after.slice(0, 40)}" is no cursor of the log`, ["after"]);
    const wish = { types: types ?? null, after: place, limit: limit + 1 };
    const { events, horizon } = await loaders.timeline(order.id, wish);
    const edges = events.slice(0, limit).map((node) => ({ node, cursor: node.cursor }));
    const more = events.length > limit;
    const endCursor = edges.at(-1)?.cursor ?? null;
    return {
      edges,
      nodes: edges.map(({ node }) => node),
      cursor: more ? (endCursor ?? horizon) : horizon,
      pageInfo: {
        hasNextPage: more,
        hasPreviousPage: after != null,
        startCursor: edges[0]?.cursor ?? null,
        endCursor,
      },
    };
  }
}
