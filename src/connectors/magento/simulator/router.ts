import { randomUUID } from "node:crypto";
import type { ShopAnswer, ShopRequest } from "../../simulator/server.js";
import { createAuthentication } from "./auth.js";
import { bulkOf, type Queue } from "./bulk.js";
import { ApiError, noRoute, notAuthorized } from "./errors.js";
import { projected } from "./fields.js";
import { type Given, integerIn, jsonOf, type Parameters, readParameters } from "./input.js";
import { type PhpParams, parseQuery, phpJson } from "./php.js";
import type { Site } from "./site.js";
import type { Integration } from "./state.js";
import { stores } from "./stores.js";

/** What a route's code is given. */
export interface Call {
  site: Site;
  /** Values of the path, decoded. */
  path: Readonly<Record<string, string>>;
  /** A whole number of the path; an error in Magento's words where it is none. */
  id: (name: string) => number;
  query: PhpParams;
  /** The parameters of the service, converted and checked. */
  given: Given;
}

export interface Route {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** "/orders/:id/cancel", below /V1. */
  path: string;
  /** What the integration must be allowed; "anonymous": nothing. */
  resource: string;
  parameters?: Parameters;
  /** The service behind it, by which it can also be queued: "magento.sales.api.shiporderinterface.execute". */
  service?: string;
  run: (call: Call) => unknown;
}

interface Matched {
  route: Route;
  path: Record<string, string>;
}

/** Serves /rest/<store>/V1, /rest/<store>/async/V1 and /rest/<store>/async/bulk/V1. */
export function createRouter(
  site: Site,
  routes: readonly Route[],
  queue: Queue,
): (request: ShopRequest) => ShopAnswer {
  const authenticate = createAuthentication(site);
  const plain = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  const bulk = routes
    .filter(({ service }) => service)
    .map((route) => ({ route, pattern: patternOf(bulkPathOf(route.path)) }));

  function match(compiled: typeof plain, method: string, path: string): Matched {
    for (const { route, pattern } of compiled) {
      const found = route.method === method ? pattern.exec(path) : null;
      if (found) return { route, path: decoded(found.groups ?? {}) };
    }
    throw noRoute();
  }

  function answer(request: ShopRequest): unknown {
    const address = addressOf(request.path);
    if (!address) throw noRoute();
    const { kind, path } = address;
    const matched = match(kind === "bulk" ? bulk : plain, request.method, path);
    const integration = authenticate(request);
    if (!isAllowed(matched.route, integration)) throw notAuthorized(matched.route.resource);
    const query = parseQuery(request.url.search);
    const input = jsonOf(request);
    const perform = (each: unknown, values: Record<string, string>): unknown =>
      run(site, matched.route, { path: values, query, input: each });
    if (kind === "plain") return projected(perform(input, matched.path), query.fields);
    if (!matched.route.service) throw noRoute();
    const wishes = kind === "bulk" && Array.isArray(input) ? (input as unknown[]) : [input];
    return bulkOf(queue, {
      uuid: randomUUID(),
      topic: `async.${matched.route.service}.${request.method.toLowerCase()}`,
      wishes: wishes.map((wish) => ({
        input: kind === "bulk" ? wish : { ...(wish as object), ...matched.path },
        run: () => perform(wish, { ...matched.path, ...valuesOf(wish) }),
      })),
    });
  }

  return (request) => {
    try {
      const body = answer(request);
      return reply(isQueued(request) ? 202 : 200, body, { "x-frame-options": "SAMEORIGIN" });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return reply(error.status, error);
    }
  };
}

/** One call of a service. */
function run(
  site: Site,
  route: Route,
  { path, query, input }: { path: Record<string, string>; query: PhpParams; input: unknown },
): unknown {
  const id = (name: string): number => integerIn(path[name] ?? "");
  return route.run({ site, path, query, id, given: readParameters(site, route.parameters, input) });
}

interface Address {
  kind: "plain" | "async" | "bulk";
  path: string;
}

/** Where a path leads; a store code that does not exist leads nowhere. */
function addressOf(path: string): Address | null {
  const found = /^\/rest(?:\/(?!V1\/|async\/)([\w-]+))?(\/async(\/bulk)?)?\/V1(\/.*?)\/?$/.exec(
    path,
  );
  if (!found) return null;
  const [, code, async, bulk, below = ""] = found;
  const isKnown = code === undefined || code === "all" || stores.some((each) => each.code === code);
  if (!isKnown) return null;
  return { kind: bulk ? "bulk" : async ? "async" : "plain", path: below };
}

function isQueued({ path }: ShopRequest): boolean {
  return (addressOf(path)?.kind ?? "plain") !== "plain";
}

/** "/order/:orderId/ship" is "/order/byOrderId/ship" in bulk, where each wish names its order. */
function bulkPathOf(path: string): string {
  return path.replace(
    /:(\w)(\w*)/g,
    (_, first: string, rest: string) => `by${first.toUpperCase()}${rest}`,
  );
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`);
}

function decoded(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
  );
}

/** What a bulk wish says of its path: the order's id, as text. */
function valuesOf(wish: unknown): Record<string, string> {
  if (typeof wish !== "object" || wish === null) return {};
  return Object.fromEntries(Object.entries(wish).map(([name, value]) => [name, String(value)]));
}

function isAllowed({ resource }: Route, integration: Integration | null): boolean {
  if (resource === "anonymous") return true;
  const resources = integration?.resources ?? [];
  return resources === "all" || resources.includes(resource);
}

function reply(status: number, body: unknown, headers: Record<string, string> = {}): ShopAnswer {
  return {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      "x-powered-by": "PHP/8.2.36",
      ...headers,
    },
    body: phpJson(body),
  };
}
