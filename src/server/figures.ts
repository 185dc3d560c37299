import { type SQL, sql } from "drizzle-orm";
import { Gauge, type Registry } from "prom-client";
import type { Database } from "../store/db.js";

/** A figure of the whole database: rows of a value and its labels, asked when somebody reads the metrics. */
interface Figure {
  name: string;
  help: string;
  labels: readonly string[];
  rows: SQL;
}

const FIGURES: readonly Figure[] = [
  {
    name: "tributary_channels",
    help: "Connected shops by platform and health",
    labels: ["platform", "health"],
    rows: sql`select platform, health, count(*)::int as value from channels
              where disconnected_at is null group by platform, health`,
  },
  {
    name: "tributary_commands_unfinished",
    help: "Commands that have not ended, by status; NEEDS_ATTENTION waits for a person",
    labels: ["status"],
    rows: sql`select status, count(*)::int as value from commands where finished_at is null group by status`,
  },
  {
    name: "tributary_refreshes_waiting",
    help: "Orders that wait to be read again",
    labels: [],
    rows: sql`select count(*)::int as value from refreshes`,
  },
  {
    name: "tributary_dead_letters",
    help: "What came in and could not be understood",
    labels: [],
    rows: sql`select count(*)::int as value from dead_letters`,
  },
  {
    name: "tributary_sweep_missed_orders",
    help: "Orders that sweeps found to differ from their shop, by platform; of the last 24 hours",
    labels: ["platform"],
    rows: sweptOf(sql`missed`),
  },
  {
    name: "tributary_sweep_repaired_orders",
    help: "Orders that sweeps put right, by platform; of the last 24 hours",
    labels: ["platform"],
    rows: sweptOf(sql`repaired`),
  },
  {
    name: "tributary_log_lag_seconds",
    help: "How long the oldest event has waited for an older transaction to end; nobody can read it before",
    labels: [],
    rows: sql`select coalesce(extract(epoch from now() - min(recorded_at)), 0)::float8 as value from events
              where epoch = (select max(epoch) from log_epochs)
                and xid >= pg_snapshot_xmin(pg_current_snapshot())`,
  },
];

/** What the sweeps of connected shops counted that ended in the last day or are under way. */
function sweptOf(count: SQL): SQL {
  return sql`select c.platform, coalesce(sum(s.${count}), 0)::int as value from channels c
             left join sweeps s on s.tenant_id = c.tenant_id and s.channel_id = c.id
               and (s.finished_at is null or s.finished_at >= now() - interval '24 hours')
             where c.disconnected_at is null group by c.platform`;
}

/** Adds the figures of a database to a registry. */
export function countRows(registry: Registry, database: Database): void {
  for (const { name, help, labels, rows } of FIGURES) {
    new Gauge({
      name,
      help,
      labelNames: labels,
      registers: [registry],
      async collect() {
        const found = await database.asSystem((tx) =>
          tx.execute<Record<string, string | number>>(rows),
        );
        this.reset();
        for (const { value, ...of } of found) this.set(of, Number(value));
      },
    });
  }
}
