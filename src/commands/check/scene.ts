import type { Capability, ChannelOperation, Quote, QuoteAsked } from "../../domain/channel.js";
import type { Command } from "../../domain/command.js";
import type { OrderDocument } from "../../domain/document.js";
import type { ErrorCode } from "../../domain/errors.js";
import type { Order } from "../../domain/order.js";
import type { UserErrorData } from "../face.js";
import { basic } from "../refusal.js";

/** What a wish is checked against; for a wish that is written, read under the order's lock. */
export interface Scene {
  order: Order;
  document: OrderDocument;
  /** What unfinished shipments hold, by line. */
  reserved: Map<string, number>;
  capabilities: readonly Capability[];
  /** Native ids of locations by our ids. */
  locations: ReadonlyMap<string, string>;
  /** What a money wish comes to, asked before the order was locked; null where nothing had to be asked. */
  priced: Priced | null;
}

/** What was asked of the shop, and what it said. */
export interface Priced {
  asked: QuoteAsked;
  quote: Quote;
}

/** A wish resolved against its order, or every reason why it cannot be. */
export type Checked = { command: Command; needs: ChannelOperation[] } | Refused;
export interface Refused {
  errors: UserErrorData[];
}

/** What every command has. */
export interface Base {
  orderId: string;
  notifyCustomer: boolean | null;
}

/** One reason why a wish cannot be. */
export function refuse(code: ErrorCode, message: string, path: string[] | null): Refused {
  return { errors: [basic(code, message, path)] };
}
