import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { createLog } from "../src/log.js";

/** A log and the entries it wrote. */
function logged() {
  const entries: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      entries.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { log: createLog("info", sink), entries };
}

it("writes the level by name and the time in UTC, and nothing below its level", () => {
  const { log, entries } = logged();
  log.debug("unheard");
  log.info({ orderId: "order_1" }, "recorded");
  expect(entries).toEqual([
    {
      level: "info",
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      orderId: "order_1",
      msg: "recorded",
    },
  ]);
});

it("takes credentials and personal data out, as deep as requests and orders hold them", () => {
  const { log, entries } = logged();
  log.info({
    authorization: "hunter2",
    req: { headers: { authorization: "hunter2", "x-api-key": "hunter2", cookie: "hunter2" } },
    channel: { settings: { any: "hunter2" }, accessToken: "hunter2" },
    order: {
      email: "hunter2",
      shippingAddress: { city: "hunter2" },
      customer: { name: "hunter2" },
    },
  });
  expect(JSON.stringify(entries)).not.toContain("hunter2");
});

it("takes them out of child loggers too", () => {
  const { log, entries } = logged();
  log.child({ channel: { password: "hunter2" } }).info({ phone: "hunter2" });
  expect(JSON.stringify(entries)).not.toContain("hunter2");
});
