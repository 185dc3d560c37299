/** What the Admin API answers of returns, field by field as our operations select it. */
import type { Page } from "./payload-page.js";

interface Id {
  id: string;
}

export interface ReturnPayload {
  id: string;
  name: string;
  status: string;
  createdAt: string;
  decline: { reason: string; note: string | null } | null;
  returnLineItems: Page<ReturnLinePayload>;
  reverseFulfillmentOrders: { nodes: ReversePayload[] };
}
export interface ReturnLinePayload {
  id: string;
  quantity: number;
  processedQuantity: number;
  returnReasonNote: string;
  customerNote: string | null;
  returnReasonDefinition: { handle: string } | null;
  /** Absent for goods that stand in no order of the shop. */
  fulfillmentLineItem?: { id: string; lineItem: Id };
}
/** What the merchant has to take in. */
export interface ReversePayload {
  id: string;
  status: string;
  lineItems: Page<ReverseLinePayload>;
  reverseDeliveries: { nodes: ReverseDeliveryPayload[] };
}
export interface ReverseLinePayload {
  id: string;
  totalQuantity: number;
  fulfillmentLineItem: Id | null;
  dispositions: { type: string; quantity: number; createdAt: string }[];
}
export interface ReverseDeliveryPayload {
  id: string;
  deliverable: {
    tracking?: { carrierName: string | null; number: string | null; url: string | null } | null;
    label?: { publicFileUrl: string | null } | null;
  } | null;
}

export interface ReturnsOf {
  order: { returns: Page<ReturnPayload> } | null;
}
export interface LinesOfReturn {
  return: { returnLineItems: Page<ReturnLinePayload> } | null;
}
export interface LinesOfReverse {
  reverseFulfillmentOrder: { lineItems: Page<ReverseLinePayload> } | null;
}
/** The orders of what webhooks of returns name. */
export interface OwnerOfReturn {
  return: { order: Id } | null;
}
export interface OwnerOfReverse {
  reverseFulfillmentOrder: { order: Id | null } | null;
}
export interface OwnerOfReverseDelivery {
  reverseDelivery: { reverseFulfillmentOrder: { order: Id | null } } | null;
}

export interface Returnables {
  returnableFulfillments: Page<{
    id: string;
    returnableFulfillmentLineItems: {
      nodes: { quantity: number; fulfillmentLineItem: { id: string; lineItem: Id } }[];
      pageInfo: { hasNextPage: boolean };
    };
  }>;
}
export interface ReasonPage {
  returnReasonDefinitions: Page<ReasonPayload>;
}
export interface ReasonPayload {
  id: string;
  handle: string;
  deleted: boolean;
}
