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
  /** The plugin that keeps tracking numbers, if any. */
  readonly tracking: TrackingPlugin | null;
  readonly version: WooVersion;
  /** Unix time in whole seconds. */
  now(): number;
  nextId(sequence: Sequence): number;
  /** Tells webhooks of something that happened to an order; also marks the data as changed. */
  emit(topic: "order.created" | "order.updated" | "order.deleted", orderId: number): void;
  /** Marks the data as changed, without telling anybody. */
  changed(): void;
}

/** Plugins that keep tracking numbers in the order's meta: Shipment Tracking, and AST (Advanced Shipment Tracking). */
export type TrackingPlugin = "shipment-tracking" | "ast";

/** Releases of WooCommerce whose traffic was recorded, the newest first. */
export const wooVersions = ["10.5.0", "9.9.5"] as const;
export type WooVersion = (typeof wooVersions)[number];

/** The release of WordPress below them. */
export const wordpressVersion = "6.9";
