import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Config } from "../config.js";
import { connectorOf } from "../connectors/index.js";
import type { SimulatedShop } from "../connectors/simulator/shop.js";
import { type ShopOptions, simulators } from "../connectors/simulators.js";
import { GatewayError } from "../domain/errors.js";
import { readMemory } from "./memory.js";

/** A simulated shop that is open, as the demo connects it. */
export interface Shop {
  platform: string;
  name: string;
  url: string;
  settings: Record<string, unknown>;
  /** Whether it is where it was when it was last connected. */
  moved: boolean;
}

/** Often enough that a subscription shows something within seconds, seldom enough to be read. */
const LIFE_EVERY_MS = 2_500;
const ORDERS = 250;

/**
 * Opens one shop of each platform, with the state it had and where it was. A port that is taken is left for a free one,
 * unless it was asked for.
 */
export async function openShops(
  config: Config,
  log: Logger,
  add: (name: string, end: () => Promise<unknown>) => void,
): Promise<Shop[]> {
  const folder = join(config.dataDir, "shops");
  await mkdir(folder, { recursive: true });
  const memory = join(folder, "ports.json");
  const remembered = await readMemory<Record<string, number>>(memory);
  const opening = Object.entries(simulators).map(async ([name, start], index) => {
    const asked = config.simulatorPorts[name];
    const usual = config.port === 0 ? 0 : config.port + 1 + index;
    const shop = await openAt(asked ?? remembered[name] ?? usual, asked !== undefined, (port) =>
      start({
        ...optionsOf(index),
        port,
        stateFile: join(folder, `${name}.json`),
        log: (message) => log.debug({ shop: name }, message),
      }),
    );
    add(name, shop.stop);
    return [name, shop] as const;
  });
  const shops = await Promise.all(opening);
  const ports = Object.fromEntries(
    shops.map(([name, { url }]) => [name, Number(new URL(url).port)]),
  );
  await writeFile(memory, JSON.stringify(ports));
  return shops.map(([name, { url, settings }]) => ({
    platform: name.toUpperCase(),
    name: `${connectorOf(name.toUpperCase())?.name ?? name} demo shop`,
    url,
    settings,
    moved: remembered[name] !== undefined && remembered[name] !== ports[name],
  }));
}

/** The Magento shop is an Adobe Commerce, so that returns can be seen in a shop of each kind: its own there and at Shopify, kept by the gateway elsewhere. */
function optionsOf(index: number): ShopOptions {
  return {
    edition: "commerce",
    seed: index + 1,
    orders: ORDERS,
    plan: "wide",
    relaxedDelivery: true,
    lifeEveryMs: LIFE_EVERY_MS,
  };
}

async function openAt(
  port: number,
  asked: boolean,
  start: (port: number) => Promise<SimulatedShop>,
): Promise<SimulatedShop> {
  try {
    return await start(port);
  } catch (error) {
    const reason =
      error instanceof Error ? (error.cause as NodeJS.ErrnoException)?.code : undefined;
    if (reason !== "EADDRINUSE" && reason !== "EACCES") throw error;
    if (!asked) return start(0);
    throw new GatewayError(
      "INTERNAL",
      `Port ${port}, which SIMULATOR_PORTS asks for, is taken: free it or ask for another`,
      { cause: error },
    );
  }
}
