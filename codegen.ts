import type { CodegenConfig } from "@graphql-codegen/cli";

/** Typed documents of the operations in schema/operations, for tests: `npx graphql-codegen` after either changed. */
const config: CodegenConfig = {
  schema: "schema/schema.graphql",
  documents: "schema/operations/*.graphql",
  generates: {
    "test/support/operations.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        documentMode: "string",
        enumsAsTypes: true,
        useTypeImports: true,
        skipTypename: true,
        scalars: {
          DateTime: "string",
          Decimal: "string",
          Quantity: "number",
          CurrencyCode: "string",
          CountryCode: "string",
          URL: "string",
          JSON: "unknown",
          Cursor: "string",
          IdempotencyKey: "string",
          Duration: "string",
        },
      },
    },
  },
  emitLegacyCommonJSImports: false,
  silent: true,
};

export default config;
