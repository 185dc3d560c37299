import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** How many connections a bulk query may have, and how many of them may lie one inside the other below the first. */
const most = { connections: 5, nested: 2 } as const;

/** A bulk query that may run, or what is wrong with it, in the platform's words. */
export function readBulkQuery(schema: GraphQLSchema, text: string): DocumentNode | string {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (cause) {
    if (!(cause instanceof GraphQLError)) throw cause;
    return `Invalid bulk query: ${cause.message}`;
  }
  const [problem] = validate(schema, document);
  if (problem) return `Invalid bulk query: ${problem.message}`;
  const [operation] = document.definitions.filter(
    (each): each is OperationDefinitionNode => each.kind === "OperationDefinition",
  );
  if (operation?.operation !== "query") return "Invalid bulk query: it must be a query";
  const [top, ...more] = operation.selectionSet.selections;
  if (top?.kind !== "Field" || more.length > 0)
    return "Bulk queries must have a single top level field.";
  if (top.name.value === "node" || top.name.value === "nodes")
    return "Bulk queries cannot contain the top level fields `node` or `nodes`.";
  return whyNotBulk(schema, document) ?? document;
}

/** A field on the way from the top to where a reader stands. */
interface Above {
  isConnection: boolean;
  isList: boolean;
}

function whyNotBulk(schema: GraphQLSchema, document: DocumentNode): string | null {
  const types = new TypeInfo(schema);
  const above: Above[] = [];
  const problems: string[] = [];
  let connections = 0;
  const enter = (field: FieldNode): void => {
    const type = types.getType();
    const name = type ? getNamedType(type).name : "";
    const isConnection = name.endsWith("Connection");
    // The edges of a connection are a list too, and the way that its nodes are asked for.
    const isPart = types.getParentType()?.name.endsWith("Connection") ?? false;
    const isList = !isPart && type != null && isListType(isNonNullType(type) ? type.ofType : type);
    if (isConnection) {
      connections += 1;
      if (above.some((each) => each.isList))
        problems.push(
          "Queries that contain a connection field within a list field are not currently supported.",
        );
      if (above.filter((each) => each.isConnection).length > most.nested)
        problems.push(
          `Bulk queries cannot have connections nested deeper than ${most.nested} levels.`,
        );
      if (!asksForEdges(field))
        problems.push(`Bulk queries must ask ${field.name.value} for its edges.`);
      if (field.selectionSet && holdsConnection(schema, types, field) && !asksForId(field))
        problems.push(
          "The parent 'node' field for a nested connection must select the 'id' field without an alias.",
        );
    }
    above.push({ isConnection, isList });
  };
  visit(document, visitWithTypeInfo(types, { Field: { enter, leave: () => void above.pop() } }));
  if (connections === 0) return "Bulk queries must contain at least one connection.";
  if (connections > most.connections)
    return `Bulk queries cannot contain more than ${most.connections} connections.`;
  return problems[0] ?? null;
}

const children = (field: FieldNode | undefined, name: string): FieldNode | undefined =>
  field?.selectionSet?.selections.find(
    (each): each is FieldNode => each.kind === "Field" && each.name.value === name,
  );

const nodeOf = (field: FieldNode): FieldNode | undefined =>
  children(children(field, "edges"), "node");
const asksForEdges = (field: FieldNode): boolean => nodeOf(field) !== undefined;
const asksForId = (field: FieldNode): boolean =>
  children(nodeOf(field), "id")?.alias === undefined && children(nodeOf(field), "id") !== undefined;

/** Whether the nodes of a connection have connections of their own. */
function holdsConnection(schema: GraphQLSchema, types: TypeInfo, field: FieldNode): boolean {
  const type = types.getType();
  const node = nodeOf(field);
  if (!type || !node) return false;
  const connection = schema.getType(getNamedType(type).name);
  const nodeType = connection && "getFields" in connection && connection.getFields().nodes?.type;
  const named = nodeType && schema.getType(getNamedType(nodeType).name);
  if (!named || !("getFields" in named)) return false;
  return (node.selectionSet?.selections ?? []).some(
    (each) =>
      each.kind === "Field" &&
      getNamedType(named.getFields()[each.name.value]?.type ?? named)?.name.endsWith("Connection"),
  );
}
