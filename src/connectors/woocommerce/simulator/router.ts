import type { ShopAnswer, ShopRequest } from "../../simulator/server.js";
import { checkPermission, createAuthentication } from "./auth.js";
import { RestError } from "./errors.js";
import { type Arguments, checkArguments, type Parameters } from "./parameters.js";
import { emptyParams, type PhpParams, parsePhpQuery, phpJson } from "./php.js";
import type { Site } from "./site.js";

/** What a route's code is given. */
export interface RouteCall {
  site: Site;
  /** Arguments of path, query and body in their declared types, defaults filled in. */
  args: Arguments;
  /** What the client itself gave, without defaults. */
  given: Arguments;
  /** The query alone, as PHP parsed it. */
  query: PhpParams;
}
export interface RouteAnswer {
  status?: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Why a request without a key is refused, in WooCommerce's words; "nobody": anyone may. */
type Guard = "list" | "view" | "create" | "edit" | "delete" | "batch" | "nobody";

export interface Route {
  methods: readonly string[];
  /** As the index of the API writes it: "/wc/v3/orders/(?P<id>[\\d]+)". */
  path: string;
  guard: Guard;
  parameters?: Parameters;
  run: (call: RouteCall) => RouteAnswer | Promise<RouteAnswer>;
}

export const readable = ["GET"] as const;
export const creatable = ["POST"] as const;
export const editable = ["POST", "PUT", "PATCH"] as const;
export const deletable = ["DELETE"] as const;

const refusals: Record<Exclude<Guard, "nobody">, [code: string, message: string]> = {
  list: ["view", "Sorry, you cannot list resources."],
  view: ["view", "Sorry, you cannot view this resource."],
  create: ["create", "Sorry, you are not allowed to create resources."],
  edit: ["edit", "Sorry, you are not allowed to edit this resource."],
  delete: ["delete", "Sorry, you are not allowed to delete this resource."],
  batch: ["batch", "Sorry, you are not allowed to batch manipulate this resource."],
};

interface Match {
  route: Route;
  params: Record<string, string>;
}

/** The site's REST server: authenticates, finds the route, checks arguments and rights, in WordPress's order. */
export function createRouter(
  site: Site,
  routes: readonly Route[],
): (request: ShopRequest) => Promise<ShopAnswer> {
  const authenticate = createAuthentication(site.data.keys);
  const compiled = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replaceAll("(?P<", "(?<")}$`, "i"),
  }));

  function match(path: string): Match[] {
    return compiled.flatMap(({ route, pattern }) => {
      const found = pattern.exec(path);
      return found ? [{ route, params: { ...found.groups } }] : [];
    });
  }

  async function dispatch(
    request: ShopRequest,
    path: string,
    query: PhpParams,
  ): Promise<ShopAnswer> {
    const form = isForm(request) ? parsePhpQuery(request.body.toString()) : emptyParams();
    const key = path.startsWith("/wc")
      ? authenticate({ request, home: site.url, query, form, now: site.now() })
      : null;
    if (key) checkPermission(key, request.method);
    const matches = match(path);
    const method = request.method === "HEAD" ? "GET" : request.method;
    const hit = matches.find(({ route }) => route.methods.includes(method));
    if (!hit)
      throw new RestError(
        "rest_no_route",
        "No route was found matching the URL and request method.",
        404,
      );
    const given: Arguments = { ...hit.params, ...query, ...form, ...jsonOf(request) };
    // The path wins over a body that names another id, as it does in WooCommerce's own updates.
    const args = checkArguments(hit.route.parameters ?? {}, { ...given, ...hit.params });
    if (!key && hit.route.guard !== "nobody") {
      const [code, message] = refusals[hit.route.guard];
      throw new RestError(`woocommerce_rest_cannot_${code}`, message, 401);
    }
    const answer = await hit.route.run({ site, args, given, query });
    const allow = [...new Set(matches.flatMap(({ route }) => route.methods))].join(", ");
    return reply(site, answer.status ?? 200, selected(answer.body, query._fields), {
      allow,
      ...answer.headers,
    });
  }

  return async (request) => {
    const query = parsePhpQuery(request.url.search);
    const path = routeOf(request.path, query);
    if (path === null) return notFoundPage();
    try {
      return await dispatch(request, path, query);
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      return reply(site, error.status, error);
    }
  };
}

/** "/wc/v3/orders" of "/wp-json/wc/v3/orders/" or of "/?rest_route=/wc/v3/orders"; null: no API request. */
export function routeOf(path: string, query: PhpParams): string | null {
  const wanted = path.startsWith("/wp-json") ? path.slice("/wp-json".length) : query.rest_route;
  if (typeof wanted !== "string") return null;
  return decodeURI(wanted).replace(/\/+$/, "") || "/";
}

function isForm({ headers }: ShopRequest): boolean {
  return headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
}

function jsonOf({ headers, body }: ShopRequest): Arguments {
  if (!/^application\/([\w.-]+\+)?json/i.test(headers["content-type"] ?? "") || body.length === 0)
    return {};
  try {
    const parsed: unknown = JSON.parse(body.toString());
    return typeof parsed === "object" && parsed !== null ? (parsed as Arguments) : {};
  } catch {
    const data = { status: 400, json_error_code: 4, json_error_message: "Syntax error" };
    throw new RestError("rest_invalid_json", "Invalid JSON body passed.", 400, data);
  }
}

function reply(
  site: Site,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): ShopAnswer {
  const index = `<${site.url}/wp-json/>; rel="https://api.w.org/"`;
  return {
    status,
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "access-control-expose-headers": "X-WP-Total, X-WP-TotalPages, Link",
      "access-control-allow-headers":
        "Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type",
      "cache-control": "no-cache, must-revalidate, max-age=0, no-store, private",
      expires: "Wed, 11 Jan 1984 05:00:00 GMT",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex",
      link: index,
      ...headers,
    },
    body: phpJson(body),
  };
}

/** Outside the API the theme answers, in HTML. */
function notFoundPage(): ShopAnswer {
  const body =
    "<!DOCTYPE html><html><head><title>Page not found</title></head><body>Page not found</body></html>";
  return { status: 404, headers: { "content-type": "text/html; charset=UTF-8" }, body };
}

/** What `_fields` keeps: names with dots reach into objects, not into lists. */
function selected(body: unknown, fields: unknown): unknown {
  if (typeof fields !== "string" || fields === "" || typeof body !== "object" || body === null)
    return body;
  const paths = fields
    .split(/[\s,]+/)
    .filter((name) => name !== "")
    .map((name) => name.split("."));
  return Array.isArray(body) ? body.map((each) => narrowed(each, paths)) : narrowed(body, paths);
}

function narrowed(value: unknown, paths: readonly string[][]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return [];
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    const rests = paths.filter(([head]) => head === key).map((path) => path.slice(1));
    if (rests.length === 0) return [];
    return [[key, rests.some((rest) => rest.length === 0) ? inner : narrowed(inner, rests)]];
  });
  return Object.fromEntries(entries);
}
