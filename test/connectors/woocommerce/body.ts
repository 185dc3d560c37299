/** A small order body as `wc/v3` sends it; two mugs and shipping, paid. */
export function orderBody(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 700,
    number: "700",
    status: "processing",
    currency: "USD",
    prices_include_tax: false,
    date_created_gmt: "2026-11-20T10:00:00",
    date_modified_gmt: "2026-11-20T10:05:00",
    date_completed_gmt: null,
    date_paid_gmt: "2026-11-20T10:00:01",
    discount_total: "2.40",
    discount_tax: "0.20",
    shipping_total: "7.50",
    shipping_tax: "0.62",
    total: "31.50",
    total_tax: "2.40",
    customer_id: 0,
    billing: { first_name: "Ada", last_name: "Byron", email: "ada@example.com", country: "US" },
    shipping: { first_name: "", address_1: "", country: "" },
    payment_method: "stripe",
    payment_method_title: "Credit card",
    created_via: "checkout",
    customer_note: "",
    needs_processing: true,
    line_items: [lineBody()],
    shipping_lines: [
      {
        id: 3,
        method_title: "Flat rate",
        method_id: "flat_rate",
        total: "7.50",
        total_tax: "0.62",
      },
    ],
    tax_lines: [],
    fee_lines: [],
    coupon_lines: [],
    refunds: [],
    meta_data: [],
    ...differences,
  };
}

export function lineBody(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 1,
    name: "Enamel Mug",
    product_id: 11,
    variation_id: 0,
    quantity: 2,
    subtotal: "24.00",
    subtotal_tax: "1.98",
    total: "21.60",
    total_tax: "1.78",
    sku: "MUG-01",
    global_unique_id: "",
    image: { id: "", src: "" },
    parent_name: null,
    meta_data: [],
    ...differences,
  };
}
