/** One of the reasons for which goods may be sent back. */
export interface Reason {
  id: string;
  handle: string;
  name: string;
  /** Taken out of the list that customers see; what bears it keeps it. */
  deleted: boolean;
}

/**
 * The shop's library of reasons. Shopify publishes the shape of handles and some of them (arrived-late, comfort,
 * too-tight, color-too-bright, quality), not the list; the rest are worded alike.
 */
export const reasons: readonly Reason[] = [
  ["defective", "Defective"],
  ["arrived-damaged", "Arrived damaged"],
  ["wrong-item", "Received the wrong item"],
  ["not-as-described", "Not as described"],
  ["too-small", "Too small"],
  ["too-tight", "Too tight"],
  ["too-large", "Too large"],
  ["color-too-bright", "Color too bright"],
  ["style", "Style"],
  ["comfort", "Comfort"],
  ["quality", "Quality"],
  ["changed-my-mind", "Changed my mind"],
  ["arrived-late", "Arrived late"],
  ["other", "Other"],
  ["unknown", "Unknown"],
  ["size-was-too-small", "Size was too small", true],
].map(([handle, name, deleted], place) => ({
  id: String(1_000_001 + place),
  handle: String(handle),
  name: String(name),
  deleted: deleted === true,
}));

export const reasonById = (id: string | null): Reason | undefined =>
  reasons.find((reason) => reason.id === id);
