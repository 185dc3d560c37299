import type { ShopView } from "../../../simulator/shop.js";
import { isManual } from "../webhooks/payload-parts.js";
import { disposedUnits } from "./returning.js";
import { gid, idOf, type Shop } from "./shop.js";
import { financialStatus, fulfillmentStatus } from "./status.js";
import { currentTotals, plain, sum } from "./totals.js";

/** The shop's truth about one order; amounts are in the currency that the customer paid in. */
export function viewOrder(shop: Shop, given: string): ShopView | null {
  const order = shop.order(idOf("Order", given) ?? given);
  if (!order) return null;
  const status = [
    order.cancelledAt && "CANCELLED",
    financialStatus(order, shop.now()),
    fulfillmentStatus(order),
  ];
  return {
    orderId: gid("Order", order.id),
    number: order.name,
    status: status.filter(Boolean).join(" "),
    total: plain(currentTotals(order).total.presentment, order.currency),
    currency: order.currency,
    deleted: false,
    lines: order.lines.map(({ id, sku, quantity }) => ({ id: gid("LineItem", id), sku, quantity })),
    shipments: order.fulfillments.map(({ id, status: how, lines, tracking }) => ({
      id: gid("Fulfillment", id),
      canceled: how === "CANCELLED",
      lines: lines.map(({ lineId, quantity }) => ({ lineId: gid("LineItem", lineId), quantity })),
      tracking: tracking.flatMap(({ number }) => number ?? []),
    })),
    refunds: order.refunds.map(({ id, lines, transactionIds }) => {
      const money = order.transactions.filter(
        (each) => transactionIds.includes(each.id) && each.status !== "FAILURE",
      );
      return {
        id: gid("Refund", id),
        amount: plain(sum(money.map(({ amount }) => amount)).presentment, order.currency),
        lines: lines.map(({ lineId, quantity }) => ({ lineId: gid("LineItem", lineId), quantity })),
        moved: money.some((each) => each.status === "SUCCESS" && !isManual(each)),
      };
    }),
    returns: order.returns.map((row) => ({
      id: gid("Return", row.id),
      status: row.status,
      lines: row.lines.map((line) => ({
        lineId: gid("LineItem", line.lineId),
        requested: line.quantity,
        received: Math.max(line.processed, disposedUnits(row, line)),
      })),
    })),
    stock: Object.fromEntries(
      shop.data.products.flatMap(({ variants }) =>
        variants.map(({ sku, available }) => [sku, available]),
      ),
    ),
  };
}
