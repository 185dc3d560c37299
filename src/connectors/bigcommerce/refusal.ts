import { z } from "zod";
import { ChannelError, type ErrorCode } from "../../domain/errors.js";
import { isPageInstead, pageInstead } from "../json.js";
import { verdictByStatus } from "../step.js";
import { API_ACCOUNTS, scopeOf } from "./scope.js";

/** One complete answer. `body` is undefined where it is no JSON: a page of whatever stands before the store, under any status. */
export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
  retryAfterMs: number | null;
}

/** What was asked, for messages. */
export interface Asked {
  method: string;
  /** Version and resource, "/v2/orders". */
  path: string;
  /** Method, host and whole path. */
  where: string;
}

/** The error for the answer to a read; null for one that can be read. */
export function unreadAnswer(answer: Answer, asked: Asked): ChannelError | null {
  if (isPageInstead(answer)) return pageInstead("BigCommerce", asked.where, PAGES, answer.status);
  return answer.status < 200 || answer.status >= 300 ? refusal(answer, asked) : null;
}
const PAGES = "the platform may be under maintenance, or a proxy stands before its API";

/** The error for an answer that was not the one hoped for. */
export function refusal(answer: Answer, asked: Asked): ChannelError {
  const { status } = answer;
  const said = wordsOf(answer.body);
  const isPage = isPageInstead(answer);
  const remedy = isPage ? `a page instead of JSON: ${PAGES}` : remedyOf(status, asked);
  return new ChannelError(
    isPage ? "CHANNEL_UNAVAILABLE" : codeOf(status, said),
    `BigCommerce: ${asked.where} answered ${status}${said ? ` (${said})` : ""}${remedy ? `; ${remedy}` : ""}`,
    {
      httpStatus: isPage ? null : status,
      upstreamMessage: said,
      retryAfterMs: answer.retryAfterMs,
      retryable: isPage || status === 429 || status === 423 || status >= 500,
      mayHaveHappened: verdictByStatus(answer) !== "refused",
    },
  );
}

function codeOf(status: number, said: string | null): ErrorCode {
  if (status === 400 && EXCESS.test(said ?? "")) return "QUANTITY_EXCEEDS_FULFILLABLE";
  // A proxy knows nothing of orders: that one is gone only the store itself says, in its own words.
  if (status === 404 && said === null) return "CHANNEL_REJECTED";
  return CODES[status] ?? (status >= 500 ? "CHANNEL_UNAVAILABLE" : "CHANNEL_REJECTED");
}

/** How the store words that more is to be shipped than is left, in the details of a field that is "invalid". */
const EXCESS = /greater than the quantity .* available to ship/i;
const CODES: Readonly<Record<number, ErrorCode>> = {
  401: "CHANNEL_REJECTED",
  403: "SCOPE_NOT_GRANTED_BY_CHANNEL",
  404: "NOT_FOUND",
  410: "NOT_FOUND",
  423: "CHANNEL_UNAVAILABLE",
  429: "CHANNEL_RATE_LIMITED",
};

function remedyOf(status: number, asked: Asked): string | null {
  if (status === 401)
    return `the store does not know this access token: check the store hash, or make a new API account under ${API_ACCOUNTS}`;
  if (status === 403)
    return `give the API account the OAuth scope ${scopeOf(asked)} under ${API_ACCOUNTS}; a store hash that is not the token's own is answered alike`;
  return null;
}

/** v2 answers errors as a list, v3 as one problem with its fields, some of its routes as a list within `data`. */
const v2Errors = z
  .array(
    z.object({
      message: z.string(),
      details: z.object({ invalid_reason: z.string().optional() }).optional().catch(undefined),
    }),
  )
  .min(1);
const v3Error = z.object({
  title: z.string(),
  errors: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
const dataErrors = z.object({ data: z.array(v3Error).min(1) });
/** How a refund is answered whose price could not be had. */
const quoteErrors = z.object({ data: z.array(z.object({ error: z.string() })).min(1) });

/** The store's own words, shortened; they name fields and never quote what was sent. */
function wordsOf(body: unknown): string | null {
  const v2 = v2Errors.safeParse(body).data;
  const problem = v3Error.safeParse(body).data ?? dataErrors.safeParse(body).data?.data[0];
  const failed = quoteErrors.safeParse(body).data?.data[0]?.error ?? null;
  const fields = Object.entries(problem?.errors ?? {}).map(([field, what]) => `${field} ${what}`);
  const said = v2
    ? v2
        .map(({ message, details }) => [message, details?.invalid_reason].filter(Boolean).join(" "))
        .join("; ")
    : problem
      ? [problem.title, ...fields].join("; ")
      : failed;
  return said ? said.slice(0, 300) : null;
}
