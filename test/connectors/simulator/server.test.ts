import { afterEach, describe, expect, it } from "vitest";
import { createFaults } from "../../../src/connectors/simulator/faults.js";
import { type Listening, listen } from "../../../src/connectors/simulator/server.js";
import type { Acts } from "../../../src/connectors/simulator/shop.js";
import { untilAnswerIsLost } from "../lost-answer.js";

let server: Listening;
let handled: string[];
afterEach(() => server.close());

async function start(acts?: Acts) {
  handled = [];
  const faults = createFaults();
  server = await listen({
    faults,
    nameOf: ({ method, path }) => `${method} ${path}`,
    handler: ({ path, url, body }) => {
      handled.push(path);
      return { status: 200, body: `${url.search}|${body.toString()}` };
    },
    ...(acts && { acts }),
  });
  return faults;
}
const post = (path: string, value: unknown) =>
  fetch(server.url + path, { method: "POST", body: JSON.stringify(value) });

describe("a simulated shop's server", () => {
  it("hands the request to the platform and records the call", async () => {
    await start();
    const response = await fetch(`${server.url}/a?b=1`, { method: "PUT", body: "raw" });
    expect(await response.text()).toBe("?b=1|raw");
    expect(server.calls()).toMatchObject([{ name: "PUT /a", status: 200 }]);
  });

  it("answers 429 as often as the fault says and only where its name matches", async () => {
    await start();
    const switched = await post("/_faults", { kind: "429", match: "GET /limited", count: 2 });
    expect(await switched.json()).toEqual([{ kind: "429", match: "GET /limited", count: 2 }]);
    const statuses = [];
    for (const path of ["/limited", "/free", "/limited", "/limited"]) {
      statuses.push((await fetch(server.url + path)).status);
    }
    expect(statuses).toEqual([429, 200, 429, 200]);
    expect(await (await fetch(`${server.url}/_faults`)).json()).toEqual([]);
  });

  it("does nothing and never answers under timeout-before, does the work and never answers under timeout-after", async () => {
    const faults = await start();
    faults.add({ kind: "timeout-before", match: "/before" });
    faults.add({ kind: "timeout-after", match: "/after" });
    for (const path of ["/before", "/after"])
      await expect(
        fetch(server.url + path, { signal: untilAnswerIsLost(server) }),
      ).rejects.toThrow();
    expect(handled).toEqual(["/after"]);
    expect(server.calls().map(({ status }) => status)).toEqual([0, 0]);
  });

  it("does the work under late only when it is told to, or when its time has come, and never answers", async () => {
    const faults = await start();
    const lost = (path: string) =>
      expect(fetch(server.url + path, { signal: untilAnswerIsLost(server) })).rejects.toThrow();
    faults.add({ kind: "late", match: "/late", count: 1 });
    await lost("/late");
    expect(handled).toEqual([]);
    expect(await (await post("/_late", [])).json()).toEqual({ done: 1 });
    expect(handled).toEqual(["/late"]);
    expect(await (await post("/_late", [])).json()).toEqual({ done: 0 });
    faults.add({ kind: "late", count: 1, ms: 1 });
    await lost("/soon");
    while (handled.length < 2) await new Promise(setImmediate);
    expect(handled).toEqual(["/late", "/soon"]);
    expect((await fetch(`${server.url}/_late`)).status).toBe(405);
  });

  it("says which fault kind it does not know", async () => {
    await start();
    const response = await post("/_faults", { kind: "flood" });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('\\"flood\\" is unknown');
  });

  it("performs an act with the arguments of a JSON array and tells why one failed", async () => {
    const acts: Partial<Acts> = {
      placeOrder: async (order) => ({ orderId: "7", number: order?.email ?? "?" }),
      pay: async (orderId) => Promise.reject(new Error(`order ${orderId} is paid`)),
    };
    await start(acts as Acts);
    const placed = await post("/_acts/placeOrder", [{ email: "ada.rivers@example.com" }]);
    expect(await placed.json()).toEqual({ orderId: "7", number: "ada.rivers@example.com" });
    const refused = await post("/_acts/pay", ["7"]);
    expect([refused.status, await refused.json()]).toEqual([422, { error: "order 7 is paid" }]);
    expect((await post("/_acts/toString", [])).status).toBe(404);
    expect(server.calls()).toEqual([]);
  });

  it("ends unanswered connections when it closes", async () => {
    const faults = await start();
    faults.add({ kind: "timeout-before" });
    const hanging = fetch(`${server.url}/x`);
    const failed = expect(hanging).rejects.toThrow();
    while (server.calls().length === 0) await new Promise(setImmediate);
    await server.close();
    await failed;
  });

  it("says which port is taken", async () => {
    await start();
    const again = listen({
      port: server.port,
      faults: createFaults(),
      nameOf: () => "",
      handler: () => ({ status: 200, body: "" }),
    });
    await expect(again).rejects.toThrow(`cannot listen on 127.0.0.1:${server.port}`);
  });
});
