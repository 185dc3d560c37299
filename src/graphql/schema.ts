import "reflect-metadata";
import {
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isAbstractType,
  isIntrospectionType,
  isObjectType,
  printSchema,
} from "graphql";
import { buildSchemaSync, type NonEmptyArray } from "type-graphql";
import { type NodeType, nodeTypeOf } from "../domain/id.js";
import { authChecker } from "./auth.js";
import { unplaced } from "./errors.js";
import { ApiKeyFields, ApiKeyMutations, ApiKeyQueries } from "./resolvers/api-key.js";
import { ChannelFields, ChannelQueries, ChannelSyncFields } from "./resolvers/channel.js";
import { ChannelMutations } from "./resolvers/channel-mutations.js";
import { CommandFields, CommandQueries, CommandStepFields } from "./resolvers/command.js";
import { CommandMutations } from "./resolvers/command-mutations.js";
import {
  DeadLetterFields,
  DeadLetterMutations,
  DeadLetterQueries,
} from "./resolvers/dead-letter.js";
import { EventFields, EventQueries, OrderTimeline } from "./resolvers/event.js";
import {
  FulfillmentFields,
  FulfillmentLineFields,
  PackageFields,
} from "./resolvers/fulfillment.js";
import {
  FulfillmentOrderFields,
  FulfillmentOrderLineFields,
  HoldFields,
} from "./resolvers/fulfillment-order.js";
import { LocationFields } from "./resolvers/location.js";
import { FulfillmentMutations, OrderMutations } from "./resolvers/mutation.js";
import { NodeQueries } from "./resolvers/node.js";
import { OrderConnectionFields, OrderQueries } from "./resolvers/order.js";
import { OrderFields } from "./resolvers/order-fields.js";
import { OrderLineFields } from "./resolvers/order-line.js";
import { OrderParts } from "./resolvers/order-parts.js";
import { RefundFields, RefundLineFields, TransactionFields } from "./resolvers/refund.js";
import { RefundMutations, RefundQueries } from "./resolvers/refund-mutations.js";
import {
  ExchangeLineFields,
  ReturnFields,
  ReturnLineFields,
  ReturnQueries,
  ReturnShipmentFields,
} from "./resolvers/return.js";
import { ReturnMutations } from "./resolvers/return-mutations.js";
import {
  ChannelStatusFields,
  StatusMappingFields,
  StatusMappingMutations,
} from "./resolvers/status-mapping.js";
import { TrackingUpdateFields } from "./resolvers/stream.js";
import { Subscriptions } from "./resolvers/subscription.js";
import { TrackingFields } from "./resolvers/tracking.js";
import { WorkMutations } from "./resolvers/work-mutations.js";
import { DateTime } from "./scalars.js";
import { namePlatforms } from "./types/platform.js";
import {
  BasicUserError,
  CapabilityError,
  ChannelError,
  IdempotencyError,
  QuantityError,
  StaleVersionError,
} from "./types/user-error.js";

/**
 * The public schema, with exactly these platforms (their names in capitals, from the connector registry) as the values
 * of its Platform enum. One process has one: decorators are global.
 */
export function createSchema(platforms: readonly string[]): GraphQLSchema {
  namePlatforms(platforms);
  const schema = buildSchemaSync({
    resolvers: RESOLVERS,
    orphanedTypes: USER_ERRORS,
    authChecker,
    authMode: "error",
    scalarsMap: [{ type: Date, scalar: DateTime }],
    pubSub: NO_PUB_SUB,
    // Scalars and the domain check what comes in.
    validate: false,
  });
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = TYPE_OF[type.name] ?? refuseType(type.name);
    // Introspection's own types are shared by every schema of the process.
    if (isObjectType(type) && !isIntrospectionType(type))
      for (const field of Object.values(type.getFields())) placeErrors(field);
  }
  return schema;
}

/** Only what takes arguments refuses input; the many fields without any stay as they are. */
function placeErrors(field: GraphQLField<unknown, unknown>): void {
  const { resolve, subscribe } = field;
  if (field.args.length === 0) return;
  if (resolve) field.resolve = placing(resolve);
  if (subscribe) field.subscribe = placing(subscribe);
}

function placing(
  resolve: GraphQLFieldResolver<unknown, unknown>,
): GraphQLFieldResolver<unknown, unknown> {
  const replace = (error: unknown) => {
    throw unplaced(error);
  };
  return (...args) => {
    try {
      const value = resolve(...args);
      // What is known at once is not made to wait.
      return value instanceof Promise ? value.catch(replace) : value;
    } catch (error) {
      return replace(error);
    }
  };
}

/** The schema as text, as it is committed and published. */
export function emitSchema(platforms: readonly string[]): string {
  return `${printSchema(createSchema(platforms))}\n`;
}

const RESOLVERS: NonEmptyArray<new () => object> = [
  NodeQueries,
  OrderQueries,
  RefundQueries,
  ReturnQueries,
  ChannelQueries,
  EventQueries,
  CommandQueries,
  DeadLetterQueries,
  ApiKeyQueries,
  FulfillmentMutations,
  WorkMutations,
  OrderMutations,
  ReturnMutations,
  RefundMutations,
  CommandMutations,
  ChannelMutations,
  StatusMappingMutations,
  DeadLetterMutations,
  ApiKeyMutations,
  Subscriptions,
  OrderFields,
  OrderParts,
  OrderTimeline,
  OrderConnectionFields,
  OrderLineFields,
  FulfillmentOrderFields,
  FulfillmentOrderLineFields,
  HoldFields,
  FulfillmentFields,
  FulfillmentLineFields,
  PackageFields,
  TrackingFields,
  ReturnFields,
  ReturnLineFields,
  ExchangeLineFields,
  ReturnShipmentFields,
  RefundFields,
  RefundLineFields,
  TransactionFields,
  ChannelFields,
  ChannelStatusFields,
  StatusMappingFields,
  ChannelSyncFields,
  LocationFields,
  CommandFields,
  CommandStepFields,
  EventFields,
  DeadLetterFields,
  ApiKeyFields,
  TrackingUpdateFields,
];

const USER_ERRORS = [
  BasicUserError,
  QuantityError,
  CapabilityError,
  StaleVersionError,
  IdempotencyError,
  ChannelError,
];

/** Every subscription brings its own iterable; the generator wants a pubSub all the same. */
const NO_PUB_SUB = {
  publish(): never {
    throw new Error("Nothing is published in memory: facts go through the log");
  },
  subscribe(): never {
    throw new Error("Subscriptions read the log, not a pubSub");
  },
};

type TypeResolver = (value: unknown) => string | undefined;

/** What a value of an abstract type is. Synchronous, since a compiled executor allows no other. */
const TYPE_OF: Record<string, TypeResolver> = {
  Node: (value) =>
    (nodeTypeOf((value as { id: string }).id) satisfies NodeType | null) ?? undefined,
  UserError: (value) => (value as { kind: string }).kind,
  EventStreamItem: (value) => STREAM_ITEMS[(value as { kind: string }).kind],
  TrackingStreamItem: (value) => STREAM_ITEMS[(value as { kind: string }).kind],
};

const STREAM_ITEMS: Record<string, string> = {
  event: "EventMessage",
  tracking: "TrackingUpdate",
  checkpoint: "Checkpoint",
  reset: "StreamReset",
};

/** No field answers with such a type; its implementations are always named. */
function refuseType(name: string): TypeResolver {
  return () => {
    throw new Error(`Nothing says what a value of ${name} is`);
  };
}
