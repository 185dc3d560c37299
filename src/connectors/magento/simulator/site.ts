import type { Random } from "../../simulator/random.js";
import type { SiteData } from "./state.js";

/** Limits that a merchant may switch on (webapi/validation); off in a fresh shop. */
export interface InputLimits {
  maxPageSize: number;
  /** Taken silently where a request names no page size. */
  defaultPageSize: number;
  maxItems: number;
}

/** One running site: its data and the few things its code needs of the world. */
export interface Site {
  readonly data: SiteData;
  readonly random: Random;
  /** Base URL without a slash at its end. */
  readonly url: string;
  readonly edition: "community" | "commerce";
  /** Whether an integration's access token serves as a bearer token (off by default since 2.4.4). */
  readonly bearer: boolean;
  readonly limits: InputLimits | null;
  /** A page past the end gives the last one again, as in 2.3; later releases give an empty one. */
  readonly lastPageRepeats: boolean;
  /** Whether credit memos name shipping with its tax (tax/sales_display/shipping), and so take it. */
  readonly shippingShownWithTax: boolean;
  /** Unix time in whole seconds. */
  now(): number;
  /** The next id of a table. */
  nextId(table: string): number;
  /** The next number of a document in a store: "000000001", "2000000001". */
  nextNumber(
    kind: "order" | "invoice" | "shipment" | "creditmemo" | "rma",
    storeId: number,
  ): string;
  /** Marks the data as changed. */
  changed(): void;
  /** Does something a little later, as the queue's consumer does. */
  later(work: () => void): void;
}
