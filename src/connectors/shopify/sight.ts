import { CLOCK_SKEW_MS } from "../../domain/adopt.js";
import type { StepCall } from "../../domain/command.js";
import type { OrderFragment } from "./payload.js";
import type { RequestOf, StepRequest } from "./request.js";

/** What of a step is seen at its order. */
export interface Sight {
  nativeId: string | null;
  /** How many there are of it, where more than one may be. */
  times?: number;
}

/** A step that may have been sent, as far as a look needs it. */
export type Sought = Pick<StepCall, "marker" | "sentAt">;

/**
 * Looks at an order, read whole, for what a request would have done. Null where it is certainly not there; throws Refusal
 * where what is there tells nothing.
 */
export type Look<Act extends StepRequest["act"]> = (
  order: OrderFragment,
  request: RequestOf<Act>,
  sought: Sought,
) => Sight | null;

/**
 * Whether something was made since a step was sent, before, or so shortly before that clocks which differ may be why.
 * Shopify keeps moments to the second.
 */
export function whenMade(at: string | null, { sentAt }: Sought): "since" | "near" | "before" {
  if (!sentAt) return "since";
  if (at === null) return "near";
  const made = Date.parse(at);
  const sent = Math.floor(Date.parse(sentAt) / 1000) * 1000;
  if (made >= sent) return "since";
  return made >= sent - CLOCK_SKEW_MS ? "near" : "before";
}

/** Pieces by line, as one text that can be compared. */
export function pieces(lines: readonly { lineItemId: string; quantity: number }[]): string {
  const sums = new Map<string, number>();
  for (const { lineItemId, quantity } of lines)
    sums.set(lineItemId, (sums.get(lineItemId) ?? 0) + quantity);
  return JSON.stringify([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
