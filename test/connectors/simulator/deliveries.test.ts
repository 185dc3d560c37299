import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createDeliveries,
  type Deliveries,
  type Delivery,
  type DeliveryPolicy,
} from "../../../src/connectors/simulator/deliveries.js";
import { createFaults, type Faults } from "../../../src/connectors/simulator/faults.js";

const received: string[] = [];
const heads: IncomingHttpHeaders[] = [];
let statuses: number[] = [];
const receiver = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    received.push(body);
    heads.push(request.headers);
    response.writeHead(statuses.shift() ?? 200).end();
  });
});
let faults: Faults;
let deliveries: Deliveries;
let switchedOff: string[];

function open(policy: Partial<DeliveryPolicy> = {}) {
  faults = createFaults();
  switchedOff = [];
  deliveries = createDeliveries({
    faults,
    switchOff: (subscription) => switchedOff.push(subscription),
    policy: {
      delayMs: 60_000,
      retryDelaysMs: [],
      timeoutMs: 1_000,
      succeeds: (status) => status < 300,
      failuresToSwitchOff: 3,
      concurrency: 1,
      ...policy,
    },
  });
}
function tell(body: string | (() => string | null), more: Partial<Delivery> = {}) {
  deliveries.enqueue({
    subscription: "1",
    topic: "order.updated",
    url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
    body: typeof body === "string" ? () => body : body,
    headers: () => ({ "content-type": "text/plain" }),
    ...more,
  });
}

beforeEach(async () => {
  received.length = 0;
  heads.length = 0;
  statuses = [];
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  await deliveries.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

describe("a simulated shop's webhook outbox", () => {
  it("lets what waits leave at once when asked to settle", async () => {
    open();
    tell("a");
    tell("b");
    expect(received).toEqual([]);
    await deliveries.settled();
    expect(received).toEqual(["a", "b"]);
  });

  it("merges what waits under one key and builds the body only when it leaves", async () => {
    open();
    let state = "pending";
    tell(() => state, { key: "order 1" });
    tell(() => state, { key: "order 1" });
    state = "completed";
    await deliveries.settled();
    expect(received).toEqual(["completed"]);
  });

  it("sends nothing where there is nothing left to tell", async () => {
    open();
    tell(() => null);
    await deliveries.settled();
    expect(received).toEqual([]);
  });

  it("tries again on the policy's schedule with the body of the first attempt", async () => {
    open({ retryDelaysMs: [0, 0], failuresToSwitchOff: 9 });
    statuses = [500, 503, 200];
    let built = 0;
    tell(() => `body ${++built}`);
    await deliveries.settled();
    expect(received).toEqual(["body 1", "body 1", "body 1"]);
    expect(deliveries.failures("1")).toBe(0);
  });

  it("does not wait for a retry that is not due", async () => {
    open({ retryDelaysMs: [60_000] });
    statuses = [500];
    tell("a");
    await deliveries.settled();
    expect(received).toEqual(["a"]);
    expect(deliveries.failures("1")).toBe(1);
  });

  it("switches a subscription off after failures in a row and forgets what waited for it", async () => {
    open();
    statuses = [500, 200, 500, 500, 500];
    for (const body of ["a", "b", "c", "d", "e", "f"]) tell(body);
    await deliveries.settled();
    expect(received).toEqual(["a", "b", "c", "d", "e"]);
    expect(switchedOff).toEqual(["1"]);
  });

  it("switches a subscription off after a delivery's last attempt, where the policy says so", async () => {
    open({ retryDelaysMs: [0], failuresToSwitchOff: 99, lastFailureSwitchesOff: true });
    statuses = [500, 500, 200];
    tell("a");
    await deliveries.settled();
    expect(received).toEqual(["a", "a"]);
    expect(switchedOff).toEqual(["1"]);
  });

  it("makes the headers of an attempt anew, and keeps the others", async () => {
    open({ retryDelaysMs: [0, 0], failuresToSwitchOff: 9 });
    statuses = [500, 500, 200];
    let made = 0;
    let attempts = 0;
    tell("a", {
      headers: () => ({ "x-made": String(++made) }),
      attemptHeaders: (body) => ({ "x-attempt": `${body} ${++attempts}` }),
    });
    await deliveries.settled();
    const sent = heads.map((each) => [each["x-made"], each["x-attempt"]]);
    expect(sent).toEqual([
      ["1", "a 1"],
      ["1", "a 2"],
      ["1", "a 3"],
    ]);
  });

  it("counts a receiver that cannot be reached as a failure and never throws", async () => {
    open({ failuresToSwitchOff: 1 });
    tell("a", { url: "http://127.0.0.1:1/" });
    await deliveries.settled();
    expect(switchedOff).toEqual(["1"]);
  });

  it("drops, doubles and delays by fault, a late body being overtaken by a newer one", async () => {
    open();
    faults.add({ kind: "webhook-drop", match: "order.created", count: 1 });
    faults.add({ kind: "webhook-double", match: "order.deleted", count: 1 });
    faults.add({ kind: "webhook-late", match: "order.updated", count: 1, ms: 150 });
    tell("dropped", { topic: "order.created" });
    tell("late");
    tell("doubled", { topic: "order.deleted" });
    tell("newer");
    await deliveries.settled();
    expect(received).toEqual(["doubled", "doubled", "newer", "late"]);
  });
});
