import { Field, ObjectType } from "type-graphql";
import { Cursor } from "../scalars.js";
import { PageInfo } from "./node.js";
import { Order } from "./order.js";
import { OrderLine } from "./order-line.js";

@ObjectType({ simpleResolvers: true, description: "An order in its list." })
export class OrderEdge {
  @Field(() => Order, { description: "The order." })
  node!: Order;

  @Field({ description: "Its place in the list, good for this sort only." })
  cursor!: string;
}

@ObjectType({ simpleResolvers: true, description: "A page of orders." })
export class OrderConnection {
  @Field(() => Cursor, {
    description:
      "The log's position when this page was read: subscribe with resume {after: asOf} and miss nothing.",
  })
  asOf!: string;

  @Field(() => [OrderEdge], { description: "Orders with their places." })
  edges!: OrderEdge[];

  @Field(() => [Order], { description: "The orders alone." })
  nodes!: Order[];

  @Field(() => PageInfo, { description: "Where the page lies." })
  pageInfo!: PageInfo;
}

@ObjectType({ simpleResolvers: true, description: "A line in its list." })
export class OrderLineEdge {
  @Field(() => OrderLine, { description: "The line." })
  node!: OrderLine;

  @Field({ description: "Its place in the list." })
  cursor!: string;
}

@ObjectType({ simpleResolvers: true, description: "A page of lines, as the shop orders them." })
export class OrderLineConnection {
  @Field(() => [OrderLineEdge], { description: "Lines with their places." })
  edges!: OrderLineEdge[];

  @Field(() => [OrderLine], { description: "The lines alone." })
  nodes!: OrderLine[];

  @Field(() => PageInfo, { description: "Where the page lies." })
  pageInfo!: PageInfo;
}
