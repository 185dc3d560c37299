import type { Random } from "../../simulator/random.js";
import type { Sequence, SiteData } from "./state.js";

/** One running site: its data and the few things its code needs of the world. */
export interface Site {
  readonly data: SiteData;
  readonly random: Random;
  /** Home URL without a slash at its end. */
  readonly url: string;
  /** Whether core order fulfillments are switched on (off by default in a real 10.5.0). */
  readonly fulfillments: boolean;
  /** Unix time in whole seconds. */
  now(): number;
  nextId(sequence: Sequence): number;
  /** Tells webhooks of something that happened to an order; also marks the data as changed. */
  emit(topic: "order.created" | "order.updated" | "order.deleted", orderId: number): void;
  /** Marks the data as changed, without telling anybody. */
  changed(): void;
}

/** WooCommerce and WordPress release that the simulator follows. */
export const versions = { woocommerce: "10.5.0", wordpress: "6.9" } as const;
