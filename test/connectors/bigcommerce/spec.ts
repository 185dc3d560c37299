import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2019, type ValidateFunction } from "ajv/dist/2019.js";
import { parse } from "yaml";
import { specsDir } from "../../support/specs.js";

type Json = Record<string, unknown>;
const documents = new Map<string, Json>();

/** One of BigCommerce's OpenAPI descriptions. */
export function openApi(file: string): Json {
  const known = documents.get(file);
  if (known) return known;
  const path = join(specsDir ?? "", "bigcommerce", file);
  const read = parse(readFileSync(path, "utf8")) as Json;
  documents.set(file, read);
  return read;
}

/** The value at a JSON pointer ("/components/responses/order_Resp"). */
export function at(file: string, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((value, part) => (value as Json | undefined)?.[part], openApi(file));
}

/** Every example of a response by the name of the response. */
export function examplesOf(file: string, response: string): unknown[] {
  const json = at(file, `/components/responses/${response}/content/application~1json`) as Json;
  const examples = (json.examples ?? {}) as Record<string, { value: unknown }>;
  return Object.values(examples).map(({ value }) => value);
}

export interface PublishedError {
  /** File and place, for messages. */
  where: string;
  status: number;
  body: unknown;
}

/** Every example of an error answer, wherever a description keeps it. The status is the answer's own. */
export function publishedErrors(): PublishedError[] {
  const files = readdirSync(join(specsDir ?? "", "bigcommerce")).filter((name) =>
    name.endsWith(".yml"),
  );
  return files.flatMap((file) => {
    const { paths, components } = openApi(file);
    const found: PublishedError[] = [];
    collect(paths, [file], found);
    collect((components as Json | undefined)?.responses, [file], found);
    return found;
  });
}

function collect(value: unknown, where: string[], found: PublishedError[]): void {
  if (typeof value !== "object" || value === null) return;
  const { content } = value as Json;
  const status = Number(/^\d{3}/.exec(where.at(-1) ?? "")?.[0] ?? 0);
  if (content && status >= 400)
    for (const media of Object.values(content as Record<string, Json>)) {
      const examples = Object.values((media.examples ?? {}) as Record<string, Json>);
      const bodies = [...examples.map((it) => it.value ?? it), media.example];
      for (const body of bodies)
        if (body !== undefined) found.push({ where: where.join(" "), status, body });
    }
  for (const [key, inner] of Object.entries(value)) collect(inner, [...where, key], found);
}

/** The callback samples by file name; one of them is empty. */
export function callbackSamples(): { name: string; body: Buffer }[] {
  const folder = join(specsDir ?? "", "bigcommerce", "webhook-callback-samples");
  return readdirSync(folder).map((name) => ({ name, body: readFileSync(join(folder, name)) }));
}

interface Asked {
  method: string;
  path: string;
}

/** What is wrong with a body by the request's schema in the description; empty where nothing is. */
export function requestErrors(
  file: string,
  { method, path, body }: Asked & { body: unknown },
): string[] {
  const validate = validatorOf(file, { method, path });
  if (!validate) return [`${method} ${path} takes no body`];
  if (validate(body)) return [];
  return (validate.errors ?? []).map((it) => `${it.instancePath} ${it.message}`);
}

const validators = new Map<string, ValidateFunction>();

/** Compiled once, which takes a while: orders.v3 has many schemas. */
function validatorOf(file: string, { method, path }: Asked): ValidateFunction | null {
  const pointer = `/paths/${path.replaceAll("/", "~1")}/${method.toLowerCase()}/requestBody/content/application~1json/schema`;
  const known = validators.get(file + pointer);
  if (known) return known;
  const schema = at(file, pointer);
  if (!schema) return null;
  const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
  const { components } = openApi(file);
  const validate = ajv.compile({
    ...closed(schema as Json),
    components: mended(components as Json),
  });
  validators.set(file + pointer, validate);
  return validate;
}

/**
 * The two mistakes in the description of refunds, put right: an adjustment's `exclusiveMaximum: True` is a word of an older
 * JSON Schema (which does not compile), meant beside `maximum: 0`; and an item of type ORDER or FEE fits two of the forms of
 * which it says `oneOf`, so that none of its own examples would pass.
 */
export function mended(components: Json): Json {
  const copy = structuredClone(components);
  const { ItemsRefund, RefundItemAdjustment } = (copy.schemas ?? {}) as Record<string, Json>;
  if (ItemsRefund) {
    ItemsRefund.anyOf = ItemsRefund.oneOf;
    delete ItemsRefund.oneOf;
  }
  const { amount } = (RefundItemAdjustment?.properties ?? {}) as Record<string, Json>;
  if (amount) {
    amount.exclusiveMaximum = 0;
    delete amount.maximum;
  }
  return copy;
}

/** The descriptions leave every object open; for what we send, a field that they do not know is a mistake. */
function closed(schema: Json): Json {
  return { ...schema, unevaluatedProperties: false };
}
