import type { Client } from "./client.js";
import { shopFacts } from "./operations.js";

/** Access scopes of which any one opens fulfillment orders: one for each kind of place that may do the work. */
export const READ_WORK = [
  "read_merchant_managed_fulfillment_orders",
  "read_assigned_fulfillment_orders",
  "read_third_party_fulfillment_orders",
] as const;
export const WRITE_WORK = [
  "write_merchant_managed_fulfillment_orders",
  "write_assigned_fulfillment_orders",
  "write_third_party_fulfillment_orders",
] as const;

/** Without these an order is read all the same, with customer, product ids or places left out. */
export const OPTIONAL_SCOPES = ["read_customers", "read_products", "read_locations"] as const;

/** Opens orders older than 60 days. Shopify grants it on request only. */
export const ALL_ORDERS = "read_all_orders";

/** What the app may do in this shop. */
export async function grantedScopes(client: Client, signal?: AbortSignal): Promise<Set<string>> {
  const { currentAppInstallation } = await client.call(shopFacts, {}, signal);
  return withImplied(currentAppInstallation.accessScopes.map(({ handle }) => handle));
}

/** Who may write may read: Shopify grants both, and names the write scope alone. */
export function withImplied(handles: readonly string[]): Set<string> {
  return new Set(handles.flatMap((handle) => [handle, handle.replace(/^write_/, "read_")]));
}
