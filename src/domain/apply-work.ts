import { InvalidInput } from "./errors.js";
import type { FulfillmentOrder } from "./fulfillment.js";
import type { LocalFact } from "./local.js";
import type { Order } from "./order.js";
import type { MergeContext } from "./rows.js";

export type WorkFact = Extract<
  LocalFact,
  { kind: "hold-placed" | "holds-released" | "work-moved" }
>;

/** Takes in what only we know of work and its holds. Changes the order in place; throws InvalidInput for work it does not have. */
export function applyWork(order: Order, fact: WorkFact, context: MergeContext): void {
  const work = find(order, fact.fulfillmentOrderId);
  switch (fact.kind) {
    case "hold-placed":
      work.holds = [...work.holds, { ...fact.hold, id: context.mint("Hold"), nativeId: null }];
      break;
    case "holds-released":
      work.holds = work.holds.filter(({ id }) => !fact.holdIds.includes(id));
      break;
    case "work-moved":
      work.locationId = fact.locationId;
      break;
  }
}

function find(order: Order, id: string): FulfillmentOrder {
  const work = order.fulfillmentOrders.find((row) => row.id === id);
  if (!work) throw new InvalidInput(`fulfillment order ${id} is not part of order ${order.id}`);
  return work;
}
