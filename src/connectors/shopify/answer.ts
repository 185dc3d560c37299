import { type Asked, type GraphqlFailure, isPage, unreadable } from "./failure.js";

/** What GraphQL answers under HTTP 200, brought into one form. */
export interface Answer {
  data: Record<string, unknown> | null;
  failures: GraphqlFailure[];
  cost: unknown;
}

/**
 * Reads an answer. Throws the ChannelError for a page instead of JSON, for JSON that ends too soon, and for what says neither
 * data nor errors. Errors come as a list of objects, and now and then as one text or object; codes as text, or as numbers.
 */
export function readAnswer(asked: Asked, text: string): Answer {
  const body = objectOf(parsed(asked, text));
  const data = objectOf(body?.data);
  const failures = failuresIn(body?.errors);
  if (failures.length === 0 && (!data || Object.keys(data).length === 0))
    throw unreadable(asked, "neither data nor errors", null);
  return { data, failures, cost: objectOf(body?.extensions)?.cost };
}

function parsed(asked: Asked, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(asked, isPage(text) ? "a page instead of JSON" : "broken JSON", cause);
  }
}

function failuresIn(errors: unknown): GraphqlFailure[] {
  if (errors === undefined || errors === null) return [];
  return (Array.isArray(errors) ? errors : [errors]).map(readFailure);
}

function readFailure(said: unknown): GraphqlFailure {
  const fields = objectOf(said);
  if (!fields) return { message: String(said) };
  const { code, requiredAccess } = objectOf(fields.extensions) ?? {};
  return {
    message: typeof fields.message === "string" ? fields.message : JSON.stringify(fields),
    ...(Array.isArray(fields.path) && { path: fields.path }),
    extensions: {
      ...(code !== undefined && code !== null && { code: String(code) }),
      ...(typeof requiredAccess === "string" && { requiredAccess }),
    },
  };
}

function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
