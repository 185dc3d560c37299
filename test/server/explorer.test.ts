import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, startBrowser } from "../support/browser.js";
import { KEY, startTestServer, type TestServer } from "../support/server.js";

/** A machine that does much else at once takes long to draw an editor. */
const PATIENCE = { timeout: 60_000 };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe("the page's files", () => {
  it("load without a key, compressed, under a policy that allows this server only", async () => {
    const page = await fetch(server.url);
    expect(page.status).toBe(200);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/);
    const script = await fetch(`${server.url}/explorer/main.js`);
    expect(script.headers.get("content-encoding")).toBe("gzip");
    const etag = script.headers.get("etag") ?? "";
    const again = await fetch(`${server.url}/explorer/main.js`, {
      headers: { "if-none-match": etag },
    });
    expect(again.status).toBe(304);
  });

  it("are the only files there", async () => {
    for (const name of ["..%2fcli.js", "..%2f..%2fpackage.json", ".env", "nothing.js"]) {
      expect((await fetch(`${server.url}/explorer/${name}`)).status).toBe(404);
    }
  });
});

describe.skipIf(!chromiumPath)("the page in a browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];
  const requested: string[] = [];

  beforeAll(async () => {
    browser = await startBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE.timeout);
    page.on("request", (request) => requested.push(request.url()));
    page.on("websocket", (socket) => requested.push(socket.url()));
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text());
    });
  });
  afterAll(() => browser.close());

  /** Puts a text into the editor of operations and runs it. */
  async function run(operation: string) {
    await page.getByRole("button", { name: "New tab" }).click();
    const editor = page.locator(".graphiql-query-editor .monaco-editor").first();
    await editor.click();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(operation);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /Execute query/ }).click();
  }
  const response = () => page.locator(".graphiql-response .view-lines");

  it("asks for a key and says why one does not open", async () => {
    await page.goto(server.url);
    await page.getByLabel("API key").fill("wrong");
    await page.getByRole("button", { name: "Open" }).click();
    expect(await page.getByRole("alert").textContent()).toContain("not known");
  });

  it("opens with a key and knows the schema then", async () => {
    await page.getByLabel("API key").fill(KEY);
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page.getByText("Query", { exact: true }).first().waitFor();
  });

  it("runs a query with the key", async () => {
    await run("{ me hello }");
    await expect.poll(() => response().textContent(), PATIENCE).toContain("till");
  });

  it("runs a subscription with the same key", async () => {
    await run("subscription { count(to: 3) }");
    await expect.poll(() => response().textContent(), PATIENCE).toMatch(/count"?:\s*3/);
    expect(requested.some((url) => url.startsWith("ws://"))).toBe(true);
  });

  it("keeps the key while the tab lives, and forgets it when asked", async () => {
    await page.reload();
    await page.getByRole("button", { name: /Execute query/ }).waitFor();
    await page.getByRole("button", { name: "use another key" }).click();
    await page.getByLabel("API key").waitFor();
    await page.reload();
    await page.getByLabel("API key").waitFor();
  });

  it("asked nobody but this server and broke no rule of its policy", () => {
    const others = requested.filter(
      (url) => !/^(http|ws):\/\/127\.0\.0\.1:|^(data|blob):/.test(url),
    );
    expect(others).toEqual([]);
    expect(faults).toEqual([]);
  });
});
