import findCandidates from "./candidates/find.graphql";
import receiveCandidates from "./candidates/receive.graphql";
import refundCandidates from "./candidates/refund.graphql";
import returnCandidates from "./candidates/return.graphql";
import shipCandidates from "./candidates/ship.graphql";
import watchCandidates from "./candidates/watch.graphql";
import type { Finder } from "./fill.js";
import { wordsToFind } from "./finders/find.js";
import { returnsToReceive } from "./finders/receive.js";
import { moneyToRefund } from "./finders/refund.js";
import { piecesToReturn } from "./finders/return.js";
import { partsToShip } from "./finders/ship.js";
import { parcelsToWatch } from "./finders/watch.js";
import find from "./operations/find.graphql";
import follow from "./operations/follow.graphql";
import receive from "./operations/receive.graphql";
import refund from "./operations/refund.graphql";
import giveBack from "./operations/return.graphql";
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
  {
    query: find,
    finder: {
      query: findCandidates,
      candidates: wordsToFind,
      dryRun: false,
      none: "No order has come in yet: connect a shop, or place an order in one.",
    },
  },
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
  {
    query: giveBack,
    finder: {
      query: returnCandidates,
      candidates: piecesToReturn,
      dryRun: true,
      none: "Nothing can come back now: something has to be shipped first.",
    },
  },
  {
    query: receive,
    finder: {
      query: receiveCandidates,
      candidates: returnsToReceive,
      dryRun: true,
      none: "No return is awaited now: begin one first.",
    },
  },
  {
    query: refund,
    finder: {
      query: refundCandidates,
      candidates: moneyToRefund,
      dryRun: true,
      none: "No money can be given back now: an order has to be paid first, in a way that its shop can send back.",
    },
  },
  { query: follow },
];
