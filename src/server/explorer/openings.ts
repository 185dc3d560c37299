import shipCandidates from "./candidates/ship.graphql";
import watchCandidates from "./candidates/watch.graphql";
import type { Finder } from "./fill.js";
import { partsToShip } from "./finders/ship.js";
import { parcelsToWatch } from "./finders/watch.js";
import follow from "./operations/follow.graphql";
import orders from "./operations/orders.graphql";
import ship from "./operations/ship.graphql";
import watch from "./operations/watch.graphql";

/** An operation that the page opens with, in a tab of its own. */
export interface Opening {
  query: string;
  /** Where its variables come from; absent where it needs none. */
  finder?: Finder;
}

/** They follow an order's life. Each works as it stands, with variables found in the shops that the key reaches. */
export const OPENINGS: readonly Opening[] = [
  { query: orders },
  { query: follow },
  {
    query: ship,
    finder: {
      query: shipCandidates,
      candidates: partsToShip,
      dryRun: true,
      none: "No order can be shipped now: one that is paid and open has to come in first.",
    },
  },
  {
    query: watch,
    finder: {
      query: watchCandidates,
      candidates: parcelsToWatch,
      dryRun: false,
      none: "No parcel is on its way now: ship something first, with a tracking number.",
    },
  },
];
