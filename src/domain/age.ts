import type { OrderHead, SectionAges, SectionName } from "./order.js";
import type { Section } from "./snapshot.js";
import type { Instant } from "./time.js";

/** A section that was let in, each row named once. */
export interface Told<T> extends Section<T> {
  /** Rows, by the platform's id, that are known from a later word than this section's: they stay as they are. */
  later: ReadonlySet<string>;
}

/**
 * What lets sections in: null for one that the order knows from a later word, else the section, whose age is noted in
 * `ages`: a complete one's for the whole, a partial one's for its rows alone, and there no later than now, lest a shop
 * whose clock is ahead outlive what we read afterwards. Equal age is let in, since shops count in seconds.
 */
export function gateOf(ages: SectionAges, now: Instant) {
  return <T extends OrderHead | { nativeId: string }[]>(
    name: SectionName,
    section: Section<T> | undefined,
  ): Told<T> | null => {
    const known = ages[name];
    if (!section || (known !== undefined && section.asOf < known)) return null;
    const { asOf, complete } = section;
    if (complete || !Array.isArray(section.value)) ages[name] = asOf;
    const rows = Object.entries(ages.rows?.[name] ?? {});
    const newer = rows.filter(([, age]) => age > asOf);
    const later = new Set(newer.map(([nativeId]) => nativeId));
    if (!Array.isArray(section.value)) return { ...section, later };
    const value = distinct(section.value) as T & { nativeId: string }[];
    const told = value.filter(({ nativeId }) => !later.has(nativeId));
    const age = asOf < now ? asOf : now;
    noteRows(
      ages,
      name,
      complete ? newer : [...rows, ...told.map(({ nativeId }) => [nativeId, age] as const)],
    );
    return { ...section, value, later };
  };
}

function noteRows(
  ages: SectionAges,
  name: SectionName,
  rows: (readonly [nativeId: string, age: Instant])[],
): void {
  const { [name]: _, ...others } = ages.rows ?? {};
  const all = rows.length > 0 ? { ...others, [name]: Object.fromEntries(rows) } : others;
  if (Object.keys(all).length > 0) ages.rows = all;
  else delete ages.rows;
}

/** The first of every native id. */
export function distinct<Row extends { nativeId: string }>(rows: readonly Row[]): Row[] {
  const seen = new Set<string>();
  return rows.filter(({ nativeId }) => !seen.has(nativeId) && seen.add(nativeId));
}
