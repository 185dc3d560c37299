import { isDeepStrictEqual } from "node:util";
import type { OrderDocument } from "./document.js";
import type { Change } from "./event.js";

/** Values under these never enter the log; carriers' messages name who signed, holds who placed them. */
const PERSONAL =
  /^(customer|email|phone|shippingAddress|billingAddress|notes|attributes)(\.|$)|\.(destination|properties|note|reason|by|message)(\.|$)/;

/** Every changed value between two documents, by path; list members go by their id, lists without ids as a whole. */
export function diff(before: OrderDocument, after: OrderDocument): Change[] {
  return diffValue("", before, after);
}

/** Every changed value between two values that stand at a path. */
export function diffValue(path: string, before: unknown, after: unknown): Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (PERSONAL.test(path)) return [{ path, before: null, after: null }];
  if (isRecord(before) && isRecord(after))
    return keysOf(before, after).flatMap((key) =>
      diffValue(join(path, key), before[key], after[key]),
    );
  if (isIdList(before) && isIdList(after)) {
    const was = byId(before);
    const is = byId(after);
    const changes = keysOf(was, is).flatMap((key) => diffValue(join(path, key), was[key], is[key]));
    const moved = !isDeepStrictEqual(shared(was, is), shared(is, was));
    return moved || changes.length === 0
      ? [...changes, { path, before: Object.keys(was), after: Object.keys(is) }]
      : changes;
  }
  return [{ path, before: cleaned(before), after: cleaned(after) }];
}

/** A whole part that came or went is told by its id, so that nothing personal in it enters the log. */
function cleaned(value: unknown): unknown {
  if (isRecord(value)) return "id" in value ? value.id : null;
  if (Array.isArray(value) && value.some(isRecord)) return null;
  return value ?? null;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/** Keys of `a` that `b` has too, in the order of `a`. */
function shared(a: object, b: object): string[] {
  return Object.keys(a).filter((key) => Object.hasOwn(b, key));
}

function keysOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isIdList(value: unknown): value is { id: string }[] {
  return (
    Array.isArray(value) && value.every((item) => isRecord(item) && typeof item.id === "string")
  );
}

function byId(items: { id: string }[]): Record<string, unknown> {
  return Object.fromEntries(items.map((item) => [item.id, item]));
}
