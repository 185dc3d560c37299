/** Bundles the explorer page into dist/explorer: everything it needs, so that it works offline and under a strict policy. */
import { copyFile, mkdir, readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = here("../../../dist/explorer");
/** Written last, so that it tells whether the rest is whole. */
const LAST = "index.html";
const { resolve } = createRequire(import.meta.url);

if (!(await isCurrent())) await bundle();

/** Whether nothing that goes in is newer than what came out. */
async function isCurrent() {
  const sources = (await readdir(here("."), { recursive: true })).map((name) => here(name));
  const ages = [...sources, here("../../../package-lock.json")].map(
    async (file) => (await stat(file)).mtimeMs,
  );
  const newest = Math.max(...(await Promise.all(ages)));
  const built = await stat(`${outdir}/${LAST}`).catch(() => null);
  return built !== null && built.mtimeMs > newest;
}

async function bundle() {
  await mkdir(outdir, { recursive: true });
  await build({
    entryPoints: {
      main: here("main.tsx"),
      "editor.worker": resolve("monaco-editor/esm/vs/editor/editor.worker.js"),
      "json.worker": resolve("monaco-editor/esm/vs/language/json/json.worker.js"),
      "graphql.worker": resolve("monaco-graphql/esm/graphql.worker.js"),
    },
    outdir,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".graphql": "text", ".ttf": "file" },
    assetNames: "[name]-[hash]",
    publicPath: "/explorer",
    // The editor's own optional languages are named in warnings that nobody can act on.
    logLevel: "error",
  });
  for (const file of ["icon.svg", LAST]) await copyFile(here(file), `${outdir}/${file}`);
}
