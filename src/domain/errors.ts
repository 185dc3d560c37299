/** Codes a caller can act on; each is one value of the public ErrorCode enum. */
export const ERROR_CODES = [
  "INVALID_INPUT",
  "NOT_FOUND",
  "FORBIDDEN_FIELD",
  "QUANTITY_EXCEEDS_FULFILLABLE",
  "QUANTITY_EXCEEDS_RETURNABLE",
  "AMOUNT_EXCEEDS_REFUNDABLE",
  "CAPABILITY_NOT_SUPPORTED",
  "SCOPE_NOT_GRANTED_BY_CHANNEL",
  "CHANNEL_UNAVAILABLE",
  "CHANNEL_REJECTED",
  "CHANNEL_RATE_LIMITED",
  "STALE_VERSION",
  "IDEMPOTENCY_KEY_REQUIRED",
  "IDEMPOTENCY_KEY_REUSED",
  "ALREADY_IN_STATE",
  "ON_HOLD",
  "COMMAND_IN_FLIGHT",
  "CURSOR_EXPIRED",
  "LIMIT_EXCEEDED",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Root of every error the program raises itself. The message names the value, the place and the remedy, never a secret. */
export class GatewayError extends Error {
  readonly code: ErrorCode | "INTERNAL";
  constructor(code: ErrorCode | "INTERNAL", message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** What is asked for does not exist, or not for this viewer. */
export class NotFound extends GatewayError {
  constructor(what: string, id: string) {
    super("NOT_FOUND", `${what} ${id} does not exist or is not visible to this key`);
  }
}

/** The input cannot be meant; `path` leads to the offending part of it. */
export class InvalidInput extends GatewayError {
  readonly path: string[];
  constructor(message: string, path: string[] = [], options?: { cause?: unknown }) {
    super("INVALID_INPUT", message, options);
    this.path = path;
  }
}

/** Something a channel answered, or failed to. */
export class ChannelError extends GatewayError {
  /** Whether the same request may succeed later without anybody doing anything. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly httpStatus: number | null;
  readonly upstreamCode: string | null;
  /** The shop's own words, already free of personal data and secrets. */
  readonly upstreamMessage: string | null;
  /** Whether the shop can have done what was asked: false only where that is certain. */
  readonly mayHaveHappened: boolean;

  constructor(code: ErrorCode, message: string, detail: ChannelErrorDetail = {}) {
    super(code, message, { cause: detail.cause });
    this.retryable = detail.retryable ?? false;
    this.retryAfterMs = detail.retryAfterMs ?? null;
    this.httpStatus = detail.httpStatus ?? null;
    this.upstreamCode = detail.upstreamCode ?? null;
    this.upstreamMessage = detail.upstreamMessage ?? null;
    this.mayHaveHappened = detail.mayHaveHappened ?? true;
  }
}

export interface ChannelErrorDetail {
  retryable?: boolean;
  retryAfterMs?: number | null;
  httpStatus?: number | null;
  upstreamCode?: string | null;
  upstreamMessage?: string | null;
  mayHaveHappened?: boolean;
  cause?: unknown;
}

/** The same error in other words: all that callers act on stays. */
export function reworded(error: ChannelError, message: string): ChannelError {
  const { code, retryable, retryAfterMs, httpStatus, upstreamCode, upstreamMessage } = error;
  return new ChannelError(code as ErrorCode, message, {
    retryable,
    retryAfterMs,
    httpStatus,
    upstreamCode,
    upstreamMessage,
    mayHaveHappened: error.mayHaveHappened,
    cause: error,
  });
}
