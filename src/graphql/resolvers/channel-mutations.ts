import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { ChannelResult } from "../../commands/face.js";
import { type Context, forget } from "../context.js";
import { Json } from "../scalars.js";
import { ChannelPayload } from "../types/payload.js";
import { ChannelConnectInput } from "../types/write.js";
import { presentAll } from "../write.js";

@Resolver()
export class ChannelMutations {
  @Authorized("CHANNELS_ADMIN")
  @Mutation(() => ChannelPayload, {
    description:
      "Connects a shop: checks the settings against the shop itself, finds out its capabilities, registers webhooks, starts the first import.",
  })
  async channelConnect(
    @Ctx() context: Context,
    @Arg("input", () => ChannelConnectInput, { description: "The shop and how to reach it." })
    input: ChannelConnectInput,
  ) {
    const { platform, name, settings } = input;
    const wish = { platform, name, settings };
    return answerChannel(context, await context.channels.connect(context.viewer, wish));
  }

  @Authorized("CHANNELS_ADMIN")
  @Mutation(() => ChannelPayload, {
    description: "Ends reading from and writing to a shop, and forgets its credentials.",
  })
  async channelDisconnect(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The shop." }) id: string,
    @Arg("eraseData", () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: "Whether everything that came from it is erased too.",
    })
    eraseData: boolean | null,
  ) {
    const options = { eraseData: eraseData ?? false };
    return answerChannel(context, await context.channels.disconnect(context.viewer, id, options));
  }

  @Authorized("CHANNELS_ADMIN")
  @Mutation(() => ChannelPayload, {
    description:
      "Gives a shop another name or other settings, which the same shop must accept before they replace the old ones; its webhooks are made sure of again.",
  })
  async channelUpdate(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The shop." }) id: string,
    @Arg("name", () => String, { nullable: true, description: "How you call it; kept if absent." })
    name: string | null | undefined,
    @Arg("settings", () => Json, {
      nullable: true,
      description:
        "All of its settings as PlatformInfo.settings describes; what is left out is gone, but secrets (writeOnly) keep their value until they are null, as long as nothing besides secrets changes.",
    })
    settings: unknown,
  ) {
    const change = { name: name ?? null, settings: settings ?? null };
    return answerChannel(context, await context.channels.update(context.viewer, id, change));
  }

  @Authorized("CHANNELS_ADMIN")
  @Mutation(() => ChannelPayload, {
    description:
      "Leaves a shop in peace: nothing is read from it and writes to it wait, while what it delivers itself is still taken in.",
  })
  async channelPause(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The shop." }) id: string,
    @Arg("reason", () => String, {
      nullable: true,
      description: "Why, at most 500 characters; shown in the shop's problem.",
    })
    reason: string | null | undefined,
  ) {
    const options = { reason: reason ?? null };
    return answerChannel(context, await context.channels.pause(context.viewer, id, options));
  }

  @Authorized("CHANNELS_ADMIN")
  @Mutation(() => ChannelPayload, {
    description:
      "Goes on with a paused shop from where reading it had come; what waited is read and sent.",
  })
  async channelResume(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The shop." }) id: string,
  ) {
    return answerChannel(context, await context.channels.resume(context.viewer, id));
  }
}

/** The shop as it is after a write to it. */
export async function answerChannel(context: Context, { channelId, errors }: ChannelResult) {
  forget(context);
  return {
    channel: channelId === null ? null : await context.loaders.channel.load(channelId),
    userErrors: presentAll(errors),
  };
}
