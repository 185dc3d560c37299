import { createHash } from "node:crypto";
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
  StatusMapping: "mapping",
  Delivery: "dlv",
  Sweep: "sweep",
} as const;

export type NodeType = keyof typeof ID_PREFIX;

/** A new id for a noun, unique and later than every id made before it on this machine. */
export function mintId(type: NodeType): string {
  return typeid(ID_PREFIX[type]).toString();
}

/** The id of what is no row of ours and follows from words alone: always the same for the same words. */
export function idFromWords(type: NodeType, words: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(words)).digest();
  return TypeID.fromUUIDBytes(ID_PREFIX[type], digest.subarray(0, 16)).toString();
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
