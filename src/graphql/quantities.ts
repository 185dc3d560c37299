import { lessQuantity, sumQuantities } from "../domain/quantity.js";
import type { Context } from "./context.js";
import type { OrderNode } from "./nodes.js";

/** What can be shipped of a line now: what the document says, less what unfinished writes hold. */
export async function fulfillableOf(
  { loaders }: Context,
  order: OrderNode,
): Promise<(line: { id: string; quantities: { fulfillable: number } }) => number> {
  const reservations = await loaders.reservations.load(order.id);
  return ({ id, quantities }) => {
    const held = reservations.filter(({ lineId }) => lineId === id);
    return lessQuantity(quantities.fulfillable, sumQuantities(held.map((one) => one.quantity)));
  };
}
