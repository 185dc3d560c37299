import { Help } from "commander";

/** One row of a listing: what stands in each column, by the column's title. All rows have the same columns. */
export type Row = Readonly<Record<string, string>>;

const GAP = "  ";

/**
 * Rows as plain columns under their titles, for people and for `grep`; nothing where there are no rows. What a shop
 * or a person wrote cannot move the cursor: control characters become spaces.
 */
export function columns(rows: readonly Row[]): string {
  const [first] = rows;
  if (!first) return "";
  const titles = Object.keys(first);
  const table = [
    titles.map((title) => title.toUpperCase()),
    ...rows.map((row) => cells(row, titles)),
  ];
  const widths = titles.map((_, at) => Math.max(...table.map((line) => lengthOf(line[at] ?? ""))));
  return table
    .map((line) =>
      line
        .map((cell, at) => pad(cell, widths[at] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .join("\n");
}

/** Names with what they mean beside them, wrapped to the terminal, as in a help text. */
export function definitions(
  entries: readonly (readonly [name: string, meaning: string])[],
): string {
  const help = new Help();
  help.prepareContext({ helpWidth: process.stdout.columns ?? 80 });
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries.map(([name, meaning]) => help.formatItem(name, width, meaning, help)).join("\n");
}

function cells(row: Row, titles: readonly string[]): string[] {
  return titles.map((title) => (row[title] ?? "").replace(/\p{Cc}+/gu, " "));
}

/** In characters as people count them; wide scripts may still stand a little off. */
const lengthOf = (text: string) => [...text].length;
const pad = (text: string, width: number) => text + " ".repeat(Math.max(0, width - lengthOf(text)));
