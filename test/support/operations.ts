/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What kind of somebody acted. */
export type ActorKind =
  /** An integration with a key of this API. */
  | 'API_CLIENT'
  /** The shop, or somebody in it. */
  | 'CHANNEL'
  /** The gateway itself. */
  | 'SYSTEM'
  /** A person. */
  | 'USER';

/** A whole postal address, as it is to be: what is absent is emptied. */
export type AddressInput = {
  /** City or place. */
  city?: string | null | undefined;
  /** Company, where one is named. */
  company?: string | null | undefined;
  /** Country. */
  country?: string | null | undefined;
  /** Street and number. */
  line1?: string | null | undefined;
  /** What the first line does not hold. */
  line2?: string | null | undefined;
  /** Who receives there. */
  name?: string | null | undefined;
  /** Telephone number at this address. */
  phone?: string | null | undefined;
  /** Postal code. */
  postalCode?: string | null | undefined;
  /** State, province or region by name. */
  region?: string | null | undefined;
  /** State, province or region by code. */
  regionCode?: string | null | undefined;
};

/** A shop to be connected. */
export type ChannelConnectInput = {
  /** How you call it. */
  name: string;
  /** What it runs on. */
  platform: Platform;
  /** As PlatformInfo.settings describes; secrets are sealed and never shown again. */
  settings: unknown;
};

/** How a connected shop is doing. */
export type ChannelHealth =
  /** It refuses our credentials; a person must renew them. */
  | 'AUTH_REQUIRED'
  /** It answers late or not always. */
  | 'DEGRADED'
  /** It does not answer. */
  | 'DOWN'
  /** It answers. */
  | 'HEALTHY'
  /** Somebody paused it: nothing is read from it or sent to it; see problem. */
  | 'PAUSED';

/** One thing that a shop may be able to do. */
export type ChannelOperation =
  /** Send other goods for those that come back. */
  | 'EXCHANGE_CREATE'
  /** Take a shipment back. */
  | 'FULFILLMENT_CANCEL'
  /** Record a shipment. */
  | 'FULFILLMENT_CREATE'
  /** Keep scans of a parcel. */
  | 'FULFILLMENT_EVENT_CREATE'
  /** Say from which location a shipment left. */
  | 'FULFILLMENT_FROM_LOCATION'
  /** Hold several packages in one shipment. */
  | 'FULFILLMENT_MULTI_PACKAGE'
  /** Hold work back, and release it. */
  | 'FULFILLMENT_ORDER_HOLD'
  /** Give work to another location. */
  | 'FULFILLMENT_ORDER_MOVE'
  /** Give a part of the work to another location. */
  | 'FULFILLMENT_ORDER_SPLIT'
  /** Ship some of an order's lines, or a part of a line. */
  | 'FULFILLMENT_PARTIAL'
  /** Change the tracking of a shipment. */
  | 'FULFILLMENT_TRACKING_UPDATE'
  /** Tell the customer of a shipment or a refund. */
  | 'NOTIFY_CUSTOMER'
  /** Change where an order goes. */
  | 'ORDER_ADDRESS_UPDATE'
  /** Cancel an order. */
  | 'ORDER_CANCEL'
  /** Keep a note for the shop's staff. */
  | 'ORDER_NOTE'
  /** Read orders. */
  | 'ORDER_READ'
  /** Keep tags on an order. */
  | 'ORDER_TAG'
  /** List what changed since a moment. */
  | 'POLL_UPDATED_SINCE'
  /** Give back an amount of its own. */
  | 'REFUND_ARBITRARY_AMOUNT'
  /** Give money back for lines. */
  | 'REFUND_LINES'
  /** Say what a refund comes to before it is made. */
  | 'REFUND_QUOTE'
  /** Put refunded goods back into the stock. */
  | 'REFUND_RESTOCK'
  /** Give shipping costs back. */
  | 'REFUND_SHIPPING'
  /** Approve or decline a return that was asked for. */
  | 'RETURN_APPROVE'
  /** End a return, or call it off. */
  | 'RETURN_CLOSE'
  /** Keep a return, asked for or agreed. */
  | 'RETURN_CREATE'
  /** Say what came back and what becomes of it. */
  | 'RETURN_RECEIVE'
  /** Report changed shipments by itself. */
  | 'WEBHOOK_FULFILLMENT'
  /** Report changed orders by itself. */
  | 'WEBHOOK_ORDER'
  /** Report refunds by itself. */
  | 'WEBHOOK_REFUND'
  /** Report returns by itself. */
  | 'WEBHOOK_RETURN';

/** What a person found out about a write whose outcome was unknown. */
export type CommandResolution =
  /** The shop has done it. */
  | 'DONE'
  /** The shop has not done it. */
  | 'NOT_DONE';

/** How a write stands. */
export type CommandStatus =
  /** Checked and written down. */
  | 'ACCEPTED'
  /** Withdrawn before it was sent. */
  | 'CANCELED'
  /** Not done. */
  | 'FAILED'
  /** On its way to the shop. */
  | 'IN_FLIGHT'
  /** A person must find out what became of it: errors say what was seen; see commandResolve. */
  | 'NEEDS_ATTENTION'
  /** The shop may have done it. It is looked for there as soon as the shop can no longer carry it out: nextAttemptAt says when. Found, it succeeds; not there, goods are sent again, and money is left to a person. */
  | 'OUTCOME_UNKNOWN'
  /** Some of its steps were done, others not. */
  | 'PARTIALLY_SUCCEEDED'
  /** Waits for its turn. */
  | 'QUEUED'
  /** Failed in a way that can be tried again, and will be. */
  | 'RETRYING'
  /** Done. */
  | 'SUCCEEDED';

/** What a write does. */
export type CommandType =
  /** Looks for what was missed of a shop's orders: channelReconcile. */
  | 'CHANNEL_RECONCILE'
  /** Takes a shipment back: fulfillmentCancel. */
  | 'FULFILLMENT_CANCEL'
  /** Records a shipment: fulfillmentCreate. */
  | 'FULFILLMENT_CREATE'
  /** Holds work back: fulfillmentOrderHold. */
  | 'FULFILLMENT_ORDER_HOLD'
  /** Lets work leave from another place: fulfillmentOrderMove. */
  | 'FULFILLMENT_ORDER_MOVE'
  /** Ends holds: fulfillmentOrderRelease. */
  | 'FULFILLMENT_ORDER_RELEASE'
  /** Changes tracking: fulfillmentTrackingUpdate. */
  | 'FULFILLMENT_TRACKING_UPDATE'
  /** Changes where an order goes: orderAddressUpdate. */
  | 'ORDER_ADDRESS_UPDATE'
  /** Calls an order off: orderCancel. */
  | 'ORDER_CANCEL'
  /** Adds a note: orderNoteAdd. */
  | 'ORDER_NOTE_ADD'
  /** Reads an order again from its shop: orderRefresh. */
  | 'ORDER_REFRESH'
  /** Adds and takes tags: orderTagsUpdate. */
  | 'ORDER_TAGS_UPDATE'
  /** Gives money back: refundCreate. */
  | 'REFUND_CREATE'
  /** Agrees to a return: returnApprove. */
  | 'RETURN_APPROVE'
  /** Calls a return off: returnCancel. */
  | 'RETURN_CANCEL'
  /** Ends a return: returnClose. */
  | 'RETURN_CLOSE'
  /** Begins a return: returnCreate. */
  | 'RETURN_CREATE'
  /** Turns a return down: returnDecline. */
  | 'RETURN_DECLINE'
  /** Takes goods back in: returnReceive. */
  | 'RETURN_RECEIVE'
  /** Says how goods come back: returnTrackingUpdate. */
  | 'RETURN_TRACKING_UPDATE'
  /** Adds a scan: trackingEventAdd. */
  | 'TRACKING_EVENT_ADD';

/** When something must have happened. */
export type DateTimeFilter = {
  /** At this moment or later. */
  gte?: string | null | undefined;
  /** Before this moment. */
  lt?: string | null | undefined;
};

/** How much an amount must be, in whatever currency it has. */
export type DecimalFilter = {
  /** Exactly this. */
  eq?: string | null | undefined;
  /** This or more. */
  gte?: string | null | undefined;
  /** This or less. */
  lte?: string | null | undefined;
};

/** How goods reach the customer. */
export type DeliveryMethod =
  /** Nothing has to travel. */
  | 'DIGITAL'
  /** The shop brings them. */
  | 'LOCAL'
  /** The customer fetches them. */
  | 'PICKUP'
  /** A carrier brings them. */
  | 'SHIPPING'
  /** The platform does not say. */
  | 'UNKNOWN';

/** Where parcels are. */
export type DeliveryStatus =
  /** The carrier came and could not deliver. */
  | 'ATTEMPT_FAILED'
  /** Later than promised. */
  | 'DELAYED'
  /** Arrived. */
  | 'DELIVERED'
  /** Something went wrong on the way. */
  | 'EXCEPTION'
  /** With the carrier. */
  | 'IN_TRANSIT'
  /** A label exists; the carrier has not seen the parcel. */
  | 'LABEL_CREATED'
  /** The carrier has lost it. */
  | 'LOST'
  /** Nothing is on its way. */
  | 'NOT_SHIPPED'
  /** On the last stretch. */
  | 'OUT_FOR_DELIVERY'
  /** Some parcels have arrived. */
  | 'PARTIALLY_DELIVERED'
  /** Waiting to be fetched. */
  | 'READY_FOR_PICKUP'
  /** On its way back or back. */
  | 'RETURNED_TO_SENDER'
  /** Nobody says. */
  | 'UNKNOWN';

/** What becomes of goods that came back. */
export type Disposition =
  /** They can be sold no more. */
  | 'DAMAGED'
  /** They never came, although they were said to. */
  | 'MISSING'
  /** They are kept out of the stock. */
  | 'NOT_RESTOCKED'
  /** It is not decided yet. */
  | 'PROCESSING'
  /** They are sold again. */
  | 'RESTOCK';

/** Why something was refused or failed. */
export type ErrorCode =
  /** It is so already. */
  | 'ALREADY_IN_STATE'
  /** More money, or more pieces, than can still be refunded. */
  | 'AMOUNT_EXCEEDS_REFUNDABLE'
  /** The shop cannot do it. */
  | 'CAPABILITY_NOT_SUPPORTED'
  /** The shop asks for patience. */
  | 'CHANNEL_RATE_LIMITED'
  /** The shop refused it. */
  | 'CHANNEL_REJECTED'
  /** The shop does not answer. */
  | 'CHANNEL_UNAVAILABLE'
  /** An earlier write must end first. */
  | 'COMMAND_IN_FLIGHT'
  /** The cursor is older than the log keeps. */
  | 'CURSOR_EXPIRED'
  /** The key may not set or see this. */
  | 'FORBIDDEN_FIELD'
  /** This write must bear an idempotency key. */
  | 'IDEMPOTENCY_KEY_REQUIRED'
  /** The idempotency key belongs to another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The input cannot be meant; path leads to the part that is wrong. */
  | 'INVALID_INPUT'
  /** More than one request may ask. */
  | 'LIMIT_EXCEEDED'
  /** It does not exist, or not for this key. */
  | 'NOT_FOUND'
  /** It is held back. */
  | 'ON_HOLD'
  /** More than is left to ship, net of what other writes hold. */
  | 'QUANTITY_EXCEEDS_FULFILLABLE'
  /** More than can still come back, net of other returns. */
  | 'QUANTITY_EXCEEDS_RETURNABLE'
  /** The shop has not granted the permission it takes. */
  | 'SCOPE_NOT_GRANTED_BY_CHANNEL'
  /** The order changed since the version that the write expects. */
  | 'STALE_VERSION';

/** Which events; everything that is given must hold. */
export type EventFilter = {
  /** From one of these shops. */
  channelIds?: Array<string | number> | null | undefined;
  /** Leaves out what this integration's own writes caused. */
  notCausedByMe?: boolean | null | undefined;
  /** About one of these orders. */
  orderIds?: Array<string | number> | null | undefined;
  /** About an order with one of these numbers. */
  orderNumbers?: Array<string> | null | undefined;
  /** From shops on one of these platforms. */
  platforms?: Array<Platform> | null | undefined;
  /** That came in one of these ways; only with BACKFILL does a stream show ORDER_IMPORTED. */
  sources?: Array<EventSource> | null | undefined;
  /** About an order that has one of these tags now. */
  tags?: Array<string> | null | undefined;
  /** Of one of these types. */
  types?: Array<EventType> | null | undefined;
};

/** How a change came to us. */
export type EventSource =
  /** It came with the first import. */
  | 'BACKFILL'
  /** A carrier told. */
  | 'CARRIER'
  /** A write through this API made it. */
  | 'COMMAND'
  /** A person entered it here. */
  | 'MANUAL'
  /** We asked the shop what had changed. */
  | 'POLL'
  /** A sweep found it. */
  | 'RECONCILE'
  /** The shop reported it. */
  | 'WEBHOOK';

/** What happened. */
export type EventType =
  /** A shop's health changed. */
  | 'CHANNEL_HEALTH_CHANGED'
  /** A write through this API changed its status. */
  | 'COMMAND_UPDATED'
  /** A parcel arrived. */
  | 'DELIVERED'
  /** Something went wrong with a parcel. */
  | 'DELIVERY_EXCEPTION'
  /** A shipment was taken back. */
  | 'FULFILLMENT_CANCELED'
  /** A shipment was made. */
  | 'FULFILLMENT_CREATED'
  /** Work on an order came, changed or went. */
  | 'FULFILLMENT_ORDER_CHANGED'
  /** The shop ceased to report a shipment. */
  | 'FULFILLMENT_REMOVED'
  /** A shipment changed. */
  | 'FULFILLMENT_UPDATED'
  /** An order was put away in its shop. */
  | 'ORDER_ARCHIVED'
  /** An order was called off. */
  | 'ORDER_CANCELED'
  /** An order was done. */
  | 'ORDER_COMPLETED'
  /** An order was placed. */
  | 'ORDER_CREATED'
  /** An order was deleted in its shop. */
  | 'ORDER_DELETED'
  /** An order was held back. */
  | 'ORDER_HELD'
  /** An order came in with the first import; left out unless the filter asks for source BACKFILL. */
  | 'ORDER_IMPORTED'
  /** A note was added. */
  | 'ORDER_NOTE_ADDED'
  /** An order is no longer held back. */
  | 'ORDER_RELEASED'
  /** One of an order's statuses changed. */
  | 'ORDER_STATUS_CHANGED'
  /** Something of an order changed that no other type names. */
  | 'ORDER_UPDATED'
  /** An order's payment status or amounts changed. */
  | 'PAYMENT_CHANGED'
  /** Money was given back. */
  | 'REFUND_CREATED'
  /** A refund changed. */
  | 'REFUND_UPDATED'
  /** A return ended, was declined or called off. */
  | 'RETURN_CLOSED'
  /** Goods came back. */
  | 'RETURN_RECEIVED'
  /** A return came to be. */
  | 'RETURN_REQUESTED'
  /** A return changed: it was approved, or a parcel is on its way back. */
  | 'RETURN_UPDATED'
  /** A sweep found an order to differ from its shop, which no webhook and no poll had told, and put it right; changes are those that its own events tell. */
  | 'SYNC_REPAIRED'
  /** A parcel got its number. */
  | 'TRACKING_ADDED'
  /** A parcel moved, or its number changed or went. */
  | 'TRACKING_UPDATED';

/** Goods that are sent for those that come back. */
export type ExchangeLineInput = {
  /** How much of them, more than 0. */
  quantity: number;
  /** Their SKU in the shop's catalog, written just as it is there. */
  sku: string;
};

/** One shipment of many, with options of its own. */
export type FulfillmentBatchItemInput = {
  /** What left. */
  input: FulfillmentCreateInput;
  /** How it is to be done. */
  options?: WriteOptions | null | undefined;
};

/** A shipment to be recorded. */
export type FulfillmentCreateInput = {
  /** The work it completes; its lines and its place are what is not said here. */
  fulfillmentOrderId?: string | number | null | undefined;
  /** What left; omit for everything still open. */
  lines?: Array<LineQuantityInput> | null | undefined;
  /** Where it left from; where absent, from where its work was moved to, if it was. */
  locationId?: string | number | null | undefined;
  /** The order. */
  orderId: string | number;
  /** Its parcels. */
  packages?: Array<PackageInput> | null | undefined;
  /** When it left; now where absent. */
  shippedAt?: string | null | undefined;
};

/** How a shipment stands. */
export type FulfillmentEntityStatus =
  /** Taken back. */
  | 'CANCELED'
  /** The shop could not make it. */
  | 'ERROR'
  /** Being prepared in the shop. */
  | 'OPEN'
  /** Asked for, and not yet reported by the shop. */
  | 'PENDING'
  /** It left. */
  | 'SUCCESS';

/** How work on an order stands. */
export type FulfillmentOrderStatus =
  /** Called off. */
  | 'CANCELED'
  /** Done. */
  | 'CLOSED'
  /** Given up with work left. */
  | 'INCOMPLETE'
  /** Being done. */
  | 'IN_PROGRESS'
  /** Held back. */
  | 'ON_HOLD'
  /** To be done. */
  | 'OPEN'
  /** To be done later. */
  | 'SCHEDULED';

/** How far an order's goods have left. */
export type FulfillmentStatus =
  /** All that is still wanted has left. */
  | 'FULFILLED'
  /** It is being prepared. */
  | 'IN_PROGRESS'
  /** Nothing in it has to be shipped. */
  | 'NOT_REQUIRED'
  /** What is left is held back. */
  | 'ON_HOLD'
  /** Some of it has left. */
  | 'PARTIALLY_FULFILLED'
  /** It is to leave later. */
  | 'SCHEDULED'
  /** Nothing has left. */
  | 'UNFULFILLED'
  /** The platform does not say. */
  | 'UNKNOWN';

/** Why something is held. */
export type HoldReason =
  /** The address is wrong or incomplete. */
  | 'ADDRESS'
  /** Money is awaited. */
  | 'AWAITING_PAYMENT'
  /** The customer asked for it. */
  | 'CUSTOMER_REQUEST'
  /** It looks like fraud. */
  | 'FRAUD_REVIEW'
  /** Another reason; see the note. */
  | 'OTHER'
  /** There is no stock. */
  | 'OUT_OF_STOCK';

/** How much of a line. */
export type LineQuantityInput = {
  /** The line. */
  lineId: string | number;
  /** How much of it, more than 0. */
  quantity: number;
};

/** An exact amount, in the order's shop or presentment currency; else INVALID_INPUT. */
export type MoneyInput = {
  /** The amount. */
  amount: string;
  /** Its currency. */
  currency: string;
};

/** An order to be called off. */
export type OrderCancelInput = {
  /** Only these; the whole order where absent. No platform here cancels by line yet: CAPABILITY_NOT_SUPPORTED. */
  lines?: Array<LineQuantityInput> | null | undefined;
  /** The order. */
  orderId: string | number;
  /** Why, in your words. */
  reason: string;
  /** Whether all that is left of the money goes back too; demands options.idempotencyKey. */
  refund?: boolean | null | undefined;
  /** Whether its goods go back into stock. */
  restock?: boolean | null | undefined;
};

/** Which orders; everything that is given must hold. */
export type OrderFilter = {
  /** All of these must hold. */
  and?: Array<OrderFilter> | null | undefined;
  /** From one of these shops. */
  channelId?: Array<string | number> | null | undefined;
  /** Country it is shipped to. */
  country?: Array<string> | null | undefined;
  /** The shop's currency. */
  currency?: Array<string> | null | undefined;
  /** deliveryStatus is one of these. */
  deliveryStatus?: Array<DeliveryStatus> | null | undefined;
  /** E-mail address in any case; needs the scope PII_READ. */
  email?: StringFilter | null | undefined;
  /** fulfillmentStatus is one of these. */
  fulfillmentStatus?: Array<FulfillmentStatus> | null | undefined;
  /** Whether a return of it is neither declined, closed nor canceled. */
  hasOpenReturn?: boolean | null | undefined;
  /** Whether a write through this API has not ended. */
  hasPendingCommand?: boolean | null | undefined;
  /** Whether its syncState is one of PUSH_FAILED, OUTCOME_UNKNOWN and DIVERGED, so that somebody should look. */
  hasSyncProblem?: boolean | null | undefined;
  /** Shipped from, or to be shipped from, one of these locations. */
  locationId?: Array<string | number> | null | undefined;
  /** This must not hold. */
  not?: OrderFilter | null | undefined;
  /** The number people use. */
  number?: StringFilter | null | undefined;
  /** One of these must hold. */
  or?: Array<OrderFilter> | null | undefined;
  /** paymentStatus is one of these. */
  paymentStatus?: Array<PaymentStatus> | null | undefined;
  /** When it was placed. */
  placedAt?: DateTimeFilter | null | undefined;
  /** From shops on one of these platforms. */
  platform?: Array<Platform> | null | undefined;
  /** One of the platform's own status values. */
  platformStatus?: StringFilter | null | undefined;
  /** returnStatus is one of these. */
  returnStatus?: Array<OrderReturnStatus> | null | undefined;
  /** Some of it is still to be shipped, and that before this moment; where the platform says by when. */
  shipByBefore?: string | null | undefined;
  /** SKU of one of its lines. */
  sku?: StringFilter | null | undefined;
  /** Order.state is one of these. */
  state?: Array<OrderState> | null | undefined;
  /** One of its tags. */
  tag?: StringFilter | null | undefined;
  /** Total in the shop's currency. */
  total?: DecimalFilter | null | undefined;
  /** Number of one of its parcels; spaces, dashes and case do not count. */
  trackingNumber?: StringFilter | null | undefined;
  /** When it last changed visibly. */
  updatedAt?: DateTimeFilter | null | undefined;
};

/** How far an order's goods have come back. */
export type OrderReturnStatus =
  /** A return was asked for and declined. */
  | 'DECLINED'
  /** Goods are to come back or on their way. */
  | 'IN_PROGRESS'
  /** Nothing is to come back. */
  | 'NONE'
  /** Some of what had left is back. */
  | 'PARTIALLY_RETURNED'
  /** A return was asked for. */
  | 'REQUESTED'
  /** All that had left is back. */
  | 'RETURNED'
  /** The platform does not say. */
  | 'UNKNOWN';

/** How orders are sorted; equal ones by the order of their ids. */
export type OrderSort = {
  /** Which end first. */
  direction?: SortDirection;
  /** By what. */
  field?: OrderSortField;
};

/** What orders can be sorted by. */
export type OrderSortField =
  /** The number people use, as text. */
  | 'NUMBER'
  /** When they were placed. */
  | 'PLACED_AT'
  /** How well they fit what is searched for; only with search. */
  | 'RELEVANCE'
  /** Total in the currency's smallest unit; filter by currency to compare. */
  | 'TOTAL'
  /** When they last changed visibly. */
  | 'UPDATED_AT';

/** Where an order is in its life. */
export type OrderState =
  /** Called off. */
  | 'CANCELED'
  /** Done. */
  | 'COMPLETED'
  /** To be worked on. */
  | 'OPEN'
  /** Placed, and not yet to be worked on. */
  | 'PENDING'
  /** The platform says something we do not know; see platformStatuses. */
  | 'UNKNOWN';

/** One parcel of a shipment. */
export type PackageInput = {
  /** What is in it, where it is known. */
  lines?: Array<LineQuantityInput> | null | undefined;
  /** Its number, where it has one. */
  tracking?: TrackingInput | null | undefined;
};

/** How an order stands with its money. */
export type PaymentStatus =
  /** Money is reserved, not received. */
  | 'AUTHORIZED'
  /** The customer disputes the payment. */
  | 'DISPUTED'
  /** The authorization or the time to pay ran out. */
  | 'EXPIRED'
  /** Paying failed. */
  | 'FAILED'
  /** More than the total was received. */
  | 'OVERPAID'
  /** All of it was received. */
  | 'PAID'
  /** Part of it was received. */
  | 'PARTIALLY_PAID'
  /** Part of what was received went back. */
  | 'PARTIALLY_REFUNDED'
  /** Nothing was received. */
  | 'PENDING'
  /** All that was received went back. */
  | 'REFUNDED'
  /** The platform does not say. */
  | 'UNKNOWN'
  /** The authorization was given up. */
  | 'VOIDED';

/** Software that shops run on, as far as this build can connect to it. */
export type Platform =
  /** Shops that run on the platform BIGCOMMERCE. */
  | 'BIGCOMMERCE'
  /** Shops that run on the platform MAGENTO. */
  | 'MAGENTO'
  /** Shops that run on the platform SHOPIFY. */
  | 'SHOPIFY'
  /** Shops that run on the platform WOOCOMMERCE. */
  | 'WOOCOMMERCE';

/** How much of a line came back, and what becomes of it. */
export type ReceiveLineInput = {
  /** What becomes of what is taken. */
  disposition?: Disposition | null | undefined;
  /** The line. */
  lineId: string | number;
  /** How much of it came back and is taken. */
  received: number;
  /** How much of it came back and is not taken. */
  rejected?: number | null | undefined;
};

/** Money to give back: for pieces, for shipping, or beyond both. */
export type RefundCreateInput = {
  /** How much beyond lines and shipping, where the shop can: goodwill. */
  extraAmount?: MoneyInput | null | undefined;
  /** For which pieces; where absent, with a return, for what it received and nobody refunded yet. */
  lines?: Array<RefundLineInput> | null | undefined;
  /** The order. */
  orderId: string | number;
  /** Why; the customer may read it. */
  reason?: string | null | undefined;
  /** The return it pays for. */
  returnId?: string | number | null | undefined;
  /** How much for shipping, tax included. */
  shipping?: MoneyInput | null | undefined;
  /** Whether the customer gets credit at the shop instead of money the way they paid, where the shop can. */
  toStoreCredit?: boolean | null | undefined;
};

/** Pieces of a line to give money back for. */
export type RefundLineInput = {
  /** How much money for these pieces, tax included; where absent what they come to (see refundQuote). */
  amount?: MoneyInput | null | undefined;
  /** The line. */
  lineId: string | number;
  /** The location they go back to. */
  locationId?: string | number | null | undefined;
  /** How much of it, more than 0. */
  quantity: number;
  /** Whether the pieces go back into stock; a return that received them has done that. */
  restock?: boolean | null | undefined;
};

/** How a refund stands. */
export type RefundStatus =
  /** Not paid out. */
  | 'FAILED'
  /** It may or may not have been paid out. */
  | 'OUTCOME_UNKNOWN'
  /** Asked for, and not paid out yet. */
  | 'PENDING'
  /** Paid out. */
  | 'SUCCEEDED';

/** What the customer is to get for goods that come back. */
export type Resolution =
  /** Other goods. */
  | 'EXCHANGE'
  /** Nothing. */
  | 'NONE'
  /** Money. */
  | 'REFUND'
  /** The same goods, repaired. */
  | 'REPAIR'
  /** Credit at the shop. */
  | 'STORE_CREDIT';

/** Where a stream begins; exactly one of the two. Without it: now. */
export type Resume = {
  /** Right after this. */
  after?: string | null | undefined;
  /** At a point in time. */
  since?: string | null | undefined;
};

/** A return to be begun. */
export type ReturnCreateInput = {
  /** What the customer is to get instead, at most 250 lines; where the shop can do EXCHANGE_CREATE. */
  exchangeLines?: Array<ExchangeLineInput> | null | undefined;
  /** What comes back; at least one line. */
  lines: Array<ReturnLineInput>;
  /** What is to be said with it. */
  note?: string | null | undefined;
  /** The order. */
  orderId: string | number;
  /** True: only asked for, to be approved or declined. False: agreed to at once, in full. */
  requested?: boolean | null | undefined;
  /** The number of the parcel on its way back, where it is known. */
  tracking?: TrackingInput | null | undefined;
};

/** Which returns; everything that is given must hold. */
export type ReturnFilter = {
  /** To one of these shops. */
  channelId?: Array<string | number> | null | undefined;
  /** Of one of these orders. */
  orderId?: Array<string | number> | null | undefined;
  /** When they were asked for. */
  requestedAt?: DateTimeFilter | null | undefined;
  /** That stand like one of these. */
  status?: Array<ReturnStatus> | null | undefined;
};

/** How much of a line comes back, and why. */
export type ReturnLineInput = {
  /** The line. */
  lineId: string | number;
  /** What else is to be said of it. */
  note?: string | null | undefined;
  /** How much of it, more than 0. */
  quantity: number;
  /** Why. */
  reason: ReturnReason;
  /** What the customer is to get for it; a refund is made apart, by refundCreate. */
  resolution?: Resolution | null | undefined;
};

/** Where a return was begun. */
export type ReturnOrigin =
  /** In its shop. */
  | 'CHANNEL'
  /** Through this API. */
  | 'GATEWAY';

/** How a return lives on its platform. */
export type ReturnProjection =
  /** The gateway keeps it, and the shop sees nothing of it. */
  | 'LOCAL_ONLY'
  /** As a return of the platform's own. */
  | 'NATIVE'
  /** The gateway keeps it, since the platform has no returns; the shop sees a note, and money and stock with the refund. */
  | 'REFUND_AND_NOTE';

/** Why goods come back. */
export type ReturnReason =
  /** They came too late. */
  | 'ARRIVED_LATE'
  /** The color does not please. */
  | 'COLOR'
  /** They were damaged on their way. */
  | 'DAMAGED_IN_TRANSIT'
  /** They do not work. */
  | 'DEFECTIVE'
  /** They are not what was described. */
  | 'NOT_AS_DESCRIBED'
  /** Something else; see rawReason and note. */
  | 'OTHER'
  /** They are too large. */
  | 'SIZE_TOO_LARGE'
  /** They are too small. */
  | 'SIZE_TOO_SMALL'
  /** The style does not please. */
  | 'STYLE'
  /** Nobody says. */
  | 'UNKNOWN'
  /** They are not wanted any more. */
  | 'UNWANTED'
  /** Something else was sent. */
  | 'WRONG_ITEM';

/** How far a return is: the decision about it, and its goods. */
export type ReturnStatus =
  /** Agreed to; nothing is known to be on its way. */
  | 'APPROVED'
  /** Called off before anything came back. */
  | 'CANCELED'
  /** Ended. */
  | 'CLOSED'
  /** Turned down. */
  | 'DECLINED'
  /** All of it came back, and what becomes of it is decided. */
  | 'INSPECTED'
  /** On its way back. */
  | 'IN_TRANSIT'
  /** Some of it came back. */
  | 'PARTIALLY_RECEIVED'
  /** All of it came back, and what becomes of it is not decided. */
  | 'RECEIVED'
  /** Asked for; nobody has agreed yet. */
  | 'REQUESTED';

/** What a key may do. */
export type Scope =
  /** Connect, change, pause and disconnect shops, and see what came in and was not understood. */
  | 'CHANNELS_ADMIN'
  /** Say what became of a write whose outcome is unknown. */
  | 'COMMANDS_RESOLVE'
  /** Read the log and subscribe to it. */
  | 'EVENTS_READ'
  /** Ship, track and take shipments back. */
  | 'FULFILLMENTS_WRITE'
  /** Ask the schema about itself. */
  | 'INTROSPECT'
  /** See, make and revoke keys. */
  | 'KEYS_ADMIN'
  /** See orders, without personal data. */
  | 'ORDERS_READ'
  /** Cancel, note, tag, redirect and refresh orders. */
  | 'ORDERS_WRITE'
  /** See, filter and search by personal data: addresses, e-mail, notes, properties. */
  | 'PII_READ'
  /** Give money back. */
  | 'REFUNDS_WRITE'
  /** Begin, decide, receive and end returns. */
  | 'RETURNS_WRITE';

/** Which end comes first. */
export type SortDirection =
  /** The smallest or oldest first. */
  | 'ASC'
  /** The largest or newest first. */
  | 'DESC';

/** On what a status rests. */
export type StatusBasis =
  /** On what the platform's field usually means. */
  | 'ASSUMED'
  /** On amounts, quantities and shipments. */
  | 'FACTS'
  /** On a rule of the merchant's. */
  | 'MERCHANT_RULE'
  /** On the platform's own status field. */
  | 'PLATFORM_FIELD';

/** One of the five ways in which an order has a status. */
export type StatusDimension =
  /** Order.deliveryStatus. */
  | 'DELIVERY'
  /** Order.fulfillmentStatus. */
  | 'FULFILLMENT'
  /** Order.state. */
  | 'ORDER'
  /** Order.paymentStatus. */
  | 'PAYMENT'
  /** Order.returnStatus. */
  | 'RETURN';

/** Why a stream cannot go on from its cursor. */
export type StreamResetReason =
  /** The key sees something else since. */
  | 'ACCESS_CHANGED'
  /** The database was restored from a backup since. */
  | 'EPOCH_CHANGED'
  /** The cursor is older than the log keeps. */
  | 'EXPIRED';

/** What a text must be; several conditions must all hold. */
export type StringFilter = {
  /** Contains this; case and accents do not count. */
  contains?: string | null | undefined;
  /** Exactly this. */
  eq?: string | null | undefined;
  /** One of these. */
  in?: Array<string> | null | undefined;
  /** Begins with this. */
  startsWith?: string | null | undefined;
};

/** How well a shop can do one thing. */
export type Support =
  /** The gateway does it with several calls, or keeps part of it itself; see the note. */
  | 'EMULATED'
  /** One call on the platform does it. */
  | 'NATIVE'
  /** Not at all. */
  | 'NONE'
  /** Only inside the limits that constraints name. */
  | 'PARTIAL';

/** Whether the shop and the gateway agree. */
export type SyncState =
  /** The shop's own facts contradict each other; see Order.anomalies. */
  | 'DIVERGED'
  /** The gateway keeps it, since the platform has no place for it. */
  | 'LOCAL_ONLY'
  /** A write may or may not have happened at the shop. */
  | 'OUTCOME_UNKNOWN'
  /** A write waits to be sent to the shop. */
  | 'PENDING_PUSH'
  /** A write is on its way to the shop. */
  | 'PUSHING'
  /** The newest write failed. */
  | 'PUSH_FAILED'
  /** They agree, as far as we know. */
  | 'SYNCED';

/** Which parcels; everything that is given must hold. */
export type TrackingFilter = {
  /** Of one of these carriers, by code. */
  carrierCodes?: Array<string> | null | undefined;
  /** Of orders from one of these shops. */
  channelIds?: Array<string | number> | null | undefined;
  /** Of one of these shipments. */
  fulfillmentIds?: Array<string | number> | null | undefined;
  /** True: only where the status changed or a number came, changed or went. */
  onlyChanges?: boolean | null | undefined;
  /** Of one of these orders. */
  orderIds?: Array<string | number> | null | undefined;
  /** That are now in one of these. */
  statuses?: Array<DeliveryStatus> | null | undefined;
  /** With one of these numbers; spaces, dashes and case do not count. */
  trackingNumbers?: Array<string> | null | undefined;
};

/** A carrier's number for a parcel. */
export type TrackingInput = {
  /** Carrier's name. */
  carrier?: string | null | undefined;
  /** Carrier's code. */
  carrierCode?: string | null | undefined;
  /** The number. */
  number: string;
  /** Where the parcel can be followed. */
  url?: string | null | undefined;
};

/** What a movement of money does. */
export type TransactionKind =
  /** Reserves money. */
  | 'AUTHORIZATION'
  /** Takes money that was reserved. */
  | 'CAPTURE'
  /** Something else. */
  | 'OTHER'
  /** Gives money back. */
  | 'REFUND'
  /** Takes money at once. */
  | 'SALE'
  /** Gives a reservation up. */
  | 'VOID';

/** How a movement of money stands. */
export type TransactionStatus =
  /** Failed. */
  | 'FAILED'
  /** Not done yet. */
  | 'PENDING'
  /** Done. */
  | 'SUCCEEDED'
  /** The platform does not say. */
  | 'UNKNOWN';

/** What happens when the platform gets the same call twice. */
export type UpstreamIdempotency =
  /** The gateway looks before it calls again. */
  | 'CHECK_THEN_ACT'
  /** The platform takes a key and does it once. */
  | 'KEYED'
  /** Doing it twice is the same as doing it once. */
  | 'NATURAL'
  /** It may happen twice, so the gateway never calls again by itself. */
  | 'UNSAFE';

/** How long a mutation waits. */
export type WaitUntil =
  /** Until the write is checked and written down. */
  | 'ACCEPTED'
  /** Until the shop has done it, or the time runs out. */
  | 'SUCCEEDED';

/** How a write is to be done; every write takes one. */
export type WriteOptions = {
  /** False refuses what the shop cannot do natively; absent means false for money, true elsewhere. */
  allowEmulated?: boolean | null | undefined;
  /** A write still queued after this is not sent. */
  deadline?: string | null | undefined;
  /** Checks everything and changes nothing: command is null, preview tells the calls, userErrors what would refuse. */
  dryRun?: boolean | null | undefined;
  /** Refused only if a part of the order that this write depends on changed since; scans never count. */
  expectedVersion?: number | null | undefined;
  /** Unique within your integration: the same key with the same input is the same write. A dry run or a refused input claims no key. refundCreate, and orderCancel with refund, demand one. */
  idempotencyKey?: string | null | undefined;
  /** Whether the shop tells its customer; absent leaves the shop's default. */
  notifyCustomer?: boolean | null | undefined;
  /** With waitUntil SUCCEEDED: 5000 where absent, at most 30000. */
  waitTimeoutMs?: number | null | undefined;
  /** Where the time runs out the write goes on and is returned as it stands. */
  waitUntil?: WaitUntil | null | undefined;
};

export type KeysQueryVariables = Exact<{ [key: string]: never; }>;


export type KeysQuery = { apiKeys: Array<{ id: string, name: string, prefix: string, client: string, scopes: Array<Scope>, expiresAt: string | null, lastUsedAt: string | null, revokedAt: string | null, channels: Array<{ id: string, name: string }> | null }> };

export type MakeKeyMutationVariables = Exact<{
  client: string;
  name: string;
  scopes: Array<Scope> | Scope;
  channelIds?: Array<string | number> | string | number | null | undefined;
  expiresAt?: string | null | undefined;
}>;


export type MakeKeyMutation = { apiKeyCreate: { key: string | null, apiKey: { id: string, name: string, prefix: string, client: string, scopes: Array<Scope>, expiresAt: string | null, lastUsedAt: string | null, revokedAt: string | null, channels: Array<{ id: string, name: string }> | null } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type RevokeKeyMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeKeyMutation = { apiKeyRevoke: { apiKey: { id: string, name: string, prefix: string, client: string, scopes: Array<Scope>, expiresAt: string | null, lastUsedAt: string | null, revokedAt: string | null, channels: Array<{ id: string, name: string }> | null } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type UpdateShopMutationVariables = Exact<{
  id: string | number;
  name?: string | null | undefined;
  settings?: unknown;
}>;


export type UpdateShopMutation = { channelUpdate: { channel: { id: string, name: string, platform: Platform, platformVersion: string | null, externalUrl: string | null, currency: string, timezone: string, sync: { health: ChannelHealth, lastWebhookAt: string | null, lastPollAt: string | null, lastReconcileAt: string | null, webhooksMissed24h: number, repairedByReconcile24h: number, rateLimitRemaining: number | null, rateLimitResetsAt: string | null, pendingCommands: number, deadLetters: number, webhookUrl: string, webhooks: Array<{ topic: string, active: boolean }>, backfill: { status: string, imported: number, estimatedTotal: number | null } | null, problem: { code: ErrorCode, message: string, remedy: string, since: string } | null } } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type PauseShopMutationVariables = Exact<{
  id: string | number;
  reason?: string | null | undefined;
}>;


export type PauseShopMutation = { channelPause: { channel: { id: string, name: string, platform: Platform, platformVersion: string | null, externalUrl: string | null, currency: string, timezone: string, sync: { health: ChannelHealth, lastWebhookAt: string | null, lastPollAt: string | null, lastReconcileAt: string | null, webhooksMissed24h: number, repairedByReconcile24h: number, rateLimitRemaining: number | null, rateLimitResetsAt: string | null, pendingCommands: number, deadLetters: number, webhookUrl: string, webhooks: Array<{ topic: string, active: boolean }>, backfill: { status: string, imported: number, estimatedTotal: number | null } | null, problem: { code: ErrorCode, message: string, remedy: string, since: string } | null } } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type ResumeShopMutationVariables = Exact<{
  id: string | number;
}>;


export type ResumeShopMutation = { channelResume: { channel: { id: string, name: string, platform: Platform, platformVersion: string | null, externalUrl: string | null, currency: string, timezone: string, sync: { health: ChannelHealth, lastWebhookAt: string | null, lastPollAt: string | null, lastReconcileAt: string | null, webhooksMissed24h: number, repairedByReconcile24h: number, rateLimitRemaining: number | null, rateLimitResetsAt: string | null, pendingCommands: number, deadLetters: number, webhookUrl: string, webhooks: Array<{ topic: string, active: boolean }>, backfill: { status: string, imported: number, estimatedTotal: number | null } | null, problem: { code: ErrorCode, message: string, remedy: string, since: string } | null } } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type StatusMappingsQueryVariables = Exact<{
  id: string | number;
}>;


export type StatusMappingsQuery = { channel: { statusMappings: Array<{ id: string, platformField: string, platformValue: string, dimension: StatusDimension, unified: string, builtIn: boolean, ordersAffected: number }> } | null };

export type SetStatusMappingMutationVariables = Exact<{
  channelId: string | number;
  platformField: string;
  platformValue: string;
  dimension: StatusDimension;
  unified: string;
}>;


export type SetStatusMappingMutation = { statusMappingSet: { channel: { id: string, name: string, platform: Platform, platformVersion: string | null, externalUrl: string | null, currency: string, timezone: string, sync: { health: ChannelHealth, lastWebhookAt: string | null, lastPollAt: string | null, lastReconcileAt: string | null, webhooksMissed24h: number, repairedByReconcile24h: number, rateLimitRemaining: number | null, rateLimitResetsAt: string | null, pendingCommands: number, deadLetters: number, webhookUrl: string, webhooks: Array<{ topic: string, active: boolean }>, backfill: { status: string, imported: number, estimatedTotal: number | null } | null, problem: { code: ErrorCode, message: string, remedy: string, since: string } | null } } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type ReconcileShopMutationVariables = Exact<{
  id: string | number;
  from: string;
  to?: string | null | undefined;
}>;


export type ReconcileShopMutation = { channelReconcile: { command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, steps: Array<{ summary: string }>, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type ReplayDeadLetterMutationVariables = Exact<{
  id: string | number;
}>;


export type ReplayDeadLetterMutation = { deadLetterReplay: { command: { id: string } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type KeyStateFragment = { id: string, name: string, prefix: string, client: string, scopes: Array<Scope>, expiresAt: string | null, lastUsedAt: string | null, revokedAt: string | null, channels: Array<{ id: string, name: string }> | null };

export type CancelOrderMutationVariables = Exact<{
  input: OrderCancelInput;
  expectedVersion?: number | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type CancelOrderMutation = { orderCancel: { order: { id: string, version: number, state: OrderState, canceledAt: string | null } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type RefreshOrderMutationVariables = Exact<{
  orderId: string | number;
}>;


export type RefreshOrderMutation = { orderRefresh: { order: { id: string, version: number, freshness: { observedAt: string, stale: boolean } } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type AddNoteMutationVariables = Exact<{
  orderId: string | number;
  text: string;
  pushToChannel?: boolean | null | undefined;
  options?: WriteOptions | null | undefined;
}>;


export type AddNoteMutation = { orderNoteAdd: { order: { id: string, version: number, notes: Array<{ text: string, author: string | null, at: string, customerVisible: boolean, syncState: SyncState }> } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type UpdateTagsMutationVariables = Exact<{
  orderId: string | number;
  add?: Array<string> | string | null | undefined;
  remove?: Array<string> | string | null | undefined;
  options?: WriteOptions | null | undefined;
}>;


export type UpdateTagsMutation = { orderTagsUpdate: { order: { id: string, version: number, tags: Array<string> } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type UpdateAddressMutationVariables = Exact<{
  orderId: string | number;
  shippingAddress: AddressInput;
  options?: WriteOptions | null | undefined;
}>;


export type UpdateAddressMutation = { orderAddressUpdate: { order: { id: string, version: number, shippingAddress: { name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, regionCode: string | null, postalCode: string | null, country: string | null, phone: string | null } | null } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type PlatformsQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformsQuery = { platforms: Array<{ platform: Platform, name: string, settings: unknown, capabilities: Array<{ operation: ChannelOperation, support: Support, note: string | null }> }> };

export type ConnectShopMutationVariables = Exact<{
  input: ChannelConnectInput;
}>;


export type ConnectShopMutation = { channelConnect: { channel: { id: string, name: string, platform: Platform, platformVersion: string | null, externalUrl: string | null, currency: string, timezone: string, sync: { health: ChannelHealth, lastWebhookAt: string | null, lastPollAt: string | null, lastReconcileAt: string | null, webhooksMissed24h: number, repairedByReconcile24h: number, rateLimitRemaining: number | null, rateLimitResetsAt: string | null, pendingCommands: number, deadLetters: number, webhookUrl: string, webhooks: Array<{ topic: string, active: boolean }>, backfill: { status: string, imported: number, estimatedTotal: number | null } | null, problem: { code: ErrorCode, message: string, remedy: string, since: string } | null } } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type DisconnectShopMutationVariables = Exact<{
  id: string | number;
  eraseData?: boolean | null | undefined;
}>;


export type DisconnectShopMutation = { channelDisconnect: { channel: { id: string, name: string } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type ShopsQueryVariables = Exact<{ [key: string]: never; }>;


export type ShopsQuery = { viewer: { tenant: string, scopes: Array<Scope>, actor: { id: string | null, name: string | null } }, channels: Array<{ id: string, name: string, platform: Platform, platformVersion: string | null, externalUrl: string | null, currency: string, timezone: string, can: { support: Support, granted: boolean }, capabilities: Array<{ operation: ChannelOperation, support: Support, granted: boolean, requiredScopes: Array<string>, constraints: Array<string>, note: string | null, idempotent: UpstreamIdempotency }>, locations: Array<{ id: string, name: string, externalRef: { id: string } | null, address: { city: string | null, country: string | null } | null }>, sync: { health: ChannelHealth, lastWebhookAt: string | null, lastPollAt: string | null, lastReconcileAt: string | null, webhooksMissed24h: number, repairedByReconcile24h: number, rateLimitRemaining: number | null, rateLimitResetsAt: string | null, pendingCommands: number, deadLetters: number, webhookUrl: string, webhooks: Array<{ topic: string, active: boolean }>, backfill: { status: string, imported: number, estimatedTotal: number | null } | null, problem: { code: ErrorCode, message: string, remedy: string, since: string } | null } }> };

export type WatchShopsSubscriptionVariables = Exact<{
  ids?: Array<string | number> | string | number | null | undefined;
}>;


export type WatchShopsSubscription = { channelHealth: { id: string, name: string, platform: Platform, platformVersion: string | null, externalUrl: string | null, currency: string, timezone: string, sync: { health: ChannelHealth, lastWebhookAt: string | null, lastPollAt: string | null, lastReconcileAt: string | null, webhooksMissed24h: number, repairedByReconcile24h: number, rateLimitRemaining: number | null, rateLimitResetsAt: string | null, pendingCommands: number, deadLetters: number, webhookUrl: string, webhooks: Array<{ topic: string, active: boolean }>, backfill: { status: string, imported: number, estimatedTotal: number | null } | null, problem: { code: ErrorCode, message: string, remedy: string, since: string } | null } } };

export type DeadLettersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  channelId?: Array<string | number> | string | number | null | undefined;
}>;


export type DeadLettersQuery = { deadLetters: { nodes: Array<{ id: string, source: EventSource, reason: string, receivedAt: string, attempts: number, body: unknown, channel: { id: string, name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ShopStateFragment = { id: string, name: string, platform: Platform, platformVersion: string | null, externalUrl: string | null, currency: string, timezone: string, sync: { health: ChannelHealth, lastWebhookAt: string | null, lastPollAt: string | null, lastReconcileAt: string | null, webhooksMissed24h: number, repairedByReconcile24h: number, rateLimitRemaining: number | null, rateLimitResetsAt: string | null, pendingCommands: number, deadLetters: number, webhookUrl: string, webhooks: Array<{ topic: string, active: boolean }>, backfill: { status: string, imported: number, estimatedTotal: number | null } | null, problem: { code: ErrorCode, message: string, remedy: string, since: string } | null } };

export type FindOrdersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: OrderFilter | null | undefined;
  search?: string | null | undefined;
  sort?: OrderSort | null | undefined;
}>;


export type FindOrdersQuery = { orders: { asOf: string, totalCount: { value: number, exact: boolean }, nodes: Array<{ id: string, version: number, number: string, placedAt: string, updatedAt: string, state: OrderState, paymentStatus: PaymentStatus, fulfillmentStatus: FulfillmentStatus, deliveryStatus: DeliveryStatus, syncState: SyncState, tags: Array<string>, channel: { id: string, name: string, platform: Platform }, totals: { total: { shop: { amount: string, currency: string } } }, lines: { nodes: Array<{ id: string, name: string, sku: string | null, quantities: { ordered: number, fulfillable: number } }>, pageInfo: { hasNextPage: boolean } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type FindOrderOfShopQueryVariables = Exact<{
  channelId: string | number;
  externalId: string;
}>;


export type FindOrderOfShopQuery = { orderByExternalId: { id: string, number: string, version: number, state: OrderState } | null };

export type FindReturnsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ReturnFilter | null | undefined;
}>;


export type FindReturnsQuery = { returns: { nodes: Array<{ id: string, name: string, status: ReturnStatus, requestedAt: string, origin: ReturnOrigin, projection: ReturnProjection, syncState: SyncState, order: { id: string, number: string }, availableActions: Array<{ operation: CommandType, enabled: boolean, reason: string | null, constraints: Array<string>, support: Support }>, lines: Array<{ requested: number, approved: number, received: number, rejected: number, reason: ReturnReason, rawReason: string | null, note: string | null, disposition: Disposition | null, resolution: Resolution, line: { id: string, sku: string | null } }>, exchangeLines: Array<{ sku: string, name: string, quantity: number, unitPrice: { shop: { amount: string, currency: string } }, replacementOrder: { id: string } | null }>, shipments: Array<{ labelUrl: string | null, tracking: { number: string, carrier: string | null, url: string | null } | null }>, refunds: Array<{ id: string, status: RefundStatus, amount: { shop: { amount: string, currency: string } } }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type FollowEventsSubscriptionVariables = Exact<{
  filter?: EventFilter | null | undefined;
  resume?: Resume | null | undefined;
}>;


export type FollowEventsSubscription = { events:
    | { __typename: 'Checkpoint', cursor: string, at: string, caughtUp: boolean }
    | { __typename: 'EventMessage', cursor: string, event: { id: string, type: EventType, cursor: string, occurredAt: string, recordedAt: string, source: EventSource, orderVersion: number | null, deliveryId: string | null, channel: { id: string, name: string } | null, subject:
          | { __typename: 'ApiKey', id: string }
          | { __typename: 'Channel', id: string }
          | { __typename: 'Command', id: string }
          | { __typename: 'DeadLetter', id: string }
          | { __typename: 'Event', id: string }
          | { __typename: 'Fulfillment', id: string }
          | { __typename: 'FulfillmentOrder', id: string }
          | { __typename: 'Hold', id: string }
          | { __typename: 'Location', id: string }
          | { __typename: 'Order', id: string }
          | { __typename: 'OrderLine', id: string }
          | { __typename: 'Package', id: string }
          | { __typename: 'Refund', id: string }
          | { __typename: 'Return', id: string }
          | { __typename: 'StatusMapping', id: string }
          | { __typename: 'TrackingEvent', id: string }
          | { __typename: 'Transaction', id: string }
         | null, order: { id: string, number: string } | null, actor: { kind: ActorKind, id: string | null, name: string | null }, causedBy: { id: string, type: CommandType, status: CommandStatus } | null, changes: Array<{ path: string, before: unknown, after: unknown }> } }
    | { __typename: 'StreamReset', reason: StreamResetReason, oldestCursor: string, resumeAt: string }
   };

export type ReadEventsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  since?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type ReadEventsQuery = { events: { cursor: string, nodes: Array<{ id: string, type: EventType, cursor: string, occurredAt: string, recordedAt: string, source: EventSource, orderVersion: number | null, deliveryId: string | null, channel: { id: string, name: string } | null, subject:
        | { __typename: 'ApiKey', id: string }
        | { __typename: 'Channel', id: string }
        | { __typename: 'Command', id: string }
        | { __typename: 'DeadLetter', id: string }
        | { __typename: 'Event', id: string }
        | { __typename: 'Fulfillment', id: string }
        | { __typename: 'FulfillmentOrder', id: string }
        | { __typename: 'Hold', id: string }
        | { __typename: 'Location', id: string }
        | { __typename: 'Order', id: string }
        | { __typename: 'OrderLine', id: string }
        | { __typename: 'Package', id: string }
        | { __typename: 'Refund', id: string }
        | { __typename: 'Return', id: string }
        | { __typename: 'StatusMapping', id: string }
        | { __typename: 'TrackingEvent', id: string }
        | { __typename: 'Transaction', id: string }
       | null, order: { id: string, number: string } | null, actor: { kind: ActorKind, id: string | null, name: string | null }, causedBy: { id: string, type: CommandType, status: CommandStatus } | null, changes: Array<{ path: string, before: unknown, after: unknown }> }>, pageInfo: { hasNextPage: boolean } } };

export type EventDetailFragment = { id: string, type: EventType, cursor: string, occurredAt: string, recordedAt: string, source: EventSource, orderVersion: number | null, deliveryId: string | null, channel: { id: string, name: string } | null, subject:
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'Channel', id: string }
    | { __typename: 'Command', id: string }
    | { __typename: 'DeadLetter', id: string }
    | { __typename: 'Event', id: string }
    | { __typename: 'Fulfillment', id: string }
    | { __typename: 'FulfillmentOrder', id: string }
    | { __typename: 'Hold', id: string }
    | { __typename: 'Location', id: string }
    | { __typename: 'Order', id: string }
    | { __typename: 'OrderLine', id: string }
    | { __typename: 'Package', id: string }
    | { __typename: 'Refund', id: string }
    | { __typename: 'Return', id: string }
    | { __typename: 'StatusMapping', id: string }
    | { __typename: 'TrackingEvent', id: string }
    | { __typename: 'Transaction', id: string }
   | null, order: { id: string, number: string } | null, actor: { kind: ActorKind, id: string | null, name: string | null }, causedBy: { id: string, type: CommandType, status: CommandStatus } | null, changes: Array<{ path: string, before: unknown, after: unknown }> };

export type FollowWriteSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type FollowWriteSubscription = { commandUpdated: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, steps: Array<{ index: number, summary: string, status: CommandStatus, attempts: Array<{ number: number, startedAt: string, duration: string | null, httpStatus: number | null, outcome: string, verifiedBy: string | null }> }>, errors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type WritesThatNeedAttentionQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WritesThatNeedAttentionQuery = { commands: { nodes: Array<{ createdAt: string, id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, channel: { id: string, name: string }, target:
        | { __typename: 'ApiKey', id: string }
        | { __typename: 'Channel', id: string }
        | { __typename: 'Command', id: string }
        | { __typename: 'DeadLetter', id: string }
        | { __typename: 'Event', id: string }
        | { __typename: 'Fulfillment', id: string }
        | { __typename: 'FulfillmentOrder', id: string }
        | { __typename: 'Hold', id: string }
        | { __typename: 'Location', id: string }
        | { __typename: 'Order', id: string }
        | { __typename: 'OrderLine', id: string }
        | { __typename: 'Package', id: string }
        | { __typename: 'Refund', id: string }
        | { __typename: 'Return', id: string }
        | { __typename: 'StatusMapping', id: string }
        | { __typename: 'TrackingEvent', id: string }
        | { __typename: 'Transaction', id: string }
       | null, requestedBy: { kind: ActorKind, name: string | null }, steps: Array<{ summary: string, status: CommandStatus, attempts: Array<{ outcome: string, httpStatus: number | null, startedAt: string }> }>, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RetryWriteMutationVariables = Exact<{
  id: string | number;
}>;


export type RetryWriteMutation = { commandRetry: { command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type WithdrawWriteMutationVariables = Exact<{
  id: string | number;
}>;


export type WithdrawWriteMutation = { commandCancel: { command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type ResolveWriteMutationVariables = Exact<{
  id: string | number;
  outcome: CommandResolution;
  note: string;
}>;


export type ResolveWriteMutation = { commandResolve: { command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, resolution: { outcome: CommandResolution, note: string | null, at: string, by: { kind: ActorKind, id: string | null, name: string | null } } | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

type Refusal_BasicUserError_Fragment = { code: ErrorCode, message: string, path: Array<string> | null };

type Refusal_CapabilityError_Fragment = { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null };

type Refusal_ChannelError_Fragment = { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null };

type Refusal_IdempotencyError_Fragment = { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null };

type Refusal_QuantityError_Fragment = { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null };

type Refusal_StaleVersionError_Fragment = { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> };

export type RefusalFragment =
  | Refusal_BasicUserError_Fragment
  | Refusal_CapabilityError_Fragment
  | Refusal_ChannelError_Fragment
  | Refusal_IdempotencyError_Fragment
  | Refusal_QuantityError_Fragment
  | Refusal_StaleVersionError_Fragment
;

export type CommandStateFragment = { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
    | { code: ErrorCode, message: string, path: Array<string> | null }
    | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
    | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
    | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
    | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
    | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
  > };

export type TrackingDetailFragment = { number: string, carrier: string | null, carrierCode: string | null, url: string | null, status: DeliveryStatus, estimatedDeliveryAt: string | null, source: string, events: { nodes: Array<{ id: string, status: DeliveryStatus, rawStatus: string | null, message: string | null, city: string | null, region: string | null, country: string | null, occurredAt: string, source: string }> } };

export type ReturnDetailFragment = { id: string, name: string, status: ReturnStatus, requestedAt: string, origin: ReturnOrigin, projection: ReturnProjection, syncState: SyncState, lines: Array<{ requested: number, approved: number, received: number, rejected: number, reason: ReturnReason, rawReason: string | null, note: string | null, disposition: Disposition | null, resolution: Resolution, line: { id: string, sku: string | null } }>, exchangeLines: Array<{ sku: string, name: string, quantity: number, unitPrice: { shop: { amount: string, currency: string } }, replacementOrder: { id: string } | null }>, shipments: Array<{ labelUrl: string | null, tracking: { number: string, carrier: string | null, url: string | null } | null }>, refunds: Array<{ id: string, status: RefundStatus, amount: { shop: { amount: string, currency: string } } }> };

export type OrderWorkQueryVariables = Exact<{
  id: string | number;
}>;


export type OrderWorkQuery = { order: { id: string, version: number, fulfillmentStatus: FulfillmentStatus, fulfillmentOrders: Array<{ id: string, status: FulfillmentOrderStatus, synthetic: boolean, location: { id: string, name: string } | null, lines: Array<{ total: number, remaining: number, line: { id: string, sku: string | null } }>, holds: Array<{ id: string, reason: HoldReason, note: string | null, since: string, by: string, syncState: SyncState }>, availableActions: Array<{ operation: CommandType, enabled: boolean, reason: string | null, constraints: Array<string> }> }>, holds: Array<{ id: string, reason: HoldReason, note: string | null, since: string, by: string, syncState: SyncState }>, availableActions: Array<{ operation: CommandType, enabled: boolean, reason: string | null }> } | null };

export type WorkFragment = { id: string, status: FulfillmentOrderStatus, synthetic: boolean, location: { id: string, name: string } | null, lines: Array<{ total: number, remaining: number, line: { id: string, sku: string | null } }>, holds: Array<{ id: string, reason: HoldReason, note: string | null, since: string, by: string, syncState: SyncState }>, availableActions: Array<{ operation: CommandType, enabled: boolean, reason: string | null, constraints: Array<string> }> };

export type HoldStateFragment = { id: string, reason: HoldReason, note: string | null, since: string, by: string, syncState: SyncState };

export type HoldWorkMutationVariables = Exact<{
  id: string | number;
  reason: HoldReason;
  note?: string | null | undefined;
  options?: WriteOptions | null | undefined;
}>;


export type HoldWorkMutation = { fulfillmentOrderHold: { command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, order: { id: string, version: number, fulfillmentStatus: FulfillmentStatus, fulfillmentOrders: Array<{ id: string, status: FulfillmentOrderStatus, synthetic: boolean, location: { id: string, name: string } | null, lines: Array<{ total: number, remaining: number, line: { id: string, sku: string | null } }>, holds: Array<{ id: string, reason: HoldReason, note: string | null, since: string, by: string, syncState: SyncState }>, availableActions: Array<{ operation: CommandType, enabled: boolean, reason: string | null, constraints: Array<string> }> }> } | null, preview: { steps: Array<string>, warnings: Array<string> } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type ReleaseWorkMutationVariables = Exact<{
  id: string | number;
  holdIds?: Array<string | number> | string | number | null | undefined;
  options?: WriteOptions | null | undefined;
}>;


export type ReleaseWorkMutation = { fulfillmentOrderRelease: { command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, order: { id: string, version: number, fulfillmentStatus: FulfillmentStatus, fulfillmentOrders: Array<{ id: string, status: FulfillmentOrderStatus, synthetic: boolean, location: { id: string, name: string } | null, lines: Array<{ total: number, remaining: number, line: { id: string, sku: string | null } }>, holds: Array<{ id: string, reason: HoldReason, note: string | null, since: string, by: string, syncState: SyncState }>, availableActions: Array<{ operation: CommandType, enabled: boolean, reason: string | null, constraints: Array<string> }> }> } | null, preview: { steps: Array<string>, warnings: Array<string> } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type MoveWorkMutationVariables = Exact<{
  id: string | number;
  locationId: string | number;
  lines?: Array<LineQuantityInput> | LineQuantityInput | null | undefined;
  options?: WriteOptions | null | undefined;
}>;


export type MoveWorkMutation = { fulfillmentOrderMove: { command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, order: { id: string, version: number, fulfillmentStatus: FulfillmentStatus, fulfillmentOrders: Array<{ id: string, status: FulfillmentOrderStatus, synthetic: boolean, location: { id: string, name: string } | null, lines: Array<{ total: number, remaining: number, line: { id: string, sku: string | null } }>, holds: Array<{ id: string, reason: HoldReason, note: string | null, since: string, by: string, syncState: SyncState }>, availableActions: Array<{ operation: CommandType, enabled: boolean, reason: string | null, constraints: Array<string> }> }> } | null, preview: { steps: Array<string>, warnings: Array<string> } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type WorkAnswerFragment = { command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } | null, order: { id: string, version: number, fulfillmentStatus: FulfillmentStatus, fulfillmentOrders: Array<{ id: string, status: FulfillmentOrderStatus, synthetic: boolean, location: { id: string, name: string } | null, lines: Array<{ total: number, remaining: number, line: { id: string, sku: string | null } }>, holds: Array<{ id: string, reason: HoldReason, note: string | null, since: string, by: string, syncState: SyncState }>, availableActions: Array<{ operation: CommandType, enabled: boolean, reason: string | null, constraints: Array<string> }> }> } | null, preview: { steps: Array<string>, warnings: Array<string> } | null, userErrors: Array<
    | { code: ErrorCode, message: string, path: Array<string> | null }
    | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
    | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
    | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
    | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
    | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
  > };

export type NodesQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type NodesQuery = { nodes: Array<
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'Channel', name: string, id: string }
    | { __typename: 'Command', id: string }
    | { __typename: 'DeadLetter', id: string }
    | { __typename: 'Event', id: string }
    | { __typename: 'Fulfillment', status: FulfillmentEntityStatus, id: string }
    | { __typename: 'FulfillmentOrder', id: string }
    | { __typename: 'Hold', id: string }
    | { __typename: 'Location', id: string }
    | { __typename: 'Order', number: string, id: string }
    | { __typename: 'OrderLine', name: string, id: string, order: { id: string } }
    | { __typename: 'Package', id: string }
    | { __typename: 'Refund', id: string }
    | { __typename: 'Return', id: string }
    | { __typename: 'StatusMapping', id: string }
    | { __typename: 'TrackingEvent', id: string }
    | { __typename: 'Transaction', id: string }
   | null> };

export type OrderDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type OrderDetailQuery = { order: { id: string, version: number, number: string, source: string | null, isTest: boolean, placedAt: string, updatedAt: string, canceledAt: string | null, cancelReason: string | null, completedAt: string | null, archivedAt: string | null, deletedAt: string | null, state: OrderState, paymentStatus: PaymentStatus, fulfillmentStatus: FulfillmentStatus, deliveryStatus: DeliveryStatus, returnStatus: OrderReturnStatus, syncState: SyncState, tags: Array<string>, taxesIncluded: boolean, paymentMethods: Array<string>, email: string | null, lines: { nodes: Array<{ id: string, name: string, sku: string | null, barcode: string | null, variantTitle: string | null, imageUrl: string | null, requiresShipping: boolean, weightGrams: number | null, quantities: { ordered: number, canceled: number, unfulfilled: number, fulfillable: number, onHold: number, fulfilled: number, shipped: number, delivered: number, returnRequested: number, returnApproved: number, returnReceived: number, returnRejected: number, returnable: number, refunded: number, restocked: number, writtenOff: number }, unitPrice: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, discounts: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, tax: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, total: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, properties: Array<{ key: string, value: string }>, product: { externalProductId: string | null, externalVariantId: string | null } | null, parentLine: { id: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, fulfillmentOrders: Array<{ id: string, status: FulfillmentOrderStatus, method: DeliveryMethod, shipBy: string | null, location: { id: string, name: string } | null, lines: Array<{ total: number, remaining: number, line: { id: string } }>, holds: Array<{ id: string, reason: HoldReason }>, availableActions: Array<{ operation: CommandType, enabled: boolean, reason: string | null }> }>, fulfillments: Array<{ id: string, status: FulfillmentEntityStatus, deliveryStatus: DeliveryStatus, createdAt: string, shippedAt: string | null, deliveredAt: string | null, syncState: SyncState, location: { id: string, name: string } | null, lines: Array<{ quantity: number, line: { id: string } }>, packages: Array<{ id: string, lines: Array<{ quantity: number, line: { id: string } }>, tracking: { number: string, carrier: string | null, carrierCode: string | null, url: string | null, status: DeliveryStatus, estimatedDeliveryAt: string | null, source: string, events: { nodes: Array<{ id: string, status: DeliveryStatus, rawStatus: string | null, message: string | null, city: string | null, region: string | null, country: string | null, occurredAt: string, source: string }> } } | null }> }>, returns: Array<{ id: string, name: string, status: ReturnStatus, requestedAt: string, origin: ReturnOrigin, projection: ReturnProjection, syncState: SyncState, lines: Array<{ requested: number, approved: number, received: number, rejected: number, reason: ReturnReason, rawReason: string | null, note: string | null, disposition: Disposition | null, resolution: Resolution, line: { id: string, sku: string | null } }>, exchangeLines: Array<{ sku: string, name: string, quantity: number, unitPrice: { shop: { amount: string, currency: string } }, replacementOrder: { id: string } | null }>, shipments: Array<{ labelUrl: string | null, tracking: { number: string, carrier: string | null, url: string | null } | null }>, refunds: Array<{ id: string, status: RefundStatus, amount: { shop: { amount: string, currency: string } } }> }>, refunds: Array<{ id: string, status: RefundStatus, reason: string | null, createdAt: string, syncState: SyncState, return: { id: string } | null, amount: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, shipping: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } | null, lines: Array<{ quantity: number, restocked: boolean | null, amount: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, line: { id: string } }> }>, transactions: Array<{ id: string, kind: TransactionKind, status: TransactionStatus, gateway: string | null, processedAt: string | null, amount: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } }>, timeline: { nodes: Array<{ id: string, type: EventType, occurredAt: string, source: EventSource, actor: { kind: ActorKind, name: string | null }, changes: Array<{ path: string, before: unknown, after: unknown }> }> }, commands: Array<{ id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > }>, availableActions: Array<{ operation: CommandType, enabled: boolean, reason: string | null, support: Support, constraints: Array<string> }>, externalRef: { platform: Platform, id: string, number: string | null, adminUrl: string | null, updatedAt: string | null }, channel: { id: string, name: string, platform: Platform, timezone: string }, platformStatuses: Array<{ field: string, value: string, label: string | null, isCustom: boolean, observedAt: string }>, statusProvenance: Array<{ dimension: StatusDimension, basis: StatusBasis, from: Array<{ field: string, value: string }> }>, holds: Array<{ id: string, reason: HoldReason, note: string | null, since: string, by: string }>, anomalies: Array<{ code: string, message: string, lineId: string | null, observedAt: string }>, freshness: { observedAt: string, source: EventSource, stale: boolean }, shippingAddress: { name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, regionCode: string | null, postalCode: string | null, country: string | null, phone: string | null } | null, billingAddress: { name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, regionCode: string | null, postalCode: string | null, country: string | null, phone: string | null } | null, notes: Array<{ text: string, author: string | null, at: string, customerVisible: boolean }>, attributes: Array<{ key: string, value: string }>, totals: { original: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, subtotal: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, shipping: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, discounts: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, tax: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, duties: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } | null, total: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, authorized: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, captured: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, refunded: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, refundPending: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, outstanding: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } }, shippingLines: Array<{ id: string, title: string, code: string | null, carrier: string | null, price: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } }>, taxLines: Array<{ title: string, rate: string | null, amount: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } }>, discounts: Array<{ code: string | null, title: string | null, amount: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } }> } | null };

export type OrderHeadFragment = { id: string, version: number, number: string, source: string | null, isTest: boolean, placedAt: string, updatedAt: string, canceledAt: string | null, cancelReason: string | null, completedAt: string | null, archivedAt: string | null, deletedAt: string | null, state: OrderState, paymentStatus: PaymentStatus, fulfillmentStatus: FulfillmentStatus, deliveryStatus: DeliveryStatus, returnStatus: OrderReturnStatus, syncState: SyncState, tags: Array<string>, taxesIncluded: boolean, paymentMethods: Array<string>, email: string | null, externalRef: { platform: Platform, id: string, number: string | null, adminUrl: string | null, updatedAt: string | null }, channel: { id: string, name: string, platform: Platform, timezone: string }, platformStatuses: Array<{ field: string, value: string, label: string | null, isCustom: boolean, observedAt: string }>, statusProvenance: Array<{ dimension: StatusDimension, basis: StatusBasis, from: Array<{ field: string, value: string }> }>, holds: Array<{ id: string, reason: HoldReason, note: string | null, since: string, by: string }>, anomalies: Array<{ code: string, message: string, lineId: string | null, observedAt: string }>, freshness: { observedAt: string, source: EventSource, stale: boolean }, shippingAddress: { name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, regionCode: string | null, postalCode: string | null, country: string | null, phone: string | null } | null, billingAddress: { name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, regionCode: string | null, postalCode: string | null, country: string | null, phone: string | null } | null, notes: Array<{ text: string, author: string | null, at: string, customerVisible: boolean }>, attributes: Array<{ key: string, value: string }>, totals: { original: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, subtotal: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, shipping: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, discounts: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, tax: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, duties: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } | null, total: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, authorized: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, captured: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, refunded: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, refundPending: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, outstanding: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } }, shippingLines: Array<{ id: string, title: string, code: string | null, carrier: string | null, price: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } }>, taxLines: Array<{ title: string, rate: string | null, amount: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } }>, discounts: Array<{ code: string | null, title: string | null, amount: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } }> };

export type LineDetailFragment = { id: string, name: string, sku: string | null, barcode: string | null, variantTitle: string | null, imageUrl: string | null, requiresShipping: boolean, weightGrams: number | null, quantities: { ordered: number, canceled: number, unfulfilled: number, fulfillable: number, onHold: number, fulfilled: number, shipped: number, delivered: number, returnRequested: number, returnApproved: number, returnReceived: number, returnRejected: number, returnable: number, refunded: number, restocked: number, writtenOff: number }, unitPrice: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, discounts: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, tax: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, total: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, properties: Array<{ key: string, value: string }>, product: { externalProductId: string | null, externalVariantId: string | null } | null, parentLine: { id: string } | null };

export type WorkDetailFragment = { id: string, status: FulfillmentOrderStatus, method: DeliveryMethod, shipBy: string | null, location: { id: string, name: string } | null, lines: Array<{ total: number, remaining: number, line: { id: string } }>, holds: Array<{ id: string, reason: HoldReason }>, availableActions: Array<{ operation: CommandType, enabled: boolean, reason: string | null }> };

export type FulfillmentDetailFragment = { id: string, status: FulfillmentEntityStatus, deliveryStatus: DeliveryStatus, createdAt: string, shippedAt: string | null, deliveredAt: string | null, syncState: SyncState, location: { id: string, name: string } | null, lines: Array<{ quantity: number, line: { id: string } }>, packages: Array<{ id: string, lines: Array<{ quantity: number, line: { id: string } }>, tracking: { number: string, carrier: string | null, carrierCode: string | null, url: string | null, status: DeliveryStatus, estimatedDeliveryAt: string | null, source: string, events: { nodes: Array<{ id: string, status: DeliveryStatus, rawStatus: string | null, message: string | null, city: string | null, region: string | null, country: string | null, occurredAt: string, source: string }> } } | null }> };

export type BagFragment = { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } };

export type PostalAddressFragment = { name: string | null, company: string | null, line1: string | null, line2: string | null, city: string | null, region: string | null, regionCode: string | null, postalCode: string | null, country: string | null, phone: string | null };

export type QuoteRefundQueryVariables = Exact<{
  orderId: string | number;
  lines: Array<RefundLineInput> | RefundLineInput;
  shipping?: boolean | null | undefined;
}>;


export type QuoteRefundQuery = { refundQuote: { quote: { exact: boolean, warnings: Array<string>, maximum: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, shippingMaximum: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, lines: Array<{ quantity: number, amount: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, line: { id: string } }> } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type PreviewRefundMutationVariables = Exact<{
  input: RefundCreateInput;
  idempotencyKey: string;
}>;


export type PreviewRefundMutation = { refundCreate: { preview: { steps: Array<string>, warnings: Array<string> } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type RefundOrderMutationVariables = Exact<{
  input: RefundCreateInput;
  idempotencyKey: string;
  allowEmulated?: boolean | null | undefined;
  notifyCustomer?: boolean | null | undefined;
}>;


export type RefundOrderMutation = { refundCreate: { refund: { id: string, status: RefundStatus, syncState: SyncState, return: { id: string, status: ReturnStatus } | null, amount: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, order: { id: string, version: number, paymentStatus: PaymentStatus, totals: { refunded: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } }, refundPending: { shop: { amount: string, currency: string }, presentment: { amount: string, currency: string } } } } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type BeginReturnMutationVariables = Exact<{
  input: ReturnCreateInput;
  idempotencyKey?: string | null | undefined;
}>;


export type BeginReturnMutation = { returnCreate: { return: { id: string, name: string, status: ReturnStatus, requestedAt: string, origin: ReturnOrigin, projection: ReturnProjection, syncState: SyncState, lines: Array<{ requested: number, approved: number, received: number, rejected: number, reason: ReturnReason, rawReason: string | null, note: string | null, disposition: Disposition | null, resolution: Resolution, line: { id: string, sku: string | null } }>, exchangeLines: Array<{ sku: string, name: string, quantity: number, unitPrice: { shop: { amount: string, currency: string } }, replacementOrder: { id: string } | null }>, shipments: Array<{ labelUrl: string | null, tracking: { number: string, carrier: string | null, url: string | null } | null }>, refunds: Array<{ id: string, status: RefundStatus, amount: { shop: { amount: string, currency: string } } }> } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type ApproveReturnMutationVariables = Exact<{
  returnId: string | number;
  lines?: Array<LineQuantityInput> | LineQuantityInput | null | undefined;
  options?: WriteOptions | null | undefined;
}>;


export type ApproveReturnMutation = { returnApprove: { return: { id: string, name: string, status: ReturnStatus, requestedAt: string, origin: ReturnOrigin, projection: ReturnProjection, syncState: SyncState, lines: Array<{ requested: number, approved: number, received: number, rejected: number, reason: ReturnReason, rawReason: string | null, note: string | null, disposition: Disposition | null, resolution: Resolution, line: { id: string, sku: string | null } }>, exchangeLines: Array<{ sku: string, name: string, quantity: number, unitPrice: { shop: { amount: string, currency: string } }, replacementOrder: { id: string } | null }>, shipments: Array<{ labelUrl: string | null, tracking: { number: string, carrier: string | null, url: string | null } | null }>, refunds: Array<{ id: string, status: RefundStatus, amount: { shop: { amount: string, currency: string } } }> } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type DeclineReturnMutationVariables = Exact<{
  returnId: string | number;
  reason: string;
  options?: WriteOptions | null | undefined;
}>;


export type DeclineReturnMutation = { returnDecline: { return: { id: string, status: ReturnStatus } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type TrackReturnMutationVariables = Exact<{
  returnId: string | number;
  tracking: TrackingInput;
  options?: WriteOptions | null | undefined;
}>;


export type TrackReturnMutation = { returnTrackingUpdate: { return: { id: string, name: string, status: ReturnStatus, requestedAt: string, origin: ReturnOrigin, projection: ReturnProjection, syncState: SyncState, lines: Array<{ requested: number, approved: number, received: number, rejected: number, reason: ReturnReason, rawReason: string | null, note: string | null, disposition: Disposition | null, resolution: Resolution, line: { id: string, sku: string | null } }>, exchangeLines: Array<{ sku: string, name: string, quantity: number, unitPrice: { shop: { amount: string, currency: string } }, replacementOrder: { id: string } | null }>, shipments: Array<{ labelUrl: string | null, tracking: { number: string, carrier: string | null, url: string | null } | null }>, refunds: Array<{ id: string, status: RefundStatus, amount: { shop: { amount: string, currency: string } } }> } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type ReceiveReturnMutationVariables = Exact<{
  returnId: string | number;
  lines: Array<ReceiveLineInput> | ReceiveLineInput;
  options?: WriteOptions | null | undefined;
}>;


export type ReceiveReturnMutation = { returnReceive: { return: { id: string, name: string, status: ReturnStatus, requestedAt: string, origin: ReturnOrigin, projection: ReturnProjection, syncState: SyncState, lines: Array<{ requested: number, approved: number, received: number, rejected: number, reason: ReturnReason, rawReason: string | null, note: string | null, disposition: Disposition | null, resolution: Resolution, line: { id: string, sku: string | null } }>, exchangeLines: Array<{ sku: string, name: string, quantity: number, unitPrice: { shop: { amount: string, currency: string } }, replacementOrder: { id: string } | null }>, shipments: Array<{ labelUrl: string | null, tracking: { number: string, carrier: string | null, url: string | null } | null }>, refunds: Array<{ id: string, status: RefundStatus, amount: { shop: { amount: string, currency: string } } }> } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, order: { id: string, version: number, returnStatus: OrderReturnStatus } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type CloseReturnMutationVariables = Exact<{
  returnId: string | number;
  options?: WriteOptions | null | undefined;
}>;


export type CloseReturnMutation = { returnClose: { return: { id: string, status: ReturnStatus } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type CancelReturnMutationVariables = Exact<{
  returnId: string | number;
  options?: WriteOptions | null | undefined;
}>;


export type CancelReturnMutation = { returnCancel: { return: { id: string, status: ReturnStatus } | null, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type ShipManyMutationVariables = Exact<{
  items: Array<FulfillmentBatchItemInput> | FulfillmentBatchItemInput;
}>;


export type ShipManyMutation = { fulfillmentCreateBatch: { accepted: number, rejected: number, items: Array<{ index: number, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
          | { code: ErrorCode, message: string, path: Array<string> | null }
          | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
          | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
          | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
          | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
          | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
        > } | null, userErrors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > }>, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type PreviewShipmentMutationVariables = Exact<{
  input: FulfillmentCreateInput;
}>;


export type PreviewShipmentMutation = { fulfillmentCreate: { preview: { steps: Array<string>, warnings: Array<string> } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type ShipOrderMutationVariables = Exact<{
  input: FulfillmentCreateInput;
  idempotencyKey: string;
  notifyCustomer?: boolean | null | undefined;
}>;


export type ShipOrderMutation = { fulfillmentCreate: { fulfillments: Array<{ id: string, status: FulfillmentEntityStatus, syncState: SyncState, packages: Array<{ id: string, tracking: { number: string, url: string | null } | null }> }>, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, order: { id: string, version: number, fulfillmentStatus: FulfillmentStatus, lines: { nodes: Array<{ id: string, quantities: { fulfilled: number, fulfillable: number } }> } } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type UpdateTrackingMutationVariables = Exact<{
  fulfillmentId: string | number;
  packages: Array<PackageInput> | PackageInput;
  replace?: boolean | null | undefined;
  options?: WriteOptions | null | undefined;
}>;


export type UpdateTrackingMutation = { fulfillmentTrackingUpdate: { fulfillments: Array<{ id: string, packages: Array<{ id: string, tracking: { number: string, carrier: string | null, status: DeliveryStatus } | null }> }>, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type AddScanMutationVariables = Exact<{
  packageId: string | number;
  status: DeliveryStatus;
  occurredAt: string;
  message?: string | null | undefined;
  options?: WriteOptions | null | undefined;
}>;


export type AddScanMutation = { trackingEventAdd: { fulfillments: Array<{ id: string, deliveryStatus: DeliveryStatus }>, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type TakeShipmentBackMutationVariables = Exact<{
  fulfillmentId: string | number;
  reason?: string | null | undefined;
  options?: WriteOptions | null | undefined;
}>;


export type TakeShipmentBackMutation = { fulfillmentCancel: { fulfillments: Array<{ id: string, status: FulfillmentEntityStatus }>, command: { id: string, type: CommandType, status: CommandStatus, replayed: boolean, cancelable: boolean, finishedAt: string | null, nextAttemptAt: string | null, errors: Array<
        | { code: ErrorCode, message: string, path: Array<string> | null }
        | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
        | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
        | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
        | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
        | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
      > } | null, userErrors: Array<
      | { code: ErrorCode, message: string, path: Array<string> | null }
      | { operation: ChannelOperation, alternatives: Array<ChannelOperation>, code: ErrorCode, message: string, path: Array<string> | null }
      | { httpStatus: number | null, upstreamCode: string | null, upstreamMessage: string | null, retryAfter: string | null, code: ErrorCode, message: string, path: Array<string> | null }
      | { originalCommandId: string, code: ErrorCode, message: string, path: Array<string> | null }
      | { lineId: string, requested: number, available: number, code: ErrorCode, message: string, path: Array<string> | null }
      | { currentVersion: number, code: ErrorCode, message: string, path: Array<string> | null, changes: Array<{ path: string, before: unknown, after: unknown }> }
    > } };

export type WatchOrderSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type WatchOrderSubscription = { orderUpdated: { id: string, version: number, state: OrderState, paymentStatus: PaymentStatus, fulfillmentStatus: FulfillmentStatus, deliveryStatus: DeliveryStatus, syncState: SyncState, lines: { nodes: Array<{ id: string, quantities: { ordered: number, fulfillable: number, fulfilled: number, delivered: number } }> }, fulfillments: Array<{ id: string, status: FulfillmentEntityStatus, deliveryStatus: DeliveryStatus, syncState: SyncState }> } };

export type WatchParcelsSubscriptionVariables = Exact<{
  filter?: TrackingFilter | null | undefined;
  resume?: Resume | null | undefined;
}>;


export type WatchParcelsSubscription = { trackingUpdates:
    | { __typename: 'Checkpoint', cursor: string, caughtUp: boolean }
    | { __typename: 'StreamReset', reason: StreamResetReason, resumeAt: string }
    | { __typename: 'TrackingUpdate', cursor: string, previousStatus: DeliveryStatus, order: { id: string, number: string }, package: { id: string, tracking: { number: string, carrier: string | null, status: DeliveryStatus, estimatedDeliveryAt: string | null } | null } | null, event: { id: string, status: DeliveryStatus, message: string | null, city: string | null, occurredAt: string } | null }
   };

export type FindParcelQueryVariables = Exact<{
  number: string;
  carrierCode?: string | null | undefined;
}>;


export type FindParcelQuery = { trackingByNumber: Array<{ id: string, order: { id: string, number: string }, fulfillment: { id: string, status: FulfillmentEntityStatus }, tracking: { number: string, carrier: string | null, carrierCode: string | null, url: string | null, status: DeliveryStatus, estimatedDeliveryAt: string | null, source: string, events: { nodes: Array<{ id: string, status: DeliveryStatus, rawStatus: string | null, message: string | null, city: string | null, region: string | null, country: string | null, occurredAt: string, source: string }> } } | null }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const KeyStateFragmentDoc = new TypedDocumentString(`
    fragment KeyState on ApiKey {
  id
  name
  prefix
  client
  scopes
  channels {
    id
    name
  }
  expiresAt
  lastUsedAt
  revokedAt
}
    `, {"fragmentName":"KeyState"}) as unknown as TypedDocumentString<KeyStateFragment, unknown>;
export const ShopStateFragmentDoc = new TypedDocumentString(`
    fragment ShopState on Channel {
  id
  name
  platform
  platformVersion
  externalUrl
  currency
  timezone
  sync {
    health
    lastWebhookAt
    lastPollAt
    lastReconcileAt
    webhooksMissed24h
    repairedByReconcile24h
    rateLimitRemaining
    rateLimitResetsAt
    pendingCommands
    deadLetters
    webhookUrl
    webhooks {
      topic
      active
    }
    backfill {
      status
      imported
      estimatedTotal
    }
    problem {
      code
      message
      remedy
      since
    }
  }
}
    `, {"fragmentName":"ShopState"}) as unknown as TypedDocumentString<ShopStateFragment, unknown>;
export const EventDetailFragmentDoc = new TypedDocumentString(`
    fragment EventDetail on Event {
  id
  type
  cursor
  occurredAt
  recordedAt
  source
  orderVersion
  deliveryId
  channel {
    id
    name
  }
  subject {
    __typename
    id
  }
  order {
    id
    number
  }
  actor {
    kind
    id
    name
  }
  causedBy {
    id
    type
    status
  }
  changes {
    path
    before
    after
  }
}
    `, {"fragmentName":"EventDetail"}) as unknown as TypedDocumentString<EventDetailFragment, unknown>;
export const ReturnDetailFragmentDoc = new TypedDocumentString(`
    fragment ReturnDetail on Return {
  id
  name
  status
  requestedAt
  origin
  projection
  syncState
  lines {
    line {
      id
      sku
    }
    requested
    approved
    received
    rejected
    reason
    rawReason
    note
    disposition
    resolution
  }
  exchangeLines {
    sku
    name
    quantity
    unitPrice {
      shop {
        amount
        currency
      }
    }
    replacementOrder {
      id
    }
  }
  shipments {
    tracking {
      number
      carrier
      url
    }
    labelUrl
  }
  refunds {
    id
    status
    amount {
      shop {
        amount
        currency
      }
    }
  }
}
    `, {"fragmentName":"ReturnDetail"}) as unknown as TypedDocumentString<ReturnDetailFragment, unknown>;
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const CommandStateFragmentDoc = new TypedDocumentString(`
    fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`, {"fragmentName":"CommandState"}) as unknown as TypedDocumentString<CommandStateFragment, unknown>;
export const HoldStateFragmentDoc = new TypedDocumentString(`
    fragment HoldState on Hold {
  id
  reason
  note
  since
  by
  syncState
}
    `, {"fragmentName":"HoldState"}) as unknown as TypedDocumentString<HoldStateFragment, unknown>;
export const WorkFragmentDoc = new TypedDocumentString(`
    fragment Work on FulfillmentOrder {
  id
  status
  synthetic
  location {
    id
    name
  }
  lines {
    line {
      id
      sku
    }
    total
    remaining
  }
  holds {
    ...HoldState
  }
  availableActions {
    operation
    enabled
    reason
    constraints
  }
}
    fragment HoldState on Hold {
  id
  reason
  note
  since
  by
  syncState
}`, {"fragmentName":"Work"}) as unknown as TypedDocumentString<WorkFragment, unknown>;
export const WorkAnswerFragmentDoc = new TypedDocumentString(`
    fragment WorkAnswer on OrderPayload {
  command {
    ...CommandState
  }
  order {
    id
    version
    fulfillmentStatus
    fulfillmentOrders {
      ...Work
    }
  }
  preview {
    steps
    warnings
  }
  userErrors {
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}
fragment Work on FulfillmentOrder {
  id
  status
  synthetic
  location {
    id
    name
  }
  lines {
    line {
      id
      sku
    }
    total
    remaining
  }
  holds {
    ...HoldState
  }
  availableActions {
    operation
    enabled
    reason
    constraints
  }
}
fragment HoldState on Hold {
  id
  reason
  note
  since
  by
  syncState
}`, {"fragmentName":"WorkAnswer"}) as unknown as TypedDocumentString<WorkAnswerFragment, unknown>;
export const PostalAddressFragmentDoc = new TypedDocumentString(`
    fragment PostalAddress on Address {
  name
  company
  line1
  line2
  city
  region
  regionCode
  postalCode
  country
  phone
}
    `, {"fragmentName":"PostalAddress"}) as unknown as TypedDocumentString<PostalAddressFragment, unknown>;
export const BagFragmentDoc = new TypedDocumentString(`
    fragment Bag on MoneyBag {
  shop {
    amount
    currency
  }
  presentment {
    amount
    currency
  }
}
    `, {"fragmentName":"Bag"}) as unknown as TypedDocumentString<BagFragment, unknown>;
export const OrderHeadFragmentDoc = new TypedDocumentString(`
    fragment OrderHead on Order {
  id
  version
  number
  source
  isTest
  placedAt
  updatedAt
  canceledAt
  cancelReason
  completedAt
  archivedAt
  deletedAt
  state
  paymentStatus
  fulfillmentStatus
  deliveryStatus
  returnStatus
  syncState
  tags
  taxesIncluded
  paymentMethods
  email
  externalRef {
    platform
    id
    number
    adminUrl
    updatedAt
  }
  channel {
    id
    name
    platform
    timezone
  }
  platformStatuses {
    field
    value
    label
    isCustom
    observedAt
  }
  statusProvenance {
    dimension
    basis
    from {
      field
      value
    }
  }
  holds {
    id
    reason
    note
    since
    by
  }
  anomalies {
    code
    message
    lineId
    observedAt
  }
  freshness {
    observedAt
    source
    stale
  }
  shippingAddress {
    ...PostalAddress
  }
  billingAddress {
    ...PostalAddress
  }
  notes {
    text
    author
    at
    customerVisible
  }
  attributes {
    key
    value
  }
  totals {
    original {
      ...Bag
    }
    subtotal {
      ...Bag
    }
    shipping {
      ...Bag
    }
    discounts {
      ...Bag
    }
    tax {
      ...Bag
    }
    duties {
      ...Bag
    }
    total {
      ...Bag
    }
    authorized {
      ...Bag
    }
    captured {
      ...Bag
    }
    refunded {
      ...Bag
    }
    refundPending {
      ...Bag
    }
    outstanding {
      ...Bag
    }
  }
  shippingLines {
    id
    title
    code
    carrier
    price {
      ...Bag
    }
  }
  taxLines {
    title
    rate
    amount {
      ...Bag
    }
  }
  discounts {
    code
    title
    amount {
      ...Bag
    }
  }
}
    fragment Bag on MoneyBag {
  shop {
    amount
    currency
  }
  presentment {
    amount
    currency
  }
}
fragment PostalAddress on Address {
  name
  company
  line1
  line2
  city
  region
  regionCode
  postalCode
  country
  phone
}`, {"fragmentName":"OrderHead"}) as unknown as TypedDocumentString<OrderHeadFragment, unknown>;
export const LineDetailFragmentDoc = new TypedDocumentString(`
    fragment LineDetail on OrderLine {
  id
  name
  sku
  barcode
  variantTitle
  imageUrl
  requiresShipping
  weightGrams
  quantities {
    ordered
    canceled
    unfulfilled
    fulfillable
    onHold
    fulfilled
    shipped
    delivered
    returnRequested
    returnApproved
    returnReceived
    returnRejected
    returnable
    refunded
    restocked
    writtenOff
  }
  unitPrice {
    ...Bag
  }
  discounts {
    ...Bag
  }
  tax {
    ...Bag
  }
  total {
    ...Bag
  }
  properties {
    key
    value
  }
  product {
    externalProductId
    externalVariantId
  }
  parentLine {
    id
  }
}
    fragment Bag on MoneyBag {
  shop {
    amount
    currency
  }
  presentment {
    amount
    currency
  }
}`, {"fragmentName":"LineDetail"}) as unknown as TypedDocumentString<LineDetailFragment, unknown>;
export const WorkDetailFragmentDoc = new TypedDocumentString(`
    fragment WorkDetail on FulfillmentOrder {
  id
  status
  method
  shipBy
  location {
    id
    name
  }
  lines {
    total
    remaining
    line {
      id
    }
  }
  holds {
    id
    reason
  }
  availableActions {
    operation
    enabled
    reason
  }
}
    `, {"fragmentName":"WorkDetail"}) as unknown as TypedDocumentString<WorkDetailFragment, unknown>;
export const TrackingDetailFragmentDoc = new TypedDocumentString(`
    fragment TrackingDetail on Tracking {
  number
  carrier
  carrierCode
  url
  status
  estimatedDeliveryAt
  source
  events(first: 20) {
    nodes {
      id
      status
      rawStatus
      message
      city
      region
      country
      occurredAt
      source
    }
  }
}
    `, {"fragmentName":"TrackingDetail"}) as unknown as TypedDocumentString<TrackingDetailFragment, unknown>;
export const FulfillmentDetailFragmentDoc = new TypedDocumentString(`
    fragment FulfillmentDetail on Fulfillment {
  id
  status
  deliveryStatus
  createdAt
  shippedAt
  deliveredAt
  syncState
  location {
    id
    name
  }
  lines {
    quantity
    line {
      id
    }
  }
  packages {
    id
    lines {
      quantity
      line {
        id
      }
    }
    tracking {
      ...TrackingDetail
    }
  }
}
    fragment TrackingDetail on Tracking {
  number
  carrier
  carrierCode
  url
  status
  estimatedDeliveryAt
  source
  events(first: 20) {
    nodes {
      id
      status
      rawStatus
      message
      city
      region
      country
      occurredAt
      source
    }
  }
}`, {"fragmentName":"FulfillmentDetail"}) as unknown as TypedDocumentString<FulfillmentDetailFragment, unknown>;
export const KeysDocument = new TypedDocumentString(`
    query Keys {
  apiKeys {
    ...KeyState
  }
}
    fragment KeyState on ApiKey {
  id
  name
  prefix
  client
  scopes
  channels {
    id
    name
  }
  expiresAt
  lastUsedAt
  revokedAt
}`) as unknown as TypedDocumentString<KeysQuery, KeysQueryVariables>;
export const MakeKeyDocument = new TypedDocumentString(`
    mutation MakeKey($client: String!, $name: String!, $scopes: [Scope!]!, $channelIds: [ID!], $expiresAt: DateTime) {
  apiKeyCreate(
    client: $client
    name: $name
    scopes: $scopes
    channelIds: $channelIds
    expiresAt: $expiresAt
  ) {
    key
    apiKey {
      ...KeyState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment KeyState on ApiKey {
  id
  name
  prefix
  client
  scopes
  channels {
    id
    name
  }
  expiresAt
  lastUsedAt
  revokedAt
}
fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`) as unknown as TypedDocumentString<MakeKeyMutation, MakeKeyMutationVariables>;
export const RevokeKeyDocument = new TypedDocumentString(`
    mutation RevokeKey($id: ID!) {
  apiKeyRevoke(id: $id) {
    apiKey {
      ...KeyState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment KeyState on ApiKey {
  id
  name
  prefix
  client
  scopes
  channels {
    id
    name
  }
  expiresAt
  lastUsedAt
  revokedAt
}
fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`) as unknown as TypedDocumentString<RevokeKeyMutation, RevokeKeyMutationVariables>;
export const UpdateShopDocument = new TypedDocumentString(`
    mutation UpdateShop($id: ID!, $name: String, $settings: JSON) {
  channelUpdate(id: $id, name: $name, settings: $settings) {
    channel {
      ...ShopState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment ShopState on Channel {
  id
  name
  platform
  platformVersion
  externalUrl
  currency
  timezone
  sync {
    health
    lastWebhookAt
    lastPollAt
    lastReconcileAt
    webhooksMissed24h
    repairedByReconcile24h
    rateLimitRemaining
    rateLimitResetsAt
    pendingCommands
    deadLetters
    webhookUrl
    webhooks {
      topic
      active
    }
    backfill {
      status
      imported
      estimatedTotal
    }
    problem {
      code
      message
      remedy
      since
    }
  }
}
fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`) as unknown as TypedDocumentString<UpdateShopMutation, UpdateShopMutationVariables>;
export const PauseShopDocument = new TypedDocumentString(`
    mutation PauseShop($id: ID!, $reason: String) {
  channelPause(id: $id, reason: $reason) {
    channel {
      ...ShopState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment ShopState on Channel {
  id
  name
  platform
  platformVersion
  externalUrl
  currency
  timezone
  sync {
    health
    lastWebhookAt
    lastPollAt
    lastReconcileAt
    webhooksMissed24h
    repairedByReconcile24h
    rateLimitRemaining
    rateLimitResetsAt
    pendingCommands
    deadLetters
    webhookUrl
    webhooks {
      topic
      active
    }
    backfill {
      status
      imported
      estimatedTotal
    }
    problem {
      code
      message
      remedy
      since
    }
  }
}
fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`) as unknown as TypedDocumentString<PauseShopMutation, PauseShopMutationVariables>;
export const ResumeShopDocument = new TypedDocumentString(`
    mutation ResumeShop($id: ID!) {
  channelResume(id: $id) {
    channel {
      ...ShopState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment ShopState on Channel {
  id
  name
  platform
  platformVersion
  externalUrl
  currency
  timezone
  sync {
    health
    lastWebhookAt
    lastPollAt
    lastReconcileAt
    webhooksMissed24h
    repairedByReconcile24h
    rateLimitRemaining
    rateLimitResetsAt
    pendingCommands
    deadLetters
    webhookUrl
    webhooks {
      topic
      active
    }
    backfill {
      status
      imported
      estimatedTotal
    }
    problem {
      code
      message
      remedy
      since
    }
  }
}
fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`) as unknown as TypedDocumentString<ResumeShopMutation, ResumeShopMutationVariables>;
export const StatusMappingsDocument = new TypedDocumentString(`
    query StatusMappings($id: ID!) {
  channel(id: $id) {
    statusMappings {
      id
      platformField
      platformValue
      dimension
      unified
      builtIn
      ordersAffected
    }
  }
}
    `) as unknown as TypedDocumentString<StatusMappingsQuery, StatusMappingsQueryVariables>;
export const SetStatusMappingDocument = new TypedDocumentString(`
    mutation SetStatusMapping($channelId: ID!, $platformField: String!, $platformValue: String!, $dimension: StatusDimension!, $unified: String!) {
  statusMappingSet(
    channelId: $channelId
    platformField: $platformField
    platformValue: $platformValue
    dimension: $dimension
    unified: $unified
  ) {
    channel {
      ...ShopState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment ShopState on Channel {
  id
  name
  platform
  platformVersion
  externalUrl
  currency
  timezone
  sync {
    health
    lastWebhookAt
    lastPollAt
    lastReconcileAt
    webhooksMissed24h
    repairedByReconcile24h
    rateLimitRemaining
    rateLimitResetsAt
    pendingCommands
    deadLetters
    webhookUrl
    webhooks {
      topic
      active
    }
    backfill {
      status
      imported
      estimatedTotal
    }
    problem {
      code
      message
      remedy
      since
    }
  }
}
fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`) as unknown as TypedDocumentString<SetStatusMappingMutation, SetStatusMappingMutationVariables>;
export const ReconcileShopDocument = new TypedDocumentString(`
    mutation ReconcileShop($id: ID!, $from: DateTime!, $to: DateTime) {
  channelReconcile(id: $id, from: $from, to: $to) {
    command {
      ...CommandState
      steps {
        summary
      }
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<ReconcileShopMutation, ReconcileShopMutationVariables>;
export const ReplayDeadLetterDocument = new TypedDocumentString(`
    mutation ReplayDeadLetter($id: ID!) {
  deadLetterReplay(id: $id) {
    command {
      id
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`) as unknown as TypedDocumentString<ReplayDeadLetterMutation, ReplayDeadLetterMutationVariables>;
export const CancelOrderDocument = new TypedDocumentString(`
    mutation CancelOrder($input: OrderCancelInput!, $expectedVersion: Int, $idempotencyKey: IdempotencyKey) {
  orderCancel(
    input: $input
    options: {expectedVersion: $expectedVersion, idempotencyKey: $idempotencyKey, waitUntil: SUCCEEDED}
  ) {
    order {
      id
      version
      state
      canceledAt
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<CancelOrderMutation, CancelOrderMutationVariables>;
export const RefreshOrderDocument = new TypedDocumentString(`
    mutation RefreshOrder($orderId: ID!) {
  orderRefresh(orderId: $orderId) {
    order {
      id
      version
      freshness {
        observedAt
        stale
      }
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<RefreshOrderMutation, RefreshOrderMutationVariables>;
export const AddNoteDocument = new TypedDocumentString(`
    mutation AddNote($orderId: ID!, $text: String!, $pushToChannel: Boolean = false, $options: WriteOptions) {
  orderNoteAdd(
    orderId: $orderId
    text: $text
    pushToChannel: $pushToChannel
    options: $options
  ) {
    order {
      id
      version
      notes {
        text
        author
        at
        customerVisible
        syncState
      }
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<AddNoteMutation, AddNoteMutationVariables>;
export const UpdateTagsDocument = new TypedDocumentString(`
    mutation UpdateTags($orderId: ID!, $add: [String!], $remove: [String!], $options: WriteOptions) {
  orderTagsUpdate(
    orderId: $orderId
    add: $add
    remove: $remove
    options: $options
  ) {
    order {
      id
      version
      tags
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<UpdateTagsMutation, UpdateTagsMutationVariables>;
export const UpdateAddressDocument = new TypedDocumentString(`
    mutation UpdateAddress($orderId: ID!, $shippingAddress: AddressInput!, $options: WriteOptions) {
  orderAddressUpdate(
    orderId: $orderId
    shippingAddress: $shippingAddress
    options: $options
  ) {
    order {
      id
      version
      shippingAddress {
        name
        company
        line1
        line2
        city
        regionCode
        postalCode
        country
        phone
      }
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<UpdateAddressMutation, UpdateAddressMutationVariables>;
export const PlatformsDocument = new TypedDocumentString(`
    query Platforms {
  platforms {
    platform
    name
    settings
    capabilities {
      operation
      support
      note
    }
  }
}
    `) as unknown as TypedDocumentString<PlatformsQuery, PlatformsQueryVariables>;
export const ConnectShopDocument = new TypedDocumentString(`
    mutation ConnectShop($input: ChannelConnectInput!) {
  channelConnect(input: $input) {
    channel {
      ...ShopState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment ShopState on Channel {
  id
  name
  platform
  platformVersion
  externalUrl
  currency
  timezone
  sync {
    health
    lastWebhookAt
    lastPollAt
    lastReconcileAt
    webhooksMissed24h
    repairedByReconcile24h
    rateLimitRemaining
    rateLimitResetsAt
    pendingCommands
    deadLetters
    webhookUrl
    webhooks {
      topic
      active
    }
    backfill {
      status
      imported
      estimatedTotal
    }
    problem {
      code
      message
      remedy
      since
    }
  }
}
fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`) as unknown as TypedDocumentString<ConnectShopMutation, ConnectShopMutationVariables>;
export const DisconnectShopDocument = new TypedDocumentString(`
    mutation DisconnectShop($id: ID!, $eraseData: Boolean = false) {
  channelDisconnect(id: $id, eraseData: $eraseData) {
    channel {
      id
      name
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`) as unknown as TypedDocumentString<DisconnectShopMutation, DisconnectShopMutationVariables>;
export const ShopsDocument = new TypedDocumentString(`
    query Shops {
  viewer {
    tenant
    scopes
    actor {
      id
      name
    }
  }
  channels {
    ...ShopState
    can(operation: FULFILLMENT_CREATE) {
      support
      granted
    }
    capabilities {
      operation
      support
      granted
      requiredScopes
      constraints
      note
      idempotent
    }
    locations {
      id
      name
      externalRef {
        id
      }
      address {
        city
        country
      }
    }
  }
}
    fragment ShopState on Channel {
  id
  name
  platform
  platformVersion
  externalUrl
  currency
  timezone
  sync {
    health
    lastWebhookAt
    lastPollAt
    lastReconcileAt
    webhooksMissed24h
    repairedByReconcile24h
    rateLimitRemaining
    rateLimitResetsAt
    pendingCommands
    deadLetters
    webhookUrl
    webhooks {
      topic
      active
    }
    backfill {
      status
      imported
      estimatedTotal
    }
    problem {
      code
      message
      remedy
      since
    }
  }
}`) as unknown as TypedDocumentString<ShopsQuery, ShopsQueryVariables>;
export const WatchShopsDocument = new TypedDocumentString(`
    subscription WatchShops($ids: [ID!]) {
  channelHealth(ids: $ids) {
    ...ShopState
  }
}
    fragment ShopState on Channel {
  id
  name
  platform
  platformVersion
  externalUrl
  currency
  timezone
  sync {
    health
    lastWebhookAt
    lastPollAt
    lastReconcileAt
    webhooksMissed24h
    repairedByReconcile24h
    rateLimitRemaining
    rateLimitResetsAt
    pendingCommands
    deadLetters
    webhookUrl
    webhooks {
      topic
      active
    }
    backfill {
      status
      imported
      estimatedTotal
    }
    problem {
      code
      message
      remedy
      since
    }
  }
}`) as unknown as TypedDocumentString<WatchShopsSubscription, WatchShopsSubscriptionVariables>;
export const DeadLettersDocument = new TypedDocumentString(`
    query DeadLetters($first: Int = 25, $after: String, $channelId: [ID!]) {
  deadLetters(first: $first, after: $after, channelId: $channelId) {
    nodes {
      id
      source
      reason
      receivedAt
      attempts
      body
      channel {
        id
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<DeadLettersQuery, DeadLettersQueryVariables>;
export const FindOrdersDocument = new TypedDocumentString(`
    query FindOrders($first: Int = 25, $after: String, $filter: OrderFilter, $search: String, $sort: OrderSort) {
  orders(
    first: $first
    after: $after
    filter: $filter
    search: $search
    sort: $sort
  ) {
    asOf
    totalCount(max: 1000) {
      value
      exact
    }
    nodes {
      id
      version
      number
      placedAt
      updatedAt
      state
      paymentStatus
      fulfillmentStatus
      deliveryStatus
      syncState
      tags
      channel {
        id
        name
        platform
      }
      totals {
        total {
          shop {
            amount
            currency
          }
        }
      }
      lines(first: 5) {
        nodes {
          id
          name
          sku
          quantities {
            ordered
            fulfillable
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<FindOrdersQuery, FindOrdersQueryVariables>;
export const FindOrderOfShopDocument = new TypedDocumentString(`
    query FindOrderOfShop($channelId: ID!, $externalId: String!) {
  orderByExternalId(channelId: $channelId, externalId: $externalId) {
    id
    number
    version
    state
  }
}
    `) as unknown as TypedDocumentString<FindOrderOfShopQuery, FindOrderOfShopQueryVariables>;
export const FindReturnsDocument = new TypedDocumentString(`
    query FindReturns($first: Int = 25, $after: String, $filter: ReturnFilter) {
  returns(first: $first, after: $after, filter: $filter) {
    nodes {
      ...ReturnDetail
      order {
        id
        number
      }
      availableActions {
        operation
        enabled
        reason
        constraints
        support
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ReturnDetail on Return {
  id
  name
  status
  requestedAt
  origin
  projection
  syncState
  lines {
    line {
      id
      sku
    }
    requested
    approved
    received
    rejected
    reason
    rawReason
    note
    disposition
    resolution
  }
  exchangeLines {
    sku
    name
    quantity
    unitPrice {
      shop {
        amount
        currency
      }
    }
    replacementOrder {
      id
    }
  }
  shipments {
    tracking {
      number
      carrier
      url
    }
    labelUrl
  }
  refunds {
    id
    status
    amount {
      shop {
        amount
        currency
      }
    }
  }
}`) as unknown as TypedDocumentString<FindReturnsQuery, FindReturnsQueryVariables>;
export const FollowEventsDocument = new TypedDocumentString(`
    subscription FollowEvents($filter: EventFilter, $resume: Resume) {
  events(filter: $filter, resume: $resume) {
    __typename
    ... on EventMessage {
      cursor
      event {
        ...EventDetail
      }
    }
    ... on Checkpoint {
      cursor
      at
      caughtUp
    }
    ... on StreamReset {
      reason
      oldestCursor
      resumeAt
    }
  }
}
    fragment EventDetail on Event {
  id
  type
  cursor
  occurredAt
  recordedAt
  source
  orderVersion
  deliveryId
  channel {
    id
    name
  }
  subject {
    __typename
    id
  }
  order {
    id
    number
  }
  actor {
    kind
    id
    name
  }
  causedBy {
    id
    type
    status
  }
  changes {
    path
    before
    after
  }
}`) as unknown as TypedDocumentString<FollowEventsSubscription, FollowEventsSubscriptionVariables>;
export const ReadEventsDocument = new TypedDocumentString(`
    query ReadEvents($first: Int = 100, $after: Cursor, $since: DateTime, $filter: EventFilter) {
  events(first: $first, after: $after, since: $since, filter: $filter) {
    nodes {
      ...EventDetail
    }
    cursor
    pageInfo {
      hasNextPage
    }
  }
}
    fragment EventDetail on Event {
  id
  type
  cursor
  occurredAt
  recordedAt
  source
  orderVersion
  deliveryId
  channel {
    id
    name
  }
  subject {
    __typename
    id
  }
  order {
    id
    number
  }
  actor {
    kind
    id
    name
  }
  causedBy {
    id
    type
    status
  }
  changes {
    path
    before
    after
  }
}`) as unknown as TypedDocumentString<ReadEventsQuery, ReadEventsQueryVariables>;
export const FollowWriteDocument = new TypedDocumentString(`
    subscription FollowWrite($id: ID!) {
  commandUpdated(id: $id) {
    ...CommandState
    steps {
      index
      summary
      status
      attempts {
        number
        startedAt
        duration
        httpStatus
        outcome
        verifiedBy
      }
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<FollowWriteSubscription, FollowWriteSubscriptionVariables>;
export const WritesThatNeedAttentionDocument = new TypedDocumentString(`
    query WritesThatNeedAttention($first: Int = 25, $after: String) {
  commands(
    first: $first
    after: $after
    filter: {status: [NEEDS_ATTENTION, OUTCOME_UNKNOWN]}
  ) {
    nodes {
      ...CommandState
      createdAt
      channel {
        id
        name
      }
      target {
        __typename
        id
      }
      requestedBy {
        kind
        name
      }
      steps {
        summary
        status
        attempts {
          outcome
          httpStatus
          startedAt
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<WritesThatNeedAttentionQuery, WritesThatNeedAttentionQueryVariables>;
export const RetryWriteDocument = new TypedDocumentString(`
    mutation RetryWrite($id: ID!) {
  commandRetry(id: $id) {
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<RetryWriteMutation, RetryWriteMutationVariables>;
export const WithdrawWriteDocument = new TypedDocumentString(`
    mutation WithdrawWrite($id: ID!) {
  commandCancel(id: $id) {
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<WithdrawWriteMutation, WithdrawWriteMutationVariables>;
export const ResolveWriteDocument = new TypedDocumentString(`
    mutation ResolveWrite($id: ID!, $outcome: CommandResolution!, $note: String!) {
  commandResolve(id: $id, outcome: $outcome, note: $note) {
    command {
      ...CommandState
      resolution {
        outcome
        note
        by {
          kind
          id
          name
        }
        at
      }
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<ResolveWriteMutation, ResolveWriteMutationVariables>;
export const OrderWorkDocument = new TypedDocumentString(`
    query OrderWork($id: ID!) {
  order(id: $id) {
    id
    version
    fulfillmentStatus
    fulfillmentOrders {
      ...Work
    }
    holds {
      ...HoldState
    }
    availableActions(
      operations: [FULFILLMENT_ORDER_HOLD, FULFILLMENT_ORDER_RELEASE, FULFILLMENT_ORDER_MOVE]
    ) {
      operation
      enabled
      reason
    }
  }
}
    fragment Work on FulfillmentOrder {
  id
  status
  synthetic
  location {
    id
    name
  }
  lines {
    line {
      id
      sku
    }
    total
    remaining
  }
  holds {
    ...HoldState
  }
  availableActions {
    operation
    enabled
    reason
    constraints
  }
}
fragment HoldState on Hold {
  id
  reason
  note
  since
  by
  syncState
}`) as unknown as TypedDocumentString<OrderWorkQuery, OrderWorkQueryVariables>;
export const HoldWorkDocument = new TypedDocumentString(`
    mutation HoldWork($id: ID!, $reason: HoldReason!, $note: String, $options: WriteOptions) {
  fulfillmentOrderHold(id: $id, reason: $reason, note: $note, options: $options) {
    ...WorkAnswer
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}
fragment Work on FulfillmentOrder {
  id
  status
  synthetic
  location {
    id
    name
  }
  lines {
    line {
      id
      sku
    }
    total
    remaining
  }
  holds {
    ...HoldState
  }
  availableActions {
    operation
    enabled
    reason
    constraints
  }
}
fragment HoldState on Hold {
  id
  reason
  note
  since
  by
  syncState
}
fragment WorkAnswer on OrderPayload {
  command {
    ...CommandState
  }
  order {
    id
    version
    fulfillmentStatus
    fulfillmentOrders {
      ...Work
    }
  }
  preview {
    steps
    warnings
  }
  userErrors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<HoldWorkMutation, HoldWorkMutationVariables>;
export const ReleaseWorkDocument = new TypedDocumentString(`
    mutation ReleaseWork($id: ID!, $holdIds: [ID!], $options: WriteOptions) {
  fulfillmentOrderRelease(id: $id, holdIds: $holdIds, options: $options) {
    ...WorkAnswer
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}
fragment Work on FulfillmentOrder {
  id
  status
  synthetic
  location {
    id
    name
  }
  lines {
    line {
      id
      sku
    }
    total
    remaining
  }
  holds {
    ...HoldState
  }
  availableActions {
    operation
    enabled
    reason
    constraints
  }
}
fragment HoldState on Hold {
  id
  reason
  note
  since
  by
  syncState
}
fragment WorkAnswer on OrderPayload {
  command {
    ...CommandState
  }
  order {
    id
    version
    fulfillmentStatus
    fulfillmentOrders {
      ...Work
    }
  }
  preview {
    steps
    warnings
  }
  userErrors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<ReleaseWorkMutation, ReleaseWorkMutationVariables>;
export const MoveWorkDocument = new TypedDocumentString(`
    mutation MoveWork($id: ID!, $locationId: ID!, $lines: [LineQuantityInput!], $options: WriteOptions) {
  fulfillmentOrderMove(
    id: $id
    locationId: $locationId
    lines: $lines
    options: $options
  ) {
    ...WorkAnswer
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}
fragment Work on FulfillmentOrder {
  id
  status
  synthetic
  location {
    id
    name
  }
  lines {
    line {
      id
      sku
    }
    total
    remaining
  }
  holds {
    ...HoldState
  }
  availableActions {
    operation
    enabled
    reason
    constraints
  }
}
fragment HoldState on Hold {
  id
  reason
  note
  since
  by
  syncState
}
fragment WorkAnswer on OrderPayload {
  command {
    ...CommandState
  }
  order {
    id
    version
    fulfillmentStatus
    fulfillmentOrders {
      ...Work
    }
  }
  preview {
    steps
    warnings
  }
  userErrors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<MoveWorkMutation, MoveWorkMutationVariables>;
export const NodesDocument = new TypedDocumentString(`
    query Nodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Order {
      number
    }
    ... on OrderLine {
      name
      order {
        id
      }
    }
    ... on Fulfillment {
      status
    }
    ... on Channel {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<NodesQuery, NodesQueryVariables>;
export const OrderDetailDocument = new TypedDocumentString(`
    query OrderDetail($id: ID!) {
  order(id: $id) {
    ...OrderHead
    lines(first: 50) {
      nodes {
        ...LineDetail
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    fulfillmentOrders {
      ...WorkDetail
    }
    fulfillments {
      ...FulfillmentDetail
    }
    returns {
      ...ReturnDetail
    }
    refunds {
      id
      return {
        id
      }
      status
      reason
      createdAt
      syncState
      amount {
        ...Bag
      }
      shipping {
        ...Bag
      }
      lines {
        quantity
        restocked
        amount {
          ...Bag
        }
        line {
          id
        }
      }
    }
    transactions {
      id
      kind
      status
      gateway
      processedAt
      amount {
        ...Bag
      }
    }
    timeline(first: 20) {
      nodes {
        id
        type
        occurredAt
        source
        actor {
          kind
          name
        }
        changes {
          path
          before
          after
        }
      }
    }
    commands {
      ...CommandState
    }
    availableActions {
      operation
      enabled
      reason
      support
      constraints
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}
fragment TrackingDetail on Tracking {
  number
  carrier
  carrierCode
  url
  status
  estimatedDeliveryAt
  source
  events(first: 20) {
    nodes {
      id
      status
      rawStatus
      message
      city
      region
      country
      occurredAt
      source
    }
  }
}
fragment ReturnDetail on Return {
  id
  name
  status
  requestedAt
  origin
  projection
  syncState
  lines {
    line {
      id
      sku
    }
    requested
    approved
    received
    rejected
    reason
    rawReason
    note
    disposition
    resolution
  }
  exchangeLines {
    sku
    name
    quantity
    unitPrice {
      shop {
        amount
        currency
      }
    }
    replacementOrder {
      id
    }
  }
  shipments {
    tracking {
      number
      carrier
      url
    }
    labelUrl
  }
  refunds {
    id
    status
    amount {
      shop {
        amount
        currency
      }
    }
  }
}
fragment OrderHead on Order {
  id
  version
  number
  source
  isTest
  placedAt
  updatedAt
  canceledAt
  cancelReason
  completedAt
  archivedAt
  deletedAt
  state
  paymentStatus
  fulfillmentStatus
  deliveryStatus
  returnStatus
  syncState
  tags
  taxesIncluded
  paymentMethods
  email
  externalRef {
    platform
    id
    number
    adminUrl
    updatedAt
  }
  channel {
    id
    name
    platform
    timezone
  }
  platformStatuses {
    field
    value
    label
    isCustom
    observedAt
  }
  statusProvenance {
    dimension
    basis
    from {
      field
      value
    }
  }
  holds {
    id
    reason
    note
    since
    by
  }
  anomalies {
    code
    message
    lineId
    observedAt
  }
  freshness {
    observedAt
    source
    stale
  }
  shippingAddress {
    ...PostalAddress
  }
  billingAddress {
    ...PostalAddress
  }
  notes {
    text
    author
    at
    customerVisible
  }
  attributes {
    key
    value
  }
  totals {
    original {
      ...Bag
    }
    subtotal {
      ...Bag
    }
    shipping {
      ...Bag
    }
    discounts {
      ...Bag
    }
    tax {
      ...Bag
    }
    duties {
      ...Bag
    }
    total {
      ...Bag
    }
    authorized {
      ...Bag
    }
    captured {
      ...Bag
    }
    refunded {
      ...Bag
    }
    refundPending {
      ...Bag
    }
    outstanding {
      ...Bag
    }
  }
  shippingLines {
    id
    title
    code
    carrier
    price {
      ...Bag
    }
  }
  taxLines {
    title
    rate
    amount {
      ...Bag
    }
  }
  discounts {
    code
    title
    amount {
      ...Bag
    }
  }
}
fragment LineDetail on OrderLine {
  id
  name
  sku
  barcode
  variantTitle
  imageUrl
  requiresShipping
  weightGrams
  quantities {
    ordered
    canceled
    unfulfilled
    fulfillable
    onHold
    fulfilled
    shipped
    delivered
    returnRequested
    returnApproved
    returnReceived
    returnRejected
    returnable
    refunded
    restocked
    writtenOff
  }
  unitPrice {
    ...Bag
  }
  discounts {
    ...Bag
  }
  tax {
    ...Bag
  }
  total {
    ...Bag
  }
  properties {
    key
    value
  }
  product {
    externalProductId
    externalVariantId
  }
  parentLine {
    id
  }
}
fragment WorkDetail on FulfillmentOrder {
  id
  status
  method
  shipBy
  location {
    id
    name
  }
  lines {
    total
    remaining
    line {
      id
    }
  }
  holds {
    id
    reason
  }
  availableActions {
    operation
    enabled
    reason
  }
}
fragment FulfillmentDetail on Fulfillment {
  id
  status
  deliveryStatus
  createdAt
  shippedAt
  deliveredAt
  syncState
  location {
    id
    name
  }
  lines {
    quantity
    line {
      id
    }
  }
  packages {
    id
    lines {
      quantity
      line {
        id
      }
    }
    tracking {
      ...TrackingDetail
    }
  }
}
fragment Bag on MoneyBag {
  shop {
    amount
    currency
  }
  presentment {
    amount
    currency
  }
}
fragment PostalAddress on Address {
  name
  company
  line1
  line2
  city
  region
  regionCode
  postalCode
  country
  phone
}`) as unknown as TypedDocumentString<OrderDetailQuery, OrderDetailQueryVariables>;
export const QuoteRefundDocument = new TypedDocumentString(`
    query QuoteRefund($orderId: ID!, $lines: [RefundLineInput!]!, $shipping: Boolean = false) {
  refundQuote(orderId: $orderId, lines: $lines, shipping: $shipping) {
    quote {
      exact
      warnings
      maximum {
        ...Bag
      }
      shippingMaximum {
        ...Bag
      }
      lines {
        quantity
        amount {
          ...Bag
        }
        line {
          id
        }
      }
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment Bag on MoneyBag {
  shop {
    amount
    currency
  }
  presentment {
    amount
    currency
  }
}`) as unknown as TypedDocumentString<QuoteRefundQuery, QuoteRefundQueryVariables>;
export const PreviewRefundDocument = new TypedDocumentString(`
    mutation PreviewRefund($input: RefundCreateInput!, $idempotencyKey: IdempotencyKey!) {
  refundCreate(
    input: $input
    options: {idempotencyKey: $idempotencyKey, dryRun: true}
  ) {
    preview {
      steps
      warnings
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`) as unknown as TypedDocumentString<PreviewRefundMutation, PreviewRefundMutationVariables>;
export const RefundOrderDocument = new TypedDocumentString(`
    mutation RefundOrder($input: RefundCreateInput!, $idempotencyKey: IdempotencyKey!, $allowEmulated: Boolean, $notifyCustomer: Boolean) {
  refundCreate(
    input: $input
    options: {idempotencyKey: $idempotencyKey, waitUntil: SUCCEEDED, waitTimeoutMs: 20000, allowEmulated: $allowEmulated, notifyCustomer: $notifyCustomer}
  ) {
    refund {
      id
      status
      syncState
      return {
        id
        status
      }
      amount {
        ...Bag
      }
    }
    command {
      ...CommandState
    }
    order {
      id
      version
      paymentStatus
      totals {
        refunded {
          ...Bag
        }
        refundPending {
          ...Bag
        }
      }
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}
fragment Bag on MoneyBag {
  shop {
    amount
    currency
  }
  presentment {
    amount
    currency
  }
}`) as unknown as TypedDocumentString<RefundOrderMutation, RefundOrderMutationVariables>;
export const BeginReturnDocument = new TypedDocumentString(`
    mutation BeginReturn($input: ReturnCreateInput!, $idempotencyKey: IdempotencyKey) {
  returnCreate(
    input: $input
    options: {idempotencyKey: $idempotencyKey, waitUntil: SUCCEEDED, waitTimeoutMs: 20000}
  ) {
    return {
      ...ReturnDetail
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}
fragment ReturnDetail on Return {
  id
  name
  status
  requestedAt
  origin
  projection
  syncState
  lines {
    line {
      id
      sku
    }
    requested
    approved
    received
    rejected
    reason
    rawReason
    note
    disposition
    resolution
  }
  exchangeLines {
    sku
    name
    quantity
    unitPrice {
      shop {
        amount
        currency
      }
    }
    replacementOrder {
      id
    }
  }
  shipments {
    tracking {
      number
      carrier
      url
    }
    labelUrl
  }
  refunds {
    id
    status
    amount {
      shop {
        amount
        currency
      }
    }
  }
}`) as unknown as TypedDocumentString<BeginReturnMutation, BeginReturnMutationVariables>;
export const ApproveReturnDocument = new TypedDocumentString(`
    mutation ApproveReturn($returnId: ID!, $lines: [LineQuantityInput!], $options: WriteOptions) {
  returnApprove(returnId: $returnId, lines: $lines, options: $options) {
    return {
      ...ReturnDetail
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}
fragment ReturnDetail on Return {
  id
  name
  status
  requestedAt
  origin
  projection
  syncState
  lines {
    line {
      id
      sku
    }
    requested
    approved
    received
    rejected
    reason
    rawReason
    note
    disposition
    resolution
  }
  exchangeLines {
    sku
    name
    quantity
    unitPrice {
      shop {
        amount
        currency
      }
    }
    replacementOrder {
      id
    }
  }
  shipments {
    tracking {
      number
      carrier
      url
    }
    labelUrl
  }
  refunds {
    id
    status
    amount {
      shop {
        amount
        currency
      }
    }
  }
}`) as unknown as TypedDocumentString<ApproveReturnMutation, ApproveReturnMutationVariables>;
export const DeclineReturnDocument = new TypedDocumentString(`
    mutation DeclineReturn($returnId: ID!, $reason: String!, $options: WriteOptions) {
  returnDecline(returnId: $returnId, reason: $reason, options: $options) {
    return {
      id
      status
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<DeclineReturnMutation, DeclineReturnMutationVariables>;
export const TrackReturnDocument = new TypedDocumentString(`
    mutation TrackReturn($returnId: ID!, $tracking: TrackingInput!, $options: WriteOptions) {
  returnTrackingUpdate(
    returnId: $returnId
    tracking: $tracking
    options: $options
  ) {
    return {
      ...ReturnDetail
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}
fragment ReturnDetail on Return {
  id
  name
  status
  requestedAt
  origin
  projection
  syncState
  lines {
    line {
      id
      sku
    }
    requested
    approved
    received
    rejected
    reason
    rawReason
    note
    disposition
    resolution
  }
  exchangeLines {
    sku
    name
    quantity
    unitPrice {
      shop {
        amount
        currency
      }
    }
    replacementOrder {
      id
    }
  }
  shipments {
    tracking {
      number
      carrier
      url
    }
    labelUrl
  }
  refunds {
    id
    status
    amount {
      shop {
        amount
        currency
      }
    }
  }
}`) as unknown as TypedDocumentString<TrackReturnMutation, TrackReturnMutationVariables>;
export const ReceiveReturnDocument = new TypedDocumentString(`
    mutation ReceiveReturn($returnId: ID!, $lines: [ReceiveLineInput!]!, $options: WriteOptions) {
  returnReceive(returnId: $returnId, lines: $lines, options: $options) {
    return {
      ...ReturnDetail
    }
    command {
      ...CommandState
    }
    order {
      id
      version
      returnStatus
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}
fragment ReturnDetail on Return {
  id
  name
  status
  requestedAt
  origin
  projection
  syncState
  lines {
    line {
      id
      sku
    }
    requested
    approved
    received
    rejected
    reason
    rawReason
    note
    disposition
    resolution
  }
  exchangeLines {
    sku
    name
    quantity
    unitPrice {
      shop {
        amount
        currency
      }
    }
    replacementOrder {
      id
    }
  }
  shipments {
    tracking {
      number
      carrier
      url
    }
    labelUrl
  }
  refunds {
    id
    status
    amount {
      shop {
        amount
        currency
      }
    }
  }
}`) as unknown as TypedDocumentString<ReceiveReturnMutation, ReceiveReturnMutationVariables>;
export const CloseReturnDocument = new TypedDocumentString(`
    mutation CloseReturn($returnId: ID!, $options: WriteOptions) {
  returnClose(returnId: $returnId, options: $options) {
    return {
      id
      status
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<CloseReturnMutation, CloseReturnMutationVariables>;
export const CancelReturnDocument = new TypedDocumentString(`
    mutation CancelReturn($returnId: ID!, $options: WriteOptions) {
  returnCancel(returnId: $returnId, options: $options) {
    return {
      id
      status
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<CancelReturnMutation, CancelReturnMutationVariables>;
export const ShipManyDocument = new TypedDocumentString(`
    mutation ShipMany($items: [FulfillmentBatchItemInput!]!) {
  fulfillmentCreateBatch(items: $items) {
    accepted
    rejected
    items {
      index
      command {
        ...CommandState
      }
      userErrors {
        ...Refusal
      }
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<ShipManyMutation, ShipManyMutationVariables>;
export const PreviewShipmentDocument = new TypedDocumentString(`
    mutation PreviewShipment($input: FulfillmentCreateInput!) {
  fulfillmentCreate(input: $input, options: {dryRun: true}) {
    preview {
      steps
      warnings
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`) as unknown as TypedDocumentString<PreviewShipmentMutation, PreviewShipmentMutationVariables>;
export const ShipOrderDocument = new TypedDocumentString(`
    mutation ShipOrder($input: FulfillmentCreateInput!, $idempotencyKey: IdempotencyKey!, $notifyCustomer: Boolean) {
  fulfillmentCreate(
    input: $input
    options: {idempotencyKey: $idempotencyKey, waitUntil: SUCCEEDED, waitTimeoutMs: 20000, notifyCustomer: $notifyCustomer}
  ) {
    fulfillments {
      id
      status
      syncState
      packages {
        id
        tracking {
          number
          url
        }
      }
    }
    command {
      ...CommandState
    }
    order {
      id
      version
      fulfillmentStatus
      lines {
        nodes {
          id
          quantities {
            fulfilled
            fulfillable
          }
        }
      }
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<ShipOrderMutation, ShipOrderMutationVariables>;
export const UpdateTrackingDocument = new TypedDocumentString(`
    mutation UpdateTracking($fulfillmentId: ID!, $packages: [PackageInput!]!, $replace: Boolean = false, $options: WriteOptions) {
  fulfillmentTrackingUpdate(
    fulfillmentId: $fulfillmentId
    packages: $packages
    replace: $replace
    options: $options
  ) {
    fulfillments {
      id
      packages {
        id
        tracking {
          number
          carrier
          status
        }
      }
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<UpdateTrackingMutation, UpdateTrackingMutationVariables>;
export const AddScanDocument = new TypedDocumentString(`
    mutation AddScan($packageId: ID!, $status: DeliveryStatus!, $occurredAt: DateTime!, $message: String, $options: WriteOptions) {
  trackingEventAdd(
    packageId: $packageId
    status: $status
    occurredAt: $occurredAt
    message: $message
    options: $options
  ) {
    fulfillments {
      id
      deliveryStatus
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}`) as unknown as TypedDocumentString<AddScanMutation, AddScanMutationVariables>;
export const TakeShipmentBackDocument = new TypedDocumentString(`
    mutation TakeShipmentBack($fulfillmentId: ID!, $reason: String, $options: WriteOptions) {
  fulfillmentCancel(
    fulfillmentId: $fulfillmentId
    reason: $reason
    options: $options
  ) {
    fulfillments {
      id
      status
    }
    command {
      ...CommandState
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  path
  ... on QuantityError {
    lineId
    requested
    available
  }
  ... on CapabilityError {
    operation
    alternatives
  }
  ... on StaleVersionError {
    currentVersion
    changes {
      path
      before
      after
    }
  }
  ... on IdempotencyError {
    originalCommandId
  }
  ... on ChannelError {
    httpStatus
    upstreamCode
    upstreamMessage
    retryAfter
  }
}
fragment CommandState on Command {
  id
  type
  status
  replayed
  cancelable
  finishedAt
  nextAttemptAt
  errors {
    ...Refusal
  }
}`) as unknown as TypedDocumentString<TakeShipmentBackMutation, TakeShipmentBackMutationVariables>;
export const WatchOrderDocument = new TypedDocumentString(`
    subscription WatchOrder($id: ID!) {
  orderUpdated(id: $id) {
    id
    version
    state
    paymentStatus
    fulfillmentStatus
    deliveryStatus
    syncState
    lines(first: 50) {
      nodes {
        id
        quantities {
          ordered
          fulfillable
          fulfilled
          delivered
        }
      }
    }
    fulfillments {
      id
      status
      deliveryStatus
      syncState
    }
  }
}
    `) as unknown as TypedDocumentString<WatchOrderSubscription, WatchOrderSubscriptionVariables>;
export const WatchParcelsDocument = new TypedDocumentString(`
    subscription WatchParcels($filter: TrackingFilter, $resume: Resume) {
  trackingUpdates(filter: $filter, resume: $resume) {
    __typename
    ... on TrackingUpdate {
      cursor
      previousStatus
      order {
        id
        number
      }
      package {
        id
        tracking {
          number
          carrier
          status
          estimatedDeliveryAt
        }
      }
      event {
        id
        status
        message
        city
        occurredAt
      }
    }
    ... on Checkpoint {
      cursor
      caughtUp
    }
    ... on StreamReset {
      reason
      resumeAt
    }
  }
}
    `) as unknown as TypedDocumentString<WatchParcelsSubscription, WatchParcelsSubscriptionVariables>;
export const FindParcelDocument = new TypedDocumentString(`
    query FindParcel($number: String!, $carrierCode: String) {
  trackingByNumber(number: $number, carrierCode: $carrierCode) {
    id
    order {
      id
      number
    }
    fulfillment {
      id
      status
    }
    tracking {
      ...TrackingDetail
    }
  }
}
    fragment TrackingDetail on Tracking {
  number
  carrier
  carrierCode
  url
  status
  estimatedDeliveryAt
  source
  events(first: 20) {
    nodes {
      id
      status
      rawStatus
      message
      city
      region
      country
      occurredAt
      source
    }
  }
}`) as unknown as TypedDocumentString<FindParcelQuery, FindParcelQueryVariables>;