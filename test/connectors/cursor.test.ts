import { expect, it } from "vitest";
import { z } from "zod";
import { parseCursor } from "../../src/connectors/cursor.js";
import { InvalidInput } from "../../src/domain/errors.js";

const schema = z.object({ page: z.number() });

it("is the position that a walk stood at, or refused with the platform that it is none of", () => {
  expect(parseCursor("Shop", schema, '{"page":3}')).toEqual({ page: 3 });
  for (const cursor of ["", "{", '{"page":"3"}'])
    expect(() => parseCursor("Shop", schema, cursor)).toThrow(
      new InvalidInput("the cursor is none that a pull of Shop gave", ["cursor"]),
    );
});
