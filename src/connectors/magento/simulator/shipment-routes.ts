import { orderOf, rowIn } from "./document-routes.js";
import { viewShipment, viewShipmentComment, viewTrack } from "./document-view.js";
import { ApiError } from "./errors.js";
import type { Route } from "./router.js";
import { belongingTo, found } from "./search.js";
import { trackOf } from "./shipments.js";

/** /V1/shipment: one shipment, its comments, and tracks that come and go without anybody's updated_at. */
export const shipmentRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/shipment",
    resource: "Magento_Sales::shipment",
    run: () => {
      throw new ApiError(400, "The shipment couldn't be saved.");
    },
  },
  {
    method: "POST",
    path: "/shipment/track",
    resource: "Magento_Sales::shipment",
    parameters: {
      required: ["entity"],
      shape: {
        entity: {
          order_id: "int",
          parent_id: "int",
          created_at: "string",
          entity_id: "int",
          updated_at: "string",
          weight: "float",
          qty: "float",
          description: "string",
          track_number: "string",
          title: "string",
          carrier_code: "string",
          extension_attributes: {},
        },
      },
    },
    run: ({ site, given }) => {
      const entity = given.entity as Record<string, string | number | null | undefined>;
      const shipment = site.data.shipments.find(
        ({ id, orderId }) => id === entity.parent_id && orderId === entity.order_id,
      );
      if (!shipment) throw new ApiError(400, "Could not save the shipment tracking.");
      const track = trackOf(site, {
        trackNumber: String(entity.track_number ?? ""),
        title: String(entity.title ?? ""),
        carrierCode: String(entity.carrier_code ?? ""),
      });
      track.weight = typeof entity.weight === "number" ? entity.weight : null;
      track.qty = typeof entity.qty === "number" ? entity.qty : null;
      shipment.tracks.push(track);
      site.changed();
      const { description } = entity;
      return viewTrack(shipment, track, typeof description === "string" ? description : null);
    },
  },
  {
    method: "DELETE",
    path: "/shipment/track/:id",
    resource: "Magento_Sales::shipment",
    // True whether or not there was such a track.
    run: ({ site, id }) => {
      const gone = id("id");
      for (const shipment of site.data.shipments)
        shipment.tracks = shipment.tracks.filter((track) => track.id !== gone);
      site.changed();
      return true;
    },
  },
  {
    method: "GET",
    path: "/shipment/:id",
    resource: "Magento_Sales::shipment",
    run: (call) => {
      const shipment = rowIn(call.site.data.shipments, call.id("id"));
      return viewShipment(orderOf(call, shipment), shipment);
    },
  },
  {
    method: "GET",
    path: "/shipment/:id/comments",
    resource: "Magento_Sales::shipment",
    run: ({ site, id }) => {
      const shipment = site.data.shipments.find((each) => each.id === id("id"));
      return found(site, belongingTo(id("id")), {
        rows: shipment?.comments ?? [],
        columns: ["parent_id"],
        row: () => ({ parent_id: id("id") }),
        view: (comment) => viewShipmentComment(id("id"), comment),
      });
    },
  },
  {
    method: "POST",
    path: "/shipment/:id/comments",
    resource: "Magento_Sales::shipment",
    parameters: {
      required: ["entity"],
      shape: {
        entity: {
          is_customer_notified: "int",
          parent_id: "int",
          comment: "string",
          is_visible_on_front: "int",
          created_at: "string",
          entity_id: "int",
          extension_attributes: {},
        },
      },
    },
    run: ({ site, id, given }) => {
      const entity = given.entity as Record<string, unknown>;
      const shipment = rowIn(site.data.shipments, id("id"));
      const comment = {
        id: site.nextId("sales_shipment_comment"),
        comment: String(entity.comment ?? ""),
        createdAt: site.now(),
        isCustomerNotified: Number(entity.is_customer_notified ?? 0),
        isVisibleOnFront: Number(entity.is_visible_on_front ?? 0),
      };
      shipment.comments.push(comment);
      site.changed();
      return viewShipmentComment(shipment.id, comment);
    },
  },
  {
    method: "POST",
    path: "/shipment/:id/emails",
    resource: "Magento_Sales::shipment",
    run: ({ site, id }) => {
      rowIn(site.data.shipments, id("id")).emailSent = true;
      site.changed();
      return true;
    },
  },
];
