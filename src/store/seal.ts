import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { GatewayError } from "../domain/errors.js";

/** Where a sealed text belongs. It opens nowhere else, so that one cannot be carried to another row. */
export interface SealedPlace {
  tenantId: string;
  channelId: string;
  field: string;
}

/** AES-256-GCM under named keys: the first seals, all open, so that keys can change without a pause. */
export interface KeyRing {
  /** The plain text as one line of printable text that names its key. */
  seal(plain: string, place: SealedPlace): string;
  /** The plain text again. Throws GatewayError where the key is missing or the text is not whole; never shows the plain. */
  open(sealed: string, place: SealedPlace): string;
  /** Whether a text was sealed with the key that seals now. */
  isCurrent(sealed: string): boolean;
}

/**
 * A key ring from text: "k2:<base64>,k1:<base64>", each key 32 bytes, the newest first.
 * Throws GatewayError that names the key and what is wrong with it.
 */
export function parseKeyRing(text: string): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const entry of text.split(",").filter((part) => part.trim() !== "")) {
    const { id, key } = parseKey(entry.trim());
    if (keys.has(id)) throw refused(`names the key ${id} twice`);
    keys.set(id, key);
  }
  const [newest] = keys;
  if (!newest) throw refused("is empty");
  return createKeyRing(newest, keys);
}

/** A fresh key as `parseKeyRing` takes it. */
export function mintKey(id: string): string {
  return `${id}:${randomBytes(KEY_BYTES).toString("base64")}`;
}

const KEY_BYTES = 32;
/** The length that GCM is made for; random, which is safe for 2^32 seals under one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = "s1";

function createKeyRing([id, key]: [string, Buffer], keys: ReadonlyMap<string, Buffer>): KeyRing {
  return {
    seal(plain, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(place));
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      const sealed = Buffer.concat([nonce, cipher.getAuthTag(), body]);
      return [VERSION, id, sealed.toString("base64url")].join(".");
    },
    open(sealed, place) {
      const [version, keyId, payload, ...rest] = sealed.split(".");
      if (version !== VERSION || !keyId || !payload || rest.length > 0)
        throw unopened(place, "is not a text that this program sealed");
      const found = keys.get(keyId);
      if (!found)
        throw unopened(place, `was sealed with the key ${keyId}, which the key ring does not hold`);
      return decipher(Buffer.from(payload, "base64url"), found, place);
    },
    isCurrent: (sealed) => sealed.startsWith(`${VERSION}.${id}.`),
  };
}

function decipher(payload: Buffer, key: Buffer, place: SealedPlace): string {
  if (payload.length < NONCE_BYTES + TAG_BYTES) throw unopened(place, "is cut short");
  const decipher = createDecipheriv("aes-256-gcm", key, payload.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(boundTo(place));
  decipher.setAuthTag(payload.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const body = decipher.update(payload.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([body, decipher.final()]).toString("utf8");
  } catch (cause) {
    throw unopened(place, "was altered, belongs to another row, or its key has changed", cause);
  }
}

/** JSON keeps the three apart whatever stands in them. */
function boundTo({ tenantId, channelId, field }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([tenantId, channelId, field]));
}

function parseKey(entry: string): { id: string; key: Buffer } {
  const [, id, encoded] = /^([\w-]+):([A-Za-z0-9+/_-]+=*)$/.exec(entry) ?? [];
  if (!id || !encoded) throw refused("has an entry that is not <id>:<base64 of 32 bytes>");
  const key = Buffer.from(encoded, "base64");
  if (key.length !== KEY_BYTES)
    throw refused(`has ${key.length} bytes under ${id} where a key is ${KEY_BYTES}`);
  return { id, key };
}

function refused(what: string): GatewayError {
  return new GatewayError(
    "INTERNAL",
    `The key ring ${what}; write it as k2:<base64 of 32 bytes>,k1:<the one before>, newest first`,
  );
}

function unopened(place: SealedPlace, why: string, cause?: unknown): GatewayError {
  return new GatewayError(
    "INTERNAL",
    `The sealed ${place.field} of ${place.channelId} ${why}; restore the key ring it was sealed with, or connect the shop anew`,
    { cause },
  );
}
