import { readFile } from "node:fs/promises";

/** What a file of the data folder remembers from the last start, as JSON; nothing where there is none or it was cut off. */
export async function readMemory<T extends object>(file: string): Promise<Partial<T>> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError)
      return {};
    throw error;
  }
}
