import { readFileSync } from "node:fs";
import { join } from "node:path";
import { specsDir } from "../../../support/specs.js";

/** One recorded exchange with a running Magento 2.4.6-p11. */
export interface Recorded {
  request: { method: string; path: string; body: unknown };
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it reads
  response: { status: number; headers: Record<string, string>; body: any };
}

export function recorded(name: string): Recorded {
  const file = join(specsDir ?? "", "magento", "samples", `${name}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Recorded;
}

/**
 * A value with nothing left but its names and types, in their order: {a: 1, b: [{c: ""}]} is
 * ["a number", ["b", [["c string"]]]]. Lists keep their length.
 */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.entries(value).map(([name, inner]) => {
    const shape = shapeOf(inner);
    return typeof shape === "string" ? `${name} ${shape}` : [name, shape];
  });
}
