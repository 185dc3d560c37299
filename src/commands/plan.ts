import type { Channel } from "../domain/channel.js";
import type { Command, Step } from "../domain/command.js";
import { GatewayError } from "../domain/errors.js";
import type { Order } from "../domain/order.js";
import { checkCapabilities } from "./check/capability.js";
import { check } from "./check/index.js";
import type { Refused, Scene } from "./check/scene.js";
import type { Wish, WriteOptions } from "./face.js";
import { planKept } from "./kept.js";
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
  const checked = check(wish, scene, options);
  if ("errors" in checked) return checked;
  const { channelId } = scene.order;
  const emulate = mayEmulate(wish, options);
  const unable = checkCapabilities(checked.needs, channel.capabilities, channelId, emulate);
  if (unable.length > 0) return { errors: unable };
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
