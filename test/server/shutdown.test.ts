import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createLifetime } from "../../src/server/shutdown.js";

function watched(patienceMs?: number) {
  const lines: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
  return { lifetime: createLifetime(log, patienceMs), logged: () => lines.join("") };
}

describe("a lifetime", () => {
  it("ends what was started last first, one after the other", async () => {
    const { lifetime } = watched();
    const ended: string[] = [];
    lifetime.add("database", async () => ended.push("database"));
    lifetime.add("server", async () => {
      await new Promise((resolve) => setImmediate(resolve));
      ended.push("server");
    });
    await lifetime.end();
    expect(ended).toEqual(["server", "database"]);
  });

  it("ends once, whoever asks", async () => {
    const { lifetime } = watched();
    let times = 0;
    lifetime.add("server", async () => ++times);
    await Promise.all([lifetime.end(), lifetime.end()]);
    await lifetime.end();
    expect(times).toBe(1);
  });

  it("goes on past a part that fails or hangs, and says which", async () => {
    const { lifetime, logged } = watched(20);
    let ended = false;
    lifetime.add("database", async () => {
      ended = true;
    });
    lifetime.add("worker", () => new Promise(() => undefined));
    lifetime.add("server", async () => {
      throw new Error("the socket is gone");
    });
    await lifetime.end();
    expect(ended).toBe(true);
    expect(logged()).toMatch(/"part":"server".*the socket is gone/);
    expect(logged()).toMatch(/"part":"worker".*did not end in time/);
  });
});
