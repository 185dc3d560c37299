import type { Scope } from "../domain/scope.js";

/** What each scope lets a key do, for help texts: here so that help comes at once, without loading the schema. */
export const SCOPE_MEANINGS: Readonly<Record<Scope, string>> = {
  ORDERS_READ: "see orders, without personal data",
  PII_READ: "see and search addresses, e-mail, notes and properties too",
  EVENTS_READ: "read the log and subscribe to it",
  FULFILLMENTS_WRITE: "ship, track and take shipments back",
  ORDERS_WRITE: "cancel, refresh and annotate orders",
  RETURNS_WRITE: "begin, decide, receive and end returns",
  REFUNDS_WRITE: "give money back",
  COMMANDS_RESOLVE: "say what became of a write whose outcome is unknown",
  CHANNELS_ADMIN: "connect and pause shops; the gateway's figures",
  KEYS_ADMIN: "make and revoke keys",
  INTROSPECT: "ask the schema about itself, as the explorer does to help with typing",
};
