/**
 * What every simulated shop offers, whatever its platform: a real HTTP port that speaks the platform's
 * own protocol, and beside it the hands of the people in the shop. `acts` are what customers and the
 * merchant do without the gateway; `view` is the shop's own truth, for tests that ask what really happened.
 */
export interface SimulatedShop {
  readonly platform: string;
  /** Base URL, http on loopback unless `tls` was given. */
  readonly url: string;
  /** Settings with which a gateway can connect to this shop, secrets included. */
  readonly settings: Record<string, unknown>;
  readonly acts: Acts;
  /** The shop's truth about one order, or null when it is gone for good. */
  view(orderId: string): ShopView | null;
  /** Every API request received since start, oldest first (at most the last 10,000). */
  calls(): readonly Call[];
  /** Resolves when no webhook waits for delivery any more, retries included only when due now. */
  settled(): Promise<void>;
  /** Stops life, drops open connections, saves the state and frees the port. */
  stop(): Promise<void>;
}

export interface SimulatorOptions {
  /** TCP port on 127.0.0.1; 0 or absent takes a free one. */
  port?: number;
  /** File that keeps the shop's state over restarts; absent keeps it in memory only. */
  stateFile?: string;
  /** Seed of every random choice, so that the same seed gives the same shop. Default 1. */
  seed?: number;
  /** How many orders the shop has at first start. Default 250. */
  orders?: number;
  /** "standard" keeps the real platform's limits; "wide" is for demos, with room for a fast backfill. Default "standard". */
  plan?: "standard" | "wide";
  /** true lets webhooks go to http, loopback and any port, which the real platform refuses. Default false. */
  relaxedDelivery?: boolean;
  /** Milliseconds between two things that happen by themselves (an order, a payment, a parcel moving); absent means a quiet shop. */
  lifeEveryMs?: number;
  /** The shop's clock. Default the system's. */
  now?: () => Date;
  /** Serves https with this PEM pair. */
  tls?: { key: string; cert: string };
  /** Told of what the shop does; default nobody. */
  log?: (message: string) => void;
}

/** What people do in the shop. Ids are native ones, as strings, exactly as the platform's API names them. */
export interface Acts {
  placeOrder(order?: NewOrder): Promise<{ orderId: string; number: string }>;
  /** The customer pays what is open. */
  pay(orderId: string): Promise<void>;
  /** The merchant changes something visible (a note for the customer, an address line). */
  edit(orderId: string): Promise<void>;
  cancel(orderId: string): Promise<void>;
  hold(orderId: string): Promise<void>;
  /** The merchant ships in the shop's own admin. `lines` absent ships everything open. */
  ship(orderId: string, shipment?: NewShipment): Promise<{ shipmentId: string }>;
  /** A parcel moves, where the platform itself can say so (Shopify); elsewhere it rejects. */
  moveParcel(orderId: string, shipmentId: string, status: ParcelMove): Promise<void>;
  refund(orderId: string, refund?: NewRefund): Promise<{ refundId: string }>;
  /** The customer asks to send goods back that were shipped; absent where the platform has no returns. */
  askReturn?(orderId: string, asked?: NewReturn): Promise<{ returnId: string }>;
  /** The merchant agrees to a return, and takes in what was agreed; absent where the platform has no returns. */
  receiveReturn?(orderId: string, returnId: string): Promise<void>;
  /** Deletes for good, without a trace where the platform leaves none. */
  deleteOrder(orderId: string): Promise<void>;
}

export type ParcelMove =
  | "IN_TRANSIT"
  | "OUT_FOR_DELIVERY"
  | "DELIVERED"
  | "ATTEMPTED_DELIVERY"
  | "FAILURE";

export interface NewOrder {
  /** SKUs and quantities; absent: two common goods. Every shop sells MUG-01, TEE-M, POSTER-A2 and EBOOK-1 (digital). */
  lines?: { sku: string; quantity: number }[];
  /** Whether it is paid at once. Default true. */
  paid?: boolean;
  currency?: string;
  email?: string;
  /** "online": the shop itself can send the money back; "offline": a person must. Default what the shop's customers commonly use. */
  payment?: "online" | "offline";
}
export interface NewReturn {
  /** Absent: one piece of the first line that left. */
  lines?: { sku: string; quantity: number }[];
}
export interface NewShipment {
  lines?: { sku: string; quantity: number }[];
  tracking?: { number: string; carrier?: string };
}
export interface NewRefund {
  lines?: { sku: string; quantity: number }[];
  /** Decimal string in the order's currency; absent: what the lines cost. */
  amount?: string;
  restock?: boolean;
}

/** One order as the shop really holds it. Amounts are decimal strings in the shop's currency of the order. */
export interface ShopView {
  orderId: string;
  number: string;
  status: string;
  total: string;
  currency: string;
  deleted: boolean;
  lines: { id: string; sku: string | null; quantity: number }[];
  shipments: {
    id: string;
    canceled: boolean;
    lines: { lineId: string; quantity: number }[];
    tracking: string[];
  }[];
  refunds: {
    id: string;
    amount: string;
    lines: { lineId: string; quantity: number }[];
    /** Whether the shop itself sent money back, where it keeps that. */
    moved?: boolean;
  }[];
  /** Absent where the platform has no returns. `status` is the platform's own word. */
  returns?: {
    id: string;
    status: string;
    lines: { lineId: string; requested: number; received: number }[];
  }[];
  /** Pieces in stock of each SKU that the shop counts. */
  stock?: Record<string, number>;
}

/** One API request as the shop saw it. */
export interface Call {
  at: Date;
  /** "GET /wp-json/wc/v3/orders" or "mutation FulfillmentCreate". */
  name: string;
  status: number;
}

/**
 * A fault, switched on by `POST /_faults` (JSON, loopback only) and off by `DELETE /_faults`.
 * "timeout-before" never answers and does nothing; "timeout-after" does the work and never answers; "late" never answers
 * either and does the work only at `POST /_late`, or after `ms` where that is given.
 */
export interface Fault {
  kind:
    | "latency"
    | "429"
    | "500"
    | "timeout-before"
    | "timeout-after"
    | "late"
    | "webhook-drop"
    | "webhook-double"
    | "webhook-late";
  /** Only requests (or webhook topics) whose name contains this. Default all. */
  match?: string;
  /** How many times, then it switches itself off. Default until deleted. */
  count?: number;
  /** Milliseconds of latency or lateness. */
  ms?: number;
}
