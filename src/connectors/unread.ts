import { z } from "zod";
import type { Unreadable } from "../domain/channel.js";

/** A record of a list that cannot be read, kept with the order it is about; null where it names none. */
export function unread(
  orderId: string | number | null | undefined,
  body: unknown,
  error: unknown,
): Unreadable {
  const ref = orderId == null ? null : { nativeId: String(orderId) };
  return { ref, reason: whyUnreadable(error), body };
}

/** Where a record differs from what we can read, without its values: they may be personal. */
export function whyUnreadable(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : "unreadable";
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.map(String).join(".") || "record"} ${issue.message}`)
    .join("; ");
}
