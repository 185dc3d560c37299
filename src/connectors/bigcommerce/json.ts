import { isSafeNumber, parse } from "lossless-json";

/**
 * JSON without floats: whole numbers are numbers, every other number stays the text it was, so that no amount is ever
 * rounded on its way in (v3 writes money as JSON numbers, v2 does so inside consignments). Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  return parse(text, null, {
    parseNumber: (digits) => (WHOLE.test(digits) && isSafeNumber(digits) ? Number(digits) : digits),
  });
}

const WHOLE = /^-?\d+$/;
