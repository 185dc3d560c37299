/**
 * Starts the built program as a newcomer does, on free ports and in a folder of its own, asks it for one query, one
 * mutation and one subscription, ends it, and starts it again. The last line tells how many checks passed and failed.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";

const READY_WITHIN_MS = 30_000;
const GONE_WITHIN_MS = 30_000;
const dataDir = await mkdtemp(join(tmpdir(), "tributary-smoke-"));
const outcome = { passed: 0, failed: 0 };

const first = await start();
await check("is ready within 30 seconds", () => readyWithin(first.url, READY_WITHIN_MS));
const key = await first.key;
await check("keeps its key for its owner only", async () => {
  const { mode } = await stat(join(dataDir, "api-key"));
  expect((mode & 0o777) === 0o600, `mode is ${(mode & 0o777).toString(8)}`);
});
await check("serves the explorer, and all that its page names", async () => {
  const page = await (await fetch(`${first.url}/`)).text();
  for (const [, path] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const { status } = await fetch(first.url + path);
    expect(status === 200, `${path} answered ${status}`);
  }
});
await check("lets nobody in without a key", async () => {
  const { status } = await ask(first.url, "{ __typename }", {}, null);
  expect(status === 401, `answered ${status}`);
});
await check("answers a query", async () => {
  const { data } = await ask(first.url, "{ orders(first: 3) { nodes { id number } } }");
  expect(data?.orders.nodes.length === 3, JSON.stringify(data));
});
await check("ships an order at its shop", async () => {
  const open = `{ orders(first: 1, filter: { state: [OPEN], paymentStatus: [PAID], fulfillmentStatus: [UNFULFILLED] })
    { nodes { id } } }`;
  const found = await ask(first.url, open);
  const ship = `mutation($input: FulfillmentCreateInput!) {
    fulfillmentCreate(input: $input, options: { waitUntil: SUCCEEDED, waitTimeoutMs: 20000 }) {
      fulfillments { status } command { status } userErrors { message } } }`;
  const { data } = await ask(first.url, ship, {
    input: { orderId: found.data.orders.nodes[0].id },
  });
  expect(data?.fulfillmentCreate.command?.status === "SUCCEEDED", JSON.stringify(data));
});
await check("tells a subscriber what happens, within 20 seconds", async () => {
  const frame = await Promise.race([firstEvent(first.url), after(20_000)]);
  expect(frame?.event?.type, JSON.stringify(frame));
});
await check("drains and dies of SIGTERM, with all that it started", () => end(first));

const second = await start();
await check("finds its data, its shops and its key again", async () => {
  await readyWithin(second.url, READY_WITHIN_MS);
  expect((await second.key) === key, "it made another key");
  const { data } = await ask(second.url, "{ channels { name } orders(first: 1) { nodes { id } } }");
  expect(data?.channels.length >= 2 && data.orders.nodes.length === 1, JSON.stringify(data));
});
await check("ends again", () => end(second));

await rm(dataDir, { recursive: true, force: true });
console.log(`${outcome.passed} passed, ${outcome.failed} failed`);
process.exit(outcome.failed === 0 ? 0 : 1);

async function check(what, work) {
  const began = performance.now();
  try {
    await work();
    outcome.passed += 1;
    console.log(`ok      ${what} (${Math.round(performance.now() - began)} ms)`);
  } catch (error) {
    outcome.failed += 1;
    console.log(`FAILED  ${what}: ${error.message}`);
  }
}

function expect(truth, otherwise) {
  if (!truth) throw new Error(otherwise);
}

/** The demo, once it has said where it listens. */
async function start() {
  const env = { ...process.env, DATA_DIR: dataDir, PORT: "0" };
  delete env.DATABASE_URL;
  const child = spawn(process.execPath, ["dist/cli.js", "demo"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  const match = async (pattern) => {
    for (;;) {
      const found = said.match(pattern);
      if (found) return found[1];
      const news = await Promise.race([once(child.stdout, "data"), exited, after(60_000)]);
      if (!news || typeof news[0] === "number") break;
    }
    throw new Error(`the demo did not say ${pattern}:\n${said}`);
  };
  const url = await match(/Gateway (http:\S+)/);
  return { child, exited, url, key: match(/(trib_\w+)/) };
}

async function end({ child, exited }) {
  child.kill("SIGTERM");
  const how = await Promise.race([exited, after(GONE_WITHIN_MS)]);
  if (!how) child.kill("SIGKILL");
  expect(how?.[1] === "SIGTERM", `it ended with ${JSON.stringify(how)}`);
}

async function readyWithin(url, ms) {
  const until = Date.now() + ms;
  for (;;) {
    const answer = await fetch(`${url}/readyz`);
    if (answer.ok) return;
    expect(Date.now() < until, `still not ready: ${await answer.text()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function ask(url, query, variables = {}, as = key) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(as && { authorization: `Bearer ${as}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (response.ok) expect(!errors, JSON.stringify(errors));
  return { status: response.status, data };
}

async function firstEvent(url) {
  const client = createClient({
    url: `${url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
  });
  const query = "subscription { events { ... on EventMessage { event { type order { number } } } } }";
  for await (const { data } of client.iterate({ query })) {
    if (!data?.events?.event) continue;
    await client.dispose();
    return data.events;
  }
  return null;
}

function after(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms, null).unref());
}
