/** Scopes that open the topics beginning so, any one of which suffices; other topics are open. */
const topicScopes: readonly [prefix: string, scopes: readonly string[]][] = [
  ["ORDERS_", ["read_orders", "write_orders"]],
  ["ORDER_TRANSACTIONS_", ["read_orders", "write_orders"]],
  ["REFUNDS_", ["read_orders", "write_orders"]],
  [
    "FULFILLMENT_ORDERS_",
    [
      "read_merchant_managed_fulfillment_orders",
      "read_assigned_fulfillment_orders",
      "read_third_party_fulfillment_orders",
    ],
  ],
  ["FULFILLMENTS_", ["read_fulfillments", "write_fulfillments"]],
  ["FULFILLMENT_EVENTS_", ["read_fulfillments", "write_fulfillments"]],
  ["RETURNS_CANCEL", ["read_returns", "write_returns", "read_orders", "write_orders"]],
  ["RETURNS_CLOSE", ["read_returns", "write_returns", "read_orders", "write_orders"]],
  ["RETURNS_REOPEN", ["read_returns", "write_returns", "read_orders", "write_orders"]],
  ["RETURNS_", ["read_returns", "write_returns"]],
  ["REVERSE_", ["read_returns", "write_returns"]],
  ["PRODUCTS_", ["read_products"]],
  ["INVENTORY_", ["read_inventory", "write_inventory"]],
  ["LOCATIONS_", ["read_locations"]],
];

/** Whether an app with these scopes may subscribe to the topic. */
export function isAllowed(topic: string, granted: ReadonlySet<string>): boolean {
  const needed = topicScopes.find(([prefix]) => topic.startsWith(prefix))?.[1];
  return !needed || needed.some((scope) => granted.has(scope));
}
