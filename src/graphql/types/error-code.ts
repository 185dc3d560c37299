import type { ErrorCode as Code } from "../../domain/errors.js";
import { words } from "../words.js";

export const ErrorCode = words<Code>("ErrorCode", "Why something was refused or failed.", {
  INVALID_INPUT: "The input cannot be meant; path leads to the part that is wrong.",
  NOT_FOUND: "It does not exist, or not for this key.",
  FORBIDDEN_FIELD: "The key may not set or see this.",
  QUANTITY_EXCEEDS_FULFILLABLE: "More than is left to ship, net of what other writes hold.",
  QUANTITY_EXCEEDS_RETURNABLE: "More than can still come back, net of other returns.",
  AMOUNT_EXCEEDS_REFUNDABLE: "More money, or more pieces, than can still be refunded.",
  CAPABILITY_NOT_SUPPORTED: "The shop cannot do it.",
  SCOPE_NOT_GRANTED_BY_CHANNEL: "The shop has not granted the permission it takes.",
  CHANNEL_UNAVAILABLE: "The shop does not answer.",
  CHANNEL_REJECTED: "The shop refused it.",
  CHANNEL_RATE_LIMITED: "The shop asks for patience.",
  STALE_VERSION: "The order changed since the version that the write expects.",
  IDEMPOTENCY_KEY_REQUIRED: "This write must bear an idempotency key.",
  IDEMPOTENCY_KEY_REUSED: "The idempotency key belongs to another input.",
  ALREADY_IN_STATE: "It is so already.",
  ON_HOLD: "It is held back.",
  COMMAND_IN_FLIGHT: "An earlier write must end first.",
  CURSOR_EXPIRED: "The cursor is older than the log keeps.",
  LIMIT_EXCEEDED: "More than one request may ask.",
});
