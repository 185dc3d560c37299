import type { CommentPayload } from "./payload.js";

/**
 * The comment by which a step recognises its own effect: Magento has no idempotency keys and no meta fields on shipments
 * and credit memos, but keeps comments on both.
 */
export function markerComment(marker: string): string {
  return `Tributary ref ${marker}`;
}

/** The token in a record's comments, or null. */
export function markerOf(comments: readonly CommentPayload[]): string | null {
  for (const { comment } of comments) {
    const found = MARKER.exec(comment ?? "");
    if (found) return found[1] ?? null;
  }
  return null;
}

/** What people wrote: the comments without ours. */
export function withoutMarkers(comments: readonly CommentPayload[]): CommentPayload[] {
  return comments.filter(({ comment }) => comment !== null && !MARKER.test(comment));
}

const MARKER = /\bTributary ref ([0-9A-Za-z]{22})\b/;
