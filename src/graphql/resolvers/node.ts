import { Arg, Authorized, Ctx, ID, Query, Resolver } from "type-graphql";
import { InvalidInput } from "../../domain/errors.js";
import { MAX_PAGE } from "../connection.js";
import type { Context } from "../context.js";
import { findNode } from "../node.js";
import { Node } from "../types/node.js";
import { Viewer } from "../types/viewer.js";

@Resolver()
export class NodeQueries {
  @Authorized()
  @Query(() => Node, {
    nullable: true,
    description: "Whatever an id names; null where it names nothing that this key sees.",
  })
  node(@Arg("id", () => ID, { description: "The id." }) id: string, @Ctx() context: Context) {
    return findNode(context, id);
  }

  @Authorized()
  @Query(() => [Node], {
    nullable: "items",
    description: "Whatever these ids name, in their order; null for each that names nothing.",
  })
  nodes(
    @Arg("ids", () => [ID], { description: "At most 250 ids." }) ids: string[],
    @Ctx() context: Context,
  ) {
    if (ids.length > MAX_PAGE)
      throw new InvalidInput(`${ids.length} ids; at most ${MAX_PAGE} at once`, ["ids"]);
    return ids.map((id) => findNode(context, id));
  }

  @Authorized()
  @Query(() => Viewer, { description: "On whose behalf this request runs, and what it may do." })
  viewer(@Ctx() { viewer }: Context) {
    const { client, keyId, tenantId, scopes } = viewer;
    return { actor: { kind: "API_CLIENT", id: keyId, name: client }, tenant: tenantId, scopes };
  }
}
