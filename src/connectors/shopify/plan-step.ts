import type { Step } from "../../domain/command.js";
import { InvalidInput, NotFound } from "../../domain/errors.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import type { LineQuantity } from "../../domain/quantity.js";
import type { StepRequest } from "./request.js";

/** A step that Shopify does natively, makes nothing that an order lists, and moves no money. */
export function step(
  kind: Step["kind"],
  summary: string,
  request: StepRequest,
  idempotent: Step["idempotent"] = "CHECK_THEN_ACT",
): Step {
  return { kind, summary, request, idempotent, money: false, support: "NATIVE", creates: null };
}

/** "1 line", "2 lines". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Shopify's id of one of the order's lines. Throws NotFound. */
export function nativeLineId(order: Order, lineId: string): string {
  const line = present(order.lines).find(({ id }) => id === lineId);
  if (!line?.nativeId) throw new NotFound("line", lineId);
  return line.nativeId;
}

/**
 * Throws InvalidInput for parts of units, which Shopify does not know; `done` says what was to be done with them, `at` where
 * they stand in what was asked.
 */
export function checkWhole(
  lines: readonly LineQuantity[],
  done: string,
  at: (index: number) => string[] = () => ["lines"],
) {
  lines.forEach(({ lineId, quantity }, index) => {
    if (Number.isInteger(quantity)) return;
    throw new InvalidInput(
      `${quantity} of line ${lineId} cannot be ${done}: Shopify counts in whole units`,
      at(index),
    );
  });
}

/** Where the quantity of a line stands that was asked for as it is. */
export function quantityAt(index: number): string[] {
  return ["lines", String(index), "quantity"];
}
