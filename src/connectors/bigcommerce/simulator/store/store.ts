import type { Random } from "../../../simulator/random.js";
import type { Order, Pending, Sequence, StoreData } from "./state.js";

/** One running store: its data and the few things its code needs of the world. */
export interface Store {
  readonly data: StoreData;
  readonly random: Random;
  /** Base of the API as clients see it: https://api.bigcommerce.com on the real platform. */
  readonly url: string;
  /** Unix time in whole seconds. */
  now(): number;
  nextId(sequence: Sequence): number;
  /** Tells webhooks of an event; also marks the data as changed. */
  tell(scope: string, data: EventData): void;
  /** Has a payment carried out after the answer has left. */
  later(order: Order, pending: Pending): void;
  /** Marks the data as changed, without telling anybody. */
  changed(): void;
}

/** The variable part of a callback's body. */
export interface EventData {
  type: string;
  id?: number;
  [more: string]: unknown;
}

export const storeCurrency = "USD";
export const storeId = "1025646";

/** Sets the time of the order's last change and tells of it. */
export function saveOrder(store: Store, order: Order): void {
  order.modifiedAt = store.now();
  store.tell("store/order/updated", { type: "order", id: order.id });
}
