import {
  BATCH_MOST,
  type BatchItem,
  DEFAULT_WRITE_OPTIONS,
  type SubmitResult,
  type UserErrorData,
  type Wish,
  type WriteOptions,
} from "../commands/face.js";
import type { Address } from "../domain/address.js";
import type { PackageWish, TrackingWish } from "../domain/command.js";
import { instant } from "../domain/time.js";
import { may } from "./auth.js";
import { type Context, forget } from "./context.js";
import {
  type CommandNode,
  type FulfillmentNode,
  fulfillmentsOf,
  type OrderNode,
  type RefundNode,
  type ReturnNode,
  refundsOf,
  returnsOf,
} from "./nodes.js";
import type { AddressInput } from "./types/address.js";
import type {
  FulfillmentCreateInput,
  WriteOptions as OptionsInput,
  PackageInput,
  TrackingInput,
} from "./types/write.js";
import { presentUserError } from "./user-errors.js";

/** How the argument `options` is declared wherever it may be left out. */
export const OPTIONS = { nullable: true, description: "How it is to be done." } as const;

export interface WriteAnswer {
  command: CommandNode | null;
  order: OrderNode | null;
  fulfillments: FulfillmentNode[];
  return: ReturnNode | null;
  refund: RefundNode | null;
  preview: SubmitResult["preview"];
  userErrors: ReturnType<typeof presentUserError>[];
}

/** Hands a wish over and shows what it came to, read anew: the write may have changed the order already. */
export async function submit(
  context: Context,
  options: OptionsInput | null | undefined,
  wish: Wish,
): Promise<WriteAnswer> {
  const { commands, viewer } = context;
  const result = await commands.submit(viewer, wish, optionsOf(options));
  forget(context);
  const [command, order] = await Promise.all([
    commandOf(context, result),
    result.orderId === null ? null : context.loaders.order.load(result.orderId),
  ]);
  const made = new Set(result.partIds);
  const isMade = ({ id }: { id: string }) => made.has(id);
  return {
    command,
    order: may(viewer, "ORDERS_READ") ? order : null,
    fulfillments: order ? fulfillmentsOf(order).filter(isMade) : [],
    return: (order && returnsOf(order).find(isMade)) ?? null,
    refund: (order && refundsOf(order).find(isMade)) ?? null,
    preview: result.preview,
    userErrors: presentAll(result.errors),
  };
}

/** Hands many shipments over and shows what each came to. A failure of our own is told where its command would stand. */
export async function submitAll(
  context: Context,
  items: readonly { wish: BatchItem["wish"]; options?: OptionsInput | null | undefined }[],
) {
  const { commands, viewer } = context;
  if (items.length > BATCH_MOST) return tooMany(items.length);
  const results = await commands.submitAll(
    viewer,
    items.map(({ wish, options }) => ({ wish, options: optionsOf(options) })),
  );
  forget(context);
  const accepted = results.filter((one) => "errors" in one && one.errors.length === 0).length;
  return {
    items: results.map((result, index) => ({
      index,
      ...("fault" in result
        ? { command: () => Promise.reject(result.fault), userErrors: [] }
        : { command: commandOf(context, result), userErrors: placedAt(index, result.errors) }),
    })),
    accepted,
    rejected: results.length - accepted,
    userErrors: [],
  };
}

/** Read anew: the write may have moved on already. */
async function commandOf({ loaders }: Context, { command, replayed }: SubmitResult) {
  const found = command === null ? null : await loaders.command.load(command);
  return found && { ...found, replayed };
}

function placedAt(index: number, errors: readonly UserErrorData[]) {
  const path = (error: UserErrorData) => error.path && ["items", String(index), ...error.path];
  return presentAll(errors.map((error) => ({ ...error, path: path(error) })));
}

function tooMany(given: number) {
  const message = `${given} items were given; a batch holds at most ${BATCH_MOST}: send several`;
  const userErrors = presentAll([
    { kind: "BasicUserError", code: "LIMIT_EXCEEDED", message, path: ["items"] },
  ]);
  return { items: [], accepted: 0, rejected: given, userErrors };
}

export function presentAll(errors: readonly UserErrorData[]) {
  return errors.map(presentUserError);
}

export function shipmentWish(input: FulfillmentCreateInput): BatchItem["wish"] {
  const { orderId, lines, fulfillmentOrderId, locationId, packages, shippedAt } = input;
  return {
    type: "FULFILLMENT_CREATE",
    orderId,
    lines: lines ?? null,
    fulfillmentOrderId: fulfillmentOrderId ?? null,
    locationId: locationId ?? null,
    packages: (packages ?? []).map(packageWish),
    shippedAt: shippedAt ? instant(shippedAt) : null,
  };
}

export function packageWish({ tracking, lines }: PackageInput): PackageWish {
  return {
    tracking: tracking ? trackingWish(tracking) : null,
    lines: lines ?? [],
  };
}

export function trackingWish({ number, carrier, carrierCode, url }: TrackingInput): TrackingWish {
  return {
    number,
    carrier: carrier ?? null,
    carrierCode: carrierCode ?? null,
    url: url ?? null,
  };
}

/** What is absent is emptied. */
export function addressWish(input: AddressInput): Address {
  return {
    name: input.name ?? null,
    company: input.company ?? null,
    line1: input.line1 ?? null,
    line2: input.line2 ?? null,
    city: input.city ?? null,
    region: input.region ?? null,
    regionCode: input.regionCode ?? null,
    postalCode: input.postalCode ?? null,
    country: input.country ?? null,
    phone: input.phone ?? null,
  };
}

/** Absent and null both mean the default. */
function optionsOf(input: OptionsInput | null | undefined): WriteOptions {
  const { deadline, ...rest } = input ?? {};
  const given = Object.entries(rest).filter(([, value]) => value != null);
  return {
    ...DEFAULT_WRITE_OPTIONS,
    ...Object.fromEntries(given),
    deadline: deadline ? instant(deadline) : null,
  };
}
