import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // Vite resolves graphql 16 to its .mjs build, Node to its .js build; two copies break instanceof, so name one.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/postgres.ts", "test/support/explorer.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is awaited comes within moments; on a busy machine it takes longer, and that is no failure.
    expect: { poll: { timeout: 20_000, interval: 20 } },
  },
});
