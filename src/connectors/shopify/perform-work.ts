import type { Outcome } from "../../domain/channel.js";
import { type Attempt, accepted } from "./attempt.js";
import { heldBy, holdsLeft, isMoved, workIn } from "./look-work.js";
import { placesForWork, workHold, workMove, workRelease } from "./operations-work.js";
import { refuse } from "./outcome.js";
import type { FulfillmentOrderFragment, PlacesForWorkQuery } from "./payload.js";
import { readWork } from "./read.js";
import type { RequestOf } from "./request.js";

/** Holds the whole of it back, with our token as the hold's handle. One that bears it is there already. */
export async function holdWork(attempt: Attempt, request: RequestOf<"hold">): Promise<Outcome> {
  const { fulfillmentOrderId: id, reason, note } = request;
  const { marker } = attempt.call;
  const known = heldBy(workIn(await worksNow(attempt), id), attempt.call);
  if (known) return attempt.done(known.id);
  const hold = { reason, handle: marker, ...(note !== null && { reasonNotes: note }) };
  const answer = (await attempt.send(workHold, { id, hold })).fulfillmentOrderHold;
  const made = accepted("hold this work back", answer?.fulfillmentHold, answer?.userErrors);
  return attempt.done(made.id);
}

/** Holds that are gone are released. */
export async function releaseWork(
  attempt: Attempt,
  request: RequestOf<"release">,
): Promise<Outcome> {
  const { fulfillmentOrderId: id } = request;
  const holdIds = holdsLeft(workIn(await worksNow(attempt), id), request);
  if (holdIds.length > 0) {
    const answer = (await attempt.send(workRelease, { id, holdIds })).fulfillmentOrderReleaseHold;
    accepted("release the holds", answer?.fulfillmentOrder, answer?.userErrors);
  }
  return attempt.done(id);
}

/** Pieces that are there already are not moved twice; a place that Shopify would not take is refused in its words. */
export async function moveWork(attempt: Attempt, request: RequestOf<"move">): Promise<Outcome> {
  const { fulfillmentOrderId: id, locationId, rows } = request;
  const works = await worksNow(attempt);
  if (isMoved(works, request)) return attempt.done(null);
  workIn(works, id);
  await checkPlace(attempt, request);
  const answer = (await attempt.send(workMove, { id, locationId, rows })).fulfillmentOrderMove;
  const moved = accepted("move this work", answer?.movedFulfillmentOrder, answer?.userErrors);
  return attempt.done(moved.id);
}

async function worksNow({ reader, call }: Attempt): Promise<FulfillmentOrderFragment[]> {
  const works = await readWork(reader.client, call.order.nativeId, call.signal);
  if (!works) throw refuse("NOT_FOUND", "the order is gone");
  return works;
}

type Places = NonNullable<PlacesForWorkQuery["fulfillmentOrder"]>["locationsForMove"];

async function checkPlace(
  attempt: Attempt,
  { fulfillmentOrderId: id, locationId }: RequestOf<"move">,
): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const { fulfillmentOrder }: PlacesForWorkQuery = await attempt.ask(placesForWork, {
      id,
      after,
    });
    const page: Places | undefined = fulfillmentOrder?.locationsForMove;
    const place = page?.nodes.find(({ location }) => location.id === locationId);
    if (place?.movable) return;
    if (place)
      throw refuse(
        "CHANNEL_REJECTED",
        `${id} cannot be moved to ${place.location.name}: ${place.message ?? "without a reason"}`,
      );
    if (!page?.pageInfo.hasNextPage)
      throw refuse("NOT_FOUND", `${locationId} is none of the places that ${id} may move to`);
    after = page.pageInfo.endCursor;
  }
}
