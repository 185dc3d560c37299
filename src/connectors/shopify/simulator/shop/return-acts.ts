import type { NewReturn } from "../../../simulator/shop.js";
import { lineOf } from "../webhooks/payload-parts.js";
import { reasons } from "./reasons.js";
import { processReturn, takeAllIn, unpaid } from "./receiving.js";
import { payingBack, reckon } from "./refunding.js";
import {
  approveReturn,
  declineReturn,
  openReturn,
  type Returnable,
  type ReturnWish,
  returnables,
} from "./returning.js";
import { gid, type Shop } from "./shop.js";
import type { Order, Return } from "./state.js";
import { nothing } from "./totals.js";

/** What people do with returns in the shop's own admin and on the customer's pages. */
export interface ReturnActs {
  askReturn(orderId: string, asked?: NewReturn): Promise<{ returnId: string }>;
  /** The merchant agrees, if that is still to be done, takes everything in and puts it into stock. */
  receiveReturn(orderId: string, returnId: string): Promise<void>;
  /** The merchant agrees to a return, or declines it. */
  decideReturn(orderId: string, returnId: string, verdict: "approve" | "decline"): Promise<void>;
  /** The merchant pays for what was taken in. */
  payReturn(orderId: string, returnId: string): Promise<void>;
}

/** They fail with what the admin would say. */
export function returnActs(shop: Shop, find: (orderId: string) => Order): ReturnActs {
  const found = (order: Order, returnId: string): Return => {
    const row = order.returns.find(({ id }) => gid("Return", id) === returnId);
    if (row) return row;
    throw new Error(`order ${order.name} has no return ${returnId}`);
  };
  return {
    async askReturn(orderId, asked = {}) {
      const order = find(orderId);
      const wish = { lines: wanted(shop, order, asked), requestedAt: null };
      return { returnId: gid("Return", openReturn(shop, order, wish, "REQUESTED").id) };
    },
    async receiveReturn(orderId, returnId) {
      const order = find(orderId);
      const row = found(order, returnId);
      if (row.status === "REQUESTED") approveReturn(shop, order, row);
      if (row.status !== "OPEN") throw new Error(`return ${row.name} is ${row.status}`);
      processReturn(shop, order, row, takeAllIn(shop, order, row));
    },
    async decideReturn(orderId, returnId, verdict) {
      const order = find(orderId);
      const row = found(order, returnId);
      if (row.status !== "REQUESTED") throw new Error(`return ${row.name} is ${row.status}`);
      if (verdict === "approve") approveReturn(shop, order, row);
      else declineReturn(shop, order, row, { reason: "OTHER", note: "Worn" });
    },
    async payReturn(orderId, returnId) {
      const order = find(orderId);
      const row = found(order, returnId);
      const lines = unpaid(row).map(({ lineId, quantity }) => ({
        line: lineOf(order, lineId),
        quantity,
        restock: "NO_RESTOCK" as const,
        locationId: null,
      }));
      const over = payingBack(order, reckon(order, lines, nothing).total);
      if (over.length === 0) throw new Error(`return ${row.name} has nothing to be paid for`);
      const money = { over, credit: null, shipping: nothing };
      processReturn(shop, order, row, {
        lines: [],
        dispositions: [],
        exchanges: [],
        money,
        note: null,
      });
    },
  };
}

/** Pieces to send back: by SKU, or one of the first line that left. */
function wanted(shop: Shop, order: Order, { lines }: NewReturn): ReturnWish["lines"] {
  const free = returnables(order);
  const reason = shop.random.pick(reasons.filter(({ deleted }) => !deleted));
  const wish = (from: Returnable, quantity: number) => ({
    from,
    quantity,
    reasonId: reason.id,
    reasonNote: "",
    customerNote: null,
  });
  const [first] = free;
  if (!first) throw new Error(`order ${order.name} has nothing that could be returned`);
  if (!lines) return [wish(first, 1)];
  return lines.flatMap(({ sku, quantity }) => {
    let left = quantity;
    const taken = free
      .filter(({ line }) => lineOf(order, line.lineId).sku === sku)
      .flatMap((from) => {
        const units = Math.min(left, from.quantity);
        left -= units;
        return units > 0 ? [wish(from, units)] : [];
      });
    if (left > 0)
      throw new Error(`order ${order.name} has no ${quantity} of ${sku} that could be returned`);
    return taken;
  });
}
