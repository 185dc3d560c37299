import type { Channel, Quote, QuoteAsked } from "../domain/channel.js";
import { ChannelError, GatewayError } from "../domain/errors.js";
import { isZero } from "../domain/money.js";
import { quoteByFacts, refundableAmount } from "../domain/quote.js";
import type { Database } from "../store/db.js";
import { askedOf } from "./check/refund.js";
import { allPieces, piecesOf } from "./check/refund-pieces.js";
import type { Priced, Refused, Scene } from "./check/scene.js";
import { inArguments, pathOf } from "./path.js";
import { readScene } from "./read-scene.js";
import { asUserError } from "./refusal.js";
import type { Target } from "./target.js";
import type { Wish } from "./wish.js";

/** How long a shop may take to say what a refund comes to. */
const QUOTE_MS = 10_000;

/**
 * Finds out what a money wish comes to, before its order is locked: no lock is held while a shop is asked. Checks the
 * wish first as far as that needs no price, so that no shop is asked for what cannot be. null where nothing is to be asked.
 */
export async function price(
  db: Database,
  tenantId: string,
  wish: Wish,
  place: Target,
  channel: Channel,
): Promise<Priced | null | Refused> {
  if (wish.type !== "REFUND_CREATE" && wish.type !== "ORDER_CANCEL") return null;
  const { capabilities } = channel;
  const scene = await db.forTenant(tenantId, (tx) =>
    readScene(tx, tenantId, place, { capabilities, priced: null }),
  );
  if (!scene) return null;
  const asked = askOf(wish, scene);
  if (asked === null || "errors" in asked) return asked;
  const priced = await priceOf(channel, scene, asked);
  if (!("errors" in priced)) return priced;
  return { errors: priced.errors.map((error) => inArguments(error, wish)) };
}

/** What the shop says that pieces come to, or the order's own amounts where it cannot tell. Errors lead into what was asked. */
export async function priceOf(
  channel: Pick<Channel, "quote">,
  { order, document }: Pick<Scene, "order" | "document">,
  asked: QuoteAsked,
): Promise<Priced | Refused> {
  if (!channel.quote) return { asked, quote: quoteByFacts(order, document, asked) };
  try {
    const quote = await inTime((signal) => (channel.quote as Ask)(order, asked, signal));
    return { asked, quote };
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code === "INTERNAL") throw error;
    return { errors: [asUserError(error, order.channelId)] };
  }
}

type Ask = NonNullable<Channel["quote"]>;

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
async function inTime(ask: (signal: AbortSignal) => Promise<Quote>): Promise<Quote> {
  const signal = AbortSignal.timeout(QUOTE_MS);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(tooLate()), { once: true });
  });
  try {
    return await Promise.race([ask(signal), late]);
  } catch (cause) {
    throw signal.aborted && !(cause instanceof ChannelError) ? tooLate(cause) : cause;
  }
}

function tooLate(cause?: unknown): ChannelError {
  return new ChannelError(
    "CHANNEL_UNAVAILABLE",
    `the shop did not say within ${QUOTE_MS / 1000} s what the refund comes to; ask again, or name the amounts`,
    { cause, retryable: true, mayHaveHappened: false },
  );
}
