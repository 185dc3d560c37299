import type Big from "big.js";
import { isSafeNumber, LosslessNumber, parse, stringify } from "lossless-json";

/**
 * JSON without floats: whole numbers are numbers, every other number stays the text it was, so that no amount is ever
 * rounded on its way in (Magento writes all its money as JSON numbers). Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  // Some sites put a byte order mark before everything they send.
  return parse(text.replace(/^\uFEFF/, ""), null, {
    parseNumber: (digits) => (WHOLE.test(digits) && isSafeNumber(digits) ? Number(digits) : digits),
  });
}

/** What is sent: JSON in which an amount keeps every digit it has. */
export function toJson(value: unknown): string {
  return stringify(value) ?? "null";
}

/** An exact amount as a number of JSON. */
export function decimal(amount: Big): LosslessNumber {
  return new LosslessNumber(amount.toFixed());
}

const WHOLE = /^-?\d+$/;
