import { getIntrospectionQuery } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { SCOPES, type Viewer } from "../../src/domain/scope.js";
import { LIMITS } from "../../src/graphql/limits.js";
import { operationGate, type PrepareOperation } from "../../src/graphql/operation.js";
import { createSchema } from "../../src/graphql/schema.js";

let prepare: PrepareOperation;
beforeAll(() => {
  prepare = operationGate(createSchema(["WOOCOMMERCE"]));
});

const viewer: Viewer = {
  tenantId: "t",
  keyId: "k",
  client: "c",
  name: "n",
  scopes: SCOPES,
  channelIds: null,
  expiresAt: null,
};
const blind = { ...viewer, scopes: SCOPES.filter((scope) => scope !== "INTROSPECT") };
const told = (query: string, variables = {}, as = viewer) =>
  (prepare({ query, variables }, as).errors ?? []).map(
    ({ message, extensions }) => `${extensions.code}: ${message}`,
  );

/** `{ order { lines { nodes { order …` so many levels deep. */
function deep(levels: number): string {
  const steps = ['order(id: "x")', "lines(first: 1)", "nodes"];
  const cycle = ["order", "lines(first: 1)", "nodes"];
  const path = Array.from({ length: levels - 1 }, (_, i) =>
    i < 3 ? steps[i] : cycle[(i - 3) % 3],
  );
  return `{ ${path.join(" { ")} { __typename ${"} ".repeat(path.length)}}`;
}

describe("the gate", () => {
  it("lets an ordinary operation through", () => {
    expect(told("{ orders(first: 50) { nodes { id lines { nodes { id } } } } }")).toEqual([]);
  });

  it.each([
    ["levels of fields", deep(LIMITS.depth), deep(LIMITS.depth + 1)],
    ["aliases", aliases(LIMITS.aliases), aliases(LIMITS.aliases + 1)],
    ["directives", directives(LIMITS.directives), directives(LIMITS.directives + 1)],
    ["fields", fields(LIMITS.fields), fields(LIMITS.fields + 1)],
    [
      "nodes in a full answer",
      "{ orders(first: 99) { nodes { lines(first: 100) { nodes { id } } } } }",
      "{ orders(first: 100) { nodes { lines(first: 100) { nodes { id } } } } }",
    ],
  ])("bounds %s, and names the limit", (what, most, more) => {
    expect(told(most)).toEqual([]);
    const [error] = told(more);
    expect(error).toMatch(/^LIMIT_EXCEEDED: \d+ /);
    expect(error).toContain(`${what}; the limit is`);
  });

  it("bounds tokens before it has parsed them all", () => {
    expect(told(`{ ${"a ".repeat(LIMITS.tokens)} }`)[0]).toMatch(
      /^LIMIT_EXCEEDED: More than 2000 tokens/,
    );
  });

  it.each([
    ["a literal", "{ orders(first: 251) { nodes { id } } }", {}],
    ["a variable", "query ($n: Int) { orders(first: $n) { nodes { id } } }", { n: 251 }],
    ["a variable's default", "query ($n: Int = 251) { orders(first: $n) { nodes { id } } }", {}],
    ["the other direction", "{ orders(last: 251) { nodes { id } } }", {}],
    ["ids", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: Array(251).fill("x") }],
  ])("bounds a page size in %s", (_, query, variables) => {
    expect(told(query, variables).join()).toContain("251; the limit is 250");
  });

  it("counts a page size anew for each request with the same text", () => {
    const query =
      "query ($n: Int) { orders(first: $n) { nodes { lines(first: 250) { nodes { id } } } } }";
    expect(told(query, { n: 10 })).toEqual([]);
    expect(told(query, { n: 200 })[0]).toContain("nodes in a full answer");
    expect(told(query, { n: 10 })).toEqual([]);
  });

  it("counts lists of entities without a page size, so that going round in circles is no way around", () => {
    const round = "fulfillments { order { ".repeat(5);
    expect(
      told(`{ orders(first: 250) { nodes { ${round} id ${"} } ".repeat(5)} } } }`).length,
    ).toBeGreaterThan(0);
  });

  it("refuses a small document that is huge once its fragments are followed", () => {
    const fragments = Array.from(
      { length: 20 },
      (_, i) => `fragment f${i} on Order { ...f${i + 1} ...f${i + 1} ...f${i + 1} }`,
    );
    const started = performance.now();
    const errors = told(
      `{ order(id: "x") { ...f0 } } ${fragments.join(" ")} fragment f20 on Order { id a: id }`,
    );
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(errors.join()).toContain("fields; the limit is");
    expect(errors.join()).toContain("aliases; the limit is");
  });

  it.each([
    [
      "used",
      '{ order(id: "x") { ...a } } fragment a on Order { lines { nodes { order { ...b ...b } } } } fragment b on Order { lines { nodes { order { ...a ...a } } } }',
    ],
    [
      "unused",
      "{ __typename } fragment a on Order { ...a ...a lines { nodes { order { ...a } } } }",
    ],
  ])("refuses a fragment that includes itself, %s, without walking it for ever", (_, query) => {
    expect(told(query)[0]).toMatch(/^LIMIT_EXCEEDED: Fragment "a" includes itself/);
  });

  it("counts what a batch answers once for each of its items", () => {
    const query = `mutation ($items: [FulfillmentBatchItemInput!]!) { fulfillmentCreateBatch(items: $items) {
      items { command { target { ... on Order { lines(first: 100) { nodes { id } } } } } } } }`;
    const items = (count: number) =>
      Array.from({ length: count }, () => ({ input: { orderId: "o" } }));
    expect(told(query, { items: items(99) })).toEqual([]);
    expect(told(query, { items: items(100) })[0]).toContain("nodes in a full answer");
    const written = (count: number) =>
      query.replace("($items: [FulfillmentBatchItemInput!]!)", "").replace(
        "$items",
        `[${items(count)
          .map(() => '{ input: { orderId: "o" } }')
          .join(", ")}]`,
      );
    expect(told(written(99))).toEqual([]);
    expect(told(written(100))[0]).toContain("nodes in a full answer");
  });

  it("measures every operation of a document, whichever is asked for", () => {
    expect(told(`query A { __typename } query B ${aliases(31)}`)[0]).toContain("31 aliases");
  });

  it("tells five errors at most", () => {
    expect(told(`{ ${"nope1 nope2 nope3 nope4 nope5 nope6 nope7"} }`)).toHaveLength(5);
    const all = `{ ${Array.from({ length: 7 }, (_, i) => `a${i}: orders(first: 300) { nodes { id } }`).join(" ")} }`;
    expect(told(all)).toHaveLength(5);
  });

  it("asks for the scope INTROSPECT, and hides the schema's words from those without it", () => {
    expect(told(getIntrospectionQuery())).toEqual([]);
    expect(told("{ __schema { types { name } } }", {}, blind)).toEqual([
      "FORBIDDEN: Introspection needs the scope INTROSPECT, which this key lacks",
    ]);
    expect(told("{ __typename order(id: 1) { __typename } }", {}, blind)).toEqual([]);
    expect(told("{ ordrs { nodes { id } } }")[0]).toContain("Did you mean");
    expect(told("{ orders { nods { id } } }", {}, blind)[0]).not.toContain("Did you mean");
  });

  it("says of a text that is no GraphQL where it ceases to be", () => {
    expect(told("{ orders( }")[0]).toMatch(/^GRAPHQL_PARSE_FAILED: Syntax Error/);
  });
});

function aliases(count: number): string {
  return `{ ${Array.from({ length: count }, (_, i) => `a${i}: __typename`).join(" ")} }`;
}
function directives(count: number): string {
  return `{ ${"__typename @include(if: true) ".repeat(count)} }`;
}
function fields(count: number): string {
  return `{ ${"__typename ".repeat(count)} }`;
}
