import {
  Arg,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { type DeadLetterRecord, deadLetterPage } from "../../store/read/dead-letter.js";
import { seesPeople } from "../auth.js";
import { requireChannels } from "../channels-known.js";
import { connectionOf, openCursor, pageWish, sealCursor } from "../connection.js";
import type { Context } from "../context.js";
import { AFTER, pageSizeOf } from "../page-args.js";
import { Json } from "../scalars.js";
import { Channel } from "../types/channel.js";
import { DeadLetter, DeadLetterConnection } from "../types/dead-letter.js";
import { CommandPayload } from "../types/payload.js";
import { presentAll } from "../write.js";

@Resolver()
export class DeadLetterQueries {
  @Authorized("CHANNELS_ADMIN")
  @Query(() => DeadLetterConnection, {
    description: "What came in and could not be understood, the newest first.",
  })
  async deadLetters(
    @Ctx() context: Context,
    @Arg("first", () => Int, pageSizeOf(25))
    first: number | null,
    @Arg("after", () => String, AFTER)
    after: string | null | undefined,
    @Arg("channelId", () => [ID], { nullable: true, description: "Only from these shops." })
    channelIds: string[] | null | undefined,
  ) {
    await requireChannels(context, channelIds);
    const { database, viewer } = context;
    const wish = pageWish({ first, after }, 25);
    const before =
      wish.cursor === null ? null : (openCursor(wish.cursor, ["deadLetters"])[1] ?? null);
    const rows = await database.forTenant(viewer.tenantId, (tx) =>
      deadLetterPage(tx, viewer, {
        channelIds: channelIds ?? null,
        before,
        limit: wish.limit + 1,
      }),
    );
    return connectionOf(rows, wish, ({ id }) => sealCursor(["deadLetters", id]));
  }
}

@Resolver()
export class DeadLetterMutations {
  @Authorized("CHANNELS_ADMIN")
  @Mutation(() => CommandPayload, {
    description:
      "Tries again to understand what came in, reading its order from the shop where that takes it; then the dead letter is gone, else it counts the try and says why it failed. It is done when it is answered and writes nothing to the shop, so command is always null.",
  })
  async deadLetterReplay(
    @Ctx() { deadLetters, viewer }: Context,
    @Arg("id", () => ID, { description: "The dead letter." }) id: string,
  ) {
    const { errors } = await deadLetters.replay(viewer, id);
    return { command: null, userErrors: presentAll(errors) };
  }
}

@Resolver(() => DeadLetter)
export class DeadLetterFields {
  @FieldResolver(() => Channel, { description: "The shop it came from." })
  channel(@Root() letter: DeadLetterRecord, @Ctx() { loaders }: Context) {
    return loaders.channel.load(letter.channelId);
  }

  @FieldResolver(() => Json, {
    nullable: true,
    description: "What came, as text where it is no JSON; null without the scope PII_READ.",
  })
  body(@Root() letter: DeadLetterRecord, @Ctx() { viewer }: Context): unknown {
    return seesPeople(viewer) ? jsonOrText(letter.body) : null;
  }
}

function jsonOrText(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
