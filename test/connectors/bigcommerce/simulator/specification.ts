import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { parse } from "yaml";
import { specsDir } from "../../../support/specs.js";

type Schema = { [word: string]: unknown };

const folder = join(specsDir ?? "", "bigcommerce");
const files = {
  v2: ["orders.v2.oas2.yml", "store_information.v2.yml"],
  v3: ["orders.v3.yml", "webhooks.v3.yml", "inventory.v3.yml", "locations.v3.yml"],
} as const;

/**
 * What is not in the official schemas though it is in their own published examples or texts (`extra`), and what
 * is not in every record (`optional`). Everything else must be there, and nothing else may be.
 */
const known: Record<string, { extra?: Record<string, Schema>; optional?: string[] }> = {
  // Both stand in every published example of an order, and not in its schema.
  order_Resp: { extra: { custom_status: { type: "string" }, credit_card_type: {} } },
  orderStatus_Base: { extra: { order: { type: "integer" } } },
  orderTaxes_Base: { optional: ["order_product_id", "line_item_type"] },
  links_Full: { optional: ["previous", "next"] },
  // Keyset paging is beside the pages of numbers, and not simulated.
  CollectionMeta: { optional: ["cursor_pagination"] },
  ErrorResponse: { optional: ["errors", "instance"] },
  NotFound: { optional: ["errors"] },
  RefundItem: { optional: ["quantity", "adjustments", "requested_amount"] },
  RefundPayment: { optional: ["transaction_id"] },
  Transaction: {
    optional: [
      "avs_result",
      "credit_card",
      "custom",
      "custom_provider_field_result",
      "cvv_result",
      "gift_certificate",
      "offline",
      "provider_customer_id",
      "provider_instrument_token",
      "reference_transaction_id",
      "store_credit",
    ],
  },
};

/** Statements of the specification that its own texts or examples contradict, put right. */
const corrections: Record<string, (schema: Schema) => Schema> = {
  // "Read-only … `null` if the item is a base variant."
  sku_id: (schema) => ({ ...schema, nullable: true }),
};

const money = /^-?\d+\.\d{4}$/;
const rate = /^\d+\.\d{10}$/;

interface Checker {
  /** What is wrong with an answer, or that the specification does not know it; [] when nothing is. */
  problems(method: string, path: string, status: number, body: unknown): string[];
}

/** The official schemas made strict, for every answer that has one. */
export const specification: Checker | undefined = specsDir ? open() : undefined;

interface Operation {
  method: string;
  pattern: RegExp;
  /** Compiled when first asked for: the order's schema alone takes a while. */
  responses: Record<string, () => ValidateFunction | "no schema">;
}

function open(): Checker {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const operations = Object.entries(files).flatMap(([version, names]) =>
    names.flatMap((name) => operationsOf(ajv, version, name)),
  );
  return {
    problems(method, path, status, body) {
      // Numbers stand for every parameter; the more literal path comes first.
      const found = operations.filter((each) => each.method === method && each.pattern.test(path));
      const responses = found[0]?.responses;
      if (!responses) return [`the specification has no ${method} ${path}`];
      // Declared for shipments alone; every empty list of v2 is told so.
      if (status === 204 && method === "GET" && path.startsWith("/v2/")) return [];
      const validate = responses[status]?.();
      if (!validate) return status < 400 ? [`${method} ${path} has no answer ${status}`] : [];
      if (validate === "no schema" || body === undefined || validate(body)) return [];
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) =>
          `${method} ${path}: ${instancePath} ${message} ${JSON.stringify(params)}`,
      );
    },
  };
}

function operationsOf(ajv: Ajv, version: string, name: string): Operation[] {
  const document = parse(readFileSync(join(folder, name), "utf8"), { maxAliasCount: -1 }) as Schema;
  const strict = strictly(document);
  const paths = document.paths as Record<string, Record<string, { responses?: Schema }>>;
  return Object.entries(paths)
    .sort(([one], [other]) => one.split("{").length - other.split("{").length)
    .flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) => {
        if (!responses) return [];
        const pattern = new RegExp(`^/${version}${path.replaceAll(/\{\w+\}/g, "\\d+")}$`);
        const validators = Object.entries(responses).map(([status, response]) => {
          const compile = () => {
            const schema = contentOf(document, response as Schema);
            return schema ? ajv.compile(patched(path, strict(schema))) : "no schema";
          };
          return [status, once(compile)];
        });
        return [
          { method: method.toUpperCase(), pattern, responses: Object.fromEntries(validators) },
        ];
      }),
    );
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function contentOf(document: Schema, response: Schema): Schema | undefined {
  const whole = "$ref" in response ? lookUp(document, String(response.$ref)) : response;
  const content = (whole.content ?? {}) as Record<string, { schema?: Schema }>;
  return (content["application/json"] ?? content["application/problem+json"])?.schema;
}

/** Answers whose schema says something else than the platform's other words about them. */
function patched(path: string, schema: Schema): Schema {
  // The schema is one fee, the example an object of fees; an order's `include=fees` is a list of them.
  if (path === "/orders/{order_id}/fees" && schema.required)
    return { type: "array", items: schema };
  // A problem's own address is in the schema of this path alone, and in no example.
  if (path === "/orders/{order_id}/transactions" && Array.isArray(schema.required))
    return { ...schema, required: schema.required.filter((word) => word !== "instance") };
  // At least one webhook, says the schema; a new client has none.
  if (path === "/hooks") {
    const { data } = (schema.properties ?? {}) as Record<string, Schema>;
    if (data) delete data.minItems;
  }
  return schema;
}

function lookUp(document: Schema, ref: string): Schema {
  return ref
    .slice(2)
    .split("/")
    .reduce<Schema>((at, key) => at[key.replaceAll("~1", "/")] as Schema, document);
}

/** Resolves a schema and closes it: all properties are there, no others are, amounts have their decimals. */
function strictly(document: Schema): (schema: Schema) => Schema {
  function strict(schema: Schema, name = ""): Schema {
    if (typeof schema.$ref === "string") {
      const last = schema.$ref.split("/").at(-1) ?? "";
      return strict(lookUp(document, schema.$ref), last);
    }
    const correct = corrections[name];
    const whole = merged(document, correct ? correct(schema) : schema);
    const kept: Schema = {};
    for (const word of ["type", "enum", "minItems", "maxItems", "maxLength", "minLength"])
      if (whole[word] !== undefined) kept[word] = whole[word];
    for (const word of ["oneOf", "anyOf"])
      if (Array.isArray(whole[word])) kept[word] = whole[word].map((each: Schema) => strict(each));
    if (whole.items) kept.items = strict(whole.items as Schema);
    if (typeof whole.example === "string" && whole.type === "string") {
      if (money.test(whole.example)) kept.pattern = money.source;
      if (rate.test(whole.example)) kept.pattern = rate.source;
    }
    close(kept, whole, name);
    return whole.nullable === true ? { anyOf: [kept, { type: "null" }] } : kept;
  }

  function close(kept: Schema, { properties }: Schema, name: string): void {
    const entries = Object.entries((properties ?? {}) as Record<string, Schema>);
    if (entries.length === 0) return;
    const { extra = {}, optional = [] } = known[name] ?? {};
    const isLinks = entries.some(([key]) => key === "current") && entries.length === 3;
    kept.properties = {
      ...Object.fromEntries(entries.map(([key, each]) => [key, strict(each, nameOf(key, each))])),
      ...extra,
    };
    kept.additionalProperties = false;
    kept.required = entries
      .map(([key]) => key)
      .filter((key) => !optional.includes(key))
      .filter((key) => !isLinks || key === "current");
  }
  return strict;
}

function nameOf(key: string, { $ref }: Schema): string {
  return $ref ? "" : key;
}

/** One object of all that `allOf` says. */
function merged(document: Schema, schema: Schema): Schema {
  if (!Array.isArray(schema.allOf)) return schema;
  const { allOf, ...own } = schema;
  const parts = (allOf as Schema[]).map((each) => {
    const part = typeof each.$ref === "string" ? lookUp(document, each.$ref) : each;
    return merged(document, part);
  });
  const properties = Object.assign({}, ...[...parts, own].map((each) => each.properties ?? {}));
  return { ...Object.assign({}, ...parts), ...own, properties };
}
