import { and, asc, eq, gt, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { ChannelHealth, WebhookRegistration } from "../domain/channel.js";
import { GatewayError } from "../domain/errors.js";
import type { ChannelProblem, ChannelState } from "../domain/problem.js";
import type { Tx } from "./db.js";
import { IS_RECONCILE_ASKED } from "./reconciles.js";
import { HAS_PENDING_RULES } from "./status-rules.js";
import { channels } from "./tables.js";

/** A channel that this process is in charge of: it alone polls, backfills and looks after the webhooks. */
export interface Held {
  tenantId: string;
  channelId: string;
  owner: string;
}

/** How far ingest has come with a channel. */
export interface ChannelSync {
  tenantId: string;
  channelId: string;
  name: string;
  connectedAt: Date;
  health: ChannelHealth;
  problem: ChannelProblem | null;
  polledTo: Date | null;
  nextPollAt: Date | null;
  webhooksCheckedAt: Date | null;
  /** null: no sweep is planned yet. */
  nextSweepAt: Date | null;
  /** Whether somebody asked for a sweep that has not ended. */
  reconcileAsked: boolean;
  /** Another one means: the settings changed, and what failed before may not fail now. */
  settingsRevision: string;
  backfillStatus: BackfillStatus;
  backfillCursor: string | null;
  backfillImported: number;
  /** Whether a merchant's rule is still to be applied to orders that are here already. */
  rulesPending: boolean;
}

/** PENDING: never begun; RUNNING: begun, to be gone on with from its cursor; COMPLETED: everything is in. */
export type BackfillStatus = "PENDING" | "RUNNING" | "COMPLETED";

/** Another process is in charge of the channel now, or it was disconnected; the transaction must not stand. */
export class LeaseLost extends GatewayError {
  constructor(channelId: string) {
    super("INTERNAL", `${channelId} is looked after by another process now`);
  }
}

/** Channels that one round may take over, so that processes that start together share them. */
const TAKE_OVER = 20;

/**
 * Takes charge of channels that nobody looks after and renews what is half used up, for the system role.
 * Answers all channels that this owner is in charge of now. A lease ends by itself when its process is gone.
 */
export async function leaseChannels(
  tx: Tx,
  owner: string,
  leaseMs: number,
): Promise<ChannelSync[]> {
  const mine = sql`${channels.leaseOwner} = ${owner}`;
  const half = sql`${channels.leaseUntil} < now() + ${interval(leaseMs / 2)}`;
  const due = (where: SQL, limit: number) =>
    tx
      .select({ id: channels.id })
      .from(channels)
      .where(and(isNull(channels.disconnectedAt), ne(channels.health, "PAUSED"), where))
      .orderBy(asc(channels.id))
      .limit(limit)
      .for("no key update", { skipLocked: true });
  const free = sql`(${channels.leaseUntil} is null or ${channels.leaseUntil} < now())`;
  for (const part of [due(sql`${mine} and ${half}`, 1000), due(free, TAKE_OVER)]) {
    const ids = (await part).map(({ id }) => id);
    if (ids.length === 0) continue;
    await tx
      .update(channels)
      .set({ leaseOwner: owner, leaseUntil: sql`now() + ${interval(leaseMs)}` })
      .where(inArray(channels.id, ids));
  }
  const rows = await tx
    .select(SYNC)
    .from(channels)
    .where(and(mine, sql`${channels.leaseUntil} > now()`, isNull(channels.disconnectedAt)))
    .orderBy(asc(channels.id));
  return rows as ChannelSync[];
}

/** Gives every channel back at once, so that another process need not wait; for the system role. */
export async function releaseChannels(tx: Tx, owner: string): Promise<void> {
  await tx
    .update(channels)
    .set({ leaseOwner: null, leaseUntil: null })
    .where(eq(channels.leaseOwner, owner));
}

/** Holds a channel's row until the transaction ends, as long as this owner is in charge of it. Throws LeaseLost. */
export async function holdChannel(tx: Tx, held: Held): Promise<void> {
  const kept = await tx
    .select({ id: channels.id })
    .from(channels)
    .where(isHeld(held))
    .for("no key update");
  if (kept.length === 0) throw new LeaseLost(held.channelId);
}

/** How ingest stands with one channel; null where it is not connected. */
export async function findSync(
  tx: Tx,
  tenantId: string,
  channelId: string,
): Promise<ChannelSync | null> {
  const [row] = await tx
    .select(SYNC)
    .from(channels)
    .where(and(isChannel(tenantId, channelId), isNull(channels.disconnectedAt)))
    // Not "update": that would wait for every webhook whose rows point to this channel.
    .for("no key update");
  return (row as ChannelSync | undefined) ?? null;
}

/** A poll brought everything that it found: moves the watermark, never back, and says when the next is due. Throws LeaseLost. */
export function savePoll(
  tx: Tx,
  held: Held,
  poll: { at: Date; nextAt: Date; polledTo: Date },
): Promise<void> {
  const polledTo = poll.polledTo.toISOString();
  return updateHeld(tx, held, {
    lastPollAt: poll.at,
    nextPollAt: poll.nextAt,
    polledTo: sql`greatest(${channels.polledTo}, ${polledTo}::timestamptz)`,
  });
}

/** One page of a backfill is in: to be written in the transaction that records it. Throws LeaseLost. */
export function saveBackfillPage(
  tx: Tx,
  held: Held,
  page: { cursor: string; records: number; estimatedTotal: number | null; at: Date },
): Promise<void> {
  const at = page.at.toISOString();
  return updateHeld(tx, held, {
    backfillStatus: "RUNNING" satisfies BackfillStatus,
    backfillCursor: page.cursor,
    backfillImported: sql`${channels.backfillImported} + ${page.records}`,
    backfillEstimatedTotal: sql`coalesce(${page.estimatedTotal}::int, ${channels.backfillEstimatedTotal})`,
    backfillStartedAt: sql`coalesce(${channels.backfillStartedAt}, ${at}::timestamptz)`,
    firstPageAt: sql`coalesce(${channels.firstPageAt}, ${at}::timestamptz)`,
  });
}

/** A backfill begins again from its first page (its cursor was refused), or is over. Throws LeaseLost. */
export function restartBackfill(tx: Tx, held: Held): Promise<void> {
  return updateHeld(tx, held, {
    backfillStatus: "PENDING" satisfies BackfillStatus,
    backfillCursor: null,
    backfillImported: 0,
  });
}
export function completeBackfill(tx: Tx, held: Held): Promise<void> {
  return updateHeld(tx, held, {
    backfillStatus: "COMPLETED" satisfies BackfillStatus,
    backfillCursor: null,
  });
}

/** What the shop says of its webhooks. Registrations are kept as they were where it could not be asked. */
export async function saveWebhooks(
  tx: Tx,
  tenantId: string,
  channelId: string,
  /** null: they are to be looked at as soon as possible. */
  checkedAt: Date | null,
  webhooks: WebhookRegistration[] | null,
): Promise<void> {
  await tx
    .update(channels)
    .set({ webhooksCheckedAt: checkedAt, ...(webhooks ? { webhooks } : {}) })
    .where(isChannel(tenantId, channelId));
}

/** How a channel is now. */
export async function saveHealth(
  tx: Tx,
  tenantId: string,
  channelId: string,
  state: ChannelState,
): Promise<void> {
  await tx.update(channels).set(state).where(isChannel(tenantId, channelId));
}

/** Takes a channel out of everybody's hands; what its duties still write is refused. */
export async function pauseChannel(
  tx: Tx,
  tenantId: string,
  channelId: string,
  problem: ChannelProblem,
): Promise<void> {
  await tx
    .update(channels)
    .set({ health: "PAUSED", problem, leaseOwner: null, leaseUntil: null })
    .where(isChannel(tenantId, channelId));
}

/** Has it polled and its webhooks looked at as soon as somebody takes it; the watermark stays where it was. */
export async function resumeChannel(tx: Tx, tenantId: string, channelId: string): Promise<void> {
  await tx
    .update(channels)
    .set({ health: "HEALTHY", problem: null, nextPollAt: null, webhooksCheckedAt: null })
    .where(isChannel(tenantId, channelId));
}

/** Whether nothing may be sent to a channel, since somebody paused it. */
export async function isPaused(tx: Tx, tenantId: string, channelId: string): Promise<boolean> {
  const [row] = await tx
    .select({ health: channels.health })
    .from(channels)
    .where(isChannel(tenantId, channelId));
  return row?.health === "PAUSED";
}

/** What many small things come to, written at once so that a busy row is not written for each of them. */
export interface Tally {
  signatureFailures: number;
  lastWebhookAt: Date | null;
  rateLimit: { remaining: number; resetsAt: Date | null } | null;
}
export async function saveTally(
  tx: Tx,
  tenantId: string,
  channelId: string,
  tally: Tally,
): Promise<void> {
  const last = tally.lastWebhookAt?.toISOString();
  await tx
    .update(channels)
    .set({
      signatureFailures: sql`${channels.signatureFailures} + ${tally.signatureFailures}`,
      ...(last
        ? { lastWebhookAt: sql`greatest(${channels.lastWebhookAt}, ${last}::timestamptz)` }
        : {}),
      ...(tally.rateLimit
        ? {
            rateLimitRemaining: tally.rateLimit.remaining,
            rateLimitResetsAt: tally.rateLimit.resetsAt,
          }
        : {}),
    })
    .where(isChannel(tenantId, channelId));
}

const SYNC = {
  tenantId: channels.tenantId,
  channelId: channels.id,
  name: channels.name,
  connectedAt: channels.createdAt,
  health: channels.health,
  problem: channels.problem,
  polledTo: channels.polledTo,
  nextPollAt: channels.nextPollAt,
  webhooksCheckedAt: channels.webhooksCheckedAt,
  nextSweepAt: channels.nextSweepAt,
  reconcileAsked: IS_RECONCILE_ASKED,
  settingsRevision: sql<string>`md5(${channels.sealed})`,
  backfillStatus: channels.backfillStatus,
  backfillCursor: channels.backfillCursor,
  backfillImported: channels.backfillImported,
  rulesPending: HAS_PENDING_RULES,
};

type Changes = { [K in keyof typeof channels.$inferInsert]?: unknown };

async function updateHeld(tx: Tx, held: Held, changes: Changes): Promise<void> {
  const kept = await tx
    .update(channels)
    .set(changes as Partial<typeof channels.$inferInsert>)
    .where(isHeld(held))
    .returning({ id: channels.id });
  if (kept.length === 0) throw new LeaseLost(held.channelId);
}

function isHeld({ tenantId, channelId, owner }: Held) {
  return and(
    isChannel(tenantId, channelId),
    eq(channels.leaseOwner, owner),
    gt(channels.leaseUntil, sql`now()`),
    isNull(channels.disconnectedAt),
  );
}

function isChannel(tenantId: string, id: string) {
  return and(eq(channels.tenantId, tenantId), eq(channels.id, id));
}

function interval(milliseconds: number): SQL {
  return sql`make_interval(secs => ${milliseconds / 1000})`;
}
