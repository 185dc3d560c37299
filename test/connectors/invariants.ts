import { expect } from "vitest";
import type { MoneyBag } from "../../src/domain/money.js";
import type { Snapshot } from "../../src/domain/snapshot.js";

/** What holds of every snapshot of every platform. */
export function checkSnapshot(snapshot: Snapshot): void {
  const where = `order ${snapshot.ref.nativeId}`;
  const currency = snapshot.head?.value.totals.total.shop.currency;
  const bags: MoneyBag[] = [];
  walk(snapshot, (value, path) => {
    if (isBag(value)) bags.push(value);
    if (typeof value === "number") {
      expect(Number.isFinite(value) && value >= 0, `${where} ${path} is ${value}`).toBe(true);
    }
    if (typeof value === "string" && /(At|asOf)$/.test(path))
      expect(new Date(value).toISOString(), `${where} ${path}`).toBe(value);
  });
  for (const bag of bags) {
    if (currency) expect(bag.shop.currency, where).toBe(currency);
    expect(bag.shop.amount, where).toMatch(/^-?\d+(\.\d+)?$/);
  }
  const lines = snapshot.lines?.value;
  const fulfillments = snapshot.fulfillments?.value ?? [];
  const refunds = snapshot.refunds?.value ?? [];
  const returns = snapshot.returns?.value ?? [];
  for (const rows of [
    lines ?? [],
    fulfillments,
    refunds,
    returns,
    ...fulfillments.map((it) => it.packages),
  ]) {
    const ids = rows.map(({ nativeId }) => nativeId);
    expect(new Set(ids).size, `${where} ${ids.join(" ")}`).toBe(ids.length);
  }
  if (!lines) return;
  const known = new Set(lines.map(({ nativeId }) => nativeId));
  const parts: { lines: { lineId: string }[] }[] = [...fulfillments, ...returns, ...refunds];
  for (const { lineId } of parts.flatMap((part) => part.lines))
    expect(known, where).toContain(lineId);
}

function isBag(value: unknown): value is MoneyBag {
  return typeof value === "object" && value !== null && "shop" in value && "presentment" in value;
}

function walk(value: unknown, visit: (value: unknown, path: string) => void, path = ""): void {
  visit(value, path);
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) walk(inner, visit, `${path}.${key}`);
}
