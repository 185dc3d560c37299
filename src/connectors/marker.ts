/**
 * Where a step leaves its token: at the end of a text that is ours to write, where a shop has nothing better (a note, a
 * reason, a comment). People see it there, so it reads like a reference.
 */
export function withMarker(marker: string, text: string | null = null): string {
  return `${text ? `${text} ` : ""}(ref ${marker})`;
}

/** How many characters a token takes of a text. */
export const MARKER_LENGTH = withMarker("x".repeat(22), " ").length - 1;

/** The token in a text, or null where there is none: the last, should somebody have quoted another before it. */
export function markerIn(text: string | null): string | null {
  return [...(text ?? "").matchAll(/\(ref ([0-9A-Za-z]{22})\)/g)].at(-1)?.[1] ?? null;
}

/** A text as somebody wrote it, without our tokens; null where nothing else is there. */
export function withoutMarkers(text: string | null): string | null {
  return text?.replaceAll(/\s*\(ref [0-9A-Za-z]{22}\)/g, "").trim() || null;
}
