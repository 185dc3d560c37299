import { moveOf } from "../../src/commands/return-move.js";
import { KEEP_HOLD, KEEP_MOVE, KEEP_RELEASE } from "../../src/connectors/plan.js";
import type {
  Channel,
  ChannelOperation,
  Finding,
  Outcome,
  Support,
  UpstreamIdempotency,
} from "../../src/domain/channel.js";
import { CHANNEL_OPERATIONS } from "../../src/domain/channel.js";
import type { Command, RefundWish, Step, StepCall } from "../../src/domain/command.js";
import { ChannelError } from "../../src/domain/errors.js";
import type { FulfillmentOrderFacts } from "../../src/domain/fulfillment.js";
import type { LineFacts, Order, OrderHead } from "../../src/domain/order.js";
import type { RefundFacts } from "../../src/domain/refund.js";
import { moveReturn, type ReturnFacts } from "../../src/domain/return.js";
import type { Native, NativeFulfillment, Snapshot } from "../../src/domain/snapshot.js";
import { at, head, line, shipment, snapshot } from "../support/snapshots.js";

/**
 * A shop without a wire, for what is ours in commands: it keeps the shipments, returns, refunds and notes it was asked for,
 * counts what it was sent, and answers as the test says. It recognises lines by the native ids that the order has.
 */
export class ScriptedShop implements Channel {
  readonly capabilities: Channel["capabilities"] = CHANNEL_OPERATIONS.map((operation) => ({
    operation,
    support: "NATIVE" as Support,
    constraints: [],
    note: null,
    requiredScopes: [],
    granted: true,
    idempotent: "UNSAFE" as const,
  }));
  readonly sent: StepCall[] = [];
  readonly shipments: NativeFulfillment[] = [];
  readonly returns: Native<ReturnFacts>[] = [];
  readonly refunds: Native<RefundFacts>[] = [];
  readonly head: OrderHead = head();
  lines: Native<LineFacts>[] = [line("1", 3), line("2", 1)];
  /** Answers of the next calls; when it is empty, everything is done. */
  readonly answers: ((call: StepCall, done: () => Outcome) => Outcome | Promise<Outcome>)[] = [];
  /** Nothing is carried out once its caller has gone. */
  settleMs = 0;
  /** Steps that were looked for. */
  readonly looked: StepCall[] = [];
  /** What the next looks come to; when it is empty, what is there. */
  readonly looks: ((call: StepCall, honest: () => Finding) => Finding | Promise<Finding>)[] = [];
  /** Whether nobody can look into the shop. */
  blind = false;
  /** How often each step was carried out, by its marker. */
  readonly #effects = new Map<string, { times: number; nativeId: string | null }>();
  /** How the shop treats a second try of a refund. */
  refundsAre: UpstreamIdempotency = "UNSAFE";
  /** What the shop's plan of a refund warns of. */
  refundWarning?: string;
  quote?: Channel["quote"];
  readonly #nativeLines = new Map<string, string>();
  #minute = 100;

  /** What a poll shows of the shop's own work; null where it has none. */
  work: Native<FulfillmentOrderFacts>[] | null = null;

  /** A shop without holds of its own, and without places or parts of work. */
  withoutWork(): this {
    return this.supports("FULFILLMENT_ORDER_HOLD", "EMULATED")
      .supports("FULFILLMENT_ORDER_MOVE", "EMULATED")
      .supports("FULFILLMENT_ORDER_SPLIT", "NONE");
  }

  /** A shop that has no returns of its own. */
  withoutReturns(): this {
    for (const operation of CHANNEL_OPERATIONS)
      if (operation.startsWith("RETURN_")) this.supports(operation, "EMULATED");
    return this;
  }

  supports(operation: ChannelOperation, support: Support): this {
    for (const capability of this.capabilities)
      if (capability.operation === operation) capability.support = support;
    return this;
  }

  plan(command: Command, order: Order): Step[] {
    for (const row of order.lines) this.#nativeLines.set(row.id, row.nativeId as string);
    const step = (summary: string, changes: Partial<Step> = {}): Step => ({
      summary,
      kind: command.type,
      money: false,
      support: "NATIVE",
      idempotent: "UNSAFE",
      request: { command, returnId: nativeReturn(command, order) },
      creates: null,
      ...changes,
    });
    const giveBack = (refund: RefundWish) =>
      step("refund", {
        kind: "REFUND_CREATE",
        money: true,
        idempotent: this.refundsAre,
        ...(this.refundWarning && { warning: this.refundWarning }),
        creates: { noun: "Refund", ...refund },
      });
    switch (command.type) {
      case "FULFILLMENT_CREATE": {
        const parcels = command.packages.length > 1 ? command.packages : [null];
        return parcels.map((parcel) =>
          step("ship", {
            creates: {
              noun: "Fulfillment",
              lines: parcel?.lines.length ? parcel.lines : command.lines,
              packages: parcel ? [parcel] : command.packages,
              locationId: command.locationId,
            },
          }),
        );
      }
      case "RETURN_CREATE": {
        const { lines, requested, tracking, note } = command;
        const projection = "NATIVE";
        return [
          step("make a return", {
            creates: { noun: "Return", lines, requested, tracking, note, projection },
          }),
        ];
      }
      case "REFUND_CREATE":
        return [giveBack(command.refund)];
      case "ORDER_CANCEL":
        return [step("cancel"), ...(command.refund ? [giveBack(command.refund)] : [])];
      case "FULFILLMENT_ORDER_HOLD":
        return this.#keeps(command.type) ? [KEEP_HOLD] : [step(command.type)];
      case "FULFILLMENT_ORDER_RELEASE":
        return this.#keeps("FULFILLMENT_ORDER_HOLD") ? [KEEP_RELEASE] : [step(command.type)];
      case "FULFILLMENT_ORDER_MOVE":
        return this.#keeps(command.type) ? [KEEP_MOVE] : [step(command.type)];
      default:
        return [step(command.type)];
    }
  }

  /** Whether the gateway does it for a shop that cannot. */
  #keeps(operation: ChannelOperation): boolean {
    const found = this.capabilities.find((row) => row.operation === operation);
    return found?.support === "EMULATED";
  }

  async perform(call: StepCall): Promise<Outcome> {
    this.sent.push(call);
    const answer = this.answers.shift();
    return answer ? answer(call, () => this.#do(call)) : this.#do(call);
  }

  async find(call: StepCall): Promise<Finding> {
    this.looked.push(call);
    if (this.blind) return unclear();
    const look = this.looks.shift();
    return look ? look(call, () => this.#find(call)) : this.#find(call);
  }

  #find({ marker, order }: StepCall): Finding {
    const effect = this.#effects.get(marker);
    return effect
      ? { kind: "found", snapshot: this.show(order.nativeId), ...effect }
      : { kind: "absent" };
  }

  /** How often a step was carried out, whatever it was. */
  effectsOf(marker: string): number {
    return this.#effects.get(marker)?.times ?? 0;
  }

  /** What a poll of the order shows now. */
  show(nativeId: string): Snapshot {
    this.#minute += 1;
    const asOf = at(this.#minute);
    const whole = <T>(value: T) => ({ asOf, complete: true, value: structuredClone(value) });
    const native = this.capabilities.find((row) => row.operation === "RETURN_CREATE");
    return snapshot(nativeId, 0, {
      head: whole(this.head),
      lines: whole(this.lines),
      fulfillments: whole(this.shipments),
      refunds: whole(this.refunds),
      ...(this.work && { fulfillmentOrders: whole(this.work) }),
      ...(native?.support === "NATIVE" && { returns: whole(this.returns) }),
    });
  }

  #do(call: StepCall): Outcome {
    const nativeId = this.#make(call) ?? this.#change(call);
    const times = this.effectsOf(call.marker) + 1;
    this.#effects.set(call.marker, { times, nativeId });
    return { kind: "done", snapshot: this.show(call.order.nativeId), nativeId, httpStatus: 200 };
  }

  #make({ step: { creates }, marker }: StepCall): string | null {
    switch (creates?.noun) {
      case "Fulfillment": {
        const nativeId = String(this.shipments.length + 1);
        const lines = Object.fromEntries(
          creates.lines.map(({ lineId, quantity }) => [this.#native(lineId), quantity]),
        );
        const number = creates.packages[0]?.tracking?.number;
        const createdAt = new Date().toISOString();
        this.shipments.push(
          shipment(nativeId, lines, { marker, createdAt, ...(number && { number }) }),
        );
        return nativeId;
      }
      case "Return": {
        const nativeId = `r${this.returns.length + 1}`;
        this.returns.push({
          nativeId,
          name: nativeId,
          stage: creates.requested ? "REQUESTED" : "OPEN",
          lines: creates.lines.map(({ lineId, quantity, ...row }, index) => ({
            ...row,
            lineId: this.#native(lineId),
            nativeId: `${nativeId}.${index}`,
            requested: quantity,
            approved: creates.requested ? 0 : quantity,
            received: 0,
            rejected: 0,
            restocked: 0,
            rawReason: null,
            disposition: null,
          })),
          shipments: [],
          requestedAt: new Date().toISOString(),
          note: creates.note,
          marker,
        });
        return nativeId;
      }
      case "Refund": {
        const nativeId = `m${this.refunds.length + 1}`;
        this.refunds.push({
          nativeId,
          status: "SUCCEEDED",
          amount: creates.amount,
          lines: creates.lines.map(({ lineId, quantity, amount, restock }) => ({
            lineId: this.#native(lineId),
            quantity,
            amount,
            restocked: restock,
            cancels: false,
          })),
          shipping: creates.shipping,
          reason: creates.reason,
          createdAt: new Date().toISOString(),
          returnId: null,
          marker,
        });
        return nativeId;
      }
      default:
        return null;
    }
  }

  #change({ step }: StepCall): null {
    const { command, returnId } = step.request as { command: Command; returnId: string | null };
    switch (command.type) {
      case "FULFILLMENT_CANCEL":
        for (const one of this.shipments) one.status = "CANCELED";
        break;
      case "ORDER_CANCEL":
        if (step.kind === "ORDER_CANCEL") this.head.canceledAt = at(50);
        break;
      case "ORDER_NOTE_ADD":
        this.head.notes.push({
          text: command.text,
          author: null,
          at: at(50),
          customerVisible: false,
        });
        break;
      case "ORDER_TAGS_UPDATE":
        this.head.tags = [...this.head.tags, ...command.add];
        break;
      case "ORDER_ADDRESS_UPDATE":
        this.head.shippingAddress = command.shippingAddress;
        break;
      default:
        this.#moveReturn(command, returnId);
    }
    return null;
  }

  #moveReturn(command: Command, nativeId: string | null): void {
    if (!("returnId" in command)) return;
    const index = this.returns.findIndex((row) => row.nativeId === nativeId);
    const row = this.returns[index];
    if (!row) throw new Error(`the shop has no return ${nativeId}`);
    const move = structuredClone(moveOf(command));
    if ("lines" in move) for (const one of move.lines) one.lineId = this.#native(one.lineId);
    this.returns[index] = moveReturn(row, move);
  }

  #native(lineId: string): string {
    return this.#nativeLines.get(lineId) as string;
  }

  read = async (ref: { nativeId: string }) => this.show(ref.nativeId);
  probe = () => Promise.reject(new Error("not asked in these tests"));
  pull = () => {
    throw new Error("not asked in these tests");
  };
  survey = () => {
    throw new Error("not asked in these tests");
  };
  receive = () => ({ kind: "rejected" as const, reason: "not asked in these tests" });
  webhooks = async () => [];
  ensureWebhooks = async () => [];
  removeWebhooks = async () => {};
}

function nativeReturn(command: Command, order: Order): string | null {
  if (!("returnId" in command)) return null;
  return order.returns.find((row) => row.id === command.returnId)?.nativeId ?? null;
}

export const unknown = (): Outcome => ({
  kind: "unknown",
  error: new ChannelError("CHANNEL_UNAVAILABLE", "no answer within 30 s", { retryable: true }),
});
export const unclear = (): Finding => ({
  kind: "unclear",
  error: new ChannelError("CHANNEL_UNAVAILABLE", "the shop is down for maintenance", {
    retryable: true,
    mayHaveHappened: false,
  }),
});
export const refused = (retryable: boolean): Outcome => ({
  kind: "refused",
  error: new ChannelError("CHANNEL_REJECTED", "the shop says no", {
    retryable,
    mayHaveHappened: false,
    httpStatus: 422,
  }),
});
