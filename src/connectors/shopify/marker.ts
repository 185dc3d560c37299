/**
 * Where a step leaves its token: at the end of a note that is ours to write. Staff see it there, so it reads like a
 * reference, and what a person wrote is shown without it.
 */
export function withMarker(text: string | null, marker: string, longest = Infinity): string {
  const token = `(ref ${marker})`;
  const words = text?.trim().slice(0, Math.max(0, longest - token.length - 1));
  return words ? `${words} ${token}` : token;
}

/** A note as its writer meant it, and the token in it, where there is one. */
export function readMarked(note: string | null): { text: string | null; marker: string | null } {
  const found = MARKER.exec(note ?? "");
  const text = (note ?? "").replace(MARKER, "").trim();
  return { text: text || null, marker: found?.[1] ?? null };
}

const MARKER = /\s*\(ref ([0-9A-Za-z]{22})\)/;
