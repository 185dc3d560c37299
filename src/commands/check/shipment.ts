import type { ChannelOperation } from "../../domain/channel.js";
import type { PackageWish } from "../../domain/command.js";
import { COMMAND_NEEDS } from "../../domain/command-needs.js";
import type { DocumentFulfillmentOrder, OrderDocument } from "../../domain/document.js";
import type { Fulfillment } from "../../domain/fulfillment.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { byLine, type LineQuantity, lessQuantity } from "../../domain/quantity.js";
import type { UserErrorData } from "../face.js";
import { pathOf } from "../path.js";
import { basic } from "../refusal.js";
import type { ShipmentWish } from "../wish.js";
import { checkCapabilities } from "./capability.js";
import { checkQuantities, type TooMany } from "./quantity.js";
import { type Base, type Checked, refuse, type Scene } from "./scene.js";
import { leftOf } from "./work.js";

type CreateWish = Extract<ShipmentWish, { type: "FULFILLMENT_CREATE" }>;
type ChangeWish = Exclude<ShipmentWish, CreateWish>;

/** Checks what is asked of shipments. */
export function checkShipment(wish: ShipmentWish, scene: Scene, base: Base): Checked {
  return wish.type === "FULFILLMENT_CREATE"
    ? checkCreate(wish, scene, base)
    : checkChange(wish, scene, base);
}

/** What is free to ship of every line, or of those of one piece of work: fulfillable less what unfinished commands hold. */
export function availableOf(
  { document, reserved }: Pick<Scene, "document" | "reserved">,
  work?: DocumentFulfillmentOrder,
): Map<string, number> {
  const left = work && (UNDERWAY.has(work.status) ? leftOf(work) : new Map<string, number>());
  const most = (lineId: string) => (left ? (left.get(lineId) ?? 0) : Number.POSITIVE_INFINITY);
  return new Map(
    document.lines
      .filter(({ id }) => !work || work.lines.some(({ lineId }) => lineId === id))
      .map(({ id, quantities }) => [
        id,
        Math.min(most(id), lessQuantity(quantities.fulfillable, reserved.get(id) ?? 0)),
      ]),
  );
}

const UNDERWAY: ReadonlySet<string> = new Set(["OPEN", "IN_PROGRESS"]);

function checkCreate(wish: CreateWish, scene: Scene, base: Base): Checked {
  if (scene.document.state === "CANCELED")
    return refuse(
      "ALREADY_IN_STATE",
      `order ${base.orderId} is canceled; nothing of it can be shipped`,
      pathOf(wish, "orderId"),
    );
  const work = workOf(wish, scene);
  const open = availableOf(scene, work);
  const wanted =
    wish.lines ??
    [...open].flatMap(([lineId, quantity]) => (quantity > 0 ? [{ lineId, quantity }] : []));
  const errors = [
    ...checkQuantities(wanted, supplyOf(scene, open, work), pathOf(wish, "lines")),
    ...checkPackages(wish.packages, wanted, pathOf(wish, "packages")),
    ...checkPlaces(wish, scene),
    ...(wanted.length > 0 ? [] : [nothingLeft(wish, scene, work)]),
  ];
  if (errors.length > 0) return { errors };
  const sums = byLine(wanted);
  const lines = [...sums].map(([lineId, quantity]) => ({ lineId, quantity }));
  const partial = [...availableOf(scene)].some(
    ([lineId, quantity]) => quantity > (sums.get(lineId) ?? 0),
  );
  const needs: ChannelOperation[] = ["FULFILLMENT_CREATE"];
  if (partial) needs.push("FULFILLMENT_PARTIAL");
  if (wish.packages.length > 1) needs.push("FULFILLMENT_MULTI_PACKAGE");
  if (wish.locationId) needs.push("FULFILLMENT_FROM_LOCATION");
  if (base.notifyCustomer) needs.push("NOTIFY_CUSTOMER");
  const place = wish.locationId && (scene.locations.get(wish.locationId) ?? null);
  const kept = scene.document.fulfillmentOrders.find(({ synthetic }) => synthetic);
  return {
    command: {
      ...base,
      ...wish,
      lines,
      // No shop knows of work that the gateway keeps; what was moved leaves from there.
      fulfillmentOrderId: work?.synthetic ? null : wish.fulfillmentOrderId,
      locationId: place ?? kept?.locationId ?? null,
    },
    needs,
  };
}

/** The work that a shipment is of; undefined where it is of the whole order. */
function workOf({ fulfillmentOrderId }: CreateWish, { document }: Scene) {
  return document.fulfillmentOrders.find(({ id }) => id === fulfillmentOrderId);
}

function supplyOf(
  { document }: Scene,
  available: Map<string, number>,
  work: DocumentFulfillmentOrder | undefined,
) {
  const onHold = onHoldOf(document, work);
  const owner = work ? `fulfillment order ${work.id}` : `order ${document.id}`;
  const tooMany = (lineId: string, requested: number, left: number): TooMany => {
    const waiting = onHold.get(lineId) ?? 0;
    const held = requested <= left + waiting;
    const why = held ? `; ${waiting} are on hold${byWhat(document, work)}` : "";
    return {
      code: held ? "ON_HOLD" : "QUANTITY_EXCEEDS_FULFILLABLE",
      message: `${requested} of line ${lineId} were asked for, ${left} can be shipped${why}`,
    };
  };
  return { available, owner, tooMany };
}

/** How much of each line is held back, in one piece of work or in all. */
function onHoldOf(
  document: OrderDocument,
  work: DocumentFulfillmentOrder | undefined,
): Map<string, number> {
  if (work) return work.status === "ON_HOLD" ? leftOf(work) : new Map();
  return new Map(document.lines.map(({ id, quantities }) => [id, quantities.onHold]));
}

/** Names what holds goods back, so that it can be released. */
function byWhat({ fulfillmentOrders }: OrderDocument, work?: DocumentFulfillmentOrder): string {
  const held = (work ? [work] : fulfillmentOrders).filter(({ status }) => status === "ON_HOLD");
  const holds = held.flatMap((row) => row.holds.map(({ id, reason }) => `${id} (${reason})`));
  return holds.length > 0 ? ` by ${holds.join(", ")}; release that first` : "";
}

function checkPlaces(wish: CreateWish, { order, locations, capabilities }: Scene): UserErrorData[] {
  const errors: UserErrorData[] = [];
  const work = wish.fulfillmentOrderId;
  if (work && !present(order.fulfillmentOrders).some((row) => row.id === work))
    errors.push(
      basic(
        "NOT_FOUND",
        `fulfillment order ${work} is not part of order ${order.id}`,
        pathOf(wish, "fulfillmentOrderId"),
      ),
    );
  if (!wish.locationId || locations.has(wish.locationId)) return errors;
  const unable = checkCapabilities(
    ["FULFILLMENT_FROM_LOCATION"],
    capabilities,
    order.channelId,
    true,
  );
  if (unable.length > 0) return [...errors, ...unable];
  return [
    ...errors,
    basic(
      "NOT_FOUND",
      `location ${wish.locationId} does not exist at this channel`,
      pathOf(wish, "locationId"),
    ),
  ];
}

function nothingLeft(
  wish: CreateWish,
  { document }: Scene,
  work: DocumentFulfillmentOrder | undefined,
): UserErrorData {
  const path = pathOf(wish, "lines");
  if (wish.lines)
    return basic(
      "INVALID_INPUT",
      "lines is empty; name at least one, or omit it to ship what is left",
      path,
    );
  const what = work ? `fulfillment order ${work.id}` : `order ${wish.orderId}`;
  const held = [...onHoldOf(document, work).values()].some((quantity) => quantity > 0);
  return held
    ? basic("ON_HOLD", `what is left of ${what} is on hold${byWhat(document, work)}`, path)
    : basic("ALREADY_IN_STATE", `${what} has nothing left to ship`, path);
}

/** Packages that say what is in them must say it of nothing but what is shipped, and of all of it. */
function checkPackages(
  packages: readonly PackageWish[],
  wanted: readonly LineQuantity[],
  path: string[],
): UserErrorData[] {
  const errors = checkNumbers(packages, path);
  const said = packages.filter((parcel) => parcel.lines.length > 0);
  if (said.length === 0) return errors;
  const packed = byLine(said.flatMap((parcel) => parcel.lines));
  const shipped = byLine(wanted);
  const lines = new Set([...packed.keys(), ...shipped.keys()]);
  for (const lineId of lines)
    if ((packed.get(lineId) ?? 0) !== (shipped.get(lineId) ?? 0))
      errors.push(
        basic(
          "INVALID_INPUT",
          `packages hold ${packed.get(lineId) ?? 0} of line ${lineId}, but ${shipped.get(lineId) ?? 0} are shipped; let the packages together hold exactly what is shipped, or leave their lines out`,
          path,
        ),
      );
  return errors;
}

function checkNumbers(packages: readonly PackageWish[], path: string[]): UserErrorData[] {
  return packages.flatMap(({ tracking }, index) =>
    tracking ? checkNumber(tracking, [...path, String(index), "tracking"]) : [],
  );
}

/** A parcel without a number cannot be followed. `path` leads to the tracking. */
export function checkNumber({ number }: { number: string }, path: string[]): UserErrorData[] {
  if (number.trim() !== "") return [];
  return [basic("INVALID_INPUT", "a tracking number must not be empty", [...path, "number"])];
}

function checkChange(wish: ChangeWish, scene: Scene, base: Base): Checked {
  const shipment = shipmentOf(wish, scene.order);
  if (!shipment) {
    const [what, id, field] =
      wish.type === "TRACKING_EVENT_ADD"
        ? (["package", wish.packageId, "packageId"] as const)
        : (["fulfillment", wish.fulfillmentId, "fulfillmentId"] as const);
    return refuse("NOT_FOUND", `${what} ${id} does not exist`, [field]);
  }
  const id = shipment.id;
  if (shipment.status === "CANCELED" || shipment.removedAt)
    return refuse("ALREADY_IN_STATE", `fulfillment ${id} is canceled`, null);
  if (shipment.status === "PENDING")
    return refuse(
      "COMMAND_IN_FLIGHT",
      `fulfillment ${id} is not made yet; wait for or cancel command ${shipment.commandId}`,
      null,
    );
  const needs = [COMMAND_NEEDS[wish.type].operation];
  if (wish.type === "TRACKING_EVENT_ADD")
    return { command: { ...base, ...wish, fulfillmentId: id }, needs };
  if (wish.type === "FULFILLMENT_CANCEL") return { command: { ...base, ...wish }, needs };
  if (wish.packages.length === 0)
    return refuse("INVALID_INPUT", "at least one package with its tracking must be given", [
      "packages",
    ]);
  const errors = checkNumbers(wish.packages, ["packages"]);
  return errors.length > 0 ? { errors } : { command: { ...base, ...wish }, needs };
}

function shipmentOf(wish: ChangeWish, order: Order): Fulfillment | undefined {
  return order.fulfillments.find((row) =>
    wish.type === "TRACKING_EVENT_ADD"
      ? row.packages.some((parcel) => parcel.id === wish.packageId && !parcel.removedAt)
      : row.id === wish.fulfillmentId,
  );
}
