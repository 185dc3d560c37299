/** A v2 answer in XML, which is what a client gets that does not ask for JSON; `name` is of the list or record. */
export function xml(name: string, value: unknown): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, value)}\n`;
}

function element(name: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return `<${name}/>`;
  if (Array.isArray(value)) {
    const inner = value.map((each) => element(singular(name), each)).join("");
    return `<${name}>${inner}</${name}>`;
  }
  if (typeof value === "object") {
    const inner = Object.entries(value).map(([key, each]) => element(key, each));
    return `<${name}>${inner.join("")}</${name}>`;
  }
  return `<${name}>${escaped(String(value))}</${name}>`;
}

function singular(name: string): string {
  if (name.endsWith("sses")) return name.slice(0, -2);
  if (name.endsWith("ses")) return name.slice(0, -2);
  return name.endsWith("s") ? name.slice(0, -1) : "item";
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
};

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (each) => escapes[each] ?? each);
}
