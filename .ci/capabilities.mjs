// Writes what the built program says that platforms can do into the READMEs, between their marks.
import { readFile, writeFile } from "node:fs/promises";
import { capabilityDetails, capabilityOverview } from "../dist/connectors/capability-table.js";
import { connectors } from "../dist/connectors/index.js";

const MARKS = /(<!-- capabilities -->\n)[\s\S]*?(\n<!-- \/capabilities -->)/;

async function write(file, table) {
  const url = new URL(`../${file}`, import.meta.url);
  const text = await readFile(url, "utf8");
  if (!MARKS.test(text))
    throw new Error(`${file} lacks the marks <!-- capabilities --> and <!-- /capabilities -->`);
  await writeFile(url, text.replace(MARKS, (_, before, after) => `${before}\n${table}\n${after}`));
}

await write("README.md", capabilityOverview(connectors));
for (const connector of connectors)
  await write(
    `src/connectors/${connector.platform.toLowerCase()}/README.md`,
    capabilityDetails(connector),
  );
