import { describe, expect, it } from "vitest";
import type { ReturnFragment } from "../../../src/connectors/shopify/payload.js";
import { definitionFor, reasonOf } from "../../../src/connectors/shopify/return-reason.js";
import { translateRefunds } from "../../../src/connectors/shopify/translate-refund.js";
import { translateReturn } from "../../../src/connectors/shopify/translate-return.js";
import { returnStatusOf } from "../../../src/domain/return.js";
import { gid, page, refundPayload, usd } from "./payload.js";

const line = (
  id: number,
  given: Partial<ReturnFragment["returnLineItems"]["nodes"][number]> = {},
) => ({
  id: gid("ReturnLineItem", id),
  quantity: 2,
  processedQuantity: 0,
  returnReasonNote: "",
  customerNote: null,
  returnReasonDefinition: null,
  fulfillmentLineItem: { id: gid("FulfillmentLineItem", 1), lineItem: { id: gid("LineItem", 1) } },
  ...given,
});

type Fate = { type: string; quantity: number; createdAt: string };

function payload(given: Partial<ReturnFragment> = {}, fates: Fate[] = []): ReturnFragment {
  return {
    id: gid("Return", 1),
    name: "#1001-R1",
    status: "OPEN",
    createdAt: "2026-11-02T10:00:00Z",
    decline: null,
    returnLineItems: page([line(1)]),
    exchangeLineItems: page([]),
    reverseFulfillmentOrders: {
      nodes: [
        {
          id: gid("ReverseFulfillmentOrder", 1),
          status: "OPEN",
          lineItems: page([
            {
              id: gid("ReverseFulfillmentOrderLineItem", 1),
              totalQuantity: 2,
              fulfillmentLineItem: { id: gid("FulfillmentLineItem", 1) },
              dispositions: fates,
            },
          ]),
          reverseDeliveries: { nodes: [] },
        },
      ],
    },
    ...given,
  };
}

describe("a return of the shop's", () => {
  it("counts as come back what was processed or disposed of, whichever is more", () => {
    const fates = [
      { type: "RESTOCKED", quantity: 1, createdAt: "2026-11-03T10:00:00Z" },
      { type: "MISSING", quantity: 1, createdAt: "2026-11-04T10:00:00Z" },
    ];
    expect(translateReturn(payload({}, fates)).lines).toMatchObject([
      { approved: 2, received: 2, restocked: 1, disposition: "MISSING" },
    ]);
    const processed = payload({ returnLineItems: page([line(1, { processedQuantity: 1 })]) });
    expect(translateReturn(processed).lines).toMatchObject([{ received: 1, disposition: null }]);
    expect(returnStatusOf(translateReturn(processed))).toBe("PARTIALLY_RECEIVED");
  });

  it("shares what became of a shipped line out over its rows", () => {
    const rows = page([line(1, { quantity: 1 }), line(2, { quantity: 1 })]);
    const fates = [{ type: "RESTOCKED", quantity: 1, createdAt: "2026-11-03T10:00:00Z" }];
    expect(translateReturn(payload({ returnLineItems: rows }, fates)).lines).toMatchObject([
      { received: 1, restocked: 1 },
      { received: 0, restocked: 0 },
    ]);
  });

  it("leaves out goods of no order, and takes a state it does not know for open", () => {
    const { fulfillmentLineItem: _, ...unverified } = line(2);
    const odd = payload({ status: "PONDERED", returnLineItems: page([line(1), unverified]) });
    expect(translateReturn(odd)).toMatchObject({ stage: "OPEN", lines: [{ requested: 2 }] });
    expect(translateReturn(odd).lines).toHaveLength(1);
  });

  it("says why it was declined, in words or else by the reason", () => {
    const declined = (note: string | null) =>
      translateReturn(payload({ status: "DECLINED", decline: { reason: "FINAL_SALE", note } }))
        .note;
    expect(declined("Sorry")).toBe("Sorry");
    expect(declined(null)).toBe("FINAL_SALE");
  });
});

describe("a refund record", () => {
  const money = { kind: "REFUND", amountSet: usd("5.0") };

  it("that belongs to a return and moved nothing is the shop's bookkeeping", () => {
    const back = { return: { id: gid("Return", 1) } };
    const paid = { nodes: [{ id: gid("OrderTransaction", 2), status: "SUCCESS", ...money }] };
    const told = translateRefunds([
      refundPayload(back),
      refundPayload({ ...back, id: gid("Refund", 2), transactions: paid }),
      refundPayload({ id: gid("Refund", 3) }),
    ]);
    expect(told.map(({ nativeId, returnId }) => [nativeId, returnId])).toEqual([
      [gid("Refund", 2), gid("Return", 1)],
      [gid("Refund", 3), null],
    ]);
  });

  it.each([
    ["PENDING", "PENDING", "5.00"],
    ["AWAITING_RESPONSE", "PENDING", "5.00"],
    ["UNKNOWN", "OUTCOME_UNKNOWN", "5.00"],
    ["FAILURE", "FAILED", "0.00"],
  ])("whose money is %s is %s", (word, status, amount) => {
    const transactions = { nodes: [{ id: gid("OrderTransaction", 2), status: word, ...money }] };
    expect(translateRefunds([refundPayload({ transactions })])).toMatchObject([
      { status, amount: { shop: { amount } } },
    ]);
  });
});

describe("reasons", () => {
  it.each([
    ["arrived-late", "ARRIVED_LATE"],
    ["too-tight", "SIZE_TOO_SMALL"],
    ["color-too-bright", "COLOR"],
    ["quality", "DEFECTIVE"],
    ["comfort", "STYLE"],
    ["haunted", "OTHER"],
    [null, "UNKNOWN"],
  ])("%s mean %s", (handle, reason) => {
    expect(reasonOf(handle)).toBe(reason);
  });

  it("are said by the plainest definition, else one that means the same, else other, and never by one taken out", () => {
    const row = (handle: string, deleted = false) => ({ id: handle, handle, deleted });
    const library = [row("too-tight"), row("too-small"), row("other"), row("arrived-late", true)];
    expect(definitionFor("SIZE_TOO_SMALL", library)).toBe("too-small");
    expect(definitionFor("SIZE_TOO_SMALL", library.slice(0, 1))).toBe("too-tight");
    expect(definitionFor("ARRIVED_LATE", library)).toBe("other");
    expect(definitionFor("ARRIVED_LATE", [])).toBeNull();
  });
});
