import type { Capability } from "../domain/channel.js";
import { COMMAND_TYPES, type CommandType } from "../domain/command.js";
import { COMMAND_NEEDS } from "../domain/command-needs.js";
import type { OrderDocument } from "../domain/document.js";
import { isZero } from "../domain/money.js";
import { refundableAmount } from "../domain/quote.js";
import { canMove, type ReturnMove } from "../domain/return.js";
import type { Viewer } from "../domain/scope.js";
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
  /** Whether it makes sense on an order that its shop has deleted. */
  onDeleted?: boolean;
  /** Why the order's state stands against it; null where it does not. */
  obstacle: (facts: ActionFacts) => string | null;
}

const RULES: Record<CommandType, Rule> = {
  FULFILLMENT_CREATE: {
    obstacle: ({ order, hasFulfillable }) => {
      if (order.state === "CANCELED") return "The order is canceled";
      if (hasFulfillable) return null;
      const held = order.lines.some(({ quantities }) => quantities.onHold > 0);
      return held ? "What is left to ship is on hold" : "Nothing is left to ship";
    },
  },
  FULFILLMENT_TRACKING_UPDATE: {
    obstacle: needsShipment,
  },
  FULFILLMENT_CANCEL: {
    obstacle: needsShipment,
  },
  TRACKING_EVENT_ADD: {
    obstacle: (facts) => {
      const parcels = facts.order.fulfillments.flatMap(({ packages }) => packages);
      return needsShipment(facts) ?? (parcels.length > 0 ? null : "The order has no parcel");
    },
  },
  ORDER_CANCEL: {
    obstacle: ({ order }) => (order.state === "CANCELED" ? "The order is canceled already" : null),
  },
  ORDER_NOTE_ADD: { onDeleted: true, obstacle: () => null },
  ORDER_TAGS_UPDATE: { obstacle: () => null },
  ORDER_ADDRESS_UPDATE: {
    obstacle: ({ order }) => (order.state === "CANCELED" ? "The order is canceled" : null),
  },
  RETURN_CREATE: {
    obstacle: ({ order }) =>
      order.lines.some(({ quantities }) => quantities.returnable > 0)
        ? null
        : "Nothing that left can still be returned",
  },
  RETURN_APPROVE: { obstacle: needsReturn("approved") },
  RETURN_DECLINE: { obstacle: needsReturn("declined") },
  RETURN_RECEIVE: { obstacle: needsReturn("received") },
  RETURN_TRACKING_UPDATE: { obstacle: needsReturn("tracked") },
  RETURN_CLOSE: { obstacle: needsReturn("closed") },
  RETURN_CANCEL: { obstacle: needsReturn("canceled") },
  REFUND_CREATE: {
    onDeleted: true,
    obstacle: ({ order }) =>
      isZero(refundableAmount(order).shop) ? "No money is left to refund" : null,
  },
  ORDER_REFRESH: {
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
    const needs = COMMAND_NEEDS[operation];
    const capability = facts.channel.capabilities.find(
      (candidate) => candidate.operation === needs.operation,
    );
    const reason = whyNot(operation, capability, facts);
    return {
      operation,
      enabled: reason === null,
      reason,
      constraints: capability?.constraints ?? [],
      support: capability?.support ?? "NONE",
    };
  });
}

function whyNot(
  operation: CommandType,
  capability: Capability | undefined,
  facts: ActionFacts,
): string | null {
  const rule = RULES[operation];
  const { scope } = COMMAND_NEEDS[operation];
  if (!may(facts.viewer, scope)) return `This key lacks the scope ${scope}`;
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

/** Whether any of the order's returns stands where this can happen to it. */
function needsReturn(move: ReturnMove["to"]): Rule["obstacle"] {
  return ({ order }) =>
    order.returns.some((row) => canMove(row, move))
      ? null
      : `The order has no return that can be ${move}`;
}
