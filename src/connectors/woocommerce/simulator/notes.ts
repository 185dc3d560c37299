import type { Site } from "./site.js";
import type { Note } from "./state.js";

/** Writes a note under an order. It touches neither the order's date_modified nor any webhook (measured). */
export function addNote(
  site: Site,
  orderId: number,
  text: string,
  {
    customerNote = false,
    author = "WooCommerce",
  }: { customerNote?: boolean; author?: string } = {},
): Note {
  const note = {
    id: site.nextId("note"),
    orderId,
    createdAt: site.now(),
    text,
    customerNote,
    author,
  };
  site.data.notes.push(note);
  site.changed();
  return note;
}
