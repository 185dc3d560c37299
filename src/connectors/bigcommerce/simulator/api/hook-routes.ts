import type { Hooks } from "../hooks/deliver.js";
import { isAllowed, isKnown } from "../hooks/scopes.js";
import type { Hook } from "../store/state.js";
import type { Store } from "../store/store.js";
import { invalidData, Problem } from "./errors.js";
import { pageV3 } from "./page.js";
import { fieldsOf, type Route, type RouteAnswer, type RouteCall, scopes } from "./route.js";

type Fields = Record<string, unknown>;

/** A store, client and scope have no more hooks than this. */
const mostOfScope = 10;
const scopesAsked = scopes.anybody;

export interface HookRouteOptions {
  hooks: () => Hooks;
  granted: ReadonlySet<string>;
  /** true takes destinations of any scheme, host and port. */
  relaxed: boolean;
}

/** /v3/hooks: what a token's own client subscribes to. */
export function hookRoutes({ hooks, granted, relaxed }: HookRouteOptions): readonly Route[] {
  function create({ store, body }: RouteCall): RouteAnswer {
    const given = fieldsOf(body);
    const { scope, destination } = given;
    if (scope === undefined) throw invalidData({ scope: "error.path.missing" });
    if (destination === undefined) throw invalidData({ destination: "error.path.missing" });
    const now = store.now();
    const hook: Hook = {
      id: store.nextId("hook"),
      scope: "",
      destination: "",
      active: true,
      headers: null,
      createdAt: now,
      updatedAt: now,
    };
    write(store, hook, given);
    store.data.hooks.push(hook);
    store.changed();
    return told(store, hook);
  }

  function update(call: RouteCall): RouteAnswer {
    const hook = find(call);
    const given = fieldsOf(call.body);
    if (Object.keys(given).length === 0)
      throw new Problem(422, "At least one field is required to update a webhook.");
    write(call.store, hook, given);
    hook.updatedAt = call.store.now();
    call.store.changed();
    return told(call.store, hook);
  }

  function remove(call: RouteCall): RouteAnswer {
    const hook = find(call);
    const { data } = call.store;
    data.hooks = data.hooks.filter((each) => each !== hook);
    hooks().forget(hook);
    call.store.changed();
    return told(call.store, hook);
  }

  /** Checks every field before it writes one. */
  function write(store: Store, hook: Hook, given: Fields): void {
    const next: Hook = { ...hook };
    if (given.scope !== undefined) next.scope = checkedScope(store, hook, given.scope);
    if (given.destination !== undefined)
      next.destination = checkedDestination(given.destination, relaxed);
    if (given.is_active !== undefined) {
      if (typeof given.is_active !== "boolean")
        throw invalidData({ is_active: "error.expected.jsboolean" });
      next.active = given.is_active;
    }
    if (given.headers !== undefined) next.headers = checkedHeaders(given.headers);
    Object.assign(hook, next);
  }

  function checkedScope({ data }: Store, hook: Hook, given: unknown): string {
    if (typeof given !== "string" || !isKnown(given))
      throw invalidData({ scope: `Unknown scope: ${String(given)}` });
    if (!isAllowed(given, granted))
      throw new Problem(
        403,
        "Unauthorized Access. You do not have permission to make this request.",
      );
    const own = data.hooks.filter(({ id, scope }) => id !== hook.id && scope === given);
    if (own.length >= mostOfScope)
      throw new Problem(
        422,
        `No more than ${mostOfScope} webhooks are allowed for scope ${given}.`,
      );
    return given;
  }

  return [
    { method: "POST", path: "/v3/hooks", scopes: scopesAsked, run: create },
    { method: "GET", path: "/v3/hooks", scopes: scopesAsked, run: list },
    {
      method: "GET",
      path: "/v3/hooks/{webhook_id}",
      scopes: scopesAsked,
      run: (call) => told(call.store, find(call)),
    },
    { method: "PUT", path: "/v3/hooks/{webhook_id}", scopes: scopesAsked, run: update },
    { method: "DELETE", path: "/v3/hooks/{webhook_id}", scopes: scopesAsked, run: remove },
  ];
}

function list({ store, query }: RouteCall): RouteAnswer {
  const active = query.get("is_active");
  const rows = store.data.hooks.filter(
    (hook) =>
      (active === null || String(hook.active) === active) &&
      (query.get("scope") ?? hook.scope) === hook.scope &&
      (query.get("destination") ?? hook.destination) === hook.destination,
  );
  return pageV3(rows, query, { show: (hook) => hookView(store, hook) });
}

function find({ store, params }: RouteCall): Hook {
  const hook = store.data.hooks.find(({ id }) => id === params.webhook_id);
  if (hook) return hook;
  throw new Problem(404, `Webhook with id [${params.webhook_id}] not found`);
}

/** https on port 443 alone, and no address that only the platform itself could reach. */
function checkedDestination(given: unknown, relaxed: boolean): string {
  const url = typeof given === "string" && URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol))
    throw invalidData({ destination: "error.expected.url" });
  const isPublic = url.protocol === "https:" && url.port === "" && !isLocal(url.hostname);
  if (relaxed || isPublic) return String(given);
  throw invalidData({
    destination: "The destination must be a public address served over https on port 443.",
  });
}

const isLocal = (host: string): boolean =>
  host === "localhost" || /^(?:127|10|192\.168|169\.254)\.|^\[/.test(host);

function checkedHeaders(given: unknown): Record<string, string> | null {
  if (given === null) return null;
  const entries = Object.entries(fieldsOf(given));
  if (entries.some(([, value]) => typeof value !== "string"))
    throw invalidData({ headers: "error.expected.jsstring" });
  return Object.fromEntries(entries) as Record<string, string>;
}

const told = (store: Store, hook: Hook): RouteAnswer => ({
  body: { data: hookView(store, hook), meta: {} },
});

function hookView({ data }: Store, hook: Hook): unknown {
  return {
    id: hook.id,
    client_id: data.credentials.clientId,
    store_hash: data.credentials.storeHash,
    created_at: hook.createdAt,
    updated_at: hook.updatedAt,
    scope: hook.scope,
    destination: hook.destination,
    is_active: hook.active,
    headers: hook.headers,
  };
}
