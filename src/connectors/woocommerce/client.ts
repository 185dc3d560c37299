import type { Http } from "../http.js";
import { isPageInstead, pageInstead, readJson } from "../json.js";
import { oauthHeader } from "../oauth1.js";
import { withQuery } from "../query.js";
import { PAGES, refusal, type WooAnswer } from "./refusal.js";
import type { Settings } from "./settings.js";
import { basicHeader } from "./signature.js";

export interface WooRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below /wp-json, beginning with a slash: "/wc/v3/orders". */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** Default: Basic over https, OAuth over http; "none" for what is public. */
  auth?: "oauth" | "none";
}

/** The REST API of one shop. */
export interface Woo {
  readonly isHttps: boolean;
  /** Any complete answer. Throws ChannelError where there is none. */
  call(request: WooRequest): Promise<WooAnswer>;
  /** A read that must succeed: throws ChannelError for any other answer, and for one that is no JSON. */
  get(
    path: string,
    query?: Record<string, string>,
    signal?: AbortSignal | undefined,
  ): Promise<WooAnswer>;
  /** Method, host and path of a request, for messages. */
  where(request: Pick<WooRequest, "method" | "path">): string;
}

/** A client that proves itself as the shop's address demands: Basic over https, a fresh OAuth signature over http. */
export function createWoo(settings: Settings, http: Http, now: () => Date): Woo {
  const site = new URL(settings.url);

  async function call(request: WooRequest): Promise<WooAnswer> {
    const url = withQuery(`${settings.url}/wp-json${request.path}`, request.query);
    const authorization = (): Record<string, string> => {
      if (request.auth === "none") return {};
      if (site.protocol === "https:" && request.auth !== "oauth")
        return { authorization: basicHeader(settings) };
      return { authorization: oauthHeader(settings, { method: request.method, url }, now()) };
    };
    const answer = await http.send({
      method: request.method,
      url,
      headers: () => ({
        accept: "application/json",
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
        ...authorization(),
      }),
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: request.signal,
    });
    return {
      status: answer.status,
      headers: answer.headers,
      body: readJson(answer.text),
      retryAfterMs: answer.retryAfterMs,
    };
  }

  const where = ({ method, path }: Pick<WooRequest, "method" | "path">) =>
    `${method} ${site.host}${site.pathname.replace(/\/$/, "")}/wp-json${path}`;

  async function get(
    path: string,
    query: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<WooAnswer> {
    const answer = await call({ method: "GET", path, query, signal });
    const asked = where({ method: "GET", path });
    if (isPageInstead(answer)) throw pageInstead("WooCommerce", asked, PAGES, answer.status);
    if (answer.status < 200 || answer.status >= 300) throw refusal(answer, asked);
    return answer;
  }

  return { isHttps: site.protocol === "https:", call, get, where };
}
