import { Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";

@InterfaceType({ description: "Anything with an id of ours, which Query.node finds again." })
export abstract class Node {
  @Field(() => ID, { description: "Unique among everything, minted once and kept for ever." })
  id!: string;
}

@ObjectType({ simpleResolvers: true, description: "Where a page lies in its list." })
export class PageInfo {
  @Field({ description: "Whether more follows this page." })
  hasNextPage!: boolean;

  @Field({ description: "Whether anything comes before this page." })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first item of the page." })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last item of the page." })
  endCursor!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "How many there are, counted up to a bound.",
})
export class Count {
  @Field(() => Int, { description: "The number, or the bound where there are more." })
  value!: number;

  @Field({ description: "False where counting stopped at the bound." })
  exact!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "A name and its value." })
export class KeyValue {
  @Field({ description: "The name." })
  key!: string;

  @Field({ description: "The value as text." })
  value!: string;
}
