import {
  type Capability,
  CHANNEL_OPERATIONS,
  type ChannelOperation,
  type Connector,
  type Support,
} from "../domain/channel.js";

type Told = Pick<Connector, "name" | "capabilities">;

const WORDS: Readonly<Record<Support, string>> = {
  NATIVE: "yes",
  EMULATED: "emulated",
  PARTIAL: "partly",
  NONE: "no",
};

/** What every platform can do at best, as a table in Markdown: a row an operation, a column a platform. */
export function capabilityOverview(connectors: readonly Told[]): string {
  const rows = CHANNEL_OPERATIONS.map((operation) => [
    `\`${operation}\``,
    ...connectors.map(({ capabilities }) => WORDS[supportOf(capabilities, operation)]),
  ]);
  return table(["", ...connectors.map(({ name }) => name)], rows);
}

/** What one platform can do at best, within which limits and with which permissions, as a table in Markdown. */
export function capabilityDetails({ capabilities }: Told): string {
  const rows = CHANNEL_OPERATIONS.map((operation) => {
    const found = capabilities.find((each) => each.operation === operation);
    const words = [...(found?.constraints ?? []), ...(found?.note ? [found.note] : [])];
    const scopes = found?.support === "NONE" ? [] : (found?.requiredScopes ?? []);
    return [
      `\`${operation}\``,
      WORDS[found?.support ?? "NONE"],
      words.join("; "),
      scopes.join(", "),
    ];
  });
  return table(["", "", "limits and notes", "permission"], rows);
}

function supportOf(capabilities: readonly Capability[], operation: ChannelOperation): Support {
  return capabilities.find((each) => each.operation === operation)?.support ?? "NONE";
}

function table(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
