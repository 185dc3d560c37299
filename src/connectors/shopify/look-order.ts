import { readMarked } from "./marker.js";
import { refuse } from "./outcome.js";
import type { OrderFragment, RefundFragment } from "./payload.js";
import { checkMoved } from "./refund-money.js";
import { type Look, type Sought, whenMade } from "./sight.js";

/** Shopify cancels once. With money in it, only the refund that came with it says that the money went back. */
export const lookForCancel: Look<"cancelOrder"> = ({ cancelledAt, refunds }, request, sought) => {
  if (!cancelledAt) return null;
  if (!request.refund) return { nativeId: null };
  const made = refunds.filter(({ createdAt }) => whenMade(createdAt, sought) !== "before").at(-1);
  if (made) return { nativeId: made.id };
  throw refuse(
    "ALREADY_IN_STATE",
    "the order is canceled and shows no refund that came with it; look there whether the money went back",
  );
};

export const lookForNote: Look<"addNote"> = ({ note }, { text }) =>
  hasNote(note, text) ? { nativeId: null } : null;

/** Whether a text stands in an order's note, on lines of its own. */
export function hasNote(note: string | null, text: string): boolean {
  return `\n${note ?? ""}\n`.includes(`\n${text}\n`);
}

/** Tags that differ only in case are the same to Shopify. */
export const lookForTags: Look<"changeTags"> = (order, { how, tags }) => {
  const present = new Set(order.tags.map((tag) => tag.toLowerCase()));
  const isSo = tags.every((tag) => present.has(tag.toLowerCase()) === (how === "add"));
  return isSo ? { nativeId: null } : null;
};

export const lookForAddress: Look<"changeAddress"> = ({ shippingAddress }, { address }) => {
  const { countryCode, ...fields } = address;
  const wished = { ...fields, countryCodeV2: countryCode };
  const isSo = (Object.keys(wished) as (keyof typeof wished)[]).every(
    (field) => (shippingAddress?.[field] || null) === (wished[field] || null),
  );
  return isSo ? { nativeId: null } : null;
};

/**
 * A refund bears our token in its note. Of one that pays for a return nobody has published that the note of the return's
 * processing becomes the refund's: a refund of the return from then on without any token may be it.
 */
export const lookForRefund: Look<"refund"> = ({ refunds }, { returnId }, sought) => {
  const own = markedRefunds(refunds, sought);
  const [found] = own;
  if (found) {
    checkMoved(found);
    return { nativeId: found.id, times: own.length };
  }
  const unnamed = returnId === null ? undefined : unnamedRefund(refunds, returnId, sought);
  if (unnamed)
    throw refuse(
      "COMMAND_IN_FLIGHT",
      `${unnamed.id} was made for the same return at that time and bears no token; look in the shop whether it is this refund`,
    );
  return null;
};

function markedRefunds(refunds: readonly RefundFragment[], { marker }: Sought): RefundFragment[] {
  return refunds.filter(({ note }) => readMarked(note).marker === marker);
}

function unnamedRefund(refunds: OrderFragment["refunds"], returnId: string, sought: Sought) {
  return refunds.find(
    (row) =>
      row.return?.id === returnId &&
      readMarked(row.note).marker === null &&
      whenMade(row.createdAt, sought) !== "before" &&
      row.transactions.nodes.length > 0,
  );
}
