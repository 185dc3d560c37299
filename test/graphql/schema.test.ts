import { readdirSync, readFileSync } from "node:fs";
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  validate,
} from "graphql";
import { getMetadataStorage } from "type-graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import { SCOPES } from "../../src/domain/scope.js";
import { operationGate } from "../../src/graphql/operation.js";
import { createSchema, emitSchema } from "../../src/graphql/schema.js";

const folder = new URL("../../schema/", import.meta.url);
const PLATFORMS = connectors.map(({ platform }) => platform);
let schema: GraphQLSchema;
beforeAll(() => {
  schema = createSchema(PLATFORMS);
});

const ownTypes = () =>
  Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
const ROOTS = ["Query", "Mutation", "Subscription"];

/** Every name in the schema with its description. */
function* everything(): Generator<{ name: string; word: string; description?: string | null }> {
  for (const type of ownTypes()) {
    if (!ROOTS.includes(type.name)) yield { ...type, name: type.name, word: type.name };
    if (isEnumType(type))
      for (const value of type.getValues())
        yield { ...value, name: `${type.name}.${value.name}`, word: value.name };
    for (const field of fieldsOf(type)) {
      yield {
        name: `${type.name}.${field.name}`,
        word: field.name,
        description: field.description,
      };
      for (const arg of field.args)
        yield {
          name: `${type.name}.${field.name}(${arg.name})`,
          word: arg.name,
          description: arg.description,
        };
    }
  }
}
function fieldsOf(type: GraphQLNamedType) {
  if (isObjectType(type) || isInterfaceType(type)) return Object.values(type.getFields());
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => ({ ...field, args: [] }));
  return [];
}

describe("the schema", () => {
  it("is the one that is committed", () => {
    expect(readFileSync(new URL("schema.graphql", folder), "utf8")).toBe(emitSchema(PLATFORMS));
  });

  it("describes every type, field, argument and value in a sentence", () => {
    const silent = [...everything()].filter(
      ({ description }) => !/^\S.{2,}\.$/s.test(description ?? ""),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it("names fields and arguments in camelCase, values in capitals, types in PascalCase", () => {
    const odd = [...everything()].filter(({ name, word }) => {
      const isMember = name.includes(".");
      if (!isMember) return !/^([A-Z][A-Za-z]*|JSON|URL)$/.test(word);
      const isValue = isEnumType(schema.getType(name.split(".")[0] as string));
      return !(isValue ? /^[A-Z][A-Z0-9_]*$/ : /^[a-z][A-Za-z0-9]*$/).test(word);
    });
    expect(odd.map(({ name }) => name)).toEqual([]);
  });

  it("answers each mutation with a payload that holds refusals", () => {
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      expect(String(field.type)).toMatch(/^\w+Payload!$/);
      const payload = getNamedType(field.type);
      expect(isObjectType(payload) && String(payload.getFields().userErrors?.type)).toBe(
        "[UserError!]!",
      );
    }
  });

  it("gives each connection pageInfo, nodes and edges with a cursor", () => {
    const connections = ownTypes().filter(({ name }) => name.endsWith("Connection"));
    expect(connections.length).toBeGreaterThan(4);
    for (const type of connections) {
      if (!isObjectType(type)) throw new Error(`${type.name} is no object`);
      const fields = type.getFields();
      expect(Object.keys(fields)).toEqual(expect.arrayContaining(["edges", "nodes", "pageInfo"]));
      const edge = getNamedType(fields.edges?.type);
      expect(isObjectType(edge) && Object.keys(edge.getFields()).sort()).toEqual([
        "cursor",
        "node",
      ]);
    }
  });

  it("lets nobody at a root field without being asked for", () => {
    const { queries, mutations, subscriptions } = getMetadataStorage();
    const roots = [...queries, ...mutations, ...subscriptions];
    expect(roots.length).toBeGreaterThan(20);
    expect(roots.filter(({ roles }) => !roles).map(({ schemaName }) => schemaName)).toEqual([]);
    const asked = roots.flatMap(({ roles }) => roles ?? []);
    expect(asked.filter((scope) => !SCOPES.includes(scope))).toEqual([]);
  });
});

describe("schema/operations", () => {
  const files = readdirSync(new URL("operations/", folder));
  const sources = files.map((file) => readFileSync(new URL(`operations/${file}`, folder), "utf8"));

  it("are all valid, and use every query, mutation and subscription of use to a person", () => {
    const document = parse(sources.join("\n"));
    expect(validate(schema, document)).toEqual([]);
    const rare = ["node", "channel", "command"];
    for (const name of ROOTS) {
      const type = schema.getType(name);
      for (const field of fieldsOf(type as GraphQLNamedType))
        if (!rare.includes(field.name))
          expect(sources.join("\n")).toMatch(new RegExp(`\\n  ${field.name}\\b`));
    }
  });

  it("pass the gate", () => {
    const viewer = {
      tenantId: "t",
      keyId: "k",
      client: "c",
      name: "n",
      scopes: [],
      channelIds: null,
      expiresAt: null,
    };
    const prepare = operationGate(schema);
    const { definitions } = parse(sources.join("\n"));
    const text = (kind: string) =>
      definitions
        .filter((each) => each.kind === kind)
        .map((each) => each.loc?.source.body.slice(each.loc.start, each.loc.end) ?? "");
    for (const operation of text("OperationDefinition")) {
      const query = withFragments(operation, text("FragmentDefinition"));
      expect(prepare({ query }, viewer).errors ?? []).toEqual([]);
    }
  });
});

/** An operation with the fragments it needs, and those that these need. */
function withFragments(operation: string, fragments: readonly string[]): string {
  let text = operation;
  for (let before = ""; before !== text; ) {
    before = text;
    for (const fragment of fragments) {
      const name = /^fragment (\w+)/.exec(fragment)?.[1];
      if (text.includes(`...${name}\n`) && !text.includes(`fragment ${name} `))
        text += `\n${fragment}`;
    }
  }
  return text;
}
