import { definitions } from "./columns.js";

/** What the environment can say, as a help text tells it; README.md has the same in full. */
const VARIABLES = {
  PORT: "where it listens; 0 takes any free port (4000)",
  HOST: "the address it listens on (127.0.0.1)",
  PUBLIC_URL: "https address at which shops reach this gateway; without it they are polled",
  DATABASE_URL: "PostgreSQL 17 or later, as the database's owner (an embedded one under DATA_DIR)",
  DATABASE_POOL: "connections for requests; half as many more for its own work (10)",
  GATEWAY_KEYS: "seals the shops' credentials; required with DATABASE_URL (kept in DATA_DIR)",
  REDIS_URL: "wakes many gateways on one database (PostgreSQL's notifications)",
  DATA_DIR: "what this machine keeps (.data)",
  BOOTSTRAP_API_KEY: "the first API key of an empty database, 24 characters or more",
  LOG_LEVEL: "fatal, error, warn, info, debug, trace or silent (info)",
  ALLOW_PRIVATE_HOSTS: "true lets shops be on private addresses, as simulated ones are (false)",
  SIMULATOR_PORTS: "ports of the demo's shops, shopify:4101,magento:4103 (those after PORT)",
  DRAIN_MS: "milliseconds that a shutdown waits for each part (10000)",
  SWEEP_HOURS: "hours from one sweep for missed orders to the next (24)",
} as const;

/** A variable of the environment. */
export type VariableName = keyof typeof VARIABLES;

/** Every variable there is. */
export const ALL_VARIABLES = Object.keys(VARIABLES) as VariableName[];

/** A paragraph for a help text that tells of these variables, with the default of each in parentheses. */
export function variablesHelp(names: readonly VariableName[] = ALL_VARIABLES): string {
  const told = definitions(names.map((name) => [name, VARIABLES[name]]));
  return `\nRead from the environment (default):\n${told}`;
}
