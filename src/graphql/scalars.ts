import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { roundQuantity } from "../domain/quantity.js";

/** RFC 3339 in, a Date inside; a Date or our own text out, always UTC with milliseconds. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: "DateTime",
  description: "A moment as RFC 3339 text; always in UTC on output (2026-01-31T09:30:00.000Z).",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339",
  serialize(value) {
    const date = value instanceof Date ? value : new Date(String(value));
    if (Number.isNaN(date.getTime())) throw new RangeError(`not a moment: ${String(value)}`);
    return date.toISOString();
  },
  parseValue: parseMoment,
  parseLiteral: (node) => parseMoment(textOf("DateTime", node)),
});

export const Decimal = textScalar({
  name: "Decimal",
  description: 'An exact decimal number as text ("12.50"); never a float.',
  pattern: /^-?\d{1,15}(\.\d{1,9})?$/,
  expected: 'a decimal number in quotes, such as "12.50"',
});

/** JSON number with at most 4 decimals. */
export const Quantity = new GraphQLScalarType<number, number>({
  name: "Quantity",
  description: "A quantity as a number with at most 4 decimals, since some shops sell fractions.",
  serialize: (value) => roundQuantity(Number(value)),
  parseValue: parseQuantity,
  parseLiteral(node) {
    if (node.kind !== Kind.INT && node.kind !== Kind.FLOAT) throw refused("Quantity", node.kind);
    return parseQuantity(Number(node.value));
  },
});

export const CurrencyCode = textScalar({
  name: "CurrencyCode",
  description: "A currency by ISO 4217 (EUR).",
  pattern: /^[A-Z]{3}$/,
  expected: 'three capital letters of ISO 4217, such as "EUR"',
});

export const CountryCode = textScalar({
  name: "CountryCode",
  description: "A country by ISO 3166-1 alpha-2 (DE).",
  pattern: /^[A-Z]{2}$/,
  expected: 'two capital letters of ISO 3166-1, such as "DE"',
});

export const Url = new GraphQLScalarType<string, string>({
  name: "URL",
  description: "An absolute http or https address.",
  specifiedByURL: "https://url.spec.whatwg.org/",
  serialize: String,
  parseValue: parseUrl,
  parseLiteral: (node) => parseUrl(textOf("URL", node)),
});

export const Json = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "Any JSON value.",
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => jsonOf(node, variables ?? {}),
});

export const Cursor = textScalar({
  name: "Cursor",
  description:
    "A place in the log of events, opaque; the same token in Query.events and every subscription.",
  pattern: /^[\x21-\x7e]{1,200}$/,
  expected: "a cursor that this API gave",
});

export const IdempotencyKey = textScalar({
  name: "IdempotencyKey",
  description: "1 to 255 characters of your choice that name one write of your integration.",
  pattern: /^[\s\S]{1,255}$/u,
  expected: "1 to 255 characters",
});

/** ISO 8601 out of milliseconds. */
export const Duration = new GraphQLScalarType<string, string>({
  name: "Duration",
  description: "A span of time by ISO 8601 (PT1.5S).",
  serialize: (value) => (typeof value === "number" ? durationOf(value) : String(value)),
});

interface TextScalar {
  name: string;
  description: string;
  pattern: RegExp;
  expected: string;
}

function textScalar({ name, description, pattern, expected }: TextScalar) {
  const check = (value: unknown): string => {
    if (typeof value === "string" && pattern.test(value)) return value;
    throw refused(name, value, expected);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: String,
    parseValue: check,
    parseLiteral: (node) => check(textOf(name, node)),
  });
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

function parseMoment(value: unknown): Date {
  const date = typeof value === "string" && RFC_3339.test(value) ? new Date(value) : null;
  if (date === null || Number.isNaN(date.getTime()))
    throw refused("DateTime", value, "RFC 3339 with an offset, such as 2026-01-31T09:30:00Z");
  return date;
}

function parseQuantity(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value) || roundQuantity(value) !== value)
    throw refused("Quantity", value, "a number with at most 4 decimals");
  return value;
}

function parseUrl(value: unknown): string {
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw refused("URL", value, "an absolute http or https address");
  return url.href;
}

function textOf(name: string, node: ValueNode): string {
  if (node.kind !== Kind.STRING) throw refused(name, node.kind, "text in quotes");
  return node.value;
}

function jsonOf(node: ValueNode, variables: Record<string, unknown>): unknown {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.NULL:
      return null;
    case Kind.LIST:
      return node.values.map((value) => jsonOf(value, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map((field) => [field.name.value, jsonOf(field.value, variables)]),
      );
    case Kind.VARIABLE:
      return variables[node.name.value];
  }
}

function durationOf(ms: number): string {
  return `PT${Math.max(0, ms) / 1000}S`;
}

function refused(name: string, value: unknown, expected?: string): GraphQLError {
  const shown = typeof value === "string" ? `"${value.slice(0, 40)}"` : typeof value;
  return new GraphQLError(`${name} cannot be ${shown}${expected ? `: expected ${expected}` : ""}`, {
    extensions: { code: "BAD_USER_INPUT" },
  });
}
