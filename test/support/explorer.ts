import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Builds the explorer page once, before any test asks for it: two builds at once would write under each other's readers. */
export async function setup() {
  const script = new URL("../../src/server/explorer/build.mjs", import.meta.url);
  await promisify(execFile)(process.execPath, [fileURLToPath(script)]);
}
