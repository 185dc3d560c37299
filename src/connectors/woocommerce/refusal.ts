import { ChannelError, type ErrorCode } from "../../domain/errors.js";
import { isPageInstead } from "../json.js";
import { type Verdict, verdictByStatus } from "../step.js";
import { errorPayload } from "./payload.js";

/** One complete answer. `body` is undefined where it is no JSON: a page of a firewall or a PHP crash, under any status. */
export interface WooAnswer {
  status: number;
  headers: Headers;
  body: unknown;
  retryAfterMs: number | null;
}

/** What may answer in the shop's place. */
export const PAGES = "a firewall, a cache or a maintenance page stands before the shop's REST API";

/** What an answer says about a write: words that are known, or else its status. */
export function verdictOf(answer: WooAnswer): Verdict {
  return recognised(answer) ? "refused" : verdictByStatus(answer);
}

/** The error for an answer that was not the one hoped for. `where` is method, host and path. */
export function refusal(answer: WooAnswer, where: string): ChannelError {
  const known = recognised(answer);
  const words = wordsOf(answer);
  const verdict = verdictOf(answer);
  const said = words ? `${words.code}: ${words.message}` : "no JSON";
  const hint = known?.remedy ?? (isPageInstead(answer) ? PAGES : undefined);
  const remedy = hint ? `; ${hint}` : "";
  return new ChannelError(
    known?.code ?? codeOf(answer.status, words !== null),
    `WooCommerce: ${where} answered ${answer.status} (${said})${remedy}`,
    {
      httpStatus: answer.status,
      upstreamCode: words?.code ?? null,
      upstreamMessage: words?.message ?? null,
      retryAfterMs: answer.retryAfterMs,
      retryable: !known && (answer.status === 429 || answer.status >= 500),
      mayHaveHappened: verdict !== "refused",
    },
  );
}

interface Known {
  code: ErrorCode;
  remedy?: string;
}
interface Row extends Known {
  upstream: string;
  message?: RegExp;
}

export const REST_API_SETTINGS = "WooCommerce > Settings > Advanced > REST API";

/**
 * Answers that mean one thing whatever their status: the shop did nothing. Recorded from 9.9.5 and 10.5.0. The two
 * refund errors come as 500 and are final only with these words; any other 500 may stand for work that was done.
 */
const RECOGNISED: readonly Row[] = [
  {
    upstream: "woocommerce_rest_authentication_error",
    message: /does not have write permissions/,
    code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
    remedy: `change the key's permission to Read/Write under ${REST_API_SETTINGS}`,
  },
  {
    upstream: "woocommerce_rest_authentication_error",
    message: /does not have read permissions/,
    code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
    remedy: `change the key's permission to Read/Write under ${REST_API_SETTINGS}`,
  },
  {
    upstream: "woocommerce_rest_authentication_error",
    message: /Consumer secret is invalid|signature does not match/,
    code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
    remedy: `the consumer secret does not belong to this key: copy it again, or make a new key under ${REST_API_SETTINGS}`,
  },
  {
    upstream: "woocommerce_rest_authentication_error",
    message: /Consumer key is invalid/,
    code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
    remedy: `the shop does not know this consumer key: it may have been revoked; make a new one under ${REST_API_SETTINGS}`,
  },
  {
    upstream: "woocommerce_rest_authentication_error",
    message: /timestamp/,
    code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
    remedy: "the clocks of the shop and of this machine differ by more than 15 minutes",
  },
  { upstream: "woocommerce_rest_authentication_error", code: "SCOPE_NOT_GRANTED_BY_CHANNEL" },
  {
    upstream: "woocommerce_rest_authentication_missing_parameter",
    code: "SCOPE_NOT_GRANTED_BY_CHANNEL",
  },
  ...["view", "create", "edit", "delete", "batch"].map((verb) => ({
    upstream: `woocommerce_rest_cannot_${verb}`,
    code: "SCOPE_NOT_GRANTED_BY_CHANNEL" as const,
    remedy: `the key is unknown to the shop, or its user may not do this: give the key under ${REST_API_SETTINGS} to a Shop manager or Administrator`,
  })),
  {
    upstream: "woocommerce_rest_cannot_create_order_refund",
    message: /^(Invalid refund amount\.|The payment gateway for this order does not exist\.)$/,
    code: "CHANNEL_REJECTED",
  },
  {
    // AST's answer to a tracking number with other signs, under the code of an order that is not there.
    upstream: "woocommerce_rest_order_invalid_id",
    message: /special character/i,
    code: "CHANNEL_REJECTED",
    remedy: "AST takes letters, digits, spaces and dashes in a tracking number",
  },
  {
    upstream: "woocommerce_rest_cannot_delete_order_shipment_tracking",
    code: "CHANNEL_REJECTED",
  },
  ...["shop_order", "order", "shop_order_refund", "order_shipment_tracking", "shop_webhook"].map(
    (what) => ({
      upstream: `woocommerce_rest_${what}_invalid_id`,
      code: "NOT_FOUND" as const,
    }),
  ),
  // Fulfillments number their errors: 0, or 404 for one that was deleted.
  { upstream: "0", message: /not found/i, code: "NOT_FOUND" },
  { upstream: "404", message: /not found/i, code: "NOT_FOUND" },
  { upstream: "0", message: /at least one item|Invalid item/, code: "CHANNEL_REJECTED" },
  {
    upstream: "rest_no_route",
    code: "CAPABILITY_NOT_SUPPORTED",
    remedy: "this shop does not offer that part of the API",
  },
];

function recognised(answer: WooAnswer): Known | null {
  if (answer.status < 400) return null;
  const words = wordsOf(answer);
  if (!words) return null;
  return (
    RECOGNISED.find(
      (row) => row.upstream === words.code && (row.message?.test(words.message) ?? true),
    ) ?? null
  );
}

function wordsOf({ body }: WooAnswer): { code: string; message: string } | null {
  const parsed = errorPayload.safeParse(body);
  if (!parsed.success) return null;
  return { code: parsed.data.code, message: parsed.data.message.slice(0, 200) };
}

/** That something is gone only the shop's own words say: a page says it of the site. */
function codeOf(status: number, isWorded: boolean): ErrorCode {
  if (status === 429) return "CHANNEL_RATE_LIMITED";
  if (status === 401 || status === 403) return "SCOPE_NOT_GRANTED_BY_CHANNEL";
  if (isWorded && status === 410) return "NOT_FOUND";
  return status >= 500 ? "CHANNEL_UNAVAILABLE" : "CHANNEL_REJECTED";
}
