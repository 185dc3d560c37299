import { expect, it } from "vitest";
import { foldText, PATTERNS, textsOf } from "../../src/store/texts.js";
import { orderOf, returned, returnLine } from "../domain/arbitraries.js";
import { at, head, line, shipment, snapshot } from "../support/snapshots.js";

const whole = <T>(value: T, minute = 0) => ({ asOf: at(minute), complete: true, value });
const tracking = {
  number: "rt-1 2",
  carrier: null,
  carrierCode: null,
  url: null,
  estimatedDeliveryAt: null,
};
const order = orderOf(
  snapshot("o", 0, {
    head: whole(
      head({
        number: "#1001",
        tags: ["Gift", "gift"],
        keptTags: ["Größe"],
        email: "Ada@Example.com",
        customer: {
          nativeId: "1",
          displayName: "Zoë\n  Lovelace",
          email: "ada@example.com",
          phone: null,
        },
      }),
    ),
    fulfillments: whole([shipment("f", { 1: 1 }, { number: "1Z 99-a" })]),
    returns: whole([
      returned("r", [returnLine("1", 1)], { shipments: [{ tracking, labelUrl: null }] }),
    ]),
  }),
  { ref: { nativeId: "o" }, lines: whole([line("1", 3)], 1) },
);

it("are an order's own words, each once, without those of lines that went", () => {
  expect(textsOf(order)).toEqual({
    number: "\n #1001 \n",
    sku: "\n sku-1 \n",
    tracking: "\n 1z99a \n rt12 \n",
    tag: "\n gift \n große \n",
    status: "\n processing \n",
    email: "\n ada@example.com \n",
    people: "\n zoe lovelace \n",
  });
});

it("are nothing where an order has none", () => {
  const bare = orderOf(snapshot("p", 0, { lines: whole([]), head: whole(head({ email: null })) }));
  expect(textsOf(bare)).toMatchObject({ sku: "", tracking: "", tag: "", email: "", people: "" });
});

it.each([
  ["ÀÉ î", "ae i"],
  ["  a\t\u0000b\u200b ", "a b"],
  ["Ⅳ ﬁn", "iv fin"],
  ["", ""],
])("are folded: %j is %j", (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

it("are found by patterns in which nothing is a wildcard", () => {
  expect(PATTERNS.anywhere("50%_\\")).toBe("%50\\%\\_\\\\%");
  expect(PATTERNS.value("a")).toBe("%\n a \n%");
});
