import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { capabilitiesWithout } from "../src/connectors/bigcommerce/capability.js";
import { capabilityDetails, capabilityOverview } from "../src/connectors/capability-table.js";
import { connectors } from "../src/connectors/index.js";
import { READING, RETURNS, WRITING } from "../src/connectors/magento/permission.js";
import { CAPABILITIES as shopifyCapabilities } from "../src/connectors/shopify/capabilities.js";
import { refusedConnects } from "./support/refusals.js";

const root = new URL("../", import.meta.url);
const read = (file: string) => readFile(new URL(file, root), "utf8");
const all = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, found]) => found ?? "");

describe("the map of the source", () => {
  it("names only files that there are, on every platform", async () => {
    const named = all(await read("src/README.md"), /`([\w/<>-]+\.ts)`/g);
    expect(named.length).toBeGreaterThan(25);
    const paths = ["shopify", "woocommerce"].flatMap((platform) =>
      named.map((path) => path.replace("<platform>", platform)),
    );
    expect(paths.filter((path) => !existsSync(new URL(`src/${path}`, root)))).toEqual([]);
  });
});

describe("the README", () => {
  it("links only to what there is", async () => {
    const links = all(await read("README.md"), /\]\(((?!https?:)[^)#]+)\)/g);
    expect(links.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  it("shows operations that the schema knows", async () => {
    const schema = buildSchema(await read("schema/schema.graphql"));
    const shown = all(await read("README.md"), /```graphql\n([\s\S]*?)```/g);
    expect(shown.length).toBeGreaterThan(3);
    const wrong = shown.flatMap((text) => validate(schema, parse(text)));
    expect(wrong.map(({ message }) => message)).toEqual([]);
  });

  it("tells of every variable that the configuration reads, and of no other", async () => {
    const table = (await read("README.md")).match(/\| variable \|[\s\S]*?\n\n/)?.[0] ?? "";
    const told = all(table, /^\| (`[^|]+`) \|/gm).flatMap((cell) => all(cell, /`([A-Z_]+)`/g));
    expect(told.toSorted()).toEqual(
      all(await read("src/config.ts"), /read\("([A-Z_]+)"\)/g).toSorted(),
    );
  });
});

describe("the README's sections on connecting", () => {
  it("quote what the gateway really says where something is wrong", async () => {
    const readme = await read("README.md");
    const refused = await refusedConnects();
    expect(Object.keys(refused)).toHaveLength(connectors.length);
    for (const [platform, cases] of Object.entries(refused)) {
      const quoted = rowsOf(sectionOf(readme, platform), "| where this is wrong |");
      expect([platform, quoted.map(([wrong]) => wrong).toSorted()]).toEqual([
        platform,
        cases.map(({ wrong }) => wrong).toSorted(),
      ]);
      for (const { wrong, says } of cases) {
        const [, quote = ""] = quoted.find(([told]) => told === wrong) ?? [];
        expect(says).toContain(quote.replaceAll("`", ""));
      }
    }
  }, 60_000);

  it.each([
    ["Shopify", shopifyCapabilities.flatMap(({ requiredScopes }) => requiredScopes)],
    ["BigCommerce", capabilitiesWithout(new Set()).flatMap(({ requiredScopes }) => requiredScopes)],
    ["Magento", [...READING, ...WRITING, RETURNS].map(({ title }) => title)],
  ])("name every permission that %s wants", async (platform, wanted) => {
    const section = sectionOf(await read("README.md"), platform).replaceAll("*", "");
    const words = wanted.flatMap((scope) => scope.split(/ > |: | \(or .*/)).filter(Boolean);
    const missing = words.filter((word) => !section.includes(word) && !SAID_AS_ONE.has(word));
    expect(missing).toEqual([]);
  });

  it.each(connectors)("show settings that $name takes", async (connector) => {
    const section = sectionOf(await read("README.md"), connector.name);
    const [json = ""] = all(section, /```json\n([\s\S]*?)```/g);
    const context = { webhookSecret: "", probe: null, fetch };
    const settings = JSON.parse(json.replaceAll("…", "abcdefgh"));
    expect(() => connector.open(settings, context)).not.toThrow();
  });
});

describe("the connectors' READMEs", () => {
  it.each(connectors)("name for every quirk of $name tests that there are", async (connector) => {
    const platform = connector.platform.toLowerCase();
    const readme = await read(`src/connectors/${platform}/README.md`);
    const tables = readme.match(/^\| Quirk \|.*\n(?:\|.*\n)+/gm) ?? [];
    const cells = tables.flatMap((table) =>
      table
        .trim()
        .split("\n")
        .slice(2)
        .map((row) => row.split(" | ").at(-1)?.slice(0, -2) ?? ""),
    );
    expect(cells.length).toBeGreaterThan(20);
    const lost: string[] = [];
    for (const named of cells.flatMap((cell) => cell.split("<br>"))) {
      const [, file = "?", words = ""] = named.match(/^`([\w./-]+\.test\.ts)`: (.+)$/) ?? [];
      const path = new URL(`test/connectors/${platform}/${file}`, root);
      const text = existsSync(path) ? await readFile(path, "utf8") : "";
      if (words === "" || !text.includes(words)) lost.push(named);
    }
    expect(lost).toEqual([]);
  });
});

describe("the tables of capabilities", () => {
  const remedy = "run `npm run capabilities`, which writes them from the code";

  it("show in the README what every platform can do", async () => {
    expect(await read("README.md"), remedy).toContain(marked(capabilityOverview(connectors)));
  });

  it.each(connectors)("show in $name's own README within which limits", async (connector) => {
    const file = `src/connectors/${connector.platform.toLowerCase()}/README.md`;
    expect(await read(file), remedy).toContain(marked(capabilityDetails(connector)));
  });

  const marked = (table: string) => `<!-- capabilities -->\n\n${table}\n\n<!-- /capabilities -->`;
});

/** Parts of Magento's tree that stand under "Sales › Operations, with all below it". */
const SAID_AS_ONE = new Set(["Orders", "Actions", "View", "Shipments", "Invoices"]);

function sectionOf(readme: string, platform: string): string {
  const [, section = ""] = readme.split(`\n### ${platform}\n`);
  return section.split(/\n##+ /)[0] ?? "";
}

/** Cells of the table that begins with this head. */
function rowsOf(section: string, head: string): string[][] {
  const [, table = ""] = section.split(head);
  return all(table.split("\n\n")[0] ?? "", /^\| (?!---)(.+) \|$/gm).map((row) => row.split(" | "));
}
