import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { GatewayError } from "./domain/errors.js";
import { LOG_LEVELS, type LogLevel } from "./log.js";
import { mintKey, parseKeyRing } from "./store/seal.js";

/** Everything that is set from outside; read once, then passed on in parts. null: not set. */
export interface Config {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Where shops reach this gateway, without a slash at its end. */
  readonly publicUrl: string | null;
  /** null: an embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | null;
  /** Connections to the database for tenants' work; the system takes half as many beside them. */
  readonly databasePool: number;
  /** null: notifications go through PostgreSQL. */
  readonly redisUrl: string | null;
  readonly dataDir: string;
  /** An API key that is to exist from the first start. */
  readonly bootstrapApiKey: string | null;
  /** The key ring as text; see keepGatewayKeys for where it is null. */
  readonly gatewayKeys: string | null;
  readonly logLevel: LogLevel;
  /** Whether shops and webhook receivers may be on private and loopback addresses, as the demo's are. */
  readonly allowPrivateHosts: boolean;
  /** Ports of the demo's shops by platform in lower case; others count up from `port`. */
  readonly simulatorPorts: Readonly<Record<string, number>>;
  /** How long a shutdown waits for requests and commands that are under way. Milliseconds. */
  readonly drainMs: number;
  /** From one sweep of a shop to the next. */
  readonly sweepHours: number;
}

/** Names every variable that is wrong, all at once. The command line ends with `exitCode`. */
export class ConfigError extends GatewayError {
  readonly exitCode = 2;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      "INVALID_INPUT",
      `The configuration cannot be used:\n${problems.map((p) => `  ${p}`).join("\n")}`,
    );
    this.problems = problems;
  }
}

/** The configuration in `env`, usually process.env; an empty variable counts as unset. Throws ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const read = <Name extends keyof typeof VARIABLES>(name: Name): Value<Name> => {
    const { type, expects, secret } = VARIABLES[name] as Variable;
    const given = env[name]?.trim() || undefined;
    const result = type.safeParse(given);
    if (!result.success) {
      const own = result.error.issues.find(({ code }) => code === "custom")?.message;
      const value = secret ? "" : ` "${given}"`;
      problems.push(`${name}${value} cannot be used: ${own || `it must be ${expects}`}`);
    }
    return result.data as Value<Name>;
  };
  const config: Config = {
    host: read("HOST"),
    port: read("PORT"),
    publicUrl: read("PUBLIC_URL"),
    databaseUrl: read("DATABASE_URL"),
    databasePool: read("DATABASE_POOL"),
    redisUrl: read("REDIS_URL"),
    dataDir: read("DATA_DIR"),
    bootstrapApiKey: read("BOOTSTRAP_API_KEY"),
    gatewayKeys: read("GATEWAY_KEYS"),
    logLevel: read("LOG_LEVEL"),
    allowPrivateHosts: read("ALLOW_PRIVATE_HOSTS"),
    simulatorPorts: Object.freeze(read("SIMULATOR_PORTS")),
    drainMs: read("DRAIN_MS"),
    sweepHours: read("SWEEP_HOURS"),
  };
  if (config.databaseUrl && config.gatewayKeys === null) {
    problems.push(
      "GATEWAY_KEYS is not set, but a database of your own (DATABASE_URL) keeps sealed credentials of shops that must " +
        'outlive this machine: make a key with GATEWAY_KEYS="k1:$(openssl rand -base64 32)" and keep it safe',
    );
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

/** The key ring as text: the one given, or one of this machine, made at the first call and kept in the data folder for its owner only. */
export async function keepGatewayKeys(
  config: Pick<Config, "gatewayKeys" | "dataDir">,
): Promise<string> {
  if (config.gatewayKeys !== null) return config.gatewayKeys;
  const file = join(config.dataDir, "gateway-keys");
  await mkdir(config.dataDir, { recursive: true });
  const fresh = `${file}.${randomUUID()}`;
  await writeFile(fresh, mintKey("k1"), { mode: 0o600 });
  // Whole or not at all, and never over another: of two first starts at once both use the same key.
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(fresh);
  return readFile(file, "utf8");
}

interface Variable<T = unknown> {
  type: z.ZodType<T>;
  /** Continues "it must be …". */
  expects: string;
  /** Its value never stands in a message. */
  secret?: boolean;
}
type Value<Name extends keyof typeof VARIABLES> = z.output<(typeof VARIABLES)[Name]["type"]>;

const optional = <T>(type: z.ZodType<T>) => type.optional().transform((value) => value ?? null);
const wholeNumber = (least: number, most: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(least).max(most));
const port = wholeNumber(0, 65_535);
const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: "",
  });

const VARIABLES = {
  HOST: { type: z.string().default("127.0.0.1"), expects: "an address to listen on" },
  PORT: { type: port.default(4_000), expects: "a port from 0 to 65535 (default 4000)" },
  PUBLIC_URL: {
    type: optional(url("http:", "https:").transform((text) => text.replace(/\/+$/, ""))),
    expects: "the URL at which shops reach this gateway, such as https://orders.example.com",
  },
  DATABASE_URL: {
    type: optional(url("postgres:", "postgresql:")),
    expects: "a URL such as postgres://user:password@host:5432/database",
    secret: true,
  },
  DATABASE_POOL: {
    type: wholeNumber(1, 200).default(10),
    expects: "a number of connections from 1 to 200 (default 10)",
  },
  REDIS_URL: {
    type: optional(url("redis:", "rediss:")),
    expects: "a URL such as redis://:password@host:6379",
    secret: true,
  },
  DATA_DIR: { type: z.string().default(".data"), expects: "a folder (default .data)" },
  BOOTSTRAP_API_KEY: {
    type: optional(z.string().min(24)),
    expects: "at least 24 characters that nobody can guess",
    secret: true,
  },
  GATEWAY_KEYS: {
    type: optional(z.string().superRefine(checkKeyRing)),
    expects: "keys of 32 bytes in base64 with names, newest first: k2:…,k1:…",
    secret: true,
  },
  LOG_LEVEL: {
    type: z.enum(LOG_LEVELS).default("info"),
    expects: `one of ${LOG_LEVELS.join(", ")} (default info)`,
  },
  ALLOW_PRIVATE_HOSTS: {
    type: z
      .enum(["true", "false", "1", "0"])
      .default("false")
      .transform((text) => text === "true" || text === "1"),
    expects: "true or false (default false)",
  },
  SIMULATOR_PORTS: {
    type: z
      .string()
      .default("")
      .transform((text) => Object.fromEntries(text.split(",").filter(Boolean).map(nameAndRest)))
      .pipe(z.record(z.string().regex(/^[a-z]+$/), port)),
    expects: "ports by platform, such as shopify:4101,woocommerce:4102",
  },
  DRAIN_MS: {
    type: wholeNumber(0, 600_000).default(10_000),
    expects: "milliseconds from 0 to 600000 (default 10000)",
  },
  SWEEP_HOURS: {
    type: wholeNumber(1, 168).default(24),
    expects: "hours from 1 to 168 (default 24)",
  },
} satisfies Record<string, Variable>;

function checkKeyRing(text: string, context: z.RefinementCtx<string>) {
  try {
    parseKeyRing(text);
  } catch (error) {
    context.addIssue({
      code: "custom",
      message: error instanceof GatewayError ? error.message : "unreadable",
    });
  }
}

function nameAndRest(entry: string): [string, string] {
  const [name = "", ...rest] = entry.trim().split(":");
  return [name, rest.join(":")];
}
