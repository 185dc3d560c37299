/** What PHP makes of a query: text, or an array with text keys. */
export type PhpValue = string | PhpParams;
export interface PhpParams {
  [name: string]: PhpValue;
}

/** Parses a query as PHP does: `a[b][]=c` nests, "+" is a space, a later value wins. */
export function parseQuery(query: string): PhpParams {
  const params: PhpParams = Object.create(null);
  for (const [name, value] of pairsOf(query)) {
    const [, head = "", tail = ""] = /^([^[]*)(.*)$/s.exec(name) ?? [];
    const path = [head, ...Array.from(tail.matchAll(/\[([^\]]*)\]/g), ([, key = ""]) => key)];
    put(params, path, value);
  }
  return params;
}

/** Names and values of a query, decoded, in order. */
export function pairsOf(query: string): [string, string][] {
  return query
    .replace(/^\?/, "")
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const cut = pair.indexOf("=");
      return cut < 0
        ? [decode(pair), ""]
        : [decode(pair.slice(0, cut)), decode(pair.slice(cut + 1))];
    });
}

/** json_encode without options: slashes and everything beyond ASCII escaped. */
export function phpJson(value: unknown): string {
  return (JSON.stringify(value) ?? "null")
    .replaceAll("/", "\\/")
    .replace(
      /[\u0080-\uffff]/g,
      (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

function put(into: PhpParams, [head = "", ...rest]: string[], value: string): void {
  const key = head === "" ? String(Object.keys(into).length) : head;
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  const inner = into[key];
  const next: PhpParams = typeof inner === "object" ? inner : Object.create(null);
  into[key] = next;
  put(next, rest, value);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
