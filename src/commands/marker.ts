import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A new marker: 22 characters of base 62, by which a step recognises its own effect at a shop. */
export function newMarker(): string {
  // 248 is the largest multiple of 62 below 256: what lies above would favour some characters.
  const characters: string[] = [];
  while (characters.length < 22)
    for (const byte of randomBytes(32))
      if (byte < 248 && characters.length < 22) characters.push(ALPHABET[byte % 62] as string);
  return characters.join("");
}
