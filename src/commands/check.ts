import type { Capability, ChannelOperation } from "../domain/channel.js";
import type { Command, PackageWish } from "../domain/command.js";
import type { OrderDocument } from "../domain/document.js";
import type { ErrorCode } from "../domain/errors.js";
import type { Fulfillment } from "../domain/fulfillment.js";
import type { Order } from "../domain/order.js";
import { present } from "../domain/part.js";
import { byLine, type LineQuantity, lessQuantity } from "../domain/quantity.js";
import type { UserErrorData, Wish, WriteOptions } from "./face.js";
import { basic } from "./refusal.js";

/** What a wish is checked against, read under the order's lock. */
export interface Scene {
  order: Order;
  document: OrderDocument;
  /** What unfinished commands hold, by line. */
  reserved: Map<string, number>;
  capabilities: readonly Capability[];
  /** Native ids of locations by our ids. */
  locations: ReadonlyMap<string, string>;
}

/** A wish resolved against its order, or every reason why it cannot be. */
export type Checked = { command: Command; needs: ChannelOperation[] } | { errors: UserErrorData[] };

/** Checks a wish against quantities, states and what the order has. Pure. */
export function check(
  wish: Wish,
  scene: Scene,
  options: Pick<WriteOptions, "notifyCustomer">,
): Checked {
  const base = { orderId: scene.order.id, notifyCustomer: options.notifyCustomer };
  if (scene.order.deletedAt && wish.type !== "ORDER_REFRESH")
    return refuse("ALREADY_IN_STATE", `order ${scene.order.id} was deleted in its shop`, ["input"]);
  switch (wish.type) {
    case "FULFILLMENT_CREATE":
      return checkCreate(wish, scene, base);
    case "FULFILLMENT_TRACKING_UPDATE":
    case "FULFILLMENT_CANCEL":
    case "TRACKING_EVENT_ADD":
      return checkShipment(wish, scene, base);
    case "ORDER_CANCEL":
      return checkCancel(wish, scene, base);
    case "ORDER_REFRESH":
      return { command: { ...base, ...wish }, needs: ["ORDER_READ"] };
    default:
      return refuse("CAPABILITY_NOT_SUPPORTED", `${wish.type} is not offered yet`, null);
  }
}

interface Base {
  orderId: string;
  notifyCustomer: boolean | null;
}

/** Whole orders only, and without the money: what else is asked for is refused, never done in part. */
function checkCancel(
  { lines, refund, ...wish }: Extract<Wish, { type: "ORDER_CANCEL" }>,
  { order, document }: Scene,
  base: Base,
): Checked {
  const unable = (what: string, field: string): UserErrorData => ({
    kind: "CapabilityError",
    code: "CAPABILITY_NOT_SUPPORTED",
    message: `${what}; cancel the whole order without it`,
    path: ["input", field],
    operation: "ORDER_CANCEL",
    channelId: order.channelId,
    alternatives: [],
  });
  const errors: UserErrorData[] = [];
  if (refund)
    errors.push(unable("an order cannot be refunded with its cancellation yet", "refund"));
  if (lines) errors.push(unable("no platform here can cancel single lines", "lines"));
  if (errors.length > 0) return { errors };
  if (document.state === "CANCELED")
    return refuse("ALREADY_IN_STATE", `order ${order.id} is canceled already`, [
      "input",
      "orderId",
    ]);
  return { command: { ...base, ...wish, refund: null }, needs: ["ORDER_CANCEL"] };
}

function checkCreate(
  wish: Extract<Wish, { type: "FULFILLMENT_CREATE" }>,
  scene: Scene,
  base: Base,
): Checked {
  if (scene.document.state === "CANCELED")
    return refuse(
      "ALREADY_IN_STATE",
      `order ${base.orderId} is canceled; nothing of it can be shipped`,
      ["input", "orderId"],
    );
  const open = availableOf(scene);
  const wanted =
    wish.lines ??
    [...open].flatMap(([lineId, quantity]) => (quantity > 0 ? [{ lineId, quantity }] : []));
  const errors = [
    ...checkLines(wanted, open, scene, ["input", "lines"]),
    ...checkPackages(wish.packages, wanted, ["input", "packages"]),
  ];
  const work = wish.fulfillmentOrderId;
  if (work && !present(scene.order.fulfillmentOrders).some((row) => row.id === work))
    errors.push(
      basic("NOT_FOUND", `fulfillment order ${work} is not part of order ${base.orderId}`, [
        "input",
        "fulfillmentOrderId",
      ]),
    );
  if (wish.locationId && !scene.locations.has(wish.locationId))
    errors.push(
      basic("NOT_FOUND", `location ${wish.locationId} does not exist at this channel`, [
        "input",
        "locationId",
      ]),
    );
  if (wish.lines?.length === 0)
    errors.push(
      basic("INVALID_INPUT", "lines is empty; name at least one, or omit it to ship what is left", [
        "input",
        "lines",
      ]),
    );
  else if (wanted.length === 0)
    errors.push(
      basic("ALREADY_IN_STATE", `order ${base.orderId} has nothing left to ship`, [
        "input",
        "lines",
      ]),
    );
  if (errors.length > 0) return { errors };
  const sums = byLine(wanted);
  const lines = [...sums].map(([lineId, quantity]) => ({ lineId, quantity }));
  const partial = [...open].some(([lineId, quantity]) => quantity > (sums.get(lineId) ?? 0));
  const needs: ChannelOperation[] = ["FULFILLMENT_CREATE"];
  if (partial) needs.push("FULFILLMENT_PARTIAL");
  if (wish.packages.length > 1) needs.push("FULFILLMENT_MULTI_PACKAGE");
  if (wish.locationId) needs.push("FULFILLMENT_FROM_LOCATION");
  if (base.notifyCustomer) needs.push("NOTIFY_CUSTOMER");
  const locationId = wish.locationId && (scene.locations.get(wish.locationId) ?? null);
  return { command: { ...base, ...wish, lines, locationId }, needs };
}

/** What is free to ship of every line: fulfillable less what unfinished commands hold. */
export function availableOf({
  document,
  reserved,
}: Pick<Scene, "document" | "reserved">): Map<string, number> {
  return new Map(
    document.lines.map((line) => [
      line.id,
      lessQuantity(line.quantities.fulfillable, reserved.get(line.id) ?? 0),
    ]),
  );
}

function checkLines(
  wanted: LineQuantity[],
  open: Map<string, number>,
  { document }: Scene,
  path: string[],
): UserErrorData[] {
  const errors: UserErrorData[] = [];
  for (const [lineId, requested] of byLine(wanted)) {
    const at = [...path, String(wanted.findIndex((line) => line.lineId === lineId)), "quantity"];
    const line = document.lines.find((row) => row.id === lineId);
    const available = open.get(lineId) ?? 0;
    if (!line)
      errors.push(basic("NOT_FOUND", `line ${lineId} is not part of order ${document.id}`, at));
    else if (!(requested > 0))
      errors.push(basic("INVALID_INPUT", `quantity ${requested} must be above zero`, at));
    else if (requested > available) {
      const held = requested <= available + line.quantities.onHold;
      const why = held ? `; ${line.quantities.onHold} are on hold` : "";
      errors.push({
        kind: "QuantityError",
        code: held ? "ON_HOLD" : "QUANTITY_EXCEEDS_FULFILLABLE",
        message: `${requested} of line ${lineId} were asked for, ${available} can be shipped${why}`,
        path: at,
        lineId,
        requested,
        available,
      });
    }
  }
  return errors;
}

/** Packages that say what is in them must say it of nothing but what is shipped, and of all of it. */
function checkPackages(
  packages: readonly PackageWish[],
  wanted: LineQuantity[],
  path: string[],
): UserErrorData[] {
  const errors = packages.flatMap((parcel, index) =>
    parcel.tracking && parcel.tracking.number.trim() === ""
      ? [
          basic("INVALID_INPUT", "a tracking number must not be empty", [
            ...path,
            String(index),
            "tracking",
            "number",
          ]),
        ]
      : [],
  );
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

type ShipmentWish = Extract<
  Wish,
  { type: "FULFILLMENT_TRACKING_UPDATE" | "FULFILLMENT_CANCEL" | "TRACKING_EVENT_ADD" }
>;

const NEEDS: Record<ShipmentWish["type"], ChannelOperation> = {
  FULFILLMENT_TRACKING_UPDATE: "FULFILLMENT_TRACKING_UPDATE",
  FULFILLMENT_CANCEL: "FULFILLMENT_CANCEL",
  TRACKING_EVENT_ADD: "FULFILLMENT_EVENT_CREATE",
};

function checkShipment(wish: ShipmentWish, scene: Scene, base: Base): Checked {
  const shipment = shipmentOf(wish, scene.order);
  if (!shipment) {
    const [what, id, field] =
      wish.type === "TRACKING_EVENT_ADD"
        ? ["package", wish.packageId, "packageId"]
        : ["fulfillment", wish.fulfillmentId, "fulfillmentId"];
    return refuse("NOT_FOUND", `${what} ${id} does not exist`, [field as string]);
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
  const needs = [NEEDS[wish.type]];
  if (wish.type === "TRACKING_EVENT_ADD")
    return { command: { ...base, ...wish, fulfillmentId: id }, needs };
  if (wish.type === "FULFILLMENT_CANCEL") return { command: { ...base, ...wish }, needs };
  if (wish.packages.length === 0)
    return refuse("INVALID_INPUT", "at least one package with its tracking must be given", [
      "packages",
    ]);
  const errors = checkPackages(
    wish.packages.map((parcel) => ({ ...parcel, lines: [] })),
    [],
    ["packages"],
  );
  return errors.length > 0 ? { errors } : { command: { ...base, ...wish }, needs };
}

function shipmentOf(wish: ShipmentWish, order: Order): Fulfillment | undefined {
  return order.fulfillments.find((row) =>
    wish.type === "TRACKING_EVENT_ADD"
      ? row.packages.some((parcel) => parcel.id === wish.packageId && !parcel.removedAt)
      : row.id === wish.fulfillmentId,
  );
}

/** Whether the shop can do it, and may, and does it natively where that was asked for. */
export function checkCapabilities(
  needs: readonly ChannelOperation[],
  capabilities: readonly Capability[],
  channelId: string,
  allowEmulated: boolean,
): UserErrorData[] {
  const byOperation = new Map(capabilities.map((capability) => [capability.operation, capability]));
  return needs.flatMap((operation): UserErrorData[] => {
    const capability = byOperation.get(operation);
    const refusal = refusalOf(operation, capability, allowEmulated);
    if (!refusal) return [];
    return [
      { kind: "CapabilityError", ...refusal, path: null, operation, channelId, alternatives: [] },
    ];
  });
}

function refusalOf(operation: string, capability: Capability | undefined, allowEmulated: boolean) {
  if (!capability || capability.support === "NONE")
    return {
      code: "CAPABILITY_NOT_SUPPORTED" as const,
      message: `this shop cannot do ${operation}${capability?.note ? `: ${capability.note}` : ""}`,
    };
  if (!capability.granted)
    return {
      code: "SCOPE_NOT_GRANTED_BY_CHANNEL" as const,
      message: `the shop does not let the gateway do ${operation}; grant ${capability.requiredScopes.join(", ")} there`,
    };
  if (capability.support === "EMULATED" && !allowEmulated)
    return {
      code: "CAPABILITY_NOT_SUPPORTED" as const,
      message: `this shop does ${operation} only by emulation, which allowEmulated: false refuses${capability.note ? `: ${capability.note}` : ""}`,
    };
  return null;
}

function refuse(
  code: ErrorCode,
  message: string,
  path: string[] | null,
): { errors: UserErrorData[] } {
  return { errors: [basic(code, message, path)] };
}
