import type { TrackingWish } from "../../domain/command.js";
import type { Instant } from "../../domain/time.js";
import { carrierName, carrierSlug, sameCarrier } from "./carrier.js";
import { siteDay } from "./clock.js";
import type { TrackingPayload } from "./payload.js";
import type { Shop, Trackings } from "./shop.js";

/** Body of a new tracking, as this shop's extension wants it. */
export function trackingBody(
  tracking: TrackingWish,
  { shippedAt, now }: { shippedAt: Instant | null; now: Date },
  { trackings, zone }: Shop,
): Record<string, string> {
  const day = shippedAt && zone ? siteDay(new Date(shippedAt), zone) : null;
  // Today is what every flavour takes where nothing is said.
  const isOther = day !== null && zone !== null && day !== siteDay(now, zone);
  return {
    tracking_number: tracking.number,
    ...carrierFields(tracking, trackings),
    ...(isOther ? { date_shipped: DATES[trackings?.plugin ?? "shipment-tracking"](day) } : {}),
  };
}

/** Whether a tracking is what would be written for this wish now. */
export function isWritten(item: TrackingPayload, wish: TrackingWish, shop: Shop): boolean {
  const fields = carrierFields(wish, shop.trackings);
  const name = fields.tracking_provider ?? fields.custom_tracking_provider ?? null;
  const shown = item.custom_tracking_provider ?? item.tracking_provider;
  const same = name === null ? shown === null : shown !== null && sameCarrier(name, shown);
  return same && (item.custom_tracking_link ?? null) === (fields.custom_tracking_link ?? null);
}

/**
 * YYYY-MM-DD, as documented; AST reads the format of its own settings, which is DD-MM-YYYY unless somebody changed it, and
 * takes what it cannot read for today (measured).
 */
const DATES: Record<Trackings["plugin"], (day: string) => string> = {
  "shipment-tracking": (day) => day,
  ast: (day) => day.split("-").reverse().join("-"),
};

/**
 * A carrier of the shop's own list by its name there, whose link the shop makes. AST takes any other name too, and shows
 * none then (measured), so others are given as carriers of their own, with their link whole: AST expands none.
 */
function carrierFields(tracking: TrackingWish, trackings: Trackings | null): CarrierFields {
  const provider = providerOf(tracking, trackings);
  if (provider) return { tracking_provider: provider };
  const { carrier, carrierCode, url } = tracking;
  const name = carrier ?? carrierCode ?? (url && URL.canParse(url) ? new URL(url).host : null);
  if (!name) return {};
  return { custom_tracking_provider: name, ...(url ? { custom_tracking_link: url } : {}) };
}

type CarrierFields = Partial<
  Record<"tracking_provider" | "custom_tracking_provider" | "custom_tracking_link", string>
>;

function providerOf(tracking: TrackingWish, trackings: Trackings | null): string | null {
  const slug = carrierSlug(tracking);
  const names = [tracking.carrier, tracking.carrierCode, slug && carrierName(slug)];
  const providers = Object.keys(trackings?.providers ?? {});
  return providers.find((one) => names.some((name) => name && sameCarrier(one, name))) ?? null;
}
