import { createClient } from "../../../src/connectors/shopify/client.js";
import { fulfillmentCancel, job } from "../../../src/connectors/shopify/operations.js";
import { parseSettings } from "../../../src/connectors/shopify/settings.js";
import { ChannelError } from "../../../src/domain/errors.js";

export type Reply = { status?: number; body: unknown; headers?: Record<string, string> } | Error;
interface Asked {
  url: string;
  token: string | null;
  body: string;
}

/** A client whose shop gives these answers in turn. */
export function clientOf(
  replies: Reply[],
  settings: Record<string, string> = { accessToken: "shpat_x" },
) {
  const asked: Asked[] = [];
  const limits: { remaining: number; resetsAt: string | null }[] = [];
  let nowMs = Date.parse("2026-11-03T00:00:00Z");
  const fetch = async (url: unknown, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    asked.push({
      url: String(url),
      token: headers.get("x-shopify-access-token"),
      body: String(init?.body),
    });
    const reply = replies.shift();
    if (!reply) throw new Error("nothing more was expected to be asked");
    if (reply instanceof Error) throw reply;
    const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body);
    return new Response(text, { status: reply.status ?? 200, headers: reply.headers ?? {} });
  };
  const client = createClient({
    settings: parseSettings({ shop: "goods.myshopify.com", clientSecret: "shpss_x", ...settings }),
    fetch: fetch as typeof globalThis.fetch,
    onRateLimit: (limit) => limits.push(limit),
    now: () => nowMs,
  });
  return {
    asked,
    limits,
    client,
    pass: (ms: number) => {
      nowMs += ms;
    },
    read: () => client.call(job, { id: "gid://shopify/Job/1" }),
    write: () => client.call(fulfillmentCancel, { id: "gid://shopify/Fulfillment/1" }),
  };
}

/** The ChannelError that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<ChannelError> {
  const error = await call.then(
    () => new Error("it succeeded"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ChannelError)) throw error;
  return error;
}
