import type { Gateway } from "../app.js";
import { type Ask, askAt, returnThatWorks, shipmentThatWorks } from "./try-out.js";

/** What the demo says when it is up: where it is, how to get in, and operations that work as they stand. */
export async function welcome({
  gateway: { url },
  key,
  logFile,
}: {
  gateway: Gateway;
  key: string;
  logFile: string;
}): Promise<string> {
  return `
  Tributary is up.

    Explorer   ${url}/   (with operations to try, their variables filled in)
    GraphQL    ${url}/graphql   (subscriptions: ${url.replace("http", "ws")}/graphql)
    API key    ${key}
    Log        ${logFile}

  In a terminal:

    curl ${url}/graphql -H 'authorization: Bearer ${key}' -H 'content-type: application/json' \\
      -d '{"query":"{ orders(first: 3) { nodes { number paymentStatus fulfillmentStatus channel { name } } } }"}'

  In the explorer, or any other client:

${(await operations(askAt(url, key))).map((text) => indented(text)).join("\n\n")}

  Ctrl-C stops everything; the next start goes on from here.
`;
}

const FOLLOW = `subscription { events { ... on EventMessage { event { type channel { name } order { number } } } } }`;

/** What was tried without effect on an order that is there; left out where none fits. */
async function operations(ask: Ask): Promise<string[]> {
  const tried = await Promise.all([shipmentThatWorks(ask), returnThatWorks(ask)]);
  return [FOLLOW, ...tried.filter((text) => text !== null)];
}

const indented = (text: string) => text.replaceAll(/^/gm, "    ");
