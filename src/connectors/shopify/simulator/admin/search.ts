/**
 * The platform's search syntax: terms "field:value" with comparators, quotes, AND (or nothing), OR, NOT, "-"
 * and parentheses. A term that names no known field, or a time that is none, is ignored without an error
 * and matches everything; only a warning in the answer's extensions tells.
 */
export interface Field<T> {
  kind: "time" | "word" | "number";
  of: (item: T) => string | null | readonly string[];
}

interface Warning {
  field: string;
  message: string;
}

export interface Search<T> {
  matches: (item: T) => boolean;
  warnings: Warning[];
}

type Test<T> = (item: T) => boolean;
const everything = (): boolean => true;

/** Reads a query; `fields` says what can be asked of the items, `text` what bare words are looked for in. */
export function readSearch<T>(
  query: string | null | undefined,
  fields: Record<string, Field<T>>,
  text: (item: T) => readonly string[],
): Search<T> {
  const tokens =
    (query ?? "").match(
      /\(|\)|-?[\w.]+:(?:[<>]=?)?(?:"[^"]*"|'[^']*'|[^\s()]*)|"[^"]*"|'[^']*'|[^\s()]+/g,
    ) ?? [];
  const warnings: Warning[] = [];
  let at = 0;

  function any(): Test<T> {
    const tests = [all()];
    while (tokens[at] === "OR") {
      at += 1;
      tests.push(all());
    }
    return tests.length === 1
      ? (tests[0] ?? everything)
      : (item) => tests.some((test) => test(item));
  }
  function all(): Test<T> {
    const tests: Test<T>[] = [];
    while (at < tokens.length && tokens[at] !== "OR" && tokens[at] !== ")") {
      if (tokens[at] === "AND") at += 1;
      else tests.push(one());
    }
    return (item) => tests.every((test) => test(item));
  }
  function one(): Test<T> {
    const token = tokens[at] ?? "";
    at += 1;
    if (token === "NOT") return not(one());
    if (token === "(") {
      const inner = any();
      at += 1;
      return inner;
    }
    return token.startsWith("-") ? not(term(token.slice(1))) : term(token);
  }
  function term(token: string): Test<T> {
    const [, name, comparator = "", raw = ""] = /^([\w.]+):([<>]=?)?(.*)$/.exec(token) ?? [];
    if (name === undefined) return wordTest((item) => text(item), unquoted(token));
    const field = fields[name];
    const value = unquoted(raw);
    if (!field) return ignored(name, "Invalid search field for this query.");
    if (field.kind === "word") return wordTest(field.of, value);
    const wanted = field.kind === "time" ? timeOf(value) : Number(value);
    if (Number.isNaN(wanted))
      return ignored(
        name,
        `Invalid ${field.kind === "time" ? "timestamp" : "number"} for query filter \`${name}\`.`,
      );
    return compareTest(field, comparator, wanted);
  }
  function ignored(field: string, message: string): Test<T> {
    warnings.push({ field, message });
    return everything;
  }

  const matches = any();
  return { matches, warnings };
}

const not =
  <T>(test: Test<T>): Test<T> =>
  (item) =>
    test === everything || !test(item);

const unquoted = (value: string): string => value.replace(/^(["'])(.*)\1$/, "$2");

function wordTest<T>(of: Field<T>["of"], wanted: string): Test<T> {
  const word = wanted.toLowerCase();
  const isMatch = word.endsWith("*")
    ? (found: string) => found.startsWith(word.slice(0, -1))
    : (found: string) => found === word;
  return (item) => values(of(item)).some((found) => isMatch(found.toLowerCase()));
}

function compareTest<T>({ kind, of }: Field<T>, comparator: string, wanted: number): Test<T> {
  const tests: Record<string, (found: number) => boolean> = {
    "": (found) => found === wanted,
    ">": (found) => found > wanted,
    ">=": (found) => found >= wanted,
    "<": (found) => found < wanted,
    "<=": (found) => found <= wanted,
  };
  const test = tests[comparator] ?? everything;
  return (item) =>
    values(of(item)).some((found) => test(kind === "time" ? timeOf(found) : Number(found)));
}

const values = (found: ReturnType<Field<unknown>["of"]>): readonly string[] =>
  found === null ? [] : typeof found === "string" ? [found] : found;

const timeOf = (value: string): number => (value === "now" ? Date.now() : Date.parse(value));
