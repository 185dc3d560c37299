import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Pure, or with servers of their own: such files share a process' modules, since loading them takes longer than most tests. */
const SHARING = [
  "test/domain/**/*.test.ts",
  "test/connectors/**/*.test.ts",
  "test/fuzz/**/*.test.ts",
];

export default defineConfig({
  // Vite resolves graphql 16 to its .mjs build, Node to its .js build; two copies break instanceof, so name one.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    globalSetup: ["test/support/postgres.ts", "test/support/explorer.ts"],
    // One for each core: most tests wait for a database, a socket or a shop.
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is awaited comes within moments; on a busy machine it takes longer, and that is no failure.
    expect: { poll: { timeout: 20_000, interval: 20 } },
    projects: [
      {
        extends: true,
        test: { name: "parts", include: SHARING, isolate: false, benchmark: { include: [] } },
      },
      { extends: true, test: { name: "whole", include: ["test/**/*.test.ts"], exclude: SHARING } },
    ],
  },
});
