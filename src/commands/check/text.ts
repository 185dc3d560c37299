import type { UserErrorData } from "../face.js";
import { basic } from "../refusal.js";

/** The longest text and the longest word that a write takes, in characters. Shops may take less and say so. */
const LONGEST = { text: 5_000, word: 255 } as const;

/** A text that a person wrote: without spaces around it, neither empty nor too long. `path` leads to it. */
export function checkText(
  what: string,
  text: string,
  path: string[],
  kind: keyof typeof LONGEST = "text",
): UserErrorData[] {
  const { length } = text.trim();
  if (length === 0) return [basic("INVALID_INPUT", `${what} must not be empty`, path)];
  if (length <= LONGEST[kind]) return [];
  return [
    basic(
      "INVALID_INPUT",
      `${what} has ${length} characters; at most ${LONGEST[kind]} are taken`,
      path,
    ),
  ];
}

/** A text that may be left out: null where it says nothing. */
export function textOrNull(text: string | null): string | null {
  return text?.trim() || null;
}
