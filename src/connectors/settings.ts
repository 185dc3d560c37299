import { z } from "zod";
import { InvalidInput } from "../domain/errors.js";

/** JSON Schema of a platform's settings, for forms. */
export function describeSettings(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: "input" }) as Record<string, unknown>;
}

/** Settings as given from outside, checked. Throws InvalidInput naming every property that is wrong. */
export function checkSettings<Schema extends z.ZodType>(
  platform: string,
  schema: Schema,
  given: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const wrong = issues.map(({ path, message }) => `${path.join(".") || "settings"}: ${message}`);
  const [first] = issues;
  throw new InvalidInput(`${platform} settings: ${wrong.join("; ")}`, [
    String(first?.path[0] ?? "settings"),
  ]);
}

/** A site's address without query and without a slash at its end. */
export function siteUrl(given: string): string {
  const { origin, pathname } = new URL(given);
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}
