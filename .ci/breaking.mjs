// What in the schema breaks clients of the last release. Usage: node .ci/breaking.mjs old.graphql new.graphql
import { readFileSync } from "node:fs";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const [before, after] = process.argv.slice(2).map((path) => buildSchema(readFileSync(path, "utf8")));
const changes = await diff(before, after);
const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
for (const { path, message } of breaking) console.error(`breaking  ${path}: ${message}`);
process.exitCode = breaking.length > 0 ? 1 : 0;
