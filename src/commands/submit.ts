import { createHash, randomUUID } from "node:crypto";
import type { Channel, OpenChannel } from "../domain/channel.js";
import { type Command, ENDED, type Step } from "../domain/command.js";
import { ChannelError, GatewayError, InvalidInput, NotFound } from "../domain/errors.js";
import type { Actor } from "../domain/event.js";
import { mintId } from "../domain/id.js";
import type { LocalFact } from "../domain/local.js";
import type { Viewer } from "../domain/scope.js";
import { instant } from "../domain/time.js";
import type { Bus } from "../events/bus.js";
import type { Origin, Recorder, RecordScope } from "../events/recorder.js";
import {
  type CommandRow,
  findByKey,
  insertCommand,
  lockIdempotencyKey,
  orderOfPart,
  reservedOf,
  statusOf,
} from "../store/commands.js";
import type { Database } from "../store/db.js";
import { findLocations } from "../store/locations.js";
import { findOrder, loadOrders, lockOrders, type StoredOrder } from "../store/orders.js";
import { basic, check, checkCapabilities } from "./check.js";
import type { SubmitResult, UserErrorData, Wish, WriteOptions } from "./face.js";
import { newMarker } from "./marker.js";
import { commandUpdated } from "./report.js";
import { checkVersion } from "./stale.js";

export interface SubmitParts {
  db: Database;
  recorder: Recorder;
  bus: Bus;
  openChannel: OpenChannel;
  now?: () => Date;
}

/** Where waiting for a command's end begins to be too long, and how long it is where nobody says. Milliseconds. */
const WAIT_MOST_MS = 30_000;
const WAIT_MS = 5_000;
/** A waiting caller looks again at least this often, whatever the bus says. */
const LOOK_EVERY_MS = 500;

/**
 * How a wish becomes a command: checked under the order's lock against what is true now, planned into steps, written
 * together with what it reserves and the shipments it is going to make. Nothing is sent here. A dry run and a refusal
 * write nothing and claim no idempotency key.
 */
export function createSubmit(parts: SubmitParts) {
  const now = parts.now ?? (() => new Date());
  return async function submit(
    viewer: Viewer,
    wish: Wish,
    options: WriteOptions,
  ): Promise<SubmitResult> {
    const invalid = checkOptions(options);
    if (invalid.length > 0) return refused(invalid);
    const replay = await replayed(parts.db, viewer, wish, options);
    if (replay) return waitFor(parts, viewer, replay, options);
    const place = await findPlace(parts.db, viewer, wish);
    if (!place) return refused([unknownTarget(wish)]);
    const channel = await open(parts, viewer.tenantId, place.channelId);
    if ("errors" in channel) return refused(channel.errors, place.orderId);
    const result = await parts.recorder.transact(viewer.tenantId, (scope) =>
      accept(scope, { viewer, wish, options, place, channel: channel.channel, now: now() }),
    );
    if (result.command) parts.bus.notify("commands");
    return waitFor(parts, viewer, result, options);
  };
}

interface Place {
  orderId: string;
  channelId: string;
  nativeId: string;
}
interface Asked {
  viewer: Viewer;
  wish: Wish;
  options: WriteOptions;
  place: Place;
  channel: Channel;
  now: Date;
}

async function accept(scope: RecordScope, asked: Asked): Promise<SubmitResult> {
  const { viewer, wish, options, place } = asked;
  const { tx, tenantId } = scope;
  if (options.idempotencyKey !== null && !options.dryRun) {
    await lockIdempotencyKey(tx, tenantId, viewer.client, options.idempotencyKey);
    const before = await findByKey(tx, tenantId, viewer.client, options.idempotencyKey);
    if (before) return replayOf(before, wish);
  }
  await lockOrders(tx, tenantId, place.channelId, [place.nativeId]);
  const stored = (await loadOrders(tx, tenantId, place.channelId, [place.nativeId])).get(
    place.nativeId,
  );
  if (!stored) return refused([unknownTarget(wish)]);
  const planned = await plan(scope, asked, stored);
  if ("errors" in planned) return refused(planned.errors, place.orderId);
  if (options.dryRun) return previewOf(planned.steps, place.orderId);
  return write(scope, asked, stored, planned);
}

type Planned = { command: Command; steps: Step[] } | { errors: UserErrorData[] };

async function plan(
  scope: RecordScope,
  asked: Asked,
  { order, document }: StoredOrder,
): Promise<Planned> {
  const { wish, options, channel } = asked;
  const { tx, tenantId } = scope;
  if (options.expectedVersion !== null) {
    const stale = await checkVersion(tx, tenantId, order, options.expectedVersion);
    if (stale.length > 0) return { errors: stale };
  }
  const checked = check(
    wish,
    {
      order,
      document,
      reserved: await reservedOf(tx, tenantId, order.id),
      capabilities: channel.capabilities,
      locations: await findLocations(tx, tenantId, order.channelId),
    },
    options,
  );
  if ("errors" in checked) return checked;
  const allowEmulated = options.allowEmulated ?? true;
  const unable = checkCapabilities(
    checked.needs,
    channel.capabilities,
    order.channelId,
    allowEmulated,
  );
  if (unable.length > 0) return { errors: unable };
  try {
    const steps = stepsOf(checked.command, channel, order);
    const emulated = steps.find((step) => step.support === "EMULATED");
    if (emulated && !allowEmulated)
      return {
        errors: [
          basic(
            "CAPABILITY_NOT_SUPPORTED",
            `allowEmulated: false refuses what this shop does only by emulation: ${emulated.summary}`,
            ["options", "allowEmulated"],
          ),
        ],
      };
    return { command: checked.command, steps };
  } catch (error) {
    if (error instanceof GatewayError && error.code !== "INTERNAL")
      return { errors: [asUserError(error, order.channelId)] };
    throw error;
  }
}

function stepsOf(command: Command, channel: Channel, order: StoredOrder["order"]): Step[] {
  if (command.type !== "ORDER_REFRESH") return channel.plan(command, order);
  return [
    {
      summary: "read the order again from its shop",
      kind: "ORDER_REFRESH",
      money: false,
      support: "NATIVE",
      idempotent: "NATURAL",
      request: null,
      creates: null,
    },
  ];
}

async function write(
  scope: RecordScope,
  { viewer, wish, options, now }: Asked,
  { order }: StoredOrder,
  { command, steps }: { command: Command; steps: Step[] },
): Promise<SubmitResult> {
  const { tx, tenantId } = scope;
  const id = mintId("Command");
  const rows = steps.map((step, index) => ({
    tenantId,
    id: randomUUID(),
    commandId: id,
    orderId: order.id,
    index,
    marker: newMarker(),
    status: "QUEUED",
    step,
    fulfillmentId: step.creates ? mintId("Fulfillment") : null,
  }));
  const made = rows.flatMap((row) => row.fulfillmentId ?? []);
  const changed = "fulfillmentId" in command ? [command.fulfillmentId] : [];
  const actor = actorOf(viewer);
  const row = {
    tenantId,
    id,
    channelId: order.channelId,
    orderId: order.id,
    type: command.type,
    status: "QUEUED",
    command,
    idempotencyKey: options.idempotencyKey,
    client: viewer.client,
    actor,
    inputHash: hashOf(wish),
    targetId: changed[0] ?? order.id,
    resultId: made[0] ?? changed[0] ?? order.id,
    nextAttemptAt: now,
    deadline: options.deadline ? new Date(options.deadline) : null,
  };
  await insertCommand(tx, row, rows);
  const origin: Origin = { source: "COMMAND", actor, causedBy: id, now };
  const facts = rows.flatMap((step) => plannedShipment(step, now));
  const version =
    facts.length > 0 ? (await scope.recordLocal(origin, order.id, facts)).version : order.version;
  await scope.append([commandUpdated(row, { before: null, after: "QUEUED" }, version, origin)]);
  return {
    command: id,
    replayed: false,
    orderId: order.id,
    fulfillmentIds: [...made, ...changed],
    preview: null,
    errors: [],
  };
}

interface PlannedStep {
  commandId: string;
  index: number;
  marker: string;
  step: Step;
  fulfillmentId: string | null;
}

/** The shipment that a step is going to make, as a fact of the order; also when a step is to be tried once more. */
export function plannedShipment(
  { commandId, index, marker, step, fulfillmentId }: PlannedStep,
  now: Date,
): LocalFact[] {
  if (!step.creates || !fulfillmentId) return [];
  return [
    {
      kind: "shipment-planned",
      fulfillmentId,
      commandId,
      stepIndex: index,
      marker,
      ...step.creates,
      plannedAt: instant(now),
    },
  ];
}

/** Who asks, as it stands in events and commands. */
export function actorOf(viewer: Viewer): Actor {
  return { kind: "API_CLIENT", id: viewer.keyId, name: viewer.client };
}

function previewOf(steps: Step[], orderId: string): SubmitResult {
  const warnings = steps
    .filter((step) => step.support === "EMULATED")
    .map((step) => `emulated: ${step.summary}`);
  return {
    command: null,
    replayed: false,
    orderId,
    fulfillmentIds: [],
    preview: { steps: steps.map((step) => step.summary), warnings },
    errors: [],
  };
}

function checkOptions({ waitTimeoutMs, idempotencyKey, deadline }: WriteOptions): UserErrorData[] {
  const errors: UserErrorData[] = [];
  if (waitTimeoutMs !== null && (waitTimeoutMs < 0 || waitTimeoutMs > WAIT_MOST_MS))
    errors.push(
      basic(
        "INVALID_INPUT",
        `waitTimeoutMs ${waitTimeoutMs} must be between 0 and ${WAIT_MOST_MS}`,
        ["options", "waitTimeoutMs"],
      ),
    );
  if (idempotencyKey !== null && (idempotencyKey.length < 1 || idempotencyKey.length > 255))
    errors.push(
      basic(
        "INVALID_INPUT",
        `an idempotency key has 1 to 255 characters; this one has ${idempotencyKey.length}`,
        ["options", "idempotencyKey"],
      ),
    );
  if (deadline !== null && Date.parse(deadline) < Date.now())
    errors.push(
      basic("INVALID_INPUT", `the deadline ${deadline} has passed already`, [
        "options",
        "deadline",
      ]),
    );
  return errors;
}

async function replayed(
  db: Database,
  viewer: Viewer,
  wish: Wish,
  { idempotencyKey, dryRun }: WriteOptions,
): Promise<SubmitResult | null> {
  if (idempotencyKey === null || dryRun) return null;
  const before = await db.forTenant(viewer.tenantId, (tx) =>
    findByKey(tx, viewer.tenantId, viewer.client, idempotencyKey),
  );
  return before && replayOf(before, wish);
}

/** The same key again: the same command whatever its state, or a refusal where it stands for something else. */
function replayOf(before: CommandRow, wish: Wish): SubmitResult {
  if (before.inputHash !== hashOf(wish))
    return refused([
      {
        kind: "IdempotencyError",
        code: "IDEMPOTENCY_KEY_REUSED",
        message: `this idempotency key stands for command ${before.id} with other input; use a new key for a new wish`,
        path: ["options", "idempotencyKey"],
        originalCommandId: before.id,
      },
    ]);
  return {
    command: before.id,
    replayed: true,
    orderId: before.orderId,
    fulfillmentIds: before.resultId && before.resultId !== before.orderId ? [before.resultId] : [],
    preview: null,
    errors: [],
  };
}

async function findPlace(db: Database, viewer: Viewer, wish: Wish): Promise<Place | null> {
  return db.forTenant(viewer.tenantId, async (tx) => {
    const part =
      "fulfillmentId" in wish ? wish.fulfillmentId : "packageId" in wish ? wish.packageId : null;
    const orderId =
      part === null
        ? (wish as { orderId: string }).orderId
        : (await orderOfPart(tx, viewer.tenantId, part))?.orderId;
    const found = orderId ? await findOrder(tx, viewer.tenantId, orderId) : null;
    if (!found || !orderId) return null;
    const visible = viewer.channelIds === null || viewer.channelIds.includes(found.channelId);
    return visible ? { orderId, ...found } : null;
  });
}

function unknownTarget(wish: Wish): UserErrorData {
  if ("fulfillmentId" in wish)
    return basic(
      "NOT_FOUND",
      `fulfillment ${wish.fulfillmentId} does not exist or is not visible to this key`,
      ["fulfillmentId"],
    );
  if ("packageId" in wish)
    return basic(
      "NOT_FOUND",
      `package ${wish.packageId} does not exist or is not visible to this key`,
      ["packageId"],
    );
  const path = wish.type === "ORDER_REFRESH" ? ["orderId"] : ["input", "orderId"];
  return basic(
    "NOT_FOUND",
    `order ${wish.orderId} does not exist or is not visible to this key`,
    path,
  );
}

async function open(
  parts: SubmitParts,
  tenantId: string,
  channelId: string,
): Promise<{ channel: Channel } | { errors: UserErrorData[] }> {
  try {
    return { channel: await parts.openChannel(tenantId, channelId) };
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    return {
      errors: [
        basic(
          "CHANNEL_UNAVAILABLE",
          `channel ${channelId} is disconnected; its orders can be read, not changed`,
          null,
        ),
      ],
    };
  }
}

/** An error of ours as a caller sees it. */
export function asUserError(error: GatewayError, channelId: string): UserErrorData {
  const code = error.code === "INTERNAL" ? "CHANNEL_UNAVAILABLE" : error.code;
  if (error instanceof ChannelError)
    return {
      kind: "ChannelError",
      code,
      message: error.message,
      path: null,
      channelId,
      httpStatus: error.httpStatus,
      upstreamCode: error.upstreamCode,
      upstreamMessage: error.upstreamMessage,
      retryAfterMs: error.retryAfterMs,
    };
  return basic(code, error.message, error instanceof InvalidInput ? error.path : null);
}

function refused(errors: UserErrorData[], orderId: string | null = null): SubmitResult {
  return { command: null, replayed: false, orderId, fulfillmentIds: [], preview: null, errors };
}

/** Hash of mutation and input, not of the options: the same wish gives the same, whatever order its fields came in. */
function hashOf(wish: Wish): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(wish)))
    .digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

/** Waits for a command's end where the options ask for it; where time runs out, the command goes on as it stands. */
async function waitFor(
  parts: SubmitParts,
  viewer: Viewer,
  result: SubmitResult,
  options: WriteOptions,
): Promise<SubmitResult> {
  const { command } = result;
  if (command === null || options.waitUntil !== "SUCCEEDED") return result;
  const until = Date.now() + (options.waitTimeoutMs ?? WAIT_MS);
  let heard = () => {};
  const unlisten = parts.bus.listen("log", () => heard());
  try {
    for (;;) {
      const news = new Promise<void>((resolve) => {
        heard = resolve;
      });
      const status = await parts.db.forTenant(viewer.tenantId, (tx) =>
        statusOf(tx, viewer.tenantId, command),
      );
      const left = until - Date.now();
      if (status === null || ENDED.has(status) || status === "NEEDS_ATTENTION" || left <= 0)
        return result;
      await Promise.race([news, pause(Math.min(left, LOOK_EVERY_MS))]);
    }
  } finally {
    unlisten();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
