import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { WebhookRequest } from "../../../src/domain/channel.js";
import { openShopify } from "./open.js";

/** A shop that delivers to us everything the connector subscribes to. */
export async function openDelivering(options: Parameters<typeof openShopify>[0] = {}) {
  const opened = await openShopify(options, { probe: await probeOf(options) });
  const arrived: WebhookRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      arrived.push({
        headers: request.headers as WebhookRequest["headers"],
        body: Buffer.concat(chunks),
      });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
  await opened.channel.ensureWebhooks(url);
  return {
    ...opened,
    url,
    /** All that has come, in order. */
    arrived: async () => {
      await opened.shop.settled();
      return arrived;
    },
    /** What has come of a topic, in order. */
    of: async (topic: string) => {
      await opened.shop.settled();
      return arrived.filter(({ headers }) => headers["x-shopify-topic"] === topic);
    },
  };
}
/** What a probe of such a shop finds; the currency decides which bodies are exact. */
async function probeOf(options: Parameters<typeof openShopify>[0]) {
  return (await openShopify(options)).channel.probe();
}
