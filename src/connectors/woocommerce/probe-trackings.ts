import { z } from "zod";
import type { Woo } from "./client.js";
import type { Trackings } from "./shop.js";

/**
 * The extension that keeps tracking numbers, from the namespaces of the site's index: AST answers on Shipment Tracking's
 * too, so its own tells the two apart. Null where there is neither.
 */
export async function probeTrackings(
  woo: Woo,
  namespaces: readonly string[],
  signal?: AbortSignal,
): Promise<Trackings | null> {
  const namespace = NAMESPACES.find((name) => namespaces.includes(name));
  if (!namespace) return null;
  const plugin = namespaces.includes(AST) ? "ast" : "shipment-tracking";
  const answer = await woo.call({
    method: "GET",
    path: `/${namespace}${PROVIDERS[plugin]}`,
    signal,
  });
  const groups = z.record(z.string(), z.record(z.string(), z.string())).safeParse(answer.body).data;
  // Without the list every carrier is given by its own name and link.
  const rows = answer.status === 200 ? Object.values(groups ?? {}).flatMap(Object.entries) : [];
  const providers: Record<string, string> = Object.fromEntries(rows);
  return { plugin, namespace, providers };
}

const AST = "wc-ast/v3";
const NAMESPACES = ["wc-shipment-tracking/v3", AST];

/** AST lists providers below any order, whether or not it is there (measured; the documented path is 404 there). */
const PROVIDERS: Record<Trackings["plugin"], string> = {
  "shipment-tracking": "/shipment-trackings/providers",
  ast: "/orders/0/shipment-trackings/providers",
};
