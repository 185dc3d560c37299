import type { Viewer } from "../domain/scope.js";
import type { UserErrorData, Wish, WriteOptions } from "./face.js";
import { pathOf } from "./path.js";
import { basic } from "./refusal.js";
import { WAIT_MOST_MS } from "./wait.js";

/** Whether a wish moves money: it demands an idempotency key, and nothing of it is emulated unless that is said. */
export function wantsMoney(wish: Wish): boolean {
  return wish.type === "REFUND_CREATE" || (wish.type === "ORDER_CANCEL" && wish.refund);
}

/** Refuses money to a key that may not give it back, whatever else it may: money is apart from goods. */
export function checkMoneyScope(
  { scopes }: Pick<Viewer, "scopes">,
  path: string[],
): UserErrorData[] {
  if (scopes.includes("REFUNDS_WRITE")) return [];
  const message = "giving money back needs the scope REFUNDS_WRITE, which this key lacks";
  return [basic("FORBIDDEN_FIELD", message, path)];
}

/** Whether what a shop does only by emulation may be done: where nobody says, yes, but not with money. */
export function mayEmulate(wish: Wish, { allowEmulated }: WriteOptions): boolean {
  return allowEmulated ?? !wantsMoney(wish);
}

/** Clocks and time zones of carriers differ by hours, not by days. */
const DAY_MS = 24 * 3_600_000;

/** Refuses what cannot be meant, whatever the order is; asked before anything else. */
export function checkOptions(wish: Wish, options: WriteOptions): UserErrorData[] {
  const { waitTimeoutMs, idempotencyKey, deadline, dryRun } = options;
  const errors: UserErrorData[] = [];
  const wrong = (field: keyof WriteOptions, message: string) =>
    errors.push(basic("INVALID_INPUT", message, ["options", field]));
  if (idempotencyKey === null && wantsMoney(wish) && !dryRun)
    errors.push(
      basic(
        "IDEMPOTENCY_KEY_REQUIRED",
        "what moves money needs an idempotencyKey, so that it can be asked for again and is done once",
        ["options", "idempotencyKey"],
      ),
    );
  if (waitTimeoutMs !== null && (waitTimeoutMs < 0 || waitTimeoutMs > WAIT_MOST_MS))
    wrong("waitTimeoutMs", `waitTimeoutMs ${waitTimeoutMs} must be between 0 and ${WAIT_MOST_MS}`);
  const length = idempotencyKey?.trim() ? idempotencyKey.length : 0;
  if (idempotencyKey !== null && (length < 1 || length > 255))
    wrong(
      "idempotencyKey",
      `an idempotency key has 1 to 255 characters, not all of them blank; this one has ${idempotencyKey.length}`,
    );
  if (deadline !== null && Date.parse(deadline) < Date.now())
    wrong("deadline", `the deadline ${deadline} has passed already`);
  if (wish.type === "TRACKING_EVENT_ADD" && Date.parse(wish.occurredAt) > Date.now() + DAY_MS)
    errors.push(
      basic(
        "INVALID_INPUT",
        `a scan tells what has happened; ${wish.occurredAt} is more than a day ahead`,
        pathOf(wish, "occurredAt"),
      ),
    );
  return errors;
}
