import { Field, ObjectType } from "type-graphql";
import type * as back from "../../domain/return.js";
import { DateTime, Quantity, Url } from "../scalars.js";
import { words } from "../words.js";
import { MoneyBag } from "./money.js";
import { Node, PageInfo } from "./node.js";

export const ReturnStatus = words<back.ReturnStatus>(
  "ReturnStatus",
  "How far a return is: the decision about it, and its goods.",
  {
    REQUESTED: "Asked for; nobody has agreed yet.",
    APPROVED: "Agreed to; nothing is known to be on its way.",
    DECLINED: "Turned down.",
    IN_TRANSIT: "On its way back.",
    PARTIALLY_RECEIVED: "Some of it came back.",
    RECEIVED: "All of it came back, and what becomes of it is not decided.",
    INSPECTED: "All of it came back, and what becomes of it is decided.",
    CLOSED: "Ended.",
    CANCELED: "Called off before anything came back.",
  },
);

export type ReturnOriginWord = "CHANNEL" | "GATEWAY";
export const ReturnOrigin = words<ReturnOriginWord>("ReturnOrigin", "Where a return was begun.", {
  CHANNEL: "In its shop.",
  GATEWAY: "Through this API.",
});

export const ReturnProjection = words<back.ReturnProjection>(
  "ReturnProjection",
  "How a return lives on its platform.",
  {
    NATIVE: "As a return of the platform's own.",
    REFUND_AND_NOTE:
      "The gateway keeps it, since the platform has no returns; the shop sees a note, and money and stock with the refund.",
    LOCAL_ONLY: "The gateway keeps it, and the shop sees nothing of it.",
  },
);

export const ReturnReason = words<back.ReturnReason>("ReturnReason", "Why goods come back.", {
  DEFECTIVE: "They do not work.",
  DAMAGED_IN_TRANSIT: "They were damaged on their way.",
  WRONG_ITEM: "Something else was sent.",
  NOT_AS_DESCRIBED: "They are not what was described.",
  SIZE_TOO_SMALL: "They are too small.",
  SIZE_TOO_LARGE: "They are too large.",
  COLOR: "The color does not please.",
  STYLE: "The style does not please.",
  UNWANTED: "They are not wanted any more.",
  ARRIVED_LATE: "They came too late.",
  OTHER: "Something else; see rawReason and note.",
  UNKNOWN: "Nobody says.",
});

export const Disposition = words<back.Disposition>(
  "Disposition",
  "What becomes of goods that came back.",
  {
    RESTOCK: "They are sold again.",
    NOT_RESTOCKED: "They are kept out of the stock.",
    DAMAGED: "They can be sold no more.",
    MISSING: "They never came, although they were said to.",
    PROCESSING: "It is not decided yet.",
  },
);

export const Resolution = words<back.Resolution>(
  "Resolution",
  "What the customer is to get for goods that come back.",
  {
    REFUND: "Money.",
    EXCHANGE: "Other goods.",
    STORE_CREDIT: "Credit at the shop.",
    REPAIR: "The same goods, repaired.",
    NONE: "Nothing.",
  },
);

@ObjectType({
  simpleResolvers: true,
  description:
    "How much of a line comes back: received + rejected ≤ approved ≤ requested. A line stands twice where it comes back for two reasons.",
})
export class ReturnLine {
  @Field(() => Quantity, { description: "Asked to be taken back." })
  requested!: number;

  @Field(() => Quantity, { description: "Agreed to be taken back." })
  approved!: number;

  @Field(() => Quantity, { description: "Came back and was taken." })
  received!: number;

  @Field(() => Quantity, { description: "Came back and was not taken." })
  rejected!: number;

  @Field(() => ReturnReason, { description: "Why." })
  reason!: back.ReturnReason;

  @Field(() => String, { nullable: true, description: "Why, in the platform's own word." })
  rawReason!: string | null;

  @Field(() => Disposition, {
    nullable: true,
    description: "What becomes of what was received; null before anything was.",
  })
  disposition!: back.Disposition | null;

  @Field(() => Resolution, { description: "What the customer is to get for it." })
  resolution!: back.Resolution;
}

@ObjectType({
  simpleResolvers: true,
  description: "Goods that are sent for those that come back.",
})
export class ExchangeLine {
  @Field({ description: "Their SKU; empty where they have none." })
  sku!: string;

  @Field({ description: "What they are called." })
  name!: string;

  @Field(() => Quantity, { description: "How much of them." })
  quantity!: number;

  @Field(() => MoneyBag, { description: "What one costs, before discounts." })
  unitPrice!: MoneyBag;
}

@ObjectType({ simpleResolvers: true, description: "One parcel of a return." })
export class ReturnShipment {
  @Field(() => Url, { nullable: true, description: "Where its label can be fetched." })
  labelUrl!: string | null;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    "Goods that come back. Money for them is a refund of its own, which may come before or after.",
})
export class Return extends Node {
  @Field({ description: "As people call it (1001-R1)." })
  name!: string;

  @Field(() => ReturnStatus, { description: "How far it is." })
  status!: back.ReturnStatus;

  @Field(() => DateTime, { description: "When it was asked for." })
  requestedAt!: string;

  @Field(() => ReturnProjection, { description: "How it lives on its platform." })
  projection!: back.ReturnProjection;
}

@ObjectType({ simpleResolvers: true, description: "A return in its list." })
export class ReturnEdge {
  @Field(() => Return, { description: "The return." })
  node!: Return;

  @Field({ description: "Its place in the list." })
  cursor!: string;
}

@ObjectType({ simpleResolvers: true, description: "A page of returns, the newest first." })
export class ReturnConnection {
  @Field(() => [ReturnEdge], { description: "Returns with their places." })
  edges!: ReturnEdge[];

  @Field(() => [Return], { description: "The returns alone." })
  nodes!: Return[];

  @Field(() => PageInfo, { description: "Where the page lies." })
  pageInfo!: PageInfo;
}
