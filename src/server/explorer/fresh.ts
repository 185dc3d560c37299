/** An idempotency key that nobody used before, with a word in front that people recognise. */
export const freshKey = (word: string) => `${word}-${randomOf(16, 16)}`;

/** A tracking number in the form of DHL's, made up. */
export const freshTrackingNumber = () => `JD01${randomOf(14, 10)}`;

/** Works on pages without TLS too, where crypto.randomUUID is missing. */
function randomOf(length: number, base: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => (byte % base).toString(base)).join("");
}
