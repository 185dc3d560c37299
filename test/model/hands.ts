import type { TestGateway } from "../support/gateway.js";

/** What a client sees of one order, and what it asks for: everything by the public API over HTTP. */
export interface Seen {
  id: string;
  version: number;
  state: string;
  paymentStatus: string;
  fulfillmentStatus: string;
  returnStatus: string;
  syncState: string;
  anomalies: { code: string; message: string }[];
  totals: Record<"total" | "captured" | "refunded" | "refundPending", { shop: Amount }>;
  lines: { nodes: SeenLine[] };
  fulfillments: {
    id: string;
    status: string;
    lines: { quantity: number; line: { id: string } }[];
  }[];
  returns: SeenReturn[];
  refunds: {
    id: string;
    status: string;
    amount: { shop: Amount };
    lines: { quantity: number; line: { id: string } }[];
  }[];
  availableActions: Action[];
}
export interface Amount {
  amount: string;
  currency: string;
}
export interface SeenLine {
  id: string;
  sku: string;
  quantities: Record<Count, number>;
}
const COUNTS = [
  "ordered",
  "canceled",
  "unfulfilled",
  "fulfillable",
  "onHold",
  "fulfilled",
  "shipped",
  "delivered",
  "returnRequested",
  "returnApproved",
  "returnReceived",
  "returnRejected",
  "returnable",
  "refunded",
  "restocked",
  "writtenOff",
] as const;
type Count = (typeof COUNTS)[number];
export interface SeenReturn {
  id: string;
  status: string;
  projection: string;
  lines: {
    line: { id: string };
    requested: number;
    approved: number;
    received: number;
    rejected: number;
  }[];
  availableActions: Action[];
}
export interface Action {
  operation: string;
  enabled: boolean;
  reason: string | null;
  constraints: string[];
  support: string;
}
/** What a write came to. */
export interface Done {
  status: string | null;
  refusals: string[];
  id: string | null;
}

export interface Hands {
  find(channelId: string, externalId: string): Promise<string | null>;
  see(orderId: string): Promise<Seen>;
  quote(
    orderId: string,
    lines: { lineId: string; quantity: number }[],
  ): Promise<{ lines: string[]; shipping: string; maximum: string }>;
  /** Asks for a write by its mutation, and waits until the shop has done it. */
  write(mutation: keyof typeof MUTATIONS, variables: Record<string, unknown>): Promise<Done>;
}

export function handsOf(gateway: TestGateway, name: string): Hands {
  let writes = 0;
  async function ask<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
    const { data, errors } = await gateway.ask<Data>(query, variables);
    if (errors || !data) throw new Error(`${query.slice(0, 60)}: ${JSON.stringify(errors)}`);
    return data;
  }
  return {
    async find(channelId, externalId) {
      const { orderByExternalId } = await ask<{ orderByExternalId: { id: string } | null }>(
        "query ($channelId: ID!, $externalId: String!) { orderByExternalId(channelId: $channelId, externalId: $externalId) { id } }",
        { channelId, externalId },
      );
      return orderByExternalId?.id ?? null;
    },
    see: async (id) => (await ask<{ order: Seen }>(SEE, { id })).order,
    async quote(orderId, lines) {
      const { refundQuote } = await ask<{ refundQuote: QuotePayload }>(QUOTE, { orderId, lines });
      const { quote, userErrors } = refundQuote;
      if (!quote) throw new Error(`no quote: ${JSON.stringify(userErrors)}`);
      return {
        lines: quote.lines.map(({ amount }) => amount.shop.amount),
        shipping: quote.shippingMaximum.shop.amount,
        maximum: quote.maximum.shop.amount,
      };
    },
    async write(mutation, variables) {
      const options = {
        idempotencyKey: `${name} ${++writes}`,
        waitUntil: "SUCCEEDED",
        waitTimeoutMs: 20_000,
        allowEmulated: true,
      };
      const [head, part] = MUTATIONS[mutation];
      const query = `mutation ($options: WriteOptions!, ${head.types}) { write: ${mutation}(options: $options, ${head.args}) { command { status errors { code message } } userErrors { code message } ${part} } }`;
      const { write } = await ask<{ write: WritePayload }>(query, { options, ...variables });
      return {
        status: write.command?.status ?? null,
        refusals: [...write.userErrors, ...(write.command?.errors ?? [])].map(
          ({ code, message }) => `${code}: ${message}`,
        ),
        id: write.return?.id ?? write.fulfillments?.[0]?.id ?? null,
      };
    },
  };
}

interface WritePayload {
  command: { status: string; errors: { code: string; message: string }[] } | null;
  userErrors: { code: string; message: string }[];
  return?: { id: string } | null;
  fulfillments?: { id: string }[];
}
interface QuotePayload {
  quote: {
    maximum: { shop: Amount };
    shippingMaximum: { shop: Amount };
    lines: { amount: { shop: Amount } }[];
  } | null;
  userErrors: unknown[];
}

const given = (...types: [name: string, type: string][]) => ({
  types: types.map(([name, type]) => `$${name}: ${type}`).join(", "),
  args: types.map(([name]) => `${name}: $${name}`).join(", "),
});
const MUTATIONS = {
  fulfillmentCreate: [given(["input", "FulfillmentCreateInput!"]), "fulfillments { id }"],
  fulfillmentCancel: [given(["fulfillmentId", "ID!"], ["reason", "String"]), ""],
  orderCancel: [given(["input", "OrderCancelInput!"]), ""],
  orderNoteAdd: [given(["orderId", "ID!"], ["text", "String!"], ["pushToChannel", "Boolean"]), ""],
  refundCreate: [given(["input", "RefundCreateInput!"]), ""],
  returnCreate: [given(["input", "ReturnCreateInput!"]), "return { id }"],
  returnApprove: [given(["returnId", "ID!"]), ""],
  returnDecline: [given(["returnId", "ID!"], ["reason", "String!"]), ""],
  returnReceive: [given(["returnId", "ID!"], ["lines", "[ReceiveLineInput!]!"]), ""],
  returnClose: [given(["returnId", "ID!"]), ""],
  returnCancel: [given(["returnId", "ID!"]), ""],
} as const;

const ACTIONS = "availableActions { operation enabled reason constraints support }";
const BAG = "{ shop { amount currency } }";
const PIECES = "lines { quantity line { id } }";
const SEE = `query ($id: ID!) { order(id: $id) {
  id version state paymentStatus fulfillmentStatus returnStatus syncState
  anomalies { code message }
  totals { total ${BAG} captured ${BAG} refunded ${BAG} refundPending ${BAG} }
  lines(first: 50) { nodes { id sku quantities { ${COUNTS.join(" ")} } } }
  fulfillments { id status ${PIECES} }
  returns { id status projection lines { line { id } requested approved received rejected } ${ACTIONS} }
  refunds { id status amount ${BAG} ${PIECES} }
  ${ACTIONS}
} }`;
const QUOTE = `query ($orderId: ID!, $lines: [RefundLineInput!]!) { refundQuote(orderId: $orderId, lines: $lines, shipping: true) {
  quote { maximum ${BAG} shippingMaximum ${BAG} lines { amount ${BAG} } } userErrors { code message }
} }`;
