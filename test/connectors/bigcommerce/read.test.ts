import { describe, expect, it } from "vitest";
import { readOrder } from "../../../src/connectors/bigcommerce/read.js";
import { ChannelError } from "../../../src/domain/errors.js";
import { orderBody, shop } from "./body.js";
import { before, json, noContent } from "./store.js";

/** A store that shows one order as it is now, and nothing else. */
function showing(order: () => Record<string, unknown> | Response) {
  const { api } = before(({ url }) => {
    if (url.pathname.includes("/v3/")) return json({ data: [], meta: {} });
    if (url.pathname.endsWith("/shipments")) return noContent();
    const shown = order();
    return shown instanceof Response ? shown : json(shown);
  });
  return { api, shop, now: () => new Date() };
}

describe("reading an order", () => {
  it("says that there is none while it is Incomplete, though its webhook told of it, and then reads it", async () => {
    let status_id = 0;
    const reader = showing(() => orderBody({ status_id }));
    expect(await readOrder(reader, "218")).toBeNull();
    status_id = 11;
    expect((await readOrder(reader, "218"))?.ref.nativeId).toBe("218");
  });

  it("takes ids, statuses and counts that come as text", async () => {
    const reader = showing(() => orderBody({ id: "218", status_id: "2", items_shipped: "0" }));
    const snapshot = await readOrder(reader, "218");
    expect(snapshot?.head?.value.platformStatuses[0]).toMatchObject({
      field: "status_id",
      value: "2",
      isCustom: false,
    });
  });

  it.each([
    [404, [{ status: 404, message: "The requested resource was not found." }], "gone"],
    [413, { status: 413, title: "Too large" }, "for good"],
    [423, { status: 423, title: "Locked" }, "for now"],
    [507, { status: 507, title: "Insufficient storage" }, "for now"],
  ] as const)(
    "that is answered %i is gone, refused for good or for now",
    async (status, body, what) => {
      const outcome = await readOrder(
        showing(() => json(body, status)),
        "218",
      ).catch((error: unknown) => error);
      if (what === "gone") return expect(outcome).toBeNull();
      expect(outcome).toBeInstanceOf(ChannelError);
      expect(outcome).toMatchObject({ retryable: what === "for now", httpStatus: status });
    },
  );
});
