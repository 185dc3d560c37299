import { readdir, readFile } from "node:fs/promises";
import { parse, validate } from "graphql";
import type { Browser, Page, Response } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { simulators } from "../../src/connectors/simulators.js";
import { SCOPES } from "../../src/domain/scope.js";
import { createSchema } from "../../src/graphql/schema.js";
import { chromiumPath, startBrowser } from "../support/browser.js";
import { type Answer, startTestGateway, type TestGateway } from "../support/gateway.js";

const page = new URL("../../src/server/explorer/", import.meta.url);
/** A machine that does much else at once takes long to draw an editor. */
const PATIENCE = { timeout: 60_000 };

it.each(["operations/", "candidates/"])("opens with %s that the schema knows", async (name) => {
  const schema = createSchema(connectors.map(({ platform }) => platform));
  const folder = new URL(name, page);
  for (const file of await readdir(folder)) {
    const text = await readFile(new URL(file, folder), "utf8");
    expect([file, validate(schema, parse(text)).map(({ message }) => message)]).toEqual([file, []]);
  }
});

describe.skipIf(!chromiumPath)(
  "the explorer on a gateway with a shop",
  { timeout: 120_000 },
  () => {
    let gateway: TestGateway;
    let shop: SimulatedShop;
    let browser: Browser;
    let tab: Page;
    beforeAll(async () => {
      [gateway, shop, browser] = await Promise.all([
        startTestGateway(),
        simulators.woocommerce({ orders: 0, plan: "wide", relaxedDelivery: true }),
        startBrowser(),
      ]);
      await gateway.connect(shop);
      tab = await openWith(gateway.key);
    }, 120_000);
    afterAll(async () => {
      await browser.close();
      await gateway.end();
      await shop.stop();
    });

    async function openWith(key: string): Promise<Page> {
      // A context of its own: nothing is remembered from another page.
      const opened = await (await browser.newContext()).newPage();
      opened.setDefaultTimeout(PATIENCE.timeout);
      await opened.goto(gateway.url);
      await opened.getByLabel("API key").fill(key);
      await opened.getByRole("button", { name: "Open" }).click();
      await opened.getByRole("tab").first().waitFor();
      return opened;
    }
    const shown = (of = tab) => of.locator(".graphiql-response .view-lines").textContent();
    const play = (of = tab) => of.getByRole("button", { name: /Execute query/ }).click();
    const variables = async () =>
      (await tab.locator(".graphiql-editor-tool .view-lines").first().textContent())?.replace(
        /\s/g,
        " ",
      ) ?? "";

    /** Brings a tab to the front; resolves with its variables once the page has found some, or none. */
    async function front(name: string): Promise<string> {
      await tab.getByRole("tab", { name }).click();
      await expect.poll(variables, PATIENCE).toMatch(/^\/\/ (?!Looking).*\{/);
      return variables();
    }

    /** Runs a tab's operation as it stands; resolves with what was sent and what the gateway answered to it. */
    async function run(name: string) {
      const [response] = await Promise.all([tab.waitForResponse(isAnswerTo(name)), play()]);
      const { variables: sent } = response.request().postDataJSON() as Sent;
      return { sent, ...((await response.json()) as Answer<Record<string, unknown>>) };
    }
    function isAnswerTo(name: string) {
      return (response: Response) => {
        const { query = "", variables } = (response.request().postDataJSON() ?? {}) as Sent;
        return query.includes(` ${name}`) && variables?.options?.dryRun !== true;
      };
    }
    interface Sent {
      query?: string;
      variables?: { options?: { dryRun?: boolean } };
    }

    async function arrived(number: string): Promise<void> {
      const query =
        "query($number: String!) { orders(filter: { number: { eq: $number } }) { nodes { paymentStatus } } }";
      await vi.waitFor(async () => {
        const { data } = await gateway.ask(query, { number });
        expect(data).toEqual({ orders: { nodes: [{ paymentStatus: "PAID" }] } });
      }, PATIENCE);
    }

    it("says where nothing fits, and what would bring it", async () => {
      expect(await front("Ship")).toContain("No order can be shipped now");
    });

    it("finds orders by a word that it found itself", async () => {
      const { number } = await shop.acts.placeOrder({
        lines: [{ sku: "MUG-01", quantity: 3 }],
        payment: "online",
      });
      await arrived(number);
      expect(await front("Find")).toMatch(/Orders with MUG-01/);
      const { data, errors } = await run("Find");
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({ orders: { nodes: [{ number }] } });
      await expect.poll(shown, PATIENCE).toContain("totals");
    });

    it("ships a part of an order that it found itself", async () => {
      expect(await front("Ship")).toMatch(/Ships 1 × .* of the 3 pieces/);
      const { data, errors } = await run("Ship");
      expect(errors).toBeUndefined();
      expect(data?.fulfillmentCreate).toMatchObject({
        fulfillments: [{ status: "SUCCESS" }],
        order: { fulfillmentStatus: "PARTIALLY_FULFILLED" },
        userErrors: [],
      });
      await expect.poll(shown, PATIENCE).toContain("SUCCESS");
    });

    it("finds other variables at the press of a button, and none over what a person wrote", async () => {
      const before = await front("Ship");
      await tab.getByRole("button", { name: /Fill in the variables/ }).click();
      await expect.poll(variables, PATIENCE).toMatch(/Ships 1 × .* of the 2 pieces/);
      expect(await variables()).not.toBe(before);
      await tab.locator(".graphiql-editor-tool .monaco-editor").first().click();
      await tab.keyboard.press("ControlOrMeta+a");
      await tab.keyboard.type("// mine");
      await tab.waitForFunction(() => localStorage["graphiql:tabState"]?.includes("// mine"));
      await tab.getByRole("tab", { name: "Find" }).click();
      await tab.getByRole("tab", { name: "Ship" }).click();
      await expect.poll(variables, PATIENCE).toBe("// mine");
    });

    it("lets the quick wait for variables that it still looks for", async () => {
      let goOn = () => {};
      const played = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      await tab.route("**/graphql", async (route) => {
        const { query = "" } = route.request().postDataJSON() as Sent;
        if (query.includes("OrdersToFind")) await played;
        await route.continue();
      });
      await tab.getByRole("tab", { name: "Find" }).click();
      await expect.poll(variables, PATIENCE).toContain("Looking");
      const answer = run("Find");
      await tab.getByRole("button", { name: /Stop query/ }).waitFor();
      goOn();
      expect(await answer).toMatchObject({
        sent: { search: "MUG-01" },
        data: { orders: { nodes: [{}] } },
      });
      await tab.unroute("**/graphql");
    });

    it("watches the parcel that it shipped", async () => {
      expect(await front("Watch")).toMatch(/Parcel JD01\d{14}/);
      await play();
      await expect.poll(shown, PATIENCE).toMatch(/orderUpdated.*JD01\d{14}/);
      expect(await shown()).not.toContain("errors");
    });

    it("begins a return of what was shipped, takes it in and gives the money back", async () => {
      expect(await front("Return")).toMatch(/1 × .* comes back/);
      const begun = await run("Return");
      expect(begun.errors).toBeUndefined();
      expect(begun.data?.returnCreate).toMatchObject({
        return: { status: "APPROVED", lines: [{ approved: 1 }] },
        userErrors: [],
      });
      expect(await front("Receive")).toMatch(/Return .* arrives: 1 ×/);
      const received = await run("Receive");
      expect(received.errors).toBeUndefined();
      expect(received.data?.returnReceive).toMatchObject({
        return: { lines: [{ received: 1, disposition: "RESTOCK" }] },
        userErrors: [],
      });
      expect(await front("Refund")).toMatch(/Gives back what return .* cost/);
      const refunded = await run("Refund");
      expect(refunded.errors).toBeUndefined();
      expect(refunded.data?.refundCreate).toMatchObject({
        refund: { status: "SUCCEEDED" },
        order: { paymentStatus: "PARTIALLY_REFUNDED" },
        userErrors: [],
      });
      await expect.poll(shown, PATIENCE).toContain("PARTIALLY_REFUNDED");
    });

    it("shows what happens in the shop", async () => {
      await tab.getByRole("tab", { name: "Follow" }).click();
      await play();
      await tab.getByRole("button", { name: /Stop query/ }).waitFor();
      // Whether the subscription began before the order was placed cannot be seen from here: place until one is shown.
      await expect
        .poll(
          async () => {
            await shop.acts.placeOrder();
            return shown();
          },
          { ...PATIENCE, interval: 500 },
        )
        .toContain("ORDER_CREATED");
    });

    it("runs operations with a key that may not see the schema, and says so", async () => {
      const { key } = await gateway.makeKey(SCOPES.filter((scope) => scope !== "INTROSPECT"));
      const other = await openWith(key);
      await other.getByText("needs the scope INTROSPECT").waitFor();
      await play(other);
      await expect.poll(() => shown(other), PATIENCE).toContain("totals");
      expect(await shown(other)).not.toContain("errors");
    });

    it("asks for another key when the one it has is revoked", async () => {
      const { key, id } = await gateway.makeKey(["ORDERS_READ"]);
      const other = await openWith(key);
      await gateway.keys.revoke(gateway.viewer.tenantId, id);
      await other.reload();
      await other.getByRole("alert").waitFor();
      expect(await other.getByRole("alert").textContent()).toMatch(/revoked/);
    });
  },
);
