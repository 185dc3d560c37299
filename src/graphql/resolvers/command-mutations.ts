import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { CommandResult } from "../../commands/face.js";
import { scopeFor } from "../../domain/command-needs.js";
import { requireScope } from "../auth.js";
import { type Context, forget } from "../context.js";
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
