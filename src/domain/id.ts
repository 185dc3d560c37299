import { TypeID, typeid } from "typeid-js";

/**
 * Every id is ours: a TypeID, that is a word for the noun and a uuid v7 in base 32
 * (`order_01k9…`). It sorts by the time it was made and says what it names, in every layer alike.
 */
export const ID_PREFIX = {
  Order: "order",
  OrderLine: "line",
  Fulfillment: "ful",
  Package: "pkg",
  TrackingEvent: "scan",
  FulfillmentOrder: "fo",
  Hold: "hold",
  Return: "return",
  Refund: "refund",
  Transaction: "txn",
  Channel: "channel",
  Location: "loc",
  Command: "cmd",
  Event: "evt",
  ApiKey: "key",
  DeadLetter: "dead",
  Delivery: "dlv",
} as const;

export type NodeType = keyof typeof ID_PREFIX;

/** A new id for a noun, unique and later than every id made before it on this machine. */
export function mintId(type: NodeType): string {
  return typeid(ID_PREFIX[type]).toString();
}

/** What an id names, or null where it is not one of ours. */
export function nodeTypeOf(id: string): NodeType | null {
  try {
    const prefix = TypeID.fromString(id).getType();
    return typeByPrefix.get(prefix) ?? null;
  } catch {
    return null;
  }
}

const typeByPrefix = new Map(
  Object.entries(ID_PREFIX).map(([type, prefix]) => [prefix as string, type as NodeType]),
);
