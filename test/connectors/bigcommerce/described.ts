import { at, openApi, requestErrors } from "./spec.js";

/** The descriptions of what is asked of a store, by version; their paths begin behind it. */
const FILES: readonly [version: string, file: string][] = [
  ["v2", "orders.v2.oas2.yml"],
  ["v2", "store_information.v2.yml"],
  ["v3", "orders.v3.yml"],
  ["v3", "webhooks.v3.yml"],
  ["v3", "locations.v3.yml"],
];

/** Parameters that no description has. Archived orders are in no list that it describes; this one is believed. */
const BELIEVED: ReadonlySet<string> = new Set(["GET /v2/orders is_deleted"]);

interface Schema {
  type?: string;
  format?: string;
  enum?: string[];
  items?: Schema;
}
interface Parameter {
  name: string;
  in: "query" | "header" | "path";
  required?: boolean;
  schema: Schema;
}
interface Operation {
  /** "GET /v2/orders/{order_id}" */
  name: string;
  file: string;
  path: string;
  method: string;
  parameters: Parameter[];
}

/** One request as it was sent. */
export interface Asked {
  method: string;
  /** Behind the store's hash: "/v2/orders/218". */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

/** The operation that a request is of, and what the description finds wrong with it. */
export function checkRequest(asked: Asked): { name: string; wrong: string[] } {
  const operation = operationOf(asked);
  if (!operation) {
    const name = `${asked.method} ${asked.path}`;
    return { name, wrong: [`nobody describes ${name}`] };
  }
  const { name, file, path, method, parameters } = operation;
  const wrong = [
    ...[...asked.query].flatMap(([key, value]) => queryErrors(operation, key, value)),
    ...parameters
      .filter((it) => it.in === "header" && it.required && !asked.headers.has(it.name))
      .map((it) => `lacks the header ${it.name}`),
    ...(asked.headers.has("x-auth-token") ? [] : ["lacks the header X-Auth-Token"]),
    ...(asked.headers.get("accept") === "application/json" ? [] : ["does not ask for JSON"]),
    ...(asked.body === undefined ? [] : requestErrors(file, { method, path, body: asked.body })),
  ];
  return { name, wrong: wrong.map((error) => `${asked.method} ${asked.path}: ${error}`) };
}

function queryErrors({ name, parameters }: Operation, key: string, value: string): string[] {
  const parameter = parameters.find((it) => it.in === "query" && it.name === key);
  if (!parameter) return BELIEVED.has(`${name} ${key}`) ? [] : [`has no parameter ${key}`];
  // The direction stands behind the field, which only the text of the description says.
  const plain = key === "sort" ? value.replace(/:(asc|desc)$/, "") : value;
  return fits(parameter.schema, plain) && isDated(key, value)
    ? []
    : [`${key}=${value} does not fit`];
}

function fits({ type, format, enum: words, items }: Schema, value: string): boolean {
  if (type === "array") return value.split(",").every((each) => fits(items ?? {}, each));
  if (type === "integer") return /^-?\d+$/.test(value);
  if (type === "number") return /^-?\d+(\.\d+)?$/.test(value);
  if (type === "boolean") return /^(true|false)$/.test(value);
  if (format === "date-time") return ISO_8601.test(value);
  return words?.includes(value) ?? true;
}

const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2}|Z)$/;
/** v2 types its dates as text, and says in words that they are RFC 2822 or ISO 8601; we send the latter. */
const isDated = (key: string, value: string): boolean =>
  !/^(min|max)_date_/.test(key) || ISO_8601.test(value);

let operations: (Operation & { pattern: RegExp })[] | undefined;

function operationOf({ method, path }: Pick<Asked, "method" | "path">): Operation | undefined {
  operations ??= FILES.flatMap(([version, file]) => operationsIn(version, file)).sort(
    // Numbers stand for every parameter; the more literal path comes first.
    (one, other) => one.path.split("{").length - other.path.split("{").length,
  );
  return operations.find((it) => it.method === method && it.pattern.test(path));
}

type Json = Record<string, unknown>;

function operationsIn(version: string, file: string): (Operation & { pattern: RegExp })[] {
  const paths = openApi(file).paths as Record<string, Json>;
  return Object.entries(paths).flatMap(([path, described]) =>
    Object.entries(described)
      .filter(([method]) => /^(get|post|put|delete)$/.test(method))
      .map(([word, operation]) => {
        const method = word.toUpperCase();
        const given = [described.parameters, (operation as Json).parameters].flat();
        return {
          name: `${method} /${version}${path}`,
          file,
          path,
          method,
          parameters: given.flatMap((it) => (it ? [resolved(file, it as Json)] : [])),
          pattern: new RegExp(`^/${version}${path.replaceAll(/\{\w+\}/g, "\\d+")}$`),
        };
      }),
  );
}

function resolved(file: string, parameter: Json): Parameter {
  const { $ref } = parameter;
  return (typeof $ref === "string" ? at(file, $ref.slice(1)) : parameter) as Parameter;
}
