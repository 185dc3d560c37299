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
  parse,
  type SelectionSetNode,
} from "graphql";
import { describe, expect, it } from "vitest";
import { API_VERSION } from "../../../src/connectors/shopify/client.js";
import { weigh } from "../../../src/connectors/shopify/simulator/admin/cost.js";
import { specsDir } from "../../support/specs.js";
import { EXPORT, official, operations } from "./every-operation.js";
import type { Official } from "./simulator/slice-admin-schema.js";

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

describe.skipIf(!specsDir)("the operations", () => {
  it("fit into the thousand points that one query may cost, nearly all even where every child counts", () => {
    const admin = official(API_VERSION);
    const tooDear = (costOf: typeof measuredCost) =>
      operations
        .filter(({ name, text }) => name !== EXPORT && costOf(admin, parse(text)) > 1_000)
        .map(({ name }) => name);
    expect(tooDear(measuredCost)).toEqual([]);
    // A sweep's look over fifty orders leans on what was measured.
    expect(tooDear(linearCost)).toEqual(["Survey"]);
  });
});
