import { describe, expect, it } from "vitest";
import type { Answer, Ask } from "../../../src/server/explorer/ask.js";
import { type Candidate, type Finder, fill } from "../../../src/server/explorer/fill.js";

const candidate = (id: string): Candidate => ({
  about: `Ships ${id}.`,
  variables: { input: { orderId: id }, options: { idempotencyKey: "k" } },
});
const finder: Finder = {
  query: "find",
  candidates: ({ ids }: { ids: string[] }) => ids.map(candidate),
  dryRun: true,
  none: "Nothing can be shipped.",
};

/** A gateway that finds these ids and refuses some of them. */
function gateway(ids: string[], refused: Record<string, Answer> = {}) {
  const asked: unknown[] = [];
  const ask = (async (query: string, variables?: { input: { orderId: string } }) => {
    if (query === "find") return { data: { ids } };
    asked.push(variables);
    return refused[variables?.input.orderId ?? ""] ?? { data: { ship: { userErrors: [] } } };
  }) as Ask;
  return { ask, asked };
}
const refusal = (message: string): Answer => ({ data: { ship: { userErrors: [{ message }] } } });

describe("fill", () => {
  it("takes the first candidate that a dry run lets pass, without the dry run's option", async () => {
    const { ask, asked } = gateway(["a", "b", "c"], { a: refusal("on hold") });
    const { variables } = candidate("b");
    expect(await fill(ask, "ship", finder)).toEqual({
      text: `// Ships b.\n${JSON.stringify(variables, null, 2)}`,
      variables,
    });
    expect(asked).toMatchObject([
      { input: { orderId: "a" }, options: { idempotencyKey: "k", dryRun: true } },
      { input: { orderId: "b" }, options: { dryRun: true } },
    ]);
  });

  it("says what is missing where there is no candidate", async () => {
    expect(await fill(gateway([]).ask, "ship", finder)).toEqual({
      text: "// Nothing can be shipped.\n{}",
      variables: {},
    });
  });

  it.each([
    ["refuses what was tried", gateway(["a"], { a: refusal("on hold") }).ask, "on hold"],
    [
      "lets this key do nothing of the kind",
      gateway(["a"], { a: { data: null, errors: [{ message: "needs FULFILLMENTS_WRITE" }] } }).ask,
      "needs FULFILLMENTS_WRITE",
    ],
    [
      "does not answer",
      (async () => {
        throw new Error("The gateway does not answer");
      }) as Ask,
      "The gateway does not answer",
    ],
  ])("tells in the gateway's own words where it %s", async (_, ask, words) => {
    const { text } = await fill(ask, "ship", finder);
    expect(text.replaceAll("\n// ", " ")).toBe(
      `// This cannot be run now. The gateway says: ${words}\n{}`,
    );
  });

  it("keeps its comment a comment, whatever goods are called", async () => {
    const long = `Mug\n"},{"\u2028${" very".repeat(30)} long`;
    const found = { ...finder, candidates: () => [{ about: long, variables: {} }] };
    const { text } = await fill(gateway(["a"]).ask, "ship", found);
    const lines = text.split(/[\n\u2028]/);
    expect(lines.slice(0, -1).every((line) => line.startsWith("// ") && line.length < 70)).toBe(
      true,
    );
    expect(lines.at(-1)).toBe("{}");
  });
});
