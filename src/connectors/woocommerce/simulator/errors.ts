/** An error as the WordPress REST API words it; thrown by routes, turned into a body by the router. */
export class RestError extends Error {
  readonly code: string | number;
  readonly status: number;
  /** What stands under "data"; where absent {status}. */
  readonly data: unknown;

  constructor(code: string | number, message: string, status: number, data: unknown = { status }) {
    super(message);
    this.name = "RestError";
    this.code = code;
    this.status = status;
    this.data = data;
  }

  toJSON(): { code: string | number; message: string; data: unknown } {
    return { code: this.code, message: this.message, data: this.data };
  }
}

/** The one message for every order that is not there; 404 for reading and deleting, 400 for updating. */
export function invalidId(
  resource: "shop_order" | "shop_order_refund" | "shop_webhook" | "product",
  status: 400 | 404,
): RestError {
  return new RestError(`woocommerce_rest_${resource}_invalid_id`, "Invalid ID.", status);
}

/** What routes below an order answer for an unknown order. */
export function invalidOrderId(): RestError {
  return new RestError("woocommerce_rest_order_invalid_id", "Invalid order ID.", 404);
}

/** Why something that can only be deleted for good was not moved to the trash. */
export function noTrash(message: string): RestError {
  return new RestError("woocommerce_rest_trash_not_supported", message, 501);
}
