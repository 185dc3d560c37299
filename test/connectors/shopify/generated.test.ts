import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { generate } from "@graphql-codegen/cli";
import { describe, expect, it } from "vitest";
import codegen from "../../../codegen.js";
import { specsDir } from "../../support/specs.js";

const file = "src/connectors/shopify/payload.ts";

describe.skipIf(!specsDir)("the types of the operations", () => {
  it("are those that the official schema gives them: else run `npx graphql-codegen` and commit", async () => {
    const { [file]: target } = codegen.generates;
    if (!target) throw new Error(`codegen.ts does not make ${file}`);
    const [made] = await generate({ ...codegen, generates: { [file]: target } }, false);
    const formatted = execFileSync(
      "npx",
      ["biome", "check", "--write", `--stdin-file-path=${file}`],
      {
        input: made?.content,
        encoding: "utf8",
      },
    );
    expect(formatted).toBe(readFileSync(file, "utf8"));
  });
});

describe("the enums in what Shopify answers", () => {
  it("are plain text, since Shopify adds values between versions", () => {
    const text = readFileSync(file, "utf8");
    expect(text).toContain("displayFulfillmentStatus: string;");
    expect(text).not.toMatch(/: "[A-Z_]+"/);
  });
});
