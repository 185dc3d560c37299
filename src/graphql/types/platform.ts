import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTime, Json, Url } from "../scalars.js";
import { Capability } from "./capability.js";

/** Filled by `namePlatforms` before the schema is built: the connector registry says which there are. */
export const Platform: Record<string, string> = {};
const platformValues: Record<string, { description: string }> = {};

registerEnumType(Platform, {
  name: "Platform",
  description: "Software that shops run on, as far as this build can connect to it.",
  valuesConfig: platformValues,
});

/** Makes exactly these the values of the enum. */
export function namePlatforms(platforms: readonly string[]): void {
  for (const record of [Platform, platformValues])
    for (const name of Object.keys(record)) delete record[name];
  for (const platform of platforms) {
    Platform[platform] = platform;
    platformValues[platform] = { description: `Shops that run on the platform ${platform}.` };
  }
}

@ObjectType({
  simpleResolvers: true,
  description: "What this build can connect to, and what it needs to know for that.",
})
export class PlatformInfo {
  @Field(() => Platform, { description: "The platform." })
  platform!: string;

  @Field({ description: "Its name as people write it." })
  name!: string;

  @Field(() => Json, { description: "JSON Schema of the settings that channelConnect takes." })
  settings!: unknown;

  @Field(() => [Capability], {
    description: "What the platform can do at best; a shop's own list may be shorter.",
  })
  capabilities!: Capability[];
}

@ObjectType({
  simpleResolvers: true,
  description: "What the platform itself calls a thing, kept whatever we make of it.",
})
export class ExternalRef {
  @Field(() => Platform, { description: "The platform." })
  platform!: string;

  @Field(() => ID, { description: "The shop's id here." })
  channelId!: string;

  @Field({ description: "The platform's own id, as text." })
  id!: string;

  @Field(() => String, { nullable: true, description: "The number people use there." })
  number?: string | null;

  @Field(() => Url, { nullable: true, description: "Where staff see it in the shop." })
  adminUrl?: string | null;

  @Field(() => DateTime, { nullable: true, description: "When the platform last changed it." })
  updatedAt?: Date | null;
}
