import type { ErrorCode } from "../../domain/errors.js";
import { byLine, type LineQuantity, type Quantity, roundQuantity } from "../../domain/quantity.js";
import type { QuantityErrorData, UserErrorData } from "../face.js";
import { basic } from "../refusal.js";

/** How much of each line there is for something, and how to say that it is not enough. */
export interface Supply {
  /** Lines that may be named at all, with what is there of each. */
  available: ReadonlyMap<string, Quantity>;
  /** What the lines belong to: "order ord_…". */
  owner: string;
  /** Says why so many are too many. */
  tooMany: (lineId: string, requested: Quantity, available: Quantity) => TooMany;
}
export interface TooMany {
  code: ErrorCode;
  message: string;
}

/** Refuses lines that are not there, quantities that are none, and sums that are more than there is. `path` leads to the list. */
export function checkQuantities(
  wanted: readonly LineQuantity[],
  { available, owner, tooMany }: Supply,
  path: string[],
): UserErrorData[] {
  const wrong = wanted.flatMap(({ lineId, quantity }, index): UserErrorData[] => {
    if (!available.has(lineId))
      return [basic("NOT_FOUND", `line ${lineId} is not part of ${owner}`, at(path, index))];
    return checkQuantity(quantity, path, index);
  });
  const known = wanted.filter(
    ({ lineId, quantity }) => available.has(lineId) && isQuantity(quantity),
  );
  const tooMuch = [...byLine(known)].flatMap(([lineId, requested]): UserErrorData[] => {
    const left = available.get(lineId) ?? 0;
    if (requested <= left) return [];
    const first = wanted.findIndex((line) => line.lineId === lineId);
    return [
      quantityError(tooMany(lineId, requested, left), at(path, first), lineId, requested, left),
    ];
  });
  return [...wrong, ...tooMuch];
}

/** Refuses a quantity that is none. `path` leads to the list that it stands in. */
export function checkQuantity(quantity: Quantity, path: string[], index: number): UserErrorData[] {
  if (isQuantity(quantity)) return [];
  const message = `quantity ${quantity} must be above zero and have at most 4 decimals`;
  return [basic("INVALID_INPUT", message, at(path, index))];
}

/** More of a line was asked for than there is. */
export function quantityError(
  { code, message }: TooMany,
  path: string[] | null,
  lineId: string,
  requested: Quantity,
  available: Quantity,
): QuantityErrorData {
  return { kind: "QuantityError", code, message, path, lineId, requested, available };
}

function isQuantity(value: number): boolean {
  return Number.isFinite(value) && value > 0 && roundQuantity(value) === value;
}

function at(path: string[], index: number): string[] {
  return [...path, String(index), "quantity"];
}
