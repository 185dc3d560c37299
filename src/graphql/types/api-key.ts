import { Field, ObjectType } from "type-graphql";
import type { Scope as ScopeWord } from "../../domain/scope.js";
import { DateTime } from "../scalars.js";
import { Node } from "./node.js";
import { Scope } from "./viewer.js";

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "A key to this API, without its secret, which is shown once, when it is made.",
})
export class ApiKey extends Node {
  @Field({ description: "How people call it." })
  name!: string;

  @Field({ description: "Its first characters, to recognise it by." })
  prefix!: string;

  @Field({ description: "The integration it belongs to, stable over its keys." })
  client!: string;

  @Field(() => [Scope], { description: "What it may do." })
  scopes!: ScopeWord[];

  @Field(() => DateTime, { nullable: true, description: "When it ends by itself." })
  expiresAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When it was last used, to some minutes.",
  })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it was revoked." })
  revokedAt!: Date | null;
}
