import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

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

  it("tells of every variable that the configuration reads, and of no other", async () => {
    const table = (await read("README.md")).match(/\| variable \|[\s\S]*?\n\n/)?.[0] ?? "";
    const told = all(table, /^\| (`[^|]+`) \|/gm).flatMap((cell) => all(cell, /`([A-Z_]+)`/g));
    expect(told.toSorted()).toEqual(
      all(await read("src/config.ts"), /read\("([A-Z_]+)"\)/g).toSorted(),
    );
  });
});
