import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError, keepGatewayKeys, readConfig } from "../src/config.js";

const ring = `k2:${randomBytes(32).toString("base64")},k1:${randomBytes(32).toString("base64")}`;

/** The error that a configuration is refused with. */
function refusal(env: Record<string, string>): ConfigError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error("it was not refused");
}

describe("readConfig", () => {
  it("needs nothing", () => {
    expect(readConfig({})).toEqual({
      host: "127.0.0.1",
      port: 4000,
      publicUrl: null,
      databaseUrl: null,
      databasePool: 10,
      redisUrl: null,
      dataDir: ".data",
      bootstrapApiKey: null,
      gatewayKeys: null,
      logLevel: "info",
      allowPrivateHosts: false,
      simulatorPorts: {},
      drainMs: 10_000,
      sweepHours: 24,
    });
  });

  it("takes every variable", () => {
    expect(
      readConfig({
        HOST: "0.0.0.0",
        PORT: "0",
        PUBLIC_URL: "https://orders.example.com/",
        DATABASE_URL: "postgres://u:p@db/tributary",
        DATABASE_POOL: "20",
        REDIS_URL: "rediss://:p@redis:6379",
        DATA_DIR: "/var/lib/t",
        BOOTSTRAP_API_KEY: "a-key-that-nobody-can-guess-0123",
        GATEWAY_KEYS: ring,
        LOG_LEVEL: "debug",
        ALLOW_PRIVATE_HOSTS: "1",
        SIMULATOR_PORTS: "shopify:4101, woocommerce:4102",
        DRAIN_MS: "0",
        SWEEP_HOURS: "6",
      }),
    ).toEqual({
      host: "0.0.0.0",
      port: 0,
      publicUrl: "https://orders.example.com",
      databaseUrl: "postgres://u:p@db/tributary",
      databasePool: 20,
      redisUrl: "rediss://:p@redis:6379",
      dataDir: "/var/lib/t",
      bootstrapApiKey: "a-key-that-nobody-can-guess-0123",
      gatewayKeys: ring,
      logLevel: "debug",
      allowPrivateHosts: true,
      simulatorPorts: { shopify: 4101, woocommerce: 4102 },
      drainMs: 0,
      sweepHours: 6,
    });
  });

  it("cannot be changed afterwards", () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
    expect(Object.isFrozen(readConfig({}).simulatorPorts)).toBe(true);
  });

  it("takes an empty variable as unset", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: " " })).toEqual(readConfig({}));
  });

  it("names every problem at once, with the value and what it must be", () => {
    const { problems, exitCode } = refusal({
      PORT: "70000",
      LOG_LEVEL: "loud",
      PUBLIC_URL: "ftp://x",
      SIMULATOR_PORTS: "shopify",
      DRAIN_MS: "1.5",
      SWEEP_HOURS: "0",
    });
    expect(exitCode).toBe(2);
    expect(problems.map((problem) => problem.split(" cannot")[0])).toEqual([
      'PORT "70000"',
      'PUBLIC_URL "ftp://x"',
      'LOG_LEVEL "loud"',
      'SIMULATOR_PORTS "shopify"',
      'DRAIN_MS "1.5"',
      'SWEEP_HOURS "0"',
    ]);
    expect(problems[0]).toBe(
      'PORT "70000" cannot be used: it must be a port from 0 to 65535 (default 4000)',
    );
  });

  it("never shows a secret's value", () => {
    const { message, problems } = refusal({
      DATABASE_URL: "mysql://u:hunter2@db",
      REDIS_URL: "hunter2",
      BOOTSTRAP_API_KEY: "hunter2",
      GATEWAY_KEYS: `k1:${Buffer.from("hunter2").toString("base64")}`,
    });
    expect(problems).toHaveLength(4);
    expect(message).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(message).toContain("has 7 bytes under k1");
  });

  it("asks for a key ring where the database outlives the machine", () => {
    const { problems } = refusal({ DATABASE_URL: "postgres://u:p@db/t" });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/GATEWAY_KEYS is not set.*openssl rand -base64 32/);
  });
});

describe("keepGatewayKeys", () => {
  it("gives the ring that was set", async () => {
    expect(await keepGatewayKeys({ gatewayKeys: ring, dataDir: "/nowhere" })).toBe(ring);
  });

  it("makes one for its owner only, and the same for all who start at once and later", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "tributary-keys-"));
    const own = { gatewayKeys: null, dataDir: join(dataDir, "deep") };
    const keys = await Promise.all([
      keepGatewayKeys(own),
      keepGatewayKeys(own),
      keepGatewayKeys(own),
    ]);
    expect(new Set([...keys, await keepGatewayKeys(own)]).size).toBe(1);
    expect((await stat(join(own.dataDir, "gateway-keys"))).mode & 0o777).toBe(0o600);
    expect(await readdir(own.dataDir)).toEqual(["gateway-keys"]);
    expect(
      readConfig({ DATABASE_URL: "postgres://u:p@db/t", GATEWAY_KEYS: keys[0] }).gatewayKeys,
    ).toBe(keys[0]);
    await rm(dataDir, { recursive: true });
  });
});
