import type Big from "big.js";
import { LosslessNumber, stringify } from "lossless-json";

/** What is sent: JSON in which an amount keeps every digit it has. */
export function toJson(value: unknown): string {
  return stringify(value) ?? "null";
}

/** An exact amount as a number of JSON. */
export function decimal(amount: Big): LosslessNumber {
  return new LosslessNumber(amount.toFixed());
}
