import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson } from "../../../src/connectors/json.js";
import type { Shop } from "../../../src/connectors/magento/shop.js";
import { specsDir } from "../../support/specs.js";

/** One exchange with a real shop, as it was recorded. */
export interface RecordedExchange {
  /** The file's name without its end: "ship_partial_ok". */
  name: string;
  method: string;
  path: string;
  sent: unknown;
  status: number;
  /** Read as the connector reads JSON: no number but whole ones. */
  body: unknown;
  /** The same, read as everybody reads JSON. */
  raw: unknown;
}

/** Every recorded exchange, file by file. */
export function everyExchange(): RecordedExchange[] {
  const folder = join(specsDir ?? "", "magento", "samples");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      const { request, response } = parseJson(text) as Recorded;
      return {
        name: file.replace(/\.json$/, ""),
        method: request.method,
        path: request.path,
        sent: request.body,
        status: response.status,
        body: response.body,
        raw: (JSON.parse(text) as Recorded).response.body,
      };
    });
}

interface Recorded {
  request: { method: string; path: string; body: unknown };
  response: { status: number; body: unknown };
}

/** A shop as the recorded one. */
export function recordedShop(differences: Partial<Shop> = {}): Shop {
  return { rma: false, sources: false, weightUnit: "lbs", returnOptions: null, ...differences };
}
