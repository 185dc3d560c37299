import { carriers } from "../../simulator/catalog.js";
import { addNote } from "./notes.js";
import { saveOrder, setMeta } from "./order.js";
import { changeStatus } from "./order-status.js";
import type { Site, TrackingPlugin } from "./site.js";
import type { Order } from "./state.js";

const key = "_wc_shipment_tracking_items";

/** One entry of the order's meta, as the plugins write it: Shipment Tracking's six fields, AST's ten (recorded). */
export interface TrackingItem {
  tracking_provider: string;
  custom_tracking_provider: string;
  custom_tracking_link: string;
  tracking_number: string;
  tracking_product_code?: string;
  source?: string;
  /** Unix seconds. */
  date_shipped: number;
  status_shipped?: string;
  tracking_id: string;
  user_id?: number;
}
/** What a request, or a person in the admin, gives. */
export interface GivenTracking {
  number: string;
  provider?: string;
  customProvider?: string;
  customLink?: string;
  /** In whatever format. */
  dateShipped?: string;
  /** AST: "1" completes the order, "2" calls it partially shipped. */
  statusShipped?: string;
  /** AST: whether what was there goes first. */
  replace?: boolean;
}

/** Trackings of an order, for the order as a whole. */
export function trackingsOf({ meta }: Pick<Order, "meta">): TrackingItem[] {
  return entriesOf(meta).map(([, item]) => item);
}

/** Adds one more, also of a number that is there already (measured), and saves the order. */
export function addTracking(site: Site, order: Order, given: GivenTracking): TrackingItem {
  const item = itemOf(site, given);
  const before = given.replace ? [] : entriesOf(order.meta);
  const next = Math.max(-1, ...before.map(([index]) => index)) + 1;
  write(site, order, [...before, [next, item]]);
  if (site.tracking === "ast") {
    const { name } = formatted(site, item);
    addNote(
      site,
      order.id,
      `Order was shipped with ${name} and tracking number is: ${given.number}`,
    );
    if (given.statusShipped === "1") changeStatus(site, order, "completed");
    if (given.statusShipped === "2") changeStatus(site, order, "partial-shipped");
  }
  return item;
}

/** Takes one away and saves the order; false where there is none. */
export function removeTracking(site: Site, order: Order, trackingId: string): boolean {
  const before = entriesOf(order.meta);
  const after = before.filter(([, item]) => item.tracking_id !== trackingId);
  if (after.length === before.length) return false;
  // Shipment Tracking numbers its list anew; AST leaves the gap, of which PHP makes a map in JSON.
  write(
    site,
    order,
    site.tracking === "ast" ? after : after.map(([, item], index) => [index, item]),
  );
  return true;
}

/** Name and link as people get them. AST knows neither of a provider that is not in its list (measured). */
export function formatted(site: Site, item: TrackingItem): { name: string; link: string } {
  const number = item.tracking_number;
  if (item.custom_tracking_provider) {
    const link = item.custom_tracking_link.replaceAll("%1$s", number);
    return { name: item.custom_tracking_provider, link };
  }
  const known = providersOf(site.tracking).find(
    ([, name]) => slug(name) === item.tracking_provider,
  );
  if (!known) return { name: "", link: item.custom_tracking_link };
  const [, name, link] = known;
  return { name, link: link.replace(/%1\$s|%number%/, number) };
}

/** Providers by region, each with its link: `%1$s` or `%number%` stands for the number. */
export function viewProviders({ tracking }: Site): Record<string, Record<string, string>> {
  const groups: Record<string, Record<string, string>> = {};
  for (const [group, name, link] of providersOf(tracking))
    groups[group] = { ...groups[group], [name]: link };
  return groups;
}

function providersOf(plugin: TrackingPlugin | null): [group: string, name: string, link: string][] {
  const group = (code: string) => (code === "usps" ? "United States (US)" : "Global");
  // AST lists those that its settings switch on, as on the recorded shop.
  const listed = carriers.filter(({ code }) => plugin !== "ast" || ["ups", "usps"].includes(code));
  const placeholder = plugin === "ast" ? "%number%" : "%1$s";
  return listed.map(({ code, name, trackingUrl }) => [group(code), name, trackingUrl(placeholder)]);
}

function itemOf(site: Site, given: GivenTracking): TrackingItem {
  const { number, provider = "", customProvider = "", customLink = "" } = given;
  const trackingId = site.random.text(32, "0123456789abcdef");
  if (site.tracking !== "ast")
    return {
      tracking_provider: slug(provider),
      custom_tracking_provider: customProvider,
      custom_tracking_link: customLink,
      tracking_number: number,
      date_shipped:
        secondsOf(given.dateShipped, /^(?<y>\d{4})-(?<m>\d\d)-(?<d>\d\d)$/) ?? site.now(),
      tracking_id: trackingId,
    };
  const name = customProvider || provider;
  const known = providersOf(site.tracking).find((row) => row[1] === name);
  return {
    tracking_provider: known ? slug(known[1]) : name,
    custom_tracking_provider: "",
    custom_tracking_link: customLink,
    tracking_number: number,
    tracking_product_code: "",
    source: "REST_API",
    // It reads the format of its own settings and takes everything else for today (measured).
    date_shipped: secondsOf(given.dateShipped, /^(?<d>\d\d)-(?<m>\d\d)-(?<y>\d{4})$/) ?? site.now(),
    status_shipped: given.statusShipped ?? "",
    tracking_id: trackingId,
    user_id: 1,
  };
}

/** WordPress's sanitize_title, as far as names of carriers go. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function secondsOf(text: string | undefined, format: RegExp): number | null {
  const { y, m, d } = format.exec(text ?? "")?.groups ?? {};
  const ms = Date.parse(`${y}-${m}-${d}T00:00:00Z`);
  return Number.isNaN(ms) ? null : ms / 1000;
}

function entriesOf(meta: Order["meta"]): [index: number, item: TrackingItem][] {
  const value = meta.find((each) => each.key === key)?.value ?? [];
  return Object.entries(value as Record<string, TrackingItem>).map(([index, item]) => [
    Number(index),
    item,
  ]);
}

function write(site: Site, order: Order, entries: [number, TrackingItem][]): void {
  const isList = entries.every(([index], at) => index === at);
  const value = isList ? entries.map(([, item]) => item) : Object.fromEntries(entries);
  setMeta(site, order, key, value);
  saveOrder(site, order);
}
