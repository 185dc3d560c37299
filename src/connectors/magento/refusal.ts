import { ChannelError, type ErrorCode } from "../../domain/errors.js";
import { isPageInstead } from "../json.js";
import { verdictByStatus } from "../step.js";
import { type ErrorPayload, errorPayload } from "./payload.js";

/** One complete answer. `body` is undefined where it is no JSON: a page of a firewall or of maintenance mode, under any status. */
export interface MagentoAnswer {
  status: number;
  body: unknown;
  retryAfterMs: number | null;
}

/** What may answer in the shop's place. */
export const PAGES =
  "a firewall, a cache or a redirect stands before the shop's REST API, or the Base URL is wrong";

/**
 * The error for an answer that was not the one hoped for. `where` is method, host and path; `isCertain` tells of writes
 * whose refusals may hide that the work was done.
 */
export function refusal(
  answer: MagentoAnswer,
  where: string,
  { isCertain = () => true }: { isCertain?: (answer: MagentoAnswer) => boolean } = {},
): ChannelError {
  const message = wordsOf(answer.body);
  const known = message === null ? undefined : knownOf(answer.status, message);
  const hint = known?.remedy ?? (isPageInstead(answer) ? PAGES : undefined);
  const remedy = hint ? `; ${hint}` : "";
  return new ChannelError(
    known?.code ?? codeOf(answer.status, message !== null),
    `Magento: ${where} answered ${answer.status} (${message ?? "no JSON"})${remedy}`,
    {
      httpStatus: answer.status,
      upstreamMessage: message,
      retryAfterMs: answer.retryAfterMs,
      retryable: known?.retryable ?? (answer.status === 429 || answer.status >= 500),
      mayHaveHappened: verdictByStatus(answer) !== "refused" || !isCertain(answer),
    },
  );
}

/** Whether the answer is that of a missing permission, of an unknown integration or of a token that is not taken: all the same. */
export function isRefusedAccess({ status, body }: MagentoAnswer): boolean {
  return status === 401 && NOT_AUTHORIZED.test(wordsOf(body) ?? "");
}

/** An answer's own words, with the values put in for `%name` and `%1`; null where there are none. Several lines become one. */
export function wordsOf(body: unknown): string | null {
  const error = errorPayload.safeParse(body).data;
  if (!error) return null;
  return [error, ...error.errors]
    .map(filledIn)
    .join(" ")
    .replace(/\s*\n\s*/g, " ")
    .slice(0, 300);
}

function filledIn({ message, parameters }: ErrorPayload): string {
  const values = Array.isArray(parameters)
    ? Object.fromEntries(parameters.map((value, at) => [String(at + 1), value]))
    : (parameters ?? {});
  return message.replace(/%(\w+)/g, (placeholder, name: string) =>
    name in values ? String(values[name]) : placeholder,
  );
}

/**
 * Whether a refund through a gateway was surely refused before the gateway was asked. Its own failures, and those of the
 * shop's books after it, are a 400 too, in whatever language the shop speaks.
 */
export function isSurelyRefused({ status, body }: MagentoAnswer): boolean {
  return status !== 400 || BEFORE_THE_GATEWAY.test(wordsOf(body) ?? "");
}
const BEFORE_THE_GATEWAY =
  /^(Creditmemo Document Validation Error|We found an invalid quantity to refund item|Maximum shipping amount allowed to refund is|(Error occurred during "[^"]*" processing\. )?The "[^"]*" value's type is invalid|"[^"]*" is required\. Enter and try again|Decoding error)/;

const NOT_AUTHORIZED = /isn't authorized to access/;

interface Known {
  status: number;
  message: RegExp;
  code: ErrorCode;
  remedy?: string;
  retryable?: boolean;
}

/** Where integrations are kept in the admin. */
export const INTEGRATIONS = "System > Extensions > Integrations";

/**
 * Answers with words of their own, recorded from 2.4.6-p11 and read in the source of 2.4. Magento has no error codes and
 * translates its messages, so these only sharpen what the status says, and never turn "may have happened" into "did not".
 */
const KNOWN: readonly Known[] = [
  {
    status: 401,
    message: NOT_AUTHORIZED,
    code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
    remedy: `allow it under ${INTEGRATIONS} > Edit > API and reauthorize the integration`,
  },
  {
    status: 401,
    message: /signature is invalid|Invalid signature/i,
    code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
    remedy: `a secret does not belong to its key, or a proxy changes the address: copy all four values again from ${INTEGRATIONS}, and check the Base URL`,
  },
  {
    status: 401,
    message: /nonce|timestamp/i,
    code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
    remedy: "the clocks of the shop and of this machine differ",
  },
  {
    status: 401,
    message: /consumer|token/i,
    code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
    remedy: `the shop does not know this key or token: activate the integration under ${INTEGRATIONS} and copy all four values again`,
  },
  {
    status: 400,
    message: /token length is invalid|Oauth version/,
    code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
    remedy: `copy the Access Token again from ${INTEGRATIONS}`,
  },
  {
    status: 400,
    message: /Signature method .* not supported/i,
    code: "CHANNEL_REJECTED",
    remedy: "this shop is older than Magento 2.4 and cannot be connected",
  },
  { status: 400, message: /has a status of holded|status of payment_review/, code: "ON_HOLD" },
  {
    status: 400,
    message: /creditmemo can not be created when an order has a status of/,
    code: "ALREADY_IN_STATE",
    remedy: "the shop makes no credit memos of such an order",
  },
  {
    status: 400,
    message: /order does not allow a shipment to be created/,
    code: "ALREADY_IN_STATE",
    remedy: "nothing of the order is left to ship",
  },
  {
    status: 400,
    message: /can't create a shipment without products/,
    code: "QUANTITY_EXCEEDS_FULFILLABLE",
    remedy: "none of these lines can be shipped any more",
  },
  {
    status: 400,
    message: /invalid quantity to refund|greater than the unrefunded quantity/,
    code: "QUANTITY_EXCEEDS_RETURNABLE",
    remedy: "fewer pieces were billed and not refunded yet",
  },
  {
    status: 400,
    message: /Maximum shipping amount allowed to refund is|most money available to refund is/,
    code: "AMOUNT_EXCEEDS_REFUNDABLE",
  },
  {
    status: 400,
    message: /can't create creditmemo for the invoice/,
    code: "CHANNEL_REJECTED",
    remedy:
      "the invoice was refunded, or its payment method sends no money back through the shop; refund the order offline",
  },
  {
    status: 400,
    message: /incorrect product items|not part of the original order|total must be positive/,
    code: "INVALID_INPUT",
  },
  {
    status: 404,
    message: /does not match any route/,
    code: "CAPABILITY_NOT_SUPPORTED",
    remedy: "this shop does not offer that part of the API",
  },
  { status: 404, message: /doesn't exist/, code: "NOT_FOUND" },
];

function knownOf(status: number, message: string): Known | undefined {
  return KNOWN.find((row) => row.status === status && row.message.test(message));
}

/** That something is not there only the shop's own words say: a web server's page says it of the shop. */
function codeOf(status: number, isWorded: boolean): ErrorCode {
  if (status === 429) return "CHANNEL_RATE_LIMITED";
  if (status === 401 || status === 403) return "SCOPE_NOT_GRANTED_BY_CHANNEL";
  if (isWorded && (status === 404 || status === 410)) return "NOT_FOUND";
  return status >= 500 ? "CHANNEL_UNAVAILABLE" : "CHANNEL_REJECTED";
}
