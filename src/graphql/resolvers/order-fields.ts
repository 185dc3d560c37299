import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Anomaly as AnomalyFact } from "../../domain/document.js";
import type { Address as AddressFact } from "../../domain/order.js";
import { seesPeople } from "../auth.js";
import type { Context } from "../context.js";
import { type ChannelNode, holdsOf, type OrderNode } from "../nodes.js";
import { withSightings } from "../sightings.js";
import { orderSyncState } from "../sync-state.js";
import { Address } from "../types/address.js";
import { Channel } from "../types/channel.js";
import { Freshness } from "../types/event.js";
import { Hold } from "../types/fulfillment-order.js";
import { KeyValue } from "../types/node.js";
import { Anomaly, Order, OrderNote, SyncState, type SyncStateWord } from "../types/order.js";
import { ExternalRef } from "../types/platform.js";
import { PlatformStatus, StatusProvenance } from "../types/status.js";

/** A shop that was neither polled nor heard for this long is not in step: several polls have been missed. */
const SILENCE_MS = 30 * 60_000;

@Resolver(() => Order)
export class OrderFields {
  @FieldResolver(() => ExternalRef, { description: "What the shop calls it." })
  externalRef(@Root() order: OrderNode): ExternalRef {
    return {
      platform: order.platform,
      channelId: order.channelId,
      id: order.nativeId,
      number: order.number,
      adminUrl: order.adminUrl,
      updatedAt: order.platformUpdatedAt,
    };
  }

  @FieldResolver(() => Channel, { description: "The shop it came from." })
  channel(@Root() order: OrderNode, @Ctx() { loaders }: Context) {
    return loaders.channel.load(order.channelId);
  }

  @FieldResolver(() => [PlatformStatus], { description: "What the platform's status fields say." })
  platformStatuses(@Root() order: OrderNode, @Ctx() context: Context) {
    return withSightings(context, order, order.platformStatuses);
  }

  @FieldResolver(() => [StatusProvenance], {
    description: "How each of the five statuses came about.",
  })
  statusProvenance(@Root() order: OrderNode, @Ctx() context: Context) {
    return Promise.all(
      order.statusProvenance.map(async ({ from, ...provenance }) => ({
        ...provenance,
        from: await withSightings(context, order, from),
      })),
    );
  }

  @FieldResolver(() => [Hold], { description: "What holds the order back." })
  holds(@Root() order: OrderNode) {
    return holdsOf(order);
  }

  @FieldResolver(() => [Anomaly], {
    description: "Where the shop's own facts contradict each other.",
  })
  anomalies(@Root() order: OrderNode): (AnomalyFact & { observedAt: Date })[] {
    return order.anomalies.map((anomaly) => ({ ...anomaly, observedAt: order.observedAt }));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "The customer's e-mail address; null without the scope PII_READ.",
  })
  email(@Root() order: OrderNode, @Ctx() { viewer }: Context): string | null {
    return seesPeople(viewer) ? order.email : null;
  }

  @FieldResolver(() => Address, {
    nullable: true,
    description: "Where it goes; null without the scope PII_READ.",
  })
  shippingAddress(@Root() order: OrderNode, @Ctx() { viewer }: Context): AddressFact | null {
    return seesPeople(viewer) ? order.shippingAddress : null;
  }

  @FieldResolver(() => Address, {
    nullable: true,
    description: "Where the bill goes; null without the scope PII_READ.",
  })
  billingAddress(@Root() order: OrderNode, @Ctx() { viewer }: Context): AddressFact | null {
    return seesPeople(viewer) ? order.billingAddress : null;
  }

  @FieldResolver(() => [OrderNote], {
    description: "Notes; empty without the scope PII_READ, since people write about people.",
  })
  notes(@Root() order: OrderNode, @Ctx() { viewer }: Context): OrderNote[] {
    if (!seesPeople(viewer)) return [];
    return order.notes.map((note) => ({
      ...note,
      syncState: note.kept === "HERE" ? "LOCAL_ONLY" : "SYNCED",
    }));
  }

  @FieldResolver(() => [KeyValue], {
    description: "What else the shop keeps with the order; empty without the scope PII_READ.",
  })
  attributes(
    @Root() order: OrderNode,
    @Ctx() { viewer }: Context,
    @Arg("namespace", () => String, {
      nullable: true,
      description: "Only those whose key begins with this and a dot.",
    })
    namespace: string | null | undefined,
  ): KeyValue[] {
    if (!seesPeople(viewer)) return [];
    if (namespace == null) return order.attributes;
    return order.attributes.filter(({ key }) => key.startsWith(`${namespace}.`));
  }

  @FieldResolver(() => Freshness, { description: "When and how the shop was last heard of it." })
  async freshness(@Root() order: OrderNode, @Ctx() { loaders, now }: Context): Promise<Freshness> {
    const channel = await loaders.channel.load(order.channelId);
    return {
      observedAt: order.observedAt,
      source: order.observedSource,
      stale: channel === null || !isInStep(channel, now()),
    };
  }

  @FieldResolver(() => SyncState, { description: "Whether the shop and the gateway agree on it." })
  async syncState(@Root() order: OrderNode, @Ctx() { loaders }: Context): Promise<SyncStateWord> {
    return orderSyncState(await loaders.commandStatuses.load(order.id), order.diverged);
  }
}

function isInStep(channel: ChannelNode, now: Date): boolean {
  if (channel.disconnectedAt !== null || channel.health !== "HEALTHY") return false;
  const heard = Math.max(channel.lastPollAt?.getTime() ?? 0, channel.lastWebhookAt?.getTime() ?? 0);
  return now.getTime() - heard < SILENCE_MS;
}
