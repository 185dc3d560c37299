import type { Rows } from "../capability.js";

const SCOPES = ["Magento_Sales::creditmemo", "Magento_Sales::sales_invoice"];

/** What a shop can do about refunds. */
export const REFUNDS = {
  REFUND_QUOTE: [
    "EMULATED",
    "NATURAL",
    {
      note: "Magento prices no refund before it is made: the order's own amounts are counted, and an adjustment in the credit memo brings it to them",
    },
  ],
  REFUND_LINES: [
    "NATIVE",
    "CHECK_THEN_ACT",
    {
      scopes: SCOPES,
      constraints: [
        "pieces that were invoiced",
        "fractions only of products sold in decimals",
        "an order on hold, closed or canceled is refused",
      ],
      note: "the gateway of the payment sends the money, with a credit memo for each invoice; a payment by check, bank transfer, purchase order or on delivery is only booked, and a person must send it",
    },
  ],
  REFUND_SHIPPING: [
    "NATIVE",
    "CHECK_THEN_ACT",
    {
      scopes: SCOPES,
      constraints: [
        "taken for a shop that displays shipping without tax in its credit memos (Stores > Configuration > Sales > Tax > Orders, Invoices, Credit Memos Display Settings), as a fresh one does; no API tells, and a shop that displays it with tax refunds less, which is reported",
      ],
    },
  ],
  REFUND_ARBITRARY_AMOUNT: [
    "NATIVE",
    "CHECK_THEN_ACT",
    { scopes: SCOPES, note: "as the adjustment of a credit memo, in the website's base currency" },
  ],
  REFUND_RESTOCK: [
    "PARTIAL",
    "CHECK_THEN_ACT",
    {
      scopes: SCOPES,
      constraints: [
        "goods go back to the source they left from; another location cannot be named",
        "pieces of one line of which only some go back to stock take two credit memos",
      ],
    },
  ],
} satisfies Rows;
