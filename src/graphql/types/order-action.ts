import { Field, ObjectType } from "type-graphql";
import type { Support as SupportWord } from "../../domain/channel.js";
import type { CommandType as Type } from "../../domain/command.js";
import { Support } from "./capability.js";
import { CommandType } from "./command.js";

@ObjectType({
  simpleResolvers: true,
  description: "Whether a write can be done now, by this key, at this shop, on this order.",
})
export class OrderAction {
  @Field(() => CommandType, { description: "The write." })
  operation!: Type;

  @Field({ description: "Whether it can be done now." })
  enabled!: boolean;

  @Field(() => String, { nullable: true, description: "Why not, where it cannot." })
  reason!: string | null;

  @Field(() => [String], { description: "Limits inside which the shop can do it." })
  constraints!: string[];

  @Field(() => Support, { description: "How well the shop can do it." })
  support!: SupportWord;
}
