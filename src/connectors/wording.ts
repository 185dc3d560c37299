import { ZodError } from "zod";
import type { Channel, Connector, Finding, OpenContext, Outcome } from "../domain/channel.js";
import { ChannelError, GatewayError, reworded } from "../domain/errors.js";

/**
 * The same connector, whose channels throw of a shop's answer that nobody foresaw a ChannelError for people, instead of
 * whatever it made the code stumble over: which platform, what was asked, what about the answer is wrong, what to do.
 */
export function worded(connector: Connector): Connector {
  const open = (settings: unknown, context: OpenContext) =>
    wordedChannel(connector.name, connector.open(settings, context));
  return { ...connector, open };
}

function wordedChannel(name: string, channel: Channel): Channel {
  const asked = async <T>(what: string, signal: AbortSignal | undefined, ask: () => Promise<T>) => {
    try {
      return await ask();
    } catch (error) {
      throw errorOf(name, what, error, signal);
    }
  };
  const about = ({ nativeId }: { nativeId: string }) => `about order ${nativeId}`;
  const { quote, translate } = channel;
  return {
    capabilities: channel.capabilities,
    settleMs: channel.settleMs,
    receive: (request) => channel.receive(request),
    ...(translate && { translate: (kept) => translate.call(channel, kept) }),
    plan: (command, order) => channel.plan(command, order),
    probe: (signal) => asked("about the shop itself", signal, () => channel.probe(signal)),
    pull: (window) => wordedPages(name, () => channel.pull(window), window.signal),
    survey: (window) => wordedPages(name, () => channel.survey(window), window.signal),
    read: (ref, signal) =>
      naming(ref, () => asked(about(ref), signal, () => channel.read(ref, signal))),
    ...(quote && {
      quote: (order, wish, signal) =>
        naming(order, () =>
          asked(`to what a refund of order ${order.nativeId} comes to`, signal, () =>
            quote.call(channel, order, wish, signal),
          ),
        ),
    }),
    perform: async (call): Promise<Outcome> => {
      try {
        const outcome = await channel.perform(call);
        if (outcome.kind === "done") return outcome;
        return { ...outcome, error: named(outcome.error, call.order) };
      } catch (error) {
        const told = errorOf(name, about(call.order), error, undefined, true);
        if (told instanceof ChannelError) return { kind: "unknown", error: told };
        throw told;
      }
    },
    find: async (call): Promise<Finding> => {
      try {
        return await channel.find(call);
      } catch (error) {
        const told = errorOf(name, about(call.order), error);
        if (told instanceof ChannelError) return { kind: "unclear", error: told };
        throw told;
      }
    },
    webhooks: (url, signal) => asked(WEBHOOKS, signal, () => channel.webhooks(url, signal)),
    ensureWebhooks: (url, signal) =>
      asked(WEBHOOKS, signal, () => channel.ensureWebhooks(url, signal)),
    removeWebhooks: (url, signal) =>
      asked(WEBHOOKS, signal, () => channel.removeWebhooks(url, signal)),
  };
}
const WEBHOOKS = "about its webhooks";

/** Has what goes wrong about an order name it. */
async function naming<T>(order: { nativeId: string }, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof ChannelError ? named(error, order) : error;
  }
}

/** The error with the order that it is about, where its words do not hold the order's number. */
function named(error: ChannelError, { nativeId }: { nativeId: string }): ChannelError {
  const number = (nativeId.split("/").at(-1) ?? nativeId).replace(/\W/g, "\\$&");
  const says = new RegExp(`(?<![\\w.:])${number}(?!\\w)`).test(error.message);
  return says ? error : reworded(error, `${error.message} (order ${nativeId})`);
}

async function* wordedPages<Page>(
  name: string,
  pages: () => AsyncIterable<Page>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Page> {
  try {
    yield* pages();
  } catch (error) {
    throw errorOf(name, "with a list of orders", error, signal);
  }
}

/** Errors for people stay as they are, and so does what ended because somebody ended it. */
function errorOf(
  name: string,
  what: string,
  error: unknown,
  signal?: AbortSignal,
  mayHaveHappened = false,
): unknown {
  if (error instanceof GatewayError || signal?.aborted) return error;
  return new ChannelError(
    "CHANNEL_UNAVAILABLE",
    `${name}: the shop's answer ${what} cannot be read (${faultOf(error)}); it is tried again, and if it stays so, look for an extension of the shop that changes its API`,
    { mayHaveHappened, cause: error },
  );
}

/** Where an answer is wrong, without any value of it; of other errors only the kind, since their words may hold one. */
function faultOf(error: unknown): string {
  const issue = error instanceof ZodError ? error.issues[0] : undefined;
  if (issue) return `${issue.path.join(".") || "the whole"}: ${issue.message}`;
  return error instanceof Error ? error.name : typeof error;
}
