import type { Channel, Quote, QuoteAsked } from "../domain/channel.js";
import { ChannelError, GatewayError } from "../domain/errors.js";
import { isZero } from "../domain/money.js";
import { quoteByFacts, refundableAmount } from "../domain/quote.js";
import { isPaused } from "../store/channel-sync.js";
import type { Database } from "../store/db.js";
import { askedOf } from "./check/refund.js";
import { allPieces, piecesOf } from "./check/refund-pieces.js";
import type { Priced, Refused, Scene } from "./check/scene.js";
import { inArguments, pathOf } from "./path.js";
import { readScene } from "./read-scene.js";
import { asUserError } from "./refusal.js";
import type { Target } from "./target.js";
import type { Wish } from "./wish.js";

const QUOTE_MS = 10_000;

export interface PriceParts {
  db: Database;
  /** How long a shop may take to say what a refund comes to. Default 10 s. */
  quoteMs?: number;
}

/**
 * Finds out what a money wish comes to, before its order is locked: no lock is held while a shop is asked. Checks the
 * wish first as far as that needs no price, so that no shop is asked for what cannot be. null where nothing is to be asked.
 */
export async function price(
  parts: PriceParts,
  tenantId: string,
  wish: Wish,
  place: Target,
  channel: Channel,
): Promise<Priced | null | Refused> {
  if (wish.type !== "REFUND_CREATE" && wish.type !== "ORDER_CANCEL") return null;
  const { capabilities } = channel;
  const scene = await parts.db.forTenant(tenantId, (tx) =>
    readScene(tx, tenantId, place, { capabilities, priced: null }),
  );
  if (!scene) return null;
  const asked = askOf(wish, scene);
  if (asked === null || "errors" in asked) return asked;
  const priced = await priceOf(parts, tenantId, channel, scene, asked);
  if (!("errors" in priced)) return priced;
  return { errors: priced.errors.map((error) => inArguments(error, wish)) };
}

/**
 * What the shop says that pieces come to; the order's own amounts where it cannot tell or is paused, since nothing is read
 * from it then. Errors lead into what was asked.
 */
export async function priceOf(
  { db, quoteMs = QUOTE_MS }: PriceParts,
  tenantId: string,
  channel: Channel,
  { order, document }: Pick<Scene, "order" | "document">,
  asked: QuoteAsked,
): Promise<Priced | Refused> {
  const { channelId } = order;
  const paused = await db.forTenant(tenantId, (tx) => isPaused(tx, tenantId, channelId));
  const ask = paused ? undefined : channel.quote?.bind(channel);
  if (!ask) return { asked, quote: quoteByFacts(order, document, asked) };
  try {
    return { asked, quote: await inTime(quoteMs, (signal) => ask(order, asked, signal)) };
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code === "INTERNAL") throw error;
    return { errors: [asUserError(error, channelId)] };
  }
}

function askOf(
  wish: Extract<Wish, { type: "REFUND_CREATE" | "ORDER_CANCEL" }>,
  scene: Scene,
): QuoteAsked | null | Refused {
  if (wish.type === "ORDER_CANCEL") {
    const nothing = isZero(refundableAmount(scene.document).shop);
    if (!wish.refund || nothing || scene.document.state === "CANCELED") return null;
  }
  const pieces =
    wish.type === "ORDER_CANCEL"
      ? allPieces(wish.restock, scene, pathOf(wish, "refund"))
      : piecesOf(wish, scene, (...field) => pathOf(wish, ...field));
  return "errors" in pieces ? pieces : askedOf(pieces);
}

/** Ends a wait that takes too long, whether or not the shop's connector heeds the signal. */
async function inTime(
  quoteMs: number,
  ask: (signal: AbortSignal) => Promise<Quote>,
): Promise<Quote> {
  const signal = AbortSignal.timeout(quoteMs);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(tooLate(quoteMs)), { once: true });
  });
  try {
    return await Promise.race([ask(signal), late]);
  } catch (cause) {
    throw signal.aborted && !(cause instanceof ChannelError) ? tooLate(quoteMs, cause) : cause;
  }
}

function tooLate(quoteMs: number, cause?: unknown): ChannelError {
  return new ChannelError(
    "CHANNEL_UNAVAILABLE",
    `the shop did not say within ${quoteMs / 1000} s what the refund comes to; ask again, or name the amounts`,
    { cause, retryable: true, mayHaveHappened: false },
  );
}
