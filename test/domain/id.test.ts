import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ID_PREFIX, mintId, type NodeType, nodeTypeOf } from "../../src/domain/id.js";

const nodeTypes = Object.keys(ID_PREFIX) as NodeType[];

describe("an id", () => {
  it("says what it names", () => {
    for (const type of nodeTypes) {
      const id = mintId(type);
      expect(id).toMatch(new RegExp(`^${ID_PREFIX[type]}_[0-9a-z]{26}$`));
      expect(nodeTypeOf(id)).toBe(type);
    }
  });

  it("has a prefix of its own for every noun", () => {
    expect(new Set(Object.values(ID_PREFIX)).size).toBe(nodeTypes.length);
  });

  it("sorts after every id made before it, also within one millisecond", () => {
    const ids = Array.from({ length: 5_000 }, () => mintId("Event"));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("is none of ours where it names no noun or is no id", () => {
    const uuid = mintId("Order").slice("order_".length);
    for (const id of ["", "order", "order_", `wish_${uuid}`, uuid, `order_${uuid}x`, "1001"])
      expect(nodeTypeOf(id), id).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => nodeTypeOf(text) === null));
  });
});
