import type { Candidate } from "../fill.js";
import { nameOf, type Order } from "./order.js";

/** What candidates/watch.graphql answers. */
interface Data {
  /** Of shipments made through the gateway, the newest first. */
  commands: { nodes: { target: Partial<Shipped> | null }[] };
  orders: { nodes: Shipped[] };
}
interface Shipped extends Order {
  deliveryStatus: string;
  fulfillments: { packages: { tracking: { number: string } | null }[] }[];
}

/**
 * Orders with a parcel that bears a number and has not arrived: those shipped from here first, then such as somebody tells
 * where they are, then the newest change.
 */
export function parcelsToWatch({ commands, orders }: Data): Candidate[] {
  const isTold = ({ deliveryStatus }: Shipped) => deliveryStatus !== "UNKNOWN";
  return [
    ...commands.nodes.flatMap(({ target }) => (isShipped(target) ? [target] : [])),
    ...orders.nodes.filter(isTold),
    ...orders.nodes.filter((order) => !isTold(order)),
  ]
    .filter(({ deliveryStatus }) => deliveryStatus !== "DELIVERED")
    .flatMap((order) =>
      numbersOf(order)
        .slice(-1)
        .map((number) => ({ order, number })),
    )
    .map(({ order, number }) => ({
      about: `Parcel ${number} of ${nameOf(order)}.`,
      variables: { orderId: order.id },
    }));
}

const isShipped = (target: Partial<Shipped> | null): target is Shipped =>
  target?.fulfillments !== undefined;

function numbersOf({ fulfillments }: Shipped): string[] {
  return fulfillments.flatMap(({ packages }) =>
    packages.flatMap(({ tracking }) => (tracking ? [tracking.number] : [])),
  );
}
