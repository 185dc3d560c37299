import {
  DEFAULT_WRITE_OPTIONS,
  type SubmitResult,
  type UserErrorData,
  type Wish,
  type WriteOptions,
} from "../commands/face.js";
import type { PackageWish } from "../domain/command.js";
import { instant } from "../domain/time.js";
import { may } from "./auth.js";
import { type Context, forget } from "./context.js";
import { type CommandNode, type FulfillmentNode, fulfillmentsOf, type OrderNode } from "./nodes.js";
import type { WriteOptions as OptionsInput, PackageInput } from "./types/write.js";
import { presentUserError } from "./user-errors.js";

export interface WriteAnswer {
  command: CommandNode | null;
  order: OrderNode | null;
  fulfillments: FulfillmentNode[];
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
    result.command === null ? null : context.loaders.command.load(result.command),
    result.orderId === null ? null : context.loaders.order.load(result.orderId),
  ]);
  const made = new Set(result.partIds);
  return {
    command: command && { ...command, replayed: result.replayed },
    order: may(viewer, "ORDERS_READ") ? order : null,
    fulfillments: order ? fulfillmentsOf(order).filter(({ id }) => made.has(id)) : [],
    preview: result.preview,
    userErrors: presentAll(result.errors),
  };
}

export function presentAll(errors: readonly UserErrorData[]) {
  return errors.map(presentUserError);
}

export function packageWish({ tracking, lines }: PackageInput): PackageWish {
  return {
    tracking: tracking
      ? {
          number: tracking.number,
          carrier: tracking.carrier ?? null,
          carrierCode: tracking.carrierCode ?? null,
          url: tracking.url ?? null,
        }
      : null,
    lines: lines ?? [],
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
