import { gmtTime, siteTime } from "./clock.js";
import { invalidOrderId, noTrash, RestError } from "./errors.js";
import { addNote } from "./notes.js";
import { creatable, deletable, type Route, readable } from "./router.js";
import type { Site } from "./site.js";
import type { Note } from "./state.js";

const path = "/wc/v3/orders/(?P<order_id>[\\d]+)/notes";

/** Notes of one order; the list is not paged. */
export const noteRoutes: readonly Route[] = [
  {
    methods: readable,
    path,
    guard: "list",
    parameters: { type: { type: "string", enum: ["any", "customer", "internal"], default: "any" } },
    run: ({ site, args }) => {
      const wanted = args.type === "any" ? undefined : args.type === "customer";
      const notes = notesOf(site, Number(args.order_id))
        .filter(({ customerNote }) => wanted === undefined || customerNote === wanted)
        .sort((one, other) => other.createdAt - one.createdAt || one.id - other.id);
      return { body: notes.map((note) => viewNote(site, note)) };
    },
  },
  {
    methods: creatable,
    path,
    guard: "create",
    parameters: {
      note: { type: "string", required: true },
      customer_note: { type: "boolean", default: false },
      added_by_user: { type: "boolean", default: false },
    },
    run: ({ site, args }) => {
      const orderId = Number(args.order_id);
      if (!site.data.orders[orderId]) throw invalidOrderId();
      const author = args.added_by_user === true ? "admin" : "WooCommerce";
      const note = addNote(site, orderId, String(args.note), {
        customerNote: args.customer_note === true,
        author,
      });
      const location = `${site.url}/wp-json/wc/v3/orders/${orderId}/notes/${note.id}`;
      return { status: 201, body: viewNote(site, note), headers: { location } };
    },
  },
  {
    methods: readable,
    path: `${path}/(?P<id>[\\d]+)`,
    guard: "view",
    run: ({ site, args }) => ({
      body: viewNote(site, noteOf(site, Number(args.order_id), Number(args.id))),
    }),
  },
  {
    methods: deletable,
    path: `${path}/(?P<id>[\\d]+)`,
    guard: "delete",
    parameters: { force: { type: "boolean", default: false } },
    run: ({ site, args }) => {
      const note = noteOf(site, Number(args.order_id), Number(args.id));
      if (args.force !== true) throw noTrash("Webhooks do not support trashing.");
      site.data.notes = site.data.notes.filter((each) => each !== note);
      site.changed();
      return { body: viewNote(site, note) };
    },
  },
];

function notesOf({ data }: Site, orderId: number): Note[] {
  if (!data.orders[orderId]) throw invalidOrderId();
  return data.notes.filter((note) => note.orderId === orderId);
}

function noteOf(site: Site, orderId: number, id: number): Note {
  const note = notesOf(site, orderId).find((each) => each.id === id);
  if (!note) throw new RestError("woocommerce_rest_invalid_id", "Invalid resource ID.", 404);
  return note;
}

function viewNote({ url }: Site, note: Note): Record<string, unknown> {
  const order = `${url}/wp-json/wc/v3/orders/${note.orderId}`;
  return {
    id: note.id,
    author: note.author,
    date_created: siteTime(note.createdAt),
    date_created_gmt: gmtTime(note.createdAt),
    note: note.text,
    customer_note: note.customerNote,
    _links: {
      self: [{ href: `${order}/notes/${note.id}`, targetHints: { allow: ["GET", "DELETE"] } }],
      collection: [{ href: `${order}/notes` }],
      up: [{ href: order }],
    },
  };
}
