import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { connectors } from "../../src/connectors/index.js";

/** A test as a README names it: "`pull.test.ts`: words of its name", beginning in the platform's own folder. */
const NAMED = /`([\w./-]+\.test\.ts)`: ([^|<\n]+?)(?=\s*(?:\||<br>|\n|$))/g;

const plain = (text: string) => text.replace(/\s+/g, " ").replaceAll('\\"', '"');
const folderOf = (side: "src" | "test", platform: string) =>
  fileURLToPath(new URL(`../../${side}/connectors/${platform}/`, import.meta.url));

it.each(connectors.map(({ name, platform }) => [name, platform.toLowerCase()]))(
  "every quirk that %s's README lists is held by the test that it names",
  (_, platform) => {
    const readme = readFileSync(`${folderOf("src", platform)}README.md`, "utf8");
    const wrong = [...readme.matchAll(NAMED)].flatMap(([, file = "", words = ""]) => {
      const path = `${folderOf("test", platform)}${file}`;
      if (!existsSync(path)) return [`there is no ${file}`];
      const isThere = plain(readFileSync(path, "utf8")).includes(plain(words.trim()));
      return isThere ? [] : [`${file} has no test "${words}"`];
    });
    expect(wrong).toEqual([]);
  },
);
