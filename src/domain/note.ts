/** Whether a text stands in what a shop shows as a note, on lines of its own: a shop with one field for notes shows each so. */
export function hasLines(shown: string, text: string): boolean {
  return `\n${shown.trim()}\n`.includes(`\n${text.trim()}\n`);
}
