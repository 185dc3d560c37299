/**
 * Every table of the program; drizzle-kit reads this file to write migrations. Long because a schema is read as a whole.
 *
 * Rules that hold for all of them: a row bears its tenant, and primary, unique and foreign keys begin with it, since
 * a foreign key alone does not respect row-level security. What is filtered or sorted by is a column whose operators
 * are leakproof (text `=` and `<`, bigint, timestamptz), since under row-level security no other reaches an index;
 * everything else of a row is `facts`, the domain's own shape as JSON. Text is compared byte by byte ("C"), so that
 * prefixes are ranges and ids sort by time on every server.
 */
import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgPolicy,
  pgRole,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Capability, Probe } from "../domain/channel.js";
import type { ChannelReconcile, Command, Step } from "../domain/command.js";
import type { Actor, Change, TrackingChange } from "../domain/event.js";
import type {
  FulfillmentFacts,
  FulfillmentOrderFacts,
  PackageFacts,
} from "../domain/fulfillment.js";
import type { LineFacts, OrderHead, SectionAges } from "../domain/order.js";
import type { RefundFacts, TransactionFacts } from "../domain/refund.js";
import type { ReturnFacts, ReturnProjection } from "../domain/return.js";
import type { StatusDimension } from "../domain/status.js";
import type { Scan } from "../domain/tracking.js";

/** Serves requests: sees one tenant, set for each transaction. */
export const appRole = pgRole("tributary_app").existing();
/** Serves the program's own work over tenants: key lookup, webhook to channel, log tail, claims, retention. */
export const systemRole = pgRole("tributary_system").existing();

const cText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });
const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const quantity = (name: string) => numeric(name, { precision: 14, scale: 4 });

const tenant = () => cText("tenant_id").notNull();
const id = () => cText("id").notNull();
const created = () => moment("created_at").notNull().defaultNow();

const tenantIsMine = sql`tenant_id = (select nullif(current_setting('app.tenant', true), ''))`;

/** One tenant for the app, everything for the owner (or a migration under FORCE would update nothing without a word). */
const tenantPolicies = () => [
  pgPolicy("app_sees_its_tenant", {
    for: "all",
    to: appRole,
    using: tenantIsMine,
    withCheck: tenantIsMine,
  }),
  pgPolicy("owner_migrates", {
    for: "all",
    to: "current_user",
    using: sql`true`,
    withCheck: sql`true`,
  }),
];
const systemPolicy = () =>
  pgPolicy("system_works_over_tenants", {
    for: "all",
    to: systemRole,
    using: sql`true`,
    withCheck: sql`true`,
  });

interface TenantColumns {
  tenantId: AnyPgColumn;
  orderId: AnyPgColumn;
}
const belongsToOrder = (table: TenantColumns) =>
  foreignKey({
    columns: [table.tenantId, table.orderId],
    foreignColumns: [orders.tenantId, orders.id],
  }).onDelete("cascade");

export const tenants = pgTable(
  "tenants",
  { tenantId: tenant(), name: text("name").notNull(), createdAt: created() },
  (t) => [primaryKey({ columns: [t.tenantId] }), ...tenantPolicies(), systemPolicy()],
);

export const apiKeys = pgTable(
  "api_keys",
  {
    tenantId: tenant(),
    id: id(),
    client: text("client").notNull(),
    name: text("name").notNull(),
    /** The first characters, by which people recognise it. */
    prefix: text("prefix").notNull(),
    /** SHA-256 of the whole key, hex; the key itself is never stored. */
    hash: cText("hash").notNull(),
    scopes: text("scopes").array().notNull(),
    /** null: every channel. */
    channelIds: text("channel_ids").array(),
    createdAt: created(),
    expiresAt: moment("expires_at"),
    lastUsedAt: moment("last_used_at"),
    revokedAt: moment("revoked_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("api_keys_hash").on(t.hash),
    ...tenantPolicies(),
    systemPolicy(),
  ],
);

export const channels = pgTable(
  "channels",
  {
    tenantId: tenant(),
    id: id(),
    platform: cText("platform").notNull(),
    name: text("name").notNull(),
    /** Settings and the webhook secret, sealed with the key ring. Emptied when the channel is disconnected. */
    sealed: text("sealed").notNull(),
    probe: jsonb("probe").$type<Probe>().notNull(),
    capabilities: jsonb("capabilities").$type<Capability[]>().notNull(),
    currency: text("currency").notNull(),
    timezone: text("timezone").notNull(),
    platformVersion: text("platform_version"),
    externalUrl: cText("external_url").notNull(),
    createdAt: created(),
    disconnectedAt: moment("disconnected_at"),
    health: text("health").notNull().default("HEALTHY"),
    problem: jsonb("problem").$type<{
      code: string;
      message: string;
      remedy: string;
      since: string;
    }>(),
    webhooks: jsonb("webhooks").$type<{ topic: string; active: boolean }[]>().notNull().default([]),
    webhooksCheckedAt: moment("webhooks_checked_at"),
    /** Where the next poll begins. */
    polledTo: moment("polled_to"),
    lastPollAt: moment("last_poll_at"),
    nextPollAt: moment("next_poll_at"),
    /** null: none is planned yet. */
    nextSweepAt: moment("next_sweep_at"),
    lastWebhookAt: moment("last_webhook_at"),
    signatureFailures: integer("signature_failures").notNull().default(0),
    backfillStatus: text("backfill_status").notNull().default("PENDING"),
    backfillCursor: text("backfill_cursor"),
    backfillImported: integer("backfill_imported").notNull().default(0),
    backfillEstimatedTotal: integer("backfill_estimated_total"),
    backfillStartedAt: moment("backfill_started_at"),
    /** When the newest page was in, so that the first orders can be seen. */
    firstPageAt: moment("first_page_at"),
    rateLimitRemaining: integer("rate_limit_remaining"),
    rateLimitResetsAt: moment("rate_limit_resets_at"),
    /** Who polls or backfills it now. */
    leaseOwner: text("lease_owner"),
    leaseUntil: moment("lease_until"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("channels_one_shop_once")
      .on(t.tenantId, t.platform, t.externalUrl)
      .where(sql`disconnected_at is null`),
    ...tenantPolicies(),
    systemPolicy(),
  ],
);

export const locations = pgTable(
  "locations",
  {
    tenantId: tenant(),
    id: id(),
    channelId: cText("channel_id").notNull(),
    nativeId: cText("native_id").notNull(),
    name: text("name").notNull(),
    address: jsonb("address"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("locations_native").on(t.tenantId, t.channelId, t.nativeId),
    belongsToChannel(t),
    ...tenantPolicies(),
  ],
);

export const orders = pgTable(
  "orders",
  {
    tenantId: tenant(),
    id: id(),
    channelId: cText("channel_id").notNull(),
    nativeId: cText("native_id").notNull(),
    version: integer("version").notNull(),
    platform: cText("platform").notNull(),
    number: cText("number").notNull(),
    /** Lower case, for `=`. */
    emailNormalized: cText("email_normalized"),
    state: cText("state").notNull(),
    paymentStatus: cText("payment_status").notNull(),
    fulfillmentStatus: cText("fulfillment_status").notNull(),
    deliveryStatus: cText("delivery_status").notNull(),
    returnStatus: cText("return_status").notNull(),
    currency: cText("currency").notNull(),
    totalMinor: bigint("total_minor", { mode: "bigint" }).notNull(),
    country: cText("country"),
    placedAt: moment("placed_at").notNull(),
    /** When the order last changed visibly here. */
    updatedAt: moment("updated_at").notNull(),
    deletedAt: moment("deleted_at"),
    head: jsonb("head").$type<OrderHead>().notNull(),
    sections: jsonb("sections").$type<SectionAges>().notNull(),
    /** The order shaped for reading; see events/document. */
    document: jsonb("document").notNull(),
    documentShape: integer("document_shape").notNull(),
    /** Beside the version: what a read found unchanged still moves these. */
    observedAt: moment("observed_at").notNull(),
    observedSource: text("observed_source").notNull(),
    platformUpdatedAt: moment("platform_updated_at"),
    /** Whether the shop's own facts contradict each other. */
    diverged: boolean("diverged").notNull().default(false),
    /** How it looked in the shop's list to the sweep that last looked; in no index, since every sweep moves both. */
    print: text("print"),
    surveyedAt: moment("surveyed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("orders_native").on(t.tenantId, t.channelId, t.nativeId),
    index("orders_placed").on(t.tenantId, t.placedAt, t.id),
    index("orders_updated").on(t.tenantId, t.updatedAt, t.id),
    index("orders_total").on(t.tenantId, t.totalMinor, t.id),
    index("orders_number").on(t.tenantId, t.number, t.id),
    index("orders_email").on(t.tenantId, t.emailNormalized, t.placedAt, t.id),
    index("orders_channel").on(t.tenantId, t.channelId, t.placedAt, t.id),
    index("orders_state").on(t.tenantId, t.state, t.placedAt, t.id),
    index("orders_payment").on(t.tenantId, t.paymentStatus, t.placedAt, t.id),
    index("orders_fulfillment").on(t.tenantId, t.fulfillmentStatus, t.placedAt, t.id),
    index("orders_delivery").on(t.tenantId, t.deliveryStatus, t.placedAt, t.id),
    index("orders_country").on(t.tenantId, t.country, t.placedAt, t.id),
    index("orders_currency").on(t.tenantId, t.currency, t.totalMinor, t.id),
    index("orders_shape").on(t.tenantId, t.documentShape),
    belongsToChannel(t),
    ...tenantPolicies(),
  ],
);

export const orderTags = pgTable(
  "order_tags",
  { tenantId: tenant(), orderId: cText("order_id").notNull(), tag: cText("tag").notNull() },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.tag, t.orderId] }),
    index("order_tags_order").on(t.tenantId, t.orderId),
    belongsToOrder(t),
    ...tenantPolicies(),
  ],
);

export const orderPlatformStatuses = pgTable(
  "order_platform_statuses",
  {
    tenantId: tenant(),
    orderId: cText("order_id").notNull(),
    field: cText("field").notNull(),
    value: cText("value").notNull(),
    /** When this value was first seen on this order. */
    observedAt: moment("observed_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.orderId, t.field] }),
    index("order_platform_statuses_value").on(t.tenantId, t.value, t.orderId),
    belongsToOrder(t),
    ...tenantPolicies(),
  ],
);

/**
 * What an order is found by in words, each column a list of folded values; see texts. It is read by orders_with_text,
 * which runs as the owner: no operator on parts of words is leakproof, so that the app's own role reaches no such index.
 */
export const orderTexts = pgTable(
  "order_texts",
  {
    tenantId: tenant(),
    orderId: cText("order_id").notNull(),
    number: cText("number").notNull(),
    sku: cText("sku").notNull(),
    tracking: cText("tracking").notNull(),
    tag: cText("tag").notNull(),
    status: cText("status").notNull(),
    /** Personal data, as what follows. */
    email: cText("email").notNull(),
    people: cText("people").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.orderId] }),
    // New rows wait in a list that every search reads, so that it is kept short (in kB): without one writing takes five
    // times as long, and with the usual 4 MB no search of a small shop's orders uses the index.
    index("order_texts_trigrams")
      .using(
        "gin",
        t.number.op("gin_trgm_ops"),
        t.sku.op("gin_trgm_ops"),
        t.tracking.op("gin_trgm_ops"),
        t.tag.op("gin_trgm_ops"),
        t.status.op("gin_trgm_ops"),
        t.email.op("gin_trgm_ops"),
        t.people.op("gin_trgm_ops"),
      )
      .with({ gin_pending_list_limit: 256 }),
    belongsToOrder(t),
    ...tenantPolicies(),
  ],
);

/** What every part of an order has: its id, its order, the platform's id, whose it is, and when it went. */
const part = () => ({
  tenantId: tenant(),
  id: id(),
  orderId: cText("order_id").notNull(),
  channelId: cText("channel_id").notNull(),
  nativeId: cText("native_id"),
  owner: text("owner").$type<"CHANNEL" | "GATEWAY">().notNull(),
  removedAt: moment("removed_at"),
  /** Order of rows as the platform gave them. */
  position: integer("position").notNull(),
});
/** The command and step that asked for a part, and the token by which its effect is recognised. */
const madeBy = () => ({
  commandId: cText("command_id"),
  stepIndex: integer("step_index"),
  marker: cText("marker"),
});
interface PartColumns extends TenantColumns {
  id: AnyPgColumn;
  nativeId: AnyPgColumn;
}
const partConstraints = (name: string, t: PartColumns) => [
  primaryKey({ columns: [t.tenantId, t.id] }),
  index(`${name}_order`).on(t.tenantId, t.orderId),
  belongsToOrder(t),
  ...tenantPolicies(),
];

export const orderLines = pgTable(
  "order_lines",
  {
    ...part(),
    sku: cText("sku"),
    ordered: quantity("ordered").notNull(),
    canceled: quantity("canceled").notNull(),
    fulfilled: quantity("fulfilled").notNull(),
    facts: jsonb("facts").$type<LineFacts>().notNull(),
  },
  (t) => [
    ...partConstraints("order_lines", t),
    uniqueIndex("order_lines_native").on(t.tenantId, t.orderId, t.nativeId),
    index("order_lines_sku").on(t.tenantId, t.sku, t.orderId),
  ],
);

export const fulfillments = pgTable(
  "fulfillments",
  {
    ...part(),
    status: text("status").notNull(),
    locationNativeId: cText("location_native_id"),
    ...madeBy(),
    facts: jsonb("facts").$type<FulfillmentFacts>().notNull(),
  },
  (t) => [
    ...partConstraints("fulfillments", t),
    uniqueIndex("fulfillments_native").on(t.tenantId, t.orderId, t.nativeId),
    index("fulfillments_location").on(t.tenantId, t.locationNativeId, t.orderId),
    index("fulfillments_command").on(t.tenantId, t.commandId),
  ],
);

export const packages = pgTable(
  "packages",
  {
    ...part(),
    fulfillmentId: cText("fulfillment_id").notNull(),
    /** As normalizeTrackingNumber gives it. */
    trackingNumber: cText("tracking_number"),
    carrierCode: cText("carrier_code"),
    facts: jsonb("facts").$type<PackageFacts>().notNull(),
  },
  (t) => [
    ...partConstraints("packages", t),
    uniqueIndex("packages_native").on(t.tenantId, t.fulfillmentId, t.nativeId),
    index("packages_tracking").on(t.tenantId, t.trackingNumber, t.orderId),
  ],
);

export const trackingEvents = pgTable(
  "tracking_events",
  {
    ...part(),
    fulfillmentId: cText("fulfillment_id").notNull(),
    packageId: cText("package_id").notNull(),
    occurredAt: moment("occurred_at").notNull(),
    recordedAt: moment("recorded_at").notNull(),
    facts: jsonb("facts").$type<Scan>().notNull(),
  },
  (t) => [
    ...partConstraints("tracking_events", t),
    uniqueIndex("tracking_events_native").on(t.tenantId, t.packageId, t.nativeId),
  ],
);

export const fulfillmentOrders = pgTable(
  "fulfillment_orders",
  {
    ...part(),
    status: text("status").notNull(),
    locationNativeId: cText("location_native_id"),
    shipBy: moment("ship_by"),
    facts: jsonb("facts").$type<FulfillmentOrderFacts>().notNull(),
  },
  (t) => [
    ...partConstraints("fulfillment_orders", t),
    uniqueIndex("fulfillment_orders_native").on(t.tenantId, t.orderId, t.nativeId),
    index("fulfillment_orders_ship_by").on(t.tenantId, t.shipBy, t.orderId),
    index("fulfillment_orders_location").on(t.tenantId, t.locationNativeId, t.orderId),
  ],
);

/** Which order a hold belongs to, so that it is found by its id; what it says stands with its work. */
export const holds = pgTable(
  "holds",
  {
    tenantId: tenant(),
    id: id(),
    orderId: cText("order_id").notNull(),
    channelId: cText("channel_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("holds_order").on(t.tenantId, t.orderId),
    belongsToOrder(t),
    ...tenantPolicies(),
  ],
);

export const returns = pgTable(
  "returns",
  {
    ...part(),
    ...madeBy(),
    status: cText("status").notNull(),
    projection: text("projection").$type<ReturnProjection>().notNull(),
    /** false while a command merely asks for it. */
    made: boolean("made").notNull(),
    requestedAt: moment("requested_at").notNull(),
    facts: jsonb("facts").$type<ReturnFacts>().notNull(),
  },
  (t) => [
    ...partConstraints("returns", t),
    uniqueIndex("returns_native").on(t.tenantId, t.orderId, t.nativeId),
    index("returns_requested").on(t.tenantId, t.requestedAt, t.id),
    index("returns_status").on(t.tenantId, t.status, t.requestedAt, t.id),
  ],
);

export const refunds = pgTable(
  "refunds",
  {
    ...part(),
    ...madeBy(),
    status: text("status").notNull(),
    facts: jsonb("facts").$type<RefundFacts>().notNull(),
  },
  (t) => [
    ...partConstraints("refunds", t),
    uniqueIndex("refunds_native").on(t.tenantId, t.orderId, t.nativeId),
  ],
);

export const transactions = pgTable(
  "transactions",
  { ...part(), facts: jsonb("facts").$type<TransactionFacts>().notNull() },
  (t) => [
    ...partConstraints("transactions", t),
    uniqueIndex("transactions_native").on(t.tenantId, t.orderId, t.nativeId),
  ],
);

/** What merchants say that words of their shop mean; see status-rules. */
export const statusRules = pgTable(
  "status_rules",
  {
    tenantId: tenant(),
    id: id(),
    channelId: cText("channel_id").notNull(),
    field: cText("field").notNull(),
    value: cText("value").notNull(),
    dimension: text("dimension").$type<StatusDimension>().notNull(),
    unified: text("unified").notNull(),
    /** When the last order that bore the word was derived by it; null while some wait. */
    appliedAt: moment("applied_at"),
    /** The last order that was. */
    appliedTo: cText("applied_to"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("status_rules_word").on(t.tenantId, t.channelId, t.field, t.value, t.dimension),
    belongsToChannel(t),
    ...tenantPolicies(),
    systemPolicy(),
  ],
);

/** Looks at all orders that were placed in a window, as far as they have come; see sweeps. */
export const sweeps = pgTable(
  "sweeps",
  {
    tenantId: tenant(),
    id: id(),
    channelId: cText("channel_id").notNull(),
    /** Orders placed from then to then, by the shop's time. */
    from: moment("placed_from").notNull(),
    to: moment("placed_to").notNull(),
    /** The command that asked for it; null where it was time for one. */
    commandId: cText("command_id"),
    startedAt: moment("started_at").notNull(),
    finishedAt: moment("finished_at"),
    /** The page after which it goes on; null before the first. */
    cursor: text("cursor"),
    /** Whether the shop's list is through, so that what it did not show is looked at. */
    listed: boolean("listed").notNull().default(false),
    looked: integer("looked").notNull().default(0),
    missed: integer("missed").notNull().default(0),
    repaired: integer("repaired").notNull().default(0),
    /** Rounds that failed since it last came on. */
    failures: integer("failures").notNull().default(0),
    /** What last stopped it; with `finishedAt` what ended it. */
    error: text("error"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("sweeps_channel").on(t.tenantId, t.channelId, t.startedAt),
    uniqueIndex("sweeps_one_at_a_time").on(t.tenantId, t.channelId).where(sql`finished_at is null`),
    belongsToChannel(t),
    ...tenantPolicies(),
    systemPolicy(),
  ],
);

/** Webhook inbox: each piece of news once. */
export const deliveries = pgTable(
  "deliveries",
  {
    tenantId: tenant(),
    id: id(),
    channelId: cText("channel_id").notNull(),
    topic: text("topic"),
    dedupeKey: cText("dedupe_key").notNull(),
    receivedAt: moment("received_at").notNull().defaultNow(),
    /** RECORDED, REFRESH, IGNORED or DEAD. */
    outcome: text("outcome").notNull(),
    reason: text("reason"),
    body: bytea("body"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("deliveries_once").on(t.tenantId, t.channelId, t.dedupeKey),
    index("deliveries_age").on(t.receivedAt),
    belongsToChannel(t),
    ...tenantPolicies(),
    systemPolicy(),
  ],
);

/** Orders to be read again, one row an order however often it was asked for. */
export const refreshes = pgTable(
  "refreshes",
  {
    tenantId: tenant(),
    channelId: cText("channel_id").notNull(),
    nativeId: cText("native_id").notNull(),
    /** 0 a person waits, 1 a webhook came, 2 a sweep. */
    priority: integer("priority").notNull(),
    source: text("source").notNull(),
    deliveryId: cText("delivery_id"),
    /** Raised by every ask, so that one that comes during a read is not lost. */
    asked: integer("asked").notNull().default(1),
    dueAt: moment("due_at").notNull().defaultNow(),
    attempts: integer("attempts").notNull().default(0),
    leaseUntil: moment("lease_until"),
    createdAt: created(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.channelId, t.nativeId] }),
    index("refreshes_due").on(t.channelId, t.priority, t.dueAt),
    belongsToChannel(t),
    ...tenantPolicies(),
    systemPolicy(),
  ],
);

/** What came in and could not be understood: kept, shown, replayable. */
export const deadLetters = pgTable(
  "dead_letters",
  {
    tenantId: tenant(),
    id: id(),
    channelId: cText("channel_id").notNull(),
    source: text("source").notNull(),
    topic: text("topic"),
    reason: text("reason").notNull(),
    receivedAt: moment("received_at").notNull().defaultNow(),
    attempts: integer("attempts").notNull().default(1),
    body: text("body").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("dead_letters_age").on(t.tenantId, t.receivedAt, t.id),
    belongsToChannel(t),
    ...tenantPolicies(),
    systemPolicy(),
  ],
);

/**
 * A wish to change something at a channel, and what became of it; see commands/queue for its life.
 * At most one of an order's commands is on its way out at a time.
 */
export const commands = pgTable(
  "commands",
  {
    tenantId: tenant(),
    id: id(),
    channelId: cText("channel_id").notNull(),
    /** null: it is about the whole channel, and no worker takes it. */
    orderId: cText("order_id"),
    type: cText("type").notNull(),
    status: cText("status").notNull(),
    command: jsonb("command").$type<Command | ChannelReconcile>().notNull(),
    /** Whether it moves money. */
    money: boolean("money").notNull().default(false),
    idempotencyKey: cText("idempotency_key"),
    client: cText("client").notNull(),
    actor: jsonb("actor").$type<Actor>().notNull(),
    /** SHA-256 of mutation and input, hex. */
    inputHash: text("input_hash").notNull(),
    /** What it is about and what came of it: ids of nodes. */
    targetId: cText("target_id").notNull(),
    resultId: cText("result_id"),
    errors: jsonb("errors").$type<StoredError[]>().notNull().default([]),
    createdAt: moment("created_at").notNull().defaultNow(),
    finishedAt: moment("finished_at"),
    nextAttemptAt: moment("next_attempt_at"),
    deadline: moment("deadline"),
    leaseOwner: text("lease_owner"),
    leaseUntil: moment("lease_until"),
    /** Who resolved it and why, where a person did. */
    resolution: jsonb("resolution").$type<{
      outcome: string;
      note: string;
      actor: Actor;
      at: string;
    }>(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("commands_idempotency").on(t.tenantId, t.client, t.idempotencyKey),
    index("commands_order").on(t.tenantId, t.orderId, t.id),
    index("commands_status").on(t.tenantId, t.status, t.id),
    index("commands_due").on(t.nextAttemptAt).where(sql`finished_at is null`),
    index("commands_of_channels")
      .on(t.tenantId, t.channelId, t.id)
      .where(sql`order_id is null and finished_at is null`),
    belongsToOrder(t),
    ...tenantPolicies(),
    systemPolicy(),
  ],
);

/** A refusal kept with its command; concrete error types put their data in `detail`. */
export interface StoredError {
  code: string;
  message: string;
  path: string[] | null;
  detail: Record<string, unknown>;
}

export const commandSteps = pgTable(
  "command_steps",
  {
    tenantId: tenant(),
    /** A uuid: platforms with native idempotency keys get it as the key. */
    id: id(),
    commandId: cText("command_id").notNull(),
    orderId: cText("order_id"),
    index: integer("index").notNull(),
    marker: cText("marker").notNull(),
    status: cText("status").notNull(),
    step: jsonb("step").$type<Step>().notNull(),
    /** The shipment, return or refund that this step makes. */
    partId: cText("part_id"),
    /** Committed before the first byte leaves. */
    sentAt: moment("sent_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("command_steps_index").on(t.tenantId, t.commandId, t.index),
    uniqueIndex("command_steps_marker").on(t.tenantId, t.marker),
    uniqueIndex("command_steps_one_in_flight")
      .on(t.tenantId, t.orderId)
      .where(sql`status = 'IN_FLIGHT'`),
    foreignKey({
      columns: [t.tenantId, t.commandId],
      foreignColumns: [commands.tenantId, commands.id],
    }).onDelete("cascade"),
    ...tenantPolicies(),
    systemPolicy(),
  ],
);

export const commandAttempts = pgTable(
  "command_attempts",
  {
    tenantId: tenant(),
    stepId: cText("step_id").notNull(),
    number: integer("number").notNull(),
    startedAt: moment("started_at").notNull(),
    durationMs: integer("duration_ms"),
    httpStatus: integer("http_status"),
    /** DONE, REFUSED, UNKNOWN, or null while it is on its way. */
    outcome: text("outcome"),
    errorCode: text("error_code"),
    message: text("message"),
    /** How an unknown was settled: see VerifiedBy in attempts, or who resolved it. */
    verifiedBy: text("verified_by"),
    /** What was seen when its effect was looked for, the first look first. */
    looks: jsonb("looks").$type<StoredLook[]>().notNull().default([]),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.stepId, t.number] }),
    foreignKey({
      columns: [t.tenantId, t.stepId],
      foreignColumns: [commandSteps.tenantId, commandSteps.id],
    }).onDelete("cascade"),
    ...tenantPolicies(),
  ],
);

/** One look at a shop for what an attempt may have done there. */
export interface StoredLook {
  at: string;
  seen: "FOUND" | "ABSENT" | "UNCLEAR";
  /** Why it was unclear; null else. */
  message: string | null;
}

/** Quantities that unfinished steps hold; `fulfillable` is net of them. */
export const reservations = pgTable(
  "reservations",
  {
    tenantId: tenant(),
    orderId: cText("order_id").notNull(),
    lineId: cText("line_id").notNull(),
    stepId: cText("step_id").notNull(),
    quantity: quantity("quantity").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.orderId, t.lineId, t.stepId] }),
    foreignKey({
      columns: [t.tenantId, t.stepId],
      foreignColumns: [commandSteps.tenantId, commandSteps.id],
    }).onDelete("cascade"),
    ...tenantPolicies(),
  ],
);

/**
 * The log. Its order is (epoch, xid, seq), and it is read only below the oldest running transaction, since sequence
 * numbers alone are not commit order. Partitioned by month: see the first migration.
 */
export const events = pgTable(
  "events",
  {
    tenantId: tenant(),
    epoch: integer("epoch").notNull(),
    xid: xid8("xid").notNull().default(sql`pg_current_xact_id()`),
    seq: bigint("seq", { mode: "bigint" }).generatedAlwaysAsIdentity(),
    id: id(),
    type: cText("type").notNull(),
    occurredAt: moment("occurred_at").notNull(),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
    channelId: cText("channel_id"),
    orderId: cText("order_id"),
    subjectId: cText("subject_id"),
    orderVersion: integer("order_version"),
    source: cText("source").notNull(),
    actor: jsonb("actor").$type<Actor>().notNull(),
    causedBy: cText("caused_by"),
    deliveryId: cText("delivery_id"),
    changes: jsonb("changes").$type<Change[]>().notNull(),
    tracking: jsonb("tracking").$type<TrackingChange>(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.epoch, t.xid, t.seq, t.recordedAt] }),
    index("events_tail").on(t.epoch, t.xid, t.seq),
    index("events_id").on(t.tenantId, t.id),
    index("events_order").on(t.tenantId, t.orderId, t.epoch, t.xid, t.seq),
    ...tenantPolicies(),
    systemPolicy(),
  ],
);

/** Which database cluster the transaction ids of an epoch belong to: after a restore elsewhere they mean nothing. */
export const logEpochs = pgTable(
  "log_epochs",
  {
    epoch: integer("epoch").primaryKey(),
    systemIdentifier: text("system_identifier").notNull(),
    timeline: integer("timeline").notNull(),
    startedAt: moment("started_at").notNull().defaultNow(),
    /** Events with an id below it may have been dropped; null while none were. */
    prunedBefore: xid8("pruned_before"),
  },
  () => [
    pgPolicy("everybody_reads", { for: "select", to: [appRole, systemRole], using: sql`true` }),
    pgPolicy("system_prunes", {
      for: "update",
      to: systemRole,
      using: sql`true`,
      withCheck: sql`true`,
    }),
    pgPolicy("system_begins", { for: "insert", to: systemRole, withCheck: sql`true` }),
    pgPolicy("owner_migrates", {
      for: "all",
      to: "current_user",
      using: sql`true`,
      withCheck: sql`true`,
    }),
  ],
);

function belongsToChannel(table: { tenantId: AnyPgColumn; channelId: AnyPgColumn }) {
  return foreignKey({
    columns: [table.tenantId, table.channelId],
    foreignColumns: [channels.tenantId, channels.id],
  });
}
