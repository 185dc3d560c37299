import type { Channel, Outcome } from "../../src/domain/channel.js";
import { CHANNEL_OPERATIONS } from "../../src/domain/channel.js";
import type { Command, Step, StepCall } from "../../src/domain/command.js";
import { ChannelError } from "../../src/domain/errors.js";
import type { NativeFulfillment, Snapshot } from "../../src/domain/snapshot.js";
import { at, shipment, snapshot } from "../support/snapshots.js";

/**
 * A shop without a wire, for what is ours in commands: it keeps the shipments it was asked for, counts what it was sent,
 * and answers as the test says. It recognises lines by the native ids that the order has.
 */
export class ScriptedShop implements Channel {
  readonly capabilities = CHANNEL_OPERATIONS.map((operation) => ({
    operation,
    support: "NATIVE" as const,
    constraints: [],
    note: null,
    requiredScopes: [],
    granted: true,
    idempotent: "UNSAFE" as const,
  }));
  readonly sent: StepCall[] = [];
  readonly shipments: NativeFulfillment[] = [];
  /** Answers of the next calls; when it is empty, everything is done. */
  readonly answers: ((call: StepCall, done: () => Outcome) => Outcome | Promise<Outcome>)[] = [];
  readonly #nativeLines = new Map<string, string>();
  #minute = 100;

  plan(command: Command, order: Parameters<Channel["plan"]>[1]): Step[] {
    for (const line of order.lines) this.#nativeLines.set(line.id, line.nativeId as string);
    const step = (summary: string, creates: Step["creates"]): Step => ({
      summary,
      kind: command.type,
      money: false,
      support: "NATIVE",
      idempotent: "UNSAFE",
      request: command,
      creates,
    });
    if (command.type !== "FULFILLMENT_CREATE") return [step(command.type, null)];
    const parcels = command.packages.length > 1 ? command.packages : [null];
    return parcels.map((parcel) =>
      step("ship", {
        noun: "Fulfillment",
        lines: parcel?.lines.length ? parcel.lines : command.lines,
        packages: parcel ? [parcel] : command.packages,
        locationId: null,
      }),
    );
  }

  async perform(call: StepCall): Promise<Outcome> {
    this.sent.push(call);
    const answer = this.answers.shift();
    return answer ? answer(call, () => this.#do(call)) : this.#do(call);
  }

  /** What a poll of the order shows now. */
  show(nativeId: string): Snapshot {
    this.#minute += 1;
    return snapshot(nativeId, 0, {
      fulfillments: {
        asOf: at(this.#minute),
        complete: true,
        value: structuredClone(this.shipments),
      },
    });
  }

  #do(call: StepCall): Outcome {
    const creates = call.step.creates?.noun === "Fulfillment" ? call.step.creates : null;
    let nativeId: string | null = null;
    if (creates) {
      nativeId = String(this.shipments.length + 1);
      const lines = Object.fromEntries(
        creates.lines.map(({ lineId, quantity }) => [
          this.#nativeLines.get(lineId) as string,
          quantity,
        ]),
      );
      const number = creates.packages[0]?.tracking?.number;
      this.shipments.push(
        shipment(nativeId, lines, {
          marker: call.marker,
          createdAt: new Date().toISOString(),
          ...(number && { number }),
        }),
      );
    }
    if (call.step.kind === "FULFILLMENT_CANCEL")
      for (const one of this.shipments) one.status = "CANCELED";
    return { kind: "done", snapshot: this.show(call.order.nativeId), nativeId, httpStatus: 200 };
  }

  read = async (ref: { nativeId: string }) => this.show(ref.nativeId);
  probe = () => Promise.reject(new Error("not asked in these tests"));
  pull = () => {
    throw new Error("not asked in these tests");
  };
  receive = () => ({ kind: "rejected" as const, reason: "not asked in these tests" });
  webhooks = async () => [];
  ensureWebhooks = async () => [];
  removeWebhooks = async () => {};
}

export const unknown = (): Outcome => ({
  kind: "unknown",
  error: new ChannelError("CHANNEL_UNAVAILABLE", "no answer within 30 s", { retryable: true }),
});
export const refused = (retryable: boolean): Outcome => ({
  kind: "refused",
  error: new ChannelError("CHANNEL_REJECTED", "the shop says no", {
    retryable,
    mayHaveHappened: false,
    httpStatus: 422,
  }),
});
