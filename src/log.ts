import { type DestinationStream, type Logger, pino } from "pino";

export type { Logger } from "pino";

/** A pino level, or "silent". */
export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * One JSON line an entry, on standard output unless told otherwise. Credentials and personal data are taken out where
 * they stand under their usual names, up to three levels deep; that is a net, not a licence: log ids, not objects.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED, censor: "[redacted]" },
  };
  return destination ? pino(options, destination) : pino(options);
}

const CREDENTIALS = [
  "authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
  "x-auth-token",
  "x-shopify-access-token",
  "password",
  "secret",
  "token",
  "key",
  "apiKey",
  "accessToken",
  "clientSecret",
  "consumerKey",
  "consumerSecret",
  "webhookSecret",
  "settings",
  "credentials",
];
const PERSONAL = [
  "email",
  "phone",
  "firstName",
  "lastName",
  "customer",
  "address",
  "billingAddress",
  "shippingAddress",
  "address1",
  "address2",
  "ip",
];
const REDACTED = [...CREDENTIALS, ...PERSONAL].flatMap((name) => {
  const last = `["${name}"]`;
  return [last, `*${last}`, `*.*${last}`];
});
