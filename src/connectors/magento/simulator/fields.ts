/** What `fields` asks for: names, each with what it asks for below it, or true for all of it. */
interface Wanted {
  [name: string]: Wanted | true;
}

/**
 * What `fields=items[sku,items[qty]],total_count` leaves of an answer. A list that is empty becomes null
 * where something below it was asked for (measured).
 */
export function projected(body: unknown, fields: unknown): unknown {
  if (typeof fields !== "string" || fields === "" || typeof body !== "object" || body === null)
    return body;
  return narrowed(body, parse(fields));
}

function parse(fields: string): Wanted {
  const tokens = fields.match(/[^\s,[\]]+|[[\]]/g) ?? [];
  const root: Wanted = {};
  const open: Wanted[] = [root];
  let last = "";
  for (const token of tokens) {
    const top = open.at(-1) ?? root;
    if (token === "]") open.pop();
    else if (token === "[") {
      const inner: Wanted = {};
      top[last] = inner;
      open.push(inner);
    } else {
      top[token] ??= true;
      last = token;
    }
  }
  return root;
}

function narrowed(value: object, wanted: Wanted): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0) return null;
    return value.map((each: unknown) => (isObject(each) ? narrowed(each, wanted) : each));
  }
  const entries = Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const below = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
    if (below === undefined) return [];
    return [[name, below !== true && isObject(inner) ? narrowed(inner, below) : inner]];
  });
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
