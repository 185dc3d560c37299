import type { z } from "zod";
import { InvalidInput } from "../domain/errors.js";

/** The position that a cursor holds; throws InvalidInput where a pull of this platform gave none such. */
export function parseCursor<Schema extends z.ZodType>(
  platform: string,
  schema: Schema,
  cursor: string,
): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(cursor));
  } catch (cause) {
    const message = `the cursor is none that a pull of ${platform} gave`;
    throw new InvalidInput(message, ["cursor"], { cause });
  }
}
