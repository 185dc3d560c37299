import type { CommentPayload } from "./payload.js";

/**
 * The comment by which a step recognises its own effect: Magento has no idempotency keys and no meta fields on what we
 * make, but keeps comments on it. `said` is what people are to read, and stands before it.
 */
export function markerComment(marker: string, said: string | null = null): string {
  const reference = `Tributary ref ${marker}`;
  return said ? `${said}\n${reference}` : reference;
}

/** The token in a record's comments, or null. */
export function markerOf(comments: readonly Pick<CommentPayload, "comment">[]): string | null {
  for (const { comment } of comments) {
    const found = MARKER.exec(comment ?? "");
    if (found) return found[1] ?? null;
  }
  return null;
}

/** What people wrote: comments without our references, and none of which nothing else is left. */
export function withoutMarkers<Comment extends Pick<CommentPayload, "comment">>(
  comments: readonly Comment[],
): Comment[] {
  return comments
    .map((each) => ({ ...each, comment: each.comment?.replace(MARKER, "").trim() || null }))
    .filter(({ comment }) => comment !== null);
}

const MARKER = /\s*\bTributary ref ([0-9A-Za-z]{22})\b/;
