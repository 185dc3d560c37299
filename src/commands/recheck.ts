import type { Command, PlannedRefund, Step } from "../domain/command.js";
import { type Derived, derive } from "../domain/derive.js";
import type { LineQuantities, OrderDocument } from "../domain/document.js";
import { addBags, zeroBag } from "../domain/money.js";
import type { Order } from "../domain/order.js";
import { present } from "../domain/part.js";
import { refundableOf } from "../domain/quantities.js";
import { byLine, type LineQuantity, lessQuantity } from "../domain/quantity.js";
import { isSynthetic, statusOfWork } from "../domain/work.js";
import type { StepRow } from "../store/commands.js";
import { quantityError } from "./check/quantity.js";
import { checkMaximum } from "./check/refund-money.js";
import { checkMove } from "./check/return.js";
import type { UserErrorData } from "./face.js";
import { changesReturn } from "./return-move.js";

/** What a step is checked against once more: the order as it is now, and what others hold of it. */
export interface Now {
  order: Order;
  document: OrderDocument;
  /** What unfinished shipments hold by line, without those of the steps that are checked. */
  reserved: ReadonlyMap<string, number>;
}

/**
 * What stands against a step just before it is sent: the shop and other commands may have changed the order since it was
 * planned. What the step itself planned is left out of the count.
 */
export function recheck(
  command: Command,
  { step, partId }: Pick<StepRow, "step" | "partId">,
  now: Now,
): UserErrorData[] {
  const errors = shortageOf([step], { ...now, order: without(now.order, partId) });
  const moves =
    changesReturn(command) && (step.kind === command.type || step.kind === "GATEWAY_RETURN");
  if (moves) errors.push(...checkMove(command, now.document));
  // Nobody's arguments are at fault any more.
  return errors.map((error) => ({ ...error, path: null }));
}

/** What an order lacks for steps to be made, none of which is planned in it. */
export function shortageOf(
  steps: readonly Pick<Step, "creates">[],
  { order, reserved }: Omit<Now, "document">,
): UserErrorData[] {
  const made = steps.flatMap(({ creates }) => creates ?? []);
  if (made.length === 0) return [];
  const derived = derive(order);
  const pieces = (noun: (typeof made)[number]["noun"]) =>
    made.filter((one) => one.noun === noun).flatMap((one): LineQuantity[] => one.lines);
  const of = (word: keyof LineQuantities) => (lineId: string) =>
    derived.byLine.get(lineId)?.[word] ?? 0;
  const free = (left: (lineId: string) => number) => (lineId: string) =>
    lessQuantity(left(lineId), reserved.get(lineId) ?? 0);
  const refundable = refundableOf(order);
  const holding = present(order.fulfillmentOrders).flatMap((work) =>
    statusOfWork(work) === "ON_HOLD" || isSynthetic(work) ? work.holds.map(({ id }) => id) : [],
  );
  const held = (lineId: string) => (of("onHold")(lineId) > 0 ? holding : []);
  const refunds = made.filter((one): one is PlannedRefund => one.noun === "Refund");
  return [
    ...tooFew(pieces("Fulfillment"), free(of("fulfillable")), "shipped", held),
    ...tooFew(pieces("Return"), of("returnable"), "returned"),
    ...tooFew(
      pieces("Refund"),
      free((lineId) => refundable.get(lineId) ?? 0),
      "refunded",
    ),
    ...tooLittle(refunds, order, derived),
  ];
}

const CODES = {
  shipped: "QUANTITY_EXCEEDS_FULFILLABLE",
  returned: "QUANTITY_EXCEEDS_RETURNABLE",
  refunded: "AMOUNT_EXCEEDS_REFUNDABLE",
} as const;

function tooFew(
  wanted: readonly LineQuantity[],
  left: (lineId: string) => number,
  what: keyof typeof CODES,
  heldBy: (lineId: string) => readonly string[] = () => [],
): UserErrorData[] {
  return [...byLine(wanted)].flatMap(([lineId, requested]) => {
    const available = left(lineId);
    if (requested <= available) return [];
    const held = heldBy(lineId);
    const why = held.length > 0 ? `; held back by ${held.join(", ")}` : "";
    const message = `${requested} of line ${lineId} are to be ${what}, but meanwhile only ${available} are left to be${why}`;
    const code = held.length > 0 ? "ON_HOLD" : CODES[what];
    return [quantityError({ code, message }, null, lineId, requested, available)];
  });
}

function tooLittle(
  refunds: readonly PlannedRefund[],
  { id }: Order,
  { totals }: Derived,
): UserErrorData[] {
  if (refunds.length === 0) return [];
  const sum = refunds.map(({ amount }) => amount).reduce(addBags, zeroBag(totals.total));
  return checkMaximum(sum, { id, totals }, null, null);
}

/** The order as it would be if a part had never been planned. */
function without(order: Order, partId: string | null): Order {
  if (partId === null) return order;
  const others = <Row extends { id: string }>(rows: Row[]) =>
    rows.filter((row) => row.id !== partId);
  return {
    ...order,
    fulfillments: others(order.fulfillments),
    returns: others(order.returns),
    refunds: others(order.refunds),
  };
}
