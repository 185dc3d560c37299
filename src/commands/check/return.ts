import type { Command } from "../../domain/command.js";
import { COMMAND_NEEDS } from "../../domain/command-needs.js";
import type { DocumentReturn, OrderDocument } from "../../domain/document.js";
import { byLine, type LineQuantity, roundQuantity } from "../../domain/quantity.js";
import { awaitedOf, canMove } from "../../domain/return.js";
import type { UserErrorData } from "../face.js";
import { keepsReturn } from "../kept.js";
import { pathOf } from "../path.js";
import { basic } from "../refusal.js";
import { moveOf, type ReturnChange } from "../return-move.js";
import type { ReturnWish } from "../wish.js";
import { checkQuantities, checkQuantity, type TooMany } from "./quantity.js";
import { type Base, type Checked, refuse, type Scene } from "./scene.js";
import { checkNumber } from "./shipment.js";
import { checkText, textOrNull } from "./text.js";

type CreateWish = Extract<ReturnWish, { type: "RETURN_CREATE" }>;
type ChangeWish = Exclude<ReturnWish, CreateWish>;

/** Checks what is asked of goods that come back. */
export function checkReturn(wish: ReturnWish, scene: Scene, base: Base): Checked {
  const checked =
    wish.type === "RETURN_CREATE" ? checkCreate(wish, scene, base) : checkChange(wish, scene, base);
  const kept = keepsReturn(wish, scene);
  if (kept && base.notifyCustomer && !("errors" in checked))
    return {
      errors: [
        {
          kind: "CapabilityError",
          code: "CAPABILITY_NOT_SUPPORTED",
          message:
            "the gateway keeps this return, since the shop has none, and writes to no customer; leave notifyCustomer out",
          path: ["options", "notifyCustomer"],
          operation: "NOTIFY_CUSTOMER",
          channelId: scene.order.channelId,
          alternatives: [],
        },
      ],
    };
  return checked;
}

function checkCreate(wish: CreateWish, { document }: Scene, base: Base): Checked {
  const path = pathOf(wish, "lines");
  const errors = [
    ...checkQuantities(wish.lines, returnableOf(document), path),
    ...(wish.tracking ? checkNumber(wish.tracking, pathOf(wish, "tracking")) : []),
    ...(textOrNull(wish.note) ? checkText("a note", wish.note ?? "", pathOf(wish, "note")) : []),
    ...checkExchange(wish),
  ];
  if (wish.lines.length === 0)
    errors.push(basic("INVALID_INPUT", "lines is empty; name what is to come back", path));
  if (errors.length > 0) return { errors };
  const command = { ...base, ...wish, note: textOrNull(wish.note) };
  const needs = needsOf(wish.type, base);
  return { command, needs: wish.exchangeLines ? [...needs, "EXCHANGE_CREATE" as const] : needs };
}

/** As many lines as a return takes at Shopify, which alone makes exchanges. */
const MOST_EXCHANGED = 250;

function checkExchange({ type, exchangeLines = [] }: CreateWish): UserErrorData[] {
  const path = pathOf({ type }, "exchangeLines");
  if (exchangeLines.length > MOST_EXCHANGED)
    return [
      basic(
        "LIMIT_EXCEEDED",
        `${exchangeLines.length} exchange lines were given; a return has at most ${MOST_EXCHANGED}`,
        path,
      ),
    ];
  return exchangeLines.flatMap(({ sku, quantity }, index) => [
    ...(sku.trim() === ""
      ? [basic("INVALID_INPUT", "a SKU must not be empty", [...path, String(index), "sku"])]
      : []),
    ...checkQuantity(quantity, path, index),
  ]);
}

function returnableOf({ id, lines }: OrderDocument) {
  return {
    available: new Map(lines.map((line) => [line.id, line.quantities.returnable])),
    owner: `order ${id}`,
    tooMany: (lineId: string, requested: number, left: number): TooMany => ({
      code: "QUANTITY_EXCEEDS_RETURNABLE",
      message: `${requested} of line ${lineId} are to come back, but only ${left} left and are in no other return`,
    }),
  };
}

function checkChange(wish: ChangeWish, scene: Scene, base: Base): Checked {
  const row = scene.document.returns.find(({ id }) => id === wish.returnId);
  if (!row)
    return refuse("NOT_FOUND", `return ${wish.returnId} does not exist`, pathOf(wish, "returnId"));
  const command: ReturnChange =
    wish.type === "RETURN_APPROVE"
      ? { ...base, ...wish, lines: wish.lines ?? askedOf(row) }
      : { ...base, ...wish };
  const errors = checkMove(command, scene.document);
  if (errors.length > 0) return { errors };
  const kept = keepsReturn(wish, scene);
  return { command, needs: kept ? [] : needsOf(wish.type, base) };
}

function needsOf(type: ReturnWish["type"], { notifyCustomer }: Base) {
  const { operation } = COMMAND_NEEDS[type];
  return notifyCustomer ? [operation, "NOTIFY_CUSTOMER" as const] : [operation];
}

function askedOf({ lines }: DocumentReturn): LineQuantity[] {
  return sumsOf(lines, "requested");
}

function sumsOf(lines: DocumentReturn["lines"], of: "requested" | "approved"): LineQuantity[] {
  const sums = byLine(lines.map((line) => ({ lineId: line.lineId, quantity: line[of] })));
  return [...sums].map(([lineId, quantity]) => ({ lineId, quantity }));
}

/** Whether this can happen to a return as it stands now; asked when it is wished and again just before it is done. */
export function checkMove(command: ReturnChange, { returns }: OrderDocument): UserErrorData[] {
  const row = returns.find(({ id }) => id === command.returnId);
  const path = pathOf(command, "returnId");
  if (!row) return [basic("NOT_FOUND", `return ${command.returnId} does not exist`, path)];
  const obstacle = obstacleTo(command, row, path);
  if (obstacle) return [obstacle];
  switch (command.type) {
    case "RETURN_APPROVE":
      return checkApproval(command, row);
    case "RETURN_DECLINE":
      return checkText("a reason", command.reason, pathOf(command, "reason"));
    case "RETURN_RECEIVE":
      return checkReceived(command, row);
    case "RETURN_TRACKING_UPDATE":
      return checkNumber(command.tracking, pathOf(command, "tracking"));
    case "RETURN_CLOSE":
    case "RETURN_CANCEL":
      return [];
  }
}

/** What each move asks of the return, in words. */
const ASKS = {
  approved: "only one that is REQUESTED can be approved",
  declined: "only one that is REQUESTED can be declined",
  received: "goods can come in only while it is approved and open",
  tracked: "parcels can be followed only while it is approved and open",
  closed: "only one that is approved and open can be closed",
  canceled:
    "only one that is neither over nor has had anything come back can be canceled; close it instead",
} as const;

function obstacleTo(
  command: ReturnChange,
  row: DocumentReturn,
  path: string[],
): UserErrorData | null {
  if (row.planned)
    return basic(
      "COMMAND_IN_FLIGHT",
      `return ${row.id} is not made yet; wait for or cancel command ${row.commandId}`,
      path,
    );
  const { to } = moveOf(command);
  if (canMove(row, to)) return null;
  return basic("ALREADY_IN_STATE", `return ${row.id} is ${row.status}; ${ASKS[to]}`, path);
}

function checkApproval(
  command: Extract<Command, { type: "RETURN_APPROVE" }>,
  row: DocumentReturn,
): UserErrorData[] {
  const path = pathOf(command, "lines");
  if (command.lines.length === 0)
    return [
      basic("INVALID_INPUT", "lines is empty; name what is agreed to, or decline the return", path),
    ];
  const supply = {
    available: byLine(askedOf(row)),
    owner: `return ${row.id}`,
    tooMany: (lineId: string, requested: number, left: number): TooMany => ({
      code: "QUANTITY_EXCEEDS_RETURNABLE",
      message: `${requested} of line ${lineId} are to be approved, but ${left} were asked for`,
    }),
  };
  return checkQuantities(command.lines, supply, path);
}

function checkReceived(
  command: Extract<Command, { type: "RETURN_RECEIVE" }>,
  row: DocumentReturn,
): UserErrorData[] {
  const path = pathOf(command, "lines");
  if (command.lines.length === 0)
    return [basic("INVALID_INPUT", "lines is empty; name what came back", path)];
  const negative = command.lines.flatMap((line, index) =>
    (["received", "rejected"] as const).flatMap((field) =>
      line[field] >= 0
        ? []
        : [
            basic("INVALID_INPUT", `${field} ${line[field]} must not be below zero`, [
              ...path,
              String(index),
              field,
            ]),
          ],
    ),
  );
  if (negative.length > 0) return negative;
  const handled = command.lines.map(({ lineId, received, rejected }) => ({
    lineId,
    quantity: roundQuantity(received + rejected),
  }));
  const awaited = awaitedOf(row.lines.map((line) => ({ ...line, nativeId: null, restocked: 0 })));
  const supply = {
    available: awaited,
    owner: `return ${row.id}`,
    tooMany: (lineId: string, came: number, left: number): TooMany => ({
      code: "QUANTITY_EXCEEDS_RETURNABLE",
      message: `${came} of line ${lineId} came back, but only ${left} of what was approved are still awaited`,
    }),
  };
  return checkQuantities(handled, supply, path);
}
