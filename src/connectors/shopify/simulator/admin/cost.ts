import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  type SelectionSetNode,
} from "graphql";

/** What is needed to weigh one operation. */
export interface Weighing {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
}

/** A connection costs this even when it is empty. */
const connectionCost = 2;
/** What the fields of Mutation cost beside what they give back. */
const mutationCost = 10;

/**
 * The cost of a selection: scalars nothing, objects one, the dearest branch of an abstract type, and
 * connections less than linearly by their size. With `data` the cost of what really came back. The platform
 * does not publish its formula for connections; 2·ln(n) agrees with the one size measured on a shop
 * (250 variants with their inventory items: 25 points).
 */
export function weigh(
  weighing: Weighing,
  set: SelectionSetNode,
  type: GraphQLCompositeType,
  data?: unknown,
): number {
  let own = 0;
  let branch = 0;
  for (const selection of set.selections) {
    if (selection.kind === "Field") {
      own += weighField(weighing, selection, type, data);
      continue;
    }
    const fragment =
      selection.kind === "FragmentSpread" ? weighing.fragments[selection.name.value] : selection;
    if (!fragment) continue;
    const on = fragment.typeCondition
      ? weighing.schema.getType(fragment.typeCondition.name.value)
      : type;
    const cost = weigh(weighing, fragment.selectionSet, isCompositeType(on) ? on : type, data);
    if (isAbstractType(type)) branch = Math.max(branch, cost);
    else own += cost;
  }
  return own + branch;
}

/** How many nodes of a connection of this size are counted. */
const counted = (size: number): number =>
  size <= 0 ? 0 : Math.max(1, Math.round(2 * Math.log(size)));

function weighField(
  weighing: Weighing,
  node: FieldNode,
  parent: GraphQLCompositeType,
  data: unknown,
): number {
  const field = "getFields" in parent ? parent.getFields()[node.name.value] : undefined;
  const set = node.selectionSet;
  if (!field || !set || isLeafType(getNamedType(field.type))) return 0;
  const type = getNamedType(field.type) as GraphQLCompositeType;
  const value = valueAt(data, node);
  const isAbsent = data !== undefined && value === undefined;
  if (value === null || isAbsent) return 0;
  const given = getArgumentValues(field, node, weighing.variables);
  if (type.name.endsWith("Connection"))
    return connectionCost + weighNodes(weighing, set, type, { given, value });
  if (parent.name.endsWith("Connection") || type.name === "PageInfo") return 0;
  if (parent.name === weighing.schema.getMutationType()?.name)
    return mutationCost + weigh(weighing, set, type, value);
  if (!isList(field.type)) return 1 + weigh(weighing, set, type, value);
  const each = 1 + mean(value, (item) => weigh(weighing, set, type, item));
  const ids = given.ids;
  if (Array.isArray(ids)) return ids.length * each;
  return "first" in given ? counted(sizeOf(given, value)) * each : each;
}

/** The nodes of a connection, asked for as `nodes` or within `edges`. */
function weighNodes(
  weighing: Weighing,
  set: SelectionSetNode,
  type: GraphQLCompositeType,
  { given, value }: { given: Record<string, unknown>; value: unknown },
): number {
  const fields = "getFields" in type ? type.getFields() : {};
  let cost = 0;
  for (const selection of set.selections) {
    if (selection.kind !== "Field") continue;
    const { name, selectionSet } = selection;
    const inner = fields[name.value];
    if (!inner || !selectionSet || name.value === "pageInfo") continue;
    const innerType = getNamedType(inner.type) as GraphQLCompositeType;
    const own = name.value === "edges" ? 0 : 1;
    const items = valueAt(value, selection);
    const each = mean(items, (item) => own + weigh(weighing, selectionSet, innerType, item));
    cost = Math.max(cost, Math.ceil(counted(sizeOf(given, items)) * each));
  }
  return cost;
}

const isList = (type: GraphQLOutputType): boolean =>
  isNonNullType(type) ? isListType(type.ofType) : isListType(type);

const valueAt = (data: unknown, node: FieldNode): unknown =>
  data === undefined || data === null
    ? data
    : (data as Record<string, unknown>)[(node.alias ?? node.name).value];

const sizeOf = ({ first, last }: Record<string, unknown>, items: unknown): number =>
  Array.isArray(items) ? items.length : Number(first ?? last ?? 1);

/** The average over what came back, or the one planned cost. */
function mean(items: unknown, cost: (item: unknown) => number): number {
  if (!Array.isArray(items)) return cost(items);
  return items.length === 0
    ? 0
    : items.reduce<number>((total, item) => total + cost(item), 0) / items.length;
}
