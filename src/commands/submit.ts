import { randomUUID } from "node:crypto";
import type { Channel, OpenChannel } from "../domain/channel.js";
import { movesMoney } from "../domain/command.js";
import { mintId } from "../domain/id.js";
import type { Order } from "../domain/order.js";
import type { Viewer } from "../domain/scope.js";
import type { Bus } from "../events/bus.js";
import { commandUpdated } from "../events/command.js";
import type { Origin, Recorder, RecordScope } from "../events/recorder.js";
import { insertCommand, lockIdempotencyKey } from "../store/commands.js";
import { lockOrders } from "../store/orders.js";
import type { Priced } from "./check/scene.js";
import type { SubmitResult, Wish, WriteOptions } from "./face.js";
import { newMarker } from "./marker.js";
import { openFor } from "./open.js";
import { checkMoneyScope, checkOptions, wantsMoney } from "./options.js";
import { pathOf } from "./path.js";
import { type Plan, planWish } from "./plan.js";
import { actorOf, plannedPart } from "./planned.js";
import { type PriceParts, price } from "./price.js";
import { readScene } from "./read-scene.js";
import { refused } from "./refusal.js";
import { findReplay, hashOf, partsOf } from "./replay.js";
import { checkVersion } from "./stale.js";
import { findTarget, type Target, unknownTarget } from "./target.js";
import { waitFor } from "./wait.js";

export interface SubmitParts extends PriceParts {
  recorder: Recorder;
  bus: Bus;
  openChannel: OpenChannel;
  now?: () => Date;
}

/**
 * How a wish becomes a command: priced where it moves money, checked under the order's lock against what is true now,
 * planned into steps, written together with what it reserves and what it is going to make. Nothing is sent here. A dry
 * run and a refusal write nothing and claim no idempotency key.
 */
export function createSubmit(parts: SubmitParts) {
  const { db, recorder, bus, now = () => new Date() } = parts;
  return async function submit(
    viewer: Viewer,
    wish: Wish,
    options: WriteOptions,
  ): Promise<SubmitResult> {
    const { tenantId } = viewer;
    const invalid = wantsMoney(wish) ? checkMoneyScope(viewer, pathOf(wish, "refund")) : [];
    invalid.push(...checkOptions(wish, options));
    if (invalid.length > 0) return refused(invalid);
    const replayed = () => db.forTenant(tenantId, (tx) => findReplay(tx, viewer, wish, options));
    const replay = await replayed();
    if (replay) return waitFor(parts, viewer, replay, options);
    const place = await findTarget(db, viewer, wish);
    if (!place) return refused([unknownTarget(wish)]);
    const opened = await openFor(parts, tenantId, place.channelId);
    if ("errors" in opened) return refused(opened.errors, place.orderId);
    const { channel } = opened;
    const priced = await price(parts, tenantId, wish, place, channel);
    if (priced && "errors" in priced)
      // What stands in its way may be the same wish, brought with the same key a moment earlier.
      return (await replayed()) ?? refused(priced.errors, place.orderId);
    const result = await recorder.transact(tenantId, (scope) =>
      accept(scope, { viewer, wish, options, place, channel, priced, now: now() }),
    );
    if (result.command) bus.notify("commands");
    return waitFor(parts, viewer, result, options);
  };
}

interface Asked {
  viewer: Viewer;
  wish: Wish;
  options: WriteOptions;
  place: Target;
  channel: Channel;
  priced: Priced | null;
  now: Date;
}

async function accept(scope: RecordScope, asked: Asked): Promise<SubmitResult> {
  const { viewer, wish, options, place, channel, priced } = asked;
  const { tx, tenantId } = scope;
  const { idempotencyKey, expectedVersion } = options;
  if (idempotencyKey !== null && !options.dryRun)
    await lockIdempotencyKey(tx, tenantId, viewer.client, idempotencyKey);
  const replay = await findReplay(tx, viewer, wish, options);
  if (replay) return replay;
  await lockOrders(tx, tenantId, place.channelId, [place.nativeId]);
  const { capabilities } = channel;
  const scene = await readScene(tx, tenantId, place, { capabilities, priced });
  if (!scene) return refused([unknownTarget(wish)]);
  if (expectedVersion !== null) {
    const stale = await checkVersion(tx, tenantId, scene.order, wish, expectedVersion);
    if (stale.length > 0) return refused(stale, place.orderId);
  }
  const plan = planWish(wish, scene, channel, options);
  if ("errors" in plan) return refused(plan.errors, place.orderId);
  if (options.dryRun) return previewOf(plan, priced, place.orderId);
  return write(scope, asked, scene.order, plan);
}

async function write(
  scope: RecordScope,
  { viewer, wish, options, now }: Asked,
  order: Order,
  { command, steps }: Plan,
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
  const { made, changed } = partsOf(command, rows);
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
    resultId: command.type === "ORDER_CANCEL" ? order.id : (made[0] ?? changed[0] ?? order.id),
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

function previewOf({ steps }: Plan, priced: Priced | null, orderId: string): SubmitResult {
  const emulated = steps.filter((step) => step.support === "EMULATED");
  const warnings = [
    ...emulated.map((step) => `emulated: ${step.summary}`),
    ...steps.flatMap(({ warning }) => warning ?? []),
    ...(priced?.quote.warnings ?? []),
  ];
  const preview = { steps: steps.map((step) => step.summary), warnings };
  return { command: null, replayed: false, orderId, partIds: [], preview, errors: [] };
}
