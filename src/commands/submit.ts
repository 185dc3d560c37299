import { randomUUID } from "node:crypto";
import type { Channel, OpenChannel } from "../domain/channel.js";
import { type Command, movesMoney, type Step } from "../domain/command.js";
import { GatewayError, NotFound } from "../domain/errors.js";
import { mintId } from "../domain/id.js";
import type { Viewer } from "../domain/scope.js";
import type { Bus } from "../events/bus.js";
import type { Origin, Recorder, RecordScope } from "../events/recorder.js";
import { findByKey, insertCommand, lockIdempotencyKey, reservedOf } from "../store/commands.js";
import type { Database } from "../store/db.js";
import { findLocations } from "../store/locations.js";
import { loadOrders, lockOrders, type StoredOrder } from "../store/orders.js";
import { check, checkCapabilities } from "./check.js";
import type { SubmitResult, UserErrorData, Wish, WriteOptions } from "./face.js";
import { newMarker } from "./marker.js";
import { actorOf, plannedPart } from "./planned.js";
import { asUserError, basic, refused } from "./refusal.js";
import { hashOf, replayed, replayOf } from "./replay.js";
import { commandUpdated } from "./report.js";
import { checkVersion } from "./stale.js";
import { findTarget, type Target, unknownTarget } from "./target.js";
import { WAIT_MOST_MS, waitFor } from "./wait.js";

export interface SubmitParts {
  db: Database;
  recorder: Recorder;
  bus: Bus;
  openChannel: OpenChannel;
  now?: () => Date;
}

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
    const place = await findTarget(parts.db, viewer, wish);
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

interface Asked {
  viewer: Viewer;
  wish: Wish;
  options: WriteOptions;
  place: Target;
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
      return { errors: [underInput(asUserError(error, order.channelId), wish)] };
    throw error;
  }
}

/** A connector names the way inside a shipment; the caller gave the shipment as `input`. */
function underInput(error: UserErrorData, wish: Wish): UserErrorData {
  if (wish.type !== "FULFILLMENT_CREATE" || !error.path) return error;
  return { ...error, path: ["input", ...error.path] };
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
    partId: step.creates && mintId(step.creates.noun),
  }));
  const made = rows.flatMap((row) => row.partId ?? []);
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
    money: movesMoney(command),
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
  const facts = rows.flatMap((step) => plannedPart(step, now));
  const version =
    facts.length > 0 ? (await scope.recordLocal(origin, order.id, facts)).version : order.version;
  await scope.append([commandUpdated(row, { before: null, after: "QUEUED" }, version, origin)]);
  return {
    command: id,
    replayed: false,
    orderId: order.id,
    partIds: [...made, ...changed],
    preview: null,
    errors: [],
  };
}

function previewOf(steps: Step[], orderId: string): SubmitResult {
  const warnings = steps
    .filter((step) => step.support === "EMULATED")
    .map((step) => `emulated: ${step.summary}`);
  return {
    command: null,
    replayed: false,
    orderId,
    partIds: [],
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
