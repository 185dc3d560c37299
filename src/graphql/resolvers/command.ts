import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { restoreError } from "../../commands/face.js";
import { type AttemptRecord, commandPage, type StepRecord } from "../../store/read/command.js";
import { seesPeople } from "../auth.js";
import { requireChannels } from "../channels-known.js";
import { connectionOf, openCursor, pageWish, sealCursor } from "../connection.js";
import type { Context } from "../context.js";
import { findVisibleNode } from "../node.js";
import type { CommandNode } from "../nodes.js";
import { AFTER, pageSizeOf } from "../page-args.js";
import { Actor } from "../types/actor.js";
import { Channel } from "../types/channel.js";
import {
  Command,
  CommandAttempt,
  CommandConnection,
  CommandSettlement,
  CommandStep,
} from "../types/command.js";
import { CommandFilter } from "../types/event-filter.js";
import { Node } from "../types/node.js";
import { UserError } from "../types/user-error.js";
import type { CommandResolutionWord } from "../types/write.js";
import { presentUserError } from "../user-errors.js";

@Resolver()
export class CommandQueries {
  @Authorized("ORDERS_READ")
  @Query(() => Command, { nullable: true, description: "One write by its id." })
  command(
    @Arg("id", () => ID, { description: "Its id." }) id: string,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.command.load(id);
  }

  @Authorized("ORDERS_READ")
  @Query(() => CommandConnection, {
    description: "Writes through this API and what became of them, the newest first.",
  })
  async commands(
    @Ctx() context: Context,
    @Arg("first", () => Int, pageSizeOf(25))
    first: number | null,
    @Arg("after", () => String, AFTER)
    after: string | null | undefined,
    @Arg("filter", () => CommandFilter, { nullable: true, description: "Which writes." })
    filter: CommandFilter | null | undefined,
  ) {
    await requireChannels(context, filter?.channelId);
    const { database, viewer } = context;
    const wish = pageWish({ first, after }, 25);
    const before = wish.cursor === null ? null : (openCursor(wish.cursor, ["commands"])[1] ?? null);
    const rows = await database.forTenant(viewer.tenantId, (tx) =>
      commandPage(tx, viewer, filter ?? {}, { before, limit: wish.limit + 1 }),
    );
    return connectionOf(rows, wish, ({ id }) => sealCursor(["commands", id]));
  }
}

/** Before anything was sent a write can be withdrawn. */
const CANCELABLE: ReadonlySet<string> = new Set(["ACCEPTED", "QUEUED", "RETRYING"]);

@Resolver(() => Command)
export class CommandFields {
  @FieldResolver(() => Channel, { description: "The shop it goes to." })
  channel(@Root() command: CommandNode, @Ctx() { loaders }: Context) {
    return loaders.channel.load(command.channelId);
  }

  @FieldResolver(() => Node, { nullable: true, description: "What it is about." })
  target(@Root() command: CommandNode, @Ctx() context: Context) {
    return findVisibleNode(context, command.targetId);
  }

  @FieldResolver(() => Node, { nullable: true, description: "What came of it." })
  result(@Root() command: CommandNode, @Ctx() context: Context) {
    return findVisibleNode(context, command.resultId);
  }

  @FieldResolver(() => [CommandStep], { description: "Its single effects at the shop, in order." })
  steps(@Root() command: CommandNode, @Ctx() { loaders }: Context) {
    return loaders.steps.load(command.id);
  }

  @FieldResolver(() => [UserError], { description: "Why it failed, where it did." })
  errors(@Root() command: CommandNode) {
    return command.errors.map((stored) =>
      presentUserError(restoreError(stored as Parameters<typeof restoreError>[0])),
    );
  }

  @FieldResolver(() => Actor, { description: "Who asked for it." })
  requestedBy(@Root() command: CommandNode) {
    return command.actor;
  }

  @FieldResolver(() => CommandSettlement, {
    nullable: true,
    description: "How a person resolved it, last where more than once; null where nobody did.",
  })
  resolution(
    @Root() { resolution }: CommandNode,
    @Ctx() { viewer }: Context,
  ): CommandSettlement | null {
    if (!resolution) return null;
    return {
      outcome: resolution.outcome as CommandResolutionWord,
      note: seesPeople(viewer) ? resolution.note : null,
      by: resolution.actor,
      at: new Date(resolution.at),
    };
  }

  @FieldResolver(() => Boolean, { description: "Whether commandCancel can still withdraw it." })
  cancelable(@Root() command: CommandNode): boolean {
    return CANCELABLE.has(command.status);
  }

  @FieldResolver(() => Boolean, {
    description: "True in the answer to a mutation whose idempotency key had made it before.",
  })
  replayed(@Root() command: CommandNode): boolean {
    return command.replayed ?? false;
  }
}

@Resolver(() => CommandStep)
export class CommandStepFields {
  @FieldResolver(() => [CommandAttempt], { description: "The tries at it, in order." })
  async attempts(@Root() step: StepRecord, @Ctx() { loaders }: Context): Promise<CommandAttempt[]> {
    return (await loaders.attempts.load(step.id)).map(attemptShown);
  }
}

function attemptShown(attempt: AttemptRecord): CommandAttempt {
  const { durationMs, outcome, ...rest } = attempt;
  return { ...rest, duration: durationMs, outcome: outcome ?? "IN_FLIGHT" };
}
