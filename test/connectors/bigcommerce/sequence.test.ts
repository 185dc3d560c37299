import { expect, it } from "vitest";
import { createSequence } from "../../../src/connectors/bigcommerce/sequence.js";

it("work of one key goes one after the other in its order, of others beside it, whatever fails", async () => {
  const inSequence = createSequence();
  const told: string[] = [];
  let open: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const first = inSequence("100", async () => {
    await gate;
    told.push("first");
    throw new Error("it failed");
  });
  const second = inSequence("100", async () => told.push("second"));
  await inSequence("200", async () => told.push("other"));
  expect(told).toEqual(["other"]);
  open();
  await expect(first).rejects.toThrow("it failed");
  await second;
  expect(told).toEqual(["other", "first", "second"]);
  expect(await inSequence("100", async () => "again")).toBe("again");
});
