/** The forms that text takes in webhook bodies; what fits none is plain text. */
const FORMS: Record<string, RegExp> = {
  "a time with its offset": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/,
  "an amount": /^-?\d+\.\d+$/,
  "a global id": /^gid:\/\/shopify\/\w+\/\d+/,
};

/**
 * Where a body is not of the sample's shape, as sentences: fields that are missing or of its own making, and values of
 * another kind or form. Null fits everything; a list's items are compared with all of the sample's items together.
 */
export function differences(sample: unknown, ours: unknown, place: string): string[] {
  return compare([sample], ours, place);
}

function compare(samples: unknown[], ours: unknown, place: string): string[] {
  const said = samples.filter((sample) => sample !== null && sample !== undefined);
  if (said.length === 0 || ours === null) return [];
  const kinds = new Set(said.map(kindOf));
  const kind = kindOf(ours);
  if (!kinds.has(kind)) return [`${place} is ${kind}, not ${[...kinds].join(" or ")}`];
  if (Array.isArray(ours)) {
    const items = said.flat();
    return items.length === 0 ? [] : ours.flatMap((item) => compare(items, item, `${place}[]`));
  }
  if (typeof ours !== "object") return [];
  const known = new Map<string, unknown[]>();
  for (const sample of said)
    for (const [key, value] of Object.entries(sample as object))
      known.set(key, [...(known.get(key) ?? []), value]);
  const fields = ours as Record<string, unknown>;
  return [
    ...[...known.keys()]
      .filter((key) => !(key in fields))
      .map((key) => `${place}.${key} is missing`),
    ...Object.keys(fields)
      .filter((key) => !known.has(key))
      .map((key) => `${place}.${key} is not known`),
    ...[...known].flatMap(([key, values]) =>
      key in fields ? compare(values, fields[key], `${place}.${key}`) : [],
    ),
  ];
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value !== "string") return typeof value;
  return Object.entries(FORMS).find(([, form]) => form.test(value))?.[0] ?? "text";
}
