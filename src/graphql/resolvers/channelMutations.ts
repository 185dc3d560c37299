import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { ChannelResult } from "../../commands/face.js";
import { type Context, forget } from "../context.js";
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
    return answer(context, await context.channels.connect(context.viewer, wish));
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
    return answer(context, await context.channels.disconnect(context.viewer, id, options));
  }
}

async function answer(context: Context, { channelId, errors }: ChannelResult) {
  forget(context);
  return {
    channel: channelId === null ? null : await context.loaders.channel.load(channelId),
    userErrors: presentAll(errors),
  };
}
