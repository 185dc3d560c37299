import { Command } from "commander";
import { definitions } from "./columns.js";

/** What a platform's JSON Schema says of its settings, as far as a person needs it. */
interface Settings {
  properties?: Record<string, Setting>;
  required?: string[];
}
interface Setting {
  title?: string;
  description?: string;
  writeOnly?: boolean;
}

/** `channels platforms`. */
export function platformsCommand(): Command {
  return new Command("platforms")
    .description("what this build can connect to, and the settings that each shop needs")
    .option("--json", "for programs and forms: JSON Schema by platform", false)
    .action(async ({ json }: { json: boolean }) => {
      const { connectors } = await import("../connectors/index.js");
      const all = connectors.map(({ platform, ...rest }) => ({
        key: platform.toLowerCase(),
        ...rest,
      }));
      if (json) {
        const schemas = Object.fromEntries(all.map(({ key, settings }) => [key, settings]));
        console.log(JSON.stringify(schemas, null, 2));
        return;
      }
      console.log(
        all.map(({ key, name, settings }) => platformText(key, name, settings)).join("\n\n"),
      );
    });
}

function platformText(
  key: string,
  name: string,
  { properties = {}, required = [] }: Settings,
): string {
  const told = Object.entries(properties).map(([property, { title, description, writeOnly }]) => {
    const kind = [required.includes(property) ? null : "optional", writeOnly ? "secret" : null];
    const marks = kind.filter((mark) => mark !== null).join(", ");
    return [
      property,
      `${title ?? property}${marks && ` (${marks})`}. ${description ?? ""}`,
    ] as const;
  });
  return `${key} (${name})\n${definitions(told)}`;
}
