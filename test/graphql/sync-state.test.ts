import { describe, expect, it } from "vitest";
import type { CommandStatus } from "../../src/domain/command.js";
import { orderSyncState, partSyncState } from "../../src/graphql/sync-state.js";

describe("an order's sync state", () => {
  it.each<[CommandStatus[], boolean, string]>([
    [[], false, "SYNCED"],
    [[], true, "DIVERGED"],
    [["SUCCEEDED", "FAILED"], false, "SYNCED"],
    [["FAILED", "SUCCEEDED"], true, "PUSH_FAILED"],
    [["QUEUED", "FAILED"], true, "PENDING_PUSH"],
    [["QUEUED", "IN_FLIGHT"], false, "PUSHING"],
    [["QUEUED", "IN_FLIGHT", "NEEDS_ATTENTION"], false, "OUTCOME_UNKNOWN"],
    [["OUTCOME_UNKNOWN"], false, "OUTCOME_UNKNOWN"],
    [["CANCELED"], false, "SYNCED"],
  ])("of writes %j (diverged: %s) is %s", (statuses, diverged, expected) => {
    expect(orderSyncState(statuses, diverged)).toBe(expected);
  });
});

describe("a part's sync state", () => {
  it.each<[string | null, "CHANNEL" | "GATEWAY", CommandStatus | null, string]>([
    ["1", "CHANNEL", null, "SYNCED"],
    ["1", "CHANNEL", "IN_FLIGHT", "SYNCED"],
    [null, "CHANNEL", "QUEUED", "PENDING_PUSH"],
    [null, "CHANNEL", "IN_FLIGHT", "PUSHING"],
    [null, "CHANNEL", "NEEDS_ATTENTION", "OUTCOME_UNKNOWN"],
    [null, "CHANNEL", "FAILED", "PUSH_FAILED"],
    [null, "CHANNEL", "SUCCEEDED", "SYNCED"],
    [null, "CHANNEL", "PARTIALLY_SUCCEEDED", "SYNCED"],
    [null, "GATEWAY", "SUCCEEDED", "LOCAL_ONLY"],
  ])("with native id %s of %s by a write that is %s is %s", (nativeId, owner, status, expected) => {
    expect(partSyncState({ nativeId, owner }, status)).toBe(expected);
  });
});
