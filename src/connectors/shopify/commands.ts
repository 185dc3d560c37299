import type { Outcome } from "../../domain/channel.js";
import type { StepCall } from "../../domain/command.js";
import { Attempt } from "./attempt.js";
import { outcomeOf } from "./outcome.js";
import { cancelShipment, fulfill, scan, track } from "./perform-fulfillment.js";
import { addNote, cancelOrder, changeAddress, changeTags, refresh } from "./perform-order.js";
import { refund } from "./perform-refund.js";
import {
  approveReturn,
  createReturn,
  declineReturn,
  endReturn,
  processReturn,
  removePieces,
  trackReturn,
} from "./perform-return.js";
import { holdWork, moveWork, releaseWork } from "./perform-work.js";
import type { Reader } from "./read.js";
import { type RequestOf, type StepRequest, stepRequest } from "./request.js";

/** Sends one step and reads the order back. Never throws: see Outcome. */
export async function performStep(reader: Reader, call: StepCall): Promise<Outcome> {
  const attempt = new Attempt(reader, call);
  try {
    return await act(attempt, stepRequest.parse(call.step.request));
  } catch (error) {
    return outcomeOf(error, attempt.stage);
  }
}

/** How each request is carried out. */
const ACTS: {
  [Act in StepRequest["act"]]: (attempt: Attempt, request: RequestOf<Act>) => Promise<Outcome>;
} = {
  fulfill,
  track,
  cancelFulfillment: cancelShipment,
  scan,
  hold: holdWork,
  release: releaseWork,
  move: moveWork,
  cancelOrder,
  addNote,
  changeTags,
  changeAddress,
  refund,
  createReturn,
  approveReturn,
  declineReturn,
  processReturn,
  removeFromReturn: removePieces,
  endReturn,
  trackReturn,
  read: refresh,
  nothing: async () => ({ kind: "done", snapshot: null, nativeId: null, httpStatus: null }),
};

function act(attempt: Attempt, request: StepRequest): Promise<Outcome> {
  // The table pairs each request with its own act, which the compiler cannot follow through an index.
  const perform = ACTS[request.act] as (attempt: Attempt, request: StepRequest) => Promise<Outcome>;
  return perform(attempt, request);
}
