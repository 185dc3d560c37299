import { Field, Int, ObjectType } from "type-graphql";
import type { EventSource as Source } from "../../domain/event.js";
import { DateTime } from "../scalars.js";
import { EventSource } from "./actor.js";
import { Node, PageInfo } from "./node.js";

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "What came in and could not be understood: kept, shown and replayable.",
})
export class DeadLetter extends Node {
  @Field(() => EventSource, { description: "How it came." })
  source!: Source;

  @Field({ description: "Why it could not be understood." })
  reason!: string;

  @Field(() => DateTime, { description: "When it came." })
  receivedAt!: Date;

  @Field(() => Int, { description: "How often we tried." })
  attempts!: number;
}

@ObjectType({ simpleResolvers: true, description: "A dead letter in its list." })
export class DeadLetterEdge {
  @Field(() => DeadLetter, { description: "The dead letter." })
  node!: DeadLetter;

  @Field({ description: "Its place in the list." })
  cursor!: string;
}

@ObjectType({ simpleResolvers: true, description: "A page of dead letters, the newest first." })
export class DeadLetterConnection {
  @Field(() => [DeadLetterEdge], { description: "Dead letters with their places." })
  edges!: DeadLetterEdge[];

  @Field(() => [DeadLetter], { description: "The dead letters alone." })
  nodes!: DeadLetter[];

  @Field(() => PageInfo, { description: "Where the page lies." })
  pageInfo!: PageInfo;
}
