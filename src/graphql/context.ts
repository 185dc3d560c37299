import type { ApiKeys, Channels, Commands, DeadLetters, Refunds } from "../commands/face.js";
import type { Connector } from "../domain/channel.js";
import type { Viewer } from "../domain/scope.js";
import type { Bus } from "../events/bus.js";
import type { Log } from "../events/log.js";
import type { Database } from "../store/db.js";
import type { Keys } from "../store/keys.js";
import { createLoaders, type Loaders } from "./loaders.js";

/** What the resolvers need of the rest of the program; wired once. */
export interface Services {
  database: Database;
  log: Log;
  bus: Bus;
  keys: Pick<Keys, "check" | "list">;
  apiKeys: ApiKeys;
  commands: Commands;
  refunds: Refunds;
  channels: Channels;
  deadLetters: DeadLetters;
  /** What this build can connect to. */
  connectors: readonly Pick<
    Connector,
    "platform" | "name" | "settings" | "capabilities" | "meanings"
  >[];
  /** Where a channel's shop delivers its webhooks. */
  webhookUrl: (channelId: string) => string;
  /** Absent: the machine's clock. */
  now?: () => Date;
}

/** One operation: who asks, and what answers. */
export interface Context extends Omit<Services, "now"> {
  viewer: Viewer;
  requestId: string;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
  now: () => Date;
  /** What was read for this operation; a subscription begins anew with each of its items, see `forget`. */
  loaders: Loaders;
}

export interface OperationRequest {
  viewer: Viewer;
  requestId: string;
  signal: AbortSignal;
}

/** Gives each operation its context. */
export function contextMaker(services: Services): (request: OperationRequest) => Context {
  const { now = () => new Date(), ...rest } = services;
  return (request) => ({
    ...rest,
    ...request,
    now,
    loaders: createLoaders(services.database, request.viewer),
  });
}

/** Drops what was read, so that the next item of a stream shows the present. */
export function forget(context: Context): void {
  context.loaders = createLoaders(context.database, context.viewer);
}
