import type { Instant } from "./time.js";

/** Who may change a row: what the channel reports touches only its own rows. */
export type Owner = "CHANNEL" | "GATEWAY";

/** What every part of an order has beside its facts. */
export interface Identity {
  /** Ours, minted once, kept for ever. */
  id: string;
  /** The platform's id; null for a row that a command made and the channel has not reported yet, and for GATEWAY rows. */
  nativeId: string | null;
  owner: Owner;
  /** When the channel ceased to report it; such a row is kept, and counts for nothing. */
  removedAt: Instant | null;
}

/** Which command and step asked for a row, and when that step was sent; null for what the shop made. */
export interface MadeBy {
  commandId: string | null;
  stepIndex: number | null;
  sentAt: Instant | null;
}

/** Rows that count: neither gone from the channel nor superseded. */
export function present<T extends Identity>(rows: readonly T[]): T[] {
  return rows.filter((row) => row.removedAt === null);
}
