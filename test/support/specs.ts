import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const candidate =
  process.env.SPECS_DIR ?? fileURLToPath(new URL("../../../shared/specs", import.meta.url));

/** Folder of official schemas and recorded traffic, or undefined where this machine has none. */
export const specsDir: string | undefined = existsSync(candidate) ? candidate : undefined;

if (!specsDir) {
  console.warn(
    `skipped: tests on recorded traffic, since ${candidate} does not exist; set SPECS_DIR to the folder of specifications`,
  );
}
