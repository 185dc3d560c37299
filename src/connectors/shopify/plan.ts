import type {
  Command,
  FulfillmentCancel,
  FulfillmentTrackingUpdate,
  Step,
  TrackingEventAdd,
} from "../../domain/command.js";
import { GatewayError, NotFound } from "../../domain/errors.js";
import type { Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { type Plans, planBy } from "../plan.js";
import { planFulfillment } from "./plan-fulfillment.js";
import { planAddress, planCancel, planNote, planTags } from "./plan-order.js";
import { planRefund } from "./plan-refund.js";
import {
  planApproval,
  planClose,
  planDecline,
  planReceipt,
  planReturn,
  planReturnCancel,
  planReturnTracking,
} from "./plan-return.js";
import { count, step } from "./plan-step.js";
import { planHold, planMove, planRelease } from "./plan-work.js";
import { SCAN_WORD } from "./status.js";
import { parcelsOf, trackingOf } from "./tracking.js";

/** The effects that a command needs at Shopify. Pure; throws GatewayError where it cannot be done. */
export function planCommand(command: Command, order: Order): Step[] {
  const plans: Plans = {
    FULFILLMENT_CREATE: (wish) => planFulfillment(wish, order),
    FULFILLMENT_TRACKING_UPDATE: (wish) => [planTracking(wish, order)],
    FULFILLMENT_CANCEL: (wish) => [planFulfillmentCancel(wish, order)],
    TRACKING_EVENT_ADD: (wish) => [planScan(wish, order)],
    FULFILLMENT_ORDER_HOLD: (wish) => [planHold(wish, order)],
    FULFILLMENT_ORDER_RELEASE: (wish) => [planRelease(wish, order)],
    FULFILLMENT_ORDER_MOVE: (wish) => [planMove(wish, order)],
    ORDER_CANCEL: (wish) => [planCancel(wish, order)],
    ORDER_NOTE_ADD: (wish) => [planNote(wish)],
    ORDER_TAGS_UPDATE: planTags,
    ORDER_ADDRESS_UPDATE: (wish) => [planAddress(wish)],
    RETURN_CREATE: (wish) => planReturn(wish, order),
    RETURN_APPROVE: (wish) => planApproval(wish, order),
    RETURN_DECLINE: (wish) => [planDecline(wish, order)],
    RETURN_RECEIVE: (wish) => planReceipt(wish, order),
    RETURN_TRACKING_UPDATE: (wish) => [planReturnTracking(wish, order)],
    RETURN_CLOSE: (wish) => [planClose(wish, order)],
    RETURN_CANCEL: (wish) => [planReturnCancel(wish, order)],
    REFUND_CREATE: (wish) => [planRefund(wish, order)],
    ORDER_REFRESH: () => [step("ORDER_REFRESH", "read the order anew", { act: "read" }, "NATURAL")],
  };
  return planBy("Shopify", plans, command);
}

function planTracking(command: FulfillmentTrackingUpdate, order: Order): Step {
  const fulfillment = reported(order, command.fulfillmentId);
  const parcels = parcelsOf(command.packages);
  // Checked here so that what cannot be done is told before anything is sent.
  const kept = command.replace ? [] : parcelsOf(present(fulfillment.packages));
  trackingOf([...kept, ...parcels]);
  return step(
    "FULFILLMENT_TRACKING_UPDATE",
    `${command.replace ? "set" : "add"} ${count(parcels.length, "tracking number")}`,
    {
      act: "track",
      fulfillmentId: fulfillment.nativeId,
      parcels,
      replace: command.replace,
      notifyCustomer: command.notifyCustomer,
    },
    "NATURAL",
  );
}

function planFulfillmentCancel(command: FulfillmentCancel, order: Order): Step {
  const fulfillment = reported(order, command.fulfillmentId);
  if (fulfillment.status === "CANCELED")
    throw new GatewayError("ALREADY_IN_STATE", `fulfillment ${fulfillment.id} is canceled already`);
  return step(
    "FULFILLMENT_CANCEL",
    `cancel a shipment of ${count(fulfillment.lines.length, "line")}`,
    { act: "cancelFulfillment", fulfillmentId: fulfillment.nativeId },
    "NATURAL",
  );
}

function planScan(command: TrackingEventAdd, order: Order): Step {
  const word = SCAN_WORD[command.status];
  if (!word)
    return {
      ...step(
        "GATEWAY_SCAN",
        `keep the scan ${command.status} here, for which Shopify has no word`,
        { act: "nothing" },
        "NATURAL",
      ),
      support: "EMULATED",
    };
  const fulfillment = reported(order, command.fulfillmentId);
  return step("TRACKING_EVENT_ADD", `tell the shop of the scan ${word}`, {
    act: "scan",
    fulfillmentId: fulfillment.nativeId,
    status: word,
    happenedAt: command.occurredAt,
    message: command.message,
  });
}

/** A fulfillment that the shop knows. */
function reported(order: Order, id: string): Order["fulfillments"][number] & { nativeId: string } {
  const fulfillment = present(order.fulfillments).find((each) => each.id === id);
  if (!fulfillment) throw new NotFound("fulfillment", id);
  const { nativeId } = fulfillment;
  if (nativeId === null)
    throw new GatewayError(
      "COMMAND_IN_FLIGHT",
      `fulfillment ${id} is not known to the shop yet; wait until the command that makes it has ended`,
    );
  return { ...fulfillment, nativeId };
}
