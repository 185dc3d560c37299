import { type Instant, instant } from "../../domain/time.js";

/** The moment of a time as Magento writes it: UTC in whole seconds, and no zone ("2026-11-23 03:22:34"). */
export function fromUtc(text: string): Instant {
  return instant(`${text.replace(" ", "T")}Z`);
}

/** A moment as filters want it; ISO 8601 with T and Z only happens to work on some databases. */
export function toUtc(at: Date): string {
  return at.toISOString().slice(0, 19).replace("T", " ");
}
