import type { EventSource, EventType, LoggedEvent } from "../domain/event.js";
import type { Viewer } from "../domain/scope.js";
import { reaches } from "./auth.js";
import type { Context } from "./context.js";

/** Which events, as callers ask for them. */
export interface EventWish {
  types?: EventType[] | null;
  channelIds?: string[] | null;
  platforms?: string[] | null;
  orderIds?: string[] | null;
  orderNumbers?: string[] | null;
  tags?: string[] | null;
  sources?: EventSource[] | null;
  notCausedByMe?: boolean | null;
}

/** Decides event by event: first by what the event says itself, then, for what is left, by what must be looked up. */
export interface EventTest {
  quick: (event: LoggedEvent) => boolean;
  slow: (event: LoggedEvent, context: Context) => Promise<boolean>;
}

/** What a filter means for this viewer. Events of shops that its key does not reach never pass. */
export function eventTest(wish: EventWish, viewer: Viewer): EventTest {
  const types = setOf(wish.types);
  const channels = setOf(wish.channelIds);
  const orders = setOf(wish.orderIds);
  const sources = setOf(wish.sources);
  const showsImports = sources?.has("BACKFILL") ?? false;
  return {
    quick: (event) =>
      reaches(viewer, event.channelId) &&
      (event.type !== "ORDER_IMPORTED" || showsImports) &&
      passes(types, event.type) &&
      passes(channels, event.channelId) &&
      passes(orders, event.orderId) &&
      passes(sources, event.source),
    slow: async (event, context) =>
      (await isOfPlatform(event, wish, context)) &&
      (await isOfOrder(event, wish, context)) &&
      !(wish.notCausedByMe && (await isCausedBy(viewer, event, context))),
  };
}

async function isOfPlatform(event: LoggedEvent, { platforms }: EventWish, { loaders }: Context) {
  if (!platforms) return true;
  const channel = event.channelId === null ? null : await loaders.channel.load(event.channelId);
  return channel !== null && platforms.includes(channel.platform);
}

async function isOfOrder(event: LoggedEvent, { orderNumbers, tags }: EventWish, context: Context) {
  if (!orderNumbers && !tags) return true;
  const order = event.orderId === null ? null : await context.loaders.order.load(event.orderId);
  if (order === null) return false;
  return (
    (!orderNumbers || orderNumbers.includes(order.number)) &&
    (!tags || tags.some((tag) => order.tags.includes(tag)))
  );
}

async function isCausedBy(viewer: Viewer, event: LoggedEvent, { loaders }: Context) {
  const command = event.causedBy === null ? null : await loaders.command.load(event.causedBy);
  return command?.client === viewer.client;
}

function setOf<T>(values: readonly T[] | null | undefined): ReadonlySet<T> | null {
  return values ? new Set(values) : null;
}

function passes<T>(allowed: ReadonlySet<T> | null, value: T | null): boolean {
  return allowed === null || (value !== null && allowed.has(value));
}
