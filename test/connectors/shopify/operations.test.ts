import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isObjectType,
  Kind,
  NoDeprecatedCustomRule,
  parse,
  type SelectionSetNode,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { describe, expect, it } from "vitest";
import { CAPABILITIES } from "../../../src/connectors/shopify/capabilities.js";
import { API_VERSION } from "../../../src/connectors/shopify/client.js";
import type { Operation } from "../../../src/connectors/shopify/operation.js";
import {
  OPTIONAL_SCOPES,
  READ_WORK,
  WRITE_WORK,
  withImplied,
} from "../../../src/connectors/shopify/scopes.js";
import { weigh } from "../../../src/connectors/shopify/simulator/admin/cost.js";
import { specsDir } from "../../support/specs.js";
import { type Official, readOfficial } from "./simulator/slice-admin-schema.js";

/** Every operation that the connector can send. */
const operations = await readOperations();

async function readOperations(): Promise<Operation<unknown, unknown>[]> {
  const folder = fileURLToPath(new URL("../../../src/connectors/shopify", import.meta.url));
  const files = readdirSync(folder).filter((file) => /^operations.*\.ts$/.test(file));
  const modules = await Promise.all(
    files.map((file): Promise<object> => import(join(folder, file))),
  );
  return modules.flatMap((module) =>
    Object.values(module).filter((value) => typeof value === "object" && "text" in value),
  );
}

const official = (version: string): Official =>
  readOfficial(join(specsDir ?? "", "shopify", `admin_${version}.json.gz`));

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

type Fragments = Record<string, FragmentDefinitionNode>;
const fragmentsOf = (document: DocumentNode): Fragments =>
  Object.fromEntries(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [],
    ),
  );

/** What an operation asks for at most, counted as the running shop that was measured counts. */
function measuredCost({ schema }: Official, document: DocumentNode): number {
  const operation = getOperationAST(document);
  const type = operation && schema.getRootType(operation.operation);
  if (!type) throw new Error("the document has no operation");
  // No size is given by a variable; what is asked for only if a variable says so is counted.
  const names = operation.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
  const variables = Object.fromEntries(names.map((name) => [name, true]));
  const weighing = { schema, fragments: fragmentsOf(document), variables };
  return weigh(weighing, operation.selectionSet, type);
}

/** The same where every child of a list would count, as Shopify's older words have it. */
function linearCost({ schema }: Official, document: DocumentNode): number {
  const fragments = fragmentsOf(document);
  const setCost = (set: SelectionSetNode | undefined, parent: Parent): number => {
    let sum = 0;
    let dearest = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        sum += fieldCost(selection, parent);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
      const cost = setCost(
        fragment?.selectionSet,
        schema.getType(fragment?.typeCondition?.name.value ?? ""),
      );
      if (selection.kind === Kind.FRAGMENT_SPREAD) sum += cost;
      else dearest = Math.max(dearest, cost);
    }
    return sum + dearest;
  };
  const fieldCost = (field: FieldNode, parent: Parent): number => {
    const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
    const type = getNamedType(fields[field.name.value]?.type);
    if (!field.selectionSet || type?.name === "PageInfo") return 0;
    const first = field.arguments?.find(({ name }) => name.value === "first")?.value;
    const own = type?.name.endsWith("Connection") ? 0 : 1;
    const times = first?.kind === Kind.INT ? Number(first.value) : 1;
    return times * (own + setCost(field.selectionSet, type));
  };
  const operation = getOperationAST(document);
  const root = operation && schema.getRootType(operation.operation);
  return (
    setCost(operation?.selectionSet, root ?? undefined) +
    (operation?.operation === "mutation" ? 10 : 0)
  );
}
type Parent = GraphQLNamedType | undefined;

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
  REFUND_QUOTE: ["SuggestedRefund"],
  REFUND_LINES: ["SuggestedRefund", "RefundCreate"],
};

/** The query that stands inside another, as text. */
const EXPORT = "BulkOrders";

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

  it("fit into the thousand points that one query may cost, nearly all even where every child counts", () => {
    if (!admin) throw new Error("no specifications");
    const tooDear = (costOf: typeof measuredCost) =>
      operations
        .filter(({ name, text }) => name !== EXPORT && costOf(admin, parse(text)) > 1_000)
        .map(({ name }) => name);
    expect(tooDear(measuredCost)).toEqual([]);
    // A sweep's look over fifty orders leans on what was measured.
    expect(tooDear(linearCost)).toEqual(["Survey"]);
  });

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
      expect(needs(name).some((anyOf) => anyOf.includes(WRITE_WORK[1])), name).toBe(false);
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
