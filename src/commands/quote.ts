import type { OpenChannel, Quote } from "../domain/channel.js";
import { compareMoney } from "../domain/money.js";
import { quoteByFacts, refundableAmount } from "../domain/quote.js";
import type { Viewer } from "../domain/scope.js";
import { askedOf } from "./check/refund.js";
import { piecesOf, type RefundPieces } from "./check/refund-pieces.js";
import type { Scene } from "./check/scene.js";
import type { QuoteResult, RefundAsked, Refunds, UserErrorData } from "./face.js";
import { openFor } from "./open.js";
import { type PriceParts, priceOf } from "./price.js";
import { readScene } from "./read-scene.js";
import { basic } from "./refusal.js";
import { findTarget } from "./target.js";

export interface RefundParts extends PriceParts {
  openChannel: OpenChannel;
}

/** Says what refunds come to, on the same way on which a refund itself is priced. */
export function createRefunds(parts: RefundParts): Refunds {
  return { quote: (viewer, asked) => quote(parts, viewer, asked) };
}

async function quote(
  parts: RefundParts,
  viewer: Viewer,
  { orderId, lines, shipping }: RefundAsked,
): Promise<QuoteResult> {
  const { db } = parts;
  const { tenantId } = viewer;
  const place = await findTarget(db, viewer, { orderId });
  if (!place) return refused([unknown(orderId)]);
  const opened = await openFor(parts, tenantId, place.channelId);
  if ("errors" in opened) return refused(opened.errors);
  const { channel } = opened;
  const { capabilities } = channel;
  const scene = await db.forTenant(tenantId, (tx) =>
    readScene(tx, tenantId, place, { capabilities, priced: null }),
  );
  if (!scene) return refused([unknown(orderId)]);
  const pieces = resolve(lines, scene);
  if ("errors" in pieces) return refused(pieces.errors);
  const asked = askedOf({ ...pieces, all: shipping });
  const { order, document } = scene;
  if (!asked) {
    const known = quoteByFacts(order, document, { lines: [], shipping });
    return { quote: merged(known, pieces, scene), errors: [] };
  }
  const priced = await priceOf(parts, tenantId, channel, scene, asked);
  if ("errors" in priced) return refused(priced.errors);
  return { quote: merged(priced.quote, pieces, scene), errors: [] };
}

/** Without lines nothing is wrong: then the quote tells the order's maximum. */
function resolve(lines: RefundAsked["lines"], scene: Scene) {
  if (lines.length === 0) return { lines: [], shipping: null, extra: null, all: false };
  const wish = { returnId: null, lines, shipping: null, extraAmount: null, reason: null };
  return piecesOf(wish, scene, (...field) => field.map(String));
}

/** The quote with the amounts that the caller named, and what commands are giving back already taken off. */
function merged(quote: Quote, { lines }: RefundPieces, { document }: Scene): Quote {
  const prices = [...quote.lines];
  const left = refundableAmount(document);
  return {
    ...quote,
    maximum: compareMoney(left.shop, quote.maximum.shop) < 0 ? left : quote.maximum,
    lines: lines.flatMap(({ lineId, quantity, amount }) => {
      const price = amount ?? prices.shift()?.amount;
      return price ? [{ lineId, quantity, amount: price }] : [];
    }),
  };
}

function unknown(orderId: string): UserErrorData {
  return basic("NOT_FOUND", `order ${orderId} does not exist or is not visible to this key`, [
    "orderId",
  ]);
}

function refused(errors: UserErrorData[]): QuoteResult {
  return { quote: null, errors };
}
