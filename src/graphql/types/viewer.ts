import { Field, ObjectType } from "type-graphql";
import type { Scope as ScopeWord } from "../../domain/scope.js";
import { words } from "../words.js";
import { Actor } from "./actor.js";

export const Scope = words<ScopeWord>("Scope", "What a key may do.", {
  ORDERS_READ: "See orders, without personal data.",
  PII_READ: "See, filter and search by personal data: addresses, e-mail, notes, properties.",
  EVENTS_READ: "Read the log and subscribe to it.",
  FULFILLMENTS_WRITE: "Ship, track and take shipments back.",
  ORDERS_WRITE: "Cancel, note, tag, redirect and refresh orders.",
  RETURNS_WRITE: "Begin, decide, receive and end returns.",
  REFUNDS_WRITE: "Give money back.",
  COMMANDS_RESOLVE: "Say what became of a write whose outcome is unknown.",
  CHANNELS_ADMIN:
    "Connect, change, pause and disconnect shops, and see what came in and was not understood.",
  KEYS_ADMIN: "See, make and revoke keys.",
  INTROSPECT: "Ask the schema about itself.",
});

@ObjectType({ simpleResolvers: true, description: "On whose behalf a request runs." })
export class Viewer {
  @Field(() => Actor, { description: "The integration that the key belongs to." })
  actor!: Actor;

  @Field({ description: "Whose data it sees." })
  tenant!: string;

  @Field(() => [Scope], { description: "What the key may do." })
  scopes!: ScopeWord[];
}
