import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Command } from "commander";
import type { Desk } from "../app.js";
import type { Config } from "../config.js";
import { InvalidInput } from "../domain/errors.js";
import type { ChannelRow } from "../store/channels.js";
import { operatorOf, refuse } from "./operator.js";

/** `channels list | platforms | connect | pause | resume | disconnect`. */
export function channelsCommand(readConfig: () => Config): Command {
  const channels = new Command("channels").description(
    "list, connect, pause and disconnect shops; works while the gateway runs",
  );
  channels
    .command("list")
    .description("connected shops and how they are")
    .action(() =>
      atDesk(readConfig(), async ({ tenantId, database }) => {
        const { listChannels } = await import("../store/channels.js");
        print(await database.forTenant(tenantId, (tx) => listChannels(tx, tenantId)));
      }),
    );
  channels
    .command("platforms")
    .description("what this build can connect to, and the settings each needs (JSON Schema)")
    .action(async () => {
      const { connectors } = await import("../connectors/index.js");
      const all = connectors.map(({ platform, settings }) => [platform.toLowerCase(), settings]);
      console.log(JSON.stringify(Object.fromEntries(all), null, 2));
    });
  channels
    .command("connect")
    .description("connect a shop: asks the shop itself, registers webhooks, starts the backfill")
    .argument("<platform>", "which software the shop runs, as `channels platforms` names it")
    .requiredOption("--name <name>", "what people call the shop")
    .requiredOption(
      "--settings <file>",
      "JSON file with the shop's settings, - for standard input; arguments could be seen by others",
    )
    .action((platform: string, { name, settings }: { name: string; settings: string }) =>
      atDesk(readConfig(), async ({ tenantId, channels }) => {
        const wish = {
          platform: platform.toUpperCase(),
          name,
          settings: await readSettings(settings),
        };
        const { channelId, errors } = await channels.connect(operatorOf(tenantId), wish);
        refuse(errors);
        console.log(channelId);
      }),
    );
  channels
    .command("pause")
    .description("leave a shop in peace: nothing is read from it, writes to it wait")
    .argument("<id>", "its id as `channels list` shows it, channel_…")
    .option("--reason <text>", "why, for people")
    .action((id: string, { reason = null }: { reason?: string | null }) =>
      atDesk(readConfig(), async ({ tenantId, channels }) => {
        refuse((await channels.pause(operatorOf(tenantId), id, { reason })).errors);
      }),
    );
  channels
    .command("resume")
    .description("go on with a paused shop; what waited is read and sent")
    .argument("<id>", "its id as `channels list` shows it, channel_…")
    .action((id: string) =>
      atDesk(readConfig(), async ({ tenantId, channels }) => {
        refuse((await channels.resume(operatorOf(tenantId), id)).errors);
      }),
    );
  channels
    .command("disconnect")
    .description("end ingest and writes of a shop; its webhooks and credentials go")
    .argument("<id>", "its id as `channels list` shows it, channel_…")
    .option("--erase-data", "also erase every order that came from it", false)
    .action((id: string, { eraseData }: { eraseData: boolean }) =>
      atDesk(readConfig(), async ({ tenantId, channels }) => {
        const { errors } = await channels.disconnect(operatorOf(tenantId), id, { eraseData });
        refuse(errors);
      }),
    );
  return channels;
}

async function readSettings(file: string): Promise<unknown> {
  const given =
    file === "-"
      ? await text(process.stdin)
      : await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
          throw new InvalidInput(`${file} cannot be read (${cause.code})`, [], { cause });
        });
  try {
    return JSON.parse(given);
  } catch (cause) {
    throw new InvalidInput(`${file === "-" ? "standard input" : file} is not JSON`, [], { cause });
  }
}

function print(rows: ChannelRow[]) {
  console.table(
    rows.map(({ id, name, platform, health, backfillStatus, backfillImported, problem }) => ({
      id,
      name,
      platform,
      health,
      backfill: `${backfillStatus} ${backfillImported}`,
      problem: problem?.message ?? "",
    })),
  );
}

/** The whole program is loaded only when a command needs it, so that help comes at once. */
async function atDesk(config: Config, work: (desk: Desk) => Promise<void>): Promise<void> {
  const desk = await import("./desk.js");
  await desk.atDesk(config, work);
}
