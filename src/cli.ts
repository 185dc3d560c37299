#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { env } from "node:process";
import { Command, CommanderError, Option } from "commander";
import type { Role } from "./app.js";
import { channelsCommand } from "./cli/channels.js";
import { keysCommand } from "./cli/keys.js";
import { simulateCommand } from "./cli/simulate.js";
import { readConfig } from "./config.js";
import { GatewayError } from "./domain/errors.js";

const ROLES: readonly Role[] = ["api", "worker", "both"];

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
  .addHelpText("after", () => `\nConfiguration is read from the environment:\n${VARIABLES}`);

const VARIABLES = `  PORT, HOST           where it listens (4000, 127.0.0.1)
  DATABASE_URL         PostgreSQL 17 or later (default: an embedded one under DATA_DIR)
  GATEWAY_KEYS         seals the credentials of shops; needed with DATABASE_URL
  DATA_DIR             what this machine keeps (.data)
  PUBLIC_URL           where shops reach this gateway; without it they are polled
  REDIS_URL            for many gateways on one database
  BOOTSTRAP_API_KEY    the first API key
  LOG_LEVEL            ${"fatal error warn info debug trace silent"} (info)
  README.md has them all.`;

program
  .command("serve")
  .description("run the gateway until a signal ends it; migrates its database first")
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
    "the whole world on one machine: PostgreSQL, a living simulated shop of each platform, the gateway",
  )
  .action(async () => {
    const { demo } = await import("./demo.js");
    await demo(env);
  });
program
  .command("migrate")
  .description(
    "bring the database to the shape this version expects; safe to run from many places at once",
  )
  .action(async () => {
    const { migrateStore } = await import("./cli/migrate.js");
    await migrateStore(config());
    console.log("The database is up to date.");
  });
program
  .command("schema")
  .description("print the GraphQL schema")
  .action(async () => {
    const { emitSchema } = await import("./graphql/schema.js");
    const { connectors } = await import("./connectors/index.js");
    process.stdout.write(emitSchema(connectors.map(({ platform }) => platform)));
  });
program.addCommand(keysCommand(config));
program.addCommand(channelsCommand(config));
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
