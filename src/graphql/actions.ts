import type { Capability } from "../domain/channel.js";
import { COMMAND_TYPES, type CommandType } from "../domain/command.js";
import { COMMAND_NEEDS } from "../domain/command-needs.js";
import { isZero } from "../domain/money.js";
import { refundableAmount } from "../domain/quote.js";
import { canMove, type ReturnMove, type ReturnStatus } from "../domain/return.js";
import type { Viewer } from "../domain/scope.js";
import { isPlacedHere, WORK_ENDS } from "../domain/work.js";
import { may } from "./auth.js";
import {
  cancelsWithRefund,
  PLATFORM_OBSTACLES,
  RETURN_ENDS,
  type Target,
} from "./platform-obstacles.js";
import type { OrderAction } from "./types/order-action.js";

/** What decides whether a write can be done. */
export interface ActionFacts extends Target {
  channel: { capabilities: readonly Capability[]; disconnectedAt: Date | null };
  viewer: Viewer;
  /** Where the shop's goods may lie, by the platform's ids; absent where nothing is to be moved. */
  places?: readonly { nativeId: string }[];
}

interface Rule {
  /** Whether it makes sense on an order that its shop has deleted. */
  onDeleted?: boolean;
  /** Why the order's state stands against it; null where it does not. */
  obstacle: (facts: ActionFacts) => string | null;
  /** What else is worth knowing before it is asked for. */
  constraints?: (facts: ActionFacts, capability: Capability | undefined) => string[];
}

const RULES: Record<CommandType, Rule> = {
  FULFILLMENT_CREATE: {
    obstacle: ({ order, open }) => {
      if (order.state === "CANCELED") return "The order is canceled";
      if (open.length > 0) return null;
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
  FULFILLMENT_ORDER_HOLD: { obstacle: needsWork("held") },
  FULFILLMENT_ORDER_RELEASE: {
    obstacle: ({ order, work }) => {
      const rows = work ? [work] : order.fulfillmentOrders;
      return rows.some(({ holds }) => holds.length > 0) ? null : "Nothing holds it back";
    },
    constraints: releaseConstraints,
  },
  FULFILLMENT_ORDER_MOVE: {
    obstacle: (facts) => needsWork("moved")(facts) ?? needsPlace(facts),
  },
  ORDER_CANCEL: {
    obstacle: (facts) => {
      if (facts.order.state === "CANCELED") return "The order is canceled already";
      return cancelsWithRefund(facts) ? reasonAgainst("REFUND_CREATE", facts) : null;
    },
    constraints: (facts) =>
      cancelsWithRefund(facts)
        ? ["refund: true is demanded, since the shop cancels nothing that was billed"]
        : [],
  },
  ORDER_NOTE_ADD: { onDeleted: true, obstacle: () => null },
  ORDER_TAGS_UPDATE: { obstacle: () => null },
  ORDER_ADDRESS_UPDATE: {
    obstacle: ({ order }) => (order.state === "CANCELED" ? "The order is canceled" : null),
  },
  RETURN_CREATE: {
    obstacle: ({ order: { lines } }) => {
      if (lines.some(({ quantities }) => quantities.returnable > 0)) return null;
      const left = lines.some(({ quantities }) => quantities.fulfilled > 0);
      return left ? "All that left is in a return already" : "Nothing has left yet";
    },
  },
  RETURN_APPROVE: { obstacle: needsReturn("approved") },
  RETURN_DECLINE: { obstacle: needsReturn("declined") },
  RETURN_RECEIVE: { obstacle: needsReturn("received") },
  RETURN_TRACKING_UPDATE: { obstacle: needsReturn("tracked") },
  RETURN_CLOSE: { obstacle: needsReturn("closed") },
  RETURN_CANCEL: { obstacle: needsReturn("canceled") },
  REFUND_CREATE: {
    onDeleted: true,
    obstacle: ({ order }) => {
      if (!isZero(refundableAmount(order).shop)) return null;
      return isZero(order.totals.captured.shop)
        ? "No money was received"
        : "All of the money was given back, or is about to be";
    },
    constraints: refundConstraints,
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
    const capability = abilityFor(operation, facts);
    const reason = reasonAgainst(operation, facts);
    const more = RULES[operation].constraints?.(facts, capability) ?? [];
    return {
      operation,
      enabled: reason === null,
      reason,
      constraints: [...(capability?.constraints ?? []), ...more],
      support: capability?.support ?? "NONE",
    };
  });
}

/** What the shop has to be able to do; a return that the gateway keeps asks nothing of it. */
function abilityFor(operation: CommandType, facts: ActionFacts): Capability | undefined {
  const needs = COMMAND_NEEDS[operation];
  if (isOfShop(operation, facts))
    return facts.channel.capabilities.find((each) => each.operation === needs.operation);
  return {
    operation: needs.operation,
    support: "EMULATED",
    constraints: [],
    note: "the gateway keeps the return",
    requiredScopes: [],
    granted: true,
    idempotent: "NATURAL",
  };
}

/** Whether the shop and not the gateway keeps what is written to. */
function isOfShop(operation: CommandType, { of }: ActionFacts): boolean {
  return of?.owner !== "GATEWAY" || !operation.startsWith("RETURN_");
}

function reasonAgainst(operation: CommandType, facts: ActionFacts): string | null {
  const rule = RULES[operation];
  const capability = abilityFor(operation, facts);
  const { scope } = COMMAND_NEEDS[operation];
  if (!may(facts.viewer, scope)) return `This key lacks the scope ${scope}`;
  if (facts.channel.disconnectedAt !== null) return "The shop is disconnected";
  if (!capability || capability.support === "NONE")
    return `The shop cannot do it${capability?.note ? `: ${capability.note}` : ""}`;
  if (!capability.granted)
    return `The shop has not granted ${capability.requiredScopes.join(", ") || "the permission"}`;
  if (facts.order.deletedAt !== null && !rule.onDeleted) return "The order was deleted in its shop";
  const platform = isOfShop(operation, facts) ? PLATFORM_OBSTACLES[facts.order.platform] : {};
  return rule.obstacle(facts) ?? platform?.[operation]?.(facts) ?? null;
}

function needsShipment({ order }: ActionFacts): string | null {
  const statuses = new Set(order.fulfillments.map(({ status }) => status));
  statuses.delete("CANCELED");
  if (statuses.delete("PENDING") && statuses.size === 0) return "The shipment is not made yet";
  return statuses.size > 0 ? null : "The order has no shipment";
}

/** Whether the work asked about, or else any of the order's, still stands where this can happen to it. */
function needsWork(what: "held" | "moved"): Rule["obstacle"] {
  return ({ order, work }) => {
    const rows = work ? [work] : order.fulfillmentOrders;
    if (rows.some(({ status }) => !WORK_ENDS.has(status))) return null;
    if (rows.length === 0) return "The order has no work that is planned";
    const [only] = rows;
    return rows.length === 1 && only
      ? `Work that is ${only.status} cannot be ${what}`
      : `The order has no work that can be ${what}`;
  };
}

/** Whether there is a place that any of the work is not at yet. */
function needsPlace({ order, work, places = [] }: ActionFacts): string | null {
  const rows = (work ? [work] : order.fulfillmentOrders).filter(
    ({ status }) => !WORK_ENDS.has(status),
  );
  return rows.some(({ locationId }) => places.some(({ nativeId }) => nativeId !== locationId))
    ? null
    : "The shop has no other place that it could leave from";
}

/** Holds that others placed are theirs to release, unless somebody names them. */
function releaseConstraints({ order, work }: ActionFacts): string[] {
  const holds = (work ? [work] : order.fulfillmentOrders).flatMap((row) => row.holds);
  return holds.length > 0 && !holds.some(isPlacedHere)
    ? ["holdIds is demanded, since others placed what holds it back"]
    : [];
}

/** Whether the return asked about, or else any of the order's, stands where this can happen to it. */
function needsReturn(move: ReturnMove["to"]): Rule["obstacle"] {
  return ({ order, of }) => {
    const rows = of ? [of] : order.returns;
    if (
      rows.some((row) => canMove(row, move) && !(move === "received" && ALL_BACK.has(row.status)))
    )
      return null;
    if (rows.length === 0) return "The order has no return";
    if (rows.every(({ planned }) => planned)) return "The return is not made yet";
    if (!of) return `The order has no return that can be ${move} now`;
    if (move === "received" && ALL_BACK.has(of.status)) return "All of it came back already";
    if (move === "canceled" && !RETURN_ENDS.has(of.status))
      return "Something of it came back already";
    return `A return that is ${of.status} cannot be ${move}`;
  };
}

const ALL_BACK: ReadonlySet<ReturnStatus> = new Set(["RECEIVED", "INSPECTED"]);

/** Money is sent once: what guards that, the caller has to know beforehand. */
function refundConstraints({ order }: ActionFacts, capability: Capability | undefined): string[] {
  const inDoubt = order.refunds.some(({ status }) => status === "OUTCOME_UNKNOWN");
  return [
    "options.idempotencyKey is demanded",
    ...(capability?.support === "EMULATED" ? ["options.allowEmulated: true is demanded"] : []),
    ...(capability && capability.idempotent !== "KEYED"
      ? ["never sent again by itself; an unknown outcome waits for commandResolve"]
      : []),
    ...(inDoubt ? ["waits until the refund is resolved whose outcome is unknown"] : []),
  ];
}
