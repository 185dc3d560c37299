import { z } from "zod";
import type { WebhookRegistration } from "../../domain/channel.js";
import { isPageInstead } from "../json.js";
import type { BigCommerce, Request } from "./client.js";
import { hookPayload } from "./payload.js";
import { refusal } from "./refusal.js";
import { KEY_HEADER, webhookKey } from "./signature.js";

/** Scopes we subscribe to, one by one: a wildcard would bring every message and metafield as well. */
const SCOPES = [
  "store/order/created",
  "store/order/updated",
  "store/order/archived",
  "store/order/statusUpdated",
  "store/order/refund/created",
  "store/order/transaction/created",
  "store/order/transaction/updated",
  "store/shipment/created",
  "store/shipment/updated",
  "store/shipment/deleted",
  "store/app/uninstalled",
] as const;

/**
 * Refused to a token that may not read transactions, and the second of them is in no published list of scopes; an order's
 * own news say enough then.
 */
const OPTIONAL: ReadonlySet<string> = new Set([
  "store/order/transaction/created",
  "store/order/transaction/updated",
]);

type Hook = z.output<typeof hookPayload>;

/** Our subscriptions: those of this token that deliver to `url`. Nobody sees another token's. */
export async function listHooks(
  api: BigCommerce,
  url: string,
  signal?: AbortSignal,
): Promise<Hook[]> {
  const found = z.array(hookPayload).parse(await api.list("/v3/hooks", {}, signal));
  return found.filter((hook) => hook.destination === url);
}

/**
 * Makes the missing subscriptions, and wakes those that were switched off (after two days of failed deliveries, and after
 * 90 days of silence) or that still bear an older key.
 */
export async function ensureHooks(
  api: BigCommerce,
  url: string,
  secret: string,
  signal?: AbortSignal,
): Promise<WebhookRegistration[]> {
  const ours = await listHooks(api, url, signal);
  const live = { is_active: true, headers: { [KEY_HEADER]: webhookKey(secret) } };
  for (const scope of SCOPES) {
    if (ours.some((hook) => hook.scope === scope)) continue;
    const body = { scope, destination: url, ...live };
    const fine = OPTIONAL.has(scope) ? [403, 422] : [];
    await write(api, { method: "POST", path: "/v3/hooks", body, signal }, fine);
  }
  for (const hook of ours) {
    if (hook.is_active && keyOf(hook) === webhookKey(secret)) continue;
    await write(api, { method: "PUT", path: `/v3/hooks/${hook.id}`, body: live, signal });
  }
  return registrationsOf(await listHooks(api, url, signal));
}

/** Deletes our subscriptions; one that is gone already is fine. */
export async function removeHooks(
  api: BigCommerce,
  url: string,
  signal?: AbortSignal,
): Promise<void> {
  for (const { id } of await listHooks(api, url, signal))
    await write(api, { method: "DELETE", path: `/v3/hooks/${id}`, signal }, [404]);
}

export function registrationsOf(hooks: readonly Hook[]): WebhookRegistration[] {
  return hooks.map(({ scope, is_active }) => ({ topic: scope, active: is_active }));
}

/** Header names may come back in any case. */
function keyOf({ headers }: Hook): string | undefined {
  return Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === KEY_HEADER)?.[1];
}

async function write(
  api: BigCommerce,
  request: Request,
  fine: readonly number[] = [],
): Promise<void> {
  const answer = await api.call(request);
  const isFine = answer.status < 300 || (fine.includes(answer.status) && !isPageInstead(answer));
  if (!isFine) throw refusal(answer, api.asked(request));
}
