import { createHmac, timingSafeEqual } from "node:crypto";

interface Credentials {
  consumerKey: string;
  consumerSecret: string;
}

/** Basic, which WooCommerce reads over TLS only; over plain HTTP it is ignored without a word (measured). */
export function basicHeader({ consumerKey, consumerSecret }: Credentials): string {
  return `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString("base64")}`;
}

/** Whether a delivery was signed with our secret: base64 of HMAC-SHA256 over the body's own bytes. */
export function isSigned(body: Buffer, signature: string, secret: string): boolean {
  if (secret === "") return false;
  const expected = createHmac("sha256", secret).update(body).digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
