import type { ShopRequest } from "../../simulator/server.js";
import { ApiError, internal, refuseMissing } from "./errors.js";
import type { Site } from "./site.js";

/** What a value must be: a simple type, a data object with these properties, or a list of such objects. */
export type Shape = "int" | "float" | "string" | "bool" | "any" | ObjectShape | ListShape;
export interface ObjectShape {
  readonly [property: string]: Shape;
}
export interface ListShape {
  readonly list: ObjectShape | "int" | "string";
  /** The interface that an error about too many of them names. */
  readonly type?: string;
}

/** Parameters of a service: names in snake_case. What a client sends beside them is ignored. */
export interface Parameters {
  readonly shape: ObjectShape;
  readonly required?: readonly string[];
}

/** Parameters as the service gets them, all names in snake_case. */
export type Given = Readonly<Record<string, unknown>>;

/** A whole number of a path or body; Magento's words where it is none. */
export function integerIn(text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  throw typeError(text, "int");
}

/** The JSON of a body; {} where there is none. */
export function jsonOf({ body }: ShopRequest): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new ApiError(400, "Decoding error.");
  }
}

/**
 * Converts what a client sent. Unknown names at the top are ignored; within a data object they are an
 * unforeseen exception, and so a 500 (measured). A value of a wrong type is a 400.
 */
export function readParameters(
  site: Site,
  parameters: Parameters | undefined,
  input: unknown,
): Given {
  if (!parameters) return {};
  const { shape, required = [] } = parameters;
  const sent = new Map(entriesOf(input).map(([name, value]) => [snakeCase(name), value]));
  const missing = required.filter(
    (name) => sent.get(name) === undefined || sent.get(name) === null,
  );
  refuseMissing(missing.map(camelCase));
  const given = Object.entries(shape).flatMap(([name, each]) => {
    const value = sent.get(name);
    return value === undefined || value === null ? [] : [[name, convert(site, each, value)]];
  });
  return Object.fromEntries(given) as Given;
}

function convert(site: Site, shape: Shape, value: unknown): unknown {
  if (typeof shape === "string") return simple(shape, value);
  if (isList(shape)) {
    if (!Array.isArray(value)) return [];
    const { list, type = "" } = shape;
    if (site.limits && value.length > site.limits.maxItems) {
      const parameters = { type, max: site.limits.maxItems };
      throw new ApiError(400, 'Maximum items of type "%type" is %max', parameters);
    }
    return value.map((each: unknown) => convert(site, list, each));
  }
  return object(site, shape, value);
}

function object(site: Site, shape: ObjectShape, value: unknown): Record<string, unknown> {
  const entries = entriesOf(value).map(([name, inner]) => {
    const property = snakeCase(name);
    const each = Object.hasOwn(shape, property) ? shape[property] : undefined;
    if (each === undefined) throw internal("5f0c4de0a1b27");
    if (inner === null) return [property, null];
    try {
      return [property, convert(site, each, inner)];
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 400) throw error;
      throw new ApiError(400, `Error occurred during "${property}" processing. ${error.text}`);
    }
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function simple(type: Exclude<Shape, ObjectShape | ListShape>, value: unknown): unknown {
  if (type === "any") return value;
  if (typeof value === "object") throw typeError(JSON.stringify(value), type);
  if (type === "string") return String(value);
  if (type === "bool") return value === true || value === 1 || value === "1" || value === "true";
  const number = typeof value === "boolean" ? Number.NaN : Number(value);
  const isFit = type === "int" ? Number.isInteger(number) : Number.isFinite(number);
  if (!isFit || value === "") throw typeError(String(value), type);
  return number;
}

function typeError(value: string, type: string): ApiError {
  return new ApiError(
    400,
    `The "${value}" value's type is invalid. The "${type}" type was expected. Verify and try again.`,
  );
}

function isList(shape: ObjectShape | ListShape): shape is ListShape {
  return "list" in shape;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
