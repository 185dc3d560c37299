import { Field, ObjectType } from "type-graphql";
import type { DeliveryStatus as Delivery } from "../../domain/status.js";
import { CountryCode, DateTime, Url } from "../scalars.js";
import { Node, PageInfo } from "./node.js";
import { DeliveryStatus } from "./status.js";

@ObjectType({ implements: Node, simpleResolvers: true, description: "One scan of a parcel." })
export class TrackingEvent extends Node {
  @Field(() => DeliveryStatus, { description: "What it says of the parcel." })
  status!: Delivery;

  @Field(() => String, { nullable: true, description: "The carrier's or platform's own word." })
  rawStatus!: string | null;

  @Field(() => String, { nullable: true, description: "What the carrier adds." })
  message!: string | null;

  @Field(() => String, { nullable: true, description: "City of the scan." })
  city!: string | null;

  @Field(() => String, { nullable: true, description: "Region of the scan." })
  region!: string | null;

  @Field(() => CountryCode, { nullable: true, description: "Country of the scan." })
  country!: string | null;

  @Field(() => DateTime, { description: "When it happened." })
  occurredAt!: string;

  @Field(() => DateTime, { description: "When we learned of it." })
  recordedAt!: string;

  @Field({ description: "Who told: the platform, a carrier, or MANUAL." })
  source!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "A carrier's number for one parcel, and what is known of it.",
})
export class Tracking {
  @Field({ description: "The number as it was given." })
  number!: string;

  @Field(() => String, { nullable: true, description: "Carrier's name." })
  carrier!: string | null;

  @Field(() => String, { nullable: true, description: "Carrier's code." })
  carrierCode!: string | null;

  @Field(() => Url, { nullable: true, description: "Where the parcel can be followed." })
  url!: string | null;

  @Field(() => DeliveryStatus, { description: "Where the parcel is." })
  status!: Delivery;

  @Field(() => DateTime, { nullable: true, description: "When it should arrive." })
  estimatedDeliveryAt!: string | null;

  @Field({ description: "Who told the number." })
  source!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: "When this number was withdrawn; null while it stands.",
  })
  removedAt!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "A scan in its list." })
export class TrackingEventEdge {
  @Field(() => TrackingEvent, { description: "The scan." })
  node!: TrackingEvent;

  @Field({ description: "Its place in the list." })
  cursor!: string;
}

@ObjectType({ simpleResolvers: true, description: "A page of scans, the newest first." })
export class TrackingEventConnection {
  @Field(() => [TrackingEventEdge], { description: "Scans with their places." })
  edges!: TrackingEventEdge[];

  @Field(() => [TrackingEvent], { description: "The scans alone." })
  nodes!: TrackingEvent[];

  @Field(() => PageInfo, { description: "Where the page lies." })
  pageInfo!: PageInfo;
}
