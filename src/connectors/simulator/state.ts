import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";

/** What a shop keeps over restarts. `T` must survive JSON. */
export interface State<T> {
  readonly data: T;
  /** False where an earlier life of the shop was read from the file. */
  readonly fresh: boolean;
  /** Says that the data changed; it is written a moment later, once for many changes. */
  changed(): void;
  /** Writes what is not yet written. Rejects where the file cannot be written. */
  save(): Promise<void>;
}

export interface StateOptions<T> {
  /** Absent keeps the state in memory only. */
  file?: string | undefined;
  /** The data of a shop that opens for the first time. */
  initial: () => T;
  log?: ((message: string) => void) | undefined;
}

/** Changes within this time are written together. */
const debounceMs = 200;

/**
 * Reads the state file, or starts afresh where there is none. The file is replaced as a whole
 * (written beside, then renamed), so a crash leaves the last good one. Throws on a file that is no JSON.
 */
export async function openState<T>({
  file,
  initial,
  log = () => {},
}: StateOptions<T>): Promise<State<T>> {
  const kept = file === undefined ? undefined : await load<T>(file);
  const data = kept ?? initial();
  let dirty = false;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (file === undefined || !dirty) return;
    dirty = false;
    const beside = `${file}.${randomUUID()}`;
    try {
      await writeFile(beside, JSON.stringify(data), { mode: 0o600 });
      await rename(beside, file);
    } catch (cause) {
      dirty = true;
      await rm(beside, { force: true });
      throw new Error(
        `cannot write the shop's state to ${file}; check that its folder exists and is writable`,
        {
          cause,
        },
      );
    }
  }
  function save(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.catch(() => {}).then(write);
    return writing;
  }
  function changed(): void {
    dirty = true;
    if (file === undefined || timer) return;
    timer = setTimeout(() => save().catch((cause: Error) => log(cause.message)), debounceMs);
    timer.unref();
  }
  if (kept === undefined) changed();
  return { data, fresh: kept === undefined, changed, save };
}

async function load<T>(file: string): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`cannot read the shop's state from ${file}`, { cause });
  }
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Error(`${file} is no readable shop state; delete it to start a new shop`, { cause });
  }
}
