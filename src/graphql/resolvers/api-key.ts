import {
  Arg,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { ApiKeyResult } from "../../commands/face.js";
import type { Scope as ScopeWord } from "../../domain/scope.js";
import type { ApiKey as ApiKeyRecord } from "../../store/read/api-key.js";
import { type Context, forget } from "../context.js";
import { DateTime } from "../scalars.js";
import { ApiKey } from "../types/api-key.js";
import { Channel } from "../types/channel.js";
import { ApiKeyPayload } from "../types/payload.js";
import { Scope } from "../types/viewer.js";
import { presentAll } from "../write.js";

@Resolver()
export class ApiKeyQueries {
  @Authorized("KEYS_ADMIN")
  @Query(() => [ApiKey], {
    description:
      "The keys to this API, the oldest first, revoked ones included; a key that reaches only some shops sees only keys that reach no others.",
  })
  apiKeys(@Ctx() { keys, viewer }: Context) {
    return keys.list(viewer);
  }
}

@Resolver()
export class ApiKeyMutations {
  @Authorized("KEYS_ADMIN")
  @Mutation(() => ApiKeyPayload, {
    description:
      "Makes a key, which is shown this once; it can be given only the scopes and shops that the asking key has, but may outlive it.",
  })
  async apiKeyCreate(
    @Ctx() context: Context,
    @Arg("client", {
      description:
        "The integration it belongs to, stable over its keys; idempotency keys are unique within it.",
    })
    client: string,
    @Arg("name", { description: "How you call it." }) name: string,
    @Arg("scopes", () => [Scope], { description: "What it may do." }) scopes: ScopeWord[],
    @Arg("channelIds", () => [ID], {
      nullable: true,
      description: "The only shops it reaches; all that the asking key reaches where absent.",
    })
    channelIds: string[] | null | undefined,
    @Arg("expiresAt", () => DateTime, {
      nullable: true,
      description: "When it ends by itself; never where absent.",
    })
    expiresAt: Date | null | undefined,
  ) {
    const limits = { channelIds: channelIds ?? null, expiresAt: expiresAt ?? null };
    const wish = { client, name, scopes, ...limits };
    return answer(context, await context.apiKeys.create(context.viewer, wish));
  }

  @Authorized("KEYS_ADMIN")
  @Mutation(() => ApiKeyPayload, {
    description:
      "Ends a key at once, with every socket it has open; the asking key may end itself.",
  })
  async apiKeyRevoke(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The key." }) id: string,
  ) {
    return answer(context, await context.apiKeys.revoke(context.viewer, id));
  }
}

@Resolver(() => ApiKey)
export class ApiKeyFields {
  @FieldResolver(() => [Channel], {
    nullable: true,
    description: "The only shops it reaches; null where it reaches all.",
  })
  async channels(@Root() { channelIds }: ApiKeyRecord, @Ctx() { loaders }: Context) {
    if (channelIds === null) return null;
    const found = await loaders.channel.loadMany(channelIds);
    return found.filter((channel) => channel !== null);
  }
}

async function answer(context: Context, { apiKeyId, key, errors }: ApiKeyResult) {
  forget(context);
  return {
    apiKey: apiKeyId === null ? null : await context.loaders.apiKey.load(apiKeyId),
    key,
    userErrors: presentAll(errors),
  };
}
