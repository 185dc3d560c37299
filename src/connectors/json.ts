import { isSafeNumber, parse } from "lossless-json";
import { ChannelError } from "../domain/errors.js";

/**
 * JSON without floats: whole numbers are numbers, every other number stays the text it was, so that no amount that a shop
 * writes as a JSON number is ever rounded on its way in. Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  // Some sites put a byte order mark before everything they send.
  return parse(text.replace(/^\uFEFF/, ""), null, {
    parseNumber: (digits) => (WHOLE.test(digits) && isSafeNumber(digits) ? Number(digits) : digits),
  });
}

const WHOLE = /^-?\d+$/;

/** What an answer says; undefined for a page instead of JSON, of which whoever asked decides what it means. */
export function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether an answer comes from something that stands before the shop: success without JSON, and a refusal that bears none of the
 * shop's own words. That something is not found, or not allowed, only the shop itself can say.
 */
export function isPageInstead({ status, body }: { status: number; body: unknown }): boolean {
  return body === undefined && status < 500 && status !== 401 && status !== 429;
}

/** The error for a read that was answered so. `where` is method, host and path, `likely` what may stand there instead. */
export function pageInstead(
  platform: string,
  where: string,
  likely: string,
  status = 200,
): ChannelError {
  const under = status === 200 ? "" : ` under ${status}`;
  return new ChannelError(
    "CHANNEL_UNAVAILABLE",
    `${platform}: ${where} answered a page instead of JSON${under}; ${likely}; it is tried again, and if it stays so, let the gateway's calls through there`,
    { retryable: true, mayHaveHappened: false },
  );
}
