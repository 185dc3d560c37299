import { Field, InputType, ObjectType } from "type-graphql";
import { CurrencyCode, Decimal } from "../scalars.js";

@ObjectType({ simpleResolvers: true, description: "An exact amount in one currency." })
export class Money {
  @Field(() => Decimal, { description: "The amount with at least the currency's own decimals." })
  amount!: string;

  @Field(() => CurrencyCode, { description: "Its currency." })
  currency!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "One amount in the shop's currency and in the one the customer saw.",
})
export class MoneyBag {
  @Field(() => Money, { description: "In the shop's own currency." })
  shop!: Money;

  @Field(() => Money, { description: "In the currency the customer saw." })
  presentment!: Money;
}

@InputType({
  description: "An exact amount, in the order's shop or presentment currency; else INVALID_INPUT.",
})
export class MoneyInput {
  @Field(() => Decimal, { description: "The amount." })
  amount!: string;

  @Field(() => CurrencyCode, { description: "Its currency." })
  currency!: string;
}
