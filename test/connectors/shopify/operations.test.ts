import {
  type DocumentNode,
  getNamedType,
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
import {
  OPTIONAL_SCOPES,
  READ_WORK,
  WRITE_WORK,
  withImplied,
} from "../../../src/connectors/shopify/scopes.js";
import { specsDir } from "../../support/specs.js";
import { EXPORT, official, operations } from "./every-operation.js";
import type { Official } from "./simulator/slice-admin-schema.js";

/** Every set of scopes, any one of which is needed, that a document meets. */
function scopesNeeded({ schema, scopes }: Official, document: DocumentNode): string[][] {
  const info = new TypeInfo(schema);
  const met = new Set<Official["scopes"][number]>();
  const meet = (wanted: (row: Official["scopes"][number]) => boolean) => {
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

/** The connections of a document that say not how much of them is wanted. */
function unboundedIn({ schema }: Official, document: DocumentNode): string[] {
  const info = new TypeInfo(schema);
  const found: string[] = [];
  visit(
    document,
    visitWithTypeInfo(info, {
      Field({ name, arguments: given }) {
        const isConnection = getNamedType(info.getType())?.name.endsWith("Connection");
        if (isConnection && !given?.some((each) => each.name.value === "first"))
          found.push(name.value);
      },
    }),
  );
  return found;
}

/** What each capability sends; webhooks and reading need no mutation. */
const SENDS: Readonly<Record<string, readonly string[]>> = {
  ORDER_CANCEL: ["OrderCancel"],
  ORDER_NOTE: ["OrderUpdate"],
  ORDER_TAG: ["TagsAdd", "TagsRemove"],
  ORDER_ADDRESS_UPDATE: ["OrderUpdate"],
  FULFILLMENT_CREATE: ["FulfillmentCreate"],
  FULFILLMENT_TRACKING_UPDATE: ["TrackingUpdate"],
  FULFILLMENT_CANCEL: ["FulfillmentCancel"],
  FULFILLMENT_EVENT_CREATE: ["FulfillmentEventCreate"],
  FULFILLMENT_ORDER_HOLD: ["WorkHold", "WorkRelease"],
  FULFILLMENT_ORDER_MOVE: ["WorkMove", "PlacesForWork"],
  FULFILLMENT_ORDER_SPLIT: ["WorkMove"],
  RETURN_CREATE: [
    "ReturnCreate",
    "ReturnRequest",
    "ReverseDeliveryCreate",
    "ReverseDeliveryUpdate",
  ],
  RETURN_APPROVE: ["ReturnApprove", "ReturnDecline", "RemoveFromReturn"],
  RETURN_RECEIVE: ["ReturnProcess", "RemoveFromReturn", "ReturnCancel"],
  RETURN_CLOSE: ["ReturnClose", "ReturnCancel"],
  EXCHANGE_CREATE: ["VariantsBySku", "ReturnCreate", "ReturnProcess"],
  REFUND_QUOTE: ["SuggestedRefund"],
  REFUND_LINES: ["SuggestedRefund", "RefundCreate"],
};

/** Mutations for which the official list names no scope; they are taken to need that of their siblings. */
const UNLISTED = new Set(["ORDER_TAG", "FULFILLMENT_CANCEL", "REFUND_LINES"]);

describe.skipIf(!specsDir)("the operations", () => {
  const admin = specsDir ? official(API_VERSION) : undefined;
  const needs = (name: string): string[][] => {
    const operation = operations.find((each) => each.name === name);
    if (!admin || !operation) throw new Error(`there is no operation ${name}`);
    return scopesNeeded(admin, parse(operation.text));
  };
  const needed = admin ? operations.flatMap(({ name }) => needs(name)) : [];

  it.each([API_VERSION, "2026-07"])(
    "are valid in the official schema %s, use nothing deprecated and bound every connection",
    (version) => {
      const { schema, scopes } = official(version);
      for (const { name, text } of operations) {
        const document = parse(text);
        expect(validate(schema, document), name).toEqual([]);
        expect(validate(schema, document, [NoDeprecatedCustomRule]), name).toEqual([]);
        // An export has no pages, and what it asks for is not counted.
        if (name !== EXPORT) expect(unboundedIn({ schema, scopes }, document), name).toEqual([]);
      }
    },
  );

  it("need just the access scopes that the connector declares", () => {
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

  it.each(Object.entries(SENDS))("of %s need the scopes that it declares", (name, sent) => {
    const scopesOf = (operation: string) =>
      CAPABILITIES.find((each) => each.operation === operation)?.requiredScopes ?? [];
    const declared = scopesOf(name);
    // A refund tells of which return it is only to who may see returns; it is null to others.
    const always = [...scopesOf("ORDER_READ"), ...OPTIONAL_SCOPES, "read_returns"];
    const granted = withImplied([...declared, ...always]);
    const wanted = sent.flatMap(needs);
    expect(wanted.filter((anyOf) => !anyOf.some((scope) => granted.has(scope)))).toEqual([]);
    const idle = declared.filter((scope) => !wanted.flat().includes(scope));
    expect(idle).toEqual(UNLISTED.has(name) ? declared : []);
  });

  it("that write belong to a capability each, but for those that subscribe or export", () => {
    const known = Object.values(SENDS).flat();
    const idle = operations
      .filter(({ kind, name }) => kind === "mutation" && !known.includes(name))
      .map(({ name }) => name);
    expect(idle.filter((name) => !/^(Webhook|Bulk)/.test(name))).toEqual([]);
  });

  it("find the scopes on fulfillment orders exchangeable, as the connector takes them", () => {
    const reading = needed.find(
      (anyOf) => anyOf.includes(READ_WORK[0]) && !anyOf.includes("read_orders"),
    );
    const writing = needs("FulfillmentCreate").find((anyOf) => anyOf.includes(WRITE_WORK[0]));
    expect(reading).toEqual(expect.arrayContaining([...READ_WORK]));
    expect([...(writing ?? [])].sort()).toEqual([...WRITE_WORK].sort());
    for (const name of ["WorkHold", "WorkRelease", "WorkMove"])
      expect(
        needs(name).some((anyOf) => anyOf.includes(WRITE_WORK[1])),
        name,
      ).toBe(false);
  });
});

describe("an operation", () => {
  it("bears a name of its own and says whether it reads or writes", () => {
    const names = operations.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { kind, name, text } of operations)
      expect(text).toMatch(new RegExp(`^${kind} ${name}\\b`));
  });
});
