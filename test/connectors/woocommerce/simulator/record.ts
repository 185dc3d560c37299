import { readFileSync } from "node:fs";
import { join } from "node:path";
import { specsDir } from "../../../support/specs.js";

/** One recorded answer of a running WooCommerce; `http_status`, where recorded, is set apart. */
export function recorded(
  name: string,
  folder: "samples" | "samples-9.9.5" = "samples",
): { status: number | undefined; body: unknown } {
  const file = join(specsDir ?? "", "woocommerce", folder, `${name}.json`);
  const sample: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof sample !== "object" || sample === null || Array.isArray(sample))
    return { status: undefined, body: sample };
  const {
    http_status: status,
    headers,
    location,
    body,
    ...rest
  } = sample as Record<string, unknown>;
  return { status: status as number | undefined, body: headers || location ? body : rest };
}

/** The published schema of one route's items. */
export function schemaOf(route: string): { properties: Record<string, { type: string }> } {
  const file = join(specsDir ?? "", "woocommerce", "options_schemas.json");
  const routes = JSON.parse(readFileSync(file, "utf8")) as Record<string, { schema?: unknown }>;
  const schema = routes[route]?.schema;
  if (!schema) throw new Error(`${route} publishes no schema`);
  return schema as ReturnType<typeof schemaOf>;
}

/**
 * Where an answer's shape is not the record's: keys that miss or are too many, and other types. null goes
 * with everything, and an element of a list is held against the recorded one that is most like it.
 */
export function differences(answer: unknown, record: unknown, path = "$"): string[] {
  if (answer === null || record === null) return [];
  if (Array.isArray(record)) {
    if (!Array.isArray(answer)) return [`${path} is no list`];
    if (record.length === 0) return [];
    return answer.flatMap((each, index) => {
      const complaints = record.map((one) => differences(each, one, `${path}[${index}]`));
      return complaints.reduce((best, other) => (other.length < best.length ? other : best));
    });
  }
  if (typeof record === "object") {
    if (typeof answer !== "object") return [`${path} is ${typeof answer}, recorded an object`];
    const [given, known] = [answer as Record<string, unknown>, record as Record<string, unknown>];
    return [
      ...Object.keys(known)
        .filter((key) => !(key in given))
        .map((key) => `${path}.${key} is missing`),
      ...Object.keys(given)
        .filter((key) => !(key in known))
        .map((key) => `${path}.${key} is not in the record`),
      ...Object.keys(known)
        .filter((key) => key in given)
        .flatMap((key) => differences(given[key], known[key], `${path}.${key}`)),
    ];
  }
  return typeof answer === typeof record
    ? []
    : [`${path} is ${typeof answer}, recorded ${typeof record}`];
}
