import { ChannelError, type ErrorCode, type GatewayError, InvalidInput } from "../domain/errors.js";
import type { SubmitResult, UserErrorData } from "./face.js";

/** A refusal without anything special to it. */
export function basic(code: ErrorCode, message: string, path: string[] | null): UserErrorData {
  return { kind: "BasicUserError", code, message, path };
}

/** A wish that became no command. */
export function refused(errors: UserErrorData[], orderId: string | null = null): SubmitResult {
  return { command: null, replayed: false, orderId, partIds: [], preview: null, errors };
}

/** An error of ours as a caller sees it. */
export function asUserError(error: GatewayError, channelId: string): UserErrorData {
  const code = error.code === "INTERNAL" ? "CHANNEL_UNAVAILABLE" : error.code;
  if (error instanceof ChannelError)
    return {
      kind: "ChannelError",
      code,
      message: error.message,
      path: null,
      channelId,
      httpStatus: error.httpStatus,
      upstreamCode: error.upstreamCode,
      upstreamMessage: error.upstreamMessage,
      retryAfterMs: error.retryAfterMs,
    };
  return basic(code, error.message, error instanceof InvalidInput ? error.path : null);
}
