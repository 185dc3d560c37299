import type { UserErrorData } from "./face.js";
import type { Wish } from "./wish.js";

/** Mutations whose fields stand in one `input`; those of the others are arguments themselves. */
const IN_INPUT: ReadonlySet<Wish["type"]> = new Set<Wish["type"]>([
  "FULFILLMENT_CREATE",
  "ORDER_CANCEL",
  "RETURN_CREATE",
  "REFUND_CREATE",
]);

/** Where a field of a wish stands in its mutation's arguments. */
export function pathOf({ type }: Pick<Wish, "type">, ...field: (string | number)[]): string[] {
  return [...(IN_INPUT.has(type) ? ["input"] : []), ...field.map(String)];
}

/** A connector names the way inside what was asked for; the caller gave that as the mutation's arguments. */
export function inArguments(error: UserErrorData, wish: Pick<Wish, "type">): UserErrorData {
  return error.path ? { ...error, path: pathOf(wish, ...error.path) } : error;
}
