import type { Capability, ChannelOperation } from "../domain/channel.js";
import { COMMAND_TYPES, type CommandType } from "../domain/command.js";
import type { OrderDocument } from "../domain/document.js";
import type { Scope, Viewer } from "../domain/scope.js";
import { may } from "./auth.js";
import type { OrderAction } from "./types/order-action.js";

/** What decides whether a write can be done. */
export interface ActionFacts {
  order: OrderDocument;
  /** Whether any line can still be shipped, net of reservations. */
  hasFulfillable: boolean;
  channel: { capabilities: readonly Capability[]; disconnectedAt: Date | null };
  viewer: Viewer;
}

interface Rule {
  scope: Scope;
  capability: ChannelOperation;
  /** Whether it makes sense on an order that its shop has deleted. */
  onDeleted?: boolean;
  /** Why the order's state stands against it; null where it does not. */
  obstacle: (facts: ActionFacts) => string | null;
}

const RULES: Record<CommandType, Rule> = {
  FULFILLMENT_CREATE: {
    scope: "FULFILLMENTS_WRITE",
    capability: "FULFILLMENT_CREATE",
    obstacle: ({ order, hasFulfillable }) => {
      if (order.state === "CANCELED") return "The order is canceled";
      if (hasFulfillable) return null;
      const held = order.lines.some(({ quantities }) => quantities.onHold > 0);
      return held ? "What is left to ship is on hold" : "Nothing is left to ship";
    },
  },
  FULFILLMENT_TRACKING_UPDATE: {
    scope: "FULFILLMENTS_WRITE",
    capability: "FULFILLMENT_TRACKING_UPDATE",
    obstacle: needsShipment,
  },
  FULFILLMENT_CANCEL: {
    scope: "FULFILLMENTS_WRITE",
    capability: "FULFILLMENT_CANCEL",
    obstacle: needsShipment,
  },
  TRACKING_EVENT_ADD: {
    scope: "FULFILLMENTS_WRITE",
    capability: "FULFILLMENT_EVENT_CREATE",
    obstacle: (facts) => {
      const parcels = facts.order.fulfillments.flatMap(({ packages }) => packages);
      return needsShipment(facts) ?? (parcels.length > 0 ? null : "The order has no parcel");
    },
  },
  ORDER_CANCEL: {
    scope: "ORDERS_WRITE",
    capability: "ORDER_CANCEL",
    obstacle: ({ order }) => (order.state === "CANCELED" ? "The order is canceled already" : null),
  },
  ORDER_REFRESH: {
    scope: "ORDERS_WRITE",
    capability: "ORDER_READ",
    onDeleted: true,
    obstacle: () => null,
  },
};

/** What can be done with an order now: capability × state × quantities × scopes, with the reason where it cannot. */
export function availableActions(
  facts: ActionFacts,
  operations: readonly CommandType[] = COMMAND_TYPES,
): OrderAction[] {
  return operations.map((operation) => {
    const rule = RULES[operation];
    const capability = facts.channel.capabilities.find(
      (candidate) => candidate.operation === rule.capability,
    );
    const reason = whyNot(rule, capability, facts);
    return {
      operation,
      enabled: reason === null,
      reason,
      constraints: capability?.constraints ?? [],
      support: capability?.support ?? "NONE",
    };
  });
}

function whyNot(rule: Rule, capability: Capability | undefined, facts: ActionFacts): string | null {
  if (!may(facts.viewer, rule.scope)) return `This key lacks the scope ${rule.scope}`;
  if (facts.channel.disconnectedAt !== null) return "The shop is disconnected";
  if (!capability || capability.support === "NONE")
    return `The shop cannot do it${capability?.note ? `: ${capability.note}` : ""}`;
  if (!capability.granted)
    return `The shop has not granted ${capability.requiredScopes.join(", ") || "the permission"}`;
  if (facts.order.deletedAt !== null && !rule.onDeleted) return "The order was deleted in its shop";
  return rule.obstacle(facts);
}

function needsShipment({ order }: ActionFacts): string | null {
  const statuses = new Set(order.fulfillments.map(({ status }) => status));
  statuses.delete("CANCELED");
  if (statuses.delete("PENDING") && statuses.size === 0) return "The shipment is not made yet";
  return statuses.size > 0 ? null : "The order has no shipment";
}
