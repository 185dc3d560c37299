import { isSafeNumber, parse } from "lossless-json";

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

const WHOLE = /^-?\d+$/;
