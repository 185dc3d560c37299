import { createHmac, timingSafeEqual } from "node:crypto";

/** The header of our own that BigCommerce repeats with every callback, chosen when a webhook is made. */
export const KEY_HEADER = "x-tributary-key";

/** What that header holds: derived, so that the secret itself never leaves. */
export function webhookKey(secret: string): string {
  return createHmac("sha256", secret).update("bigcommerce webhook").digest("base64url");
}

/** Whether a callback bears our header; never where there is no secret. */
export function bearsKey(given: string | undefined, secret: string): boolean {
  return secret !== "" && given !== undefined && equal(given, webhookKey(secret));
}

/** How far the clocks may be apart, and how old a signed callback may get: Standard Webhooks, 5 minutes. */
const TOLERANCE_MS = 5 * 60_000;

/** How far a callback's own time is from ours where that is too far; null where it is not, or it bears no time. */
export function minutesApart(
  headers: Record<string, string | undefined>,
  now: Date,
): number | null {
  const seconds = headers["webhook-timestamp"];
  const apart = Math.abs(now.getTime() - Number(seconds) * 1000);
  return apart > TOLERANCE_MS ? Math.round(apart / 60_000) : null;
}

/**
 * Whether a callback was signed with the app's client secret, as Standard Webhooks has it: "v1," and base64 of HMAC-SHA256
 * over id, time and the body's own bytes. The header may hold several signatures, separated by spaces.
 */
export function isSigned(
  { headers, body }: { headers: Record<string, string | undefined>; body: Buffer },
  clientSecret: string,
  now: Date,
): boolean {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  if (!id || !timestamp || !/^\d{1,12}$/.test(timestamp)) return false;
  if (minutesApart(headers, now) !== null) return false;
  const expected = createHmac("sha256", clientSecret)
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest("base64");
  const given = (headers["webhook-signature"] ?? "").split(" ");
  return given.some((signature) => equal(signature, `v1,${expected}`));
}

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
