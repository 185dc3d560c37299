import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { CommandResult } from "../../commands/face.js";
import { scopeFor } from "../../domain/command-needs.js";
import { requireScope } from "../auth.js";
import { type Context, forget } from "../context.js";
import { DateTime } from "../scalars.js";
import { CommandPayload } from "../types/payload.js";
import { CommandResolution, type CommandResolutionWord } from "../types/write.js";
import { presentAll } from "../write.js";

@Resolver()
export class CommandMutations {
  @Authorized()
  @Mutation(() => CommandPayload, {
    description:
      "Tries a write again that failed, as far as nothing can be done twice; needs the scope that the write itself needs.",
  })
  async commandRetry(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The write." }) id: string,
  ) {
    await requireScopeOf(context, id);
    return answer(context, await context.commands.retry(context.viewer, id));
  }

  @Authorized()
  @Mutation(() => CommandPayload, {
    description:
      "Withdraws a write of which nothing was sent yet; needs the scope that the write itself needs.",
  })
  async commandCancel(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The write." }) id: string,
  ) {
    await requireScopeOf(context, id);
    return answer(context, await context.commands.cancel(context.viewer, id));
  }

  @Authorized("CHANNELS_ADMIN")
  @Mutation(() => CommandPayload, {
    description:
      "Has all orders that were placed in a window compared with the shop's, as a sweep does by itself once a day for the last 30 days: what no webhook and no poll had told is put right, each order told as SYNC_REPAIRED. Its result is the shop; follow it with commandUpdated. It waits for the first import, and can be withdrawn until it begins.",
  })
  async channelReconcile(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The shop." }) id: string,
    @Arg("from", () => DateTime, { description: "Orders placed then and later." }) from: Date,
    @Arg("to", () => DateTime, {
      nullable: true,
      description: "And not after this; now if absent.",
    })
    to: Date | null | undefined,
  ) {
    const window = { from, to: to ?? null };
    return answer(context, await context.channels.reconcile(context.viewer, id, window));
  }

  @Authorized("COMMANDS_RESOLVE")
  @Mutation(() => CommandPayload, {
    description: "Says what really became of a write that needs attention.",
  })
  async commandResolve(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The write." }) id: string,
    @Arg("outcome", () => CommandResolution, { description: "What was found out." })
    outcome: CommandResolutionWord,
    @Arg("note", { description: "How it was found out." }) note: string,
  ) {
    return answer(context, await context.commands.resolve(context.viewer, id, { outcome, note }));
  }
}

async function requireScopeOf({ loaders, viewer }: Context, id: string): Promise<void> {
  const command = await loaders.command.load(id);
  if (command) requireScope(viewer, scopeFor(command.type), command.type);
}

async function answer(context: Context, { command, errors }: CommandResult) {
  forget(context);
  return {
    command: command === null ? null : await context.loaders.command.load(command),
    userErrors: presentAll(errors),
  };
}
