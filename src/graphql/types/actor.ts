import { Field, ObjectType } from "type-graphql";
import type { ActorKind as Kind, EventSource as Source } from "../../domain/event.js";
import { words } from "../words.js";

export const ActorKind = words<Kind>("ActorKind", "What kind of somebody acted.", {
  USER: "A person.",
  API_CLIENT: "An integration with a key of this API.",
  CHANNEL: "The shop, or somebody in it.",
  SYSTEM: "The gateway itself.",
});

@ObjectType({ simpleResolvers: true, description: "Who did something." })
export class Actor {
  @Field(() => ActorKind, { description: "What kind of somebody." })
  kind!: Kind;

  @Field(() => String, { nullable: true, description: "Their id, where they have one." })
  id!: string | null;

  @Field(() => String, { nullable: true, description: "Their name, where it is known." })
  name!: string | null;
}

export const EventSource = words<Source>("EventSource", "How a change came to us.", {
  WEBHOOK: "The shop reported it.",
  POLL: "We asked the shop what had changed.",
  BACKFILL: "It came with the first import.",
  RECONCILE: "A sweep found it.",
  COMMAND: "A write through this API made it.",
  CARRIER: "A carrier told.",
  MANUAL: "A person entered it here.",
});
