import type { ChannelOperation } from "../../domain/channel.js";
import type { Row, Rows } from "../capability.js";

const RETURNS = [
  "RETURN_CREATE",
  "RETURN_APPROVE",
  "RETURN_RECEIVE",
  "RETURN_CLOSE",
] as const satisfies ChannelOperation[];

const KEPT: Row = [
  "EMULATED",
  "NATURAL",
  {
    note: "the gateway keeps the return; Magento Open Source has none, so the shop gets the refund and a comment",
  },
];

const SILENT =
  "nothing tells of returns: open ones are looked at in each poll, all of the last 90 days about once an hour";

/** Open Source: the gateway keeps returns. */
export const KEPT_RETURNS: Rows = {
  ...Object.fromEntries(RETURNS.map((operation) => [operation, KEPT])),
  WEBHOOK_RETURN: ["NONE", "NATURAL", { note: "the shop has no returns of its own" }],
};

const SCOPES = ["Magento_Rma::magento_rma"];

/** Adobe Commerce: Sales > Returns. */
export const NATIVE_RETURNS: Rows = {
  RETURN_CREATE: [
    "NATIVE",
    "CHECK_THEN_ACT",
    {
      scopes: SCOPES,
      constraints: [
        "whole pieces that were shipped",
        "a reason and a resolution for which the shop has an option, told by its label (Stores > Attributes > Returns)",
      ],
    },
  ],
  RETURN_APPROVE: ["NATIVE", "NATURAL", { scopes: SCOPES }],
  RETURN_RECEIVE: [
    "NATIVE",
    "NATURAL",
    {
      scopes: SCOPES,
      note: "Adobe Commerce keeps what was taken and what was not, and restocks with the credit memo only; what becomes of the pieces is kept in a comment",
    },
  ],
  RETURN_CLOSE: [
    "PARTIAL",
    "NATURAL",
    {
      scopes: SCOPES,
      constraints: [
        "a return cannot be canceled: decline it while it is asked for, close it afterwards",
      ],
    },
  ],
  WEBHOOK_RETURN: ["NONE", "NATURAL", { note: SILENT }],
};
