import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { isSigned } from "../../../src/connectors/bigcommerce/signature.js";
import { startBigCommerce } from "../../../src/connectors/bigcommerce/simulator/index.js";
import { openInbox } from "../bench.js";
import { askerOf } from "./simulator/ask.js";

/** As BigCommerce's documentation makes its verifier: the client secret in base64. */
const libraryFor = (clientSecret: string) =>
  new Webhook(Buffer.from(clientSecret).toString("base64"));

/** Whether the library of Standard Webhooks takes it; it looks at the machine's clock. */
function takes(library: Webhook, headers: Record<string, string | undefined>, body: Buffer) {
  try {
    library.verify(body.toString(), headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

const clientSecret = fc.string({ minLength: 1, maxLength: 80 });
const callback = fc.json();

describe("the signature of a callback", () => {
  it("is taken where the library of Standard Webhooks made it, whatever secret and body", () => {
    fc.assert(
      fc.property(clientSecret, fc.uuid(), callback, (secret, id, text) => {
        const now = new Date();
        const headers = {
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
          "webhook-signature": libraryFor(secret).sign(id, now, text),
        };
        expect(isSigned({ headers, body: Buffer.from(text) }, secret, now)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("is taken and refused as the library does, whatever is wrong with it", () => {
    const secret = "the app's client secret";
    const library = libraryFor(secret);
    const body = Buffer.from('{"scope":"store/order/updated"}');
    const minutes = fc.constantFrom(0, -4, 4, -6, 6, -10, 10);
    const change = fc.constantFrom<Record<string, string | undefined>>(
      {},
      { "webhook-id": "msg_2" },
      { "webhook-id": undefined },
      { "webhook-timestamp": "soon" },
      { "webhook-timestamp": undefined },
      { "webhook-signature": "v1,AAAA" },
      { "webhook-signature": "" },
      { "webhook-signature": undefined },
    );
    const others = fc.constantFrom("", "v1,AAAA ", "v1a,BBBB v2,CCCC ");
    fc.assert(
      fc.property(minutes, change, others, (apart, changed, before) => {
        const now = new Date();
        const signedAt = new Date(now.getTime() + apart * 60_000);
        const headers = {
          "webhook-id": "msg_1",
          "webhook-timestamp": String(Math.floor(signedAt.getTime() / 1000)),
          "webhook-signature": before + library.sign("msg_1", signedAt, body.toString()),
          ...changed,
        };
        expect(isSigned({ headers, body }, secret, now)).toBe(takes(library, headers, body));
      }),
    );
  });

  it("of the simulated store is one that the library takes, and no other body under it", async () => {
    const inbox = await openInbox();
    const shop = await startBigCommerce({ orders: 1, plan: "wide", relaxedDelivery: true });
    try {
      const hook = { scope: "store/order/created", destination: inbox.url };
      await askerOf(shop).post("/v3/hooks", { ...hook, is_active: true });
      await shop.acts.placeOrder();
      await shop.settled();
      const [{ headers, body } = expect.fail("nothing came")] = inbox.deliveries;
      const library = libraryFor(shop.settings.clientSecret);
      expect(takes(library, headers, body)).toBe(true);
      expect(takes(library, headers, Buffer.from(`${body} `))).toBe(false);
      expect(takes(libraryFor("another"), headers, body)).toBe(false);
    } finally {
      await shop.stop();
      await inbox.stop();
    }
  });
});
