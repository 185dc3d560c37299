/** One operation with the type of its answer; `Variables` says what it must be given. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly kind: "query" | "mutation";
  readonly text: string;
  /** Only in types: what comes back and what goes in. */
  readonly types?: (variables: Variables) => Data;
}

/** An operation that reads; its name is the one in its text. */
export function query<Data, Variables>(
  text: string,
  fragments: string[] = [],
): Operation<Data, Variables> {
  return operation("query", text, fragments);
}

/** An operation that writes. */
export function mutation<Data, Variables>(
  text: string,
  fragments: string[] = [],
): Operation<Data, Variables> {
  return operation("mutation", text, fragments);
}

function operation<Data, Variables>(
  kind: "query" | "mutation",
  text: string,
  fragments: string[],
): Operation<Data, Variables> {
  const name = /^(?:query|mutation) (\w+)/.exec(text)?.[1];
  if (!name) throw new TypeError(`an operation must begin with its kind and name, not "${text}"`);
  return { name, kind, text: [text, ...fragments].join("\n") };
}
