import { expect, it } from "vitest";
import { DEFAULT_WRITE_OPTIONS } from "../../src/commands/face.js";
import { checkOptions } from "../../src/commands/options.js";
import { instant } from "../../src/domain/time.js";

const HOUR_MS = 3_600_000;

/** What is said of a scan that happened so many hours from now. */
function scanIn(hours: number) {
  const occurredAt = instant(new Date(Date.now() + hours * HOUR_MS));
  const scan = { packageId: "pkg_1", status: "DELIVERED", occurredAt, message: null } as const;
  return checkOptions({ type: "TRACKING_EVENT_ADD", ...scan }, DEFAULT_WRITE_OPTIONS);
}

it("takes a scan of long ago, and one of a carrier whose clock is ahead", () => {
  expect([scanIn(-10_000), scanIn(0), scanIn(23)]).toEqual([[], [], []]);
});

it("refuses a scan that is still to come", () => {
  expect(scanIn(25)).toMatchObject([{ code: "INVALID_INPUT", path: ["occurredAt"] }]);
});

it("takes no key of blanks for one", () => {
  const wish = { type: "ORDER_REFRESH", orderId: "order_1" } as const;
  const of = (idempotencyKey: string) =>
    checkOptions(wish, { ...DEFAULT_WRITE_OPTIONS, idempotencyKey });
  for (const key of ["", "   ", "k".repeat(256)])
    expect(of(key)).toMatchObject([{ code: "INVALID_INPUT", path: ["options", "idempotencyKey"] }]);
  expect(of(" k ")).toEqual([]);
});
