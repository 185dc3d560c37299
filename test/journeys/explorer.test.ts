import { readdir, readFile } from "node:fs/promises";
import { parse, validate } from "graphql";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectors } from "../../src/connectors/index.js";
import type { SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { simulators } from "../../src/connectors/simulators.js";
import { createSchema } from "../../src/graphql/schema.js";
import { chromiumPath, startBrowser } from "../support/browser.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";

const page = new URL("../../src/server/explorer/", import.meta.url);

it("opens with operations that the schema knows", async () => {
  const schema = createSchema(connectors.map(({ platform }) => platform));
  const folder = new URL("operations/", page);
  for (const name of await readdir(folder)) {
    const text = await readFile(new URL(name, folder), "utf8");
    expect([name, validate(schema, parse(text)).map(({ message }) => message)]).toEqual([name, []]);
  }
});

describe.skipIf(!chromiumPath)("the explorer on a gateway with a shop", () => {
  let gateway: TestGateway;
  let shop: SimulatedShop;
  let browser: Browser;
  let tab: Page;
  beforeAll(async () => {
    [gateway, shop, browser] = await Promise.all([
      startTestGateway(),
      simulators.woocommerce({ orders: 5, plan: "wide", relaxedDelivery: true }),
      startBrowser(),
    ]);
    await gateway.connect(shop);
    tab = await browser.newPage();
    await tab.goto(gateway.url);
    await tab.getByLabel("API key").fill(gateway.key);
    await tab.getByRole("button", { name: "Open" }).click();
  });
  afterAll(async () => {
    await browser.close();
    await gateway.end();
    await shop.stop();
  });

  const response = () => tab.locator(".graphiql-response .view-lines");
  const play = () => tab.getByRole("button", { name: /Execute query/ }).click();

  it("shows orders with the first tab's query", async () => {
    await play();
    await expect.poll(() => response().textContent()).toContain("totals");
    expect(await response().textContent()).not.toContain("errors");
  });

  it("shows what happens in the shop with the second tab's subscription", async () => {
    await tab.getByRole("tab", { name: "Follow" }).click();
    await play();
    await tab.getByRole("button", { name: /Stop query/ }).waitFor();
    // Whether the subscription began before the order was placed cannot be seen from here: place until one is shown.
    await expect
      .poll(
        async () => {
          await shop.acts.placeOrder();
          return response().textContent();
        },
        { timeout: 15_000, interval: 500 },
      )
      .toContain("ORDER_CREATED");
  });
});
