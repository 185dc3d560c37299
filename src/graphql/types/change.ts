import { Field, ObjectType } from "type-graphql";
import { Json } from "../scalars.js";

@ObjectType({
  simpleResolvers: true,
  description:
    "One changed value; under paths with personal data before and after are always null, since such values never enter the log.",
})
export class Change {
  @Field({ description: "Where in the order, dotted, with ids instead of indexes." })
  path!: string;

  @Field(() => Json, { nullable: true, description: "The value before." })
  before!: unknown;

  @Field(() => Json, { nullable: true, description: "The value after." })
  after!: unknown;
}
