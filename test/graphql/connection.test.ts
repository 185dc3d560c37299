import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Connection,
  connectionOfList,
  openCursor,
  sealCursor,
} from "../../src/graphql/connection.js";

describe("a list in pages", () => {
  it("gives every item once, in order, whatever the page size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        (length, first) => {
          const all = Array.from({ length }, (_, i) => ({ id: `i${i}` }));
          const seen: { id: string }[] = [];
          for (let after: string | null = null; ; ) {
            const page: Connection<{ id: string }> = connectionOfList(all, { first, after }, 10);
            seen.push(...page.nodes);
            expect(page.nodes.length).toBeLessThanOrEqual(first);
            expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
            if (!page.pageInfo.hasNextPage) break;
            after = page.pageInfo.endCursor;
          }
          expect(seen).toEqual(all);
        },
      ),
    );
  });

  it("takes its default size where none is given", () => {
    const all = Array.from({ length: 9 }, (_, i) => ({ id: `i${i}` }));
    expect(connectionOfList(all, { first: null }, 4).nodes).toHaveLength(4);
  });

  it("refuses a cursor whose item is gone", () => {
    const after = sealCursor(["item", "gone"]);
    expect(() => connectionOfList([{ id: "a" }], { first: 1, after }, 1)).toThrow("is gone");
  });
});

describe("a cursor", () => {
  it("opens to what was sealed", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        expect(openCursor(sealCursor(["kind", ...parts]), ["kind"])).toEqual(["kind", ...parts]);
      }),
    );
  });

  it.each([
    "",
    "x",
    "////",
    Buffer.from('{"a":1}').toString("base64url"),
    Buffer.from("[1]").toString("base64url"),
  ])("is refused where it is none of ours: %s", (text) => {
    expect(() => openCursor(text, ["kind"])).toThrow("no cursor of this API");
  });

  it("is refused in another list, naming both", () => {
    expect(() =>
      openCursor(sealCursor(["orders", "TOTAL", "ASC"]), ["orders", "NUMBER", "ASC"]),
    ).toThrow(/orders TOTAL ASC.*orders NUMBER ASC/);
  });
});
