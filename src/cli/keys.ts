import { Command, Option } from "commander";
import type { Config } from "../config.js";
import { InvalidInput } from "../domain/errors.js";
import { SCOPES, type Scope } from "../domain/scope.js";
import type { ApiKey } from "../store/read/api-key.js";
import { columns, definitions } from "./columns.js";
import { atDesk, operatorOf, refuse } from "./operator.js";
import { SCOPE_MEANINGS } from "./scopes.js";
import { variablesHelp } from "./variables.js";

interface CreateOptions {
  client: string;
  name?: string;
  scope: Scope[];
  channel?: string[];
  expires?: string;
}

/** `keys list | create | revoke`. */
export function keysCommand(readConfig: () => Config): Command {
  const keys = new Command("keys")
    .description("make API keys, list and revoke them; works while the gateway runs")
    .addHelpText("after", () => variablesHelp(["DATABASE_URL", "GATEWAY_KEYS", "DATA_DIR"]));
  keys
    .command("list")
    .description("all keys, revoked ones included; a key itself is never shown again")
    .option("--json", "for programs: a JSON list with everything", false)
    .action(({ json }: { json: boolean }) =>
      atDesk(readConfig(), async ({ tenantId, keys }) => {
        const all = await keys.list(operatorOf(tenantId));
        if (json) return console.log(JSON.stringify(all, null, 2));
        if (all.length === 0) return console.error("There is no key yet: keys create --help");
        print(all);
      }),
    );
  keys
    .command("create")
    .description("make a key and print it; it is never shown again")
    .requiredOption("--client <name>", "the integration it belongs to, stable over its keys")
    .option("--name <name>", "what people call this key (default: the client's name)")
    .addOption(
      new Option("--scope <scopes...>", "what it may do, one or several")
        .choices(SCOPES)
        .default([...SCOPES], "everything"),
    )
    .option("--channel <ids...>", "the only channels it sees (default: all)")
    .option("--expires <when>", "a moment such as 2027-01-01T00:00:00Z (default: never)")
    .addHelpText("after", createHelp)
    .action(async (options: CreateOptions) => {
      const { client, name = client, scope, channel = null, expires } = options;
      const expiresAt = expires === undefined ? null : momentOf(expires);
      await atDesk(readConfig(), async ({ tenantId, apiKeys }) => {
        const wish = { client, name, scopes: scope, channelIds: channel, expiresAt };
        const { key, errors } = await apiKeys.create(operatorOf(tenantId), wish);
        refuse(errors);
        console.log(key);
      });
    });
  keys
    .command("revoke")
    .description("end a key at once, its open sockets too")
    .argument("<id>", "its id as `keys list` shows it, key_…")
    .action((id: string) =>
      atDesk(readConfig(), async ({ tenantId, keys, apiKeys }) => {
        const operator = operatorOf(tenantId);
        const { errors } = await apiKeys.revoke(operator, id);
        refuse(errors);
        print((await keys.list(operator)).filter((key) => key.id === id));
      }),
    );
  return keys;
}

function createHelp(): string {
  const meanings = definitions(Object.entries(SCOPE_MEANINGS));
  return `\nScopes:\n${meanings}\n\n  tributary keys create --client website --scope ORDERS_READ EVENTS_READ`;
}

function momentOf(text: string): Date {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) {
    throw new InvalidInput(`--expires ${text} is no moment: write it as 2027-01-01T00:00:00Z`);
  }
  return moment;
}

function print(keys: readonly ApiKey[]) {
  console.log(
    columns(
      keys.map(({ id, client, name, prefix, scopes, expiresAt, lastUsedAt, revokedAt }) => ({
        id,
        client,
        name,
        key: `${prefix}…`,
        "last used": momentText(lastUsedAt) ?? "never",
        ends: revokedAt ? `revoked ${momentText(revokedAt)}` : (momentText(expiresAt) ?? "never"),
        scopes: scopes.length === SCOPES.length ? "all" : scopes.join(" "),
      })),
    ),
  );
}

const momentText = (moment: Date | null) => moment?.toISOString().replace(/\.\d+Z$/, "Z") ?? null;
