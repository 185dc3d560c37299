import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../../../", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), "utf8");

it("every quirk in the connector's README names tests that there are", () => {
  const readme = read("src/connectors/woocommerce/README.md");
  const named = [...readme.matchAll(/`([\w/-]+\.test\.ts)`: (.+?)(?=<br>| \|)/g)];
  expect(named.length).toBeGreaterThan(70);
  const missing = named.filter(([, file = "", words = ""]) => {
    const text = read(`test/connectors/woocommerce/${file}`);
    return !text.includes(`"${words}"`);
  });
  expect(missing.map(([all]) => all)).toEqual([]);
});
