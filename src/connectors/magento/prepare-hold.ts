import type { StepCall } from "../../domain/command.js";
import type { MagentoRequest } from "./client.js";
import { fromUtc, toUtc } from "./clock.js";
import { markerComment } from "./marker.js";
import type { OrderPayload } from "./payload.js";
import {
  type Closed,
  foundIn,
  type Prepared,
  presentRecords,
  refuse,
  refuseClosed,
  type Sending,
} from "./prepare.js";
import type { OrderRecords, Reader } from "./read.js";
import { requests } from "./request.js";

/**
 * The whole order on hold, with a comment for the shop's staff by which the hold is known as ours; or no longer. One that
 * they put on hold themselves is left as it is.
 */
export async function prepareHold(reader: Reader, call: StepCall): Promise<Prepared> {
  const { hold } = requests.ORDER_STATUS.parse(call.step.request);
  const records = await presentRecords(reader, call);
  if ((records.order.state === "holded") === (hold !== null)) return foundIn(records, reader);
  if (!hold) return release(records);
  refuseClosed(records, CANNOT_HOLD);
  const { reason, note } = hold;
  const { order } = records;
  const said = `${HELD} (${reason})${note ? `: ${note}` : ""}`;
  const statusHistory = {
    parent_id: Number(order.entity_id),
    entity_name: "order",
    comment: markerComment(call.marker, said),
    is_customer_notified: 0,
    is_visible_on_front: 0,
  };
  const path = `/orders/${order.entity_id}`;
  // The comment first: a hold that nobody knows as ours could never be released here.
  return yes([
    { method: "POST", path: `${path}/comments`, body: { statusHistory } },
    { method: "POST", path: `${path}/hold` },
  ]);
}

function release({ order }: OrderRecords): Sending {
  if (!isHeldByUs(order))
    throw refuse(
      "ON_HOLD",
      `order ${order.entity_id} was put on hold by the shop's own staff; release it there (Sales > Orders > Unhold)`,
    );
  return yes([{ method: "POST", path: `/orders/${order.entity_id}/unhold` }]);
}

const HELD = "Held back by the gateway";

/** How long before the hold its comment is, at most. */
const TOGETHER_MS = 60_000;

/** Whether the order's last change, which its hold is, came with our comment; an older one tells of a hold that is over. */
function isHeldByUs({ status_histories, updated_at }: OrderPayload): boolean {
  const since = toUtc(new Date(Date.parse(fromUtc(updated_at)) - TOGETHER_MS));
  return status_histories.some(
    ({ comment, created_at }) => comment?.startsWith(HELD) && (created_at ?? "") >= since,
  );
}

function yes(all: MagentoRequest[]): Sending {
  return {
    kind: "send",
    requests: all,
    idOf: ({ body }) => (body === true ? "" : undefined),
  };
}

const CANNOT_HOLD: Closed = {
  canceled: ["CHANNEL_REJECTED", "is canceled in the shop"],
  closed: ["CHANNEL_REJECTED", "is closed in the shop: all of it was refunded"],
  complete: ["CHANNEL_REJECTED", "is complete in the shop: nothing of it is left to hold back"],
  payment_review: ["ON_HOLD", "has its payment under review in the shop, where nothing is shipped"],
};
