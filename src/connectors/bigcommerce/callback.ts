import { createHash } from "node:crypto";
import type { Receipt, Translation, WebhookRequest } from "../../domain/channel.js";
import { readJson } from "../json.js";
import { callbackPayload } from "./payload.js";
import { bearsKey, isSigned, KEY_HEADER, minutesApart } from "./signature.js";

/** Whose callbacks are taken, and what proves that one is BigCommerce's. */
export interface CallbackTrust {
  storeHash: string;
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
  { storeHash, webhookSecret, clientSecret }: CallbackTrust,
  now: Date,
): Receipt {
  if (!bearsKey(request.headers[KEY_HEADER], webhookSecret))
    return { kind: "rejected", reason: `no ${KEY_HEADER} of ours` };
  if (clientSecret !== null && !isSigned(request, clientSecret, now))
    return { kind: "rejected", reason: whyUnsigned(request, now) };
  const text = request.body.toString("utf8").trim();
  if (text === "") return { kind: "ignored", topic: null, reason: "an empty body", store: false };
  return readCallback(text, storeHash);
}

function whyUnsigned({ headers }: WebhookRequest, now: Date): string {
  const apart = minutesApart(headers, now);
  return apart === null
    ? "webhook-signature does not fit the body and the client secret"
    : `webhook-timestamp is ${apart} minutes from our clock, and five are allowed: it is an old one, or a clock is wrong`;
}

function readCallback(text: string, storeHash: string): Receipt {
  const record = readJson(text);
  const callback = callbackPayload.safeParse(record).data;
  const topic = callback?.scope ?? null;
  // Callbacks of different scopes share a hash where their data are the same. Without one the same bytes are the same news.
  const dedupeKey = callback
    ? `${callback.scope} ${callback.hash}`
    : createHash("sha256").update(text).digest("base64url");
  const other = otherStore(callback?.producer ?? null, storeHash);
  if (other !== null) {
    const reason = `it is about another store (${other}): delete the webhook there that delivers here`;
    return { kind: "ignored", topic, reason, store: false };
  }
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

/** The store that sent a callback ("stores/abc123"), where it is not ours: its orders bear the same numbers as ours. */
function otherStore(producer: string | null, storeHash: string): string | null {
  const hash = /^stores\/([a-z0-9]+)$/i.exec(producer ?? "")?.[1] ?? storeHash;
  return hash.toLowerCase() === storeHash.toLowerCase() ? null : hash;
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
  const nativeId = data.type === "order" ? data.id : (data.orderId ?? data.order_id);
  if (nativeId === undefined) return { kind: "unreadable", reason: "it names no order" };
  return { kind: "hint", ref: { nativeId } };
}
