import { Field, InputType, ObjectType } from "type-graphql";
import { CountryCode } from "../scalars.js";

@ObjectType({ simpleResolvers: true, description: "A postal address as the shop holds it." })
export class Address {
  @Field(() => String, { nullable: true, description: "Who receives there." })
  name!: string | null;

  @Field(() => String, { nullable: true, description: "Company, where one is named." })
  company!: string | null;

  @Field(() => String, { nullable: true, description: "Street and number." })
  line1!: string | null;

  @Field(() => String, { nullable: true, description: "What the first line does not hold." })
  line2!: string | null;

  @Field(() => String, { nullable: true, description: "City or place." })
  city!: string | null;

  @Field(() => String, { nullable: true, description: "State, province or region by name." })
  region!: string | null;

  @Field(() => String, { nullable: true, description: "State, province or region by code." })
  regionCode!: string | null;

  @Field(() => String, { nullable: true, description: "Postal code." })
  postalCode!: string | null;

  @Field(() => CountryCode, { nullable: true, description: "Country." })
  country!: string | null;

  @Field(() => String, { nullable: true, description: "Telephone number at this address." })
  phone!: string | null;
}

@InputType({
  description: "A whole postal address, as it is to be: what is absent is emptied.",
})
export class AddressInput {
  @Field(() => String, { nullable: true, description: "Who receives there." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "Company, where one is named." })
  company?: string | null;

  @Field(() => String, { nullable: true, description: "Street and number." })
  line1?: string | null;

  @Field(() => String, { nullable: true, description: "What the first line does not hold." })
  line2?: string | null;

  @Field(() => String, { nullable: true, description: "City or place." })
  city?: string | null;

  @Field(() => String, { nullable: true, description: "State, province or region by name." })
  region?: string | null;

  @Field(() => String, { nullable: true, description: "State, province or region by code." })
  regionCode?: string | null;

  @Field(() => String, { nullable: true, description: "Postal code." })
  postalCode?: string | null;

  @Field(() => CountryCode, { nullable: true, description: "Country." })
  country?: string | null;

  @Field(() => String, { nullable: true, description: "Telephone number at this address." })
  phone?: string | null;
}
