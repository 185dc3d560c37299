import type { RecordScope } from "../events/recorder.js";
import { type CommandRow, loadCommand, type StoredCommand } from "../store/commands.js";
import { findOrder, loadOrders, lockOrders, type StoredOrder } from "../store/orders.js";

/** A command and its order, both held until the transaction ends. */
export interface Held {
  scope: RecordScope;
  command: StoredCommand;
  stored: StoredOrder;
}

/**
 * Holds a command: first its order, as everybody does who changes an order, then the command itself. null where it or its
 * order is gone, or where it is none of those asked for.
 */
export async function hold(
  scope: RecordScope,
  commandId: string,
  isMeant: (row: CommandRow) => boolean = () => true,
): Promise<Held | null> {
  const { tx, tenantId } = scope;
  const known = await loadCommand(tx, tenantId, commandId);
  if (!known || !isMeant(known.row)) return null;
  const place = await findOrder(tx, tenantId, known.row.orderId);
  if (!place) return null;
  const { channelId, nativeId } = place;
  await lockOrders(tx, tenantId, channelId, [nativeId]);
  const command = await loadCommand(tx, tenantId, commandId, { forUpdate: true });
  const stored = (await loadOrders(tx, tenantId, channelId, [nativeId])).get(nativeId);
  return command && stored ? { scope, command, stored } : null;
}
