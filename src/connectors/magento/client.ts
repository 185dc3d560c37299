import type { Http } from "../http.js";
import { isPageInstead, pageInstead, readJson } from "../json.js";
import { withQuery } from "../query.js";
import { toJson } from "./json.js";
import { type MagentoAnswer, PAGES, refusal } from "./refusal.js";
import type { Settings } from "./settings.js";
import { authorization } from "./signature.js";

export interface MagentoRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below /rest/V1, beginning with a slash: "/orders/1". */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** The REST API of one shop. */
export interface Magento {
  /** Whether requests are signed; else the access token is sent as Bearer. */
  readonly isSigned: boolean;
  /** Any complete answer. Throws ChannelError where there is none. */
  call(request: MagentoRequest): Promise<MagentoAnswer>;
  /** A read that must succeed: throws ChannelError for any other answer, and for one that is no JSON. */
  get(
    path: string,
    query?: Record<string, string>,
    signal?: AbortSignal | undefined,
  ): Promise<unknown>;
  /** What a public page below the shop's address says, as text; null where it answers anything but 200. */
  page(path: string, signal?: AbortSignal | undefined): Promise<string | null>;
  /** Method, host and path of a request, for messages. */
  where(request: Pick<MagentoRequest, "method" | "path">): string;
}

/** `/rest/V1` is the default store view, whatever its code is; lists of orders hold those of all stores all the same. */
const REST = "/rest/V1";

/** A client that proves itself anew for each try. */
export function createMagento(settings: Settings, http: Http, now: () => Date): Magento {
  const site = new URL(settings.url);

  async function call(request: MagentoRequest): Promise<MagentoAnswer> {
    const url = withQuery(`${settings.url}${REST}${request.path}`, request.query);
    const answer = await http.send({
      method: request.method,
      url,
      headers: () => ({
        accept: "application/json",
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
        authorization: authorization(settings, { method: request.method, url }, now()),
      }),
      ...(request.body === undefined ? {} : { body: toJson(request.body) }),
      signal: request.signal,
    });
    return {
      status: answer.status,
      body: readJson(answer.text),
      retryAfterMs: answer.retryAfterMs,
    };
  }

  const where = ({ method, path }: Pick<MagentoRequest, "method" | "path">) =>
    `${method} ${site.host}${site.pathname.replace(/\/$/, "")}${REST}${path}`;

  async function get(
    path: string,
    query: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<unknown> {
    const answer = await call({ method: "GET", path, query, signal });
    const asked = where({ method: "GET", path });
    if (isPageInstead(answer)) throw pageInstead("Magento", asked, PAGES, answer.status);
    if (answer.status < 200 || answer.status >= 300) throw refusal(answer, asked);
    return answer.body;
  }

  async function page(path: string, signal?: AbortSignal): Promise<string | null> {
    const answer = await http.send({ method: "GET", url: `${settings.url}${path}`, signal });
    return answer.status === 200 ? answer.text : null;
  }

  return { isSigned: settings.signing !== null, call, get, page, where };
}
