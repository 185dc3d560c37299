/**
 * Where a step leaves its token: at the end of a shipment's comments, the only text of it that is ours to write. People
 * see it there, so it reads like a reference.
 */
export function withMarker(marker: string): string {
  return `(ref ${marker})`;
}

/** The token in a shipment's comments, or null where there is none. */
export function markerIn(comments: string | null): string | null {
  return /\(ref ([0-9A-Za-z]{22})\)/.exec(comments ?? "")?.[1] ?? null;
}
