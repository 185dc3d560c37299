import type { OrderNode } from "../nodes.js";
import type { ExternalRef } from "../types/platform.js";

/** What the shop calls a part of an order; null while it has not reported it. */
export function partRef(part: { nativeId: string | null; order: OrderNode }): ExternalRef | null {
  if (part.nativeId === null) return null;
  const { platform, channelId } = part.order;
  return { platform, channelId, id: part.nativeId };
}
