import { createHash, randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { InvalidInput, NotFound } from "../domain/errors.js";
import { mintId } from "../domain/id.js";
import { knownScopes, SCOPES, type Scope, type Viewer } from "../domain/scope.js";
import type { Database, Tx } from "./db.js";
import type { Access } from "./read/access.js";
import { type ApiKey, listApiKeys, shownKey } from "./read/api-key.js";
import { apiKeys, tenants } from "./tables.js";

/** What a key turned out to be. Only "unknown" is final: an expired or revoked one may be replaced by its owner. */
export type Authentication =
  | { kind: "viewer"; viewer: Viewer }
  | { kind: "unknown" | "expired" | "revoked" };

export interface NewApiKey {
  /** The integration it belongs to, stable over its keys. */
  client: string;
  name: string;
  scopes: readonly Scope[];
  channelIds?: readonly string[] | null;
  expiresAt?: Date | null;
}

/** The API keys of all tenants. Only hashes are kept; a key is looked up by its own. */
export interface Keys {
  /** Whose key this is. Answers from memory for some seconds; see `forget`. */
  authenticate(key: string): Promise<Authentication>;
  /** Whether a key that was good still is, asked of the database itself. */
  check(viewer: Viewer): Promise<Authentication>;
  create(tenantId: string, wish: NewApiKey): Promise<{ apiKey: ApiKey; key: string }>;
  /** Takes a key that somebody chose; does nothing where its hash is known. Throws InvalidInput on one too short to be safe. */
  adopt(tenantId: string, key: string, wish: NewApiKey): Promise<void>;
  /** Newest last, revoked ones included; with limited access only keys that are limited at least as much. */
  list(access: Access): Promise<ApiKey[]>;
  /** Ends a key at once; `ended` is false where it was over already. Throws NotFound. */
  revoke(tenantId: string, id: string): Promise<{ apiKey: ApiKey; ended: boolean }>;
  /** Drops what is remembered, since some process changed a key. */
  forget(): void;
}

export interface KeysOptions {
  /** Called after a key was made or revoked, so that all processes forget. */
  changed?: () => void;
  now?: () => Date;
}

/** How long a lookup is remembered: the longest that a lost notification lets a revoked key live. */
const REMEMBERED_MS = 5_000;
const MOST_REMEMBERED = 10_000;
const LAST_USED_EVERY_MS = 5 * 60_000;
/** Of a key or its client, in characters. */
const LONGEST_NAME = 100;
/** Shorter ones can be guessed. */
const SHORTEST_CHOSEN = 24;

/** The keys in a migrated database. */
export function openKeys(database: Database, options: KeysOptions = {}): Keys {
  const { changed = () => undefined, now = () => new Date() } = options;
  const remembered = new Map<string, { row: KeyRow; at: number }>();

  async function lookUp(hash: string): Promise<KeyRow | undefined> {
    const known = remembered.get(hash);
    if (known && now().getTime() - known.at < REMEMBERED_MS) return known.row;
    const row = await database.asSystem((tx) => findAndTouch(tx, hash, now()));
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    if (row) remembered.set(hash, { row, at: now().getTime() });
    else remembered.delete(hash);
    return row;
  }

  async function insert(tenantId: string, key: string, wish: NewApiKey) {
    checkWish(wish);
    const [row] = await database.forTenant(tenantId, (tx) =>
      tx
        .insert(apiKeys)
        .values(rowOf(tenantId, key, wish))
        .onConflictDoNothing()
        .returning(),
    );
    changed();
    return row;
  }

  return {
    async authenticate(key) {
      if (!isPlausible(key)) return { kind: "unknown" };
      return authenticationOf(await lookUp(hashOf(key)), now());
    },
    async check({ tenantId, keyId }) {
      const [row] = await database.asSystem((tx) =>
        tx.select().from(apiKeys).where(isKey(tenantId, keyId)),
      );
      return authenticationOf(row, now());
    },
    async create(tenantId, wish) {
      const key = makeKey();
      const row = await insert(tenantId, key, wish);
      if (!row) throw new Error("Two random keys were the same: the random source is broken");
      return { apiKey: shown(row), key };
    },
    async adopt(tenantId, key, wish) {
      if (key.length < SHORTEST_CHOSEN || !isPlausible(key)) {
        throw new InvalidInput(
          `A chosen API key must have ${SHORTEST_CHOSEN} to 256 visible ASCII characters, and be whole where it begins with ${PREFIX}; ` +
            `this one has ${key.length}. Leave it out to have one made`,
        );
      }
      await insert(tenantId, key, wish);
    },
    list: (access) => database.forTenant(access.tenantId, (tx) => listApiKeys(tx, access)),
    async revoke(tenantId, id) {
      const { ended, row } = await database.forTenant(tenantId, async (tx) => {
        const some = await tx
          .update(apiKeys)
          .set({ revokedAt: now() })
          .where(and(isKey(tenantId, id), isNull(apiKeys.revokedAt)))
          .returning({ id: apiKeys.id });
        const [found] = await tx.select().from(apiKeys).where(isKey(tenantId, id));
        return { ended: some.length > 0, row: found };
      });
      if (!row) throw new NotFound("API key", id);
      remembered.clear();
      changed();
      return { apiKey: shown(row), ended };
    },
    forget() {
      remembered.clear();
    },
  };
}

/** Makes a tenant where it does not exist yet. */
export async function ensureTenant(database: Database, tenantId: string, name: string) {
  await database.forTenant(tenantId, (tx) =>
    tx.insert(tenants).values({ tenantId, name }).onConflictDoNothing(),
  );
}

type KeyRow = typeof apiKeys.$inferSelect;

const PREFIX = "trib_";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 256 random bits in base 62. */
const RANDOM_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const SHAPE = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`);

/** A new key: "trib_", 43 random characters, and 6 that let a mistyped or cut one be told without asking the database. */
export function makeKey(): string {
  const body = base62(randomBytes(32), RANDOM_LENGTH);
  return PREFIX + body + checksumOf(body);
}

function isPlausible(key: string): boolean {
  if (!key.startsWith(PREFIX)) return /^[\x21-\x7e]{16,256}$/.test(key);
  const body = key.slice(PREFIX.length, PREFIX.length + RANDOM_LENGTH);
  return SHAPE.test(key) && key.endsWith(checksumOf(body));
}

function checksumOf(body: string): string {
  return base62(createHash("sha256").update(body).digest(), RANDOM_LENGTH).slice(-CHECKSUM_LENGTH);
}

function base62(bytes: Buffer, length: number): string {
  let rest = BigInt(`0x${bytes.toString("hex")}`);
  let text = "";
  for (let i = 0; i < length; i++) {
    text = ALPHABET[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return text;
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

const isKey = (tenantId: string, id: string) =>
  and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id));

async function findAndTouch(tx: Tx, hash: string, now: Date): Promise<KeyRow | undefined> {
  const [row] = await tx.select().from(apiKeys).where(eq(apiKeys.hash, hash));
  const usedAgo = now.getTime() - (row?.lastUsedAt?.getTime() ?? 0);
  if (row && !row.revokedAt && usedAgo >= LAST_USED_EVERY_MS) {
    await tx.update(apiKeys).set({ lastUsedAt: now }).where(isKey(row.tenantId, row.id));
  }
  return row;
}

function authenticationOf(row: KeyRow | undefined, now: Date): Authentication {
  if (!row) return { kind: "unknown" };
  if (row.revokedAt) return { kind: "revoked" };
  if (row.expiresAt && row.expiresAt <= now) return { kind: "expired" };
  const { tenantId, id: keyId, client, name, channelIds, expiresAt } = row;
  const scopes = knownScopes(row.scopes);
  return {
    kind: "viewer",
    viewer: { tenantId, keyId, client, name, scopes, channelIds, expiresAt },
  };
}

function checkWish({ client, name, scopes }: NewApiKey) {
  if (!client.trim()) throw new InvalidInput("An API key needs the name of its client", ["client"]);
  if (!name.trim()) throw new InvalidInput("An API key needs a name", ["name"]);
  for (const [path, { length }] of Object.entries({ client, name }))
    if (length > LONGEST_NAME)
      throw new InvalidInput(`${length} characters; at most ${LONGEST_NAME}`, [path]);
  if (scopes.length === 0) {
    throw new InvalidInput(`An API key needs at least one scope of ${SCOPES.join(", ")}`, [
      "scopes",
    ]);
  }
}

function rowOf(tenantId: string, key: string, wish: NewApiKey) {
  const { client, name, scopes, channelIds = null, expiresAt = null } = wish;
  return {
    tenantId,
    id: mintId("ApiKey"),
    client,
    name,
    prefix: key.slice(0, key.startsWith(PREFIX) ? PREFIX.length + 6 : 4),
    hash: hashOf(key),
    scopes: [...scopes],
    channelIds: channelIds && [...channelIds],
    expiresAt,
  };
}

function shown({ tenantId: _, hash: __, ...row }: KeyRow): ApiKey {
  return shownKey(row);
}
