import { createHash } from "node:crypto";
import type { Receipt, WebhookRequest } from "../../domain/channel.js";
import { parseJson } from "./json.js";
import { callbackPayload } from "./payload.js";
import { bearsKey, isSigned, KEY_HEADER } from "./signature.js";

/** What proves that a callback is BigCommerce's. */
export interface CallbackSecrets {
  webhookSecret: string;
  /** The app's client secret; without one only our own header proves. */
  clientSecret: string | null;
}

/**
 * What a callback means. It says of an order that something happened and never what, so the most it can be is a hint.
 * Offline; never throws.
 */
export function receiveCallback(
  request: WebhookRequest,
  { webhookSecret, clientSecret }: CallbackSecrets,
  now: Date,
): Receipt {
  if (!bearsKey(request.headers[KEY_HEADER], webhookSecret))
    return { kind: "rejected", reason: `no ${KEY_HEADER} of ours` };
  if (clientSecret !== null && !isSigned(request, clientSecret, now))
    return { kind: "rejected", reason: "webhook-signature does not fit, or is too old" };
  const text = request.body.toString("utf8").trim();
  if (text === "") return { kind: "ignored", topic: null, reason: "an empty body", store: false };
  return readCallback(text);
}

function readCallback(text: string): Receipt {
  const callback = parseCallback(text);
  if (!callback)
    return {
      kind: "unreadable",
      topic: null,
      // No hash to go by: the same bytes are the same news.
      dedupeKey: createHash("sha256").update(text).digest("base64url"),
      reason: "it is no callback of BigCommerce (scope, hash and data)",
    };
  const { scope, hash, data } = callback;
  // Callbacks of different scopes share a hash where their data are the same.
  const dedupeKey = `${scope} ${hash}`;
  if (scope === "store/app/uninstalled") return { kind: "uninstalled", topic: scope, dedupeKey };
  if (!/^store\/(order|shipment)\//.test(scope))
    return { kind: "ignored", topic: scope, reason: "not about orders", store: false };
  const orderId = data.type === "order" ? data.id : data.orderId;
  if (orderId === undefined)
    return { kind: "unreadable", topic: scope, dedupeKey, reason: "it names no order" };
  return { kind: "hint", topic: scope, dedupeKey, ref: { nativeId: orderId } };
}

function parseCallback(text: string) {
  try {
    return callbackPayload.safeParse(parseJson(text)).data;
  } catch {
    return undefined;
  }
}
