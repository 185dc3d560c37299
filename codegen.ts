import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import type { CodegenConfig } from "@graphql-codegen/cli";
import {
  buildClientSchema,
  type DocumentNode,
  type GraphQLSchema,
  type IntrospectionQuery,
  parse,
} from "graphql";

/**
 * What is made of GraphQL, all by `npx graphql-codegen`: typed documents of the operations in schema/operations, for
 * tests; and the types of what the Shopify connector sends and is answered, where Shopify's published schema is at
 * hand in SPECS_DIR.
 */
const config: CodegenConfig = {
  generates: { ...ownOperations(), ...shopifyOperations() },
  emitLegacyCommonJSImports: false,
};

export default config;

function ownOperations(): CodegenConfig["generates"] {
  return {
    "test/support/operations.ts": {
      schema: "schema/schema.graphql",
      documents: "schema/operations/*.graphql",
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
  };
}

function shopifyOperations(): CodegenConfig["generates"] {
  const specs = process.env.SPECS_DIR ?? fileURLToPath(new URL("../shared/specs", import.meta.url));
  const schema = join(specs, "shopify", "admin_2026-10.json.gz");
  if (!existsSync(schema)) {
    console.warn(`skipped: the types of the Shopify connector, since ${schema} does not exist`);
    return {};
  }
  return {
    "src/connectors/shopify/payload.ts": {
      schema: loaded(schema, readAdminSchema),
      documents: loaded("src/connectors/shopify", readOperations),
      plugins: [
        {
          add: {
            content: [
              "/**",
              " * What the operations send and are answered, by Shopify's schema 2026-10; long, since it says it of every one.",
              " * Made by `npx graphql-codegen`; enums are plain text, since their values grow between versions.",
              " */",
              "",
            ].join("\n"),
          },
        },
        "typescript-operations",
      ],
      hooks: { afterOneFileWrite: "biome check --write" },
      config: {
        inlineFragmentTypes: "combine",
        mergeFragmentTypes: true,
        arrayInputCoercion: false,
        disableDescriptions: true,
        skipTypename: true,
        defaultScalarType: "string",
        scalars: { ID: "string" },
      },
    },
  };
}

/** What `read` makes of a path. Functions are taken for loaders, though the types know only their modules' names. */
function loaded(path: string, read: (path: string) => unknown): Record<string, { loader: string }> {
  return { [path]: { loader: read as unknown as string } };
}

/** The published schema without what is deprecated in inputs, and with enums as plain text. */
function readAdminSchema(file: string): GraphQLSchema {
  const { data } = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as {
    data: IntrospectionQuery;
  };
  const types = data.__schema.types.map((type) => {
    if (type.kind === "ENUM") return { kind: "SCALAR" as const, name: type.name };
    if (type.kind !== "INPUT_OBJECT") return type;
    return { ...type, inputFields: type.inputFields.filter(({ isDeprecated }) => !isDeprecated) };
  });
  return buildClientSchema({ __schema: { ...data.__schema, types } });
}

/** Every operation that the connector sends, with its fragments, as its modules export them. */
async function readOperations(folder: string): Promise<DocumentNode> {
  const texts: string[] = [];
  for (const file of readdirSync(folder).filter((name) => /^operations.*\.ts$/.test(name))) {
    const module: object = await import(pathToFileURL(join(folder, file)).href);
    for (const operation of Object.values(module)) texts.push(operation.text);
  }
  return parse(texts.sort().join("\n"));
}
