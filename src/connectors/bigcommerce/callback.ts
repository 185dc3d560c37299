import { createHash } from "node:crypto";
import type { Receipt, Translation, WebhookRequest } from "../../domain/channel.js";
import { readJson } from "../json.js";
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
  const record = readJson(text);
  const callback = callbackPayload.safeParse(record).data;
  const topic = callback?.scope ?? null;
  // Callbacks of different scopes share a hash where their data are the same. Without one the same bytes are the same news.
  const dedupeKey = callback
    ? `${callback.scope} ${callback.hash}`
    : createHash("sha256").update(text).digest("base64url");
  if (callback?.scope === "store/app/uninstalled")
    return { kind: "uninstalled", topic: callback.scope, dedupeKey };
  const meaning = meaningOf(record);
  switch (meaning.kind) {
    case "hint":
      return { ...meaning, topic: topic ?? "", dedupeKey };
    case "ignored":
      return { ...meaning, topic, store: false };
    case "unreadable":
      return { ...meaning, topic, dedupeKey };
  }
}

/** What a callback says, whenever it is read: which order something happened to. */
export function meaningOf(record: unknown): Exclude<Translation, { kind: "snapshot" }> {
  const callback = callbackPayload.safeParse(record).data;
  if (!callback)
    return {
      kind: "unreadable",
      reason: "it is no callback of BigCommerce (scope, hash and data)",
    };
  const { scope, data } = callback;
  if (!/^store\/(order|shipment)\//.test(scope))
    return { kind: "ignored", reason: "not about orders" };
  const nativeId = data.type === "order" ? data.id : data.orderId;
  if (nativeId === undefined) return { kind: "unreadable", reason: "it names no order" };
  return { kind: "hint", ref: { nativeId } };
}
