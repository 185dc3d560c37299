import type { PackageWish } from "../../domain/command.js";
import { GatewayError } from "../../domain/errors.js";
import { normalizeTrackingNumber } from "../../domain/tracking.js";
import type { Parcel, Tracking } from "./request.js";

/** The parcels of packages that bear a number. */
export function parcelsOf(packages: readonly PackageWish[]): Parcel[] {
  return packages.flatMap(({ tracking }) =>
    tracking ? [{ number: tracking.number, company: tracking.carrier, url: tracking.url }] : [],
  );
}

/** Parcels as one fulfillment holds them, each number once; throws GatewayError where their carriers differ. */
export function trackingOf(parcels: readonly Parcel[]): Tracking {
  const distinct = distinctParcels(parcels);
  const companies = [...new Set(distinct.flatMap(({ company }) => company ?? []))];
  if (companies.length > 1)
    throw new GatewayError(
      "CAPABILITY_NOT_SUPPORTED",
      `Shopify keeps one carrier per fulfillment, not ${companies.join(" and ")}; name the lines of each package, so that each becomes a fulfillment of its own`,
    );
  const urls = distinct.flatMap(({ url }) => url ?? []);
  return {
    company: companies[0] ?? null,
    numbers: distinct.map(({ number }) => number),
    urls: urls.length > 0 && urls.length === distinct.length ? urls : null,
  };
}

/** What was there, followed by what is new; a number that is there already takes the new details. */
export function mergeParcels(known: readonly Parcel[], added: readonly Parcel[]): Parcel[] {
  return distinctParcels([...known, ...added]);
}

function distinctParcels(parcels: readonly Parcel[]): Parcel[] {
  const byNumber = new Map<string, Parcel>();
  for (const parcel of parcels) {
    const key = normalizeTrackingNumber(parcel.number);
    const before = byNumber.get(key);
    byNumber.set(key, {
      number: before?.number ?? parcel.number,
      company: parcel.company ?? before?.company ?? null,
      url: parcel.url ?? before?.url ?? null,
    });
  }
  return [...byNumber.values()];
}
