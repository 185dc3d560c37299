import type { LineFacts } from "../domain/order.js";

/** What stands in a line where its platform says nothing of it, as with fees and gift wrapping. */
export const UNTOLD_LINE = {
  sku: null,
  barcode: null,
  variantTitle: null,
  imageUrl: null,
  requiresShipping: false,
  weightGrams: null,
  canceled: 0,
  fulfilled: null,
  properties: [],
  externalProductId: null,
  externalVariantId: null,
  parentLineId: null,
} satisfies Partial<LineFacts>;
