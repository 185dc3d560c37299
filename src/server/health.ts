import type { FastifyInstance } from "fastify";

/** Things without which the gateway is not ready; each says what is missing, or null. */
export interface Readiness {
  require(name: string, missing: () => Promise<string | null> | string | null): void;
  /** What is missing now, by name; empty when ready. */
  missing(): Promise<Record<string, string>>;
}

/** A check that takes longer counts as missing. */
const PATIENCE_MS = 2_000;

export function createReadiness(): Readiness {
  const checks = new Map<string, () => Promise<string | null> | string | null>();
  return {
    require(name, missing) {
      checks.set(name, missing);
    },
    async missing() {
      const found = await Promise.all(
        Array.from(checks, async ([name, check]) => [name, await ask(check)] as const),
      );
      return Object.fromEntries(
        found.filter((each): each is readonly [string, string] => each[1] !== null),
      );
    },
  };
}

/** Serves `/healthz` (the process answers) and `/readyz` (it can serve); both without a key. */
export function serveHealth(server: FastifyInstance, readiness: Readiness): void {
  server.get("/healthz", async () => ({ status: "ok" }));
  server.get("/readyz", async (_request, reply) => {
    const missing = await readiness.missing();
    const ready = Object.keys(missing).length === 0;
    reply.header("cache-control", "no-store");
    return reply.code(ready ? 200 : 503).send(ready ? { ready } : { ready, missing });
  });
}

/** Anonymous people read this: what failed is said, why only in the log. */
async function ask(check: () => Promise<string | null> | string | null): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, `gave no answer within ${PATIENCE_MS} ms`);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return "failed; the log says why";
  } finally {
    clearTimeout(timer);
  }
}
