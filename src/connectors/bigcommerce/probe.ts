import { z } from "zod";
import type { NativeLocation, Probe } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import { capabilitiesWithout } from "./capability.js";
import type { BigCommerce, Request } from "./client.js";
import { unreadAnswer } from "./refusal.js";
import { API_ACCOUNTS, SCOPES } from "./scope.js";
import type { Findings } from "./shop.js";

/**
 * Asks a store who it is and what the token may do there, and writes nothing. Throws ChannelError that names what to
 * change: a wrong token, or a scope without which nothing works. Other scopes that are missing take capabilities away.
 */
export async function probeStore(api: BigCommerce, signal?: AbortSignal): Promise<Probe> {
  const store = storeSchema.parse(await api.get("/v2/store", {}, signal));
  const statuses = await api.get("/v2/order_statuses", {}, signal);
  await api.get("/v2/orders", { limit: "1" }, signal);
  const [writes, refunds, transactions, locations] = await Promise.all([
    // No such order can exist: a missing scope is refused before the id is looked at, and nothing is written.
    mayDo(api, { method: "PUT", path: "/v2/orders/0", body: {}, signal }),
    mayDo(api, {
      method: "POST",
      path: "/v3/orders/0/payment_actions/refund_quotes",
      body: { items: [] },
      signal,
    }),
    mayDo(api, { method: "GET", path: "/v3/orders/0/transactions", signal }),
    readLocations(api, signal),
  ]);
  const missing = new Set<string>();
  if (!writes) missing.add(SCOPES.writeOrders);
  if (!refunds) missing.add(SCOPES.refunds);
  const findings: Findings = {
    statusLabels: labelsOf(statuses),
    gramsPerUnit: gramsPer(store.weight_units),
    readsTransactions: transactions,
    warnings: warningsOf({ writes, refunds, transactions, locations: locations !== null }),
  };
  return {
    shopName: store.name,
    currency: store.currency,
    timezone: store.timezone.name,
    platformVersion: null,
    externalUrl: store.control_panel_base_url ?? store.secure_url,
    capabilities: capabilitiesWithout(missing),
    locations: locations ?? [],
    findings: { ...findings },
  };
}

const storeSchema = z.object({
  name: z.string().min(1).catch("BigCommerce"),
  secure_url: z.string(),
  control_panel_base_url: z.string().optional(),
  timezone: z.object({ name: z.string() }),
  currency: z.string().length(3),
  weight_units: z.string().optional(),
});

async function mayDo(api: BigCommerce, request: Request): Promise<boolean> {
  const answer = await api.call(request);
  // Whether it is allowed, only the store's own words say.
  const error = unreadAnswer(answer, api.asked(request));
  if (error && (answer.status === 401 || error.retryable)) throw error;
  return answer.status !== 403;
}

function warningsOf(
  granted: Record<"writes" | "refunds" | "transactions" | "locations", boolean>,
): string[] {
  const give = (scope: string) => `give the API account the OAuth scope ${scope} (${API_ACCOUNTS})`;
  return [
    ...(granted.writes ? [] : [`Orders can be read only: ${give(SCOPES.writeOrders)}`]),
    ...(granted.refunds ? [] : [`No money can be given back: ${give(SCOPES.refunds)}`]),
    ...(granted.transactions
      ? []
      : [`Payments are known by the order's payment status alone: ${give(SCOPES.transactions)}`]),
    ...(granted.locations ? [] : [`Locations are not known: ${give(SCOPES.locations)}`]),
  ];
}

const statusSchema = z.object({
  id: z.number(),
  name: z.string(),
  custom_label: z.string().nullish(),
});

function labelsOf(statuses: unknown): Record<string, string> {
  const known = z.array(statusSchema).parse(statuses);
  return Object.fromEntries(
    known.map(({ id, name, custom_label }) => [String(id), custom_label || name]),
  );
}

/** Units of weight as the control panel names them, in grams. */
const GRAMS: Readonly<Record<string, string>> = {
  ounces: "28.349523125",
  pounds: "453.59237",
  lbs: "453.59237",
  grams: "1",
  kilograms: "1000",
  kgs: "1000",
  tonnes: "1000000",
};

function gramsPer(unit: string | undefined): string | null {
  return GRAMS[unit?.toLowerCase() ?? ""] ?? null;
}

const text = z
  .string()
  .nullish()
  .transform((value) => value || null);
const locationSchema = z.object({
  id: z.number(),
  label: z.string(),
  enabled: z.boolean().default(true),
  address: z
    .object({
      address1: text,
      address2: text,
      city: text,
      state: text,
      zip: text,
      phone: text,
      country_code: text,
    })
    .nullish(),
});

/** The store's places; null where the token may not see them. */
async function readLocations(
  api: BigCommerce,
  signal?: AbortSignal,
): Promise<NativeLocation[] | null> {
  try {
    const found = await api.list("/v3/inventory/locations", {}, signal);
    return z
      .array(locationSchema)
      .parse(found)
      .filter(({ enabled }) => enabled)
      .map(({ id, label, address }) => ({
        nativeId: String(id),
        name: label,
        address: address
          ? {
              name: label,
              company: null,
              line1: address.address1,
              line2: address.address2,
              city: address.city,
              region: address.state,
              regionCode: null,
              postalCode: address.zip,
              country: address.country_code,
              phone: address.phone,
            }
          : null,
      }));
  } catch (error) {
    if (error instanceof ChannelError && error.code === "SCOPE_NOT_GRANTED_BY_CHANNEL") return null;
    throw error;
  }
}
