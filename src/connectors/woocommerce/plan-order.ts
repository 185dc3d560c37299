import type { z } from "zod";
import type {
  FulfillmentOrderHold,
  OrderAddressUpdate,
  OrderCancel,
  OrderNoteAdd,
  Step,
} from "../../domain/command.js";
import type { Order } from "../../domain/order.js";
import { QUIET } from "../plan.js";
import { HELD_NO_LONGER, heldBack } from "../words.js";
import { planCancelRefund } from "./plan-refund.js";
import type { requests } from "./request.js";
import type { Shop } from "./shop.js";

/** Canceling, and then giving back what is to be given back: WooCommerce does not refund by itself. */
export function planCancel(command: OrderCancel, order: Order, shop: Shop): Step[] {
  const stock = command.restock ? "" : ", although it was asked not to";
  const request: z.input<typeof requests.ORDER_CANCEL> = { reason: command.reason };
  const cancel: Step = {
    ...QUIET,
    kind: "ORDER_CANCEL",
    summary: `cancel the order; WooCommerce puts the stock back by itself${stock}`,
    support: "NATIVE",
    idempotent: "NATURAL",
    request,
  };
  return command.refund ? [cancel, planCancelRefund(command.refund, order, shop)] : [cancel];
}

/** A private note for the shop's staff. */
export function planNote({ text }: OrderNoteAdd): Step {
  return { ...noteStep(text, false, "write a note for the shop's staff"), support: "NATIVE" };
}

/** What the shop's staff see of a hold that the gateway keeps. */
export function noteHold(hold: FulfillmentOrderHold): Step {
  return noteStep(heldBack(hold), false, "tell the shop's staff of the hold");
}

/** What they see when it ends. */
export function noteRelease(): Step {
  return noteStep(HELD_NO_LONGER, false, "tell the shop's staff of its end");
}

/** The whole shipping address; what is null is emptied. */
export function planAddress({ shippingAddress }: OrderAddressUpdate): Step {
  const request: z.input<typeof requests.ORDER_ADDRESS_UPDATE> = { address: shippingAddress };
  return {
    ...QUIET,
    kind: "ORDER_ADDRESS_UPDATE",
    summary: "change the shipping address; shipping costs and taxes stay as they are",
    support: "NATIVE",
    idempotent: "NATURAL",
    request,
  };
}

/** The status after everything was shipped, in a shop without fulfillments. */
export function statusStep(): Step {
  const request: z.input<typeof requests.ORDER_STATUS> = { status: "completed" };
  return {
    ...QUIET,
    kind: "ORDER_STATUS",
    summary: "complete the order; WooCommerce may mail its customer",
    support: "EMULATED",
    idempotent: "NATURAL",
    request,
  };
}

/** A note on the order; one for the customer is mailed. `what` says what it is about. */
export function noteStep(text: string, toCustomer: boolean, what: string): Step {
  const request: z.input<typeof requests.ORDER_NOTE_ADD> = { text, toCustomer };
  return {
    ...QUIET,
    kind: "ORDER_NOTE_ADD",
    summary: `${what}${toCustomer ? " to the customer" : ""}`,
    support: "EMULATED",
    idempotent: "CHECK_THEN_ACT",
    request,
  };
}
