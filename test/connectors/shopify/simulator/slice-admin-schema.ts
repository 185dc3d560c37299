/**
 * Cuts the part out of the official Admin schema that a set of operations can reach, and writes it with the
 * access scopes of that part as the module from which the simulator is built:
 *
 *     node --import @oxc-node/core/register test/connectors/shopify/simulator/slice-admin-schema.ts
 *
 * Fields are kept one by one, as the operations select them; input objects and enums are kept whole. The
 * formatter puts the last touch to what is written.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import {
  buildClientSchema,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  type InputValueDefinitionNode,
  type IntrospectionQuery,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  printSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { specsDir } from "../../../support/specs.js";

/** One row of the official list of access scopes: any one of `offlineScopes` opens the type or field. */
interface ScopeRow {
  type: "type" | "field";
  typeName: string;
  fieldName: string | null;
  offlineScopes: string[];
}

/** The official description of one version of the Admin API. */
export interface Official {
  schema: GraphQLSchema;
  scopes: ScopeRow[];
}

/** Operation files and the operations in them that the simulator does not answer, each with the reason. */
export const leftOut: Record<string, string> = {
  InventoryLevels: "stock per location is not simulated yet",
  InventoryLevelAt: "stock per location is not simulated yet",
  InventoryProperties: "stock per location is not simulated yet",
  InventorySet: "stock per location is not simulated yet",
  InventoryAdjust: "stock per location is not simulated yet",
  InventoryActivate: "stock per location is not simulated yet",
};

/** What clients commonly ask beside the recorded operations, and a shop must be able to tell. */
const beside = /* GraphQL */ `
  query Beside($id: ID!) {
    node(id: $id) { id }
    webhookSubscription(id: $id) { id topic uri format filter includeFields name createdAt updatedAt }
    webhookSubscriptions(first: 1) { edges { cursor node { id } } pageInfo { hasPreviousPage startCursor } }
    orders(first: 1) { edges { cursor node { id } } }
    order(id: $id) {
      originalTotalPriceSet { shopMoney { amount } } taxesIncluded
      refunds { id return { id } }
      returns(first: 1) { edges { cursor node { id } } }
      suggestedRefund {
        shipping { taxSet { shopMoney { amount } } }
        refundLineItems { subtotalSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } } }
      }
      discountApplications(first: 1) { edges { cursor node { index } } }
      fulfillments { fulfillmentLineItems(first: 1) { edges { cursor node { id } } } }
      lineItems(first: 1) { edges { cursor node { id image { url } weight { unit value } } } }
      fulfillmentOrders(first: 1) { edges { cursor node { id } } }
    }
    return(id: $id) {
      returnLineItems(first: 1) { edges { cursor node { id } } }
      exchangeLineItems(first: 1) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } }
      reverseFulfillmentOrders(first: 1) { edges { cursor node { id } } }
    }
    returnableFulfillments(orderId: $id, first: 1) { pageInfo { hasNextPage endCursor } }
    returnableFulfillment(id: $id) { id }
    reverseFulfillmentOrder(id: $id) { id order { id } lineItems(first: 1) { pageInfo { hasNextPage endCursor } } }
    reverseDelivery(id: $id) { id reverseFulfillmentOrder { order { id } } }
    ordersCount { count precision }
    fulfillmentOrder(id: $id) { order { id } lineItems(first: 1) { edges { cursor node { id } } } }
    shop { ianaTimezone url enabledPresentmentCurrencies }
    currentAppInstallation { app { id title } }
    job(id: $id) { query { shop { id } } }
    movable: fulfillmentOrder(id: $id) { locationsForMove(first: 1) { pageInfo { hasNextPage endCursor } } }
    bulkOperation(id: $id) { id query }
    bulkOperations(first: 1) { edges { cursor node { id query } } pageInfo { hasNextPage endCursor } }
  }
`;

/** Reads a stored official introspection, such as "admin_2026-10.json.gz". */
export function readOfficial(file: string): Official {
  const stored = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as {
    data: IntrospectionQuery;
    offline_scopes: { items: ScopeRow[] };
  };
  return { schema: buildClientSchema(stored.data), scopes: stored.offline_scopes.items };
}

/** The operations of one file that the simulator answers, with the fragments they use. */
function answeredOperations(source: string): DocumentNode {
  const document = parse(source);
  return {
    ...document,
    definitions: document.definitions.filter(
      (definition) =>
        definition.kind !== Kind.OPERATION_DEFINITION ||
        !((definition.name?.value ?? "") in leftOut),
    ),
  };
}

/** The part of the official schema that the simulator answers. */
export interface Slice {
  /** As SDL without descriptions. */
  sdl: string;
  /** Any one of these scopes opens the "Type" or "Type.field". */
  requiredScopes: Record<string, string[]>;
}

/** Cuts out what these operations reach. */
export function slice({ schema, scopes }: Official, documents: DocumentNode[]): Slice {
  const kept = collect(schema, [...documents, parse(beside)]);
  const sdl = parse(printSchema(schema))
    .definitions.flatMap((definition) => cut(definition, kept))
    .map((definition) => print(definition))
    .join("\n\n");
  const required = scopes
    .filter(({ offlineScopes }) => offlineScopes.length > 0)
    .filter(({ type, typeName, fieldName }) =>
      type === "type" ? kept.has(typeName) : kept.get(typeName)?.has(fieldName ?? ""),
    )
    .map(({ type, typeName, fieldName, offlineScopes }): [string, string[]] => [
      type === "type" ? typeName : `${typeName}.${fieldName}`,
      offlineScopes,
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { sdl, requiredScopes: Object.fromEntries(required) };
}

/** The operation files that the simulator answers, and everything in them that it does. */
export function answeredDocuments(folder: string): Record<string, DocumentNode> {
  const files = readdirSync(folder).filter(
    (file) => file.endsWith(".graphql") && !(file in leftOut),
  );
  return Object.fromEntries(
    files.map((file) => [file, answeredOperations(readFileSync(join(folder, file), "utf8"))]),
  );
}

type Kept = Map<string, Set<string>>;

function collect(schema: GraphQLSchema, documents: DocumentNode[]): Kept {
  const kept: Kept = new Map();
  const keep = (type: GraphQLNamedType): void => {
    if (kept.has(type.name)) return;
    kept.set(type.name, new Set());
    if (!isInputObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      kept.get(type.name)?.add(field.name);
      keep(getNamedType(field.type));
    }
  };
  for (const document of documents) {
    const types = new TypeInfo(schema);
    visit(
      document,
      visitWithTypeInfo(types, {
        Field() {
          const parent = types.getParentType();
          const field = types.getFieldDef();
          if (!parent || !field || field.name.startsWith("__")) return;
          keep(parent);
          kept.get(parent.name)?.add(field.name);
          keep(getNamedType(field.type));
          for (const argument of field.args) keep(getNamedType(argument.type));
        },
        InlineFragment() {
          const type = types.getType();
          if (type) keep(getNamedType(type));
        },
        FragmentDefinition() {
          const type = types.getType();
          if (type) keep(getNamedType(type));
        },
      }),
    );
  }
  fillInterfaces(schema, kept);
  return kept;
}

/** An object must have every kept field of every kept interface that it implements. */
function fillInterfaces(schema: GraphQLSchema, kept: Kept): void {
  for (const [name, fields] of kept) {
    const type = schema.getType(name);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const parent of type.getInterfaces())
      for (const field of kept.get(parent.name) ?? []) fields.add(field);
  }
}

function cut(definition: DefinitionNode, kept: Kept): DefinitionNode[] {
  if (definition.kind === Kind.DIRECTIVE_DEFINITION)
    return definition.name.value === "idempotent" ? [bare(definition)] : [];
  if (definition.kind === Kind.SCHEMA_DEFINITION) return [bare(definition)];
  if (!("name" in definition) || !definition.name || !kept.has(definition.name.value)) return [];
  const fields = kept.get(definition.name.value);
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [
        bare({
          ...definition,
          interfaces: definition.interfaces?.filter((one) => kept.has(one.name.value)),
          fields: definition.fields?.filter((field) => fields?.has(field.name.value)),
        }),
      ];
    case Kind.UNION_TYPE_DEFINITION:
      return [
        bare({ ...definition, types: definition.types?.filter((one) => kept.has(one.name.value)) }),
      ];
    default:
      return [bare(definition)];
  }
}

/** Without descriptions and without the reasons of deprecations: names and shapes only. */
function bare<T extends DefinitionNode | FieldDefinitionNode | InputValueDefinitionNode>(
  node: T,
): T {
  return visit(node, {
    enter(child) {
      if (child.kind === Kind.DIRECTIVE)
        return { ...child, arguments: child.name.value === "deprecated" ? [] : child.arguments };
      return "description" in child && child.description
        ? { ...child, description: undefined }
        : undefined;
    },
  });
}

function moduleText({ sdl, requiredScopes }: Slice): string {
  return [
    "// Written by test/connectors/shopify/simulator/slice-admin-schema.ts from the official schema 2026-10; change it there.",
    "",
    "/** The part of Shopify's Admin schema 2026-10 that this simulator answers, true to the official one. */",
    `export const adminSchema = /* GraphQL */ \`\n${sdl}\n\`;`,
    "",
    '/** Access scopes by "Type" or "Type.field", any one of which suffices; absent means open. */',
    `export const requiredScopes: Record<string, readonly string[]> = ${JSON.stringify(requiredScopes)};`,
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url) && specsDir) {
  const folder = join(specsDir, "shopify");
  const official = readOfficial(join(folder, "admin_2026-10.json.gz"));
  const target = "../../../../src/connectors/shopify/simulator/admin/admin-schema.ts";
  const text = moduleText(slice(official, Object.values(answeredDocuments(folder))));
  writeFileSync(fileURLToPath(new URL(target, import.meta.url)), text);
}
