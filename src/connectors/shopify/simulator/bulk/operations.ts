import { randomBytes } from "node:crypto";
import { type DocumentNode, execute, type FieldNode, type GraphQLSchema } from "graphql";
import type { ShopAnswer, ShopRequest } from "../../../simulator/server.js";
import type { Asking } from "../admin/asking.js";
import { bulkLines } from "./lines.js";

/** One export, from when it was asked for until its file is gone. */
export interface BulkOperation {
  id: string;
  query: string;
  status: "CREATED" | "RUNNING" | "COMPLETED" | "CANCELING" | "CANCELED" | "FAILED" | "EXPIRED";
  errorCode: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | "TIMEOUT" | null;
  createdAt: string;
  completedAt: string | null;
  objects: number;
  roots: number;
  /** The file's name, whole or in part; null where there is nothing in it. */
  file: string | null;
  bytes: number;
}

/** What becomes of the next operation instead of its end. */
export interface Mishap {
  status: "FAILED" | "CANCELED" | "EXPIRED";
  errorCode?: BulkOperation["errorCode"];
  /** How many orders were written before it; none gives no partial file. */
  afterRoots?: number;
}

export interface BulkOptions {
  schema: GraphQLSchema;
  /** What can be asked, by name. */
  root: Record<string, unknown>;
  now: () => string;
  /** Where the shop can be reached. */
  baseUrl: () => string;
  scopes: readonly string[];
  apiVersion: string;
}

export interface Bulk {
  /** Operations, oldest first. */
  readonly all: readonly BulkOperation[];
  start(document: DocumentNode, query: string, grouped: boolean): BulkOperation;
  cancel(operation: BulkOperation): void;
  /** The address of an operation's file, signed. */
  urlOf(operation: BulkOperation): string | null;
  /** Answers a request for a file; null for any other path. */
  serve(request: ShopRequest): ShopAnswer | null;
  /** The next operation ends so. */
  mishap(next: Mishap): void;
  /** So many operations of the app run on and on; 0 ends them. */
  occupy(count: number): void;
  /** Every address given so far leads nowhere any more. */
  expireFiles(): void;
  /** Resolves when none that ends is under way. */
  settled(): Promise<void>;
  stop(): void;
}

/** How many operations of an app may be under way at once (since 2026-01). */
export const mostAtOnce = 5;
/** How long an operation waits for its turn, and how long it takes. */
const delayMs = 30;
const folder = "/bulk-operation-outputs/";

/** Runs exports behind the answers, and serves what they wrote, at another path and without any token. */
export function createBulk(options: BulkOptions): Bulk {
  const all: BulkOperation[] = [];
  const files = new Map<string, string>();
  const timers = new Set<NodeJS.Timeout>();
  let signature = randomBytes(16).toString("hex");
  let next: Mishap | null = null;
  const told: (() => void)[] = [];

  const later = (act: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
      if (timers.size === 0) for (const tell of told.splice(0)) tell();
    }, delayMs);
    timer.unref();
    timers.add(timer);
  };

  async function finish(operation: BulkOperation, run: () => Promise<Written>): Promise<void> {
    const mishap = next;
    next = null;
    const written = await run();
    if (operation.status === "CANCELING" || mishap) {
      const kept = cut(written, mishap?.afterRoots ?? 0);
      end(operation, mishap?.status ?? "CANCELED", kept);
      operation.errorCode = mishap?.errorCode ?? null;
      return;
    }
    if (written.denied) {
      end(operation, "FAILED", cut(written, 0));
      operation.errorCode = "ACCESS_DENIED";
      return;
    }
    end(operation, "COMPLETED", written);
  }

  function end(operation: BulkOperation, status: BulkOperation["status"], written: Written): void {
    const { lines, roots } = written;
    const text = lines.map((line) => `${line}\n`).join("");
    operation.status = status;
    operation.completedAt = status === "COMPLETED" ? options.now() : null;
    operation.objects = lines.length;
    operation.roots = roots;
    operation.bytes = Buffer.byteLength(text);
    if (lines.length === 0) return;
    operation.file = `bulk-${operation.id}-${randomBytes(6).toString("hex")}.jsonl`;
    files.set(operation.file, text);
  }

  async function runQuery(document: DocumentNode, grouped: boolean): Promise<Written> {
    const asking: Asking = {
      scopes: new Set(options.scopes),
      apiVersion: options.apiVersion,
      searches: [],
      bulk: true,
    };
    const { schema, root } = options;
    const result = await execute({ schema, document, rootValue: root, contextValue: asking });
    const denied = result.errors?.some(({ extensions }) => extensions.code === "ACCESS_DENIED");
    if (denied || !result.data) return { lines: [], roots: 0, denied: true };
    const plain = JSON.parse(JSON.stringify(result.data)) as Record<string, unknown>;
    const { lines, roots } = bulkLines(losing(document, plain), grouped);
    return { lines, roots, denied: false };
  }

  function create(query: string, status: BulkOperation["status"]): BulkOperation {
    const operation: BulkOperation = {
      id: String(7_250_000_000_000 + all.length * 32_768),
      query,
      status,
      errorCode: null,
      createdAt: options.now(),
      completedAt: null,
      objects: 0,
      roots: 0,
      file: null,
      bytes: 0,
    };
    all.push(operation);
    return operation;
  }

  return {
    all,
    start(document, query, grouped) {
      const operation = create(query, "CREATED");
      later(() => {
        if (operation.status === "CREATED") operation.status = "RUNNING";
        later(() => void finish(operation, () => runQuery(document, grouped)));
      });
      return operation;
    },
    cancel(operation) {
      if (operation.status === "CREATED" || operation.status === "RUNNING")
        operation.status = "CANCELING";
    },
    urlOf: ({ file }) =>
      file &&
      `${options.baseUrl()}${folder}${file}?GoogleAccessId=assets-us-prod&Expires=${Math.floor(Date.parse(options.now()) / 1000) + 604_800}&Signature=${signature}`,
    serve({ method, path, url, headers }) {
      if (!path.startsWith(folder)) return null;
      const text = files.get(path.slice(folder.length));
      if (method !== "GET" || text === undefined) return storageError(404, "NoSuchKey");
      // Where files lie nobody knows this shop's tokens, and none may be told.
      if (headers["x-shopify-access-token"]) return storageError(400, "InvalidArgument");
      if (url.searchParams.get("Signature") !== signature) return storageError(400, "ExpiredToken");
      return { status: 200, headers: { "content-type": "application/jsonl" }, body: text };
    },
    mishap(given) {
      next = given;
    },
    occupy(count) {
      const busy = all.filter(({ query }) => query === othersQuery);
      for (const each of busy.slice(count)) all.splice(all.indexOf(each), 1);
      for (let have = busy.length; have < count; have++) create(othersQuery, "RUNNING");
    },
    expireFiles() {
      signature = randomBytes(16).toString("hex");
    },
    async settled() {
      if (timers.size > 0) await new Promise<void>((resolve) => told.push(resolve));
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

interface Written {
  lines: string[];
  roots: number;
  denied: boolean;
}

const othersQuery = "{ products { edges { node { id } } } }";

/** What was written when it ended early: so many orders, the last of them without what belongs to it. */
function cut({ lines, denied }: Written, roots: number): Written {
  const starts = lines.flatMap((line, at) => (line.includes('"__parentId"') ? [] : [at]));
  const last = starts[roots - 1];
  return { lines: last === undefined ? [] : lines.slice(0, last + 1), roots, denied };
}

/** A bulk query that sorts loses records: seen at running shops where it sorts by the time of change. */
function losing(document: DocumentNode, data: Record<string, unknown>): Record<string, unknown> {
  const [operation] = document.definitions;
  if (operation?.kind !== "OperationDefinition") return data;
  const top = operation.selectionSet.selections[0] as FieldNode;
  if (!top.arguments?.some(({ name }) => name.value === "sortKey")) return data;
  const [[name, connection] = ["", {}]] = Object.entries(data);
  const { edges } = connection as { edges: unknown[] };
  return { [name]: { edges: edges.filter((_edge, at) => at % 7 !== 6) } };
}

const storageError = (status: number, code: string): ShopAnswer => ({
  status,
  headers: { "content-type": "application/xml; charset=UTF-8" },
  body: `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code></Error>`,
});
