import { z } from "zod";
import type { Probe } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import { capabilitiesOf } from "./capability.js";
import type { Woo } from "./client.js";
import { zoneOf } from "./clock.js";
import { probeTrackings } from "./probe-trackings.js";
import { REST_API_SETTINGS, refusal, type WooAnswer } from "./refusal.js";
import type { Settings } from "./settings.js";
import { type Findings, hostsOf } from "./shop.js";

/**
 * Asks a shop who it is and what it can do, and writes nothing. Every way in which a connection commonly fails
 * has its own error, which names the setting to change.
 */
export async function probeShop(
  woo: Woo,
  settings: Settings,
  signal?: AbortSignal,
): Promise<Probe> {
  const site = await readSite(woo, settings, signal);
  await checkReading(woo, signal);
  await checkWriting(woo, signal);
  const [system, coreFulfillments, trackings, statusLabels, virtualProductIds, refundGateways] =
    await Promise.all([
      readSystem(woo, signal),
      hasCoreFulfillments(woo, signal),
      probeTrackings(woo, site.namespaces, signal),
      readStatusLabels(woo, signal),
      readVirtualProducts(woo, signal),
      readRefundGateways(woo, signal),
    ]);
  const findings: Findings = {
    coreFulfillments,
    trackings,
    hosts: hostsOf([settings.url, site.home, site.url]),
    statusLabels,
    hpos: system.hpos,
    virtualProductIds,
    refundGateways,
    decimals: system.decimals,
  };
  return {
    shopName: site.name || new URL(settings.url).host,
    currency: system.currency,
    timezone: zoneOf(site.timezone_string, Number(site.gmt_offset)),
    platformVersion: system.version,
    externalUrl: settings.url,
    capabilities: capabilitiesOf({ coreFulfillments, trackings, refundGateways }),
    locations: [],
    findings,
  };
}

const siteSchema = z.object({
  name: z.string().default(""),
  namespaces: z.array(z.string()),
  url: z.string().default(""),
  home: z.string().default(""),
  timezone_string: z.string().optional(),
  /** Hours, as a number or a text. */
  gmt_offset: z.union([z.number(), z.string()]).default(0),
});

/** The public index. A page instead of JSON mostly means plain permalinks, which `?rest_route=` tells apart. */
async function readSite(woo: Woo, settings: Settings, signal?: AbortSignal) {
  const request = { method: "GET", path: "/", auth: "none", signal } as const;
  const answer = await woo.call(request);
  const site = siteSchema.safeParse(answer.body);
  if (!site.success) throw noIndex(answer, settings, woo.where(request));
  if (site.data.namespaces.includes("wc/v3")) return site.data;
  throw new ChannelError(
    "CHANNEL_REJECTED",
    `WooCommerce: ${settings.url} is a WordPress site without WooCommerce's REST API (wc/v3); activate the plugin WooCommerce there, or correct the Store URL`,
    { mayHaveHappened: false },
  );
}

function noIndex(answer: WooAnswer, settings: Settings, where: string): ChannelError {
  if (answer.status >= 500 || answer.status === 429) return refusal(answer, where);
  return new ChannelError(
    "CHANNEL_REJECTED",
    `WooCommerce: ${where} answered ${answer.status} and no REST API; check the Store URL (${settings.url}), choose anything but Plain under Settings > Permalinks, and let no security plugin close the REST API`,
    { httpStatus: answer.status, mayHaveHappened: false },
  );
}

const PROBE_QUERY = { per_page: "1", _fields: "id" };

async function checkReading(woo: Woo, signal?: AbortSignal): Promise<void> {
  const request = { method: "GET", path: "/wc/v3/orders", query: PROBE_QUERY, signal } as const;
  const answer = await woo.call(request);
  if (answer.status === 200 && Array.isArray(answer.body)) return;
  const error = refusal(answer, woo.where(request));
  if (error.upstreamCode !== "woocommerce_rest_cannot_view" || !woo.isHttps) throw error;
  throw await explainIgnoredKey(woo, error, signal);
}

/**
 * Over https WooCommerce answers the same for an unknown key, a user without rights, an Authorization header that
 * got lost, and a site that does not know it is behind TLS. Signed requests are answered more clearly (measured).
 */
async function explainIgnoredKey(
  woo: Woo,
  error: ChannelError,
  signal?: AbortSignal,
): Promise<ChannelError> {
  const request = {
    method: "GET",
    path: "/wc/v3/orders",
    query: PROBE_QUERY,
    auth: "oauth",
    signal,
  } as const;
  const answer = await woo.call(request);
  if (answer.status !== 200) {
    const signed = refusal(answer, woo.where(request));
    return signed.upstreamCode === error.upstreamCode ? error : signed;
  }
  return new ChannelError(
    "SCOPE_NOT_GRANTED_BY_CHANNEL",
    `WooCommerce: ${woo.where(request)} ignores the key although it is right: the web server drops the Authorization header, or the site does not notice that it is called over https (its proxy must send X-Forwarded-Proto)`,
    {
      httpStatus: error.httpStatus,
      upstreamCode: error.upstreamCode,
      mayHaveHappened: false,
      cause: error,
    },
  );
}

/** An update of an order that cannot exist: a read-only key is refused before the id is looked at, nothing is written. */
async function checkWriting(woo: Woo, signal?: AbortSignal): Promise<void> {
  const request = { method: "PUT", path: "/wc/v3/orders/0", body: {}, signal } as const;
  const answer = await woo.call(request);
  if (answer.status === 401 || answer.status === 403) throw refusal(answer, woo.where(request));
}

const systemSchema = z.object({
  environment: z.object({ version: z.string().nullish() }),
  settings: z.object({
    currency: z.string(),
    HPOS_enabled: z.boolean().optional(),
    number_of_decimals: z.coerce.number().int().min(0).nullish().catch(null),
  }),
});
interface System {
  version: string | null;
  currency: string;
  hpos: boolean;
  decimals: number | null;
}

/**
 * Version and currency. It takes the capability manage_woocommerce, which webhooks need as well, so a user without
 * it is an error; where a host closed only the status report, the newest order tells.
 */
async function readSystem(woo: Woo, signal?: AbortSignal): Promise<System> {
  const request = {
    method: "GET",
    path: "/wc/v3/system_status",
    query: { _fields: "environment,settings" },
    signal,
  } as const;
  const answer = await woo.call(request);
  if (answer.status === 401 || answer.status === 403)
    throw new ChannelError(
      "SCOPE_NOT_GRANTED_BY_CHANNEL",
      `WooCommerce: the key's user lacks the capability manage_woocommerce, without which there are no webhooks; give the key under ${REST_API_SETTINGS} to a Shop manager or Administrator`,
      {
        httpStatus: answer.status,
        mayHaveHappened: false,
        cause: refusal(answer, woo.where(request)),
      },
    );
  const system = systemSchema.safeParse(answer.body);
  if (!system.success) return systemOfNewestOrder(woo, signal);
  const { environment, settings } = system.data;
  return {
    version: environment.version ?? null,
    currency: settings.currency,
    hpos: settings.HPOS_enabled ?? true,
    decimals: settings.number_of_decimals ?? null,
  };
}

async function systemOfNewestOrder(woo: Woo, signal?: AbortSignal): Promise<System> {
  const query = { per_page: "1", _fields: "id,version,currency" };
  const { body } = await woo.get("/wc/v3/orders", query, signal);
  const newest = z
    .tuple([z.object({ version: z.string().nullish(), currency: z.string() })])
    .safeParse(body);
  if (!newest.success)
    throw new ChannelError(
      "CHANNEL_REJECTED",
      "WooCommerce: the shop has no order yet and its status report is closed, so its currency is unknown; open /wc/v3/system_status or place an order",
      { mayHaveHappened: false },
    );
  const [{ version = null, currency }] = newest.data;
  return { version, currency, hpos: true, decimals: null };
}

/** Core fulfillments are switched on one by one; only the index of routes tells. */
async function hasCoreFulfillments(woo: Woo, signal?: AbortSignal): Promise<boolean> {
  const { body } = await woo.get("/wc/v3", {}, signal);
  const index = z.object({ routes: z.record(z.string(), z.unknown()) }).safeParse(body);
  return Object.keys(index.data?.routes ?? {}).some((route) =>
    /^\/wc\/v3\/orders\/.*\/fulfillments$/.test(route),
  );
}

async function readStatusLabels(woo: Woo, signal?: AbortSignal): Promise<Record<string, string>> {
  const answer = await woo.call({ method: "GET", path: "/wc/v3/orders/statuses", signal });
  const statuses = z.array(z.object({ slug: z.string(), name: z.string() })).safeParse(answer.body);
  return Object.fromEntries((statuses.data ?? []).map(({ slug, name }) => [slug, name]));
}

/** More than this many virtual products are not looked for; the rest counts as goods that are shipped. */
const VIRTUAL_PAGES = 10;

async function readVirtualProducts(woo: Woo, signal?: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1; page <= VIRTUAL_PAGES; page++) {
    const query = { virtual: "true", per_page: "100", page: String(page), _fields: "id,virtual" };
    const answer = await woo.call({ method: "GET", path: "/wc/v3/products", query, signal });
    const products = z
      .array(z.object({ id: z.number(), virtual: z.boolean().optional() }))
      .safeParse(answer.body);
    if (!products.success) break;
    // Older shops ignore the filter, so the answer is looked at itself.
    ids.push(...products.data.filter((it) => it.virtual).map((it) => String(it.id)));
    if (products.data.length < 100) break;
  }
  return ids;
}

/**
 * Payment gateways that can send money back, switched on or not: old orders keep theirs. Their settings hold secrets and
 * are not asked for. Null where the key's user may not see gateways, or the shop does not list them.
 */
async function readRefundGateways(woo: Woo, signal?: AbortSignal): Promise<string[] | null> {
  const request = {
    method: "GET",
    path: "/wc/v3/payment_gateways",
    query: { _fields: "id,method_supports" },
    signal,
  } as const;
  const answer = await woo.call(request);
  if (answer.status === 429 || answer.status >= 500) throw refusal(answer, woo.where(request));
  const gateways = gatewaysSchema.safeParse(answer.body);
  if (answer.status !== 200 || !gateways.success) return null;
  return gateways.data.filter((it) => it.method_supports.includes("refunds")).map(({ id }) => id);
}

const gatewaysSchema = z.array(
  z.object({ id: z.string(), method_supports: z.array(z.string()).catch([]) }),
);
