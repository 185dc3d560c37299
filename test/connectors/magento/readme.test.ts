import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

const readme = new URL("../../../src/connectors/magento/README.md", import.meta.url);
const here = new URL("./", import.meta.url);

it("names for every quirk of Magento a test that there is", async () => {
  const text = await readFile(readme, "utf8");
  const named = [...text.matchAll(/`([\w./-]+\.test\.ts)`: (.+?)(?=<br>| \|)/g)];
  expect(named.length).toBeGreaterThan(50);
  const lost: string[] = [];
  for (const [, file = "", words = ""] of named)
    if (!(await readFile(new URL(file, here), "utf8")).includes(words))
      lost.push(`${file}: ${words}`);
  expect(lost).toEqual([]);
});
