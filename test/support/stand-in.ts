/**
 * Stands in for a gateway that is killed: `stand-in <dataDir>` starts the embedded PostgreSQL, writes one line of JSON
 * to its standard output, and stays until it is ended.
 */
import { pino } from "pino";
import { startEmbeddedPostgres } from "../../src/store/embedded.js";
import { EmbeddedPostgresError } from "../../src/store/errors.js";

const dataDir = process.argv[2] ?? "";
try {
  const log = pino({ level: "silent" });
  const { url, pid } = await startEmbeddedPostgres({ dataDir, log, throwaway: true });
  process.stdout.write(`${JSON.stringify({ url, pid })}\n`);
  process.stdin.resume();
} catch (error) {
  const refused = error instanceof EmbeddedPostgresError ? error : null;
  process.stdout.write(`${JSON.stringify({ reason: refused?.reason, message: String(error) })}\n`);
}
