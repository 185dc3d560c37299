/**
 * Where a step leaves its token: at the end of the only text that is ours to write (a shipment's comments, a refund's
 * reason, a line of the staff notes). People see it there, so it reads like a reference.
 */
export function withMarker(marker: string, text: string | null = null): string {
  return `${text ? `${text} ` : ""}(ref ${marker})`;
}

/** How many characters a token takes of a text. */
export const MARKER_LENGTH = withMarker("x".repeat(22), " ").length - 1;

/** The token in a text, or null where there is none. */
export function markerIn(text: string | null): string | null {
  return /\(ref ([0-9A-Za-z]{22})\)/.exec(text ?? "")?.[1] ?? null;
}

/** A text as somebody wrote it, without our tokens; null where nothing else is there. */
export function withoutMarkers(text: string | null): string | null {
  return text?.replaceAll(/ ?\(ref [0-9A-Za-z]{22}\)/g, "").trim() || null;
}
