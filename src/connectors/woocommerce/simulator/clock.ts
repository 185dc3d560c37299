/** The site's time zone, a fixed UTC−8 as on the recorded shop. */
export const siteOffsetHours = -8;
const offsetMs = siteOffsetHours * 3_600_000;

/** "2026-11-22T19:26:16": site-local and without an offset, as in date_created. */
export function siteTime(seconds: number): string {
  return new Date(seconds * 1000 + offsetMs).toISOString().slice(0, 19);
}

/** "2026-11-23T03:26:16": UTC, and without saying so, as in date_created_gmt. */
export function gmtTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

/** "2026-11-22 19:28:15": site-local as MySQL writes it; fulfillments have no other. */
export function mysqlTime(seconds: number): string {
  return siteTime(seconds).replace("T", " ");
}

const pattern = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}(?::\d{2})?)?$/;

/** Whether WordPress takes this text for a date. */
export function isDate(text: string): boolean {
  const [, day, time] = pattern.exec(text) ?? [];
  return day !== undefined && !Number.isNaN(Date.parse(`${day}T${time}Z`));
}

/**
 * The second a date filter compares with. WordPress turns a value with an offset into site-local time
 * and drops the offset; only then does `dates_are_gmt` choose the column. So a Z together with the flag
 * misses by the site's offset from UTC (measured).
 */
export function filterBound(text: string, datesAreGmt: boolean): number {
  const [, day, time, zone] = pattern.exec(text) ?? [];
  if (day === undefined) throw new RangeError(`"${text}" is no date WordPress would take`);
  const offset = zone && zone !== "Z" && zone.length === 3 ? `${zone}:00` : zone;
  const naive = offset ? siteTime(Date.parse(`${day}T${time}${offset}`) / 1000) : `${day}T${time}`;
  const asUtc = Date.parse(`${naive}Z`) / 1000;
  return datesAreGmt ? asUtc : asUtc - siteOffsetHours * 3600;
}
