import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Operation } from "../../../src/connectors/shopify/operation.js";
import { specsDir } from "../../support/specs.js";
import { type Official, readOfficial } from "./simulator/slice-admin-schema.js";

/** Every operation that the connector can send. */
export const operations = await readOperations();

async function readOperations(): Promise<Operation<unknown, unknown>[]> {
  const folder = fileURLToPath(new URL("../../../src/connectors/shopify", import.meta.url));
  const files = readdirSync(folder).filter((file) => /^operations.*\.ts$/.test(file));
  const modules = await Promise.all(
    files.map((file): Promise<object> => import(join(folder, file))),
  );
  return modules.flatMap((module) =>
    Object.values(module).filter((value) => typeof value === "object" && "text" in value),
  );
}

export const official = (version: string): Official =>
  readOfficial(join(specsDir ?? "", "shopify", `admin_${version}.json.gz`));

/** The query that stands inside another, as text. */
export const EXPORT = "BulkOrders";
