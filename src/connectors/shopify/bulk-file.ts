import { ChannelError } from "../../domain/errors.js";
import { addressOf, failureOf, redirectRefused } from "../http-failure.js";

/** How long a file may bring nothing. */
const IDLE_MS = 60_000;
/** No object of an export is longer by far. */
const LONGEST_LINE = 16 * 1024 * 1024;

/**
 * The lines of an exported file as they arrive, never the whole. It lies at a host of Shopify's storage, whose signed address
 * is all that it asks for: our access token is not told there. Throws ChannelError; a file that is gone bears its status.
 */
export async function* fileLines(
  fetchFile: typeof fetch,
  url: string,
  signal?: AbortSignal,
): AsyncIterable<string> {
  const request = { method: "GET", url, signal };
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(), IDLE_MS);
  try {
    const signals = signal ? [idle.signal, signal] : [idle.signal];
    const response = await fetchFile(url, { redirect: "manual", signal: AbortSignal.any(signals) });
    if (response.status >= 300 && response.status < 400)
      throw await redirectRefused("Shopify", request, response);
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new ChannelError(
        "CHANNEL_UNAVAILABLE",
        `Shopify: ${addressOf(request)}, where an export lies, answered HTTP ${response.status}`,
        { httpStatus: response.status, retryable: true, mayHaveHappened: false },
      );
    }
    yield* linesOf(response, () => timer.refresh());
  } catch (cause) {
    throw failureOf("Shopify", request, cause, idle.signal.aborted);
  } finally {
    clearTimeout(timer);
  }
}

async function* linesOf(response: Response, onArrival: () => void): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    onArrival();
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE) throw new Error("an export has a line without an end");
    yield* lines.filter((line) => line !== "");
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}
