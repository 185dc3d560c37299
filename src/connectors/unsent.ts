import { ChannelError } from "../domain/errors.js";

/** Whatever stopped us before a write: the shop did nothing of it. */
export function unsent(platform: string, error: unknown): ChannelError {
  if (!(error instanceof ChannelError)) return unreadable(platform, error, false);
  if (!error.mayHaveHappened) return error;
  const code = error.code === "INTERNAL" ? "CHANNEL_REJECTED" : error.code;
  return new ChannelError(code, error.message, {
    retryable: error.retryable,
    retryAfterMs: error.retryAfterMs,
    httpStatus: error.httpStatus,
    upstreamCode: error.upstreamCode,
    upstreamMessage: error.upstreamMessage,
    mayHaveHappened: false,
    cause: error,
  });
}

/** The shop answered, but nothing that can be read. */
export function unreadable(
  platform: string,
  cause: unknown,
  mayHaveHappened: boolean,
): ChannelError {
  return new ChannelError(
    "CHANNEL_REJECTED",
    `${platform}: the shop answered what cannot be read`,
    {
      mayHaveHappened,
      cause,
    },
  );
}
