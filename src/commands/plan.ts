import type { Channel, ChannelOperation } from "../domain/channel.js";
import type { Command, Step } from "../domain/command.js";
import { COMMAND_NEEDS } from "../domain/command-needs.js";
import { GatewayError } from "../domain/errors.js";
import type { Order } from "../domain/order.js";
import { checkCapabilities } from "./check/capability.js";
import { check } from "./check/index.js";
import type { Refused, Scene } from "./check/scene.js";
import type { Wish, WriteOptions } from "./face.js";
import { keepsReturn, planKept } from "./kept.js";
import { mayEmulate } from "./options.js";
import { inArguments } from "./path.js";
import { asUserError, basic } from "./refusal.js";

export interface Plan {
  command: Command;
  steps: Step[];
}

/** What a wish comes to at this shop: a command and its steps, or every reason why not. Pure. */
export function planWish(
  wish: Wish,
  scene: Scene,
  channel: Pick<Channel, "plan" | "capabilities">,
  options: WriteOptions,
): Plan | Refused {
  const { channelId } = scene.order;
  const unable = (needs: readonly ChannelOperation[], emulate: boolean) =>
    checkCapabilities(needs, channel.capabilities, channelId, emulate);
  // What a shop never does is said before what stands against it now.
  const never = asksShop(wish, scene) ? unable([COMMAND_NEEDS[wish.type].operation], true) : [];
  if (never.length > 0) return { errors: never };
  const checked = check(wish, scene, options);
  if ("errors" in checked) return checked;
  const emulate = mayEmulate(wish, options);
  const errors = unable(checked.needs, emulate);
  if (errors.length > 0) return { errors };
  try {
    const steps = stepsOf(checked.command, channel, scene.order);
    const emulated = steps.find((step) => step.support === "EMULATED");
    if (!emulated || emulate) return { command: checked.command, steps };
    return {
      errors: [
        basic(
          "CAPABILITY_NOT_SUPPORTED",
          `this shop does it only by emulation, which allowEmulated: true permits: ${emulated.summary}`,
          ["options", "allowEmulated"],
        ),
      ],
    };
  } catch (error) {
    if (error instanceof GatewayError && error.code !== "INTERNAL")
      return { errors: [inArguments(asUserError(error, channelId), wish)] };
    throw error;
  }
}

/** Whether a wish is the shop's to carry out, as far as that can be told before it is checked. */
function asksShop(wish: Wish, scene: Scene): boolean {
  if (wish.type === "ORDER_NOTE_ADD") return wish.pushToChannel;
  return wish.type === "RETURN_CREATE" || !keepsReturn(wish, scene);
}

function stepsOf(
  command: Command,
  channel: Pick<Channel, "plan" | "capabilities">,
  order: Order,
): Step[] {
  if (command.type === "ORDER_REFRESH") return [READ_AGAIN];
  const { capabilities } = channel;
  const note = { type: "ORDER_NOTE_ADD", pushToChannel: true, notifyCustomer: null } as const;
  const planNote = (text: string) => channel.plan({ ...note, orderId: order.id, text }, order);
  return planKept(command, { order, capabilities }, planNote) ?? channel.plan(command, order);
}

const READ_AGAIN: Step = {
  summary: "read the order again from its shop",
  kind: "ORDER_REFRESH",
  money: false,
  support: "NATIVE",
  idempotent: "NATURAL",
  request: null,
  creates: null,
};
