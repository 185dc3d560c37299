import { expect, vi } from "vitest";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import type { CommandType } from "../../src/domain/command.js";
import type { TestGateway } from "../support/gateway.js";
import { type Asked, SEE, type Seen, type Way, WRITES } from "./writes.js";

/** What came of a write that was asked for. */
export interface Tried {
  /** null where it became no command. */
  status: string | null;
  codes: string[];
  refusals: string[];
}
interface Options {
  dryRun?: boolean;
  allowEmulated?: boolean;
  notifyCustomer?: boolean;
}
interface Written {
  command: { id: string; status: string; errors: Refusal[] } | null;
  userErrors: Refusal[];
}
interface Refusal {
  code: string;
  message: string;
}
export interface Sync {
  lastPollAt: string | null;
  lastWebhookAt: string | null;
  webhooks: { topic: string; active: boolean }[];
}
export interface Ability {
  operation: string;
  support: string;
  note: string | null;
  constraints: string[];
  granted: boolean;
}

/** One shop with its channel, and the hands to write to its orders through the gateway. */
export class Bench {
  readonly shop: SimulatedShop;
  /** Each write that succeeded and in which way, and how often. */
  readonly done = new Map<string, number>();
  readonly #gateway: TestGateway;
  readonly #channelId: string;
  readonly #external = new Map<string, string>();
  #writes = 0;
  #places: string[] = [];

  static async open(gateway: TestGateway, shop: SimulatedShop): Promise<Bench> {
    const bench = new Bench(gateway, shop, await gateway.connect(shop));
    const { channel } = await bench.#ask<{ channel: { locations: { id: string }[] } }>(
      "query ($id: ID!) { channel(id: $id) { locations { id } } }",
      { id: bench.#channelId },
    );
    bench.#places = channel.locations.map(({ id }) => id);
    return bench;
  }

  private constructor(gateway: TestGateway, shop: SimulatedShop, channelId: string) {
    this.#gateway = gateway;
    this.shop = shop;
    this.#channelId = channelId;
  }

  /** The shop's own id of an order that was placed here. */
  externalId(orderId: string): string {
    return this.#external.get(orderId) ?? expect.fail(`${orderId} was not placed here`);
  }

  /** What the channel says of its shop. */
  async channel(): Promise<{ capabilities: Ability[]; sync: Sync }> {
    const query = `query ($id: ID!) { channel(id: $id) {
      capabilities { operation support note constraints granted }
      sync { lastPollAt lastWebhookAt webhooks { topic active } } } }`;
    type Channel = { channel: { capabilities: Ability[]; sync: Sync } };
    return (await this.#ask<Channel>(query, { id: this.#channelId })).channel;
  }

  /** Somebody buys, and pays at once or not; resolves with our id when the gateway knows of both. */
  async place(paid = true): Promise<string> {
    const lines = [
      { sku: "MUG-01", quantity: 6 },
      { sku: "TEE-M", quantity: 4 },
    ];
    const { orderId } = await this.shop.acts.placeOrder({ lines, paid, payment: "offline" });
    const query = `query ($channelId: ID!, $externalId: String!) {
      orderByExternalId(channelId: $channelId, externalId: $externalId) { id paymentStatus } }`;
    const known = { channelId: this.#channelId, externalId: orderId };
    return vi.waitFor(async () => {
      const { orderByExternalId: found } = await this.#ask<{
        orderByExternalId: { id: string; paymentStatus: string } | null;
      }>(query, known);
      if (!found || (paid && found.paymentStatus !== "PAID"))
        throw new Error(`${orderId} is ${found?.paymentStatus ?? "not here yet"}`);
      this.#external.set(found.id, orderId);
      return found.id;
    }, PATIENCE);
  }

  async see(id: string): Promise<Seen> {
    return (await this.#ask<{ order: Seen }>(SEE, { id })).order;
  }

  /** Asks what one piece comes to if it is refunded; resolves with whether the shop itself said so. */
  async quote(orderId: string): Promise<boolean | undefined> {
    const [line] = (await this.see(orderId)).lines.nodes;
    const query = `query ($orderId: ID!, $lineId: ID!) {
      refundQuote(orderId: $orderId, lines: [{ lineId: $lineId, quantity: 1 }]) { quote { exact } } }`;
    const { refundQuote } = await this.#ask<{ refundQuote: { quote: { exact: boolean } | null } }>(
      query,
      { orderId, lineId: line?.id },
    );
    return refundQuote.quote?.exact;
  }

  async until(id: string, is: (seen: Seen) => boolean): Promise<void> {
    await vi.waitFor(async () => {
      const seen = await this.see(id);
      if (!is(seen)) throw new Error(`${id} is ${seen.state} and ${seen.paymentStatus}`);
    }, PATIENCE);
  }

  /** Whether the gateway says that a write can be done now. */
  async enables(operation: CommandType, orderId: string): Promise<boolean> {
    const { availableActions } = await this.see(orderId);
    return availableActions.some((action) => action.operation === operation && action.enabled);
  }

  /** A write that brings an order where it is wanted; not every shop lets every one be. */
  async write(operation: CommandType, orderId: string, way: Way = {}): Promise<void> {
    if (await this.enables(operation, orderId)) await this.succeed(operation, orderId, way);
  }

  async succeed(operation: CommandType, orderId: string, way: Way = {}): Promise<void> {
    const tried = await this.attempt(operation, orderId, way);
    expect(tried, `${operation} is enabled and there is nothing that it could name`).not.toBeNull();
    expect([operation, way, tried?.status, tried?.refusals]).toEqual([
      operation,
      way,
      "SUCCEEDED",
      [],
    ]);
    const key = doneBy(operation, way);
    this.done.set(key, (this.done.get(key) ?? 0) + 1);
  }

  /** Asks for a write on what the order has; null where it has nothing that the write could name. */
  async attempt(
    operation: CommandType,
    orderId: string,
    way: Way = {},
    options: Options = {},
  ): Promise<Tried | null> {
    const asked = WRITES[operation](await this.see(orderId), way, this.#places);
    if (!asked) return null;
    const { write } = await this.#ask<{ write: Written }>(
      ...this.#mutation(asked, { ...options, ...(way.notify && { notifyCustomer: true }) }),
    );
    const status = write.command && (await this.#endOf(write.command));
    const errors = [...write.userErrors, ...(write.command?.errors ?? [])];
    return {
      status,
      codes: errors.map(({ code }) => code),
      refusals: errors.map(({ message }) => message),
    };
  }

  #mutation([mutation, types, variables]: Asked, more: Options): [string, Record<string, unknown>] {
    const options = {
      idempotencyKey: `${this.#channelId} ${++this.#writes}`,
      waitUntil: "SUCCEEDED",
      waitTimeoutMs: PATIENCE.timeout,
      allowEmulated: true,
      ...more,
    };
    const optional = mutation !== "orderRefresh";
    const all = { ...types, ...(optional && { options: "WriteOptions!" }) };
    const declared = Object.entries(all).map(([name, type]) => `$${name}: ${type}`);
    const given = Object.keys(all).map((name) => `${name}: $${name}`);
    const query = `mutation (${declared.join(", ")}) { write: ${mutation}(${given.join(", ")}) {
      command { id status errors { code message } } userErrors { code message } } }`;
    return [query, { ...variables, ...(optional && { options }) }];
  }

  /** A write that takes no options is waited for. */
  async #endOf({ id, status }: { id: string; status: string }): Promise<string> {
    if (status !== "QUEUED" && status !== "IN_FLIGHT") return status;
    return vi.waitFor(async () => {
      const { command } = await this.#ask<{ command: { status: string } }>(
        "query ($id: ID!) { command(id: $id) { status } }",
        { id },
      );
      if (command.status !== "SUCCEEDED") throw new Error(`${id} is ${command.status}`);
      return command.status;
    }, PATIENCE);
  }

  async #ask<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
    const { data, errors } = await this.#gateway.ask<Data>(query, variables);
    if (errors || !data) throw new Error(`${query.slice(0, 80)}: ${JSON.stringify(errors)}`);
    return data;
  }
}

const PATIENCE = { timeout: 20_000, interval: 25 };

/** The name of a write in a way. */
export function doneBy(operation: CommandType, way: Way = {}): string {
  return [operation, ...Object.keys(way)].join(" ");
}
