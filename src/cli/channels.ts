import { Command } from "commander";
import type { Desk } from "../app.js";
import type { Config } from "../config.js";
import { InvalidInput } from "../domain/errors.js";
import type { ChannelRow } from "../store/channels.js";
import type { SweepFigures } from "../store/read/sweep.js";
import { columns } from "./columns.js";
import { atDesk, operatorOf, refuse } from "./operator.js";
import { platformsCommand } from "./platforms.js";
import { type Environment, readSettings, type SettingsSource, takesSettings } from "./settings.js";
import { variablesHelp } from "./variables.js";

const CHANNEL_ID = "its id as `channels list` shows it, channel_…";

/** `channels list | platforms | connect | update | pause | resume | disconnect`. */
export function channelsCommand(readConfig: () => Config, env: Environment): Command {
  const channels = new Command("channels")
    .description(
      "connect shops, list them, change, pause and disconnect them; works while the gateway runs",
    )
    .addHelpText("after", () =>
      variablesHelp(["DATABASE_URL", "GATEWAY_KEYS", "DATA_DIR", "PUBLIC_URL"]),
    );
  channels
    .command("list")
    .description("connected shops, how they are, and what is wrong where something is")
    .option("--json", "for programs: a JSON list with everything", false)
    .action(({ json }: { json: boolean }) =>
      atDesk(readConfig(), async (desk) => {
        const rows = await connected(desk);
        if (json) return console.log(JSON.stringify(await describedAll(desk, rows), null, 2));
        if (rows.length === 0)
          return console.error("No shop is connected yet: channels connect --help");
        console.log(columns(rows.map(told)));
      }),
    );
  channels.addCommand(platformsCommand());
  takesSettings(
    channels
      .command("connect")
      .description(
        "connect a shop: asks it who it is and what the key may do, registers webhooks, has all orders read; prints the channel's id",
      )
      .argument("<platform>", "which software the shop runs, as `channels platforms` names it")
      .requiredOption("--name <name>", "what people call the shop"),
  )
    .addHelpText("after", CONNECT_HELP)
    .action(async (platform: string, { name, ...source }: { name: string } & SettingsSource) => {
      const settings = await readSettings(source, env);
      if (settings === undefined) throw new InvalidInput(WHERE_SETTINGS_ARE);
      await atDesk(readConfig(), async (desk) => {
        const wish = { platform: platform.toUpperCase(), name, settings };
        const { channelId, errors } = await desk.channels.connect(operatorOf(desk.tenantId), wish);
        refuse(errors);
        console.log(channelId);
        for (const row of await connected(desk)) if (row.id === channelId) tellLimits(row);
      });
    });
  takesSettings(
    channels
      .command("update")
      .description(
        "give a shop another name, or other settings, such as a new secret; they are tried first",
      )
      .argument("<id>", CHANNEL_ID)
      .option("--name <name>", "what people call the shop"),
  ).action(async (id: string, { name, ...source }: { name?: string } & SettingsSource) => {
    const settings = (await readSettings(source, env)) ?? null;
    await atDesk(readConfig(), async ({ tenantId, channels }) => {
      refuse(
        (await channels.update(operatorOf(tenantId), id, { name: name ?? null, settings })).errors,
      );
    });
  });
  channels
    .command("pause")
    .description("leave a shop in peace: nothing is read from it, writes to it wait")
    .argument("<id>", CHANNEL_ID)
    .option("--reason <text>", "why, for people")
    .action((id: string, { reason = null }: { reason?: string | null }) =>
      atDesk(readConfig(), async ({ tenantId, channels }) => {
        refuse((await channels.pause(operatorOf(tenantId), id, { reason })).errors);
      }),
    );
  channels
    .command("resume")
    .description("go on with a paused shop; what waited is read and sent")
    .argument("<id>", CHANNEL_ID)
    .action((id: string) =>
      atDesk(readConfig(), async ({ tenantId, channels }) => {
        refuse((await channels.resume(operatorOf(tenantId), id)).errors);
      }),
    );
  channels
    .command("disconnect")
    .description(
      "end ingest and writes of a shop; its webhooks and credentials go, its orders stay",
    )
    .argument("<id>", CHANNEL_ID)
    .option("--erase-data", "also erase every order that came from it", false)
    .action((id: string, { eraseData }: { eraseData: boolean }) =>
      atDesk(readConfig(), async ({ tenantId, channels }) => {
        const { errors } = await channels.disconnect(operatorOf(tenantId), id, { eraseData });
        refuse(errors);
      }),
    );
  return channels;
}

const WHERE_SETTINGS_ARE =
  "Say where the shop's settings are: --settings <file>, --settings - for standard input, or --settings-env <variable>";

const CONNECT_HELP = `
\`channels platforms\` names the settings of each platform; README.md tells where its admin shows them.

  tributary channels connect woocommerce --name "Main shop" --settings shop.json
  vault read … | tributary channels connect woocommerce --name "Main shop" --settings -

Settings are no arguments, since those stand in the shell's history and in the list of processes.`;

async function connected({ tenantId, database }: Desk): Promise<ChannelRow[]> {
  const { listChannels } = await import("../store/channels.js");
  return database.forTenant(tenantId, (tx) => listChannels(tx, tenantId));
}

function told({ id, name, platform, health, problem, ...row }: ChannelRow) {
  const orders = `${row.backfillImported} ${row.backfillStatus.toLowerCase()}`;
  return {
    id,
    name,
    platform: platform.toLowerCase(),
    health,
    orders,
    problem: problem?.message ?? "",
  };
}

async function describedAll({ tenantId, database }: Desk, rows: readonly ChannelRow[]) {
  const { sweepFigures } = await import("../store/read/sweep.js");
  const ids = rows.map(({ id }) => id);
  const figures = await database.forTenant(tenantId, (tx) => sweepFigures(tx, { tenantId }, ids));
  const byId = new Map(figures.map((each) => [each.channelId, each]));
  return rows.map((row) => described(row, byId.get(row.id)));
}

function described(row: ChannelRow, swept: SweepFigures | undefined) {
  const { id, name, platform, platformVersion, externalUrl, currency, timezone, health, problem } =
    row;
  const { backfillStatus: status, backfillImported: imported, createdAt: connectedAt } = row;
  const backfill = { status, imported };
  const { lastReconcileAt = null, missed = 0, repaired = 0 } = swept ?? {};
  const place = { externalUrl, platformVersion, currency, timezone };
  return {
    id,
    name,
    platform,
    ...place,
    connectedAt,
    health,
    problem,
    backfill,
    sync: { lastReconcileAt, webhooksMissed24h: missed, repairedByReconcile24h: repaired },
    mayNot: denied(row),
  };
}

/** Says on standard error what a new channel cannot do, and what would mend it. */
function tellLimits(row: ChannelRow) {
  if (row.problem) console.error(`${row.problem.message}. ${row.problem.remedy}.`);
  const lacking = denied(row);
  if (lacking.length === 0) return;
  console.error("The shop does not let this key do everything:");
  console.error(
    columns(lacking.map(({ operation, needs }) => ({ operation, needs: needs.join(", ") }))),
  );
}

function denied({ capabilities }: ChannelRow) {
  return capabilities
    .filter(({ granted, support }) => !granted && support !== "NONE")
    .map(({ operation, requiredScopes }) => ({ operation, needs: requiredScopes }));
}
