import { expect, it } from "vitest";
import { z } from "zod";
import { unread, whyUnreadable } from "../../src/connectors/unread.js";

const { error } = z
  .object({ total: z.string(), billing: z.object({ email: z.string() }) })
  .safeParse({ total: 5, billing: { email: ["jane@example.com"] } });

it("tells where a record cannot be read, and nothing that stands in it", () => {
  const why = whyUnreadable(error);
  expect(why).toMatch(/^total .*; billing\.email /);
  expect(why).not.toContain("jane");
  expect(whyUnreadable(new RangeError("no rate"))).toBe("no rate");
});

it("keeps the record with the order it is about, where it names one", () => {
  const body = { id: 7 };
  expect(unread(7, body, error)).toMatchObject({ ref: { nativeId: "7" }, body });
  expect(unread(undefined, body, error).ref).toBeNull();
});
