import type { FastifyInstance } from "fastify";
import type { WebhookRequest } from "../domain/channel.js";

/** Takes one delivery; answers the status that the shop shall see. Resolves only after what it keeps is committed. */
export type ReceiveWebhook = (channelId: string, request: WebhookRequest) => Promise<number>;

/** The largest order a shop was seen to send is well below. */
const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** Serves `POST /webhooks/:channelId`, where shops prove themselves by signature over the body's own bytes. */
export function serveWebhooks(server: FastifyInstance, receive: ReceiveWebhook): void {
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
        const body = request.body ?? Buffer.alloc(0);
        const status = await receive(request.params.channelId, {
          headers: singleHeaders(request.headers),
          body,
        });
        return reply.code(status).send();
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
