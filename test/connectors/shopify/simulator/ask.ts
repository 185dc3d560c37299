import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import {
  type ShopifyOptions,
  startShopify,
} from "../../../../src/connectors/shopify/simulator/index.js";

/** Any part of an answer; tests reach into it and compare. */
// biome-ignore lint/suspicious/noExplicitAny: answers are whatever the query asks for
type Answered = any;

interface Settings {
  shop: string;
  url: string;
  accessToken: string;
  clientId: string;
  clientSecret: string;
}

/** One shop for one test, closed when the test is over, with a bare client of its API. */
export async function openShop(options: ShopifyOptions = {}) {
  const shop = await startShopify({ orders: 0, plan: "wide", relaxedDelivery: true, ...options });
  onTestFinished(() => shop.stop());
  const settings = shop.settings as unknown as Settings;

  async function post(
    query: string,
    variables: object = {},
    how: { version?: string; token?: string } = {},
  ) {
    return fetch(`${settings.url}/admin/api/${how.version ?? "2026-10"}/graphql.json`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-shopify-access-token": how.token ?? settings.accessToken,
      },
      body: JSON.stringify({ query, variables }),
    });
  }
  /** The whole answer, errors included. */
  const answer = async (query: string, variables?: object): Promise<Answered> =>
    (await post(query, variables)).json();
  /** The data; throws what the answer has of errors. */
  async function ask(query: string, variables?: object): Promise<Answered> {
    const { data, errors } = await answer(query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }
  return { shop, settings, post, answer, ask };
}

/** One webhook as it arrived. */
interface Arrived {
  headers: IncomingHttpHeaders;
  raw: string;
  body: Answered;
}

/** Somebody who takes webhooks and answers with a status, closed when the test is over. */
export async function openReceiver(status: () => number = () => 200) {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString("utf8");
      arrived.push({ headers: request.headers, raw, body: JSON.parse(raw) });
      response.writeHead(status(), { location: "http://127.0.0.1:9/elsewhere" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
  return {
    url,
    arrived,
    of: (topic: string) => arrived.filter(({ headers }) => headers["x-shopify-topic"] === topic),
  };
}

export const subscribe = /* GraphQL */ `
  mutation Subscribe($topic: WebhookSubscriptionTopic!, $sub: WebhookSubscriptionInput!) {
    webhookSubscriptionCreate(topic: $topic, webhookSubscription: $sub) {
      webhookSubscription { id topic uri }
      userErrors { field message }
    }
  }
`;

/** The fulfillment orders of an order with their lines. */
export const fulfillmentOrdersOf = /* GraphQL */ `
  query FulfillmentOrders($id: ID!) {
    order(id: $id) {
      updatedAt displayFulfillmentStatus
      fulfillmentOrders(first: 10) {
        nodes {
          id status updatedAt
          assignedLocation { location { id } }
          supportedActions { action }
          fulfillmentHolds { id handle reason }
          lineItems(first: 10) { nodes { id sku totalQuantity remainingQuantity } }
        }
      }
    }
  }
`;

export const createFulfillment = /* GraphQL */ `
  mutation Create($fulfillment: FulfillmentInput!) {
    fulfillmentCreate(fulfillment: $fulfillment) {
      fulfillment { id status displayStatus totalQuantity trackingInfo { company number url } }
      userErrors { field message }
    }
  }
`;
