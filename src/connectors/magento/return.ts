import { lessQuantity } from "../../domain/quantity.js";
import {
  DISPOSITIONS,
  type Disposition,
  type ReturnFacts,
  type ReturnLine,
  type ReturnStage,
} from "../../domain/return.js";
import type { Native } from "../../domain/snapshot.js";
import { fromUtc } from "./clock.js";
import { CUSTOM_CARRIER } from "./fulfillment.js";
import { markerOf, withoutMarkers } from "./marker.js";
import type { ReturnItemPayload, ReturnPayload } from "./payload-return.js";
import { type ReturnOption, reasonOf, resolutionOf } from "./return-option.js";
import type { Shop } from "./shop.js";

/** Statuses of a return after which nothing happens to it, in every spelling that is known. */
export const FINAL_STATUSES = [
  "closed",
  "denied",
  "processed_and_closed",
  "processed_closed",
] as const;

/** Every other status, known or not, means that goods may come. */
const STAGES: Readonly<Record<string, ReturnStage>> = {
  pending: "REQUESTED",
  denied: "DECLINED",
  closed: "CLOSED",
  processed_and_closed: "CLOSED",
  processed_closed: "CLOSED",
};

/** How far a return is; Adobe Commerce knows none that is canceled. */
export function stageOf({ status }: Pick<ReturnPayload, "status">): ReturnStage {
  return STAGES[status?.toLowerCase() ?? "pending"] ?? "OPEN";
}

/** A return of Adobe Commerce. `lineIdOf` gives the line of a row: a variant's is its configurable product's. */
export function translateReturn(
  rma: ReturnPayload,
  { returnOptions }: Pick<Shop, "returnOptions">,
  lineIdOf: (rowId: string) => string,
): Native<ReturnFacts> {
  const labels = {
    reason: labelIn(returnOptions?.reason),
    resolution: labelIn(returnOptions?.resolution),
  };
  const kept = keptDispositions(rma);
  const comments = withoutMarkers(rma.comments).filter(({ comment }) => !KEPT.test(comment ?? ""));
  return {
    nativeId: rma.entity_id,
    name: rma.increment_id ?? rma.entity_id,
    stage: stageOf(rma),
    lines: rma.items.map((item): ReturnLine => {
      const reason = item.reason && (labels.reason(item.reason) ?? item.reason);
      return {
        lineId: lineIdOf(item.order_item_id),
        nativeId: item.entity_id,
        ...quantitiesOf(item),
        restocked: 0,
        reason: reasonOf(reason),
        rawReason: reason,
        note: null,
        disposition: kept.get(item.entity_id) ?? dispositionOf(item),
        resolution: resolutionOf(item.resolution && labels.resolution(item.resolution)),
      };
    }),
    shipments: rma.tracks.map(({ track_number, carrier_title, carrier_code }) => ({
      tracking: track_number
        ? {
            number: track_number,
            carrier: carrier_title,
            carrierCode: carrier_code === CUSTOM_CARRIER ? null : carrier_code,
            url: null,
            estimatedDeliveryAt: null,
          }
        : null,
      labelUrl: null,
    })),
    requestedAt: fromUtc(rma.date_requested),
    note: comments.at(-1)?.comment ?? null,
    marker: markerOf(rma.comments),
  };
}

/** Authorized, returned, approved: what was agreed to, what came, and what of it was taken once that was decided. */
export function quantitiesOf(
  item: ReturnItemPayload,
): Pick<ReturnLine, "requested" | "approved" | "received" | "rejected"> {
  const status = item.status?.toLowerCase() ?? "pending";
  const isAgreed = status !== "pending" && status !== "denied";
  const isDecided = status === "approved" || status === "rejected";
  const received = status === "approved" ? item.qty_approved : 0;
  return {
    requested: item.qty_requested,
    approved: isAgreed ? Math.max(item.qty_authorized, item.qty_returned) : 0,
    received: isDecided ? received : item.qty_returned,
    rejected: isDecided ? lessQuantity(item.qty_returned, received) : 0,
  };
}

/** Goods that came and were not looked at yet; of others Adobe Commerce does not say what becomes of them. */
function dispositionOf({ status, qty_returned }: ReturnItemPayload): Disposition | null {
  return status?.toLowerCase() === "received" && qty_returned > 0 ? "PROCESSING" : null;
}

/** The comment that keeps what becomes of an item's pieces, since no field of a return does. */
export function dispositionComment(itemId: string, disposition: Disposition): string {
  return `Tributary: item ${itemId} ${disposition}`;
}
const KEPT = new RegExp(`^Tributary: item (\\d+) (${DISPOSITIONS.join("|")})$`);

/** The last word of each item. */
function keptDispositions({ comments }: ReturnPayload): Map<string, Disposition> {
  return new Map(
    comments.flatMap(({ comment }): [string, Disposition][] => {
      const [, itemId, disposition] = KEPT.exec(comment ?? "") ?? [];
      return itemId ? [[itemId, disposition as Disposition]] : [];
    }),
  );
}

function labelIn(options: readonly ReturnOption[] = []): (value: string) => string | null {
  return (value) => options.find((option) => option.value === value)?.label ?? null;
}
