/** "2026-11-23 03:22:34": UTC, and without saying so, whatever the store's time zone is. */
export function dbTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
}

/** A date of a filter as the database reads it; an ISO form with T and Z happens to work (measured). */
export function dbDate(text: string): string {
  const plain = text.trim().replace("T", " ").replace(/Z$/, "");
  return /^\d{4}-\d{2}-\d{2}$/.test(plain) ? `${plain} 00:00:00` : plain;
}
