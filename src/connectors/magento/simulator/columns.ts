// Names in the order in which the API writes them (the schema a 2.4.6 generates), which is long data; hence its length.
/** Names of a list written with spaces and line ends between them. */
function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Columns of sales_order; only these can be filtered and sorted by. */
export const orderColumns: readonly string[] = words(`
  adjustment_negative adjustment_positive applied_rule_ids base_adjustment_negative
  base_adjustment_positive base_currency_code base_discount_amount base_discount_canceled
  base_discount_invoiced base_discount_refunded base_grand_total
  base_discount_tax_compensation_amount base_discount_tax_compensation_invoiced
  base_discount_tax_compensation_refunded base_shipping_amount base_shipping_canceled
  base_shipping_discount_amount base_shipping_discount_tax_compensation_amnt
  base_shipping_incl_tax base_shipping_invoiced base_shipping_refunded base_shipping_tax_amount
  base_shipping_tax_refunded base_subtotal base_subtotal_canceled base_subtotal_incl_tax
  base_subtotal_invoiced base_subtotal_refunded base_tax_amount base_tax_canceled
  base_tax_invoiced base_tax_refunded base_total_canceled base_total_due base_total_invoiced
  base_total_invoiced_cost base_total_offline_refunded base_total_online_refunded base_total_paid
  base_total_qty_ordered base_total_refunded base_to_global_rate base_to_order_rate
  billing_address_id can_ship_partially can_ship_partially_item coupon_code created_at
  customer_dob customer_email customer_firstname customer_gender customer_group_id customer_id
  customer_is_guest customer_lastname customer_middlename customer_note customer_note_notify
  customer_prefix customer_suffix customer_taxvat discount_amount discount_canceled
  discount_description discount_invoiced discount_refunded edit_increment email_sent entity_id
  ext_customer_id ext_order_id forced_shipment_with_invoice global_currency_code grand_total
  discount_tax_compensation_amount discount_tax_compensation_invoiced
  discount_tax_compensation_refunded hold_before_state hold_before_status increment_id is_virtual
  order_currency_code original_increment_id payment_authorization_amount payment_auth_expiration
  protect_code quote_address_id quote_id relation_child_id relation_child_real_id
  relation_parent_id relation_parent_real_id remote_ip shipping_amount shipping_canceled
  shipping_description shipping_discount_amount shipping_discount_tax_compensation_amount
  shipping_incl_tax shipping_invoiced shipping_refunded shipping_tax_amount shipping_tax_refunded
  state status store_currency_code store_id store_name store_to_base_rate store_to_order_rate
  subtotal subtotal_canceled subtotal_incl_tax subtotal_invoiced subtotal_refunded tax_amount
  tax_canceled tax_invoiced tax_refunded total_canceled total_due total_invoiced total_item_count
  total_offline_refunded total_online_refunded total_paid total_qty_ordered total_refunded
  updated_at weight x_forwarded_for
`);

/** Columns of sales_order_item. */
export const itemColumns: readonly string[] = words(`
  additional_data amount_refunded applied_rule_ids base_amount_refunded base_cost
  base_discount_amount base_discount_invoiced base_discount_refunded
  base_discount_tax_compensation_amount base_discount_tax_compensation_invoiced
  base_discount_tax_compensation_refunded base_original_price base_price base_price_incl_tax
  base_row_invoiced base_row_total base_row_total_incl_tax base_tax_amount
  base_tax_before_discount base_tax_invoiced base_tax_refunded base_weee_tax_applied_amount
  base_weee_tax_applied_row_amnt base_weee_tax_disposition base_weee_tax_row_disposition
  created_at description discount_amount discount_invoiced discount_percent discount_refunded
  event_id ext_order_item_id free_shipping gw_base_price gw_base_price_invoiced
  gw_base_price_refunded gw_base_tax_amount gw_base_tax_amount_invoiced
  gw_base_tax_amount_refunded gw_id gw_price gw_price_invoiced gw_price_refunded gw_tax_amount
  gw_tax_amount_invoiced gw_tax_amount_refunded discount_tax_compensation_amount
  discount_tax_compensation_canceled discount_tax_compensation_invoiced
  discount_tax_compensation_refunded is_qty_decimal is_virtual item_id locked_do_invoice
  locked_do_ship name no_discount order_id original_price parent_item_id price price_incl_tax
  product_id product_type qty_backordered qty_canceled qty_invoiced qty_ordered qty_refunded
  qty_returned qty_shipped quote_item_id row_invoiced row_total row_total_incl_tax row_weight sku
  store_id tax_amount tax_before_discount tax_canceled tax_invoiced tax_percent tax_refunded
  updated_at weee_tax_applied weee_tax_applied_amount weee_tax_applied_row_amount
  weee_tax_disposition weee_tax_row_disposition weight
`);

/** Columns of sales_order_payment. */
export const paymentColumns: readonly string[] = words(`
  account_status additional_data additional_information address_status amount_authorized
  amount_canceled amount_ordered amount_paid amount_refunded anet_trans_method
  base_amount_authorized base_amount_canceled base_amount_ordered base_amount_paid
  base_amount_paid_online base_amount_refunded base_amount_refunded_online base_shipping_amount
  base_shipping_captured base_shipping_refunded cc_approval cc_avs_status cc_cid_status
  cc_debug_request_body cc_debug_response_body cc_debug_response_serialized cc_exp_month
  cc_exp_year cc_last4 cc_number_enc cc_owner cc_secure_verify cc_ss_issue cc_ss_start_month
  cc_ss_start_year cc_status cc_status_description cc_trans_id cc_type echeck_account_name
  echeck_account_type echeck_bank_name echeck_routing_number echeck_type entity_id last_trans_id
  method parent_id po_number protection_eligibility quote_payment_id shipping_amount
  shipping_captured shipping_refunded
`);

/** Columns of sales_invoice. */
export const invoiceColumns: readonly string[] = words(`
  base_currency_code base_discount_amount base_grand_total base_discount_tax_compensation_amount
  base_shipping_amount base_shipping_discount_tax_compensation_amnt base_shipping_incl_tax
  base_shipping_tax_amount base_subtotal base_subtotal_incl_tax base_tax_amount
  base_total_refunded base_to_global_rate base_to_order_rate billing_address_id can_void_flag
  created_at discount_amount discount_description email_sent entity_id global_currency_code
  grand_total discount_tax_compensation_amount increment_id is_used_for_refund order_currency_code
  order_id shipping_address_id shipping_amount shipping_discount_tax_compensation_amount
  shipping_incl_tax shipping_tax_amount state store_currency_code store_id store_to_base_rate
  store_to_order_rate subtotal subtotal_incl_tax tax_amount total_qty transaction_id updated_at
`);

/** Columns of sales_invoice_item. */
export const invoiceItemColumns: readonly string[] = words(`
  additional_data base_cost base_discount_amount base_discount_tax_compensation_amount base_price
  base_price_incl_tax base_row_total base_row_total_incl_tax base_tax_amount description
  discount_amount entity_id discount_tax_compensation_amount name parent_id price price_incl_tax
  product_id row_total row_total_incl_tax sku tax_amount order_item_id qty
`);

/** Columns of sales_creditmemo. */
export const creditmemoColumns: readonly string[] = words(`
  adjustment adjustment_negative adjustment_positive base_adjustment base_adjustment_negative
  base_adjustment_positive base_currency_code base_discount_amount base_grand_total
  base_discount_tax_compensation_amount base_shipping_amount
  base_shipping_discount_tax_compensation_amnt base_shipping_incl_tax base_shipping_tax_amount
  base_subtotal base_subtotal_incl_tax base_tax_amount base_to_global_rate base_to_order_rate
  billing_address_id created_at creditmemo_status discount_amount discount_description email_sent
  entity_id global_currency_code grand_total discount_tax_compensation_amount increment_id
  invoice_id order_currency_code order_id shipping_address_id shipping_amount
  shipping_discount_tax_compensation_amount shipping_incl_tax shipping_tax_amount state
  store_currency_code store_id store_to_base_rate store_to_order_rate subtotal subtotal_incl_tax
  tax_amount transaction_id updated_at
`);

/** Columns of sales_creditmemo_item. */
export const creditmemoItemColumns: readonly string[] = words(`
  additional_data base_cost base_discount_amount base_discount_tax_compensation_amount base_price
  base_price_incl_tax base_row_total base_row_total_incl_tax base_tax_amount
  base_weee_tax_applied_amount base_weee_tax_applied_row_amnt base_weee_tax_disposition
  base_weee_tax_row_disposition description discount_amount entity_id
  discount_tax_compensation_amount name order_item_id parent_id price price_incl_tax product_id
  qty row_total row_total_incl_tax sku tax_amount weee_tax_applied weee_tax_applied_amount
  weee_tax_applied_row_amount weee_tax_disposition weee_tax_row_disposition
`);

/** Columns of sales_shipment. */
export const shipmentColumns: readonly string[] = words(`
  billing_address_id created_at customer_id email_sent entity_id increment_id order_id
  packages shipment_status shipping_address_id shipping_label store_id total_qty total_weight updated_at
`);

/**
 * The values that are there, in the order of their columns: what is null in the database is left out, but
 * for the few columns whose interface does not allow null. Values of other names follow as they come.
 */
export function arranged(
  columns: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const column of columns) if (values[column] !== undefined) row[column] = values[column];
  for (const name of Object.keys(values))
    if (values[name] !== undefined && !(name in row)) row[name] = values[name];
  return row;
}
