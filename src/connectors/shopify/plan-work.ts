import type {
  FulfillmentOrderHold,
  FulfillmentOrderMove,
  FulfillmentOrderRelease,
  Step,
} from "../../domain/command.js";
import { GatewayError, InvalidInput, NotFound } from "../../domain/errors.js";
import type { FulfillmentOrder } from "../../domain/fulfillment.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { checkWhole, count, nativeLineId, quantityAt, step } from "./plan-step.js";
import { HOLD_WORD } from "./status.js";

type Reported = FulfillmentOrder & { nativeId: string };

/** The most holds that one app may place on one fulfillment order. */
const MOST_HOLDS = 10;

/** Always the whole of it: a hold on some lines would split the work in two, and leave it so when it is released. */
export function planHold(command: FulfillmentOrderHold, order: Order): Step {
  const work = reported(order, command.fulfillmentOrderId);
  if (work.holds.filter(({ ours }) => ours).length >= MOST_HOLDS)
    throw new GatewayError(
      "ALREADY_IN_STATE",
      `fulfillment order ${work.id} bears ${MOST_HOLDS} holds of this app, and Shopify takes no more; release one first`,
    );
  const units = work.lines.reduce((sum, { remaining }) => sum + remaining, 0);
  return step("FULFILLMENT_ORDER_HOLD", `hold ${count(units, "unit")} back${placeOf(work)}`, {
    act: "hold",
    fulfillmentOrderId: work.nativeId,
    reason: HOLD_WORD[command.reason],
    note: command.note,
  });
}

/** By the ids of holds and never without: then Shopify would release those of others too. */
export function planRelease(command: FulfillmentOrderRelease, order: Order): Step {
  const work = reported(order, command.fulfillmentOrderId);
  const holdIds = command.holdIds.map((holdId) => {
    const nativeId = work.holds.find(({ id }) => id === holdId)?.nativeId;
    if (!nativeId) throw new NotFound("hold", holdId);
    return nativeId;
  });
  return step(
    "FULFILLMENT_ORDER_RELEASE",
    `release ${count(holdIds.length, "hold")}${placeOf(work)}`,
    { act: "release", fulfillmentOrderId: work.nativeId, holdIds },
    "NATURAL",
  );
}

/** Some lines part the work in two; Shopify says by itself which places may do it. */
export function planMove(command: FulfillmentOrderMove, order: Order): Step {
  const work = reported(order, command.fulfillmentOrderId);
  const { locationId, lines } = command;
  checkWhole(lines ?? [], "moved", quantityAt);
  const rows = lines?.flatMap(({ lineId, quantity }) => rowsOf(work, lineId, quantity)) ?? null;
  const going = rows ?? work.lines.map((row) => ({ row, quantity: row.remaining }));
  const units = going.reduce((sum, { quantity }) => sum + quantity, 0);
  const there = present(order.fulfillmentOrders).filter(
    (each) => each.locationId === locationId && each.status !== "CANCELED",
  );
  return step(
    "FULFILLMENT_ORDER_MOVE",
    `move ${count(units, "unit")}${placeOf(work)} to another place`,
    {
      act: "move",
      fulfillmentOrderId: work.nativeId,
      locationId,
      rows: rows?.map(({ row, quantity }) => ({ id: row.nativeId, quantity })) ?? null,
      pieces: going.map(({ row, quantity }) => ({
        lineItemId: nativeLineId(order, row.lineId),
        quantity,
      })),
      before: there.flatMap((each) =>
        each.lines.map(({ lineId, total }) => ({
          lineItemId: nativeLineId(order, lineId),
          quantity: total,
        })),
      ),
    },
  );
}

const placeOf = ({ locationName }: Reported): string => (locationName ? ` in ${locationName}` : "");

/** So many pieces of a line out of the rows that hold them. */
function rowsOf(work: Reported, lineId: string, quantity: number) {
  let missing = quantity;
  const rows = work.lines.flatMap((row) => {
    const units = row.lineId === lineId ? Math.min(missing, row.remaining) : 0;
    missing -= units;
    return units > 0 ? [{ row, quantity: units }] : [];
  });
  if (missing > 0)
    throw new InvalidInput(
      `line ${lineId}: ${quantity - missing} of ${quantity} are left in fulfillment order ${work.id}`,
      ["lines"],
    );
  return rows;
}

/** Work that the shop tells of. */
function reported(order: Order, id: string): Reported {
  const work = present(order.fulfillmentOrders).find((each) => each.id === id);
  if (!work?.nativeId) throw new NotFound("fulfillment order", id);
  return { ...work, nativeId: work.nativeId };
}
