import { ChannelError, GatewayError } from "../domain/errors.js";
import { BodyTooLarge } from "./http-body.js";

/** Method, host and path; never the query, where secrets live. */
export function addressOf(request: { method: string; url: string }): string {
  const url = URL.canParse(request.url) ? new URL(request.url) : null;
  return `${request.method} ${url ? `${url.host}${url.pathname}` : "(no valid address)"}`;
}

/** The ChannelError for a call that brought no complete answer. */
export function failureOf(
  name: string,
  request: { method: string; url: string; signal?: AbortSignal | undefined },
  cause: unknown,
  timedOut: boolean,
): ChannelError {
  const known = chainOf(cause).find((error) => error instanceof GatewayError);
  if (known instanceof ChannelError) return known;
  const where = `${name}: ${addressOf(request)}`;
  if (known)
    return new ChannelError("CHANNEL_REJECTED", `${where} was not sent: ${known.message}`, {
      mayHaveHappened: false,
      cause,
    });
  const failure = describe(cause, timedOut, request.signal?.aborted ?? false);
  return new ChannelError("CHANNEL_UNAVAILABLE", `${where} ${failure.text}`, {
    retryable: failure.retryable,
    mayHaveHappened: failure.mayHaveHappened,
    cause,
  });
}

/**
 * The ChannelError for a redirect. Followed, it would carry credentials to a stranger or turn a POST into a GET.
 * 301, 307 and 308 point to the same thing elsewhere and are answered before any work; 302 and 303 may follow it.
 */
export async function redirectRefused(
  name: string,
  request: { method: string; url: string },
  response: Response,
): Promise<ChannelError> {
  await response.body?.cancel();
  const target = response.headers.get("location") ?? "";
  const url = URL.canParse(target, request.url) ? new URL(target, request.url) : null;
  const to = url ? `${url.origin}${url.pathname}` : "an unreadable address";
  return new ChannelError(
    "CHANNEL_REJECTED",
    `${name}: ${addressOf(request)} is redirected to ${to}; connect the shop with the address it answers at itself`,
    {
      httpStatus: response.status,
      mayHaveHappened: response.status === 302 || response.status === 303,
    },
  );
}

interface Failure {
  text: string;
  retryable: boolean;
  mayHaveHappened: boolean;
}

function describe(cause: unknown, timedOut: boolean, aborted: boolean): Failure {
  if (timedOut) return { text: "gave no answer in time", retryable: true, mayHaveHappened: true };
  if (aborted) return { text: "was given up on its way", retryable: true, mayHaveHappened: true };
  const errors = chainOf(cause);
  if (errors.some((error) => error instanceof BodyTooLarge))
    return { text: "answered too much to read", retryable: false, mayHaveHappened: true };
  const codes = errors.map(codeOf).filter((code) => code !== null);
  const unsent = codes.find((code) => UNSENT.test(code)) ?? connecting(errors) ?? handshake(errors);
  if (unsent) return { text: `could not be reached (${unsent})`, ...before(unsent) };
  const what = codes[0] ?? "network failure";
  return { text: `broke off (${what})`, retryable: true, mayHaveHappened: true };
}

/** Failures that come before the first byte of a request can leave: no name, no connection, no trusted certificate. */
const UNSENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL|EPROTO|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID|ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL|\w*HANDSHAKE_FAILURE|TLSV1_\w+))$/;
const PASSES_BY_ITSELF =
  /^(ECONN\w+|ETIMEDOUT|ENOTFOUND|EAI_\w+|E(HOST|NET)UNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|TLS handshake)$/;

function before(code: string): Pick<Failure, "retryable" | "mayHaveHappened"> {
  return { retryable: PASSES_BY_ITSELF.test(code), mayHaveHappened: false };
}

/** The same code (ETIMEDOUT, ECONNRESET) comes while connecting and later; the system call tells which. */
function connecting(errors: Error[]): string | null {
  const error = errors.find(
    (candidate) => (candidate as { syscall?: unknown }).syscall === "connect",
  );
  return error ? codeOf(error) : null;
}

/** Node reports a connection cut during the handshake as a plain ECONNRESET; only its text tells. */
function handshake(errors: Error[]): string | null {
  const cut = errors.some((error) => /before secure TLS connection/i.test(error.message));
  return cut ? "TLS handshake" : null;
}

/** An error, what caused it, and what it gathers (several addresses of one name are tried at once). */
function chainOf(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const gathered = error instanceof AggregateError ? error.errors : [];
  return [error, ...[error.cause, ...gathered].flatMap((inner) => chainOf(inner, depth + 1))];
}

function codeOf(error: Error): string | null {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" ? code : null;
}
