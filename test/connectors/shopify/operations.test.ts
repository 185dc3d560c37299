import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  buildClientSchema,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  type IntrospectionQuery,
  NoDeprecatedCustomRule,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { describe, expect, it } from "vitest";
import { CAPABILITIES } from "../../../src/connectors/shopify/capabilities.js";
import { API_VERSION } from "../../../src/connectors/shopify/client.js";
import * as reading from "../../../src/connectors/shopify/operations.js";
import * as ordering from "../../../src/connectors/shopify/operations-order.js";
import * as refunding from "../../../src/connectors/shopify/operations-refund.js";
import * as returning from "../../../src/connectors/shopify/operations-return.js";
import { OPTIONAL_SCOPES, READ_WORK, WRITE_WORK } from "../../../src/connectors/shopify/scopes.js";
import { specsDir } from "../../support/specs.js";

const operations = [reading, ordering, refunding, returning].flatMap((module) =>
  Object.values(module).filter((value) => "text" in value),
);

/** One row of the official list of access scopes: any one of `offlineScopes` opens the type or field. */
interface ScopeRow {
  type: "type" | "field";
  typeName: string;
  fieldName?: string;
  offlineScopes: string[];
}
interface Official {
  schema: GraphQLSchema;
  scopes: ScopeRow[];
}

function official(version: string): Official {
  const packed = readFileSync(join(specsDir ?? "", "shopify", `admin_${version}.json.gz`));
  const { data, offline_scopes } = JSON.parse(gunzipSync(packed).toString("utf8")) as {
    data: IntrospectionQuery;
    offline_scopes: { items: ScopeRow[] };
  };
  return { schema: buildClientSchema(data), scopes: offline_scopes.items };
}

/** Every set of scopes, any one of which is needed, that a document meets. */
function scopesNeeded({ schema, scopes }: Official, document: DocumentNode): string[][] {
  const info = new TypeInfo(schema);
  const met = new Set<ScopeRow>();
  const meet = (wanted: (row: ScopeRow) => boolean) => {
    for (const row of scopes) if (wanted(row) && row.offlineScopes.length > 0) met.add(row);
  };
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType()?.name;
        const type = getNamedType(info.getType())?.name;
        meet(
          (row) =>
            row.type === "field" && row.typeName === parent && row.fieldName === node.name.value,
        );
        meet((row) => row.type === "type" && row.typeName === type);
      },
    }),
  );
  return [...met].map((row) => row.offlineScopes);
}

describe.skipIf(!specsDir)("the operations", () => {
  it.each([API_VERSION, "2026-07"])(
    "are valid in the official schema %s, and use nothing deprecated",
    (version) => {
      const { schema } = official(version);
      for (const { name, text } of operations) {
        const document = parse(text);
        expect(validate(schema, document), name).toEqual([]);
        expect(validate(schema, document, [NoDeprecatedCustomRule]), name).toEqual([]);
      }
    },
  );

  it("need just the access scopes that the connector declares", () => {
    const admin = official(API_VERSION);
    const needed = operations.flatMap(({ text }) => scopesNeeded(admin, parse(text)));
    const declared = new Set([
      ...CAPABILITIES.flatMap(({ requiredScopes }) => requiredScopes),
      ...OPTIONAL_SCOPES,
    ]);
    const unmet = needed.filter((anyOf) => !anyOf.some((scope) => declared.has(scope)));
    expect(unmet).toEqual([]);

    const known = new Set(needed.flat());
    const idle = [...declared].filter((scope) => !known.has(scope));
    // No operation needs it: Shopify asks it of those who subscribe to webhooks of fulfillments.
    expect(idle).toEqual(["read_fulfillments"]);
  });

  it("find the scopes on fulfillment orders exchangeable, as the connector takes them", () => {
    const admin = official(API_VERSION);
    const needed = operations.flatMap(({ text }) => scopesNeeded(admin, parse(text)));
    const reading = needed.find(
      (anyOf) => anyOf.includes(READ_WORK[0]) && !anyOf.includes("read_orders"),
    );
    const writing = needed.find((anyOf) => anyOf.includes(WRITE_WORK[0]));
    expect(reading).toEqual(expect.arrayContaining([...READ_WORK]));
    expect([...(writing ?? [])].sort()).toEqual([...WRITE_WORK].sort());
  });
});

describe("an operation", () => {
  it("bears a name of its own and says whether it reads or writes", () => {
    const names = operations.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { kind, name, text } of operations)
      expect(text).toMatch(new RegExp(`^${kind} ${name}\\b`));
  });

  it("never asks a connection for everything, which the API refuses", () => {
    const connections =
      /\b(orders|lineItems|fulfillmentOrders|events|fulfillmentLineItems|refundShippingLines|returns|returnLineItems|reverseFulfillmentOrders|reverseDeliveries|returnableFulfillments|returnableFulfillmentLineItems|returnReasonDefinitions|shippingLines|discountApplications|webhookSubscriptions|locations)\b\s*(\([^)]*\))?\s*\{/g;
    for (const { name, text } of operations)
      for (const [, field, given] of text.matchAll(connections))
        expect(given, `${name}: ${field}`).toContain("first:");
  });
});
