import { createHash } from "node:crypto";

/** The print of an order in a survey: another as soon as anything that was told of it is another. */
export function printOf(told: unknown): string {
  return createHash("sha256").update(JSON.stringify(told)).digest("base64url");
}
