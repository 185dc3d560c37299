import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** How big a selection is, fragments followed. Sums saturate, so that no document can overflow them. */
export interface Measures {
  /** Levels of fields, introspection apart. */
  depth: number;
  introspectionDepth: number;
  fields: number;
  aliases: number;
  directives: number;
  /** Nodes that a full answer may hold: page sizes multiplied along each path, then added. */
  cost: number;
  /** Every page size asked for, by the argument's path. */
  pages: { argument: string; size: number }[];
  /** Names of fragments that lead back to themselves. */
  cycles: string[];
}

/** What a list of entities without a page size counts, as most orders hold one or two of each. */
const UNPAGED_LIST = 2;
const SATURATED = 1e12;

/** Measures each operation and fragment of a document by itself, each fragment once, and gives the largest of each. */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): Measures {
  const walk = new Walk(schema, document, variables);
  return document.definitions.reduce<Measures>((largest, definition) => {
    if (definition.kind === Kind.OPERATION_DEFINITION)
      return largerOf(largest, walk.operation(definition));
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      return largerOf(largest, fragmentAlone(definition, walk.fragment(definition.name.value)));
    return largest;
  }, NOTHING);
}

/** A fragment on the schema's own types, such as the usual introspection query has, is introspection. */
function fragmentAlone({ typeCondition }: FragmentDefinitionNode, measures: Measures): Measures {
  if (!typeCondition.name.value.startsWith("__")) return measures;
  const introspectionDepth = Math.max(measures.depth, measures.introspectionDepth);
  return { ...measures, depth: 0, introspectionDepth };
}

const NOTHING: Measures = {
  depth: 0,
  introspectionDepth: 0,
  fields: 0,
  aliases: 0,
  directives: 0,
  cost: 0,
  pages: [],
  cycles: [],
};

class Walk {
  private readonly fragments: Map<string, FragmentDefinitionNode>;
  /** null while a fragment is being measured: whoever meets that has found a cycle. */
  private readonly measured = new Map<string, Measures | null>();
  private defaults: Record<string, unknown> = {};

  private readonly schema: GraphQLSchema;
  private readonly variables: Readonly<Record<string, unknown>>;

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.schema = schema;
    this.variables = variables;
    this.fragments = new Map(
      document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((fragment) => [fragment.name.value, fragment]),
    );
    for (const definition of document.definitions)
      if (definition.kind === Kind.OPERATION_DEFINITION)
        Object.assign(this.defaults, variableDefaults(definition));
  }

  operation(operation: OperationDefinitionNode): Measures {
    const root = this.schema.getRootType(operation.operation) ?? undefined;
    return withDirectives(operation, this.selections(operation.selectionSet, root));
  }

  fragment(name: string): Measures {
    const known = this.measured.get(name);
    if (known) return known;
    const fragment = this.fragments.get(name);
    if (!fragment) return NOTHING;
    if (known === null) return { ...NOTHING, cycles: [name] };
    this.measured.set(name, null);
    const type = this.schema.getType(fragment.typeCondition.name.value);
    const measures = withDirectives(fragment, this.selections(fragment.selectionSet, type));
    this.measured.set(name, measures);
    return measures;
  }

  private selections(set: SelectionSetNode, parent: GraphQLNamedType | undefined): Measures {
    return set.selections.reduce<Measures>((sum, selection) => {
      if (selection.kind === Kind.FIELD) return add(sum, this.field(selection, parent));
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        return add(sum, withDirectives(selection, this.fragment(selection.name.value)));
      const name = selection.typeCondition?.name.value;
      const type = name ? this.schema.getType(name) : parent;
      return add(sum, withDirectives(selection, this.selections(selection.selectionSet, type)));
    }, NOTHING);
  }

  private field(node: FieldNode, parent: GraphQLNamedType | undefined): Measures {
    const name = node.name.value;
    const introspects = name === "__schema" || name === "__type";
    const field = fieldOf(parent, name);
    const type = field ? getNamedType(field.type) : undefined;
    const inner = node.selectionSet ? this.selections(node.selectionSet, type) : NOTHING;
    const page = field ? this.pageOf(node, field) : null;
    const many =
      page?.size ??
      this.batchOf(node, field) ??
      (field && parent ? listFactor(field, parent) : null);
    const below = Math.max(inner.depth, introspects ? inner.introspectionDepth : 0);
    const outer = withDirectives(node, inner);
    return {
      ...outer,
      depth: introspects ? 0 : 1 + inner.depth,
      introspectionDepth: introspects ? 1 + below : inner.introspectionDepth,
      fields: saturate(1 + inner.fields),
      aliases: saturate((node.alias ? 1 : 0) + inner.aliases),
      cost: saturate(many === null ? inner.cost : many * (1 + inner.cost)),
      pages: page ? [page, ...inner.pages] : inner.pages,
    };
  }

  /** Size of the page that a field asks for, where it has one: its `first` or `last`, else the schema's default. */
  private pageOf(node: FieldNode, field: GraphQLField<unknown, unknown>) {
    const paging = field.args.filter((arg) => PAGING.has(arg.name));
    if (paging.length === 0) return null;
    for (const arg of paging) {
      const size = sizeOf(this.argument(node, arg.name));
      if (size !== null) return { argument: `${node.name.value}(${arg.name})`, size };
    }
    const size = sizeOf(paging.find((arg) => arg.name === "first")?.defaultValue);
    return size === null ? null : { argument: `${node.name.value}(first)`, size };
  }

  /** How many answers a batch asks for: one for each of its `items`. */
  private batchOf(node: FieldNode, field: GraphQLField<unknown, unknown> | undefined) {
    const items = field?.args.find((arg) => arg.name === "items");
    return items && isListType(getNullableType(items.type))
      ? sizeOf(this.argument(node, items.name))
      : null;
  }

  private argument(node: FieldNode, name: string): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind === Kind.LIST) return value.values;
    if (value?.kind !== Kind.VARIABLE) return null;
    const variable = value.name.value;
    return this.variables[variable] ?? this.defaults[variable];
  }
}

const PAGING = new Set(["first", "last", "ids"]);

function sizeOf(value: unknown): number | null {
  if (Array.isArray(value)) return value.length;
  return typeof value === "number" ? value : null;
}

function fieldOf(parent: GraphQLNamedType | undefined, name: string) {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  return parent.getFields()[name];
}

/** Lists of entities count as two; the lists of a connection are counted by its page. */
function listFactor(field: GraphQLField<unknown, unknown>, parent: GraphQLNamedType) {
  const item = getNamedType(field.type);
  const isEntity = isObjectType(item) && item.getInterfaces().some(({ name }) => name === "Node");
  const isList = isListType(getNullableType(field.type));
  if (!isList || !isEntity || !isCompositeType(item)) return null;
  return parent.name.endsWith("Connection") ? null : UNPAGED_LIST;
}

function variableDefaults(operation: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    (operation.variableDefinitions ?? [])
      .filter(({ defaultValue }) => defaultValue?.kind === Kind.INT)
      .map(({ variable, defaultValue }) => [
        variable.name.value,
        Number((defaultValue as { value: string }).value),
      ]),
  );
}

function withDirectives(
  node: { readonly directives?: readonly unknown[] | undefined },
  measures: Measures,
): Measures {
  const own = node.directives?.length ?? 0;
  return own === 0 ? measures : { ...measures, directives: saturate(measures.directives + own) };
}

function add(a: Measures, b: Measures): Measures {
  return {
    depth: Math.max(a.depth, b.depth),
    introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
    fields: saturate(a.fields + b.fields),
    aliases: saturate(a.aliases + b.aliases),
    directives: saturate(a.directives + b.directives),
    cost: saturate(a.cost + b.cost),
    pages: merge(a.pages, b.pages),
    cycles: merge(a.cycles, b.cycles),
  };
}

function largerOf(a: Measures, b: Measures): Measures {
  return {
    ...add(a, b),
    fields: Math.max(a.fields, b.fields),
    aliases: Math.max(a.aliases, b.aliases),
    directives: Math.max(a.directives, b.directives),
    cost: Math.max(a.cost, b.cost),
  };
}

/** No document needs more than a few to be refused, and repeated fragments must not make the list explode. */
const KEPT = 50;

function merge<T>(a: T[], b: T[]): T[] {
  if (b.length === 0) return a;
  return a.length === 0 ? b.slice(0, KEPT) : [...a, ...b].slice(0, KEPT);
}

function saturate(value: number): number {
  return Math.min(value, SATURATED);
}
