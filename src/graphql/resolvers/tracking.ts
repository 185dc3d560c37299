import { Arg, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { DocumentTracking } from "../../domain/document.js";
import { connectionOfList } from "../connection.js";
import { Tracking, TrackingEventConnection } from "../types/tracking.js";

@Resolver(() => Tracking)
export class TrackingFields {
  @FieldResolver(() => TrackingEventConnection, { description: "Its scans, the newest first." })
  events(
    @Root() tracking: DocumentTracking,
    @Arg("first", () => Int, {
      nullable: true,
      defaultValue: 20,
      description: "Page size, at most 250.",
    })
    first: number | null,
    @Arg("after", () => String, { nullable: true, description: "Go on behind this cursor." })
    after: string | null | undefined,
  ) {
    return connectionOfList(tracking.events, { first, after }, 20);
  }
}
