import type { Capability, ChannelOperation } from "../domain/channel.js";
import { COMMAND_TYPES, type CommandType } from "../domain/command.js";
import type { OrderDocument } from "../domain/document.js";
import type { Scope, Viewer } from "../domain/scope.js";
import { may } from "./auth.js";
import type { OrderAction } from "./types/orderAction.js";

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
  /** Whether the gateway can do it itself where the shop has no place for it. */
  keptHere?: boolean;
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
    keptHere: true,
    obstacle: ({ order }) => {
      const parcels = order.fulfillments.flatMap(({ packages }) => packages);
      return parcels.length > 0 ? null : "The order has no parcel";
    },
  },
  ORDER_CANCEL: {
    scope: "ORDERS_WRITE",
    capability: "ORDER_CANCEL",
    obstacle: ({ order }) => (order.state === "CANCELED" ? "The order is canceled already" : null),
  },
  ORDER_REFRESH: { scope: "ORDERS_WRITE", capability: "ORDER_READ", obstacle: () => null },
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
    const native = capability?.support ?? "NONE";
    return {
      operation,
      enabled: reason === null,
      reason,
      constraints: capability?.constraints ?? [],
      support: native === "NONE" && rule.keptHere ? "EMULATED" : native,
    };
  });
}

function whyNot(rule: Rule, capability: Capability | undefined, facts: ActionFacts): string | null {
  if (!may(facts.viewer, rule.scope)) return `This key lacks the scope ${rule.scope}`;
  if (facts.channel.disconnectedAt !== null) return "The shop is disconnected";
  if (facts.order.deletedAt !== null) return "The order was deleted in its shop";
  if (!rule.keptHere) {
    if (!capability || capability.support === "NONE") return "The shop cannot do it";
    if (!capability.granted)
      return `The shop has not granted ${capability.requiredScopes.join(", ") || "the permission"}`;
  }
  return rule.obstacle(facts);
}

function needsShipment({ order }: ActionFacts): string | null {
  const standing = order.fulfillments.some(({ status }) => status !== "CANCELED");
  return standing ? null : "The order has no shipment";
}
