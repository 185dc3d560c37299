import type { StepCall } from "../../domain/command.js";
import { CONFIGURABLE } from "./line.js";
import type { OrderPayload } from "./payload.js";
import {
  type Closed,
  foundIn,
  type Prepared,
  presentRecords,
  refuse,
  refuseClosed,
} from "./prepare.js";
import type { Reader } from "./read.js";

/**
 * Canceling an order. Magento would cancel the rest of one that was partly shipped or invoiced and leave its goods and
 * its money where they are, so such an order is refused here, unless what was invoiced was given back.
 */
export async function prepareCancel(reader: Reader, call: StepCall): Promise<Prepared> {
  const records = await presentRecords(reader, call);
  const { order } = records;
  if (order.state === "canceled") return foundIn(records, reader);
  refuseClosed(records, CANNOT_CANCEL);
  const begun = linesOf(order).find(
    (row) => row.qty_shipped > 0 || row.qty_invoiced > row.qty_refunded,
  );
  if (begun)
    throw refuse(
      "CHANNEL_REJECTED",
      `order ${order.entity_id} was partly ${begun.qty_shipped > 0 ? "shipped" : "invoiced"} (line ${begun.item_id}); refund or ship the rest instead of canceling it`,
    );
  return {
    kind: "send",
    requests: [{ method: "POST", path: `/orders/${order.entity_id}/cancel` }],
    // The status is 200 either way; only the body tells.
    refusedBy: ({ body }) =>
      body === false
        ? refuse(
            "CHANNEL_REJECTED",
            `order ${order.entity_id} (state ${order.state}, status ${order.status}) cannot be canceled, says the shop and not why: it is on hold, invoiced, or its payment does not allow it`,
          )
        : null,
    idOf: ({ body }) => (typeof body === "boolean" ? "" : undefined),
  };
}

const CANNOT_CANCEL: Closed = {
  closed: ["ALREADY_IN_STATE", "is closed in the shop: all of it was refunded"],
  complete: ["ALREADY_IN_STATE", "is complete in the shop"],
  holded: ["ON_HOLD", "is on hold in the shop; release it there first"],
  payment_review: ["ON_HOLD", "has its payment under review in the shop"],
};

/** Rows whose counters can be trusted: those of a configurable product's child lie (measured). */
function linesOf({ items }: OrderPayload): OrderPayload["items"] {
  const ids = new Set(
    items.filter((row) => row.product_type === CONFIGURABLE).map((row) => row.item_id),
  );
  return items.filter((row) => !row.parent_item_id || !ids.has(row.parent_item_id));
}
