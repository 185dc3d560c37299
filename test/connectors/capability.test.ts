import { expect, it } from "vitest";
import { capabilitiesBy } from "../../src/connectors/capability.js";

it("grants what no missing permission is needed for, and tells what every operation takes", () => {
  const rows = capabilitiesBy(
    {
      ORDER_READ: ["NATIVE", "NATURAL"],
      ORDER_NOTE: ["PARTIAL", "CHECK_THEN_ACT", { scopes: ["notes", "orders"], note: "for staff" }],
    },
    new Set(["notes"]),
  );
  expect(rows).toEqual([
    {
      operation: "ORDER_READ",
      support: "NATIVE",
      constraints: [],
      note: null,
      requiredScopes: [],
      granted: true,
      idempotent: "NATURAL",
    },
    {
      operation: "ORDER_NOTE",
      support: "PARTIAL",
      constraints: [],
      note: "for staff",
      requiredScopes: ["notes", "orders"],
      granted: false,
      idempotent: "CHECK_THEN_ACT",
    },
  ]);
});
