import type { Finding } from "../../domain/channel.js";
import type { StepCall } from "../../domain/command.js";
import type { Snapshot } from "../../domain/snapshot.js";
import {
  lookForCancellation,
  lookForScan,
  lookForShipment,
  lookForTracking,
} from "./look-fulfillment.js";
import {
  lookForAddress,
  lookForCancel,
  lookForNote,
  lookForRefund,
  lookForTags,
} from "./look-order.js";
import {
  lookForApproval,
  lookForDecline,
  lookForEnd,
  lookForParcel,
  lookForReceipt,
  lookForRemoval,
  lookForReturn,
} from "./look-return.js";
import { lookForHold, lookForMove, lookForRelease } from "./look-work.js";
import { refuse, whyUnsent } from "./outcome.js";
import type { OrderFragment } from "./payload.js";
import { fetchOrder, type Reader } from "./read.js";
import { type StepRequest, stepRequest } from "./request.js";
import type { Look, Sight, Sought } from "./sight.js";
import { translateOrder } from "./translate.js";

/**
 * The longest that Shopify may still carry out a mutation that was not answered. It publishes no limit; a request that a
 * proxy before it waits for ends within a minute (504), and the client itself gives up after half of one.
 */
export const SETTLE_MS = 60_000;

/**
 * Whether a step that may have happened did: the order is read whole once, and each request has its own look at it.
 * Sends nothing that changes anything, and never throws.
 */
export async function findStep(reader: Reader, call: StepCall): Promise<Finding> {
  try {
    const request = stepRequest.parse(call.step.request);
    const look = LOOKS[request.act];
    if (!look) return { kind: "absent" };
    const found = await fetchOrder(reader, call.order, call.signal);
    if (!found) throw refuse("NOT_FOUND", "the order is gone");
    const sight = lookWith(look, found.order, request, call);
    if (!sight) return { kind: "absent" };
    const snapshot = translateOrder(found.order, found.origin);
    mark(snapshot, sight.nativeId, call.marker);
    return { kind: "found", nativeId: sight.nativeId, snapshot, times: sight.times ?? 1 };
  } catch (error) {
    return { kind: "unclear", error: whyUnsent(error) };
  }
}

/** How each request is looked for; what only reads leaves nothing to be found. */
const LOOKS: { [Act in StepRequest["act"]]: Look<Act> | null } = {
  fulfill: lookForShipment,
  track: lookForTracking,
  cancelFulfillment: lookForCancellation,
  scan: lookForScan,
  hold: lookForHold,
  release: lookForRelease,
  move: lookForMove,
  cancelOrder: lookForCancel,
  addNote: lookForNote,
  changeTags: lookForTags,
  changeAddress: lookForAddress,
  refund: lookForRefund,
  createReturn: lookForReturn,
  approveReturn: lookForApproval,
  declineReturn: lookForDecline,
  processReturn: lookForReceipt,
  removeFromReturn: lookForRemoval,
  endReturn: lookForEnd,
  trackReturn: lookForParcel,
  read: null,
  nothing: null,
};

function lookWith(
  look: NonNullable<(typeof LOOKS)[StepRequest["act"]]>,
  order: OrderFragment,
  request: StepRequest,
  sought: Sought,
): Sight | null {
  // The table pairs each request with its own look, which the compiler cannot follow through an index.
  const see = look as (order: OrderFragment, request: StepRequest, sought: Sought) => Sight | null;
  return see(order, request, sought);
}

/** What was found is this step's own, whatever the platform could keep of its token. */
function mark(
  { fulfillments, returns, refunds }: Snapshot,
  nativeId: string | null,
  marker: string,
): void {
  for (const rows of [fulfillments?.value, returns?.value, refunds?.value])
    for (const row of rows ?? []) if (row.nativeId === nativeId) row.marker = marker;
}
