import type { ChannelOperation } from "./channel.js";
import type { ChannelCommandType, CommandType } from "./command.js";
import type { Scope } from "./scope.js";

/** What a write takes: of the key a scope, of the shop an ability. Whoever may ask for it may try it again or withdraw it. */
export const COMMAND_NEEDS: Record<CommandType, { scope: Scope; operation: ChannelOperation }> = {
  FULFILLMENT_CREATE: { scope: "FULFILLMENTS_WRITE", operation: "FULFILLMENT_CREATE" },
  FULFILLMENT_TRACKING_UPDATE: {
    scope: "FULFILLMENTS_WRITE",
    operation: "FULFILLMENT_TRACKING_UPDATE",
  },
  FULFILLMENT_CANCEL: { scope: "FULFILLMENTS_WRITE", operation: "FULFILLMENT_CANCEL" },
  TRACKING_EVENT_ADD: { scope: "FULFILLMENTS_WRITE", operation: "FULFILLMENT_EVENT_CREATE" },
  FULFILLMENT_ORDER_HOLD: { scope: "FULFILLMENTS_WRITE", operation: "FULFILLMENT_ORDER_HOLD" },
  FULFILLMENT_ORDER_RELEASE: { scope: "FULFILLMENTS_WRITE", operation: "FULFILLMENT_ORDER_HOLD" },
  FULFILLMENT_ORDER_MOVE: { scope: "FULFILLMENTS_WRITE", operation: "FULFILLMENT_ORDER_MOVE" },
  ORDER_CANCEL: { scope: "ORDERS_WRITE", operation: "ORDER_CANCEL" },
  ORDER_NOTE_ADD: { scope: "ORDERS_WRITE", operation: "ORDER_NOTE" },
  ORDER_TAGS_UPDATE: { scope: "ORDERS_WRITE", operation: "ORDER_TAG" },
  ORDER_ADDRESS_UPDATE: { scope: "ORDERS_WRITE", operation: "ORDER_ADDRESS_UPDATE" },
  ORDER_REFRESH: { scope: "ORDERS_WRITE", operation: "ORDER_READ" },
  RETURN_CREATE: { scope: "RETURNS_WRITE", operation: "RETURN_CREATE" },
  RETURN_APPROVE: { scope: "RETURNS_WRITE", operation: "RETURN_APPROVE" },
  RETURN_DECLINE: { scope: "RETURNS_WRITE", operation: "RETURN_APPROVE" },
  RETURN_RECEIVE: { scope: "RETURNS_WRITE", operation: "RETURN_RECEIVE" },
  RETURN_TRACKING_UPDATE: { scope: "RETURNS_WRITE", operation: "RETURN_CREATE" },
  RETURN_CLOSE: { scope: "RETURNS_WRITE", operation: "RETURN_CLOSE" },
  RETURN_CANCEL: { scope: "RETURNS_WRITE", operation: "RETURN_CLOSE" },
  REFUND_CREATE: { scope: "REFUNDS_WRITE", operation: "REFUND_LINES" },
};

/** The scope that any write takes of a key, also one about a whole shop. */
export function scopeFor(type: CommandType | ChannelCommandType): Scope {
  return type === "CHANNEL_RECONCILE" ? "CHANNELS_ADMIN" : COMMAND_NEEDS[type].scope;
}
