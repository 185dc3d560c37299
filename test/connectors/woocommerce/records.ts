import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson } from "../../../src/connectors/json.js";
import {
  type OrderPayload,
  orderPayload,
  type RefundPayload,
  refundPayload,
} from "../../../src/connectors/woocommerce/payload.js";
import type { Shop } from "../../../src/connectors/woocommerce/shop.js";
import { specsDir } from "../../support/specs.js";

/** One record out of the recorded traffic, without the envelope it was saved in. */
export interface RecordedBody {
  /** "samples/refunds_list.json#0". */
  from: string;
  body: unknown;
}
/** One webhook delivery as it arrived. */
export interface Delivery {
  from: string;
  headers: Record<string, string>;
  raw: string;
}

/** The recorded versions: 10.5.0 and 9.9.5. */
export const folders = ["samples", "samples-9.9.5"];

/** A recorded file's JSON, read as the connector reads JSON. */
export function recorded(path: string): unknown {
  if (!specsDir) throw new Error(`no recorded traffic here, wanted ${path}`);
  return parseJson(readFileSync(join(specsDir, "woocommerce", path), "utf8"));
}

/** Every recorded body of every file, lists and envelopes opened. */
export function everyBody(): RecordedBody[] {
  return files()
    .filter((file) => !file.endsWith("webhook_deliveries_flow.json"))
    .flatMap((file) => opened(recorded(file)).map((body, at) => ({ from: `${file}#${at}`, body })));
}

/** The webhook deliveries of one recorded version. */
export function deliveries(folder: string): Delivery[] {
  const list = recorded(`${folder}/webhook_deliveries_flow.json`) as Omit<Delivery, "from">[];
  return list.map((it, at) => ({ ...it, from: `${folder} delivery ${at}` }));
}

/** Every order of one version that shows refunds, with those refunds where all of them were recorded. */
export function refundedOrders(folder: string): RefundedOrder[] {
  const bodies = everyBody().filter(({ from }) => from.startsWith(`${folder}/`));
  const refunds = new Map(
    bodies.flatMap(({ body }) => {
      const refund = refundPayload.safeParse(body).data;
      return refund ? [[refund.id, refund] as const] : [];
    }),
  );
  return bodies.flatMap(({ from, body }) => {
    const order = orderPayload.safeParse(body).data;
    const own = order?.refunds.flatMap(({ id }) => refunds.get(id) ?? []) ?? [];
    return order && own.length > 0 && own.length === order.refunds.length
      ? [{ from, order, refunds: own }]
      : [];
  });
}
export interface RefundedOrder {
  from: string;
  order: OrderPayload;
  refunds: RefundPayload[];
}

/** A shop in the zone of the recorded one. */
export function recordedShop(differences: Partial<Shop> = {}): Shop {
  return {
    coreFulfillments: true,
    trackings: null,
    hosts: new Set(),
    statusLabels: { processing: "Processing" },
    virtualProductIds: new Set(),
    refundGateways: new Set(["woocommerce_payments"]),
    decimals: 2,
    zone: "America/Los_Angeles",
    adminUrl: (id) => `https://shop.example/wp-admin/${id}`,
    ...differences,
  };
}

function files(): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(specsDir ?? "", "woocommerce", folder))
      .filter((name) => name.endsWith(".json"))
      .map((name) => `${folder}/${name}`),
  );
}

/** Opens lists, the answer of a batch ({create, update, delete}) and {http_status, body}. */
function opened(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(opened);
  if (typeof value !== "object" || value === null) return [value];
  const map = value as Record<string, unknown>;
  if ("http_status" in map && "body" in map) return opened(map.body);
  const batch = ["create", "update", "delete"].filter((key) => Array.isArray(map[key]));
  return batch.length > 0 ? batch.flatMap((key) => opened(map[key])) : [value];
}
