import type { Outcome } from "../../domain/channel.js";
import { ChannelError, type ErrorCode, GatewayError } from "../../domain/errors.js";
import { withoutContacts } from "./failure.js";

/** What an effect answered where the shop refused it: certainly not done. */
export class Refusal extends Error {
  readonly error: ChannelError;
  constructor(error: ChannelError) {
    super(error.message, { cause: error });
    this.name = "Refusal";
    this.error = error;
  }
}

/** A refusal of our own, on what the shop told just before. */
export function refuse(code: ErrorCode, message: string): Refusal {
  return new Refusal(new ChannelError(code, `Shopify: ${message}`, { mayHaveHappened: false }));
}

/** What a mutation refused, in the shop's words; only some mutations give a code. */
export interface UserError {
  field: string[] | null;
  message: string;
  code?: string | null;
}

/** The refusal in a mutation's `userErrors`, which Shopify gives only for what it did not do. */
export function refusalOf(what: string, errors: readonly UserError[]): Refusal {
  const said = errors.map(({ message }) => withoutContacts(message)).join("; ");
  const code = errors.find((error) => error.code)?.code ?? null;
  const known = MEANINGS.find(({ words }) => words.test(said));
  return new Refusal(
    new ChannelError(
      known?.code ?? (code === "INVALID_STATE" ? "ALREADY_IN_STATE" : "CHANNEL_REJECTED"),
      `Shopify refused to ${what}: ${said}`,
      {
        httpStatus: 200,
        upstreamCode: code,
        upstreamMessage: said,
        mayHaveHappened: false,
      },
    ),
  );
}

/** How far the mutation of a step has come. */
export type Stage = "before" | "sending" | "answered";

/**
 * What became of an effect that threw. Before the mutation left, nothing was done. While it was under way, only
 * an error that says so is a refusal, and everything else (timeout, reset, 5xx, unreadable) leaves it unknown.
 * Once it was answered, what fails is our looking at it.
 */
export function outcomeOf(error: unknown, stage: Stage): Outcome {
  if (error instanceof Refusal) return { kind: "refused", error: whyUnsent(error) };
  const isDone =
    stage === "answered" ||
    (stage === "sending" && !(error instanceof ChannelError && !error.mayHaveHappened));
  const failure = asChannelError(error, isDone);
  return { kind: isDone ? "unknown" : "refused", error: failure };
}

/** What stopped us where nothing was sent. */
export function whyUnsent(error: unknown): ChannelError {
  return error instanceof Refusal ? error.error : asChannelError(error, false);
}

/** Shopify's sentences of errors without a code, by what they mean. */
const MEANINGS: { words: RegExp; code: ErrorCode }[] = [
  { words: /on hold/i, code: "ON_HOLD" },
  {
    words: /refund.*(exceed|more (than|items))|(exceed|more (than|items)).*refund/i,
    code: "AMOUNT_EXCEEDS_REFUNDABLE",
  },
  { words: /to be returned|processable|left to dispose/i, code: "QUANTITY_EXCEEDS_RETURNABLE" },
  {
    words: /quantity|remaining|unfulfilled|nothing to fulfill|already fulfilled/i,
    code: "QUANTITY_EXCEEDS_FULFILLABLE",
  },
  { words: /already (been )?(cancell?ed|closed)/i, code: "ALREADY_IN_STATE" },
];

function asChannelError(error: unknown, mayHaveHappened: boolean): ChannelError {
  const known = error instanceof ChannelError ? error : null;
  if (known?.mayHaveHappened === mayHaveHappened) return known;
  const code = error instanceof GatewayError && error.code !== "INTERNAL" ? error.code : null;
  // Words that were not written for people may hold anything of the answer.
  const message =
    error instanceof GatewayError
      ? error.message
      : `Shopify: the shop's answer cannot be read (${error instanceof Error ? error.name : typeof error}); look at the order in the shop's admin`;
  return new ChannelError(code ?? "CHANNEL_REJECTED", message, {
    retryable: known?.retryable ?? false,
    retryAfterMs: known?.retryAfterMs ?? null,
    httpStatus: known?.httpStatus ?? null,
    upstreamCode: known?.upstreamCode ?? null,
    upstreamMessage: known?.upstreamMessage ?? null,
    mayHaveHappened,
    cause: error,
  });
}
