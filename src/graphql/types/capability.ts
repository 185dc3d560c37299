import { Field, ObjectType } from "type-graphql";
import type {
  UpstreamIdempotency as Idempotency,
  ChannelOperation as Operation,
  Support as SupportWord,
} from "../../domain/channel.js";
import { words } from "../words.js";

export const ChannelOperation = words<Operation>(
  "ChannelOperation",
  "One thing that a shop may be able to do.",
  {
    ORDER_READ: "Read orders.",
    ORDER_CANCEL: "Cancel an order.",
    ORDER_NOTE: "Keep a note for the shop's staff.",
    ORDER_TAG: "Keep tags on an order.",
    ORDER_ADDRESS_UPDATE: "Change where an order goes.",
    FULFILLMENT_CREATE: "Record a shipment.",
    FULFILLMENT_PARTIAL: "Ship some of an order's lines, or a part of a line.",
    FULFILLMENT_MULTI_PACKAGE: "Hold several packages in one shipment.",
    FULFILLMENT_FROM_LOCATION: "Say from which location a shipment left.",
    FULFILLMENT_TRACKING_UPDATE: "Change the tracking of a shipment.",
    FULFILLMENT_CANCEL: "Take a shipment back.",
    FULFILLMENT_EVENT_CREATE: "Keep scans of a parcel.",
    FULFILLMENT_ORDER_HOLD: "Hold work back, and release it.",
    FULFILLMENT_ORDER_MOVE: "Give work to another location.",
    FULFILLMENT_ORDER_SPLIT: "Give a part of the work to another location.",
    RETURN_CREATE: "Keep a return, asked for or agreed.",
    RETURN_APPROVE: "Approve or decline a return that was asked for.",
    RETURN_RECEIVE: "Say what came back and what becomes of it.",
    RETURN_CLOSE: "End a return, or call it off.",
    EXCHANGE_CREATE: "Send other goods for those that come back.",
    REFUND_QUOTE: "Say what a refund comes to before it is made.",
    REFUND_LINES: "Give money back for lines.",
    REFUND_SHIPPING: "Give shipping costs back.",
    REFUND_ARBITRARY_AMOUNT: "Give back an amount of its own.",
    REFUND_RESTOCK: "Put refunded goods back into the stock.",
    NOTIFY_CUSTOMER: "Tell the customer of a shipment or a refund.",
    WEBHOOK_ORDER: "Report changed orders by itself.",
    WEBHOOK_FULFILLMENT: "Report changed shipments by itself.",
    WEBHOOK_REFUND: "Report refunds by itself.",
    WEBHOOK_RETURN: "Report returns by itself.",
    POLL_UPDATED_SINCE: "List what changed since a moment.",
  },
);

export const Support = words<SupportWord>("Support", "How well a shop can do one thing.", {
  NATIVE: "One call on the platform does it.",
  EMULATED: "The gateway does it with several calls, or keeps part of it itself; see the note.",
  PARTIAL: "Only inside the limits that constraints name.",
  NONE: "Not at all.",
});

export const UpstreamIdempotency = words<Idempotency>(
  "UpstreamIdempotency",
  "What happens when the platform gets the same call twice.",
  {
    KEYED: "The platform takes a key and does it once.",
    NATURAL: "Doing it twice is the same as doing it once.",
    CHECK_THEN_ACT: "The gateway looks before it calls again.",
    UNSAFE: "It may happen twice, so the gateway never calls again by itself.",
  },
);

@ObjectType({ simpleResolvers: true, description: "Whether and how a shop can do one thing." })
export class Capability {
  @Field(() => ChannelOperation, { description: "The thing." })
  operation!: Operation;

  @Field(() => Support, { description: "How well it can." })
  support!: SupportWord;

  @Field(() => [String], { description: "Limits inside which it works." })
  constraints!: string[];

  @Field(() => String, { nullable: true, description: "What is worth knowing besides." })
  note!: string | null;

  @Field(() => [String], { description: "Permissions it takes, in the platform's own names." })
  requiredScopes!: string[];

  @Field({ description: "Whether the shop has granted those permissions." })
  granted!: boolean;

  @Field(() => UpstreamIdempotency, { description: "What a second call would do." })
  idempotent!: Idempotency;
}
