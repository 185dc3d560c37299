import { z } from "zod";
import type { Probe } from "../../domain/channel.js";

/** What a probe found out and everything else needs; kept as `Probe.findings`. */
const findingsSchema = z.object({
  /** The store's own labels of statuses, by id. */
  statusLabels: z.record(z.string(), z.string()).default({}),
  /** Grams in one unit of the weights that lines bear; null where the unit is not known. */
  gramsPerUnit: z.string().nullable().default(null),
  /** Whether the token may read transactions. */
  readsTransactions: z.boolean().default(false),
  /** What a person should know: a scope that is missing and what it costs. */
  warnings: z.array(z.string()).default([]),
});
export type Findings = z.output<typeof findingsSchema>;

/** One store as translation and reading see it. */
export interface Shop extends Omit<Findings, "warnings"> {
  /** Address of an order in the control panel; null before the first probe. */
  adminUrl(orderId: string): string | null;
}

/** The store that a probe found, or one of which nothing is known yet. Findings of an older build count as none. */
export function shopOf(probe: Probe | null): Shop {
  const findings = probe ? findingsSchema.safeParse(probe.findings).data : undefined;
  if (!probe || !findings) return UNKNOWN_SHOP;
  return { ...findings, adminUrl: (orderId) => `${probe.externalUrl}/manage/orders/${orderId}` };
}

const UNKNOWN_SHOP: Shop = {
  statusLabels: {},
  gramsPerUnit: null,
  readsTransactions: false,
  adminUrl: () => null,
};
