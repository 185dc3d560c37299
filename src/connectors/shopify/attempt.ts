import type { Outcome } from "../../domain/channel.js";
import type { StepCall } from "../../domain/command.js";
import { ChannelError } from "../../domain/errors.js";
import type { Snapshot } from "../../domain/snapshot.js";
import type { Operation } from "./operation.js";
import { refusalOf, type Stage, type UserError } from "./outcome.js";
import { type Reader, readOrder } from "./read.js";

/** One step on its way, with how far its mutation has come. */
export class Attempt {
  stage: Stage = "before";
  readonly reader: Reader;
  readonly call: StepCall;
  constructor(reader: Reader, call: StepCall) {
    this.reader = reader;
    this.call = call;
  }

  ask<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): Promise<Data> {
    return this.reader.client.call(operation, variables, this.call.signal);
  }

  async send<Data, Variables>(
    mutation: Operation<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    this.stage = "sending";
    const answer = await this.ask(mutation, variables);
    this.stage = "answered";
    return answer;
  }

  /**
   * The effect stands; the order after it is told if it can be read at once, else what the answer said of it (`told`),
   * and the rest by the next poll. `see` finds the effect in what is told.
   */
  async done(
    nativeId: string | null,
    see: (after: Snapshot) => void = () => {},
    told: Snapshot | null = null,
  ): Promise<Outcome> {
    const { order, signal } = this.call;
    const snapshot = (await readOrder(this.reader, order, signal).catch(() => null)) ?? told;
    if (snapshot) see(snapshot);
    return { kind: "done", snapshot, nativeId, httpStatus: 200 };
  }
}

/** What a mutation made; throws Refusal with its user errors, or ChannelError where it tells neither. */
export function accepted<T>(
  what: string,
  made: T | null | undefined,
  errors: UserError[] | undefined,
): T {
  if (errors && errors.length > 0) throw refusalOf(what, errors);
  if (made) return made;
  throw new ChannelError("CHANNEL_REJECTED", `Shopify was asked to ${what} and told no result`, {
    httpStatus: 200,
  });
}
