import { createHash } from "node:crypto";
import type { OpenChannel, Receipt, WebhookRequest } from "../domain/channel.js";
import { NotFound } from "../domain/errors.js";
import { nodeTypeOf } from "../domain/id.js";
import { tenantOfChannel } from "../store/channels.js";
import type { Database } from "../store/db.js";
import { type InboxOptions, type InboxOutcome, takeIn } from "./inbox.js";
import type { Tallies } from "./tally.js";

/** What a shop is answered when it delivers. Never throws. */
export type ReceiveWebhook = (channelId: string, request: WebhookRequest) => Promise<WebhookAnswer>;
export interface WebhookAnswer {
  status: 200 | 401 | 404 | 503;
  body: string;
  /** What came of it, for metrics. */
  outcome: WebhookOutcome;
}
export type WebhookOutcome = InboxOutcome | "rejected" | "unknown-channel" | "failed";

export interface WebhookOptions extends InboxOptions {
  db: Database;
  openChannel: OpenChannel;
  tallies: Tallies;
  now?: () => Date;
}

/**
 * Takes webhooks in. A shop hears 200 only after what it said is committed; a wrong signature is 401 and leaves a
 * counter and nothing else. What cannot be understood is kept and answered 200, since sending it again would not
 * help. Only a failure of our own is 503, so that shops which try again do.
 */
export function createWebhookReceiver(options: WebhookOptions): ReceiveWebhook {
  const { db, openChannel, tallies, log, now = () => new Date() } = options;
  // Whose a channel is never changes; whether it still is connected is looked up when it is opened.
  const tenants = new Map<string, string>();

  async function tenantOf(channelId: string): Promise<string | null> {
    if (nodeTypeOf(channelId) !== "Channel") return null;
    const known = tenants.get(channelId);
    if (known !== undefined) return known;
    const found = await db.asSystem((tx) => tenantOfChannel(tx, channelId));
    if (found !== null) tenants.set(channelId, found);
    return found;
  }

  async function receive(channelId: string, request: WebhookRequest): Promise<WebhookAnswer> {
    const tenantId = await tenantOf(channelId);
    if (tenantId === null) return ANSWER.unknownChannel;
    const channel = await openChannel(tenantId, channelId);
    const receivedAt = now();
    const receipt = translate(() => channel.receive(request), request);
    if (receipt.kind === "rejected") {
      tallies.signatureFailed(tenantId, channelId);
      // Anybody can send these: more than a counter would be theirs to fill.
      log.debug({ channelId, reason: receipt.reason }, "a webhook was rejected");
      return ANSWER.rejected;
    }
    tallies.webhookCame(tenantId, channelId, receivedAt);
    const incoming = { tenantId, channelId, receivedAt, body: request.body };
    const outcome = await takeIn(options, incoming, receipt);
    return { status: 200, body: outcome, outcome };
  }

  return async (channelId, request) => {
    try {
      return await receive(channelId, request);
    } catch (error) {
      if (error instanceof NotFound) return ANSWER.unknownChannel;
      log.error({ err: error, channelId }, "a webhook could not be taken in");
      return ANSWER.failed;
    }
  };
}

const ANSWER = {
  unknownChannel: { status: 404, body: "unknown channel", outcome: "unknown-channel" },
  rejected: { status: 401, body: "wrong signature", outcome: "rejected" },
  failed: { status: 503, body: "not taken in, try again", outcome: "failed" },
} as const satisfies Record<string, WebhookAnswer>;

/**
 * A translator that throws has not said whether the body was genuine; losing a genuine one would be worse than
 * keeping a forged one, once.
 */
function translate(receive: () => Receipt, { body }: WebhookRequest): Receipt {
  try {
    return receive();
  } catch (error) {
    const reason = `the translator failed: ${error instanceof Error ? error.message : "unknown"}`;
    const dedupeKey = createHash("sha256").update(body).digest("hex");
    return { kind: "unreadable", topic: null, dedupeKey, reason };
  }
}
