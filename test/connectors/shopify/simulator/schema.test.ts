import { join } from "node:path";
import {
  buildSchema,
  executeSync,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  validateSchema,
} from "graphql";
import { describe, expect, it } from "vitest";
import {
  adminSchema,
  requiredScopes,
} from "../../../../src/connectors/shopify/simulator/admin/admin-schema.js";
import type { Asking } from "../../../../src/connectors/shopify/simulator/admin/asking.js";
import { buildAdminSchema } from "../../../../src/connectors/shopify/simulator/admin/schema.js";
import { specsDir } from "../../../support/specs.js";
import { answeredDocuments, readOfficial, slice } from "./slice-admin-schema.js";

const folder = join(specsDir ?? "", "shopify");

describe.skipIf(!specsDir)("the slice of the Admin schema", () => {
  const read = (version: string) =>
    specsDir ? readOfficial(join(folder, `admin_${version}.json.gz`)) : undefined;
  const official = read("2026-10");
  const before = read("2026-07");
  const sliced = buildSchema(adminSchema);

  it("is a valid schema", () => {
    expect(validateSchema(sliced)).toEqual([]);
  });

  const differencesFrom = (schema: GraphQLSchema | undefined) =>
    Object.values(sliced.getTypeMap())
      .filter(({ name }) => !name.startsWith("__"))
      .flatMap((type) => differencesOf(type, schema?.getType(type.name)));

  it("says of every type, field, argument and value what the official schema says", () => {
    expect(differencesFrom(official?.schema)).toEqual([]);
  });

  it("says what the official schema of 2026-07 says too, but for one value that is new since", () => {
    expect(differencesFrom(before?.schema)).toEqual([
      "OrderDisplayFulfillmentStatus has no FULFILLMENT_NOT_REQUIRED",
    ]);
  });

  it.each([
    ["2026-10", official],
    ["2026-07", before],
  ])("knows the official directive and asks for the official scopes of %s", (_, official) => {
    const directive = official?.schema.getDirective("idempotent");
    expect(sliced.getDirective("idempotent")?.args.map(signature)).toEqual(
      directive?.args.map(signature),
    );
    for (const [what, scopes] of Object.entries(requiredScopes)) {
      const [typeName, fieldName] = what.split(".");
      const row = official?.scopes.find(
        (each) =>
          each.typeName === typeName &&
          (fieldName ? each.fieldName === fieldName : each.type === "type"),
      );
      expect({ what, scopes: row?.offlineScopes }).toEqual({ what, scopes });
    }
  });

  it("is what the slicer makes of the recorded operations today", () => {
    if (!official) throw new Error("no specifications");
    const fresh = slice(official, Object.values(answeredDocuments(folder)));
    expect(adminSchema.trim()).toBe(fresh.sdl);
    expect(requiredScopes).toEqual(fresh.requiredScopes);
  });
});

describe("the executable schema", () => {
  const schema = buildAdminSchema();
  const contextValue: Asking = {
    scopes: new Set(["read_orders"]),
    apiVersion: "2026-10",
    searches: [],
  };
  const messages = (source: string, rootValue: object) => {
    const { errors } = executeSync({ schema, document: parse(source), rootValue, contextValue });
    return errors?.map(({ message }) => message);
  };

  it("does not let the shop keep silent about what must be there", () => {
    const order = { id: "gid://shopify/Order/1" };
    expect(messages('{ order(id: "gid://shopify/Order/1") { id name } }', { order })).toEqual([
      "Cannot return null for non-nullable field Order.name.",
    ]);
  });

  it("does not let the shop send numbers, times and amounts in other forms than the platform's", () => {
    const money = { shopMoney: { amount: 12.5, currencyCode: "USD" } };
    const order = {
      createdAt: "2026-11-01T10:00:00.000Z",
      legacyResourceId: 1,
      totalPriceSet: money,
    };
    for (const field of ["createdAt", "legacyResourceId", "totalPriceSet { shopMoney { amount } }"])
      expect(messages(`{ order(id: "x") { ${field} } }`, { order })).toEqual([
        expect.stringContaining("the simulator would send"),
      ]);
  });
});

const signature = ({
  name,
  type,
  defaultValue,
  deprecationReason,
}: GraphQLArgument | GraphQLInputField): string =>
  `${name}: ${type} = ${JSON.stringify(defaultValue)}${deprecationReason == null ? "" : " deprecated"}`;

/** What a sliced type says that the official one does not say so. */
function differencesOf(type: GraphQLNamedType, whole: GraphQLNamedType | undefined): string[] {
  if (!whole || whole.constructor.name !== type.constructor.name)
    return [`${type.name} is no official type`];
  if (isEnumType(type) && isEnumType(whole)) {
    const values = (each: typeof type) =>
      each
        .getValues()
        .map(({ name, deprecationReason }) =>
          deprecationReason == null ? name : `${name} deprecated`,
        );
    const [ours, theirs] = [values(type), values(whole)];
    return [
      ...ours
        .filter((value) => !theirs.includes(value))
        .map((each) => `${type.name} has no ${each}`),
      ...theirs
        .filter((value) => !ours.includes(value))
        .map((each) => `${type.name} lacks ${each}`),
    ];
  }
  if (isInputObjectType(type) && isInputObjectType(whole)) {
    const fields = (each: typeof type): string[] => Object.values(each.getFields()).map(signature);
    const oneOf =
      type.isOneOf === whole.isOneOf ? [] : [`${type.name} is @oneOf in only one schema`];
    return [...oneOf, ...sameLists(type.name, fields(type), fields(whole))];
  }
  if (isUnionType(type) && isUnionType(whole)) {
    const official = whole.getTypes().map(String);
    return type
      .getTypes()
      .filter((each) => !official.includes(String(each)))
      .map((each) => `${type.name} has no ${each}`);
  }
  if (
    (isObjectType(type) && isObjectType(whole)) ||
    (isInterfaceType(type) && isInterfaceType(whole))
  ) {
    const interfaces = whole.getInterfaces().map(String);
    const foreign = type.getInterfaces().filter((each) => !interfaces.includes(String(each)));
    const fields = Object.values(type.getFields()).flatMap((field) => {
      const same = whole.getFields()[field.name];
      if (!same || String(same.type) !== String(field.type))
        return [`${type.name}.${field.name}: ${same?.type}`];
      return sameLists(
        `${type.name}.${field.name}`,
        field.args.map(signature),
        same.args.map(signature),
      );
    });
    return [...foreign.map((each) => `${type.name} does not implement ${each}`), ...fields];
  }
  return [];
}

function sameLists(where: string, ours: string[], theirs: string[]): string[] {
  return ours.join("\n") === theirs.join("\n")
    ? []
    : [`${where}: ${ours.join(", ")} against ${theirs.join(", ")}`];
}
