#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { env } from "node:process";
import { Command, CommanderError, Option } from "commander";
import type { Role } from "./app.js";
import { channelsCommand } from "./cli/channels.js";
import { keysCommand } from "./cli/keys.js";
import { simulateCommand } from "./cli/simulate.js";
import { ALL_VARIABLES, variablesHelp } from "./cli/variables.js";
import { readConfig } from "./config.js";
import { GatewayError } from "./domain/errors.js";

const ROLES: readonly Role[] = ["api", "worker", "both"];

/** Shops of the demo are no part of a gateway of your own; the demo keeps to its own database and its shops are private. */
const SERVE_VARIABLES = ALL_VARIABLES.filter((name) => name !== "SIMULATOR_PORTS");
const NOT_OF_DEMO = ["DATABASE_URL", "REDIS_URL", "ALLOW_PRIVATE_HOSTS"];
const DEMO_VARIABLES = ALL_VARIABLES.filter((name) => !NOT_OF_DEMO.includes(name));

const SERVE_NOTES = `
Logs are JSON lines on standard output. /healthz answers while the process lives, /readyz while it
can serve, /metrics to a key with CHANNELS_ADMIN. SIGTERM lets what is under way finish; a second
signal ends it at once.`;

/** What the shell is told: 0 done, 1 it failed, 2 it was asked wrongly; a signal's own number where one ended it. */
const EXIT = { failed: 1, wrong: 2 } as const;

const { version } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as { version: string };
const config = () => readConfig(env);

// Each command loads its part of the program when it runs, so that help comes at once.
const program = new Command("tributary")
  .description("A GraphQL gateway for orders: many shops flow in, one schema flows out.")
  .version(version)
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError("(add --help to see how)")
  .exitOverride()
  .addHelpText("after", () => `${variablesHelp()}\n${EXIT_STATUS}`);

const EXIT_STATUS = `
Ends with 0 when done, 1 when it failed, 2 when it was asked or configured wrongly, and by the
signal itself (130, 143) where one ended it. What a program may read goes to standard output,
what went wrong to standard error.`;

program
  .command("serve")
  .description("run the gateway until a signal ends it; migrates its database first")
  .addHelpText("after", () => `${variablesHelp(SERVE_VARIABLES)}\n${SERVE_NOTES}`)
  .addOption(
    new Option("--role <role>", "api answers requests, worker talks to shops, both does both")
      .choices(ROLES)
      .default("both"),
  )
  .action(async ({ role }: { role: Role }) => {
    const { serve } = await import("./cli/serve.js");
    await serve(config(), role);
  });
program
  .command("demo")
  .description(
    "the whole world on one machine: PostgreSQL, a living simulated shop of each platform, the gateway; goes on where it ended",
  )
  .addHelpText("after", () => variablesHelp(DEMO_VARIABLES))
  .action(async () => {
    const { demo } = await import("./demo.js");
    await demo(env);
  });
program
  .command("migrate")
  .description(
    "bring the database to the shape this version expects, as serve does before it listens; safe to run from many places at once",
  )
  .addHelpText("after", () => variablesHelp(["DATABASE_URL", "GATEWAY_KEYS", "DATA_DIR"]))
  .action(async () => {
    const { migrateStore } = await import("./cli/migrate.js");
    await migrateStore(config());
    console.log("The database is up to date.");
  });
program
  .command("schema")
  .description("print the GraphQL schema, as schema/schema.graphql holds it; needs no database")
  .action(async () => {
    const { emitSchema } = await import("./graphql/schema.js");
    const { connectors } = await import("./connectors/index.js");
    process.stdout.write(emitSchema(connectors.map(({ platform }) => platform)));
  });
program.addCommand(keysCommand(config));
program.addCommand(channelsCommand(config, env));
program.addCommand(simulateCommand());
for (const command of everyCommand(program)) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = tell(error);
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** Says what went wrong, for people where they can act on it; answers the exit code. */
function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.wrong;
  if (!(error instanceof GatewayError)) {
    console.error(error);
    return EXIT.failed;
  }
  console.error(error.message);
  return error.code === "INVALID_INPUT" ? EXIT.wrong : EXIT.failed;
}
