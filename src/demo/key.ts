import { randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config.js";
import { GatewayError } from "../domain/errors.js";
import { SCOPES, type Viewer } from "../domain/scope.js";
import { type Keys, makeKey } from "../store/keys.js";

/**
 * The demo's key: BOOTSTRAP_API_KEY, or the one kept in the data folder for its owner only, or a new one. A kept key
 * that was revoked is replaced.
 */
export async function openWithKey(
  keys: Keys,
  tenantId: string,
  { dataDir, bootstrapApiKey }: Pick<Config, "dataDir" | "bootstrapApiKey">,
): Promise<{ key: string; viewer: Viewer }> {
  const file = join(dataDir, "api-key");
  const wish = { client: "demo", name: "Demo", scopes: SCOPES };
  for (const key of [bootstrapApiKey ?? (await read(file)), makeKey()]) {
    if (key === null) continue;
    // Kept before it is made: a start that breaks off between the two leaves a key that the next one makes good.
    if (key !== bootstrapApiKey) await write(file, key);
    await keys.adopt(tenantId, key, wish);
    const found = await keys.authenticate(key);
    if (found.kind === "viewer") return { key, viewer: found.viewer };
    if (key === bootstrapApiKey) {
      throw new GatewayError(
        "INVALID_INPUT",
        `BOOTSTRAP_API_KEY is ${found.kind} in this database: leave it out or set another`,
      );
    }
  }
  throw new Error("A key that was just made does not open the gateway");
}

async function read(file: string): Promise<string | null> {
  try {
    return (await readFile(file, "utf8")).trim() || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function write(file: string, key: string) {
  const beside = `${file}.${randomUUID()}`;
  await writeFile(beside, `${key}\n`, { mode: 0o600 });
  await rename(beside, file);
}
