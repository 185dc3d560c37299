import { z } from "zod";
import type { Probe } from "../../domain/channel.js";

const trackingsSchema = z.object({
  plugin: z.enum(["shipment-tracking", "ast"]),
  /** Namespace that its routes are in: "wc-shipment-tracking/v3". */
  namespace: z.string(),
  /** Links of the carriers that the shop knows, by their names; a mark in them stands for the number. */
  providers: z.record(z.string(), z.string()),
});
/** An extension that keeps tracking numbers of whole orders: Shipment Tracking, or AST (Advanced Shipment Tracking). */
export type Trackings = z.output<typeof trackingsSchema>;

/** What a probe found out and everything else needs; kept as `Probe.findings`. */
const findingsSchema = z.object({
  /** Whether core order fulfillments answer here (since 10.1, off unless switched on). */
  coreFulfillments: z.boolean(),
  /** The extension that keeps tracking numbers; null where there is none. */
  trackings: trackingsSchema.nullable().default(null),
  /** Hosts that the site names as its own, as webhooks name where they come from. */
  hosts: z.array(z.string()).default([]),
  /** Status slugs with the shop's own labels. */
  statusLabels: z.record(z.string(), z.string()).default({}),
  /** Whether orders live in their own tables, which decides where an order is edited. */
  hpos: z.boolean().default(true),
  /** Ids of products that are never shipped, as far as the probe saw them. */
  virtualProductIds: z.array(z.string()).default([]),
  /** Ids of the payment gateways that can send money back; null where the key may not see them. */
  refundGateways: z.array(z.string()).nullable().default(null),
  /** With how many decimals the site counts, in every currency; null where it does not say. */
  decimals: z.number().int().nullable().default(null),
});
export type Findings = z.output<typeof findingsSchema>;

/** One shop as translation sees it. */
export interface Shop {
  /** Null before the first probe: then nothing is said that depends on it. */
  coreFulfillments: boolean | null;
  /** The extension that keeps tracking numbers; null where there is none, or before the first probe. */
  trackings: Trackings | null;
  /** Hosts that are this site's own; empty where that is not known. */
  hosts: ReadonlySet<string>;
  statusLabels: Readonly<Record<string, string>>;
  virtualProductIds: ReadonlySet<string>;
  /** Payment gateways that can send money back; null where that is not known. */
  refundGateways: ReadonlySet<string> | null;
  /** With how many decimals the site counts; null where that is not known. */
  decimals: number | null;
  /** Where site-local times are; null before the first probe. */
  zone: string | null;
  /** Address of an order in the admin; null before the first probe. */
  adminUrl(orderId: string): string | null;
}

/** The shop that a probe found, or one of which nothing is known yet. Findings of an older build count as none. */
export function shopOf(probe: Probe | null): Shop {
  const findings = probe ? findingsSchema.safeParse(probe.findings).data : undefined;
  if (!probe || !findings) return UNKNOWN_SHOP;
  const admin = `${probe.externalUrl}/wp-admin`;
  return {
    coreFulfillments: findings.coreFulfillments,
    trackings: findings.trackings,
    hosts: new Set(findings.hosts),
    statusLabels: findings.statusLabels,
    virtualProductIds: new Set(findings.virtualProductIds),
    refundGateways: findings.refundGateways && new Set(findings.refundGateways),
    decimals: findings.decimals,
    zone: probe.timezone,
    adminUrl: (orderId) =>
      findings.hpos
        ? `${admin}/admin.php?page=wc-orders&action=edit&id=${orderId}`
        : `${admin}/post.php?post=${orderId}&action=edit`,
  };
}

/** The hosts of addresses, with or without www; what is no address is left out. */
export function hostsOf(addresses: readonly string[]): string[] {
  const hosts = addresses.flatMap((address) =>
    URL.canParse(address) ? [new URL(address).host.replace(/^www\./, "")] : [],
  );
  return [...new Set(hosts)];
}

const UNKNOWN_SHOP: Shop = {
  coreFulfillments: null,
  trackings: null,
  hosts: new Set(),
  statusLabels: {},
  virtualProductIds: new Set(),
  refundGateways: null,
  decimals: null,
  zone: null,
  adminUrl: () => null,
};
