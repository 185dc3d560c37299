import {
  buildSchema,
  defaultFieldResolver,
  GraphQLError,
  type GraphQLField,
  type GraphQLScalarType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
} from "graphql";
import { adminSchema } from "./admin-schema.js";
import { type Asking, notKept } from "./asking.js";
import { everything } from "./page.js";
import { refuseMissingScopes } from "./scopes.js";

/** The executable slice of the Admin schema: scalars check their forms, guarded fields ask for scopes. */
export function buildAdminSchema(): GraphQLSchema {
  const schema = buildSchema(adminSchema);
  for (const [name, form] of Object.entries(scalarForms)) {
    const type = schema.getType(name);
    if (type) checkForm(type as GraphQLScalarType, form);
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) guard(type.name, field);
  }
  return schema;
}

interface ScalarForm {
  /** What the shop may send. */
  sent: RegExp;
  /** What it takes, as text; null where it is none of this kind. */
  read: (given: string) => string | null;
}

const decimalForm = (given: string): string | null =>
  /^-?\d+(\.\d+)?$/.test(given) ? given : null;

const scalarForms: Record<string, ScalarForm> = {
  Decimal: { sent: /^-?\d+\.\d+$/, read: decimalForm },
  Money: { sent: /^-?\d+(\.\d+)?$/, read: decimalForm },
  DateTime: {
    sent: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    read: (given) => (Number.isNaN(Date.parse(given)) ? null : given),
  },
  UnsignedInt64: { sent: /^\d+$/, read: (given) => (/^\d+$/.test(given) ? given : null) },
  URL: { sent: /^https?:\/\//, read: (given) => (URL.canParse(given) ? given : null) },
};

function checkForm(type: GraphQLScalarType, { sent, read }: ScalarForm): void {
  type.serialize = (value) => {
    if (typeof value === "string" && sent.test(value)) return value;
    throw new GraphQLError(`the simulator would send ${JSON.stringify(value)} as ${type.name}`);
  };
  type.parseValue = (value) => {
    const known =
      typeof value === "string" || typeof value === "number" ? read(String(value)) : null;
    if (known === null) throw new GraphQLError(`${JSON.stringify(value)} is no valid ${type.name}`);
    return known;
  };
  type.parseLiteral = (node) => {
    const literal = node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT;
    return type.parseValue(literal ? node.value : null);
  };
}

/** Arguments that the schema has and this simulator has no answer to. */
const unanswered: Record<string, readonly string[]> = {
  "FulfillmentOrder.locationsForMove": ["query", "locationIds"],
  "Order.fulfillmentOrders": ["displayable", "query"],
  "Order.fulfillments": ["query"],
  "Order.returns": ["query"],
  "Order.suggestedRefund": ["refundDuties"],
  "Order.transactions": ["capturable", "manuallyResolvable"],
  "QueryRoot.locations": ["query"],
  "QueryRoot.orders": ["savedSearchId"],
  "QueryRoot.productVariants": ["savedSearchId"],
  "QueryRoot.webhookSubscriptions": ["query"],
};

/** A field needs its own scopes, and those of the type that it leads to. */
function guard(typeName: string, field: GraphQLField<unknown, Asking>): void {
  const leadsTo = getNamedType(field.type).name.replace(/(Connection|Edge)$/, "");
  field.resolve = (source, given, asking, info) => {
    refuseMissingScopes(`${typeName}.${field.name}`, field.name, asking.scopes);
    refuseMissingScopes(leadsTo, field.name, asking.scopes);
    for (const name of unanswered[`${typeName}.${field.name}`] ?? [])
      if (given[name] != null && given[name] !== false) throw notKept(`${field.name} by ${name}`);
    const isWhole = asking.bulk && getNamedType(field.type).name.endsWith("Connection");
    const wanted = isWhole ? { ...given, first: everything } : given;
    return defaultFieldResolver(source, wanted, asking, info);
  };
}
