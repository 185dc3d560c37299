import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { specsDir } from "../../support/specs.js";

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean;
}
interface Operation {
  parameters?: { name: string; in: string; type?: string; schema?: Schema }[];
  responses: Record<string, { schema?: Schema }>;
}
interface Swagger {
  paths: Record<string, Record<string, Operation>>;
  definitions: Record<string, Schema>;
}

/** What is sent or answered, as the wire has it: the path below /rest, with its query. */
export interface Exchange {
  method: string;
  /** "/V1/orders?searchCriteria[pageSize]=1", encoded or not. */
  path: string;
  sent?: unknown;
  status?: number;
  answer?: unknown;
}

/** One published description of Magento's REST API, and what is wrong by it; empty where nothing is. */
export interface Description {
  /** Whether it describes the route at all: each of them is a part of the API. */
  knows(exchange: Exchange): boolean;
  /** Path, query and body of a request; a property that the schema does not know is an error 500 at Magento (measured). */
  requestErrors(exchange: Exchange): string[];
  /** An answer by the schema of its status. */
  answerErrors(exchange: Exchange): string[];
}

/** Reads a description: "admin-orders-2.4.6.trimmed.json". Its schemas are compiled once each, when they are asked for. */
export function openSwagger(file: string): Description {
  const text = readFileSync(join(specsDir ?? "", "magento", file), "utf8");
  const { paths, definitions } = JSON.parse(text) as Swagger;
  const routes = Object.entries(paths).flatMap(([pattern, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      pattern: new RegExp(`^${pattern.replace(/\/$/, "").replace(/\{\w+\}/g, "([^/]+)")}$`),
      isExact: !pattern.includes("{"),
      kinds: [...pattern.matchAll(/\{(\w+)\}/g)].map(
        ([, name]) =>
          operation.parameters?.find((it) => it.in === "path" && it.name === name)?.type,
      ),
      operation,
    })),
  );
  const sent = createValidator(definitions, close);
  const whole = createValidator(mended(definitions), close);
  const picked = createValidator(mended(definitions), (schema) => loosen(close(schema)));

  function errorsOf(
    validatorOf: (schema: Schema) => ValidateFunction,
    schema: Schema,
    value: unknown,
  ): string[] {
    const validate = validatorOf(schema);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      (it) => `${it.instancePath} ${it.message} ${JSON.stringify(it.params)}`,
    );
  }

  function find({ method, path }: Exchange) {
    const [bare = ""] = path.split("?");
    const fitting = routes.filter(
      (route) => route.method === method && route.pattern.test(bare.replace(/\/$/, "")),
    );
    return fitting.find(({ isExact }) => isExact) ?? fitting[0];
  }

  /** The object that `fields` picks from, seen through lists. */
  function shapeOf(schema: Schema | undefined): Schema {
    const name = schema?.$ref?.split("/").at(-1);
    if (name) return shapeOf(definitions[name]);
    return schema?.items ? shapeOf(schema.items) : (schema ?? {});
  }

  function unknownFields(fields: string, schema: Schema, at = ""): string[] {
    return split(fields).flatMap(([name, inner]) => {
      const property = shapeOf(schema).properties?.[name];
      if (!property) return [`fields name ${at}${name}`];
      return inner === null ? [] : unknownFields(inner, property, `${at}${name}.`);
    });
  }

  return {
    knows: (exchange) => find(exchange) !== undefined,
    requestErrors(exchange) {
      const route = find(exchange);
      if (!route) return [`${exchange.method} ${exchange.path} is no route`];
      const { operation, kinds } = route;
      const parameters = operation.parameters ?? [];
      const [bare = "", query = ""] = exchange.path.split("?");
      const values = route.pattern.exec(bare.replace(/\/$/, ""))?.slice(1) ?? [];
      const wrong = values.flatMap((value, at) =>
        kinds[at] === "integer" && !/^\d+$/.test(value) ? [`${value} in the path is no id`] : [],
      );
      for (const [name, value] of new URLSearchParams(query)) {
        if (name === "fields") {
          wrong.push(...unknownFields(value, operation.responses["200"]?.schema ?? {}));
          continue;
        }
        const known = parameters.find(
          (it) => it.in === "query" && it.name === name.replace(/\[\d+\]/g, "[0]"),
        );
        if (!known) wrong.push(`${name} is no parameter`);
        if (known?.type === "integer" && !/^\d+$/.test(value)) wrong.push(`${name} is ${value}`);
      }
      const body = parameters.find((it) => it.in === "body")?.schema;
      if (body) return [...wrong, ...errorsOf(sent, body, exchange.sent ?? {})];
      return exchange.sent == null ? wrong : [...wrong, "a body was sent where none is taken"];
    },
    answerErrors(exchange) {
      const responses = find(exchange)?.operation.responses ?? {};
      const told = responses[String(exchange.status)] ?? responses.default;
      if (!told?.schema) return [];
      const isPicked = exchange.path.includes("fields=");
      return errorsOf(isPicked ? picked : whole, idAsText(told.schema), exchange.answer);
    },
  };
}

/** "entity_id,items[sku]" in its names, each with what it asks of what is inside. */
function split(fields: string): [string, string | null][] {
  const found: [string, string | null][] = [];
  let rest = fields;
  while (rest) {
    const name = /^\w+/.exec(rest)?.[0] ?? "";
    if (!name) throw new Error(`not in Magento's notation: ${fields}`);
    rest = rest.slice(name.length);
    if (!rest.startsWith("[")) {
      found.push([name, null]);
    } else {
      let depth = 0;
      const end = [...rest].findIndex((sign) => {
        depth += sign === "[" ? 1 : sign === "]" ? -1 : 0;
        return depth === 0;
      });
      found.push([name, rest.slice(1, end)]);
      rest = rest.slice(end + 1);
    }
    rest = rest.replace(/^,/, "");
  }
  return found;
}

/** Compiles each schema once; a reference leads to a definition that was changed in the same way. */
function createValidator(
  definitions: Record<string, Schema>,
  change: (schema: Schema) => Schema,
): (schema: Schema) => ValidateFunction {
  const changed = mapped(definitions, change);
  const known = new Map<string, ValidateFunction>();
  return (schema) => {
    const key = JSON.stringify(schema);
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    const validate = known.get(key) ?? ajv.compile({ ...change(schema), definitions: changed });
    known.set(key, validate);
    return validate;
  };
}

/** The description leaves objects open, and Magento does not. */
function close(schema: Schema): Schema {
  return {
    ...within(schema, close),
    ...(schema.type === "object" && { additionalProperties: false }),
  };
}

/** Under `fields` nothing else is there, and an empty list is null (measured). */
function loosen(schema: Schema): Schema {
  const { required: _, ...rest } = within(schema, loosen);
  return { ...rest, ...(schema.type === "array" && { type: ["array", "null"] }) };
}

/**
 * Where the description is wrong about answers: what it calls required is null where the database has nothing, as a real
 * 2.4.6-p11 was recorded to answer. Returns, which nobody recorded, are made by the same code of Magento.
 */
const NULLS: Readonly<Record<string, readonly string[]>> = {
  "rma-data-rma-interface": ["customer_id", "customer_custom_email"],
  "sales-data-order-payment-interface": ["account_status", "cc_last4"],
  "sales-data-creditmemo-item-interface": ["base_cost"],
  "sales-data-shipment-track-interface": ["weight", "qty", "description"],
};

function mended(definitions: Record<string, Schema>): Record<string, Schema> {
  const copy = structuredClone(definitions);
  for (const [name, properties] of Object.entries(NULLS))
    for (const property of properties) {
      const schema = copy[name]?.properties?.[property];
      if (schema && typeof schema.type === "string") schema.type = [schema.type, "null"];
    }
  // An error names its values, or counts them.
  const error = copy["error-response"]?.properties;
  if (error) error.parameters = { type: ["object", "array"] };
  return copy;
}

/** A new document's id is an integer by the description, and text on the wire. */
function idAsText(schema: Schema): Schema {
  return schema.type === "integer" ? { ...schema, type: ["integer", "string"] } : schema;
}

function within(schema: Schema, change: (inner: Schema) => Schema): Schema {
  return {
    ...schema,
    ...(schema.properties && { properties: mapped(schema.properties, change) }),
    ...(schema.items && { items: change(schema.items) }),
  };
}

function mapped<T>(values: Record<string, T>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, it]) => [name, change(it)]));
}
