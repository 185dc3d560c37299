import { FRAGMENTS } from "./fragments.js";

/** One operation with the type of its answer; `Variables` says what it must be given. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly kind: "query" | "mutation";
  readonly text: string;
  /** Only in types: what comes back and what goes in. */
  readonly types?: (variables: Variables) => Data;
}

/** An operation that reads; its name is the one in its text, which may spread any of our fragments. */
export function query<Data, Variables>(text: string): Operation<Data, Variables> {
  return operation("query", text);
}

/** An operation that writes, as above. */
export function mutation<Data, Variables>(text: string): Operation<Data, Variables> {
  return operation("mutation", text);
}

function operation<Data, Variables>(
  kind: "query" | "mutation",
  text: string,
): Operation<Data, Variables> {
  const name = /^(?:query|mutation) (\w+)/.exec(text)?.[1];
  if (!name) throw new TypeError(`an operation must begin with its kind and name, not "${text}"`);
  return { name, kind, text: [text, ...fragmentsOf(text)].join("\n") };
}

/** The fragments that a text spreads, and those that they spread, once each. */
function fragmentsOf(text: string): Set<string> {
  const found = new Set([text]);
  for (const part of found)
    for (const [, name = ""] of part.matchAll(/\.{3}(\w+)/g)) {
      const fragment = FRAGMENTS.get(name);
      if (!fragment) throw new TypeError(`there is no fragment "${name}", which "${part}" spreads`);
      found.add(fragment);
    }
  found.delete(text);
  return found;
}
