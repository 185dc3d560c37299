import { InvalidInput, NotFound } from "../domain/errors.js";
import type { Viewer } from "../domain/scope.js";
import type { Database } from "../store/db.js";
import type { Keys } from "../store/keys.js";
import { apiKeysById } from "../store/read/api-key.js";
import { channelsById } from "../store/read/channel.js";
import type { ApiKeyResult, ApiKeys, ApiKeyWish, UserErrorData } from "./face.js";
import { basic } from "./refusal.js";

export interface ApiKeyParts {
  db: Database;
  keys: Pick<Keys, "create" | "revoke">;
  now?: () => Date;
}

/** Makes and revokes keys for somebody who has one: nobody gives more than they have, or ends what sees more than they do. */
export function createApiKeys(parts: ApiKeyParts): ApiKeys {
  return {
    create: (viewer, wish) => create(parts, viewer, wish),
    revoke: (viewer, id) => revoke(parts, viewer, id),
  };
}

async function create(
  { db, keys, now = () => new Date() }: ApiKeyParts,
  viewer: Viewer,
  { channelIds, expiresAt, ...wish }: ApiKeyWish,
): Promise<ApiKeyResult> {
  const errors = ungranted(viewer, wish);
  if (channelIds) errors.push(...(await unreached(db, viewer, channelIds)));
  if (expiresAt && expiresAt <= now())
    errors.push(
      basic("INVALID_INPUT", `${expiresAt.toISOString()} is over; name a moment to come`, [
        "expiresAt",
      ]),
    );
  if (errors.length > 0) return { apiKeyId: null, key: null, errors };
  try {
    const made = await keys.create(viewer.tenantId, {
      client: wish.client.trim(),
      name: wish.name.trim(),
      scopes: [...new Set(wish.scopes)],
      channelIds: channelIds ? [...new Set(channelIds)] : viewer.channelIds,
      expiresAt,
    });
    return { apiKeyId: made.apiKey.id, key: made.key, errors: [] };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const refusal = basic("INVALID_INPUT", error.message, error.path);
    return { apiKeyId: null, key: null, errors: [refusal] };
  }
}

function ungranted(viewer: Viewer, { scopes }: Pick<ApiKeyWish, "scopes">): UserErrorData[] {
  return scopes.flatMap((scope, place) =>
    viewer.scopes.includes(scope)
      ? []
      : basic(
          "FORBIDDEN_FIELD",
          `A key cannot be given the scope ${scope} by one that lacks it; ask with a key that has it`,
          ["scopes", String(place)],
        ),
  );
}

async function unreached(
  db: Database,
  viewer: Viewer,
  channelIds: readonly string[],
): Promise<UserErrorData[]> {
  const path = ["channelIds"];
  if (channelIds.length === 0)
    return [
      basic("INVALID_INPUT", "A key that reaches no shop is of no use; leave the list out", path),
    ];
  const found = await db.forTenant(viewer.tenantId, (tx) => channelsById(tx, viewer, channelIds));
  const known = new Set(found.map(({ id }) => id));
  return channelIds.flatMap((id, place) =>
    known.has(id)
      ? []
      : basic("NOT_FOUND", new NotFound("Channel", id).message, [...path, String(place)]),
  );
}

async function revoke(
  { db, keys }: ApiKeyParts,
  viewer: Viewer,
  id: string,
): Promise<ApiKeyResult> {
  const { tenantId } = viewer;
  const [visible] = await db.forTenant(tenantId, (tx) => apiKeysById(tx, viewer, [id]));
  if (!visible) {
    const { message } = new NotFound("API key", id);
    return { apiKeyId: null, key: null, errors: [basic("NOT_FOUND", message, ["id"])] };
  }
  const { apiKey, ended } = await keys.revoke(tenantId, id);
  const since = apiKey.revokedAt?.toISOString();
  const errors = ended
    ? []
    : [basic("ALREADY_IN_STATE", `${id} is revoked since ${since}`, ["id"])];
  return { apiKeyId: id, key: null, errors };
}
