import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { refusal, verdictOf, type WooAnswer } from "../../../src/connectors/woocommerce/refusal.js";
import { specsDir } from "../../support/specs.js";
import { recorded } from "./records.js";

const answer = (status: number, body: unknown): WooAnswer => ({
  status,
  body,
  headers: new Headers(),
  retryAfterMs: null,
});

describe("an answer to a write", () => {
  it.each([
    [200, { id: 1 }, "done"],
    [200, undefined, "unknown"],
    [403, undefined, "refused"],
    [409, { code: "x", message: "y" }, "unknown"],
    [429, undefined, "refused"],
    [500, { code: "internal_server_error", message: "critical" }, "unknown"],
    [
      500,
      { code: "woocommerce_rest_cannot_create_order_refund", message: "cURL error 28", data: 500 },
      "unknown",
    ],
    [503, undefined, "unknown"],
    [504, undefined, "unknown"],
  ])("of %i with %j is %s", (status, body, verdict) => {
    expect(verdictOf(answer(status, body))).toBe(verdict);
    if (verdict !== "done")
      expect(refusal(answer(status, body), "POST shop.example/x").mayHaveHappened).toBe(
        verdict === "unknown",
      );
  });

  it("may carry its code as a number and its data as anything", () => {
    const gone = answer(400, { code: 0, message: "Fulfillment not found.", data: { status: 400 } });
    expect(refusal(gone, "DELETE x")).toMatchObject({ code: "NOT_FOUND", upstreamCode: "0" });
  });

  it("says that something is gone in words of the shop's own, and in no page under 410", () => {
    const worded = { code: "woocommerce_rest_already_trashed", message: "already deleted" };
    expect(refusal(answer(410, worded), "DELETE x").code).toBe("NOT_FOUND");
    expect(refusal(answer(410, undefined), "GET x").code).toBe("CHANNEL_REJECTED");
  });

  it("that says to wait is told so", () => {
    const limited = refusal({ ...answer(429, undefined), retryAfterMs: 3000 }, "GET x");
    expect(limited).toMatchObject({
      code: "CHANNEL_RATE_LIMITED",
      retryable: true,
      retryAfterMs: 3000,
      mayHaveHappened: false,
    });
  });
});

describe.skipIf(!specsDir)("every recorded error", () => {
  const files = ["samples", "samples-9.9.5"].flatMap((folder) =>
    readdirSync(join(specsDir ?? "", "woocommerce", folder))
      .filter((name) => name.startsWith("error_"))
      .map((name) => `${folder}/${name}`),
  );

  it.each(files)("is final: %s", (file) => {
    const body = recorded(file) as { http_status?: number; data?: { status?: unknown } | number };
    const inData = typeof body.data === "object" ? Number(body.data.status) : body.data;
    const given = answer(body.http_status ?? inData ?? 400, body);
    const error = refusal(given, "POST shop.example/x");
    // 413 is no status that proves anything by itself, and nothing that we send is ever that large.
    expect(verdictOf(given)).toBe(file.includes("413") ? "unknown" : "refused");
    expect(error.upstreamCode).toBe(String((body as { code?: unknown }).code));
  });

  it.each([
    ["error_401_read_only_key", "SCOPE_NOT_GRANTED_BY_CHANNEL", /Read\/Write/],
    ["error_401_bad_secret", "SCOPE_NOT_GRANTED_BY_CHANNEL", /consumer secret does not belong/],
    [
      "error_401_oauth_bad_signature",
      "SCOPE_NOT_GRANTED_BY_CHANNEL",
      /consumer secret does not belong/,
    ],
    ["error_401_bad_key", "SCOPE_NOT_GRANTED_BY_CHANNEL", /unknown to the shop/],
    ["error_404_order", "NOT_FOUND", /Invalid ID/],
    ["error_404_fulfillment_order", "NOT_FOUND", /Invalid order ID/],
    ["error_fulfillment_not_found", "NOT_FOUND", /Fulfillment not found/],
    ["error_404_route", "CAPABILITY_NOT_SUPPORTED", /does not offer/],
    ["error_500_refund_too_much", "CHANNEL_REJECTED", /Invalid refund amount/],
    ["error_500_refund_gateway", "CHANNEL_REJECTED", /gateway for this order does not exist/],
  ])("%s means %s", (name, code, words) => {
    const body = recorded(`samples/${name}.json`);
    const status = Number(/error_(\d+)/.exec(name)?.[1] ?? 400);
    const error = refusal(answer(status, body), "POST shop.example/x");
    expect(error.code).toBe(code);
    expect(error.message).toMatch(words);
    expect(error.retryable).toBe(false);
  });
});
