import type { NativeLocation, Probe } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import { capabilitiesWith, missingScopes } from "./capabilities.js";
import { API_VERSION, type Client } from "./client.js";
import { locations, shopFacts } from "./operations.js";
import type { LocationsQuery } from "./payload.js";
import { ALL_ORDERS, withImplied } from "./scopes.js";

/** What the connector keeps of a probe for the next time it is opened. */
interface Findings {
  /** The permanent domain, as webhooks name it. */
  domain: string;
  scopes: string[];
  plan: string;
  apiVersion: { asked: string; served: string | null };
  /** What a person should know: scopes that are lacking, old orders out of reach, an API version that has run out. */
  warnings: string[];
}

/** Who the shop is and what the app may do there. Throws ChannelError that names a scope without which nothing works. */
export async function probeShop(
  client: Client,
  shop: string,
  signal?: AbortSignal,
): Promise<Probe> {
  const { shop: facts, currentAppInstallation } = await client.call(shopFacts, {}, signal);
  const granted = withImplied(currentAppInstallation.accessScopes.map(({ handle }) => handle));
  const capabilities = capabilitiesWith(granted);
  const reading = capabilities.find(({ operation }) => operation === "ORDER_READ");
  if (!reading?.granted)
    throw new ChannelError(
      "SCOPE_NOT_GRANTED_BY_CHANNEL",
      `Shopify: ${shop} lets the app read no orders; grant it the access scopes ${reading?.requiredScopes.join(" and ")} and install it anew`,
      { upstreamCode: "ACCESS_DENIED", mayHaveHappened: false },
    );
  const findings: Findings = {
    domain: facts.myshopifyDomain,
    scopes: [...granted].sort(),
    plan: facts.plan.publicDisplayName,
    apiVersion: { asked: API_VERSION, served: client.servedVersion() },
    warnings: warningsOf(granted, client),
  };
  return {
    shopName: facts.name,
    currency: facts.currencyCode,
    timezone: facts.ianaTimezone,
    platformVersion: client.servedVersion(),
    externalUrl: `https://${facts.myshopifyDomain}/admin`,
    capabilities,
    locations: await readLocations(client, signal),
    findings: { ...findings },
  };
}

function warningsOf(granted: ReadonlySet<string>, client: Client): string[] {
  const served = client.servedVersion();
  const warnings: string[] = [];
  const missing = missingScopes(granted);
  if (missing.length > 0)
    warnings.push(
      `Shopify lets this app do only a part; ask for the access ${missing.length > 1 ? "scopes" : "scope"} ${missing.join(", ")} and install the app anew`,
    );
  if (!granted.has(ALL_ORDERS))
    warnings.push(
      `Shopify shows this app only orders of the last 60 days; ask for the access scope ${ALL_ORDERS} to import older ones`,
    );
  if (served !== null && served !== API_VERSION)
    warnings.push(
      `Shopify answers with API version ${served} instead of ${API_VERSION}, which it no longer supports; update the gateway`,
    );
  const deprecation = client.deprecation();
  if (deprecation !== null)
    warnings.push(
      `Shopify will take a call of the gateway's no longer; update it (${deprecation})`,
    );
  return warnings;
}

/** The shop's places, or none where the app may not see them. */
async function readLocations(client: Client, signal?: AbortSignal): Promise<NativeLocation[]> {
  const found: NativeLocation[] = [];
  let after: string | null = null;
  try {
    for (;;) {
      const page: LocationsQuery["locations"] = (await client.call(locations, { after }, signal))
        .locations;
      found.push(...page.nodes.map(translateLocation));
      if (!page.pageInfo.hasNextPage) return found;
      after = page.pageInfo.endCursor;
    }
  } catch (error) {
    if (error instanceof ChannelError && error.code === "SCOPE_NOT_GRANTED_BY_CHANNEL") return [];
    throw error;
  }
}

function translateLocation(location: LocationsQuery["locations"]["nodes"][number]): NativeLocation {
  const { address } = location;
  return {
    nativeId: location.id,
    name: location.name,
    address: {
      name: location.name,
      company: null,
      line1: address.address1,
      line2: address.address2,
      city: address.city,
      region: address.province,
      regionCode: address.provinceCode,
      postalCode: address.zip,
      country: address.countryCode,
      phone: address.phone,
    },
  };
}
