import type { Anomaly } from "./document.js";
import type { Order } from "./order.js";
import { type Identity, present } from "./part.js";

/** One step that a shop shows to have carried out more than once: several parts bear its marker. */
export interface DoneTwice {
  marker: string;
  noun: keyof typeof REMEDIES;
  nativeIds: string[];
}

const REMEDIES = {
  shipments: "take all but one of them back in the shop, and see whether a second parcel left",
  returns: "cancel all but one of them in the shop",
  refunds:
    "the money went more than once: settle it with the customer or with the payment provider",
} as const;

/** What was done twice of all that an order shows. Nothing that was taken back or moved no money counts. */
export function doneTwice({ fulfillments, returns, refunds }: Order): DoneTwice[] {
  return [
    ...sameMarker(
      "shipments",
      fulfillments.filter(({ status }) => status !== "CANCELED" && status !== "ERROR"),
    ),
    ...sameMarker(
      "returns",
      returns.filter(({ stage }) => stage !== "CANCELED" && stage !== "DECLINED"),
    ),
    ...sameMarker(
      "refunds",
      refunds.filter(({ status }) => status !== "FAILED"),
    ),
  ];
}

function sameMarker(
  noun: DoneTwice["noun"],
  rows: readonly (Identity & { marker: string | null })[],
): DoneTwice[] {
  const byMarker = new Map<string, string[]>();
  for (const { marker, nativeId } of present(rows))
    if (marker !== null && nativeId !== null)
      byMarker.set(marker, [...(byMarker.get(marker) ?? []), nativeId]);
  return [...byMarker]
    .filter(([, nativeIds]) => nativeIds.length > 1)
    .map(([marker, nativeIds]) => ({ marker, noun, nativeIds }));
}

/** The same for people. */
export function twiceAnomaly({ noun, nativeIds }: DoneTwice): Anomaly {
  const message = `${noun} ${nativeIds.join(" and ")} come of one write, which the shop carried out more than once: ${REMEDIES[noun]}`;
  return { code: "DONE_TWICE", message, lineId: null };
}
