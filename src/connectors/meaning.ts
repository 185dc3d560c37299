import type { StatusDimension, StatusMeaning, StatusOf } from "../domain/status.js";

/** What one word claims, dimension by dimension. */
export type Claimed = { [D in StatusDimension]?: StatusOf[D] };

/** What a table says that a platform's words in one field mean, for people. */
export function meaningsOf(
  field: string,
  words: Readonly<Record<string, Claimed>>,
): StatusMeaning[] {
  return Object.entries(words).flatMap(([value, claimed]) =>
    Object.entries(claimed).map(
      ([dimension, unified]) => ({ field, value, dimension, unified }) as StatusMeaning,
    ),
  );
}
