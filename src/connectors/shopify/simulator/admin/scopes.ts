import { GraphQLError } from "graphql";
import { requiredScopes } from "./admin-schema.js";

/** Everything an order gateway needs, as the merchant grants it when nothing else is said. */
export const allScopes: readonly string[] = [
  "read_all_orders",
  "read_orders",
  "write_orders",
  "read_customers",
  "read_products",
  "read_inventory",
  "write_inventory",
  "read_locations",
  "read_fulfillments",
  "write_fulfillments",
  "read_merchant_managed_fulfillment_orders",
  "write_merchant_managed_fulfillment_orders",
  "read_assigned_fulfillment_orders",
  "write_assigned_fulfillment_orders",
  "read_third_party_fulfillment_orders",
  "write_third_party_fulfillment_orders",
  "read_returns",
  "write_returns",
];

/** Mutations for which the official list names no scope. They want that of what they change, as their siblings do. */
const unlistedScopes: Record<string, readonly string[]> = {
  "Mutation.fulfillmentCancel": [
    "write_assigned_fulfillment_orders",
    "write_merchant_managed_fulfillment_orders",
    "write_third_party_fulfillment_orders",
  ],
  "Mutation.refundCreate": ["write_orders"],
  "Mutation.tagsAdd": ["write_orders"],
  "Mutation.tagsRemove": ["write_orders"],
};

/** Throws ACCESS_DENIED unless one of the scopes for this type or "Type.field" was granted. */
export function refuseMissingScopes(
  what: string,
  field: string,
  granted: ReadonlySet<string>,
): void {
  const required = requiredScopes[what] ?? unlistedScopes[what];
  if (!required || required.some((scope) => opens(granted, scope))) return;
  const requiredAccess = `${required.map((scope) => `\`${scope}\` access scope`).join(" or ")}.`;
  throw new GraphQLError(`Access denied for ${field} field. Required access: ${requiredAccess}`, {
    extensions: {
      code: "ACCESS_DENIED",
      documentation: "https://shopify.dev/api/usage/access-scopes",
      requiredAccess,
    },
  });
}

/** Whoever may write may also read. */
const opens = (granted: ReadonlySet<string>, scope: string): boolean =>
  granted.has(scope) || granted.has(scope.replace(/^read_/, "write_"));
