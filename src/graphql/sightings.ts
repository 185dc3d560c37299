import type { PlatformStatus as Said } from "../domain/status.js";
import type { Context } from "./context.js";
import type { OrderNode } from "./nodes.js";
import type { PlatformStatus } from "./types/status.js";

/** A platform's words with the moment they were seen, which is beside the document since it follows no version. */
export async function withSightings(
  { loaders }: Context,
  order: OrderNode,
  statuses: readonly Said[],
): Promise<PlatformStatus[]> {
  if (statuses.length === 0) return [];
  const sightings = await loaders.sightings.load(order.id);
  return statuses.map((status) => {
    const seen = sightings.find(
      ({ field, value }) => field === status.field && value === status.value,
    );
    return { ...status, observedAt: seen?.observedAt ?? order.observedAt };
  });
}
