import { ChannelError, type ErrorCode } from "../../domain/errors.js";
import { classifyStatus, type HttpAnswer } from "../http.js";
import type { Cost } from "./throttle.js";
import { refusedWaitMs } from "./throttle.js";

/** One of the top-level `errors` of an answer. */
export interface GraphqlFailure {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; requiredAccess?: string };
}

/** What was asked, for messages: the shop's domain and the operation's name. */
export interface Asked {
  shop: string;
  name: string;
}

/** The ChannelError for a status other than 200. Shopify answers 200 to everything that reached its GraphQL. */
export function statusFailure({ shop, name }: Asked, answer: HttpAnswer): ChannelError {
  const known = (isPage(answer.text) && PAGE[answer.status]) || STATUS[answer.status];
  const failure = known ?? (classifyStatus(answer.status) === "refused" ? REFUSED : BROKEN);
  return new ChannelError(
    failure.code,
    `Shopify: ${shop} answered HTTP ${answer.status} to ${name}: ${failure.text}`,
    {
      httpStatus: answer.status,
      retryable: failure.retryable,
      retryAfterMs: answer.retryAfterMs,
      upstreamCode: answer.status === 401 ? "AUTH" : null,
      mayHaveHappened: failure.mayHaveHappened,
    },
  );
}

/** The ChannelError for top-level errors; the first that says most decides. */
export function graphqlFailure(asked: Asked, failures: GraphqlFailure[]): ChannelError {
  const code = (failure: GraphqlFailure) => failure.extensions?.code ?? "";
  const worst =
    failures.find((failure) => code(failure) === "ACCESS_DENIED") ??
    failures.find((failure) => !NOT_DONE.has(code(failure))) ??
    failures[0];
  const upstreamCode = worst ? code(worst) : "";
  const message = withoutContacts(worst?.message ?? "no data and no error");
  const denied = upstreamCode === "ACCESS_DENIED";
  return new ChannelError(
    denied
      ? "SCOPE_NOT_GRANTED_BY_CHANNEL"
      : upstreamCode === "INTERNAL_SERVER_ERROR"
        ? "CHANNEL_UNAVAILABLE"
        : "CHANNEL_REJECTED",
    denied
      ? `Shopify: ${asked.shop} denies ${asked.name}; grant the app ${requiredAccess(worst)} and install it anew`
      : `Shopify: ${asked.shop} refused ${asked.name}: ${message}`,
    {
      httpStatus: 200,
      retryable: upstreamCode === "INTERNAL_SERVER_ERROR",
      upstreamCode: upstreamCode || null,
      upstreamMessage: message,
      mayHaveHappened: !failures.some(
        (failure) => NOT_DONE.has(code(failure)) && !isBelowTop(failure),
      ),
    },
  );
}

/** The ChannelError for an answer that stayed without points until patience ended. Nothing was done. */
export function throttledFailure(
  { shop, name }: Asked,
  cost: Cost | null,
  cause?: unknown,
): ChannelError {
  const waitMs = cost && refusedWaitMs(cost);
  const never = cost !== null && waitMs === null;
  return new ChannelError(
    "CHANNEL_RATE_LIMITED",
    never
      ? `Shopify: ${name} costs ${cost.requestedQueryCost} points, and ${shop} never has more than ${cost.throttleStatus.maximumAvailable}`
      : `Shopify: ${shop} had no points left for ${name}`,
    {
      httpStatus: 200,
      retryable: !never,
      retryAfterMs: waitMs,
      upstreamCode: "THROTTLED",
      mayHaveHappened: false,
      cause,
    },
  );
}

/** Whether a body is a web page, as firewalls and maintenance have them. */
export function isPage(text: string): boolean {
  return text.trimStart().startsWith("<");
}

/** The ChannelError for a body that is not what GraphQL answers, but `what`. What was asked may have been done. */
export function unreadable({ shop, name }: Asked, what: string, cause: unknown): ChannelError {
  return new ChannelError(
    "CHANNEL_UNAVAILABLE",
    `Shopify: ${shop} answered ${name} with ${what}; if it stays so, see Shopify's status page and what stands between it and the gateway`,
    { httpStatus: 200, retryable: true, cause },
  );
}

/** A message of the shop's without mail addresses and telephone numbers: it may quote what was sent. */
export function withoutContacts(message: string): string {
  return message.replace(/\S+@\S+/g, "(address)").replace(/\+\d[\d\s().-]{6,}\d/g, "(telephone)");
}

interface StatusFailure {
  code: ErrorCode;
  text: string;
  retryable: boolean;
  mayHaveHappened: boolean;
}
const certain = (code: ErrorCode, text: string, retryable = false): StatusFailure => ({
  code,
  text,
  retryable,
  mayHaveHappened: false,
});

const STATUS: Record<number, StatusFailure> = {
  401: certain("CHANNEL_REJECTED", "the access token is not valid; give the channel a new one"),
  402: certain("CHANNEL_UNAVAILABLE", "the shop is frozen until its bill is paid"),
  403: certain("CHANNEL_REJECTED", "the app may not come in; install it anew"),
  404: certain("CHANNEL_REJECTED", "there is no such shop; check its domain"),
  423: certain("CHANNEL_UNAVAILABLE", "the shop is locked; its owner must contact Shopify"),
  429: certain("CHANNEL_RATE_LIMITED", "too many requests", true),
  430: certain("CHANNEL_UNAVAILABLE", "it took the request for an attack and refused it", true),
};
/** Where a web page came with it, the answer is not from the shop's API but from what stands before it. */
const PAGE: Record<number, StatusFailure> = {
  403: certain(
    "CHANNEL_UNAVAILABLE",
    "a firewall's page; if it stays so, have the gateway's address let through",
    true,
  ),
};
const REFUSED = certain("CHANNEL_REJECTED", "the request was refused");
const BROKEN: StatusFailure = {
  code: "CHANNEL_UNAVAILABLE",
  text: "it says nothing of what it did",
  retryable: true,
  mayHaveHappened: true,
};

/** A field within an answer failed: what stands above it was carried out, also where null went up to it. */
function isBelowTop({ path = [] }: GraphqlFailure): boolean {
  return path.length > 1;
}

/** Codes of errors that come before anything is executed. */
const NOT_DONE = new Set([
  "ACCESS_DENIED",
  "BAD_REQUEST",
  "INVALID_FIELD_ARGUMENTS",
  "INVALID_VARIABLE",
  "MAX_COST_EXCEEDED",
  "SHOP_INACTIVE",
  "THROTTLED",
  "argumentLiteralsIncompatible",
  "missingRequiredArguments",
  "parseError",
  "undefinedField",
  "variableMismatch",
]);

function requiredAccess(failure: GraphqlFailure | undefined): string {
  const said = failure?.extensions?.requiredAccess ?? failure?.message ?? "";
  const scopes = [...said.matchAll(/`((?:read|write)_\w+)`/g)].map(([, scope]) => scope);
  if (scopes.length === 0) return "the access scope it needs";
  const names = [...new Set(scopes)];
  return names.length === 1
    ? `the access scope ${names[0]}`
    : `one of the access scopes ${names.join(", ")}`;
}
