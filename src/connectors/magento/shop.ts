import { z } from "zod";
import type { Probe } from "../../domain/channel.js";
import { type ReturnOptions, returnOptionsSchema } from "./return-option.js";

/** What a probe found out and everything else needs; kept as `Probe.findings`. */
const findingsSchema = z.object({
  /** Open Source or Adobe Commerce, where the shop says. */
  edition: z.string().nullable(),
  /** Whether returns are the platform's own (Magento_Rma, Adobe Commerce only). */
  rma: z.boolean(),
  /** Whether stock lies at several sources (MSI), so that a shipment can name one. */
  sources: z.boolean(),
  /** "lbs" or "kgs". */
  weightUnit: z.string().nullable(),
  /** What returns can say of reason, condition and resolution; null where the shop has none or did not tell. */
  returnOptions: returnOptionsSchema.nullable().default(null),
});
export type Findings = z.output<typeof findingsSchema>;

/** One shop as translation and planning see it; everything null before the first probe. */
export interface Shop {
  rma: boolean | null;
  sources: boolean | null;
  weightUnit: string | null;
  returnOptions: ReturnOptions | null;
}

/** The shop that a probe found, or one of which nothing is known yet. Findings of an older build count as none. */
export function shopOf(probe: Probe | null): Shop {
  return findingsSchema.safeParse(probe?.findings).data ?? UNKNOWN_SHOP;
}

const UNKNOWN_SHOP: Shop = { rma: null, sources: null, weightUnit: null, returnOptions: null };
