import { and, eq } from "drizzle-orm";
import type { Tx } from "./db.js";
import { locations } from "./tables.js";

/** A channel's places: the platform's ids by ours. */
export async function findLocations(
  tx: Tx,
  tenantId: string,
  channelId: string,
): Promise<Map<string, string>> {
  const rows = await tx
    .select({ id: locations.id, nativeId: locations.nativeId })
    .from(locations)
    .where(and(eq(locations.tenantId, tenantId), eq(locations.channelId, channelId)));
  return new Map(rows.map((row) => [row.id, row.nativeId]));
}
