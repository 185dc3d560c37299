import type { UserErrorData } from "../commands/face.js";

/** A refusal as its concrete type shows it; `kind` tells GraphQL which that is. */
export function presentUserError(error: UserErrorData) {
  if (error.kind !== "ChannelError") return error;
  return { ...error, retryAfter: error.retryAfterMs };
}
