import { Argument, Command, InvalidArgumentError, Option } from "commander";
import {
  MAGENTO_EDITIONS,
  type MagentoEdition,
  type SimulatorName,
  simulators,
  WOO_FULFILLMENTS,
  type WooFulfillments,
} from "../connectors/simulators.js";
import { createLog } from "../log.js";
import { createLifetime, endOnSignals } from "../server/shutdown.js";

interface SimulateOptions {
  port: number;
  orders: number;
  seed: number;
  stateFile?: string;
  everyMs?: number;
  strict: boolean;
  fulfillments: WooFulfillments;
  edition: MagentoEdition;
}

/** `simulate <platform>`: one shop, to connect a gateway to or to test a client against. */
export function simulateCommand(): Command {
  return new Command("simulate")
    .description(
      "open one simulated shop; prints the settings for `channels connect`, what it does goes to standard error",
    )
    .addArgument(
      new Argument("<platform>", "which software the shop runs").choices(Object.keys(simulators)),
    )
    .option("--port <port>", "TCP port on 127.0.0.1, 0 for any free one", whole, 0)
    .option("--orders <count>", "orders it has at first start", whole, 250)
    .option("--seed <number>", "the same seed gives the same shop", whole, 1)
    .option("--state-file <file>", "keeps the shop over restarts (default: in memory)")
    .option(
      "--every-ms <ms>",
      "milliseconds between two things that happen by themselves (default: nothing happens)",
      whole,
    )
    .option(
      "--strict",
      "the real platform's limits: slow plan, webhooks to public https only",
      false,
    )
    .addOption(
      new Option(
        "--fulfillments <kind>",
        "how a WooCommerce shop keeps shipments; most real ones have none",
      )
        .choices(WOO_FULFILLMENTS)
        .default("core"),
    )
    .addOption(
      new Option("--edition <edition>", "of Magento; commerce is Adobe Commerce, which has returns")
        .choices(MAGENTO_EDITIONS)
        .default("community"),
    )
    .addHelpText(
      "after",
      "\nSwitch faults on and off while it runs:\n" +
        '  curl -d \'{"kind":"500","count":3,"match":"POST /wp-json"}\' http://127.0.0.1:PORT/_faults\n' +
        "  curl -X DELETE http://127.0.0.1:PORT/_faults\n\n" +
        "kind     latency, 429, 500, timeout-before, timeout-after (the shop does it and never answers),\n" +
        "         late (never answers, and does it at POST /_late), webhook-drop, webhook-double, webhook-late\n" +
        'match    only requests or topics whose name holds this, such as "mutation FulfillmentCreate"\n' +
        "count    so many times, then it switches itself off\n" +
        "ms       how long, for latency, late and webhook-late\n\n" +
        "People act in the shop by POST /_acts/<act> with a JSON list of arguments, ids as the shop has them:\n" +
        "  curl -d '[]' http://127.0.0.1:PORT/_acts/placeOrder\n" +
        '  curl -d \'["1001",{"amount":"5.00"}]\' http://127.0.0.1:PORT/_acts/refund\n\n' +
        "acts     placeOrder, pay, edit, hold, ship, moveParcel, cancel, refund, deleteOrder, and where the\n" +
        "         platform has returns askReturn, receiveReturn",
    )
    .action(simulate);
}

async function simulate(platform: SimulatorName, options: SimulateOptions): Promise<void> {
  const { port, orders, seed, stateFile, everyMs, strict, fulfillments, edition } = options;
  const log = createLog("info", process.stderr);
  const lifetime = createLifetime(log);
  endOnSignals(lifetime.end, { log });
  const shop = await simulators[platform]({
    port,
    orders,
    seed,
    plan: strict ? "standard" : "wide",
    relaxedDelivery: !strict,
    ...(stateFile !== undefined && { stateFile }),
    ...(everyMs !== undefined && { lifeEveryMs: everyMs }),
    fulfillments,
    edition,
    log: (message) => log.info(message),
  });
  lifetime.add("shop", shop.stop);
  console.log(JSON.stringify(shop.settings, null, 2));
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}
