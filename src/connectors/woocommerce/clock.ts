import { type Instant, instant } from "../../domain/time.js";

/** The moment of a `…_gmt` field, which is UTC and does not say so. Null where there is none. */
export function fromGmt(text: string | null | undefined): Instant | null {
  return text ? instant(`${text.replace(" ", "T")}Z`) : null;
}

/** UTC as the filters `after` and `modified_after` want it beside `dates_are_gmt`: whole seconds, and no Z. */
export function toGmt(at: Date): string {
  return at.toISOString().slice(0, 19);
}

/**
 * The moment of a site-local time without a zone ("2026-11-22 19:28:15"), which is all that fulfillments have.
 * `zone` is an IANA name or an offset ("+05:30"). An hour that a clock change repeats means its first pass.
 */
export function fromSiteTime(text: string, zone: string): Instant {
  const naiveMs = Date.parse(`${text.replace(" ", "T")}Z`);
  if (Number.isNaN(naiveMs)) throw new RangeError(`not a time of day: "${text}"`);
  const before = naiveMs - offsetMs(naiveMs - DAY_MS, zone);
  const after = naiveMs - offsetMs(naiveMs + DAY_MS, zone);
  const fits = [before, after].find((at) => at + offsetMs(at, zone) === naiveMs);
  return instant(fits ?? before);
}

/** The day that a moment is on at the site, "2026-11-22". `zone` as above. */
export function siteDay(at: Date, zone: string): string {
  return new Date(at.getTime() + offsetMs(at.getTime(), zone)).toISOString().slice(0, 10);
}

/** The zone WordPress names: its `timezone_string`, else its `gmt_offset` in hours. */
export function zoneOf(name: string | undefined, offsetHours: number): string {
  if (name) return name;
  const minutes = Math.round(offsetHours * 60);
  if (minutes === 0) return "UTC";
  // Etc/GMT counts westward: UTC−8 is Etc/GMT+8.
  if (minutes % 60 === 0) return `Etc/GMT${minutes > 0 ? "-" : "+"}${Math.abs(minutes / 60)}`;
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes > 0 ? "+" : "-"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

const DAY_MS = 86_400_000;

/** How far a zone is ahead of UTC at a moment. */
function offsetMs(atMs: number, zone: string): number {
  const fixed = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (fixed) {
    const ms = (Number(fixed[2]) * 60 + Number(fixed[3])) * 60_000;
    return fixed[1] === "-" ? -ms : ms;
  }
  const parts = formatOf(zone).formatToParts(new Date(atMs));
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const [year, month, day] = [part("year"), part("month") - 1, part("day")];
  const local = Date.UTC(year, month, day, part("hour"), part("minute"), part("second"));
  return local - Math.floor(atMs / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}
