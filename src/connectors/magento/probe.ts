import { z } from "zod";
import type { NativeLocation, Probe } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import { capabilitiesOf } from "./capability.js";
import type { Magento } from "./client.js";
import { ask, READING, RETURNS, WRITING } from "./permission.js";
import { INTEGRATIONS, refusal } from "./refusal.js";
import { returnOptionsIn } from "./return-option.js";
import type { Settings } from "./settings.js";
import type { Findings } from "./shop.js";

/**
 * Asks a shop who it is and what it can do, and writes nothing. Every way in which a connection commonly fails has its
 * own error, which names the setting to change in the words of Magento's admin.
 */
export async function probeShop(
  magento: Magento,
  settings: Settings,
  signal?: AbortSignal,
): Promise<Probe> {
  await checkReading(magento, signal);
  const [missing, returns, store, version, modules, locations] = await Promise.all([
    missingForWriting(magento, signal),
    readReturns(magento, signal),
    readStore(magento, signal),
    readVersion(magento, signal),
    readModules(magento, signal),
    readSources(magento, signal),
  ]);
  const rma = returns.known || modules.has("Magento_Rma");
  if (rma && !returns.granted) missing.add(RETURNS.resource);
  const findings: Findings = {
    edition: editionOf(version, rma),
    rma,
    sources: locations.length > 0,
    weightUnit: store.weightUnit,
    returnOptions: returns.options,
  };
  return {
    shopName: store.name ?? new URL(settings.url).host,
    currency: store.currency,
    timezone: store.timezone,
    platformVersion: version,
    externalUrl: settings.url,
    capabilities: capabilitiesOf({ sources: findings.sources, rma, missing }),
    locations,
    findings,
  };
}

/** All that is missing is named at once. A shop that refuses everything does not know the integration. */
async function checkReading(magento: Magento, signal?: AbortSignal): Promise<void> {
  const asked = await ask(magento, READING, signal);
  const missing = asked.filter(({ isMissing }) => isMissing).map(({ permission }) => permission);
  if (missing.length === READING.length) throw unknownIntegration(magento);
  const failed = asked.find(({ answer, isMissing }) => answer.status !== 200 && !isMissing);
  if (failed) throw refusal(failed.answer, magento.where(failed.permission.ask));
  const unread = asked.find(({ answer }) => answer.status === 200 && answer.body === undefined);
  if (unread)
    throw new ChannelError(
      "CHANNEL_REJECTED",
      `Magento: ${magento.where(unread.permission.ask)} answered a page instead of JSON; check the Base URL, and that nothing before the shop closes /rest`,
      { httpStatus: 200, mayHaveHappened: false },
    );
  if (missing.length === 0) return;
  const named = missing.map(({ title, resource }) => `"${title}" (${resource})`).join(", ");
  throw new ChannelError(
    "SCOPE_NOT_GRANTED_BY_CHANNEL",
    `Magento: the integration may not use ${named}; allow it under ${INTEGRATIONS} > Edit > API, save, and reauthorize the integration`,
    { httpStatus: 401, mayHaveHappened: false },
  );
}

/** Magento answers a missing permission, an unknown token and a Bearer token it does not take all alike (measured). */
function unknownIntegration(magento: Magento): ChannelError {
  const remedy = magento.isSigned
    ? `activate the integration under ${INTEGRATIONS}, allow it Sales > Operations on its API tab, and copy all four values again`
    : `since 2.4.4 shops take no access token alone: give the Consumer Key and both secrets too, or set Stores > Configuration > Services > OAuth > Consumer Settings > Allow OAuth Access Tokens to be used as standalone Bearer tokens to Yes. If it is Yes, the integration is not active or lacks Sales > Operations on its API tab`;
  return new ChannelError(
    "SCOPE_NOT_GRANTED_BY_CHANNEL",
    `Magento: the shop refuses this integration everywhere; ${remedy}`,
    { httpStatus: 401, mayHaveHappened: false },
  );
}

async function missingForWriting(magento: Magento, signal?: AbortSignal): Promise<Set<string>> {
  const asked = await ask(magento, WRITING, signal);
  return new Set(
    asked.filter(({ isMissing }) => isMissing).map(({ permission }) => permission.resource),
  );
}

const storeConfigs = z
  .array(
    z.object({
      id: z.number(),
      website_id: z.number().nullish(),
      base_currency_code: z.string().length(3),
      timezone: z.string(),
      weight_unit: z.string().nullish(),
    }),
  )
  .min(1);
const websites = z.array(z.object({ id: z.number(), name: z.string() }));

/** What Magento calls its only website until somebody renames it. */
const UNNAMED = "Main Website";

/** The shop's first store stands for all: an order bears its own currencies. */
async function readStore(magento: Magento, signal?: AbortSignal) {
  const [configs, sites] = await Promise.all([
    magento.get("/store/storeConfigs", {}, signal),
    magento.call({ method: "GET", path: "/store/websites", signal }),
  ]);
  const config = storeConfigs.parse(configs)[0];
  if (!config) throw new ChannelError("CHANNEL_REJECTED", "Magento: the shop has no store");
  const site = websites.safeParse(sites.body).data?.find(({ id }) => id === config.website_id);
  return {
    name: site && site.name !== UNNAMED ? site.name : null,
    currency: config.base_currency_code,
    timezone: config.timezone,
    weightUnit: config.weight_unit ?? null,
  };
}

/** Whether the shop knows returns, lets us see them, and the options their attributes have. */
async function readReturns(magento: Magento, signal?: AbortSignal) {
  const [asked] = await ask(magento, [RETURNS], signal);
  const granted = asked?.answer.status === 200;
  const isRefused = asked?.isMissing ?? false;
  if (!granted) return { known: isRefused, granted, options: null };
  const answer = await magento.call({ method: "GET", path: "/returnsAttributeMetadata", signal });
  return { known: true, granted, options: returnOptionsIn(answer.body) };
}

/** A public page, "Magento/2.4 (Community)", which many shops switch off; no REST route tells the version. */
async function readVersion(magento: Magento, signal?: AbortSignal): Promise<string | null> {
  const page = await magento.page("/magento_version", signal);
  return /^Magento\/([\w.-]+ \(\w+\))/.exec(page?.trim() ?? "")?.[1] ?? null;
}

function editionOf(version: string | null, rma: boolean): string | null {
  if (rma || /Enterprise|B2B/.test(version ?? "")) return "Adobe Commerce";
  return version?.includes("Community") ? "Magento Open Source" : null;
}

/** Names of the shop's modules; none where the integration may not ask. */
async function readModules(magento: Magento, signal?: AbortSignal): Promise<Set<string>> {
  const answer = await magento.call({ method: "GET", path: "/modules", signal });
  return new Set(z.array(z.string()).safeParse(answer.body).data);
}

const source = z.object({
  source_code: z.string(),
  name: z.string(),
  enabled: z.boolean().default(true),
  country_id: z.string().nullish(),
  postcode: z.string().nullish(),
  region: z.string().nullish(),
  city: z.string().nullish(),
  street: z.string().nullish(),
  phone: z.string().nullish(),
});

/** Where stock lies; nothing where the shop has no sources or the integration may not see them. */
async function readSources(magento: Magento, signal?: AbortSignal): Promise<NativeLocation[]> {
  const query = { "searchCriteria[pageSize]": "300" };
  const path = "/inventory/sources";
  const answer = await magento.call({ method: "GET", path, query, signal });
  const found = z.object({ items: z.array(source) }).safeParse(answer.body).data;
  return (found?.items ?? [])
    .filter(({ enabled }) => enabled)
    .map((it) => ({
      nativeId: it.source_code,
      name: it.name,
      address: {
        name: null,
        company: null,
        line1: it.street ?? null,
        line2: null,
        city: it.city ?? null,
        region: it.region ?? null,
        regionCode: null,
        postalCode: it.postcode ?? null,
        country: it.country_id ?? null,
        phone: it.phone ?? null,
      },
    }));
}
