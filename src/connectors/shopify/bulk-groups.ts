import type { BulkChild, BulkOrder, BulkRoot } from "./bulk-order.js";

/** A file that ends in the middle, or is none of ours. */
export class BrokenFile extends Error {
  constructor(line: number, cause?: unknown) {
    super(`line ${line} of the export cannot be read`, { cause });
    this.name = "BrokenFile";
  }
}

/**
 * Orders out of the lines of a grouped export, each once all its lines have come: only one order is held at a time. A line
 * whose parent is not the order before it makes the file unreadable. Throws BrokenFile.
 */
export async function* ordersIn(lines: AsyncIterable<string>): AsyncIterable<BulkOrder> {
  let order: BulkOrder | null = null;
  let parents = new Set<string>();
  let at = 0;
  for await (const line of lines) {
    const object = parsed(line, ++at);
    if (!("__parentId" in object)) {
      if (order) yield order;
      order = { id: object.id, root: object, children: [] };
      parents = new Set([object.id]);
      continue;
    }
    if (!order || !parents.has(object.__parentId)) throw new BrokenFile(at);
    order.children.push(object);
    if (object.__typename === "FulfillmentOrder") parents.add(object.id);
  }
  if (order) yield order;
}

function parsed(line: string, at: number): BulkRoot | BulkChild {
  try {
    const object: unknown = JSON.parse(line);
    if (typeof object === "object" && object !== null && "__typename" in object)
      return object as BulkRoot | BulkChild;
  } catch (cause) {
    throw new BrokenFile(at, cause);
  }
  throw new BrokenFile(at);
}
