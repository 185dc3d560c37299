import Big from "big.js";
import type { ShopView } from "../../src/connectors/simulator/shop.js";
import type { Seen, SeenLine } from "./hands.js";

type Pieces = Record<string, number>;
interface Returning {
  id: string;
  stage: "REQUESTED" | "OPEN" | "DECLINED" | "CLOSED" | "CANCELED";
  lines: Record<
    string,
    { requested: number; approved: number; received: number; rejected: number }
  >;
}

/** One order as anybody would keep it on paper: what was ordered, what left, what came back, what was paid back. */
export class Life {
  readonly ordered: Pieces;
  readonly captured: string;
  shipments: { id: string; lines: Pieces; canceled: boolean }[] = [];
  returns: Returning[] = [];
  refunds: { amount: string; lines: Pieces }[] = [];
  /** Called off, or all of it paid back where what was paid cannot be called off. */
  over: boolean = false;

  constructor(order: Seen) {
    this.ordered = Object.fromEntries(
      order.lines.nodes.map(({ id, quantities }) => [id, quantities.ordered]),
    );
    this.captured = order.totals.captured.shop.amount;
  }

  fulfilled(lineId: string): number {
    return sum(this.shipments.filter(({ canceled }) => !canceled).map((row) => row.lines[lineId]));
  }
  refunded(lineId: string): number {
    return sum(this.refunds.map(({ lines }) => lines[lineId]));
  }
  paidBack(): string {
    return this.refunds.reduce((all, { amount }) => all.plus(amount), Big(0)).toFixed(2);
  }
  moneyLeft(): Big {
    return Big(this.captured).minus(this.paidBack());
  }
  returnable(lineId: string, keepsClosed = false): number {
    const claimed = this.returns.map(({ stage, lines }) => {
      const row = lines[lineId];
      if (!row || stage === "DECLINED" || stage === "CANCELED") return 0;
      const handled = row.received + row.rejected;
      if (stage === "CLOSED") return keepsClosed ? Math.max(row.approved, handled) : handled;
      return stage === "REQUESTED" ? row.requested : Math.max(row.approved, handled);
    });
    return Math.max(0, this.fulfilled(lineId) - sum(claimed));
  }

  /** In what the order as it is seen differs from this life; empty where it is the same. */
  differences(
    seen: Seen,
    { takesRestockedAsReturned = false, reopensReturns = false } = {},
  ): string[] {
    const wrong: string[] = [];
    const hold = (what: string, is: unknown, should: unknown) => {
      if (is !== should) wrong.push(`${what} is ${is}, should be ${should}`);
    };
    for (const line of seen.lines.nodes) {
      const { id, quantities: q } = line;
      const living = this.returns.filter(
        ({ stage }) => stage !== "DECLINED" && stage !== "CANCELED",
      );
      const back = (pick: keyof Returning["lines"][string]) =>
        sum(living.map(({ lines }) => lines[id]?.[pick]));
      hold(`${line.sku} fulfilled`, q.fulfilled, this.fulfilled(id));
      hold(`${line.sku} refunded`, q.refunded, this.refunded(id));
      const most = this.returnable(id, reopensReturns);
      // Which pieces of a refund had left, the shop decides.
      const least = takesRestockedAsReturned ? Math.max(0, most - this.refunded(id)) : most;
      if (q.returnable < least || q.returnable > most)
        wrong.push(`${line.sku} returnable is ${q.returnable}, should be ${least} to ${most}`);
      hold(`${line.sku} returnRequested`, q.returnRequested, back("requested"));
      hold(`${line.sku} returnApproved`, q.returnApproved, back("approved"));
      hold(`${line.sku} returnReceived`, q.returnReceived, back("received"));
      hold(`${line.sku} returnRejected`, q.returnRejected, back("rejected"));
      if (this.over) hold(`${line.sku} fulfillable`, q.fulfillable, 0);
    }
    hold("refunded", Big(seen.totals.refunded.shop.amount).toFixed(2), this.paidBack());
    hold("refundPending", Number(seen.totals.refundPending.shop.amount), 0);
    hold("paymentStatus", seen.paymentStatus, this.#paymentStatus());
    hold("returnStatus", seen.returnStatus, this.#returnStatus());
    const shipped = this.#fulfillmentStatus(seen.lines.nodes);
    // Work that was begun stays begun where its shipment is taken back.
    const isBegun = shipped === "UNFULFILLED" && this.shipments.some(({ canceled }) => canceled);
    if (!isBegun || seen.fulfillmentStatus !== "IN_PROGRESS")
      hold("fulfillmentStatus", seen.fulfillmentStatus, shipped);
    hold("shipments", seen.fulfillments.length, this.shipments.length);
    hold("refunds", seen.refunds.length, this.refunds.length);
    hold("returns", seen.returns.length, this.returns.length);
    hold("anomalies", seen.anomalies.map(({ message }) => message).join(), "");
    return wrong;
  }

  #paymentStatus(): string {
    if (Big(this.paidBack()).gte(this.captured)) return "REFUNDED";
    return Big(this.paidBack()).gt(0) ? "PARTIALLY_REFUNDED" : "PAID";
  }
  #fulfillmentStatus(lines: SeenLine[]): string {
    const left = sum(lines.map(({ id }) => this.fulfilled(id)));
    if (left === 0) return "UNFULFILLED";
    const waiting = sum(
      lines.map(
        ({ id, quantities }) => quantities.ordered - quantities.canceled - this.fulfilled(id),
      ),
    );
    return waiting > 0 ? "PARTIALLY_FULFILLED" : "FULFILLED";
  }
  #returnStatus(): string {
    const rows = this.returns.filter(({ stage }) => stage !== "CANCELED");
    const pieces = rows.map(({ stage, lines }) => ({ stage, lines: Object.values(lines) }));
    const awaited = pieces.some(
      ({ stage, lines }) =>
        stage === "OPEN" && lines.some((row) => row.approved > row.received + row.rejected),
    );
    if (awaited) return "IN_PROGRESS";
    if (rows.some(({ stage }) => stage === "REQUESTED")) return "REQUESTED";
    const came = sum(
      pieces
        .filter(({ stage }) => stage !== "DECLINED")
        .flatMap(({ lines }) => lines.map((row) => row.received)),
    );
    const left = sum(Object.keys(this.ordered).map((id) => this.fulfilled(id)));
    if (came > 0) return came >= left ? "RETURNED" : "PARTIALLY_RETURNED";
    const refused = pieces.some(
      ({ stage, lines }) => stage === "DECLINED" || lines.some((row) => row.rejected > 0),
    );
    return refused ? "DECLINED" : "NONE";
  }

  /** In what the shop's own books differ. */
  differencesOfBooks(view: ShopView, lines: SeenLine[], before: ShopView): string[] {
    const wrong: string[] = [];
    // What canceling puts back is the shop's own affair.
    for (const { sku, quantities } of this.over ? [] : lines) {
      const put = (view.stock?.[sku] ?? 0) - (before.stock?.[sku] ?? 0);
      if (view.stock && put !== quantities.restocked)
        wrong.push(`the shop put ${put} of ${sku} back into stock, not ${quantities.restocked}`);
    }
    const skus = new Map(view.lines.map(({ id, sku }) => [id, sku]));
    for (const { id, sku } of lines) {
      const shipped = view.shipments
        .filter(({ canceled }) => !canceled)
        .flatMap((row) => row.lines)
        .filter(({ lineId }) => skus.get(lineId) === sku);
      const is = sum(shipped.map(({ quantity }) => quantity));
      if (is !== this.fulfilled(id))
        wrong.push(`the shop shipped ${is} of ${sku}, not ${this.fulfilled(id)}`);
    }
    const given = view.refunds.reduce((all, { amount }) => all.plus(amount), Big(0)).toFixed(2);
    if (given !== this.paidBack())
      wrong.push(`the shop gave ${given} back, not ${this.paidBack()}`);
    if (view.refunds.length !== this.refunds.length)
      wrong.push(`the shop made ${view.refunds.length} refunds, not ${this.refunds.length}`);
    return wrong;
  }
}

/** What holds of every line whatever happened to its order. */
export function brokenInvariants({ lines }: Seen): string[] {
  return lines.nodes.flatMap(({ sku, quantities: q }) => {
    const rules: [what: string, holds: boolean][] = [
      [
        "ordered = canceled + unfulfilled + fulfilled",
        q.ordered === q.canceled + q.unfulfilled + q.fulfilled,
      ],
      ["delivered ≤ shipped ≤ fulfilled", q.delivered <= q.shipped && q.shipped <= q.fulfilled],
      ["fulfillable + onHold ≤ unfulfilled", q.fulfillable + q.onHold <= q.unfulfilled],
      ["refunded ≤ ordered", q.refunded <= q.ordered],
      [
        "received + rejected ≤ approved ≤ requested",
        q.returnReceived + q.returnRejected <= q.returnApproved &&
          q.returnApproved <= q.returnRequested,
      ],
      ["returnable ≤ fulfilled", q.returnable <= q.fulfilled],
      ["nothing is negative", Object.values(q).every((count) => count >= 0)],
    ];
    return rules
      .filter(([, holds]) => !holds)
      .map(([what]) => `${sku} breaks ${what}: ${JSON.stringify(q)}`);
  });
}

export function sum(values: (number | undefined)[]): number {
  return values.reduce<number>((all, value) => all + (value ?? 0), 0);
}
