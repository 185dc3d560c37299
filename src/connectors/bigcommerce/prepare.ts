import type { StepCall } from "../../domain/command.js";
import type { ChannelError } from "../../domain/errors.js";
import { lessQuantity } from "../../domain/quantity.js";
import { markerIn, withMarker } from "../marker.js";
import { type Found, refusing } from "../step.js";
import type { Request } from "./client.js";
import { productsOf } from "./payload.js";
import { type Reader, readRecords } from "./read.js";
import { type OrderRecords, shippedOf } from "./record.js";
import { requests } from "./request.js";
import { isClosed, MOVES_BACK, STATUS } from "./status.js";
import { snapshotOf } from "./translate.js";

/** Why a step is not sent, before it is. */
export const refuse = refusing("BigCommerce");

/** What a step comes to once the store's present state was looked at. */
export type Prepared =
  /** One write, ready to be sent. `achieves` tells an error that means that the goal is reached anyway. */
  | {
      kind: "send";
      request: Request;
      achieves?: (error: ChannelError) => boolean;
      /** Money moves with it: only an answer that shows what was made counts as done. */
      makes?: "refund";
    }
  | Found;
/** Looks and checks, writes nothing; throws ChannelError where the step must not be sent. */
export type Prepare = (reader: Reader, call: StepCall) => Promise<Prepared>;

/** A new shipment: found by the token in its comments, refused for closed orders and for more than is open. */
export async function prepareShipment(reader: Reader, call: StepCall): Promise<Prepared> {
  const { addressId, items, tracking } = requests.FULFILLMENT_CREATE.parse(call.step.request);
  const records = await present(reader, call);
  const before = found(reader, records, shipmentsBy(records, call.marker));
  if (before) return before;
  refuseClosed(records);
  for (const { productId, quantity } of items) refuseExcess(records, productId, quantity);
  return {
    kind: "send",
    request: {
      method: "POST",
      path: `/v2/orders/${call.order.nativeId}/shipments`,
      body: {
        order_address_id: Number(addressId),
        items: items.map((it) => ({
          order_product_id: Number(it.productId),
          quantity: it.quantity,
        })),
        comments: withMarker(call.marker),
        ...tracking,
      },
    },
  };
}

/** The ids of the shipments that bear a step's token. */
export function shipmentsBy({ shipments }: OrderRecords, marker: string): string[] {
  return shipments.filter((it) => markerIn(it.comments) === marker).map(({ id }) => id);
}

/** Only what is sent changes, so comments and with them the token of the shipment stay. */
export async function prepareTracking(_reader: Reader, call: StepCall): Promise<Prepared> {
  const { shipmentId, tracking } = requests.FULFILLMENT_TRACKING_UPDATE.parse(call.step.request);
  const path = `/v2/orders/${call.order.nativeId}/shipments/${shipmentId}`;
  return { kind: "send", request: { method: "PUT", path, body: tracking } };
}

/** Deleting a shipment; one that is gone already is what was asked for. */
export async function prepareShipmentCancel(_reader: Reader, call: StepCall): Promise<Prepared> {
  const { shipmentId } = requests.FULFILLMENT_CANCEL.parse(call.step.request);
  return {
    kind: "send",
    request: {
      method: "DELETE",
      path: `/v2/orders/${call.order.nativeId}/shipments/${shipmentId}`,
    },
    achieves: (error) => error.code === "NOT_FOUND",
  };
}

/** Cancelling an order. There is no room for a token, and none is needed: canceled is canceled. */
export async function prepareCancel(reader: Reader, call: StepCall): Promise<Prepared> {
  const records = await present(reader, call);
  if (records.order.status_id === STATUS.cancelled) return done(reader, records);
  refuseClosed(records);
  return setStatus(call, STATUS.cancelled);
}

/** The status that tells what is still shipped, unless the order says something else by now. */
export async function prepareStatus(reader: Reader, call: StepCall): Promise<Prepared> {
  const records = await present(reader, call);
  const { status_id } = records.order;
  const wanted = statusOf(records);
  if (!MOVES_BACK.has(status_id) || status_id === wanted) return done(reader, records);
  return setStatus(call, wanted);
}

/** Payments that have not come in, so that nobody would be told to fulfill what is not paid. */
const UNPAID: ReadonlySet<string> = new Set(["pending", "held for review", "declined", "void"]);

function statusOf({ order, shipments }: OrderRecords): number {
  const goods = productsOf(order).filter((product) => product.type === "physical");
  const left = goods.filter((product) => shippedOf(product, shipments) > 0);
  if (left.length === 0)
    return UNPAID.has(order.payment_status ?? "")
      ? STATUS.awaitingPayment
      : STATUS.awaitingFulfillment;
  const all = goods.every((product) => shippedOf(product, shipments) >= product.quantity);
  return all ? STATUS.shipped : STATUS.partiallyShipped;
}

/** The order's records as they are now. Throws ChannelError where it is gone or archived. */
export async function present(reader: Reader, { order, signal }: StepCall): Promise<OrderRecords> {
  const records = await readRecords(reader, order.nativeId, signal, { sure: true });
  if (records && !records.order.is_deleted) return records;
  throw refuse("NOT_FOUND", `order ${order.nativeId} is archived in the store, or not there`);
}

/** The store shows a step's effect, once for each id of what it made; null where it shows none. */
export function found(
  reader: Reader,
  records: OrderRecords,
  ids: readonly (string | null)[],
): Found | null {
  const [first] = ids;
  if (first === undefined) return null;
  const snapshot = snapshotOf(records, reader.shop);
  return { kind: "found", snapshot, nativeId: first, times: ids.length };
}

/** The store is as the step wants it, whoever did that. */
export function done(reader: Reader, records: OrderRecords): Found {
  return { kind: "found", snapshot: snapshotOf(records, reader.shop), nativeId: null };
}

/** Throws where the order was canceled or declined in the store. */
export function refuseClosed({ order }: OrderRecords): void {
  if (isClosed(order.status_id))
    throw refuse("CHANNEL_REJECTED", `order ${order.id} is canceled or declined in the store`);
}

/**
 * What the store itself would check is checked here as well, on what it says now, so that the refusal says why. What was
 * refunded beyond what ever left was refunded before it was shipped and cannot leave any more.
 */
function refuseExcess(
  { order, shipments, refunds }: OrderRecords,
  id: string,
  wanted: number,
): void {
  const product = productsOf(order).find((it) => it.id === id);
  if (!product)
    throw refuse("QUANTITY_EXCEEDS_FULFILLABLE", `order ${order.id} has no line ${id} any more`);
  const shipped = shippedOf(product, shipments);
  const inRefunds = refunds
    .flatMap((refund) => refund.items)
    .filter((item) => item.item_type === "PRODUCT" && item.item_id === id)
    .reduce((total, item) => total + (item.quantity ?? 0), 0);
  const refunded = Math.max(inRefunds, product.quantity_refunded);
  const open = lessQuantity(product.quantity, Math.max(shipped, refunded));
  if (wanted <= open) return;
  throw refuse(
    "QUANTITY_EXCEEDS_FULFILLABLE",
    `${wanted} of line ${id} were to be shipped and ${open} are open (ordered ${product.quantity}, shipped ${shipped}, refunded ${refunded})`,
  );
}

/** Nothing but the status: products sent along would lose their discounts. */
function setStatus(call: StepCall, status_id: number): Prepared {
  const path = `/v2/orders/${call.order.nativeId}`;
  return { kind: "send", request: { method: "PUT", path, body: { status_id } } };
}
