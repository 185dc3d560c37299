import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const readme = readFileSync("src/connectors/shopify/README.md", "utf8");
/** "`file`: words of a test's name", once or several times in the last cell of a quirk's row. */
const named = [...readme.matchAll(/`([\w/-]+\.test\.ts)`: (.+?)(?=<br>| \|)/g)];

describe("the quirks in the README", () => {
  it("each name a test that is there", () => {
    expect(named.length).toBeGreaterThan(40);
    const absent = named.filter(
      ([, file, words]) =>
        !readFileSync(`test/connectors/shopify/${file}`, "utf8").includes(words ?? ""),
    );
    expect(absent.map(([text]) => text)).toEqual([]);
  });
});
