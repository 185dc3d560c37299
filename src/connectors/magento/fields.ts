import { z } from "zod";
import { creditmemoPayload, invoicePayload, orderPayload, shipmentPayload } from "./payload.js";
import { returnPayload } from "./payload-return.js";

const glance = orderPayload.pick({
  entity_id: true,
  created_at: true,
  updated_at: true,
  state: true,
  status: true,
  billing_address: true,
  extension_attributes: true,
  status_histories: true,
});
const SEEN = "entity_id,order_id,updated_at";

/**
 * What of each record is asked for, in Magento's notation ("entity_id,items[sku]"): what its payload names and nothing
 * else. An order of four rows has 15 KB, most of it rows repeated, and holds what nobody should pass on (protect_code).
 */
export const FIELDS = {
  order: fieldsOf(orderPayload),
  shipment: fieldsOf(shipmentPayload),
  creditmemo: fieldsOf(creditmemoPayload),
  invoice: fieldsOf(invoicePayload),
  return: fieldsOf(returnPayload),
  /** Enough to know which orders to read. */
  change: "entity_id,order_id,created_at,updated_at",
  /** Enough to know which orders may have changed without their time. */
  silent: "entity_id,created_at,updated_at,state,status_histories[created_at]",
  /** Enough to see that something changed, also where no time of change tells. */
  glance: {
    order: fieldsOf(glance),
    shipment: `${SEEN},tracks[entity_id,track_number,title,carrier_code]`,
    invoice: `${SEEN},state`,
    creditmemo: `${SEEN},state,comments[entity_id]`,
    return: fieldsOf(returnPayload),
  },
} as const;

interface Shape {
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
}

function fieldsOf(payload: z.ZodType): string {
  return listed(z.toJSONSchema(payload, { io: "input", unrepresentable: "any" }) as Shape);
}

function listed({ properties = {} }: Shape): string {
  return Object.entries(properties)
    .map(([name, shape]) => {
      const inner = listed(innerOf(shape));
      return inner ? `${name}[${inner}]` : name;
    })
    .join(",");
}

/** The object in a list or beside null. */
function innerOf(shape: Shape): Shape {
  if (shape.properties) return shape;
  const inner = [shape.items, ...(shape.anyOf ?? [])].filter((it) => it !== undefined);
  return inner.map(innerOf).find(({ properties }) => properties) ?? {};
}
