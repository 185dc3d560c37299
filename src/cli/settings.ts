import { readFile } from "node:fs/promises";
import { stdin } from "node:process";
import { text } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { InvalidInput } from "../domain/errors.js";

/** Where settings of a shop are to be read from. */
export interface SettingsSource {
  settings?: string;
  settingsEnv?: string;
}

/** Gives a command the two ways to be told settings. Neither shows secrets to a shell's history or to a list of processes. */
export function takesSettings(command: Command): Command {
  return command
    .option("--settings <file>", "JSON file with the shop's settings, - for standard input")
    .addOption(
      new Option(
        "--settings-env <variable>",
        "environment variable that holds the same JSON",
      ).conflicts("settings"),
    );
}

/** The environment, as the process was given it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a source says; undefined where none was named. Throws InvalidInput, which never quotes what was read. */
export async function readSettings(source: SettingsSource, env: Environment): Promise<unknown> {
  const found = await open(source, env);
  if (!found) return undefined;
  try {
    return JSON.parse(found.text);
  } catch {
    // The parser's own words quote the text.
    throw new InvalidInput(`${found.name} is not JSON`);
  }
}

async function open(
  { settings, settingsEnv }: SettingsSource,
  env: Environment,
): Promise<{ name: string; text: string } | null> {
  if (settingsEnv !== undefined) {
    const held = env[settingsEnv];
    if (!held) throw new InvalidInput(`${settingsEnv} is not set in the environment`);
    return { name: settingsEnv, text: held };
  }
  if (settings === undefined) return null;
  if (settings === "-") return { name: "standard input", text: await text(stdin) };
  return { name: settings, text: await readFile(settings, "utf8").catch(unreadable(settings)) };
}

function unreadable(file: string) {
  return (cause: NodeJS.ErrnoException): never => {
    throw new InvalidInput(`${file} cannot be read (${cause.code})`, [], { cause });
  };
}
