/** OAuth scopes by the names that the control panel shows them under. */
export const SCOPES = {
  information: "Information & Settings: read-only",
  readOrders: "Orders: read-only",
  writeOrders: "Orders: modify",
  /** Either is enough to refund. */
  refunds: "Orders: modify (or Order Transactions: modify)",
  transactions: "Order Transactions: read-only",
  locations: "Store Locations: read-only",
} as const;

/** Where scopes are given; an account's scopes can be changed there, and its token stays. */
export const API_ACCOUNTS = "Settings > API > Store-level API accounts";

/** The scope that a request takes. */
export function scopeOf({ method, path }: { method: string; path: string }): string {
  if (path === "/v2/store") return SCOPES.information;
  if (path.startsWith("/v3/inventory")) return SCOPES.locations;
  if (path.endsWith("/transactions")) return SCOPES.transactions;
  if (method === "POST" && path.includes("/payment_actions/")) return SCOPES.refunds;
  return method === "GET" || path.startsWith("/v3/hooks") ? SCOPES.readOrders : SCOPES.writeOrders;
}
