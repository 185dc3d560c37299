import type { MoneyBag } from "../../domain/money.js";
import { present } from "../../domain/part.js";
import { refundableOf } from "../../domain/quantities.js";
import { byLine, lessQuantity, type Quantity, roundQuantity } from "../../domain/quantity.js";
import type { Return } from "../../domain/return.js";
import type { UserErrorData } from "../face.js";
import { basic } from "../refusal.js";
import type { RefundLineAsked, RefundWanted } from "../wish.js";
import { capabilityOf } from "./capability.js";
import { checkQuantities, quantityError, type TooMany } from "./quantity.js";
import { checkAmount } from "./refund-money.js";
import { type Refused, refuse, type Scene } from "./scene.js";
import { checkText, textOrNull } from "./text.js";

/** What a refund is for, checked against its order; amounts that nobody named are null. */
export interface RefundPieces {
  lines: Piece[];
  shipping: MoneyBag | null;
  extra: MoneyBag | null;
  /** Whether it is for all that is left, whatever that is. */
  all: boolean;
}
interface Piece {
  lineId: string;
  quantity: Quantity;
  amount: MoneyBag | null;
  restock: boolean;
  /** The platform's id of the place. */
  locationId: string | null;
}

/** Where a field of the wish stands in its mutation's arguments. */
type At = (...field: (string | number)[]) => string[];

/** The pieces and named amounts of a refund. */
export function piecesOf(
  wish: Omit<RefundWanted, "type" | "orderId" | "toStoreCredit">,
  scene: Scene,
  at: At,
): RefundPieces | Refused {
  const row = wish.returnId === null ? null : returnOf(wish.returnId, scene, at);
  if (row && "errors" in row) return row;
  const asked = wish.lines ?? (row ? paidBy(row, scene) : []);
  const shipping = named(wish.shipping, scene, at("shipping"));
  const extra = named(wish.extraAmount, scene, at("extraAmount"));
  const lines = resolveLines(asked, scene, at);
  const errors = [
    ...errorsIn(shipping),
    ...errorsIn(extra),
    ...errorsIn(lines),
    ...(textOrNull(wish.reason) ? checkText("a reason", wish.reason ?? "", at("reason")) : []),
  ];
  if (asked.length === 0 && !wish.shipping && !wish.extraAmount) errors.push(nothing(wish, at));
  if (errors.length > 0 || "errors" in lines) return { errors };
  return { lines: lines.lines, shipping: bagIn(shipping), extra: bagIn(extra), all: false };
}

/** Every piece that is not refunded yet. */
export function allPieces(restock: boolean, scene: Scene, path: string[]): RefundPieces | Refused {
  const open = [...refundableOf(scene.order)].filter(([, quantity]) => quantity > 0);
  const lines = open.map(([lineId, quantity]) => ({
    lineId,
    quantity,
    amount: null,
    restock,
    locationId: null,
  }));
  const errors = checkQuantities(lines, refundable(scene), path).map((error) => ({
    ...error,
    path,
  }));
  return errors.length > 0 ? { errors } : { lines, shipping: null, extra: null, all: true };
}

function returnOf(id: string, { order }: Scene, at: At): Return | Refused {
  const row = present(order.returns).find((each) => each.id === id);
  if (!row)
    return refuse("NOT_FOUND", `return ${id} is not part of order ${order.id}`, at("returnId"));
  if (row.made) return row;
  return refuse(
    "COMMAND_IN_FLIGHT",
    `return ${id} is not made yet; wait for or cancel command ${row.commandId}`,
    at("returnId"),
  );
}

/**
 * What a return received and nobody refunded yet. Goods to be sold again go back to stock with it, unless the shop took
 * them back with the return itself, where it puts anything back with a refund.
 */
function paidBy(row: Return, { order, capabilities }: Scene): RefundLineAsked[] {
  const restocks = canRestock(capabilities);
  const paid = byLine(
    present(order.refunds)
      .filter((refund) => refund.returnId === row.id && refund.status !== "FAILED")
      .flatMap((refund) => refund.lines),
  );
  const open = refundableOf(order);
  return row.lines.flatMap(({ lineId, received, restocked, disposition }) => {
    const before = Math.min(received, paid.get(lineId) ?? 0);
    paid.set(lineId, lessQuantity(paid.get(lineId) ?? 0, before));
    const quantity = Math.min(lessQuantity(received, before), open.get(lineId) ?? 0);
    open.set(lineId, lessQuantity(open.get(lineId) ?? 0, quantity));
    if (quantity === 0) return [];
    const restock = restocks && disposition === "RESTOCK" && restocked === 0;
    return [{ lineId, quantity, amount: null, restock, locationId: null }];
  });
}

function canRestock(capabilities: Scene["capabilities"]): boolean {
  const found = capabilityOf(capabilities, "REFUND_RESTOCK");
  return (found?.support === "NATIVE" || found?.support === "PARTIAL") && found.granted;
}

function resolveLines(
  asked: readonly RefundLineAsked[],
  scene: Scene,
  at: At,
): { lines: Piece[] } | Refused {
  const errors = checkQuantities(asked, refundable(scene), at("lines"));
  if (errors.length === 0) errors.push(...checkRestock(asked, scene, at("lines")));
  const lines = asked.map((line, index): Piece => {
    const amount =
      line.amount &&
      checkAmount(line.amount, scene.document, at("lines", index, "amount"), { zero: true });
    if (amount && "errors" in amount) errors.push(...amount.errors);
    const place = line.locationId === null ? null : scene.locations.get(line.locationId);
    if (place === undefined)
      errors.push(
        basic(
          "NOT_FOUND",
          `location ${line.locationId} does not exist at this channel`,
          at("lines", index, "locationId"),
        ),
      );
    return { ...line, amount: bagIn(amount), locationId: place ?? null };
  });
  return errors.length > 0 ? { errors } : { lines };
}

/** What is in the stock again, by a return or an earlier refund, is not put there a second time. */
function checkRestock(asked: readonly RefundLineAsked[], { document }: Scene, path: string[]) {
  const wanted = asked.map((line) => (line.restock ? line : { ...line, quantity: 0 }));
  const lines = document.lines.map(({ id, quantities }) => ({ id, ...quantities }));
  const there = new Map(lines.map((line) => [line.id, line]));
  return [...byLine(wanted)].flatMap(([lineId, requested]) => {
    const line = there.get(lineId);
    const left = line ? lessQuantity(line.ordered, line.restocked) : 0;
    if (requested <= left) return [];
    const message = `${requested} of line ${lineId} are to go back to stock, but ${line?.restocked ?? 0} of ${line?.ordered ?? 0} are there already; refund those with restock: false`;
    const first = wanted.findIndex((each) => each.lineId === lineId && each.quantity > 0);
    const at = [...path, String(first), "restock"];
    return [quantityError({ code: "ALREADY_IN_STATE", message }, at, lineId, requested, left)];
  });
}

/** Pieces that may be refunded: neither refunded already nor on their way out by an unfinished shipment. */
function refundable({ order, reserved }: Scene) {
  const open = refundableOf(order);
  const available = new Map(
    [...open].map(([lineId, left]) => [lineId, lessQuantity(left, reserved.get(lineId) ?? 0)]),
  );
  const tooMany = (lineId: string, requested: Quantity, left: Quantity): TooMany => {
    const leaving = requested <= (open.get(lineId) ?? 0);
    return {
      code: leaving ? "COMMAND_IN_FLIGHT" : "AMOUNT_EXCEEDS_REFUNDABLE",
      message: leaving
        ? `${requested} of line ${lineId} are to be refunded, but of those only ${left} are not on their way out; wait for or cancel the shipment`
        : `${requested} of line ${lineId} are to be refunded, but only ${roundQuantity(open.get(lineId) ?? 0)} are not refunded yet`,
    };
  };
  return { available, owner: `order ${order.id}`, tooMany };
}

function nothing(wish: Pick<RefundWanted, "returnId" | "lines">, at: At): UserErrorData {
  if (wish.returnId !== null && wish.lines === null)
    return basic(
      "ALREADY_IN_STATE",
      `return ${wish.returnId} has nothing received that is not refunded yet; name lines or an amount`,
      at("returnId"),
    );
  return basic("INVALID_INPUT", "name lines, shipping or an extraAmount to refund", at("lines"));
}

type Amount = { bag: MoneyBag } | Refused | null;

function named(given: RefundWanted["shipping"], { document }: Scene, path: string[]): Amount {
  return given && checkAmount(given, document, path);
}

function bagIn(amount: Amount): MoneyBag | null {
  return amount && "bag" in amount ? amount.bag : null;
}

function errorsIn(checked: object | null): UserErrorData[] {
  return checked && "errors" in checked ? (checked as Refused).errors : [];
}
