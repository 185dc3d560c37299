import type { FastifyInstance } from "fastify";
import type { ReceiveWebhook } from "../ingest/webhook.js";
import type { Metrics } from "./metrics.js";

/** The largest order a shop was seen to send is well below. */
const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** Serves `POST /webhooks/:channelId`, where shops prove themselves by signature over the body's own bytes. */
export function serveWebhooks(
  server: FastifyInstance,
  receive: ReceiveWebhook,
  { webhooks }: Metrics,
): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "*",
      { parseAs: "buffer", bodyLimit: MAX_BODY_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.post<{ Params: { channelId: string }; Body: Buffer | undefined }>(
      "/webhooks/:channelId",
      { bodyLimit: MAX_BODY_BYTES },
      async (request, reply) => {
        const { status, body, outcome } = await receive(request.params.channelId, {
          headers: singleHeaders(request.headers),
          body: request.body ?? Buffer.alloc(0),
        });
        webhooks.inc({ outcome });
        return reply.code(status).type("text/plain").send(body);
      },
    );
  });
}

function singleHeaders(headers: Record<string, string | string[] | undefined>) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
}
