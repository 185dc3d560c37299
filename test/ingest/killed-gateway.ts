/**
 * Ingest in a process of its own, to be killed: `killed-gateway <databaseUrl> <keys>` writes each progress of a backfill
 * as a line of JSON to its standard output.
 */
import { openDatabase } from "../../src/store/db.js";
import { startTestGateway } from "./gateway.js";

const [databaseUrl = "", keys = ""] = process.argv.slice(2);
const gateway = await startTestGateway({ db: openDatabase(databaseUrl), keys });
gateway.run({
  leaseMs: 1_000,
  onProgress: (progress) => process.stdout.write(`${JSON.stringify(progress)}\n`),
});
