import { Arg, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { DocumentTracking } from "../../domain/document.js";
import { connectionOfList } from "../connection.js";
import { AFTER, pageSizeOf } from "../page-args.js";
import { Tracking, TrackingEventConnection } from "../types/tracking.js";

@Resolver(() => Tracking)
export class TrackingFields {
  @FieldResolver(() => TrackingEventConnection, { description: "Its scans, the newest first." })
  events(
    @Root() tracking: DocumentTracking,
    @Arg("first", () => Int, pageSizeOf(20))
    first: number | null,
    @Arg("after", () => String, AFTER)
    after: string | null | undefined,
  ) {
    return connectionOfList(tracking.events, { first, after }, 20);
  }
}
