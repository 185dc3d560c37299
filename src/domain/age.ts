import type { OrderHead, SectionAges, SectionName } from "./order.js";
import type { Section } from "./snapshot.js";

/** A section that was let in, each row named once. */
export interface Told<T> extends Section<T> {
  /** Rows, by the platform's id, that are known from a later word than this section's: they stay as they are. */
  later: ReadonlySet<string>;
}

/**
 * Lets a section in unless the order knows it from a later word, and notes its age in `ages`: a complete one's for the
 * section, a partial one's for its rows alone. Equal age is let in, since shops count in seconds.
 */
export function letIn<T extends OrderHead | { nativeId: string }[]>(
  ages: SectionAges,
  name: SectionName,
  section: Section<T> | undefined,
): Told<T> | null {
  const known = ages[name];
  if (!section || (known !== undefined && section.asOf < known)) return null;
  const { asOf, complete } = section;
  const rows = Object.entries(ages.rows?.[name] ?? {}).filter(([, age]) => age > asOf);
  const later = new Set(rows.map(([nativeId]) => nativeId));
  if (!Array.isArray(section.value)) {
    ages[name] = asOf;
    return { ...section, later };
  }
  const value = distinct(section.value) as T & { nativeId: string }[];
  if (complete) ages[name] = asOf;
  const told = complete ? [] : value.filter(({ nativeId }) => !later.has(nativeId));
  const kept = complete ? rows : Object.entries(ages.rows?.[name] ?? {});
  noteRows(ages, name, [...kept, ...told.map(({ nativeId }) => [nativeId, asOf] as const)]);
  return { ...section, value, later };
}

function noteRows(
  ages: SectionAges,
  name: SectionName,
  rows: (readonly [nativeId: string, age: string])[],
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
