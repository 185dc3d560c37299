import { ENDED } from "../domain/command.js";
import { NotFound } from "../domain/errors.js";
import { connectedChannelIds } from "../store/read/channel.js";
import { reaches } from "./auth.js";
import { type Context, forget } from "./context.js";
import type { ChannelNode, CommandNode, OrderNode } from "./nodes.js";
import { endedBy, eventsAbout, follow } from "./stream.js";

/**
 * Live states: the present one first, then one whenever the log says that there may be a newer. The place in the log is
 * taken before the present is read, so that nothing falls between the two.
 */
export function followOrder(context: Context, id: string): AsyncIterable<OrderNode> {
  return whileListening(context, (end) => orderStates(end, id));
}

/** Ends by itself with the command. */
export function followCommand(context: Context, id: string): AsyncIterable<CommandNode> {
  return whileListening(context, (end) => commandStates(end, id));
}

export function followChannels(
  context: Context,
  ids: readonly string[] | null,
): AsyncIterable<ChannelNode> {
  return whileListening(context, (end) => channelStates(end, ids));
}

async function* orderStates(context: Context, id: string): AsyncGenerator<OrderNode> {
  const after = await context.log.position(context.viewer.tenantId);
  const present = await context.loaders.order.load(id);
  if (present === null) throw new NotFound("Order", id);
  yield present;
  let shown = present.version;
  const about = eventsAbout((event) => event.orderId === id);
  for await (const item of follow(context, { after }, about)) {
    if (item.kind === "checkpoint") continue;
    // Events of a version that was shown already tell nothing new; those without one are about what lies beside it.
    const version = item.kind === "event" ? item.event.orderVersion : null;
    const isRepeat = item.kind === "event" && item.event.type !== "COMMAND_UPDATED";
    if (isRepeat && version !== null && version <= shown) continue;
    const order = await context.loaders.order.load(id);
    if (order === null) return;
    shown = order.version;
    yield order;
  }
}

async function* commandStates(context: Context, id: string): AsyncGenerator<CommandNode> {
  const after = await context.log.position(context.viewer.tenantId);
  let command = await context.loaders.command.load(id);
  if (command === null) throw new NotFound("Command", id);
  yield command;
  if (ENDED.has(command.status)) return;
  const about = eventsAbout((event) => event.type === "COMMAND_UPDATED" && event.subjectId === id);
  for await (const item of follow(context, { after }, about)) {
    if (item.kind === "checkpoint") continue;
    command = await context.loaders.command.load(id);
    if (command === null) return;
    yield command;
    if (ENDED.has(command.status)) return;
  }
}

async function* channelStates(
  context: Context,
  ids: readonly string[] | null,
): AsyncGenerator<ChannelNode> {
  const { log, database, viewer } = context;
  const after = await log.position(viewer.tenantId);
  const now =
    ids ?? (await database.forTenant(viewer.tenantId, (tx) => connectedChannelIds(tx, viewer)));
  yield* await channelsOf(context, now);
  const about = eventsAbout(
    ({ type, channelId }) =>
      type === "CHANNEL_HEALTH_CHANGED" &&
      channelId !== null &&
      reaches(viewer, channelId) &&
      (ids === null || ids.includes(channelId)),
  );
  for await (const item of follow(context, { after }, about))
    if (item.kind === "event" && item.event.channelId !== null)
      yield* await channelsOf(context, [item.event.channelId]);
}

async function channelsOf(context: Context, ids: readonly string[]): Promise<ChannelNode[]> {
  const found = await Promise.all(ids.map((id) => context.loaders.channel.load(id)));
  return found.filter((channel) => channel !== null);
}

/** Gives a generator a context whose signal also ends when its reader goes. */
function whileListening<T>(
  context: Context,
  states: (context: Context) => AsyncGenerator<T>,
): AsyncIterable<T> {
  const end = new AbortController();
  const signal = AbortSignal.any([context.signal, end.signal]);
  forget(context);
  // The resolvers read through the operation's own context, so that one is passed on and not a copy.
  context.signal = signal;
  return endedBy(end, states(context));
}
