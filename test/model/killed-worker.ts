/** A worker in a process of its own, to be killed: `killed-worker <databaseUrl> <keys>`. */
import { startGateway } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import { parseKeyRing } from "../../src/store/seal.js";
import { silent } from "../support/log.js";

const [databaseUrl = "", keys = ""] = process.argv.slice(2);
await startGateway({
  config: readConfig({ PORT: "0", ALLOW_PRIVATE_HOSTS: "true" }),
  databaseUrl,
  keyRing: parseKeyRing(keys),
  log: silent,
  role: "worker",
  ingest: { pollEveryMs: 600_000 },
});
