import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Same place from src/server and dist/server. */
const FOLDER = fileURLToPath(new URL("../../dist/explorer/", import.meta.url));

/** Everything comes from here; styles are set by the editor itself, workers run our own files. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  ttf: "font/ttf",
  svg: "image/svg+xml",
};

interface Asset {
  type: string;
  etag: string;
  plain: Buffer;
  gzipped: Buffer;
}

/** Serves the page at `/` where people try the API, from the files that the build made; it works offline. */
export function serveExplorer(server: FastifyInstance, folder = FOLDER): void {
  const assets = new Map<string, Promise<Asset | null>>();
  const asset = (name: string) => {
    const found = assets.get(name) ?? load(folder, name);
    assets.set(name, found);
    return found;
  };
  server.get("/", async (request, reply) => {
    const page = await asset("index.html");
    if (!page) return reply.code(503).type("text/plain").send(NOT_BUILT);
    reply.header("content-security-policy", POLICY);
    reply.header("referrer-policy", "no-referrer");
    return serve(request, reply, page);
  });
  server.get<{ Params: { name: string } }>("/explorer/:name", async (request, reply) => {
    const { name } = request.params;
    const found = /^[\w-]+(\.[\w-]+)*\.(js|css|ttf|svg)$/.test(name) ? await asset(name) : null;
    if (!found) return reply.callNotFound();
    return serve(request, reply, found);
  });
}

const NOT_BUILT = "The explorer is not built: run npm run build. GraphQL is at /graphql.\n";

async function load(folder: string, name: string): Promise<Asset | null> {
  try {
    const plain = await readFile(folder + name);
    const gzipped = await promisify(gzip)(plain);
    const etag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`;
    const extension = name.slice(name.lastIndexOf(".") + 1);
    return { type: TYPES[extension] ?? "application/octet-stream", etag, plain, gzipped };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function serve(request: FastifyRequest, reply: FastifyReply, asset: Asset) {
  reply
    .header("cache-control", "no-cache")
    .header("etag", asset.etag)
    .header("vary", "accept-encoding");
  if (request.headers["if-none-match"] === asset.etag) return reply.code(304).send();
  reply.type(asset.type);
  if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) return reply.send(asset.plain);
  return reply.header("content-encoding", "gzip").send(asset.gzipped);
}
