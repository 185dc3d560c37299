/** What PHP's query parser makes of a query: text, or nested by square brackets. */
export type PhpValue = string | PhpParams;
/** A null-prototype map: names come from outside. */
export interface PhpParams {
  [name: string]: PhpValue;
}

/** JSON as PHP's json_encode writes it by default: "/" and everything outside ASCII escaped. */
export function phpJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("/", "\\/")
    .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Parses a query or form body as PHP does: `a[]=1&a[]=2` is {a: {0: 1, 1: 2}}, a later name wins. */
export function parsePhpQuery(query: string): PhpParams {
  const params = emptyParams();
  for (const pair of query.replace(/^\?/, "").split("&")) {
    if (pair === "") continue;
    const cut = pair.indexOf("=");
    const name = decode(cut < 0 ? pair : pair.slice(0, cut));
    assign(params, name, cut < 0 ? "" : decode(pair.slice(cut + 1)));
  }
  return params;
}

/** Builds a query as WordPress's add_query_arg does: brackets and their content percent-encoded. */
export function buildPhpQuery(params: PhpParams, prefix = ""): string {
  return Object.entries(params)
    .map(([name, value]) => {
      const key = prefix ? `${prefix}%5B${encodeURIComponent(name)}%5D` : encodeURIComponent(name);
      return typeof value === "string"
        ? `${key}=${encodeURIComponent(value)}`
        : buildPhpQuery(value, key);
    })
    .filter((pair) => pair !== "")
    .join("&");
}

export function emptyParams(): PhpParams {
  return Object.create(null) as PhpParams;
}

function decode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function assign(params: PhpParams, name: string, value: string): void {
  const bracket = name.indexOf("[");
  const keys =
    bracket > 0 && name.includes("]", bracket)
      ? [
          name.slice(0, bracket),
          ...Array.from(name.slice(bracket).matchAll(/\[([^\]]*)\]/g), (each) => each[1] ?? ""),
        ]
      : [name];
  let target = params;
  for (const [depth, raw] of keys.entries()) {
    const key = raw === "" ? String(nextIndex(target)) : raw;
    if (depth === keys.length - 1) {
      target[key] = value;
      return;
    }
    const inner = target[key];
    const next = typeof inner === "object" ? inner : emptyParams();
    target[key] = next;
    target = next;
  }
}

function nextIndex(params: PhpParams): number {
  const indexes = Object.keys(params).filter((key) => /^\d+$/.test(key));
  return indexes.length === 0 ? 0 : Math.max(...indexes.map(Number)) + 1;
}
