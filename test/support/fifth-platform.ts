import { z } from "zod";
import { checkSettings, describeSettings } from "../../src/connectors/settings.js";
import type {
  Capability,
  Channel,
  Connector,
  Outcome,
  Probe,
  PulledPage,
  SurveyedPage,
} from "../../src/domain/channel.js";
import type { StepCall } from "../../src/domain/command.js";
import { GatewayError, InvalidInput } from "../../src/domain/errors.js";
import type { Native, NativeFulfillment, Snapshot } from "../../src/domain/snapshot.js";
import { instant } from "../../src/domain/time.js";
import { head, line, shipment } from "./snapshots.js";

/** A stall at a market: what it sold, and what left it. Its keeper counts time in changes. */
export class Stall {
  readonly name: string;
  readonly sold = new Map<string, { pieces: number; changedAt: Date; left: NativeFulfillment[] }>();

  constructor(name: string, orders: number) {
    this.name = name;
    for (let number = 1; number <= orders; number++) this.sell(`${number}`, number);
  }

  sell(nativeId: string, pieces: number): void {
    this.sold.set(nativeId, { pieces, changedAt: new Date(), left: [] });
  }

  show(nativeId: string): Snapshot | null {
    const sale = this.sold.get(nativeId);
    if (!sale) return null;
    const section = <T>(value: T) => ({ asOf: instant(sale.changedAt), complete: true, value });
    return {
      ref: { nativeId },
      head: section(head({ number: `S${nativeId}`, platformUpdatedAt: instant(sale.changedAt) })),
      lines: section([line("goods", sale.pieces)]),
      fulfillments: section(structuredClone(sale.left)),
    };
  }
}

/** Stalls that can be connected, by their addresses. */
export type Market = ReadonlyMap<string, Stall>;

const settings = z.strictObject({
  address: z.url().meta({ title: "Address", description: "Where the stall is." }),
});

/** All that the program must be told of another platform. */
export function marketConnector(market: Market): Connector {
  const capabilities = (["ORDER_READ", "FULFILLMENT_CREATE", "FULFILLMENT_PARTIAL"] as const).map(
    (operation): Capability => ({
      operation,
      support: "NATIVE",
      constraints: [],
      note: null,
      requiredScopes: [],
      granted: true,
      idempotent: "CHECK_THEN_ACT",
    }),
  );
  return {
    platform: "MARKET",
    name: "Market stall",
    settings: describeSettings(settings),
    capabilities,
    open(given) {
      const { address } = checkSettings("Market stall", settings, given);
      const stall = market.get(address);
      if (!stall) throw new InvalidInput(`nobody sells at ${address}`, ["address"]);
      return openStall(stall, address, capabilities);
    },
  };
}

function openStall(stall: Stall, externalUrl: string, capabilities: Capability[]): Channel {
  return {
    capabilities,
    settleMs: 0,
    probe: async (): Promise<Probe> => ({
      shopName: stall.name,
      currency: "EUR",
      timezone: "Europe/Berlin",
      platformVersion: null,
      externalUrl,
      capabilities,
      locations: [],
      findings: {},
    }),
    async *pull({ from, cursor }): AsyncIterable<PulledPage> {
      const changed = [...stall.sold].filter(([, { changedAt }]) => !from || changedAt >= from);
      const snapshots = cursor ? [] : changed.flatMap(([id]) => stall.show(id) ?? []);
      yield { snapshots, unreadable: [], cursor: "end", estimatedTotal: changed.length };
    },
    async *survey({ cursor }): AsyncIterable<SurveyedPage> {
      const all = cursor ? [] : [...stall.sold];
      const orders = all.map(([nativeId, sale]) => ({ nativeId, print: JSON.stringify(sale) }));
      yield { orders, cursor: "end" };
    },
    read: async ({ nativeId }) => stall.show(nativeId),
    receive: () => ({ kind: "rejected", reason: "a stall sends nothing" }),
    plan(command, order) {
      if (command.type !== "FULFILLMENT_CREATE")
        throw new GatewayError("CAPABILITY_NOT_SUPPORTED", "a stall only hands over");
      const { lines, packages, locationId } = command;
      const natives = new Map(order.lines.map(({ id, nativeId }) => [id, nativeId]));
      const request = lines.map((each) => [natives.get(each.lineId), each.quantity]);
      return [
        {
          summary: `hand over ${lines.length} line`,
          kind: command.type,
          money: false,
          support: "NATIVE",
          idempotent: "CHECK_THEN_ACT",
          request: { lines: Object.fromEntries(request), number: packages[0]?.tracking?.number },
          creates: { noun: "Fulfillment", lines, packages, locationId },
        },
      ];
    },
    perform: async (call) => handOver(stall, call),
    find: async ({ order, marker }) => {
      const snapshot = stall.show(order.nativeId);
      const own = stall.sold.get(order.nativeId)?.left.filter((left) => left.marker === marker);
      return own?.[0]
        ? { kind: "found", nativeId: own[0].nativeId, snapshot, times: own.length }
        : { kind: "absent" };
    },
    webhooks: async () => [],
    ensureWebhooks: async () => [],
    removeWebhooks: async () => {},
  };
}

function handOver(stall: Stall, { order, step, marker }: StepCall): Outcome {
  const sale = stall.sold.get(order.nativeId);
  const { lines, number } = step.request as { lines: Record<string, number>; number?: string };
  const left: Native<NativeFulfillment> = shipment(`${order.nativeId}-1`, lines, {
    marker,
    createdAt: instant(new Date()),
    ...(number && { number }),
  });
  sale?.left.push(left);
  if (sale) sale.changedAt = new Date();
  return {
    kind: "done",
    snapshot: stall.show(order.nativeId),
    nativeId: left.nativeId,
    httpStatus: null,
  };
}
