import type { Order } from "../domain/order.js";
import { present } from "../domain/part.js";
import { normalizeTrackingNumber } from "../domain/tracking.js";
import type { orderTexts } from "./tables.js";

type Row = typeof orderTexts.$inferInsert;
/** What an order can be found by in words. */
export type TextField = Exclude<keyof Row, "tenantId" | "orderId">;

/**
 * What an order is found by: each field a list of its values, folded, one a line between spaces, so that a pattern of
 * LIKE can tell where a value or a word begins.
 */
export function textsOf(order: Order): Record<TextField, string> {
  const { head } = order;
  const addresses = [head.shippingAddress, head.billingAddress];
  const tracked = [
    ...order.fulfillments.flatMap(({ packages }) => packages),
    ...present(order.returns).flatMap(({ shipments }) => shipments),
  ];
  return {
    number: listed([head.number]),
    sku: listed(present(order.lines).map(({ sku }) => sku)),
    tracking: listed(tracked.map(({ tracking: t }) => t && normalizeTrackingNumber(t.number))),
    tag: listed([...head.tags, ...(head.keptTags ?? [])]),
    status: listed(head.platformStatuses.map(({ value }) => value)),
    email: listed([head.email, head.customer?.email]),
    people: listed([
      head.customer?.displayName,
      ...addresses.flatMap((address) => [address?.name, address?.company]),
    ]),
  };
}

/** Text as it is compared: case and accents do not count, and any white space is one space. */
export function foldText(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s\p{C}]+/gu, " ")
    .trim();
}

/** A pattern of LIKE that holds this text wherever it stands: nothing in it is a wildcard. */
export function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** Patterns for folded text, from the strictest to the loosest. */
export const PATTERNS = {
  value: (text: string) => `%\n ${literal(text)} \n%`,
  beginOfValue: (text: string) => `%\n ${literal(text)}%`,
  beginOfWord: (text: string) => `% ${literal(text)}%`,
  anywhere: (text: string) => `%${literal(text)}%`,
} as const;

function listed(values: readonly (string | null | undefined)[]): string {
  const folded = new Set(values.flatMap((value) => (value ? foldText(value) : [])));
  folded.delete("");
  return folded.size === 0 ? "" : `\n${[...folded].map((value) => ` ${value} \n`).join("")}`;
}
