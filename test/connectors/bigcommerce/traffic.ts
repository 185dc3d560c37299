import { type Asked, checkRequest } from "./described.js";
import { specification } from "./simulator/specification.js";

export interface Write {
  method: string;
  path: string;
  body: unknown;
}
/** One request and its answer, as they went. */
export interface Exchange extends Asked {
  status: number;
  /** The answer's own text. */
  text: string;
}

/** A fetch that goes through and remembers all that went either way, and every body that was sent. */
export function watcher(): { fetch: typeof fetch; exchanges: Exchange[]; writes: Write[] } {
  const exchanges: Exchange[] = [];
  const writes: Write[] = [];
  return {
    exchanges,
    writes,
    fetch: async (input, init) => {
      const { pathname, searchParams: query } = new URL(String(input));
      const path = pathname.replace(/^\/stores\/\w+/, "");
      const method = init?.method ?? "GET";
      const body = init?.body ? JSON.parse(String(init.body)) : undefined;
      if (body !== undefined) writes.push({ method, path, body });
      const answer = await fetch(input, init);
      const { status } = answer;
      const text = await answer.clone().text();
      const headers = new Headers(init?.headers);
      exchanges.push({ method, path, query, headers, body, status, text });
      return answer;
    },
  };
}

/** The operations of all requests, in alphabetical order, and what BigCommerce's own descriptions find wrong with them. */
export function checkRequests(exchanges: readonly Exchange[]): {
  operations: string[];
  wrong: string[];
} {
  const checked = exchanges.map(checkRequest);
  const operations = new Set(checked.map(({ name }) => name));
  return { operations: [...operations].sort(), wrong: checked.flatMap(({ wrong }) => wrong) };
}

/** What the descriptions find wrong with the answers, each once: what is missing, what is foreign, what is of another type. */
export function checkAnswers(exchanges: readonly Exchange[]): string[] {
  const wrong = exchanges.flatMap(({ method, path, status, text }) => {
    const body = text === "" ? undefined : JSON.parse(text);
    return specification?.problems(method, path, status, body) ?? [];
  });
  return [...new Set(wrong)];
}

/** Those of the operations that write. */
export const writesAmong = (operations: readonly string[]): string[] =>
  operations.filter((name) => !name.startsWith("GET "));
