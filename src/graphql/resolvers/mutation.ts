import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from "type-graphql";
import { BATCH_MOST } from "../../commands/face.js";
import type { DeliveryStatus as Delivery } from "../../domain/status.js";
import { instant } from "../../domain/time.js";
import type { Context } from "../context.js";
import { DateTime } from "../scalars.js";
import { AddressInput } from "../types/address.js";
import { BatchPayload, FulfillmentPayload, OrderPayload } from "../types/payload.js";
import { DeliveryStatus } from "../types/status.js";
import {
  FulfillmentBatchItemInput,
  FulfillmentCreateInput,
  OrderCancelInput,
  PackageInput,
  WriteOptions,
} from "../types/write.js";
import { addressWish, OPTIONS, packageWish, shipmentWish, submit, submitAll } from "../write.js";

@Resolver()
export class FulfillmentMutations {
  @Authorized("FULFILLMENTS_WRITE")
  @Mutation(() => FulfillmentPayload, { description: "Records a shipment in the shop." })
  fulfillmentCreate(
    @Ctx() context: Context,
    @Arg("input", () => FulfillmentCreateInput, { description: "What left." })
    input: FulfillmentCreateInput,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, shipmentWish(input));
  }

  @Authorized("FULFILLMENTS_WRITE")
  @Mutation(() => BatchPayload, {
    description: `Records up to ${BATCH_MOST} shipments, each as fulfillmentCreate would: those of one order in the order given. What is refused of one stops no other; those that wait for their end do so together, as long as the most patient of them.`,
  })
  fulfillmentCreateBatch(
    @Ctx() context: Context,
    @Arg("items", () => [FulfillmentBatchItemInput], { description: "What left." })
    items: FulfillmentBatchItemInput[],
  ) {
    return submitAll(
      context,
      items.map(({ input, options }) => ({ wish: shipmentWish(input), options })),
    );
  }

  @Authorized("FULFILLMENTS_WRITE")
  @Mutation(() => FulfillmentPayload, { description: "Adds or replaces a shipment's tracking." })
  fulfillmentTrackingUpdate(
    @Ctx() context: Context,
    @Arg("fulfillmentId", () => ID, { description: "The shipment." }) fulfillmentId: string,
    @Arg("packages", () => [PackageInput], { description: "Its parcels." })
    packages: PackageInput[],
    @Arg("replace", () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: "True: these are all its parcels. False: these are added.",
    })
    replace: boolean | null,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, {
      type: "FULFILLMENT_TRACKING_UPDATE",
      fulfillmentId,
      packages: packages.map(packageWish),
      replace: replace ?? false,
    });
  }

  @Authorized("FULFILLMENTS_WRITE")
  @Mutation(() => FulfillmentPayload, { description: "Takes a shipment back." })
  fulfillmentCancel(
    @Ctx() context: Context,
    @Arg("fulfillmentId", () => ID, { description: "The shipment." }) fulfillmentId: string,
    @Arg("reason", () => String, { nullable: true, description: "Why, in your words." })
    reason: string | null | undefined,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, {
      type: "FULFILLMENT_CANCEL",
      fulfillmentId,
      reason: reason ?? null,
    });
  }

  @Authorized("FULFILLMENTS_WRITE")
  @Mutation(() => FulfillmentPayload, {
    description: "Adds a scan to a parcel, for carriers that tell only you.",
  })
  trackingEventAdd(
    @Ctx() context: Context,
    @Arg("packageId", () => ID, { description: "The parcel." }) packageId: string,
    @Arg("status", () => DeliveryStatus, { description: "What the scan says." }) status: Delivery,
    @Arg("occurredAt", () => DateTime, { description: "When it happened." }) occurredAt: Date,
    @Arg("message", () => String, { nullable: true, description: "What the carrier adds." })
    message: string | null | undefined,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    return submit(context, options, {
      type: "TRACKING_EVENT_ADD",
      packageId,
      status,
      occurredAt: instant(occurredAt),
      message: message ?? null,
    });
  }
}

const THE_ORDER = { description: "The order." };

@Resolver()
export class OrderMutations {
  @Authorized("ORDERS_WRITE")
  @Mutation(() => OrderPayload, {
    description:
      "Calls an order off in its shop, and gives all that is left of the money back where that is asked for.",
  })
  orderCancel(
    @Ctx() context: Context,
    @Arg("input", () => OrderCancelInput, { description: "Which order, and why." })
    input: OrderCancelInput,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    const { orderId, lines, reason, restock, refund } = input;
    return submit(context, options, {
      type: "ORDER_CANCEL",
      orderId,
      lines: lines ?? null,
      reason,
      restock: restock ?? true,
      refund: refund ?? false,
    });
  }

  @Authorized("ORDERS_WRITE")
  @Mutation(() => OrderPayload, { description: "Adds a note for people who work on the order." })
  orderNoteAdd(
    @Ctx() context: Context,
    @Arg("orderId", () => ID, THE_ORDER) orderId: string,
    @Arg("text", () => String, { description: "What it says." }) text: string,
    @Arg("pushToChannel", () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: "Whether the shop's staff gets it too; else it is kept here only.",
    })
    pushToChannel: boolean | null,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    const wish = { orderId, text, pushToChannel: pushToChannel ?? false };
    return submit(context, options, { type: "ORDER_NOTE_ADD", ...wish });
  }

  @Authorized("ORDERS_WRITE")
  @Mutation(() => OrderPayload, {
    description: "Adds and takes tags: in the shop where its platform has tags, else kept here.",
  })
  orderTagsUpdate(
    @Ctx() context: Context,
    @Arg("orderId", () => ID, THE_ORDER) orderId: string,
    @Arg("add", () => [String], { nullable: true, description: "Tags it is to have." })
    add: string[] | null | undefined,
    @Arg("remove", () => [String], { nullable: true, description: "Tags it is to lose." })
    remove: string[] | null | undefined,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    const wish = { orderId, add: add ?? [], remove: remove ?? [] };
    return submit(context, options, { type: "ORDER_TAGS_UPDATE", ...wish });
  }

  @Authorized("ORDERS_WRITE")
  @Mutation(() => OrderPayload, { description: "Changes where an order goes." })
  orderAddressUpdate(
    @Ctx() context: Context,
    @Arg("orderId", () => ID, THE_ORDER) orderId: string,
    @Arg("shippingAddress", () => AddressInput, { description: "The whole new address." })
    address: AddressInput,
    @Arg("options", () => WriteOptions, OPTIONS) options: WriteOptions | null | undefined,
  ) {
    const shippingAddress = addressWish(address);
    return submit(context, options, { type: "ORDER_ADDRESS_UPDATE", orderId, shippingAddress });
  }

  @Authorized("ORDERS_WRITE")
  @Mutation(() => OrderPayload, { description: "Reads an order again from its shop." })
  orderRefresh(@Ctx() context: Context, @Arg("orderId", () => ID, THE_ORDER) orderId: string) {
    return submit(context, null, { type: "ORDER_REFRESH", orderId });
  }
}
