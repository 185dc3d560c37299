import type { ShopAnswer, ShopRequest } from "../../../simulator/server.js";
import type { Store } from "../store/store.js";
import { Problem, RefundProblem, V2Error } from "./errors.js";
import type { Quota } from "./quota.js";
import type { Route } from "./route.js";
import { xml } from "./xml.js";

export interface RouterOptions {
  store: Store;
  routes: readonly Route[];
  quota: Quota;
  /** Scopes that the token was given. */
  granted: ReadonlySet<string>;
}

/** A request's place in the API. */
interface Place {
  storeHash: string;
  version: "v2" | "v3";
  /** "/v2/orders/100", without the ending that names a format. */
  path: string;
  format: string | undefined;
}

const withBody: ReadonlySet<string> = new Set(["POST", "PUT"]);

/** The platform's gateway and the APIs behind it: who asks, how often, what for, and in which format. */
export function createRouter({
  store,
  routes,
  quota,
  granted,
}: RouterOptions): (request: ShopRequest) => Promise<ShopAnswer> {
  const compiled = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replaceAll(/\{(\w+)\}/g, "(?<$1>\\d+)")}$`),
  }));

  /** Whether the request comes from somebody who may ask this store at all. */
  function authenticate({ headers }: ShopRequest, { storeHash }: Place): void {
    const token = headers["x-auth-token"];
    const { credentials } = store.data;
    if (token === undefined) throw new Problem(401, "X-Auth-Token header is required");
    if (token !== credentials.accessToken || storeHash !== credentials.storeHash) {
      throw new Problem(
        401,
        "Unauthorized - the v3 Auth client ID or token in the request are not a valid combination for this store.",
      );
    }
  }

  async function dispatch(request: ShopRequest, { path, version }: Place): Promise<Told> {
    const matches = compiled.flatMap(({ route, pattern }) => {
      const found = pattern.exec(path);
      return found ? [{ route, groups: { ...found.groups } }] : [];
    });
    const hit = matches.find(({ route }) => route.method === request.method);
    if (!hit) throw missing(version, matches.length > 0);
    const { route, groups } = hit;
    if (route.scopes.length > 0 && !route.scopes.some((scope) => granted.has(scope)))
      throw new Problem(403, "You don't have a required scope to access the endpoint", {});
    const params = Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, Number(value)]),
    );
    const body = bodyOf(request, version);
    const answer = await route.run({ store, params, query: request.url.searchParams, body });
    return { status: answer.status ?? 200, body: answer.body, name: route.name ?? "item" };
  }

  return async (request) => {
    const place = placeOf(request.path);
    if (!place) return reply({ status: 404, body: new Problem(404, "Not Found") }, {}, false);
    let limits: Record<string, string> = {};
    let isXml = false;
    let told: Told;
    try {
      authenticate(request, place);
      const taken = quota.take();
      limits = quota.headers();
      if (!taken) throw new Problem(429, "Too Many Requests");
      isXml = wantsXml(request, place);
      told = await dispatch(request, place);
    } catch (error) {
      if (!(error instanceof V2Error) && !(error instanceof Problem)) throw error;
      told = { status: error.status, body: error, name: "errors" };
    }
    return reply(told, limits, isXml && !(told.body instanceof Problem));
  };
}

interface Told {
  status: number;
  body?: unknown;
  name?: string;
}

/** Where in the API a path is; undefined where it is outside. */
export function placeOf(path: string): Place | undefined {
  const [, storeHash, version, rest, format] =
    /^\/stores\/(\w+)\/(v2|v3)(\/.*?)(?:\.(json|xml))?$/.exec(path) ?? [];
  if (storeHash === undefined || (version !== "v2" && version !== "v3")) return undefined;
  return { storeHash, version, path: `/${version}${rest}`, format };
}

/** v2 answers JSON only to those who ask for it, in the Accept header or by a path's ending; v3 always. */
function wantsXml({ headers }: ShopRequest, { version, format }: Place): boolean {
  if (version === "v3" || format === "json") return false;
  const accept = headers.accept ?? "*/*";
  if (format === "xml" || /application\/xml|text\/xml/i.test(accept)) return true;
  if (/application\/json/i.test(accept)) return false;
  if (/\*\/\*|application\/\*/.test(accept)) return true;
  throw new V2Error(406, "The requested content type is not supported.");
}

function missing(version: "v2" | "v3", known: boolean): Error {
  const status = known ? 405 : 404;
  const text = known
    ? "The requested method is not allowed on this resource."
    : "The requested resource was not found.";
  return version === "v2" ? new V2Error(status, text) : new Problem(status, text);
}

function bodyOf({ method, headers, body }: ShopRequest, version: "v2" | "v3"): unknown {
  if (body.length === 0 || !withBody.has(method)) return undefined;
  const isV2 = version === "v2";
  if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) {
    const text = "The request's content type is not supported.";
    throw isV2 ? new V2Error(415, text) : new Problem(415, text);
  }
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    const error = isV2
      ? new V2Error(400, "The request body could not be read.")
      : new Problem(400, "Input is invalid.");
    error.cause = cause;
    throw error;
  }
}

function reply(
  { status, body, name = "item" }: Told,
  limits: Record<string, string>,
  isXml: boolean,
): ShopAnswer {
  if (body === undefined) return { status, headers: limits, body: "" };
  const kind = isXml
    ? "application/xml"
    : body instanceof Problem && !(body instanceof RefundProblem)
      ? "application/problem+json"
      : "application/json";
  const plain: unknown = JSON.parse(JSON.stringify(body));
  return {
    status,
    headers: { "content-type": kind, ...limits },
    body: isXml ? xml(name, plain) : JSON.stringify(plain),
  };
}
