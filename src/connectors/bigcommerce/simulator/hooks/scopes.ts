const events: Readonly<Record<string, readonly string[]>> = {
  "store/order": [
    "*",
    "created",
    "updated",
    "archived",
    "statusUpdated",
    "message/created",
    "refund/created",
    "transaction/created",
    "transaction/updated",
    "metafield/*",
    "metafield/created",
    "metafield/updated",
    "metafield/deleted",
  ],
  "store/shipment": ["*", "created", "updated", "deleted"],
  "store/product": [
    "*",
    "created",
    "updated",
    "deleted",
    "inventory/updated",
    "inventory/order/updated",
  ],
  "store/sku": [
    "*",
    "created",
    "updated",
    "deleted",
    "inventory/updated",
    "inventory/order/updated",
  ],
  "store/inventory/location": ["*", "created", "updated", "deleted"],
  "store/information": ["updated"],
  "store/app": ["uninstalled"],
};

/** OAuth scopes, any one of which lets a token hear of a resource; what is not listed is open to all. */
const neededBy: Readonly<Record<string, readonly string[]>> = {
  "store/order": ["store_v2_orders", "store_v2_orders_read_only"],
  "store/shipment": ["store_v2_orders", "store_v2_orders_read_only"],
  "store/product": ["store_v2_products", "store_v2_products_read_only"],
  "store/sku": ["store_v2_products", "store_v2_products_read_only"],
  "store/inventory/location": ["store_locations", "store_locations_read_only"],
};

/** Whether a hook can be made for this scope at all. */
export function isKnown(scope: string): boolean {
  return Object.entries(events).some(([resource, names]) =>
    names.some((name) => scope === `${resource}/${name}`),
  );
}

/** Whether a token with these OAuth scopes may hear of it. */
export function isAllowed(scope: string, granted: ReadonlySet<string>): boolean {
  const needed = Object.entries(neededBy).find(([resource]) => scope.startsWith(`${resource}/`));
  return !needed || needed[1].some((each) => granted.has(each));
}

/** Whether a hook of this scope hears of an event: itself, or all that a star stands for. */
export function hears(scope: string, event: string): boolean {
  return scope.endsWith("/*") ? event.startsWith(scope.slice(0, -1)) : scope === event;
}
