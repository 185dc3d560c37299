import DataLoader from "dataloader";
import type { CommandStatus } from "../domain/command.js";
import type { LoggedEvent } from "../domain/event.js";
import type { Viewer } from "../domain/scope.js";
import type { StatusRule } from "../domain/status-rule.js";
import type { Database, Tx } from "../store/db.js";
import { type ApiKey, apiKeysById } from "../store/read/api-key.js";
import {
  type ChannelRecord,
  channelsById,
  channelsOfLocations,
  deadLetterCounts,
  type LocationRecord,
  locationsOfChannels,
  unfinishedCommands,
} from "../store/read/channel.js";
import {
  type AttemptRecord,
  attemptsOfSteps,
  type CommandRecord,
  commandStatuses,
  commandsById,
  commandsOfOrders,
  type StepRecord,
  stepsOfCommands,
} from "../store/read/command.js";
import { type DeadLetterRecord, deadLettersById } from "../store/read/dead-letter.js";
import {
  type OrderRecord,
  ordersById,
  ordersOfParts,
  PART_TABLES,
  type PartType,
  reservationsOf,
  statusSightings,
} from "../store/read/order.js";
import { type SweepFigures, sweepFigures } from "../store/read/sweep.js";
import { type TimelineWish, timelines } from "../store/read/timeline.js";
import { countWords, rulesOfChannels } from "../store/status-rules.js";

/** What lies beside the documents, each read once an operation for however many orders ask; null where there is none. */
export interface Loaders {
  order: DataLoader<string, OrderRecord | null>;
  /** Id of the order that a part belongs to. */
  orderIdOf: Record<PartType, DataLoader<string, string | null>>;
  channel: DataLoader<string, ChannelRecord | null>;
  locations: DataLoader<string, LocationRecord[]>;
  channelOfLocation: DataLoader<string, string | null>;
  /** What was set of each shop's status words. */
  statusRules: DataLoader<string, StatusRule[]>;
  /** How many orders of each shop bear each of its status words. */
  statusWords: DataLoader<string, { field: string; value: string; count: number }[]>;
  unfinishedCommands: DataLoader<string, number>;
  deadLetterCount: DataLoader<string, number>;
  sweepFigures: DataLoader<string, SweepFigures | null>;
  deadLetter: DataLoader<string, DeadLetterRecord | null>;
  apiKey: DataLoader<string, ApiKey | null>;
  command: DataLoader<string, CommandRecord | null>;
  commandsOfOrder: DataLoader<string, CommandRecord[]>;
  commandStatuses: DataLoader<string, CommandStatus[]>;
  steps: DataLoader<string, StepRecord[]>;
  attempts: DataLoader<string, AttemptRecord[]>;
  reservations: DataLoader<string, { lineId: string; quantity: number }[]>;
  /** When each platform status of an order was first seen, by field. */
  sightings: DataLoader<string, { field: string; value: string; observedAt: Date }[]>;
  timeline: (orderId: string, wish: TimelineWish) => Promise<Timeline>;
}

export interface Timeline {
  events: LoggedEvent[];
  /** As far as the log could be read. */
  horizon: string;
}

/** Fresh loaders: each batch is one statement in a transaction of the viewer's tenant. */
export function createLoaders(database: Database, viewer: Viewer): Loaders {
  type Read<T> = (tx: Tx, access: Viewer, keys: readonly string[]) => Promise<T[]>;
  const read = <T>(rows: Read<T>, keys: readonly string[]) =>
    database.forTenant(viewer.tenantId, (tx) => rows(tx, viewer, keys));

  /** One row a key. */
  const one = <T, V>(rows: Read<T>, keyOf: (row: T) => string, value: (row: T) => V) =>
    new DataLoader<string, V | null>(async (keys) => {
      const found = await read(rows, keys);
      const byKey = new Map(found.map((row) => [keyOf(row), value(row)]));
      return keys.map((key) => byKey.get(key) ?? null);
    });

  /** Any number of rows a key, in the order they were read. */
  const many = <T, V>(rows: Read<T>, keyOf: (row: T) => string, value: (row: T) => V) =>
    new DataLoader<string, V[]>(async (keys) => {
      const byKey = group(await read(rows, keys), keyOf);
      return keys.map((key) => (byKey.get(key) ?? []).map(value));
    });

  const counts = (rows: Read<{ channelId: string; count: number }>) =>
    new DataLoader<string, number>(async (keys) => {
      const found = await read(rows, keys);
      const byKey = new Map(found.map((row) => [row.channelId, row.count]));
      return keys.map((key) => byKey.get(key) ?? 0);
    });

  const partTypes = Object.keys(PART_TABLES) as PartType[];
  const orderIdOf = (type: PartType) =>
    one(
      (tx, access, ids) => ordersOfParts(tx, access, type, ids),
      (row) => row.id,
      (row) => row.orderId,
    );

  return {
    order: one(ordersById, idOf, itself),
    orderIdOf: Object.fromEntries(
      partTypes.map((type) => [type, orderIdOf(type)]),
    ) as Loaders["orderIdOf"],
    channel: one(channelsById, idOf, itself),
    locations: many(locationsOfChannels, channelOf, itself),
    channelOfLocation: one(channelsOfLocations, idOf, channelOf),
    statusRules: many(
      (tx, { tenantId }, ids) => rulesOfChannels(tx, tenantId, ids),
      channelOf,
      ({ channelId: _, ...rule }): StatusRule => rule,
    ),
    statusWords: many((tx, { tenantId }, ids) => countWords(tx, tenantId, ids), channelOf, itself),
    unfinishedCommands: counts(unfinishedCommands),
    deadLetterCount: counts(deadLetterCounts),
    sweepFigures: one(sweepFigures, channelOf, itself),
    deadLetter: one(deadLettersById, idOf, itself),
    apiKey: one(apiKeysById, idOf, itself),
    command: one(commandsById, idOf, itself),
    commandsOfOrder: many(commandsOfOrders, orderOf, itself),
    commandStatuses: many(commandStatuses, orderOf, (row) => row.status),
    steps: many(stepsOfCommands, (row) => row.commandId, itself),
    attempts: many(attemptsOfSteps, (row) => row.stepId, itself),
    reservations: many(reservationsOf, orderOf, ({ lineId, quantity }) => ({
      lineId,
      quantity: Number(quantity),
    })),
    sightings: many(statusSightings, orderOf, itself),
    timeline: timelineLoader(database, viewer),
  };
}

/** Orders that are asked the same question are answered together; one operation asks few different ones. */
function timelineLoader(database: Database, viewer: Viewer): Loaders["timeline"] {
  const loaders = new Map<string, DataLoader<string, Timeline>>();
  const loaderOf = (wish: TimelineWish) =>
    new DataLoader<string, Timeline>(async (orderIds) => {
      const { events, horizon } = await database.forTenant(viewer.tenantId, (tx) =>
        timelines(tx, viewer, orderIds, wish),
      );
      const byOrder = group(events, (event) => event.orderId ?? "");
      return orderIds.map((id) => ({ events: byOrder.get(id) ?? [], horizon }));
    });
  return (orderId, wish) => {
    const question = JSON.stringify(wish, (_, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    const loader = loaders.get(question) ?? loaderOf(wish);
    loaders.set(question, loader);
    return loader.load(orderId);
  };
}

const idOf = (row: { id: string }) => row.id;
const orderOf = (row: { orderId: string }) => row.orderId;
const channelOf = (row: { channelId: string }) => row.channelId;
const itself = <T>(row: T) => row;

function group<T>(rows: T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
