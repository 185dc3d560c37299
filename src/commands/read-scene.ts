import type { Capability } from "../domain/channel.js";
import { reservedOf } from "../store/commands.js";
import type { Tx } from "../store/db.js";
import { findLocations } from "../store/locations.js";
import { loadOrders } from "../store/orders.js";
import type { Priced, Scene } from "./check/scene.js";
import type { Target } from "./target.js";

/** What a wish is checked against, as it stands now; null where the order is gone. Lock the order first to write by it. */
export async function readScene(
  tx: Tx,
  tenantId: string,
  { orderId, channelId, nativeId }: Target,
  { capabilities, priced }: { capabilities: readonly Capability[]; priced: Priced | null },
): Promise<Scene | null> {
  const stored = (await loadOrders(tx, tenantId, channelId, [nativeId])).get(nativeId);
  if (!stored) return null;
  return {
    ...stored,
    reserved: await reservedOf(tx, tenantId, orderId),
    locations: await findLocations(tx, tenantId, channelId),
    capabilities,
    priced,
  };
}
