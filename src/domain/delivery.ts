import type { Fulfillment, Package } from "./fulfillment.js";
import { present } from "./part.js";
import type { DeliveryStatus } from "./status.js";
import { deliveryStatusOf, rollUpDelivery } from "./tracking.js";

/** Where one parcel is: by its scans, else by what the platform says of the shipment. */
export function parcelDelivery(parcel: Package, shipment: Fulfillment): DeliveryStatus {
  return deliveryStatusOf(present(parcel.scans), shipment.deliveryStatus);
}

/** Where a shipment is, from its parcels; NOT_SHIPPED until it left. */
export function deliveryOf(shipment: Fulfillment): DeliveryStatus {
  if (shipment.status !== "SUCCESS") return "NOT_SHIPPED";
  const parcels = present(shipment.packages);
  if (parcels.length === 0) return shipment.deliveryStatus;
  return rollUpDelivery(parcels.map((parcel) => parcelDelivery(parcel, shipment)));
}
